"""Coalitions put in a line by what they weigh, to be asked how many of them weigh at least so much under each name.

Source: how-power-is-measured.md, 5.4. One name: bisection; two: a sweep by the first over sums by the second (Fenwick 1994); more: by the rest first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

Sum = tuple[int, ...]


class Lined:
    """Coalitions by what they weigh, each of which stands for so many."""

    def __init__(self) -> None:
        self.sums: list[Sum] = []
        self.standing: list[int] = []

    def put(self, weighs: Sum, standing: int) -> None:
        """One more."""
        self.sums.append(weighs)
        self.standing.append(standing)

    def by_one(self) -> tuple[list[int], list[int]]:
        """What they weigh under the one name, in order, and how many stand from each place on."""
        pairs = sorted((one[0], many) for one, many in zip(self.sums, self.standing, strict=True))
        rest = list(accumulate((many for _, many in reversed(pairs)), initial=0))
        return [has for has, _ in pairs], rest[::-1]

    def reaching(self, needs: Sequence[Sum]) -> list[int]:
        """How many weigh at least each of these, under two names or more."""
        return self._by_the_first(needs) if needs and len(needs[0]) > 2 else self._by_two(needs)

    def _by_two(self, needs: Sequence[Sum]) -> list[int]:
        """From the largest need under the first name down: those who have it are put in, by their place under the second from above."""
        seconds = sorted({one[1] for one in self.sums})
        inside = [0] * (len(seconds) + 1)
        order = sorted(range(len(self.sums)), key=lambda at: self.sums[at][0])
        found = [0] * len(needs)
        for asked in sorted(range(len(needs)), key=lambda at: needs[at][0], reverse=True):
            first, second = needs[asked]
            while order and self.sums[order[-1]][0] >= first:
                one = order.pop()
                place = len(seconds) - bisect_left(seconds, self.sums[one][1])
                while place < len(inside):
                    inside[place] += self.standing[one]
                    place += place & -place
            place = len(seconds) - bisect_left(seconds, second)
            while place:
                found[asked] += inside[place]
                place &= place - 1
        return found

    def _by_the_first(self, needs: Sequence[Sum]) -> list[int]:
        """Those that have enough under the first name, for each need of it, asked for the rest."""
        alike = defaultdict[int, list[int]](list)
        for asked, need in enumerate(needs):
            alike[need[0]].append(asked)
        found = dict[int, int]()
        for first, places in alike.items():
            enough = Lined()
            for one, many in zip(self.sums, self.standing, strict=True):
                if one[0] >= first:
                    enough.put(one[1:], many)
            found.update(zip(places, enough.reaching([needs[asked][1:] for asked in places]), strict=True))
        return [found[asked] for asked, _ in enumerate(needs)]
