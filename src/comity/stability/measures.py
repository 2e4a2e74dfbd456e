"""What is measured: counts with what they can be at the least and at the most, by year; rates, changes, and how long quiet lasted. Types only.

Source: docs/explanation/how-stability-is-measured.md, sections 3 to 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.stability.material import Source, Stretch, Tie
from comity.terms import PUBLIC, Label

Reads = Literal["short", "long"]
LASTED = (1, 2, 5, 10, 20)
"""After how many years it is told what share of quiet spells still lasts."""


@dataclass(frozen=True, slots=True)
class StabilityRules:
    """The conventions. ``level``: of intervals, above 0 and below 1. ``before``, ``after``: first and last year of two windows to compare."""

    level: float = 0.95
    before: tuple[int, int] | None = None
    after: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many, at the least and at the most."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Exposure:
    """Pair-years, at the least and at the most. ``unlisted``: those at the most of pairs of which the table lists one or both not as states."""

    low: float
    high: float
    unlisted: float


@dataclass(frozen=True, slots=True)
class DisputeYear:
    """Disputes between members in a year, as one source has them; null outside what it covers, and ``why``.

    ``begun``, ``ongoing``: disputes.   ``force``, ``war``, ``fatal``: of those going on.   ``pairs``: pairs in dispute.
    ``days``: pair-days in dispute, of a source that is dated to the day.   ``peace``: of a pair, whole years since the last one with a dispute;
    ``peace_open``: there was none since the table begins, or the pair exists, so that it is at least so long.
    """

    year: int
    exposure: Exposure | None
    begun: Count | None = None
    ongoing: Count | None = None
    force: Count | None = None
    war: Count | None = None
    fatal: Count | None = None
    pairs: Count | None = None
    days: Count | None = None
    peace: Count | None = None
    peace_open: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """Disputes begun for each 100 pair-years from ``since`` to ``until``, by how many are sure and how many there can be, with an exact interval.

    Null where nothing is covered, and ``why``.
    """

    source: Source
    since: int
    until: int
    begun: Count | None
    exposure: Exposure | None
    low: float | None
    high: float | None
    lower: float | None
    upper: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class RateChange:
    """The rate after over the rate before. ``upper`` null beside a ``lower``: no upper end. Null all three: not known, and ``why``."""

    source: Source
    before: Rate
    after: Rate
    ratio: float | None
    lower: float | None
    upper: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class QuietStep:
    """``days`` after a dispute ended: quiet spells watched until then, those that ended there, and the share that lasts longer, with its interval."""

    days: int
    at_risk: int
    ended: int
    share: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Lasted:
    """What share of quiet spells lasts longer than ``years``; null where none was watched so long."""

    years: int
    share: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How long quiet lasted between disputes of a pair (Kaplan and Meier). ``reads``: partial dates read so that quiet is short, or long.

    ``spells``: quiet spells that were watched; ``ended`` by a dispute; ``censored``: watched until the table, or the belonging of the two, ended.
    """

    reads: Reads
    spells: int
    ended: int
    censored: int
    steps: tuple[QuietStep, ...]
    lasted: tuple[Lasted, ...]


@dataclass(frozen=True, slots=True)
class ConflictCount:
    """Armed conflicts of members in a year: ``within`` their states, ``wars`` among these, ``between`` two members; null where not covered."""

    year: int
    within: Count | None
    wars: Count | None
    between: Count | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class EventCount:
    """Events between members that were reported in a year, on the share of its days that is ``covered``; null where nothing is.

    ``balance``: cooperation less conflict, over both, -1 to 1; null where no event was reported, or it hangs on who belonged.
    """

    year: int
    covered: float
    cooperation: Count | None
    conflict: Count | None
    material_conflict: Count | None
    balance: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class CooperationYear:
    """What tied members in a year, by kind: agreements, exercises; of alliances and defence agreements, pairs. Null where not covered."""

    year: int
    ties: tuple[tuple[Tie, Count | None, str], ...]

    def of(self, tie: Tie) -> Count | None:
        return next((count for name, count, _ in self.ties if name == tie), None)


@dataclass(frozen=True, slots=True)
class Measured:
    """All measures, in the order of their years."""

    disputes: tuple[tuple[Source, tuple[DisputeYear, ...]], ...]
    rates: tuple[Rate, ...]
    changes: tuple[RateChange, ...]
    recurrence: tuple[Recurrence, ...]
    conflicts: tuple[ConflictCount, ...]
    events: tuple[EventCount, ...]
    cooperation: tuple[CooperationYear, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """Of whom it is asked. ``pair``: of two states alone. ``says`` and ``source``: how it is defined, and by whom."""

    id: str
    title: str
    says: str
    source: str
    pair: bool = False


@dataclass(frozen=True, slots=True)
class Stability:
    """The whole answer. ``members``: each party, the stretches in which it belongs, and whether that is sure.

    ``disputes``: by source. ``reaches``: first and last year that each source covers.
    """

    region: Region
    since: int
    until: int
    known: date
    rules: StabilityRules
    members: tuple[tuple[str, tuple[tuple[Stretch, bool], ...]], ...]
    disputes: tuple[tuple[Source, tuple[DisputeYear, ...]], ...]
    rates: tuple[Rate, ...]
    changes: tuple[RateChange, ...]
    recurrence: tuple[Recurrence, ...]
    conflicts: tuple[ConflictCount, ...]
    events: tuple[EventCount, ...]
    cooperation: tuple[CooperationYear, ...]
    reaches: tuple[tuple[str, tuple[int, int]], ...]
    notes: tuple[str, ...] = ()
    label: Label = PUBLIC
