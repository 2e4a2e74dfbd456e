"""Why is a line not filled, whom to ask, and what is the least that would change it? Nothing is told that was not tried.

Source: how-forces-are-generated.md, section 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from comity.missions.forces.checking import check_forces
from comity.missions.forces.costing import is_gap_accepted, missing_units
from comity.missions.forces.missions import Assigned, Capable, DaySpan, ForcePlan, Line, Mandate, Mission, PlaceCover, Pledge, Rotation
from comity.missions.forces.obstacles import obstacles
from comity.terms import Broken

ROUNDS = 4
"""So often what still stands in the way is taken out of it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Of whom one unit more could be had, by which changes, all of them; none: it only has to be taken up."""

    party: str
    pledge: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A line in a rotation with so many units missing: why, pledge by pledge; whom to ask, the fewest changes first; who else has such a thing."""

    line: Line
    rotation: Rotation
    missing: int
    reasons: tuple[str, ...]
    asks: tuple[Ask, ...]
    capable: tuple[Capable, ...]


def explain_gaps(mission: Mission, plan: ForcePlan) -> tuple[Gap, ...]:
    """Every gap that the plan leaves and that is not accepted, in the order of the lines."""
    own = {party: _own(mission, plan, party) for party in {one.party for one in mission.pledges}}
    return tuple(
        _gap(mission, own, line, rotation, missing)
        for line, rotation, missing in missing_units(mission, plan)
        if not is_gap_accepted(mission, line, rotation)
    )


Own = tuple[Mission, ForcePlan, frozenset[Broken]]
"""Of one party: its pledges in the mission, its units in the plan, and the rules that they break as it is."""


def _own(mission: Mission, plan: ForcePlan, party: str) -> Own:
    """What one unit more of a party, where some are missing, can break lies in this alone."""
    names = {one.id for one in mission.pledges if one.party == party}
    small = replace(
        mission,
        pledges=tuple(one for one in mission.pledges if one.id in names),
        accepted=tuple(one for one in mission.accepted if one.pledge in names),
        ceilings=tuple(one for one in mission.ceilings if one.party == party),
    )
    serve = ForcePlan(assigned=tuple(one for one in plan.assigned if one.pledge in names))
    return small, serve, frozenset(check_forces(small, serve))


def _gap(mission: Mission, own: dict[str, Own], line: Line, rotation: Rotation, missing: int) -> Gap:
    able = [one for one in mission.pledges if one.capability == line.capability]
    reasons = [] if able else ["nobody pledged such a thing"]
    asks = list[Ask]()
    for pledge in able:
        small, plan, kept = own[pledge.party]
        more = _one_more(plan, pledge, line, rotation)
        broken = [one for one in check_forces(small, more) if one not in kept]
        says = [one.says for one in obstacles(mission, pledge, line, rotation)]
        if not says:
            busy = [one.where.rpartition(" in ")[2] for one in broken if one.rule == "strength"]
            says = [f"all of it serves or rests in {', '.join(busy)}"] if busy else [str(one) for one in broken]
        reasons.append(f"{pledge.id} of {pledge.party}: {'; '.join(says) or 'nothing stands in the way'}")
        changes = _changes(small, more, kept, pledge, line, rotation)
        if changes is not None:
            asks.append(Ask(pledge.party, pledge.id, changes))
    asks.sort(key=lambda one: (len(one.changes), one.party, one.pledge))
    capable = tuple(one for one in mission.capable if one.capability == line.capability)
    return Gap(line, rotation, missing, tuple(reasons), tuple(asks), capable)


def _one_more(plan: ForcePlan, pledge: Pledge, line: Line, rotation: Rotation) -> ForcePlan:
    """The plan with one unit more of the pledge in the place."""
    key = (pledge.id, line.id, rotation.name)
    others = tuple(one for one in plan.assigned if one[:3] != key)
    return ForcePlan(assigned=(*others, Assigned(*key, 1 + sum(one.number for one in plan.assigned if one[:3] == key))))


def _changes(mission: Mission, more: ForcePlan, kept: frozenset[Broken], pledge: Pledge, line: Line, rotation: Rotation) -> tuple[str, ...] | None:
    """What has to change for the plan with one unit more to keep every rule; None: that cannot be had so."""
    changes = dict[str, None]()
    for _ in range(ROUNDS):
        broken = [one for one in check_forces(mission, more) if one not in kept]
        if not broken:
            return tuple(changes)
        for says, changed in _relieved(mission, broken, pledge, line, rotation):
            changes[says] = None
            mission = changed
            pledge = next(one for one in mission.pledges if one.id == pledge.id)
    return None


def _relieved(mission: Mission, broken: list[Broken], pledge: Pledge, line: Line, rotation: Rotation) -> Iterator[tuple[str, Mission]]:
    served = mission.served(line, rotation)
    for found in obstacles(mission, pledge, line, rotation):
        changed = None if served is None or not found.remedy else _without(mission, found.rule, found.caveat, pledge, line, served)
        if changed is not None:
            mission = changed
            pledge = next(one for one in mission.pledges if one.id == pledge.id)
            yield found.remedy, mission
    rules = {one.rule for one in broken}
    if "strength" in rules:
        yield "one more of it", _pledged(mission, replace(pledge, number=pledge.number + 1))
    elif rules & {"persons", "spending"}:
        yield f"a higher ceiling of {pledge.party}", replace(mission, ceilings=tuple(one for one in mission.ceilings if one.party != pledge.party))


def _without(mission: Mission, rule: str, caveat: str | None, pledge: Pledge, line: Line, served: DaySpan) -> Mission | None:
    """The mission with one thing out of the way."""
    if rule == "mandate":
        return replace(mission, mandate=(*(mission.mandate or ()), Mandate(served)))
    if rule == "cover":
        return replace(mission, cover=(*(mission.cover or ()), PlaceCover(pledge.party, line.territory or "", served)))
    if rule == "caveats":
        return replace(mission, caveats=tuple(one for one in mission.caveats if one.id != caveat))
    if rule == "offered":
        return _pledged(mission, replace(pledge, line=None)) if pledge.capability == line.capability else None
    if rule == "refused":
        return _pledged(mission, replace(pledge, refused=False))
    if rule == "withdrawn":
        return _pledged(mission, replace(pledge, withdrawn=None))
    if rule == "time":
        return _pledged(mission, replace(pledge, days=_hull(pledge.days, served)))
    if rule == "readiness":
        return _pledged(mission, replace(pledge, notice=line.readiness))
    return _pledged(mission, replace(pledge, level=line.level, level_until=None))


def _pledged(mission: Mission, pledge: Pledge) -> Mission:
    """The mission with the pledge as it is now."""
    return replace(mission, pledges=tuple(pledge if one.id == pledge.id else one for one in mission.pledges))


def _hull(one: DaySpan, other: DaySpan) -> DaySpan:
    start = None if one.start is None or other.start is None else min(one.start, other.start)
    return DaySpan(start, None if one.end is None or other.end is None else max(one.end, other.end))
