"""The beginnings of files: a new strategy that breaks no rule, and a review with what might be found on the day.

Source: how-strategies-are-checked.md, 5.6; docs/reference/strategy-format.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date

from comity.strategies.layers import headline
from comity.strategies.looking import MONTHS, amount
from comity.strategies.progress import MeasureProgress, TargetState
from comity.strategies.strategy import ReviewFinding, Strategy
from comity.terms import BadInput, Step, add


def proposed_findings(strategy: Strategy, progress: Sequence[MeasureProgress]) -> tuple[ReviewFinding, ...]:
    """What a review on the day might find: where an indicator stands, and which assumptions are in doubt."""
    return (*_about_measures(progress), *_about_assumptions(strategy))


def _about_measures(progress: Sequence[MeasureProgress]) -> Iterator[ReviewFinding]:
    for one in progress:
        reached, towards = headline(one)
        missed = [target for target in one.targets if target.progress is TargetState.NOT_MET]
        if towards is None or not (missed or reached in (TargetState.BEHIND, TargetState.UNKNOWN)):
            continue
        chosen = towards if reached in (TargetState.BEHIND, TargetState.UNKNOWN) else missed[-1]
        goal = f"{amount(chosen.target.value, one.measure.unit)} by {chosen.target.by or 'no day'}"
        seen = chosen.seen
        value = chosen.why or ("" if seen.value is None else f"{amount(seen.value, seen.unit)} as of {seen.last}")
        text = f"{one.measure.title}: {chosen.progress} towards {goal} ({value})"
        yield ReviewFinding(id=one.measure.id, text=text, about=(one.measure.id,), evidence=tuple(_evidence(one)))


def _evidence(one: MeasureProgress) -> Iterator[str]:
    asked, reading = one.measure.record, one.seen.reading
    if asked is not None:
        acts = "" if reading is None or not reading.rests_on else f", resting on {', '.join(reading.rests_on[:3])}"
        towards = "" if asked.partner is None else f" towards {asked.partner}"
        yield f"{asked.indicator} of {asked.party}{towards}, read from the record{acts}"
    elif one.seen.source:
        yield one.seen.source
    else:
        yield f"no observation of {one.measure.id} in the strategy's file"


def _about_assumptions(strategy: Strategy) -> Iterator[ReviewFinding]:
    for one in strategy.assumption:
        last = max(one.tested, key=lambda test: test.on.last, default=None)
        if last is None:
            yield ReviewFinding(id=one.id, text=f"Never tested: {one.text}", about=one.about, evidence=(f"the test that was meant: {one.test}",))
        elif last.holds != "yes":
            says = "Does not hold" if last.holds == "no" else "Not known to hold"
            yield ReviewFinding(id=one.id, text=f"{says}: {one.text}", about=one.about, evidence=(last.source or f"test of {last.on}",))


def review_text(strategy: Strategy, findings: Sequence[ReviewFinding], on: date) -> str:
    """A review on that day as text for the file of the strategy: findings filled in, decisions and changes as comments."""
    head = f'[[review]]\nid = "review-{on.isoformat()}"\nof = {strategy.version}\non = {on}\n'
    told = "".join(
        f"[[review.finding]]\nid = {_quoted(one.id)}\ntext = {_quoted(one.text)}\nabout = {_row(one.about)}\nevidence = {_row(one.evidence)}\n"
        for one in findings
    )
    return f"{head}{told}{_DECISIONS}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _row(some: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, some))}]"


_DECISIONS = """\
# Each finding needs a decision; a decision changes something in the next version, or says why nothing is changed.
# [[review.decision]]
# id = "first"
# text = "..."
# by = "..."                       # a stakeholder
# on = 2028-07-01
# findings = ["..."]
# unchanged = "why nothing is changed"
# [[review.change]]                # in place of unchanged
# decision = "first"
# part = "indicator"               # strategy, interest, objective, outcome, initiative, indicator, assumption, risk, stakeholder
# id = "..."
# done = "altered"                 # added, removed, altered
# field = "target"                 # left out: any
"""


def strategy_text(title: str, party: str, from_: date, until: date) -> str:
    """The text of a new strategy, which reads and breaks no rule; BadInput where its period has no room for two readings."""
    fitting = [cadence for cadence, months in MONTHS.items() if add(from_, (Step(months=2 * months, end_of_month="clip"),)) <= until]
    if not fitting:
        raise BadInput(f"from {from_} until {until} there is no room for two monthly readings; give a longer period")
    name = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-") or "strategy"
    return _TEXT.format(
        title=_quoted(title), id=name, party=party, from_=from_, until=until,
        cadence=fitting[-1] if MONTHS[fitting[-1]] <= MONTHS["yearly"] else "yearly",
    )  # fmt: skip


_TEXT = """\
# A strategy: docs/reference/strategy-format.md. Look at it with: comity strategy check FILE, comity strategy show FILE
# Every "..." is to be written. What is not known is left out: it is never taken as none.
title = {title}
id = "{id}"                  # by which acts on record name it: do not change it later
version = 1
from = {from_}               # first and last day of its period, both included
until = {until}
owner = "ministry"           # a stakeholder with the role "owner"
# adopted = {from_}          # once it is
# act = "..."                # the act on record (record-text) that tells it

