"""A file with which to begin an exercise: all that a design can say, what is needed filled in, the rest as comments.

Source: docs/reference/exercise-format.md.
"""

from __future__ import annotations

import json
import re

from comity.exercises.processes import START, Process
from comity.terms import Moment


def design_text(process: Process, title: str, host: str, from_: Moment, until: Moment) -> str:
    """The text of a new design, which reads and breaks no rule."""
    name = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-") or "exercise"
    conferences = "\n".join(_comment("conference", f'kind = "{one}"', 'on = "2028-01-xx"', 'place = "Town"') for one in process.conferences)
    steps = [step for step in process.steps if step.product is not None]
    products = "\n".join(
        _comment("product", f"name = {json.dumps(step.product)}  # {_needed_by(step.before)}", 'owner = "Planning staff"', f'approver = "{host}"')
        for step in steps
    )
    return _TEXT.format(
        title=json.dumps(title, ensure_ascii=False), id=name, host=host, from_=_day(from_), until=_day(until), process=process.id,
        about=process.title, source=process.source, conferences=conferences, products=products or "# (none: this process names none)",
    )  # fmt: skip


def _day(moment: Moment) -> str:
    return moment.written if moment.certain and moment.instant is None else json.dumps(moment.written)


def _comment(table: str, *lines: str) -> str:
    return "\n".join(f"# {line}" for line in (f"[[{table}]]", *lines)) + "\n#"


def _needed_by(before: str | None) -> str:
    return "by no set day" if before is None else "before the exercise begins" if before == START else f"before the {before} conference"


_TEXT = """\
# An exercise as it is designed: docs/reference/exercise-format.md. Look at it with: comity exercise show FILE, comity exercise check FILE
title = {title}
id = "{id}"                  # by which acts on record name it: do not change it later
host = "{host}"
from = {from_}               # first and last day on which forces are there for it, both included; part of a day will do: "2028-06"
until = {until}
process = "{process}"        # {about} ({source})
form = "live"                # live, command-post, computer-assisted, table-top
# scenarios = ["combat"]     # combat, peacekeeping, disaster-response, humanitarian-demining, maritime, air, cyber, ...
# startex = {from_}          # first and last day of its conduct, where these are others
# endex = {until}
# series = "..."
# aim = "What it is held for, in a sentence"
# area = "Training areas, towns"

# [officers]                 # NATO: OSE, OCE, ODE
# scheduling = "..."
# conducting = "..."
# directing = "..."

# [numbers]                  # leave out what is not known: it is never taken as none
# troops = 5000
# tanks = 60
# vehicles = 200
# artillery = 24
# sorties = 0
# landing = 0
# formation = "brigade"
# no_notice = false

[[participant]]
nation = "{host}"
# from = {from_}
# brings = ["weapons", "ammunition"]
# [[participant.force]]
# unit = "1st Brigade"
# persons = 3000

# [[audience]]
# id = "brigade-staff"
# title = "Staff of 1st Brigade"
# nation = "{host}"
# level = "primary"
#
# [[objective]]
# id = "1"
# text = "Move a brigade across a border and bring it under one command"
# capability = "land manoeuvre"
# audience = ["brigade-staff"]
#
{conferences}
{products}
# [[exchange]]               # as in docs/reference/activities.md
# from = "{host}"
# to = "..."
# level = "..."
#
# [[support]]
# activity = "supply"
# from = "{host}"
# to = "..."
# things = ["fuel"]
#
# [[host_support]]
# what = "fuel"
# provider = "{host}"
# receiver = "..."
# arrangement = "..."        # the agreement's id: comity agreements
# quantity = 40000
#
# [[observer]]
# party = "..."
# number = 2
#
# [[media]]
# what = "first notice to the press"
# approver = "..."
#
# [[cost]]
# id = "range"
# what = "Hire of the range"
# amount = 120000
# currency = "EUR"
# paid_by = "{host}"
#
# [[share]]                  # the shares of one cost come to the whole
# of = "range"
# nation = "{host}"
# fraction = "1/2"           # or amount = 60000
"""
