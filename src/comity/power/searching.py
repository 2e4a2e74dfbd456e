"""Minimal winning coalitions searched for by their size, by so many of each group of players who are interchangeable; the search is bounded.

Source: how-power-is-measured.md, 2.5 and 2.6.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
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
        self.game, self.groups, self.most_tried = game, groups, most_tried
        self.tried, self.cut = 0, False
        zero = (0,) * game.names
        self.sums = [list(accumulate((game.weights[player] for player in group), _plus, initial=zero)) for group in groups]
        self.heaviest = [self._heaviest([player for group in groups[at:] for player in group]) for at in range(len(groups) + 1)]
        self.zero = zero

    def _heaviest(self, players: Sequence[int]) -> list[_Sum]:
        """The most that so many of these can weigh, under each name by itself."""
        names = [sorted((self.game.weights[player][name] for player in players), reverse=True) for name in range(self.game.names)]
        lines = [list(accumulate(weights, initial=0)) for weights in names]
        return [tuple(line[number] for line in lines) for number in range(len(players) + 1)]

    def first(self, most: int, sizes: Sequence[int]) -> list[Taken]:
        """The first minimal coalitions of these sizes, the mightiest players first."""
        every = (taken for size in sizes for taken in self._of_size(size))
        return [self._named(taken) for taken in islice(every, most)]

    def count(self) -> dict[int, int]:
        """How many there are of each size, as far as the search comes."""
        players = sum(len(group) for group in self.groups)
        return {size: sum(self._number(taken) for taken in self._of_size(size)) for size in range(players + 1)}

    def _number(self, taken: Sequence[int]) -> int:
        return prod(comb(len(group), take) for group, take in zip(self.groups, taken, strict=True))

    def _named(self, taken: Sequence[int]) -> Taken:
        return [(group, take) for group, take in zip(self.groups, taken, strict=True) if take]

    def _of_size(self, size: int) -> Iterator[tuple[int, ...]]:
        players = sum(len(group) for group in self.groups)
        if size <= players:
            yield from self._further((), size, self.zero)

    def _further(self, taken: tuple[int, ...], left: int, has: _Sum) -> Iterator[tuple[int, ...]]:
        """All minimal coalitions that begin so and have so many players more."""
        self.tried += 1
        if self.tried > self.most_tried:
            self.cut = True
            return
        if self._wins(has):
            if not left and not self._can_spare(taken, has):
                yield (*taken, *(0 for _ in range(len(self.groups) - len(taken))))
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