# [scales]                   # words for how likely and how bad, from least to most; left out: these
# likelihood = ["rare", "unlikely", "possible", "likely", "almost certain"]
# consequence = ["negligible", "minor", "moderate", "major", "severe"]

[[stakeholder]]
id = "ministry"
title = "Ministry of Defence"
kind = "ministry"            # party, ministry, force, organisation
party = "{party}"
role = "owner"               # owner, contributor, consulted, informed
# [[stakeholder.consultation]]     # who contributes or is consulted needs one
# on = {from_}               # part of a day will do: "2028-06"
# minutes = "..."            # or act = "..." on record

[[interest]]
id = "interest"
text = "..."

[[objective]]
id = "objective"
statement = "..."            # who brings about what, how much of it
who = "ministry"
serves = ["interest"]
indicators = ["indicator"]
due = {until}

[[outcome]]
id = "outcome"
text = "..."                 # what is different for others once the outputs are there
serves = ["objective"]

[[initiative]]
id = "initiative"
title = "..."
kind = "agreement"           # agreement, exercise, exchange, mission, dialogue, training
lead = "ministry"
# from = {from_}
# until = {until}
# agreements = ["..."]       # on record: comity agreements
# acts = ["..."]             # on record: comity acts
# depends_on = ["..."]       # other initiatives
[[initiative.input]]
id = "input"
what = "..."
by = "ministry"
# cost = 100000              # whole units
# currency = "EUR"
[[initiative.activity]]
id = "activity"
what = "..."
uses = ["input"]
yields = ["output"]
[[initiative.output]]
id = "output"
what = "..."
leads_to = ["outcome"]

[[indicator]]
id = "indicator"
title = "..."
unit = "number"              # percent, share, number, or one of its own
direction = "more"           # more or less is better
owner = "ministry"
cadence = "{cadence}"        # monthly, quarterly, half-yearly, yearly, two-yearly
source = "ministry"          # the stakeholder who observes it; or, in its place:
# [indicator.record]         # what is read from the record: comity indicator list
# indicator = "duties-on-time"
# party = "{party}"
# partner = "..."
# months = 24
[indicator.baseline]
value = 0
on = {from_}
[[indicator.target]]
value = 1
by = {until}
# [[indicator.observation]]
# on = {until}
# value = 1
# source = "..."

[[assumption]]
id = "assumption"
text = "..."
about = ["initiative"]
test = "..."                 # how one will see whether it holds

[[risk]]
id = "risk"
text = "..."
kind = "domestic politics"   # ratification, capability gap, legal gap, funding, partner, security, other
likelihood = "possible"
consequence = "moderate"
shown_by = "..."             # what would show it
mitigation = "..."
owner = "ministry"
threatens = ["initiative"]
# [risk.stage]               # where an agreement stands at home in a state, if that is the risk
# agreement = "..."
# state = "{party}"
"""
