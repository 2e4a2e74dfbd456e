"""Minimal winning coalitions searched for by their size, by so many of each group of players who are interchangeable; the search is bounded.

Source: how-power-is-measured.md, 2.5 and 2.6.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice
from math import comb, prod

from comity.power.games import Game

MOST_TRIED = 60_000
"""How many steps a search may take."""
Taken = list[tuple[Sequence[int], int]]
"""Groups with how many of each."""
_Sum = tuple[int, ...]


class Search:
    """A search among groups of players; ``cut``: it ended before it had looked everywhere."""

    def __init__(self, game: Game, groups: Sequence[Sequence[int]], most_tried: int = MOST_TRIED) -> None:
        self.game, self.groups, self.more_tries, self.cut = game, groups, most_tried, False
        self.zero = (0,) * game.names
        self.sums = [list(accumulate((game.weights[player] for player in group), _plus, initial=self.zero)) for group in groups]
        rests = list(accumulate(reversed(groups), lambda rest, group: [*group, *rest], initial=list[int]()))
        self.heaviest = [self._heaviest(rest) for rest in reversed(rests)]

    def _heaviest(self, players: Sequence[int]) -> list[_Sum]:
        """The most that so many of these can weigh, under each name by itself."""
        names = [sorted((self.game.weights[player][name] for player in players), reverse=True) for name in range(self.game.names)]
        return list(accumulate(zip(*names, strict=True), _plus, initial=self.zero))

    @property
    def sizes(self) -> range:
        """All sizes that a coalition can have."""
        return range(len(self.heaviest[0]))

    def first(self, most: int, sizes: Sequence[int]) -> list[Taken]:
        """The first minimal coalitions of these sizes, the mightiest players first."""
        return list(islice(chain.from_iterable(map(self.of_size, sizes)), most))

    def count(self) -> dict[int, int]:
        """How many there are of each size, as far as the search comes."""
        return {size: sum(prod(comb(len(group), take) for group, take in taken) for taken in self.of_size(size)) for size in self.sizes}

    def of_size(self, size: int) -> Iterator[Taken]:
        """The minimal coalitions of this size, the mightiest players first."""
        for taken in self._further((), size, self.zero):
            yield [(group, take) for group, take in zip(self.groups, taken, strict=True) if take]

    def _further(self, taken: tuple[int, ...], left: int, has: _Sum) -> Iterator[tuple[int, ...]]:
        """All minimal coalitions that begin so and have so many players more."""
        if not self.more_tries:
            self.cut = True
            return
        self.more_tries -= 1
        if self._wins(has):
            if not left and not self._can_spare(taken, has):
                yield (*taken, *(0 for _ in self.groups[len(taken) :]))
            return
        at = len(taken)
        heaviest = self.heaviest[at]
        if not left or left >= len(heaviest) or not self._wins(_plus(has, heaviest[left])):
            return
        for take in range(min(len(self.groups[at]), left), -1, -1):
            yield from self._further((*taken, take), left - take, _plus(has, self.sums[at][take]))

    def _wins(self, has: _Sum) -> bool:
        return any(all(h >= t for h, t in zip(has, way, strict=True)) for way in self.game.ways)

    def _can_spare(self, taken: Sequence[int], has: _Sum) -> bool:
        """Would it win without one of its players?"""
        leaving = (self.game.weights[self.groups[at][take - 1]] for at, take in enumerate(taken) if take)
        return any(self._wins(tuple(h - w for h, w in zip(has, weights, strict=True))) for weights in leaving)


def _plus(one: _Sum, other: _Sum) -> _Sum:
    return tuple(a + b for a, b in zip(one, other, strict=True))
