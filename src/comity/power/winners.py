"""How many coalitions win, by their size, and how many of these each player is in; exact.

Source: how-power-is-measured.md, section 5. Sums: Bilbao, Fernández, Jiménez and López 2002; halves: Klinz and Woeginger 2005.
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.power.games import Game
from comity.power.halves import Halves
from comity.power.sums import Sums
from comity.terms import BadInput

MOST_STEPS = 20_000_000
"""Steps of counting, of about a third of a microsecond each, beyond which a count is refused."""
COUNTERS: tuple[type[Sums] | type[Halves], ...] = (Sums, Halves)


@dataclass(frozen=True, slots=True)
class Winners:
    """Winning coalitions by their size (from none to all), and those with each player, by the player's place."""

    by_size: tuple[int, ...]
    having: tuple[tuple[int, ...], ...]

    @property
    def number(self) -> int:
        """How many coalitions win."""
        return sum(self.by_size)

    def swings(self, player: int) -> int:
        """How many coalitions win with this player and do not without it (who wins without it wins with it)."""
        return 2 * sum(self.having[player]) - self.number


def required(game: Game) -> list[int]:
    """The players without whom no coalition wins (of a game that can be won)."""
    everybody = range(len(game.players))
    return [player for player in everybody if not game.wins(other for other in everybody if other != player)]


def winners(game: Game, most_steps: int = MOST_STEPS) -> Winners:
    """All winning coalitions, counted, with those of each player; BadInput where that takes too many steps."""
    number = len(game.players)
    if not game.ways:
        return Winners((0,) * (number + 1), ((0,) * (number + 1),) * number)
    always = required(game)
    free = [player for player in range(number) if player not in set(always)]
    rest = game.among(free, always)
    if steps(rest) > most_steps:
        kinds = len(set(rest.weights))
        raise BadInput(
            f"{len(free)} voters of {kinds} different weights are too many to be counted exactly; round the weights (persons to thousands)"
        )
    counted = _cheapest(rest)
    before = (0,) * len(always)
    by_size = (*before, *counted.by_size())
    having = counted.having()
    of = {player: (*before, *having[rest.weights[at]]) for at, player in enumerate(free)}
    return Winners(by_size, tuple(of.get(player, by_size) for player in range(number)))


def numbers_by_size(game: Game) -> tuple[int, ...]:
    """How many coalitions of each size win."""
    if not game.ways:
        return (0,) * (len(game.players) + 1)
    return tuple(_cheapest(game).by_size())


def steps(game: Game) -> int:
    """About how many steps it takes to count the winners of a game."""
    return min(counter.steps(game) for counter in COUNTERS)


def _cheapest(game: Game) -> Sums | Halves:
    return min(COUNTERS, key=lambda counter: counter.steps(game))(game)
