"""The drawn bodies once more, with lists that end early and with little done for an answer: what is told then, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from comity.power import blocking_coalitions, chances_of, winning_coalitions
from comity.power.coalitions import Coalitions, Limits, coalitions_of, fewest, parted
from comity.power.games import Game, Others, game_of
from comity.power.searching import Search, Taken
from comity.power.winners import Winners, winners
from comity.terms import BadInput
from oracles import powers as oracle
from tests.decisions.powers_drawn import ALL, SEEDS, Told, body_agrees, drawn, engines_agree, expanded, slow

TWELVE = 12
"""So many lines are listed where nothing else is asked (2.5)."""


def cut_short_agrees(seed: int) -> bool:
    """All that is told of one body when little may be listed or done."""
    return all(_listed_by_default(seed, how) for how in slow(seed).wins) and all(
        in_lines(game, told, who, wins) and in_few_steps(game, told) for game, told, who, wins in _games(seed)
    )


def _games(seed: int) -> Iterator[tuple[Game, Told, Sequence[str], set[oracle.Group]]]:
    """Of carrying and of stopping, what is told of it, who plays, and all that wins."""
    body, wanted = drawn(seed), slow(seed)
    for how, wins in wanted.wins.items():
        game = game_of(body.rule, body.voters, body.cast, how)
        yield game, wanted.told[how][0], wanted.who, wins
        yield game.against(), wanted.told[how][1], wanted.who, oracle.blocking(wanted.who, wins)


def _listed_by_default(seed: int, how: Others) -> bool:
    body, wanted = drawn(seed), slow(seed)
    args = body.rule, body.voters, body.cast
    every = [(some(*args, how, ALL), some(*args, how)) for some in (winning_coalitions, blocking_coalitions)]
    chances = wanted.coming is None or chances_of(*args, most=ALL).enough[:TWELVE] == chances_of(*args).enough
    return chances and all(few.listed == all_.listed[:TWELVE] for all_, few in every)


# -- lists that end early


def in_lines(game: Game, told: Told, who: Sequence[str], wins: set[oracle.Group]) -> bool:
    """The first lines of the whole list are those of a shorter one, which says that it is not whole; the mightiest stand first."""
    whole = coalitions_of(game, ALL)
    for most in (0, 1, len(whole.listed) - 1, len(whole.listed)):
        found = coalitions_of(game, max(0, most))
        if found.listed != whole.listed[: max(0, most)] or found.whole != (len(found.listed) == len(whole.listed)) or not _right(found, told):
            return False
    if told[4]:
        shortest, lines = min(len(group) for group in told[4]), fewest(game, ALL)[1]
        if set(expanded(lines)) != {group for group in told[4] if len(group) == shortest}:
            return False
        if any(fewest(game, most) != (shortest, lines[:most], True) for most in range(3)):
            return False
    return not oracle.in_order(parted(game)[1].weights) or _mightiest_first(whole, who, wins)


def _mightiest_first(whole: Coalitions, who: Sequence[str], wins: set[oracle.Group]) -> bool:
    """In an ordered game: those of the same power stand together, and of lines of one size, that with more of the mightiest comes first."""
    power = oracle.swings_of(who, wins)
    ranks = sorted({power[code] for code in who if power[code] and code not in whole.in_all}, reverse=True)
    alike = [{code for code in who if power[code] == rank and code not in whole.in_all} for rank in ranks]
    lines = list[tuple[int, list[int]]]()
    for pattern in whole.listed:
        taken = {part.of: part.take for part in pattern.parts if part.of != whole.in_all}
        if any(set(of) not in alike for of in taken):
            return False
        lines.append((-pattern.size, [sum(take for of, take in taken.items() if set(of) == some) for some in alike]))
    return lines == sorted(lines, reverse=True)


def _right(found: Coalitions, told: Told) -> bool:
    """Is all but the list as it should be, exactly?"""
    return found.exact and _numbers(found) == told[:2] and (frozenset(found.in_all), frozenset(found.in_none or ())) == told[2:4]


def _numbers(found: Coalitions) -> tuple[int, dict[int, int]]:
    return found.number, dict(found.by_size)


# -- little done


class Counted(Search):
    """A search that counts its steps."""

    def __init__(self, game: Game) -> None:
        groups = {weights: [player for player, own in enumerate(game.weights) if own == weights] for weights in game.weights}
        super().__init__(game, [groups[weights] for weights in sorted(groups, reverse=True)], ALL)
        self.calls = 0

    def _further(self, taken: tuple[int, ...], left: int, has: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        self.calls += 1
        return super()._further(taken, left, has)


def in_few_steps(game: Game, told: Told) -> bool:
    """What is told when steps of counting, or of a search, are few; and whether it is exact as long as they suffice."""
    if not game.ways:
        return winners(game, 0).number == 0 and _right(coalitions_of(game, ALL, Limits(0, 0)), told)
    rest = parted(game)[1]
    enough = oracle.steps(rest.weights, rest.ways)
    if winners(game, enough) != winners(game) or _counted(game, enough - 1) is not None:
        return False
    if rest.ways == ((0,),):
        return _right(coalitions_of(game, ALL, Limits(0, 0)), told)
    return _searched(game, rest, told) and _counted_in_order(game, rest, told) and _idle_told(game, enough, told)


def _counted(game: Game, most_steps: int) -> Winners | None:
    try:
        return winners(game, most_steps)
    except BadInput:
        return None


def _searched(game: Game, rest: Game, told: Told) -> bool:
    """Nothing counted: all is searched for, as far as it goes."""
    search = Counted(rest)
    search.count()
    for tries in (0, search.calls // 2, search.calls - 1, search.calls):
        found = coalitions_of(game, ALL, Limits(0, tries))
        if found.exact != (tries == search.calls) or not _true_as_far_as_it_goes(found, told):
            return False
    search = Counted(rest)
    sized = (some for size in search.sizes for some in search.of_size(size))
    shortest: Taken = next(sized)
    for tries in (0, search.calls - 1, search.calls):
        size, lines, in_time = fewest(game, 1, tries)
        if in_time != (tries == search.calls) or (size, len(lines)) != ((_size(shortest) + len(told[2]), 1) if in_time else (None, 0)):
            return False
    return True


def _size(taken: Taken) -> int:
    return sum(number for _, number in taken)


def _true_as_far_as_it_goes(found: Coalitions, told: Told) -> bool:
    """2.6: at least so many, of each size; the list is of some."""
    number, sizes, in_all, _, every = told
    groups = expanded(found.listed)
    if len(set(groups)) != len(groups) or not every.issuperset(groups) or found.in_none is not None or frozenset(found.in_all) != in_all:
        return False
    if found.exact:
        return found.whole and _numbers(found) == (number, sizes)
    fewer = all(some <= sizes.get(size, 0) for size, some in found.by_size) and found.number == sum(some for _, some in found.by_size)
    return not found.whole and fewer and found.smallest in (None, min(sizes))


def _counted_in_order(game: Game, rest: Game, told: Told) -> bool:
    """5.8: where players can be ordered, the minimal ones are counted without a search, as long as the steps suffice."""
    ordered = oracle.in_order(rest.weights)
    order = sorted(range(len(rest.players)), key=lambda player: rest.weights[player], reverse=True)
    parts = [rest.among(order[:place], given) for place, last in enumerate(order) for given in ([], [last])]
    by_parts = sum(oracle.steps(part.weights, part.ways) for part in parts if part.ways)
    sums = oracle.steps_by_sums(rest.weights, rest.ways)
    needed = min(by_parts, by_parts if sums is None else 2 * sums)
    for steps in {needed - 1, needed, max(by_parts, by_parts if sums is None else 2 * sums)}:
        found = coalitions_of(game, ALL, Limits(steps, 0))
        if found.exact != (ordered and steps >= needed) or found.whole or found.listed:
            return False
        if _numbers(found) != (told[:2] if found.exact else (0, {})):
            return False
    return True


def _idle_told(game: Game, enough: int, told: Told) -> bool:
    """Who is in none is told where the coalitions that win can be counted, and else is not."""
    found = [coalitions_of(game, ALL, Limits(steps, ALL)) for steps in (enough - 1, enough)]
    return found[0].in_none is None and all(_numbers(one) == told[:2] and one.whole for one in found) and _right(found[1], told)


def powers_agree() -> bool:
    return all(body_agrees(seed) and engines_agree(seed) and cut_short_agrees(seed) for seed in range(SEEDS))
