"""What does a plan of who serves where cost, and who bears how much of a mission?

Source: how-forces-are-generated.md, sections 5 and 6.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from comity.missions.forces.missions import ALWAYS, Acceptance, Assigned, DaySpan, ForcePlan, Line, Mission, Pledge, Rotation
from comity.missions.forces.states import most_there


@dataclass(frozen=True, slots=True)
class ForceCost:
    """What a plan costs, part by part, in whole units of the mission's currency and weights."""

    costs: int
    missing: int
    burden: int

    @property
    def total(self) -> int:
        return self.costs + self.missing + self.burden


class Bearing(NamedTuple):
    """What a party bears: units times rotations, person-days, cost; ``priced``: is the cost of everything said?"""

    units: int
    person_days: int
    cost: int
    priced: bool


@dataclass(frozen=True, slots=True)
class Burden:
    """Who bears how much; ``part`` and ``share`` of those with a share; ``index``: 1 is fair, None: nobody bears anything, or no shares are given."""

    bearings: tuple[tuple[str, Bearing], ...]
    parts: tuple[tuple[str, Fraction, Fraction], ...]
    index: Fraction | None


def cost_of_forces(mission: Mission, plan: ForcePlan) -> ForceCost:
    """What a plan costs that names only what the mission has."""
    pledges = {one.id: one for one in mission.pledges}
    costs = sum(one.number * (pledges[one.pledge].cost or 0) for one in plan.assigned)
    missing = sum(number * line.weight for line, rotation, number in missing_units(mission, plan) if not is_gap_accepted(mission, line, rotation))
    bearings = _bearings(mission, plan)
    borne = {party: _borne(mission, bearings.get(party)) for party, _ in mission.shares}
    together, parts = sum(borne.values()), sum(share for _, share in mission.shares)
    beyond = Fraction(0)
    for party, share in mission.shares if parts else ():
        beyond += max(Fraction(0), borne[party] - Fraction(share * together, parts))
    return ForceCost(costs, missing, ceil(mission.burden * beyond))


def missing_units(mission: Mission, plan: ForcePlan) -> Iterator[tuple[Line, Rotation, int]]:
    """Each line and rotation in which units are missing, with how many."""
    serve = Counter[tuple[str, str]]()
    for one in plan.assigned:
        serve[one.line, one.rotation] += one.number
    for line in mission.lines:
        for rotation in mission.rotations:
            if mission.served(line, rotation) is not None and serve[line.id, rotation.name] < line.number:
                yield line, rotation, line.number - serve[line.id, rotation.name]


def is_gap_accepted(mission: Mission, line: Line, rotation: Rotation) -> bool:
    """Is it accepted that the line is not filled in the rotation?"""
    served = mission.served(line, rotation)
    return served is not None and any(one.line == line.id and one.days.holds(served) for one in mission.gaps)


def burden_of(mission: Mission, plan: ForcePlan, during: DaySpan = ALWAYS) -> Burden:
    """Who bears how much of what is planned on these days; cost counts with the rotations that begin in them."""
    bearings = _bearings(mission, plan, during)
    borne = {party: _borne(mission, bearings.get(party)) for party, _ in mission.shares}
    together, parts = sum(borne.values()), sum(share for _, share in mission.shares)
    if not together or not parts:
        return Burden(tuple(sorted(bearings.items())), (), None)
    found = tuple((party, Fraction(borne[party], together), Fraction(share, parts)) for party, share in mission.shares)
    return Burden(tuple(sorted(bearings.items())), found, 1 - sum((abs(part - share) for _, part, share in found), Fraction(0)) / 2)


def pledged_plan(mission: Mission) -> ForcePlan:
    """All that is pledged and not refused, as if each served its line, or the first of its capability, whenever the mission needs it."""
    found = []
    for pledge in mission.pledges:
        line = next((one for one in mission.lines if pledge.line == one.id or (pledge.line is None and pledge.capability == one.capability)), None)
        if line is None or pledge.refused:
            continue
        for rotation in mission.rotations:
            served = mission.served(line, rotation)
            there = None if served is None else pledge.days.shared(served)
            if there is not None and (there.start or date.min) < (pledge.withdrawn or date.max):
                found.append(Assigned(pledge.id, line.id, rotation.name, pledge.number))
    return ForcePlan(assigned=tuple(found))


def deployed_plan(mission: Mission) -> ForcePlan:
    """What was deployed, as a plan: of each pledge the most that was there on any one day served."""
    return ForcePlan(assigned=tuple(_there(mission, mission.deployed)))


def _there(mission: Mission, deployed: tuple[Acceptance, ...]) -> Iterator[Assigned]:
    pledges = {one.id for one in mission.pledges}
    for line in mission.lines:
        for rotation in mission.rotations:
            served = mission.served(line, rotation)
            own = [one for one in deployed if one.line == line.id and one.pledge in pledges]
            for pledge in dict.fromkeys(one.pledge for one in own):
                number = 0 if served is None else most_there([one for one in own if one.pledge == pledge], served)
                if number:
                    yield Assigned(pledge, line.id, rotation.name, number)


def _borne(mission: Mission, bearing: Bearing | None) -> int:
    if bearing is None:
        return 0
    return bearing.person_days if mission.by == "person-days" else bearing.cost


def _bearings(mission: Mission, plan: ForcePlan, during: DaySpan = ALWAYS) -> dict[str, Bearing]:
    pledges: dict[str, Pledge] = {one.id: one for one in mission.pledges}
    lines, rotations = {one.id: one for one in mission.lines}, {one.name: one for one in mission.rotations}
    found = dict[str, Bearing]()
    for one in plan.assigned:
        pledge, served = pledges[one.pledge], mission.served(lines[one.line], rotations[one.rotation])
        there = None if served is None else served.shared(during)
        begins = _begins(rotations[one.rotation], during)
        if there is None and not begins:
            continue
        was = found.get(pledge.party, Bearing(0, 0, 0, True))
        found[pledge.party] = Bearing(
            was.units + one.number,
            was.person_days + one.number * pledge.persons * (0 if there is None else there.length),
            was.cost + one.number * (pledge.cost or 0) * begins,
            was.priced and pledge.cost is not None,
        )
    return found


def _begins(rotation: Rotation, during: DaySpan) -> bool:
    start = rotation.days.start or date.min
    return (during.start or date.min) <= start < (during.end or date.max)
