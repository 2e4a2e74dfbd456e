"""Winning coalitions counted by halves: all coalitions of each half of the players, and for each of one half how many of the other win with it.

Source: how-power-is-measured.md, 5.4; Horowitz and Sahni 1974; Klinz and Woeginger 2005.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from math import comb, prod
from operator import add, sub

from comity.power.games import NEVER, Game, antichain
from comity.power.lined import Lined, Sum

Kinds = list[tuple[Sum, int]]
"""Players by what they weigh, with how many weigh that."""


class _Half:
    """All coalitions of some players: their sizes, what they weigh under some names, and how many each stands for, of players of the same kinds.

    Those of the last kind of player change slowest: the list is as many blocks as there can be of them, each of which is the list without them.
    """

    def __init__(self, kinds: Kinds, names: Sequence[int]) -> None:
        self.kinds = kinds
        self.sizes, self.sums, self.standing = [0], [(0,) * len(names)], [1]
        for weight, number in kinds:
            weighs = [weight[name] for name in names]
            ways = [comb(number, taken) for taken in range(number + 1)]
            sizes, sums, standing = self.sizes, self.sums, self.standing
            self.sizes = [size + taken for taken in range(number + 1) for size in sizes]
            self.sums = [tuple(s + taken * w for s, w in zip(one, weighs, strict=True)) for taken in range(number + 1) for one in sums]
            self.standing = [many * some for many in ways for some in standing]

    def by_kind(self, counted: list[int]) -> dict[Sum, int]:
        """Of what was counted for each coalition, what falls to one player of each kind."""
        found = {}
        for weight, number in reversed(self.kinds):
            block = len(counted) // (number + 1)
            blocks = [counted[at : at + block] for at in range(0, len(counted), block)]
            found[weight] = sum(taken * sum(one) for taken, one in enumerate(blocks)) // number
            counted = blocks[0]
            for one in blocks[1:]:
                counted = list(map(add, counted, one))
        return found


class Halves:
    """How many coalitions win, where what is weighed is large or several things are."""

    def __init__(self, game: Game) -> None:
        number, names = len(game.players), _names(game)
        self.width = (number << number).bit_length()  # there is room for every count, as often as there are players
        self.needs = [_needs(game, names, size) for size in range(number + 1)]
        self.halves = [_Half(kinds, names) for kinds in _parted(game)]

    @staticmethod
    def steps(game: Game) -> int:
        """About how many steps it takes; NEVER where nothing is weighed beside the members."""
        if game.names == 1:
            return NEVER
        lined = sum(map(_coalitions, _parted(game))) * len(game.players)
        others = prod(sum(weight[name] for weight in game.weights) for name in _names(game)[:-2])
        return lined * (1 if game.names == 2 else 6) * min(others, lined)

    def by_size(self) -> list[int]:
        """How many coalitions of each size win."""
        return self._apart(sum(self._met_by_the_first))

    def having(self) -> dict[Sum, list[int]]:
        """For a player of each weight, how many winning coalitions of each size it is in."""
        first, other = self.halves
        found = first.by_kind(self._met_by_the_first) | other.by_kind(self._met(other, first))
        return {weight: self._apart(counted) for weight, counted in found.items()}

    def _apart(self, counted: int) -> list[int]:
        return [(counted >> (size * self.width)) & ((1 << self.width) - 1) for size, _ in enumerate(self.needs)]

    @cached_property
    def _met_by_the_first(self) -> list[int]:
        return self._met(*self.halves)

    def _met(self, mine: _Half, theirs: _Half) -> list[int]:
        """For each coalition of mine how many of theirs win with it; the sizes of both together stand side by side in one number."""
        lined = [Lined() for _ in range(max(theirs.sizes) + 1)]
        for size, one, many in zip(theirs.sizes, theirs.sums, theirs.standing, strict=True):
            lined[size].put(one, many)
        met = self._by_one(mine, lined) if len(mine.sums[0]) == 1 else self._by_several(mine, lined)
        return [standing * counted for standing, counted in zip(mine.standing, met, strict=True)]

    def _by_one(self, mine: _Half, lined: Sequence[Lined]) -> list[int]:
        lines = [line.by_one() for line in lined]
        tried = [
            [((size + more) * self.width, sign, need[0], *line) for more, line in enumerate(lines) for sign, need in self.needs[size + more]]
            for size in range(max(mine.sizes) + 1)
        ]
        return [
            sum(sign * rest[bisect_left(weighs, need - has)] << place for place, sign, need, weighs, rest in tried[size])
            for size, (has,) in zip(mine.sizes, mine.sums, strict=True)
        ]

    def _by_several(self, mine: _Half, lined: Sequence[Lined]) -> list[int]:
        found = [0] * len(mine.sizes)
        for more, line in enumerate(lined):
            needs = [(place, size + more, *need) for place, size in enumerate(mine.sizes) for need in self.needs[size + more]]
            reached = line.reaching([tuple(map(sub, need, mine.sums[place])) for place, _, _, need in needs])
            for (place, together, sign, _), many in zip(needs, reached, strict=True):
                found[place] += sign * many << (together * self.width)
        return found


def _names(game: Game) -> list[int]:
    """What is weighed beside the members, the largest last."""
    return sorted(range(1, game.names), key=lambda name: sum(weight[name] for weight in game.weights))


def _needs(game: Game, names: Sequence[int], size: int) -> list[tuple[int, Sum]]:
    """What so many players need beside being so many: those that have this or what went before, less those that have both."""
    found: Counter[Sum] = Counter()
    for way in antichain(tuple(way[name] for name in names) for way in game.ways if way[0] <= size):
        both = [(tuple(map(max, way, need)), sign) for need, sign in found.items()]
        found[way] += 1
        for need, sign in both:
            found[need] -= sign
    return [(sign, need) for need, sign in found.items() if sign]


def _parted(game: Game) -> tuple[Kinds, Kinds]:
    """The kinds of players in two halves with about as many coalitions each: those of most players first, each to the half that has fewer."""
    halves: tuple[Kinds, Kinds] = [], []
    for kind in Counter(game.weights).most_common():
        min(halves, key=_coalitions).append(kind)
    return halves


def _coalitions(kinds: Kinds) -> int:
    """How many coalitions there are of players of these kinds, where those of one kind are not told apart."""
    return prod(number + 1 for _, number in kinds)
