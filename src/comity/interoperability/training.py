"""What is told of nations that trained together: the words, as types.

Source: how-interoperability-is-told.md, sections 1 to 5 and 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from comity.terms import Moment

DOMAINS = ("land", "air", "sea", "amphibious", "cyber", "command-post")
PURPOSES = ("warfighting", "peacekeeping", "humanitarian")
CAPABILITIES = (*DOMAINS, *PURPOSES)
ANY_CAPABILITY = "any"
"""Whatever it was that was trained."""
HALF_LIFE = 730.5
"""Days; an assumption (section 5.2): two years. Whoever asks may declare another."""
TAKE_PART = "take-part"

State = Literal["trained", "none", "contested", "unknown"]
TrainingKind = Literal["exercise", "course", "post", "other"]
"""In what nations trained together; other: a row that was given beside the acts."""
KINDS_OF_TRAINING: tuple[TrainingKind, ...] = ("exercise", "course", "post", "other")


class DayWindow(NamedTuple):
    """The first and the last day that something can have been (included)."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRow:
    """Nations that trained a capability together, as something other than acts of taking part has it; ``source``: what."""

    nations: frozenset[str]
    capability: str
    moment: Moment
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExercisePart:
    """One nation's part in an exercise, as one act tells it.

    ``named``: domains and purposes that the act gives; ``open``: those of which it leaves open whether they were. ``doubtful``: somebody denies
    the act, or its records differ.
    """

    nation: str
    start: DayWindow
    end: DayWindow
    named: frozenset[str]
    open: frozenset[str]
    doubtful: bool
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JointExercise:
    """An exercise as acts tell it: its name, the start and place as written, and who took part."""

    activity: str
    starts: str
    place: str
    parts: tuple[ExercisePart, ...]

    @property
    def nations(self) -> frozenset[str]:
        return frozenset(part.nation for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """What the record has, on a day, of a capability that nations trained together (section 4).

    ``last`` and ``first``: the earliest and the latest day that each can be; None: there is none, or (first, earliest) it is not known.
    ``counts``: how often on record, at least and at most, by what it was. ``since``: where the state is *none*, the first day from which the record
    is complete to the day asked about (None: it always was). ``recency``: low and high, told with ``half_life`` days. ``kind``, ``what`` and
    ``acts``: what it was that gives the earliest day of *last*, its name (of a row: its source), and the acts that tell of it. ``complete``: is the
    record complete on the day asked about, for exercises? ``courses_complete``: for courses and posts? ``covered_by``: the sources of the coverage
    that the silence rests on.
    """

    nations: tuple[str, ...]
    capability: str
    on: date
    state: State
    last: tuple[date | None, date | None]
    first: tuple[date | None, date | None]
    counts: Mapping[TrainingKind, tuple[int, int]]
    recency: tuple[float, float]
    half_life: float
    since: date | None = None
    complete: bool = False
    courses_complete: bool = False
    kind: TrainingKind | None = None
    what: str = ""
    acts: tuple[str, ...] = ()
    covered_by: tuple[str, ...] = ()

    @property
    def least(self) -> int:
        """How often for sure, whatever it was."""
        return sum(least for least, _ in self.counts.values())

    @property
    def most(self) -> int:
        """How often at most on record, whatever it was."""
        return sum(most for _, most in self.counts.values())
