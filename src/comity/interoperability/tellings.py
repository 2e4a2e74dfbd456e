"""What the sightings of some nations come to on a day: when last, when first, how fresh; with the doubtful ones, and without.

Source: how-interoperability-is-told.md, sections 2.4, 4 and 5.3. Days are ordinals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, TypeVar

from comity.agreements import Days
from comity.interoperability.completeness import first_open, is_open, last_open
from comity.interoperability.training import State, TrainingKind
from comity.terms import Verdict

Found = TypeVar("Found")


class Sighting(NamedTuple):
    """Nations in one exercise (or row, course, post) together: the first and the last day that its start and its end can be.

    ``named``: what it was surely for, ``possible``: with what is left open. ``place``: which exercise, row, course or post of the map.
    """

    starts: int
    starts_by: int
    ends: int
    ends_by: int
    named: frozenset[str]
    possible: frozenset[str]
    doubtful: bool
    acts: tuple[str, ...]
    place: int = -1


_WORTH = Sighting._fields.index("acts")
"""What is before the acts is what a sighting comes to."""


def choices(parts: Sequence[Sequence[Sighting]], join: Callable[[Sighting, Sighting], Sighting]) -> list[Sighting]:
    """Each choice of one part of each nation, joined; those that come to the same by other acts once, lest there be too many."""
    found = list(parts[0])
    for more in parts[1:]:
        found = list({joined[:_WORTH]: joined for one in found for other in more for joined in (join(one, other),)}.values())
    return found


class TrainingPlace(NamedTuple):
    """An exercise, a course, a post or a row: what it is, its name, the nations in it, and how several of them are seen in it together."""

    kind: TrainingKind
    name: str
    nations: frozenset[str]
    seen: Callable[[Sequence[str]], Sequence[Sighting]]


@dataclass(frozen=True)
class Telling:
    """Sightings of one capability that may have begun by ``day``, beside the days that are not covered.

    ``unknown``: the last such day up to ``day``, ``first_unknown``: the first there is; ``open_today``: is ``day`` one?
    """

    begun: Sequence[Sighting]
    capability: str
    day: int
    unknown: int | None
    first_unknown: int
    open_today: bool

    @classmethod
    def of(cls, begun: Sequence[Sighting], capability: str, day: int, open_days: Sequence[Days]) -> Telling:
        return cls(begun, capability, day, last_open(open_days, day), first_open(open_days), is_open(open_days, day))

    @cached_property
    def sure(self) -> list[Sighting]:
        return [s for s in self.begun if s.starts_by <= self.day and self.capability in s.named and not s.doubtful]

    @cached_property
    def best(self) -> Sighting | None:
        """The sure one that gives the earliest day of the last training; of several, the one that may have ended last."""
        return max(self.sure, key=lambda s: (s.ends, s.ends_by, s.place), default=None)

    @property
    def earliest(self) -> int | None:
        return None if self.best is None else min(self.best.ends, self.day)

    @property
    def latest(self) -> int | None:
        days = [min(s.ends_by, self.day) for s in self.begun]
        return max(days if self.unknown is None else [*days, self.unknown], default=None)

    @property
    def first_from(self) -> int | None:
        found = min((s.starts for s in self.begun), default=None)
        return None if found is None or self.first_unknown < found else found

    @property
    def first_by(self) -> int | None:
        return min((s.starts_by for s in self.sure), default=None)

    def state(self) -> State:
        if self.sure:
            return "trained"
        return "unknown" if self.begun or self.open_today else "none"

    def fresh(self, since: int) -> Verdict:
        """Trained on ``since`` or later?"""
        if self.earliest is not None and self.earliest >= since:
            return Verdict.YES
        return Verdict.NO if self.latest is None or self.latest < since else Verdict.UNKNOWN


def in_both(telling: Telling, asked: Callable[[Telling], Found]) -> Found | None:
    """The answer, if it is one with the doubtful sightings taken as sure and without them; None: it is not."""
    if not any(s.doubtful for s in telling.begun):
        return asked(telling)
    taken = asked(replace(telling, begun=[s._replace(doubtful=False) for s in telling.begun]))
    return taken if taken == asked(replace(telling, begun=[s for s in telling.begun if not s.doubtful])) else None
