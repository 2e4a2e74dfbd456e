"""On which days the record is not complete for several nations taking part in something: where nothing follows from silence.

Source: how-interoperability-is-told.md, section 3; docs/reference/book-format.md, "Coverage and silence".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from comity.agreements import EVER, Coverage, Days, contains, intersect, subtract
from comity.interoperability.persons import Nations

_FIRST = 1
_ALWAYS: Days = [(_FIRST, EVER)]


class Completeness:
    """The declared coverage of one kind of act that needs no agreement."""

    def __init__(self, declared: Iterable[Coverage], kind: str, nations: Nations) -> None:
        self._declared = [c for c in declared if not c.agreements and (not c.kinds or kind in c.kinds)]
        self._nations = nations
        self._lacking: dict[str, Days] = {}
        self._exists: dict[str, Days] = {}

    def _of(self, nation: str) -> list[Coverage]:
        codes = self._nations.codes(nation)
        return [c for c in self._declared if not c.parties or any(code in c.parties for code in codes)]

    def lacking(self, nation: str) -> Days:
        """The days that no coverage has for the nation, whether it exists on them or not."""
        if nation not in self._lacking:
            spans = [(_FIRST if c.from_ is None else c.from_.toordinal(), c.through.toordinal() + 1) for c in self._of(nation)]
            self._lacking[nation] = reduce(lambda days, span: subtract(days, [span]), spans, _ALWAYS)
        return self._lacking[nation]

    def exists(self, nation: str) -> Days:
        if nation not in self._exists:
            self._exists[nation] = self._nations.exists(nation)
        return self._exists[nation]

    def open_days(self, nations: Sequence[str]) -> list[Days]:
        """Sets of days, of which each that is in any is one on which all exist and one of them is not covered."""
        together = reduce(intersect, (self.exists(nation) for nation in nations), _ALWAYS)
        return [days for lacking in {id(d): d for d in map(self.lacking, nations)}.values() if (days := intersect(together, lacking))]

    def goes_on(self, nations: Sequence[str], start: int) -> tuple[int, int]:
        """The last day from ``start`` on, without a gap, on which all exist and are covered, and on which all exist; else ``start``."""
        together = reduce(intersect, (self.exists(nation) for nation in nations), _ALWAYS)
        covered = reduce(subtract, (self.lacking(nation) for nation in nations), together)
        return _run(covered, start), _run(together, start)

    def sources(self, nations: Iterable[str]) -> tuple[str, ...]:
        """What declares the coverage that there is for them."""
        return tuple(dict.fromkeys(c.source for nation in nations for c in self._of(nation)))


def _run(days: Days, start: int) -> int:
    """The last day that is in the set with all from ``start`` to it; ``start`` itself where that is not."""
    reached = start
    while following := [end for begin, end in days if begin <= reached < end]:
        reached = following[0]
    return max(start, reached - 1)


def last_open(sets: Sequence[Days], on: int) -> int | None:
    """The last day up to ``on`` that is in one of the sets."""
    return max((min(end - 1, on) for days in sets for start, end in days if start <= on), default=None)


def is_open(sets: Sequence[Days], on: int) -> bool:
    return any(contains(days, on) for days in sets)


def first_open(sets: Sequence[Days]) -> int:
    """The first day that is in one of the sets; EVER where none is."""
    return min((start for days in sets for start, _ in days), default=EVER)
