"""What stands in the way of a pledge that is to serve a line in a rotation, each by its name, and what would take it out of the way.

Source: how-forces-are-generated.md, section 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from comity.missions.forces.missions import DaySpan, ForceCaveat, Line, Mandate, Mission, Pledge, Rotation


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a pledge cannot serve: the rule by its name, in words, what would change it (blank: nothing could), and the caveat that it is."""

    rule: str
    says: str
    remedy: str = ""
    caveat: str | None = None


Look = Callable[[Mission, Pledge, Line, DaySpan], Iterator[Obstacle]]


def obstacles(mission: Mission, pledge: Pledge, line: Line, rotation: Rotation) -> tuple[Obstacle, ...]:
    """All that stands in the way, in the order of the text; empty where the line is not needed in the rotation, or nothing does."""
    served = mission.served(line, rotation)
    return () if served is None else tuple(found for look in LOOKS for found in look(mission, pledge, line, served))


def _offered(mission: Mission, pledge: Pledge, line: Line, served: DaySpan) -> Iterator[Obstacle]:
    if pledge.capability != line.capability:
        yield Obstacle("offered", f"is {pledge.capability}, not {line.capability}")
    elif pledge.line not in (None, line.id):
        yield Obstacle("offered", f"is pledged for {pledge.line} alone", f"pledge it for {line.id} too")


def _refused(mission: Mission, pledge: Pledge, line: Line, served: DaySpan) -> Iterator[Obstacle]:
    if pledge.refused:
        yield Obstacle("refused", "was not accepted", "accept it after all")


def _withdrawn(mission: Mission, pledge: Pledge, line: Line, served: DaySpan) -> Iterator[Obstacle]:
    if pledge.withdrawn is not None and (served.end is None or pledge.withdrawn < served.end):
        yield Obstacle("withdrawn", f"is withdrawn from {pledge.withdrawn}", "pledge it again")


def _mandate(mission: Mission, pledge: Pledge, line: Line, served: DaySpan) -> Iterator[Obstacle]:
    if mission.mandate is not None:
        bare = uncovered(served, [one.days for one in mission.mandate])
        if bare is not None:
            yield Obstacle("mandate", f"there is no mandate on {bare}{_told_last(mission.mandate, bare)}", f"a mandate for {bare}")


def _told_last(mandate: Sequence[Mandate], bare: date) -> str:
    """Which act gave the last one before that day, and what ended it."""
    last = max((one for one in mandate if one.act and (one.days.end or date.max) <= bare), key=lambda one: one.days.end or date.max, default=None)
    if last is None:
        return ""
    return f"; {last.act} was revoked by {last.revoked}" if last.revoked else f"; {last.act} gave one until {last.days.end}"


def _time(mission: Mission, pledge: Pledge, line: Line, served: DaySpan) -> Iterator[Obstacle]:
    if not pledge.days.holds(served):
        yield Obstacle("time", f"is pledged for {pledge.days}, and would serve {served}", f"pledge it for {served}")


def _readiness(mission: Mission, pledge: Pledge, line: Line, served: DaySpan) -> Iterator[Obstacle]:
    if line.readiness is not None:
        if pledge.notice is None:
            yield Obstacle("readiness", f"does not say how soon it can be there; {line.readiness} days are needed", "say how soon it can be there")
        elif pledge.notice > line.readiness:
            late = pledge.notice - line.readiness
            yield Obstacle("readiness", f"needs {pledge.notice} days' notice; {line.readiness} are given", f"be there {late} days sooner")


def _level(mission: Mission, pledge: Pledge, line: Line, served: DaySpan) -> Iterator[Obstacle]:
    if pledge.level < line.level:
        yield Obstacle("level", f"is at level {pledge.level}; {line.level} is needed", f"verify it at level {line.level}")
    elif line.level and pledge.level_until is not None and (served.start is None or pledge.level_until <= served.start):
        yield Obstacle("level", f"was verified until {pledge.level_until} only", f"verify it at level {line.level} again")


def _caveats(mission: Mission, pledge: Pledge, line: Line, served: DaySpan) -> Iterator[Obstacle]:
    for caveat in mission.caveats:
        if caveat.party == pledge.party and caveat.pledge in (None, pledge.id) and caveat.days.shared(served) is not None:
            excluded = ", ".join(_excluded(caveat, line, served))
            if excluded:
                yield Obstacle("caveats", f"by caveat {caveat.id} must not serve {excluded}", f"lift caveat {caveat.id} ({excluded})", caveat.id)


def _excluded(caveat: ForceCaveat, line: Line, served: DaySpan) -> Iterator[str]:
    yield from sorted(caveat.tasks & line.tasks)
    if line.territory is not None and line.territory in caveat.territories:
        yield f"in {line.territory}"
    if line.command is not None and line.command in caveat.commands:
        yield f"under {line.command}"
    if caveat.longest is not None and served.length > caveat.longest:
        yield f"for more than {caveat.longest} days"


def _cover(mission: Mission, pledge: Pledge, line: Line, served: DaySpan) -> Iterator[Obstacle]:
    if mission.cover is not None and line.territory not in (None, pledge.party):
        bare = uncovered(served, [one.days for one in mission.cover if (one.party, one.territory) == (pledge.party, line.territory)])
        if bare is not None:
            yield Obstacle(
                "cover", f"has no legal basis in {line.territory} on {bare}", f"a legal basis of {pledge.party} in {line.territory} from {bare}"
            )


def uncovered(served: DaySpan, spans: Sequence[DaySpan]) -> date | None:
    """The first of the days on which none of the spans is; None: they are all covered. A span without a first day counts from the first there is."""
    day = served.start or date.min
    last = served.end or date.max
    while day < last:
        until = max((span.end or date.max for span in spans if (span.start or date.min) <= day < (span.end or date.max)), default=None)
        if until is None:
            return day
        day = until
    return None


LOOKS: tuple[Look, ...] = (_offered, _refused, _withdrawn, _mandate, _time, _readiness, _level, _caveats, _cover)
