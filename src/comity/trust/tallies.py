"""Decayed counts of kept duties, circle by circle, carried on from day to day; and the forecast that they give.

Source: docs/explanation/how-trust-is-forecast.md, section 2.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from comity.trust.observations import Observation
from comity.trust.rules import TrustRules

ALL = ""
"""In place of a party, a partner or a kind: whichever."""
TO_ALL = "*"
"""In place of a partner: owed to all others."""


class Weighed(NamedTuple):
    """Duties by weight: those kept, and all; how many there are."""

    kept: float = 0.0
    all: float = 0.0
    number: int = 0

    @property
    def missed(self) -> float:
        """Those not kept on time, by weight."""
        return max(0.0, self.all - self.kept)

    def less(self, other: Weighed) -> Weighed:
        """Those that are not among the others, by weight."""
        return self._replace(kept=max(0.0, self.kept - other.kept), all=max(0.0, self.all - other.all))

    def plus(self, other: Weighed) -> Weighed:
        return Weighed(self.kept + other.kept, self.all + other.all, self.number + other.number)


@dataclass(slots=True)
class _Tally:
    kept: float = 0.0
    all: float = 0.0
    number: int = 0
    day: int = 0


class Shape(NamedTuple):
    """A forecast: the two numbers of its beta distribution; how many duties between the two it has; the mean that they are pooled towards."""

    a: float
    b: float
    number: int
    towards: float

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)

    @property
    def missing(self) -> float:
        """The probability that it is not kept on time: 1 less the mean, and above nought however near to 1 that is."""
        return self.b / (self.a + self.b)


class Tallies:
    """The duties of all, as they had come out before a day; days only go forward. ``by_kind``: one kind is told from another."""

    def __init__(self, rules: TrustRules, by_kind: bool) -> None:
        self.rules, self.by_kind = rules, by_kind
        self._tallies = defaultdict[tuple[str, str, str], _Tally](_Tally)
        self.kept, self.number = defaultdict[str, int](int), defaultdict[str, int](int)

    def kind_of(self, one: Observation) -> str:
        """The kind that it is counted under."""
        return one.kind if self.by_kind else ALL

    def add(self, one: Observation) -> None:
        """One more that has come out."""
        kind, day = self.kind_of(one), one.due.toordinal()
        for key in {(ALL, ALL, ALL), (kind, ALL, ALL), (kind, one.owed_by, ALL), *((kind, one.owed_by, to) for to in one.owed_to or (TO_ALL,))}:
            tally, now = self._tallies[key], self._at(key, day)
            tally.kept, tally.all, tally.number, tally.day = now.kept + one.kept, now.all + 1, now.number + 1, day
        self.kept[kind] += one.kept
        self.number[kind] += 1

    def _at(self, key: tuple[str, str, str], day: int) -> Weighed:
        tally = self._tallies.get(key)
        if tally is None:
            return Weighed()
        fades = 0.5 ** ((day - tally.day) / self.rules.half_life)
        return Weighed(tally.kept * fades, tally.all * fades, tally.number)

    def base_rate(self, kind: str) -> float:
        """The share kept of all duties of the kind so far, whoever owed them, however long ago."""
        return (self.kept[kind] + 0.5) / (self.number[kind] + 1)

    def shape(self, kind: str, party: str, partner: str | None, on: date) -> Shape:
        """The forecast for the next duty of the kind that the party owes to the partner (None: to whomever)."""
        day = on.toordinal()
        everybody, of_kind, own = (self._at(key, day) for key in ((ALL, ALL, ALL), (kind, ALL, ALL), (kind, party, ALL)))
        two = own if partner is None else self._at((kind, party, partner), day).plus(self._at((kind, party, TO_ALL), day))
        circles = (of_kind.less(own), own.less(two), two)
        other_kinds = everybody.less(of_kind)
        towards, away = (share / (other_kinds.all + 1) for share in (other_kinds.kept + 0.5, other_kinds.missed + 0.5))
        for wider in circles[:2]:
            towards, away = (
                (number + self.rules.pooling * share) / (wider.all + self.rules.pooling)
                for number, share in ((wider.kept, towards), (wider.missed, away))
            )
        return Shape(two.kept + self.rules.pooling * towards, two.missed + self.rules.pooling * away, two.number, towards)
