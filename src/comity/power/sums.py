"""Winning coalitions counted over sums of weights: for games in which, beside the members, at most one thing is weighed.

Source: how-power-is-measured.md, 5.4; Mann and Shapley 1962; Bilbao, Fernández, Jiménez and López 2002.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from math import comb

from comity.power.games import NEVER, Game

Weights = tuple[int, ...]


class Line:
    """Coalitions of those who have joined, by what they weigh, up to a most: for each weight one number, in which the sizes stand side by side."""

    def __init__(self, players: int, most: int) -> None:
        self.width = comb(players, players // 2).bit_length()  # there is room for every count
        self.exactly = [1] + [0] * most
        self.at_least: list[int] = []

    def join(self, weight: int) -> None:
        """One more player: each coalition without it is one with it too."""
        exactly, most = self.exactly, len(self.exactly) - 1
        for has in range(most, -1, -1):
            if exactly[has]:
                exactly[min(most, has + weight)] += exactly[has] << self.width

    def draw(self) -> None:
        """Sum up what weighs at least so much, of those who have joined."""
        self.at_least = list(accumulate(reversed(self.exactly)))[::-1]

    def of(self, size: int, need: int) -> int:
        """How many coalitions of so many players weigh at least so much."""
        return (self.at_least[max(0, need)] >> (size * self.width)) & ((1 << self.width) - 1)


class Sums:
    """How many coalitions win, where what is weighed is small."""

    def __init__(self, game: Game) -> None:
        self.weights = game.weights
        self.number = len(game.players)
        self.needs = _needs(game)
        self.line = Line(self.number, _most(game))
        for weight in game.weights:
            self.line.join(_weighs(weight))
        self.line.draw()

    @staticmethod
    def steps(game: Game) -> int:
        """About how many steps it takes; NEVER where it does not do."""
        number = len(game.players)
        return number * (_most(game) + 1) * (1 + number // 30) if game.names <= 2 else NEVER

    def by_size(self) -> list[int]:
        """How many coalitions of each size win."""
        return [0 if need is None else self.line.of(size, need) for size, need in enumerate(self.needs)]

    def having(self) -> dict[Weights, list[int]]:
        """For a player of each weight, how many winning coalitions of each size it is in."""
        return {weight: self._having(_weighs(weight)) for weight in set(self.weights)}

    def _having(self, weight: int) -> list[int]:
        return [0 if need is None or not size else self._without(weight, size - 1, need - weight) for size, need in enumerate(self.needs)]

    def _without(self, weight: int, size: int, need: int) -> int:
        """How many coalitions without a player of this weight: all, but those with it, which are some without it that weigh so much less."""
        found, sign = 0, 1
        while size >= 0 and need > 0:
            found += sign * self.line.of(size, need)
            size, need, sign = size - 1, need - weight, -sign
        return found + sign * comb(self.number - 1, size) if size >= 0 else found


def minimal_in_order(game: Game) -> dict[int, int]:
    """How many minimal winning coalitions of each size there are, of players in the order of their weights: by who is the last in them."""
    needs, line = _needs(game), Line(len(game.players), _most(game))
    found: Counter[int] = Counter()
    for place, weight in enumerate(game.weights):
        line.draw()
        for size in range(place + 1):
            need, before = needs[size + 1], needs[size]
            if need is not None:
                found[size + 1] += line.of(size, need - _weighs(weight)) - (0 if before is None else line.of(size, before))
        line.join(_weighs(weight))
    return found


def _weighs(weight: Weights) -> int:
    return weight[1] if len(weight) > 1 else 0


def _most(game: Game) -> int:
    return max(_weighs(way) for way in game.ways)


def _needs(game: Game) -> list[int | None]:
    """What so many players have to weigh together to win, by their number; None: so few never win."""
    return [min((_weighs(way) for way in game.ways if way[0] <= size), default=None) for size in range(len(game.players) + 1)]
