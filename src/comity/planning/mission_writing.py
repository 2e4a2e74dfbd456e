"""A mission and a plan as files, and read again the same; the file to begin with.

Source: docs/reference/mission-format.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from comity.missions import Acceptance, DaySpan, ForceCaveat, ForcePlan, Line, Mission, PlaceCover, Pledge
from comity.planning.toml_writing import Value, fields_of, table_of, written
from comity.terms import Step, add

NONE_COVERED = "# nobody has a legal basis; put this line at the top of the mission's file, above all tables\ncover = []\n"


def force_plan_text(plan: ForcePlan, mission: Mission, file: str, sha256: str) -> str:
    """The plan as a file for the mission in another; the days of each rotation beside it."""
    days = {one.name: one.days for one in mission.rotations}
    parties = {one.id: one.party for one in mission.pledges}
    lines = list(fields_of({"mission": file, "sha256": sha256, "total": plan.total, "bound": plan.bound}))
    order = {one.name: n for n, one in enumerate(mission.rotations)}
    for one in sorted(plan.assigned, key=lambda one: (order.get(one.rotation, -1), one.line, one.pledge)):
        lines += ["", "[[serves]]", *fields_of({"pledge": one.pledge, "line": one.line})]
        known = f"  # {days[one.rotation]}, {parties.get(one.pledge, '')}" if one.rotation in days else ""
        lines += [f"rotation = {written(one.rotation)}{known}", *fields_of({"number": one.number})]
    return "\n".join(lines) + "\n"


def place_cover_text(covers: Iterable[PlaceCover]) -> str:
    """The [[cover]] tables of a mission's file."""
    found = [table_of("cover", {"party": one.party, "where": one.territory, **_during(one.days)}) for one in covers]
    return "\n".join(line for table in found for line in table[1:]) + "\n" if found else NONE_COVERED


def mission_text(mission: Mission, organ: str = "") -> str:
    """The mission as a file."""
    m = mission
    lines = list(
        fields_of({"mission": m.id, "title": m.title, "organ": organ or None, "currency": m.currency or None, "burden": m.burden or None, "by": m.by})
    )
    lines += ["mandate = []"] if m.mandate == () else []
    lines += ["cover = []"] if m.cover == () else []
    if m.shares:
        lines += ["", "[shares]", *(f"{written(party)} = {share}" for party, share in m.shares)]
    for rotation in m.rotations:
        lines += table_of("rotation", {"name": rotation.name, **_during(rotation.days)})
    for mandate in m.mandate or ():
        lines += table_of("mandate", _during(mandate.days))
    for line in m.lines:
        lines += table_of("line", _line(line))
    for pledge in m.pledges:
        lines += table_of("pledge", _pledge(pledge))
    for caveat in m.caveats:
        lines += table_of("caveat", _caveat(caveat))
    for name, some in (("accept", m.accepted), ("deployed", m.deployed)):
        for one in some:
            lines += table_of(name, _acceptance(one))
    for gap in m.gaps:
        lines += table_of("gap", {"line": gap.line, **_during(gap.days)})
    for cover in m.cover or ():
        lines += table_of("cover", {"party": cover.party, "where": cover.territory, **_during(cover.days)})
    for ceiling in m.ceilings:
        lines += table_of("ceiling", {"party": ceiling.party, "persons": ceiling.persons, "cost": ceiling.cost})
    for able in m.capable:
        lines += table_of("capable", {"party": able.party, "capability": able.capability, "how": able.how})
    return "\n".join(lines) + "\n"


def _line(one: Line) -> dict[str, Value]:
    return {
        "id": one.id, "capability": one.capability, "number": one.number, "readiness": one.readiness, "level": one.level or None,
        **_during(one.days), "where": one.territory, "tasks": sorted(one.tasks) or None, "command": one.command, "weight": one.weight,
        "persons": one.persons or None,
    }  # fmt: skip


def _pledge(one: Pledge) -> dict[str, Value]:
    return {
        "id": one.id, "party": one.party, "capability": one.capability, "number": one.number, "line": one.line, "persons": one.persons or None,
        "notice": one.notice, "level": one.level or None, "level_until": one.level_until, **_during(one.days), "rest": one.rest or None,
        "cost": one.cost, "refused": one.refused or None, "withdrawn": one.withdrawn, "force": one.force or None,
    }  # fmt: skip


def _caveat(one: ForceCaveat) -> dict[str, Value]:
    return {
        "id": one.id, "party": one.party, "pledge": one.pledge, "tasks": sorted(one.tasks) or None, "where": sorted(one.territories) or None,
        "commands": sorted(one.commands) or None, "longest": one.longest, **_during(one.days),
    }  # fmt: skip


def _acceptance(one: Acceptance) -> dict[str, Value]:
    return {"pledge": one.pledge, "line": one.line, "number": one.number, **_during(one.days)}


def _during(days: DaySpan) -> dict[str, Value]:
    return {"from": days.start, "until": days.end}


def new_mission_text(name: str, first: date) -> str:
    """The file to begin with: every table once, with what it is for; it can be asked as it is."""
    return f"""# What is needed, what is pledged, with which limits. Every table may stand as often as needed.
# All keys: docs/reference/mission-format.md
# Ask: comity mission gaps FILE      who fills what, and what lacks
#      comity mission fill FILE      the best filling, and whom to ask for the rest
mission = {written(name)}
organ = "UN"              # who has the forces generated
currency = "EUR"
first = {first.isoformat()}        # the first day of the first rotation
months = 6                # a rotation lasts so long
rotations = 2
missing = 1000            # what one that is missing for a rotation weighs, beside costs
burden = 1                # what each unit beyond a party's share weighs; 0: burdens are not looked at
by = "person-days"        # or "cost"

[shares]                  # what part each should bear: a cost share, a gross domestic product
FRA = 3
NLD = 1

[[mandate]]               # leave all of these out, and the mandate is not looked at
from = {first.isoformat()}

[[line]]                  # a line of the statement of requirements: what is needed, whoever gives it
id = "INF"
capability = "infantry battalion"
number = 2                # so many at a time
readiness = 60            # in how many days after the call
level = 2                 # the level that must have been verified: 1 pledged, 2 assessed, 3 aligned, 4 rapid deployment; 0: none
tasks = ["patrol", "protection of civilians"]
# where = "MLI"           # the territory; with [[cover]] (comity mission cover FILE) it is looked at who may be there

[[pledge]]                # what a party offers
id = "FRA battalion"
party = "FRA"
capability = "infantry battalion"
persons = 650             # in each
notice = 45
level = 2
rest = 1                  # for so many rotations after each
cost = 400                # of one for a rotation

[[pledge]]
id = "NLD battalion"
party = "NLD"
capability = "infantry battalion"
persons = 600
notice = 90
level = 1
cost = 380

[[caveat]]                # a national limit on one pledge, or on all of the party's
id = "FRA 1"
party = "FRA"
pledge = "FRA battalion"
tasks = ["crowd control"]
# where = ["MLI"], commands = [...], longest = 180 (days)

[[accept]]                # a pledge that was taken up; a plan keeps it
pledge = "FRA battalion"
line = "INF"
until = {_half(first).isoformat()}
"""


def _half(first: date) -> date:
    return add(first, (Step(months=6),))
