"""At given prices of what exercises compete for, and given worth of the targets, which nations would best hold an option together?

The answer is exact: no choice of at most so many nations is worth more. (Nations that are worth more together than apart: the heaviest subgraph
with at most k nodes, by branch and bound.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.planning.options import Option, Options

Vector = NDArray[np.float64]
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Prices:
    """``worth`` of each target; the price of a unit in a slot, of a pool in a slot, of a budget's money."""

    worth: Vector
    busy: dict[tuple[int, int], float]
    used: dict[tuple[str, int], float]
    spent: Vector


@dataclass(frozen=True, slots=True)
class Offer:
    """An option at some prices: what it weighs by itself, the units that could be worth having, what they weigh, what each two are worth together."""

    option: Option
    weighs: float
    units: tuple[int, ...]
    costs: Vector
    together: Vector

    def most(self, number: int) -> float:
        """More than this no choice of ``number`` units takes off: each with half of what it is worth with the best others."""
        return -self.weighs + _most(self.costs, self.together, number)


def offer(options: Options, option: Option, prices: Prices) -> Offer:
    """The option at these prices. Of a nation the unit that weighs least stands for it; others are in it too where that takes something off."""
    weighs = option.weighs + sum(
        amount * prices.used.get((pool, slot), 0.0) for pool, amount in option.way.uses for slot in range(option.start, option.end)
    )
    weighs += option.way.cost * _money(options, options.nation[option.way.host], option, prices)
    chosen: dict[int, tuple[float, int]] = {}
    for unit, cost, plain in option.units:
        nation = options.of_unit[unit]
        rest = options.problem.units[unit].rest
        slots = range(option.start, option.end + rest) if option.end > option.start else ()
        price = plain + sum(prices.busy.get((unit, slot), 0.0) for slot in slots) + cost * _money(options, nation, option, prices)
        if nation in chosen:
            other = max(chosen[nation], (price, unit))
            chosen[nation] = min(chosen[nation], (price, unit))
            weighs += min(0.0, other[0])
        else:
            chosen[nation] = (price, unit)
    place = {nation: number for number, nation in enumerate(chosen)}
    costs, together = np.array([price for price, _ in chosen.values()]), np.zeros((len(chosen), len(chosen)))
    for a, b, target in option.meets:
        together[place[a], place[b]] += prices.worth[target]
        together[place[b], place[a]] += prices.worth[target]
    kept = np.nonzero(together.sum(axis=1) > costs + TINY)[0]
    units = tuple(unit for _, unit in chosen.values())
    return Offer(option, weighs, tuple(units[n] for n in kept), costs[kept], together[np.ix_(kept, kept)])


def _money(options: Options, nation: int, option: Option, prices: Prices) -> float:
    budgets = options.problem.budgets
    return sum(
        float(price)
        for budget, price in zip(budgets, prices.spent, strict=True)
        if price and options.nation[budget.nation] == nation and budget.during.holds(option.start)
    )


def heaviest(offer: Offer, number: int, over: float) -> tuple[float, tuple[int, ...]] | None:
    """The units, at most ``number``, that take most off the total in this option, and how much; None: no choice takes off more than ``over``."""
    costs, together = offer.costs, offer.together
    best, chosen = over + offer.weighs, None

    def search(inside: tuple[int, ...], left: NDArray[np.int64], value: float, ties: Vector, room: int) -> None:
        nonlocal best, chosen
        if value > best + TINY:
            best, chosen = value, inside
        while room and len(left):
            own = ties[left] - costs[left]
            halves = _halves(together[np.ix_(left, left)], room)
            promising = own + 2 * halves > TINY
            if not promising.all():
                left = left[promising]
                continue
            worth = own + halves
            top = np.sort(worth)[::-1][:room]
            if value + top[top > 0].sum() <= best + TINY:
                return
            place = int(np.argmax(worth))
            one = left[place]
            left = np.delete(left, place)
            search((*inside, int(one)), left, value + float(ties[one] - costs[one]), ties + together[one], room - 1)

    search((), np.arange(len(costs)), 0.0, np.zeros(len(costs)), number)
    return None if chosen is None else (best - offer.weighs, tuple(offer.units[n] for n in chosen))


def _halves(together: Vector, room: int) -> Vector:
    """Half of what each is worth with the best of the others for whom there is room."""
    if len(together) > room:
        together = -np.sort(-together, axis=1)[:, : room - 1]
    return np.asarray(together.sum(axis=1) / 2)


def _most(costs: Vector, together: Vector, number: int) -> float:
    if not len(costs) or not number:
        return 0.0
    top = np.sort(_halves(together, number) - costs)[::-1][:number]
    return float(top[top > 0].sum())
