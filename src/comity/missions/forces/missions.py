"""A mission as data: rotations, lines of the statement of requirements, pledges, caveats, what was accepted; and a plan of who serves where.

Source: how-forces-are-generated.md, section 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from comity.terms import Verdict

YES = Verdict.YES


class DaySpan(NamedTuple):
    """From a day up to, without, another; None: open there."""

    start: date | None = None
    end: date | None = None

    def holds(self, other: DaySpan) -> bool:
        """Does it hold every day of the other?"""
        early = self.start is None or (other.start is not None and self.start <= other.start)
        return early and (self.end is None or (other.end is not None and other.end <= self.end))

    def shared(self, other: DaySpan) -> DaySpan | None:
        """The days that both have; None: none."""
        start = max((day for day in (self.start, other.start) if day is not None), default=None)
        end = min((day for day in (self.end, other.end) if day is not None), default=None)
        return None if start is not None and end is not None and start >= end else DaySpan(start, end)

    @property
    def length(self) -> int:
        """How many days; 0 where it is open."""
        return 0 if self.start is None or self.end is None else max(0, (self.end - self.start).days)

    def __str__(self) -> str:
        return f"{self.start or '...'} to {self.end or '...'}"


ALWAYS = DaySpan()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """A time for which units serve, before others take their place."""

    name: str
    days: DaySpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the statement of requirements; ``number``: so many at a time. ``sure``: how sure the record is of it."""

    id: str
    capability: str
    number: int
    readiness: int | None = None
    level: int = 0
    days: DaySpan = ALWAYS
    territory: str | None = None
    tasks: frozenset[str] = frozenset()
    command: str | None = None
    weight: int = 1
    persons: int = 0
    sure: Verdict = YES


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """``number`` units that a party offers; ``cost``: of one for a rotation, None: not said; ``notice`` in days, None: not said."""

    id: str
    party: str
    capability: str
    number: int = 1
    line: str | None = None
    persons: int = 0
    notice: int | None = None
    level: int = 0
    level_until: date | None = None
    days: DaySpan = ALWAYS
    rest: int = 0
    cost: int | None = None
    refused: bool = False
    withdrawn: date | None = None
    force: str = ""
    sure: Verdict = YES


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceCaveat:
    """A party's limit on the use of one of its pledges (None: of all); ``longest``: so many days at most."""

    id: str
    party: str
    pledge: str | None = None
    tasks: frozenset[str] = frozenset()
    territories: frozenset[str] = frozenset()
    commands: frozenset[str] = frozenset()
    longest: int | None = None
    days: DaySpan = ALWAYS
    sure: Verdict = YES


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """So many units of a pledge are taken up for a line; of a *deployment*: are there."""

    pledge: str
    line: str
    number: int
    days: DaySpan = ALWAYS
    sure: Verdict = YES


Deployment = Acceptance


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedGap:
    """It is accepted that a line is not filled."""

    line: str
    days: DaySpan = ALWAYS
    sure: Verdict = YES


class Mandate(NamedTuple):
    """DaySpan on which there is a mandate; ``act``: what gives it, ``revoked``: what ends it before its time (blank: no act on record)."""

    days: DaySpan
    sure: Verdict = YES
    act: str = ""
    revoked: str = ""


class PlaceCover(NamedTuple):
    """DaySpan on which forces of a party have a legal basis in a territory."""

    party: str
    territory: str
    days: DaySpan
    sure: Verdict = YES


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """The most that a party can bear: persons away in a rotation, cost in all; None: no limit."""

    party: str
    persons: int | None = None
    cost: int | None = None


class Capable(NamedTuple):
    """Somebody who has a capability on record, and how: pledged to another mission, deployed before, trained in it."""

    party: str
    capability: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission:
    """A mission with all that is known of its forces. ``mandate``, ``cover`` None: not looked at. ``by``: burdens in cost or person-days."""

    id: str
    title: str = ""
    currency: str = ""
    rotations: tuple[Rotation, ...] = ()
    lines: tuple[Line, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    caveats: tuple[ForceCaveat, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    gaps: tuple[AcceptedGap, ...] = ()
    deployed: tuple[Deployment, ...] = ()
    mandate: tuple[Mandate, ...] | None = None
    cover: tuple[PlaceCover, ...] | None = None
    ceilings: tuple[Ceiling, ...] = ()
    shares: tuple[tuple[str, int], ...] = ()
    burden: int = 0
    by: str = "cost"
    capable: tuple[Capable, ...] = ()

    def served(self, line: Line, rotation: Rotation) -> DaySpan | None:
        """The days of the rotation on which the line is needed; None: it is not."""
        return line.days.shared(rotation.days)


class Assigned(NamedTuple):
    """So many units of a pledge serve a line in a rotation."""

    pledge: str
    line: str
    rotation: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForcePlan:
    """Who serves where; ``total``: what it costs, ``bound``: what no plan costs less than, where that is said."""

    assigned: tuple[Assigned, ...]
    total: int | None = None
    bound: int | None = None
