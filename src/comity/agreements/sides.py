"""The two sides of a pair, and what passes between them: days on which it is not in force, provisions touched.

A legal person may bear several codes one after the other. On the days before a code took the person on, only what that code
itself did is its own; from then on, everything the person did under earlier codes is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from comity.agreements.course import Cause, Course
from comity.agreements.days import BEGIN, EVER, Day, Days
from comity.agreements.deeds import Deed
from comity.agreements.docket import Docket


class Touched(NamedTuple):
    """A provision that does not apply, or applies modified, between two parties during [start, end)."""

    article: str
    how: str
    start: Day
    end: Day
    cause: Cause


class Bar(NamedTuple):
    """Days on which the agreement is not in force between the two, although it binds both."""

    days: Days
    cause: Cause


Found = Iterable[Bar | Touched]


class Side(NamedTuple):
    """A party in a pair during [start, end): the codes whose acts are its own then, and every code that names its person."""

    code: str
    start: Day
    end: Day
    codes: tuple[str, ...]
    names: tuple[str, ...]

    def named_in(self, codes: Iterable[str]) -> bool:
        return any(code in self.names for code in codes)


class Reserved(NamedTuple):
    """A reservation, as it is for everybody.

    ``ends``: for each article it touches, the day on which it is withdrawn for others; ``last``: the latest of them;
    ``deadline``: twelve months after notification; ``answered``: who accepted or objected to it.
    """

    deed: Deed
    ends: dict[str, Day]
    last: Day
    permitted: bool
    deadline: Day
    answered: frozenset[str]


class Pairs:
    """One agreement in one world, to be looked at pair by pair; what concerns one side is worked out once."""

    def __init__(self, docket: Docket, course: Course) -> None:
        self.docket, self.course = docket, course
        self._sides: dict[str, list[Side]] = {}
        self.reserved: dict[Side, list[Reserved]] = {}
        self.consents: dict[Side, list[tuple[Day | None, Day, Day]]] = {}

    def sides(self, code: str) -> list[Side]:
        """The party as a side: one, or two where its code took the person on from another."""
        if code not in self._sides:
            self._sides[code] = self._find_sides(code)
        return self._sides[code]

    def _find_sides(self, code: str) -> list[Side]:
        line = self.course.lines.get(code, ())
        if len(line) < 2:
            return [Side(code, BEGIN, EVER, (code,), (code,))]
        names = tuple(link.code for link in line)
        place = names.index(code)
        start = line[place].start
        return [Side(code, BEGIN, start, (code,), names), Side(code, start, EVER, names[: place + 1], names)]

    def deeds(self, side: Side, kind: str) -> list[Deed]:
        """Acts of a kind by one side."""
        return [d for d in self.docket.of_kind(kind) if d.actor in side.codes]

    def answers(self, side: Side, kind: str, to: Deed) -> list[Deed]:
        """Acts of a kind by one side that reply to that act."""
        return [d for d in self.deeds(side, kind) if d.act.replies_to == to.act.hash]
