"""Which coalitions carry a proposal and which stop it: how many minimal ones there are, the smallest, who is in all or in none, and a bounded list.

Source: how-power-is-measured.md, sections 2 and 5.5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from math import comb, prod
from typing import Literal

from comity.agreements.decision_rules import DecisionRule
from comity.power.games import Game, Others, game_of
from comity.power.searching import MOST_TRIED, Search, Taken
from comity.power.sums import Sums, minimal_in_order
from comity.power.winners import MOST_STEPS, numbers_by_size, required, steps, winners
from comity.votes import Ballots, Voter

LISTED = 12
"""So many lines are listed where nothing else is asked."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is done for one answer: ``steps`` of counting, and ``tries`` of a search."""

    steps: int = MOST_STEPS
    tries: int = MOST_TRIED


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Part:
    """Any so many (``take``) of some players who are interchangeable."""

    of: tuple[str, ...]
    take: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Coalitions that are alike: so many of each of some groups. ``number``: how many coalitions it stands for."""

    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """How many players each of them has."""
        return sum(part.take for part in self.parts)

    @property
    def number(self) -> int:
        """For how many coalitions it stands."""
        return prod(comb(len(part.of), part.take) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Coalitions:
    """The minimal coalitions that win, or that block.

    ``number``: how many; where not ``exact``, at least so many. ``by_size``: size and number, the smallest first (of those counted).
    ``in_none``: None where it could not be found out in time. ``listed``: some of them, the smallest first; ``whole``: all of them.
    """

    what: Literal["winning", "blocking"]
    number: int
    exact: bool
    by_size: tuple[tuple[int, int], ...]
    in_all: tuple[str, ...]
    in_none: tuple[str, ...] | None
    listed: tuple[Pattern, ...]

    @property
    def smallest(self) -> int | None:
        """The size of the smallest; None: there is none."""
        return self.by_size[0][0] if self.by_size else None

    @property
    def whole(self) -> bool:
        """Does the list stand for all of them?"""
        return self.exact and sum(pattern.number for pattern in self.listed) == self.number


def winning_coalitions(
    rule: DecisionRule, voters: Sequence[Voter], ballots: Ballots | None = None, others: Others = "vote-no", most: int = LISTED
) -> Coalitions:
    """The minimal coalitions of those left to vote whose yes carries the proposal; at most so many patterns are listed."""
    return coalitions_of(game_of(rule, voters, ballots, others), most)


def blocking_coalitions(
    rule: DecisionRule, voters: Sequence[Voter], ballots: Ballots | None = None, others: Others = "vote-no", most: int = LISTED
) -> Coalitions:
    """The minimal coalitions of those left to vote that stop it: by voting no, or, where others ``do-anything``, by whatever vote does."""
    return replace(coalitions_of(game_of(rule, voters, ballots, others).against(), most), what="blocking")


def coalitions_of(game: Game, most: int = LISTED, limits: Limits = LIMITS) -> Coalitions:
    """The minimal coalitions that win a game."""
    if not game.ways:
        return Coalitions("winning", 0, True, (), (), (), ())
    always, rest, places = parted(game)
    in_all = tuple(game.players[player] for player in always)
    if rest.ways == ((0,),):
        alone = (Pattern((Part(in_all, len(in_all)),) if in_all else ()),)
        return Coalitions("winning", 1, True, ((len(always), 1),), in_all, rest.players, alone[:most])
    swings = _swings(rest, limits.steps)
    groups = _groups(rest, swings)
    numbers, search = minimal_by_size(rest, limits.steps), Search(rest, groups, limits.tries)
    found = search.count() if numbers is None else numbers
    by_size = tuple((size + len(always), number) for size, number in sorted(found.items()) if number)
    sizes = [size for size, number in sorted(found.items()) if number]
    listed = tuple(pattern_of(game, always, places, one) for one in Search(rest, groups, limits.tries).first(most, sizes))
    in_none = None if swings is None else tuple(player for player, number in zip(rest.players, swings, strict=True) if not number)
    return Coalitions("winning", sum(number for _, number in by_size), not search.cut, by_size, in_all, in_none, listed)


def fewest(game: Game, most: int = LISTED, tries: int = MOST_TRIED) -> tuple[int | None, tuple[Pattern, ...], bool]:
    """Of a game that can be won, the size of the smallest coalitions that win, and some of them; and whether that could be found out in time."""
    always, rest, places = parted(game)
    search = Search(rest, _groups(rest, None), tries)
    for size in search.sizes:
        every = search.of_size(size)
        first = next(every, None)
        if first is not None:
            some = islice(chain((first,), every), most)
            return size + len(always), tuple(pattern_of(game, always, places, one) for one in some), True
    return None, (), False


def parted(game: Game) -> tuple[list[int], Game, list[int]]:
    """Those in every winning coalition; the game of the others, where these vote yes; the place of each of the others."""
    always = required(game)
    free = [player for player in range(len(game.players)) if player not in set(always)]
    return always, game.among(free, always), free


def is_ordered(game: Game) -> bool:
    """Can the players be put in an order in which each weighs at least as much as the next under every name?"""
    kinds = sorted(set(game.weights), reverse=True)
    return all(all(h >= t for h, t in zip(heavy, light, strict=True)) for heavy, light in pairwise(kinds))


def minimal_by_size(game: Game, most_steps: int) -> dict[int, int] | None:
    """How many minimal winning coalitions of each size there are: those that would not win without their last; None: that cannot be told so."""
    if not is_ordered(game):
        return None
    order = sorted(range(len(game.players)), key=lambda player: game.weights[player], reverse=True)
    if 2 * Sums.steps(game) <= most_steps:
        return minimal_in_order(game.among(order))
    found = defaultdict[int, int](int)
    parts = [(game.among(order[:place], [last]), game.among(order[:place])) for place, last in enumerate(order)]
    if sum(steps(one) for both in parts for one in both if one.ways) > most_steps:
        return None
    for having, lacking in parts:
        for size, (wins, already) in enumerate(zip(numbers_by_size(having), numbers_by_size(lacking), strict=True)):
            found[size + 1] += wins - already
    return found


def pattern_of(game: Game, always: Sequence[int], places: Sequence[int], taken: Taken) -> Pattern:
    """What was taken of each group, with those who are in all."""
    before = (Part(tuple(game.players[player] for player in always), len(always)),) if always else ()
    return Pattern((*before, *(Part(tuple(game.players[places[player]] for player in group), take) for group, take in taken)))


def _swings(game: Game, most_steps: int) -> list[int] | None:
    if steps(game) > most_steps:
        return None
    counted = winners(game, most_steps)
    return [counted.swings(player) for player in range(len(game.players))]


def _groups(game: Game, swings: Sequence[int] | None) -> list[list[int]]:
    """Players who are interchangeable, the mightiest first, without those who can do nothing: who weigh the same; if ordered, who swing as often."""
    groups = defaultdict[tuple[int, ...], list[int]](list)
    by_swings = is_ordered(game)
    for player, weights in enumerate(game.weights):
        if swings is None or swings[player]:
            groups[(swings[player],) if swings is not None and by_swings else weights].append(player)
    return [groups[key] for key in sorted(groups, reverse=True)]
