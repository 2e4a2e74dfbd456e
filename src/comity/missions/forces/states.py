"""In what state is each line in each rotation? Required, offered, accepted, filled, partly filled, a shortfall; and what is in doubt stays so.

Source: how-forces-are-generated.md, section 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from comity.missions.forces.missions import Acceptance, Assigned, DaySpan, ForcePlan, Line, Mission, Pledge, Rotation
from comity.missions.forces.obstacles import obstacles
from comity.terms import Verdict

STATES = ("filled", "gap accepted", "partly filled", "shortfall", "offered", "required", "not needed")


class Counted(NamedTuple):
    """How many are required, offered, accepted, fill the line, and are there."""

    required: int
    offered: int
    accepted: int
    filled: int
    deployed: int


@dataclass(frozen=True, slots=True)
class LineState:
    """A line in a rotation. ``sure`` YES: it is in that state; else ``least`` and ``state`` are read narrowly, ``most`` and ``at_most`` widely."""

    line: Line
    rotation: Rotation
    state: str
    at_most: str
    sure: Verdict
    least: Counted
    most: Counted

    @property
    def missing(self) -> int:
        """How many surely fill it too few."""
        return max(0, self.least.required - self.least.filled)


def states(mission: Mission) -> tuple[LineState, ...]:
    """Every line in every rotation, line by line."""
    low, high = _Reading(narrowly(mission)), _Reading(widely(mission))
    return tuple(_state(mission, line, rotation, low, high) for line in mission.lines for rotation in mission.rotations)


def _state(mission: Mission, line: Line, rotation: Rotation, low: _Reading, high: _Reading) -> LineState:
    (state, least), (at_most, most) = low.read(line, rotation), high.read(line, rotation)
    sure = line.sure
    if sure is Verdict.YES and state != at_most:
        sure = Verdict.CONTESTED if Verdict.CONTESTED in _bearing(mission, line) else Verdict.UNKNOWN
    return LineState(line, rotation, state, at_most, sure, least, most)


class _Reading:
    """A mission of which nothing is in doubt, with what fills what."""

    def __init__(self, mission: Mission) -> None:
        self.mission = mission
        self.filling = Counter[tuple[str, str]]()
        self.pledges = dict[str, list[Pledge]]()
        for pledge in mission.pledges:
            self.pledges.setdefault(pledge.capability, []).append(pledge)
        for one in accepted_plan(mission).assigned:
            self.filling[one.line, one.rotation] += one.number

    def read(self, line: Line, rotation: Rotation) -> tuple[str, Counted]:
        mission = self.mission
        served = mission.served(line, rotation)
        if served is None:
            return "not needed", Counted(0, 0, 0, 0, 0)
        pledges = self.pledges.get(line.capability, [])
        able = sum(pledge.number for pledge in pledges if not obstacles(mission, pledge, line, rotation))
        accepted = sum(one.number for one in mission.accepted if one.line == line.id and one.days.holds(served))
        deployed = most_there([one for one in mission.deployed if one.line == line.id], served)
        counted = Counted(line.number, able, accepted, self.filling[line.id, rotation.name], deployed)
        gap = any(one.line == line.id and one.days.holds(served) for one in mission.gaps)
        return _named(counted, gap, any(_names(pledge, line) for pledge in pledges)), counted


def _named(counted: Counted, gap: bool, pledged: bool) -> str:
    if counted.filled >= counted.required:
        return "filled"
    if gap:
        return "gap accepted"
    if counted.filled:
        return "partly filled"
    if counted.accepted:
        return "shortfall"
    if counted.offered:
        return "offered"
    return "shortfall" if pledged else "required"


def _names(pledge: Pledge, line: Line) -> bool:
    return pledge.line in (None, line.id) and not pledge.refused and pledge.withdrawn is None


def accepted_plan(mission: Mission) -> ForcePlan:
    """What was accepted and can serve, as a plan; of a pledge no more in a rotation than its number, earlier acceptances first."""
    pledges, lines = {one.id: one for one in mission.pledges}, {one.id: one for one in mission.lines}
    left = {(one.id, rotation.name): one.number for one in mission.pledges for rotation in mission.rotations}
    found = Counter[tuple[str, str, str]]()
    for one in mission.accepted:
        pledge, line = pledges.get(one.pledge), lines.get(one.line)
        if pledge is None or line is None:
            continue
        for rotation in counting(mission, one, line):
            if not obstacles(mission, pledge, line, rotation):
                number = min(one.number, left[pledge.id, rotation.name])
                left[pledge.id, rotation.name] -= number
                found[pledge.id, line.id, rotation.name] += number
    return ForcePlan(assigned=tuple(Assigned(*key, number) for key, number in found.items() if number))


def most_there(deployed: Sequence[Acceptance], served: DaySpan) -> int:
    """How many are there at most on any one of the days: each day on which one more comes is looked at."""
    there = [(one, shared.start or date.min) for one in deployed if (shared := one.days.shared(served)) is not None]
    return max((sum(one.number for one, since in there if since <= day < (one.days.end or date.max)) for _, day in there), default=0)


def counting(mission: Mission, acceptance: Acceptance, line: Line) -> Iterator[Rotation]:
    """The rotations in which an acceptance counts."""
    for rotation in mission.rotations:
        served = mission.served(line, rotation)
        if served is not None and acceptance.days.holds(served):
            yield rotation


def narrowly(mission: Mission) -> Mission:
    """The mission without what is in doubt, but with doubtful caveats."""
    return replace(
        mission,
        mandate=None if mission.mandate is None else tuple(one for one in mission.mandate if one.sure is Verdict.YES),
        cover=None if mission.cover is None else tuple(one for one in mission.cover if one.sure is Verdict.YES),
        pledges=tuple(one for one in mission.pledges if one.sure is Verdict.YES),
        accepted=tuple(one for one in mission.accepted if one.sure is Verdict.YES),
        gaps=tuple(one for one in mission.gaps if one.sure is Verdict.YES),
        deployed=tuple(one for one in mission.deployed if one.sure is Verdict.YES),
    )


def widely(mission: Mission) -> Mission:
    """The mission with all that is in doubt, but for doubtful caveats; a notice that is not said is none."""
    return replace(
        mission,
        caveats=tuple(one for one in mission.caveats if one.sure is Verdict.YES),
        pledges=tuple(replace(one, notice=one.notice or 0) for one in _largest(mission.pledges)),
    )


def _largest(pledges: Iterable[Pledge]) -> Iterator[Pledge]:
    """Of records of one pledge that differ, the first with the most units."""
    found = dict[str, Pledge]()
    for one in pledges:
        if one.id not in found or one.number > found[one.id].number:
            found[one.id] = one
    return iter(found.values())


def _bearing(mission: Mission, line: Line) -> set[Verdict]:
    """How sure all is that bears on the line."""
    pledges = [one for one in mission.pledges if one.capability == line.capability]
    parties = {one.party for one in pledges}
    found = {one.sure for one in mission.mandate or ()} | {one.sure for one in mission.cover or ()} | {one.sure for one in pledges}
    found |= {one.sure for one in mission.caveats if one.party in parties} | {one.sure for one in mission.gaps if one.line == line.id}
    return found | {one.sure for one in (*mission.accepted, *mission.deployed) if one.line == line.id}
