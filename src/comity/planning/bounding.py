"""Below what can no plan cost? Prices are sought for what exercises compete for, at which each exercise, held as suits it best by itself, would come
to a plan; at any prices what they come to together is a bound.

The prices come from a linear problem of whole exercises (a column is one held in one way by certain units), to which the best columns at these prices
are added until none is better. Left out are roles, orders, burden, *finish*, least numbers and units that were decided: a bound without a rule or a
cost is a bound still.
Source: Dantzig and Wolfe (1960), Decomposition principle for linear programs, Operations Research 8; Wentges (1997), Weighted Dantzig-Wolfe
decomposition for linear mixed-integer programming, International Transactions in Operational Research 4.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

import numpy as np
from ortools.linear_solver import pywraplp

from comity.planning.drafts import Placed
from comity.planning.options import Options
from comity.planning.pricing import Offer, Prices, Vector, heaviest, offer

K = TypeVar("K", bound=Hashable)
SMOOTH = 0.6
"""How much of the best prices so far is kept in those that are tried."""
COLUMNS = 3
"""How many columns of one exercise are added at most at a time."""


class Columns:
    """The linear problem of whole exercises."""

    def __init__(self, options: Options, begin: Iterable[Placed]) -> None:
        self.options, self.problem = options, options.problem
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._endless = self._solver.infinity()
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        self._have: set[tuple[int, str, int, frozenset[int]]] = set()
        self._targets = [self._solver.Constraint(1, self._endless) for _ in self.problem.targets]
        for target, row in zip(self.problem.targets, self._targets, strict=True):
            row.SetCoefficient(self._new(target.weight, 1), 1)
        dear = (
            1
            + sum(t.weight for t in self.problem.targets)
            + sum(abs(o.weighs) + sum(abs(w) for *_, w in o.units) for some in options.of for o in some)
        )
        self._exercises = [self._solver.Constraint(float(must) if must else -self._endless, 1) for must in options.must]
        for row, must in zip(self._exercises, options.must, strict=True):
            if must:
                row.SetCoefficient(self._new(dear, 1), 1)
        self._busy: dict[tuple[int, int], pywraplp.Constraint] = {}
        self._used: dict[tuple[str, int], pywraplp.Constraint] = {}
        self._budgets = [self._solver.Constraint(-self._endless, budget.most) for budget in self.problem.budgets]
        self._prices = Prices(np.zeros(len(self._targets)), {}, {}, np.zeros(len(self._budgets)))
        for placed in begin:
            self.add(placed)

    def _new(self, weighs: float, most: float | None = None) -> pywraplp.Variable:
        made = self._solver.NumVar(0, self._endless if most is None else most, "")
        self._objective.SetCoefficient(made, weighs)
        return made

    def add(self, placed: Placed) -> bool:
        """Adds a column; was it new?"""
        option, units = placed
        key = (option.exercise, option.way.id, option.start, units)
        if key in self._have:
            return False
        self._have.add(key)
        column = self._new(option.weighs + sum(weighs for unit, _, weighs in option.units if unit in units))
        self._exercises[option.exercise].SetCoefficient(column, 1)
        there = {self.options.of_unit[unit] for unit in units}
        for a, b, target in option.meets:
            if a in there and b in there:
                self._targets[target].SetCoefficient(column, 1)
        for unit in units:
            one = self.problem.units[unit]
            for slot in range(option.start, option.end + one.rest) if option.end > option.start else ():
                if (unit, slot) not in self._busy:
                    self._busy[unit, slot] = self._solver.Constraint(-self._endless, one.at_once)
                self._busy[unit, slot].SetCoefficient(column, 1)
        self._take(placed, column)
        return True

    def _take(self, placed: Placed, column: pywraplp.Variable) -> None:
        option, units = placed
        most = {pool.id: pool.most for pool in self.problem.pools}
        for pool, amount in option.way.uses:
            for slot in range(option.start, option.end):
                if (pool, slot) not in self._used:
                    self._used[pool, slot] = self._solver.Constraint(-self._endless, most[pool])
                self._used[pool, slot].SetCoefficient(column, amount)
        for budget, row in zip(self.problem.budgets, self._budgets, strict=True):
            if budget.during.holds(option.start):
                spent = option.way.cost if option.way.host == budget.nation else 0
                spent += sum(cost for unit, cost, _ in option.units if unit in units and self.problem.units[unit].nation == budget.nation)
                row.SetCoefficient(column, spent)

    def _is_solved(self) -> bool:
        """Is there a best mixture? Where going on from the last one fails, it is begun anew."""
        if self._solver.Solve() == pywraplp.Solver.OPTIMAL:
            return True
        self._solver.Reset()
        return bool(self._solver.Solve() == pywraplp.Solver.OPTIMAL)

    def prices(self) -> Prices:
        """The prices at which the columns that there are come to their best mixture; those of last time where no best one was found."""
        if not self._is_solved():
            return self._prices
        self._prices = Prices(
            np.array([max(0.0, row.dual_value()) for row in self._targets]),
            {key: max(0.0, -row.dual_value()) for key, row in self._busy.items()},
            {key: max(0.0, -row.dual_value()) for key, row in self._used.items()},
            np.array([max(0.0, -row.dual_value()) for row in self._budgets]),
        )
        return self._prices


def bounds(options: Options, begin: Iterable[Placed] = ()) -> Iterator[float]:
    """Better and better bounds, until no column is left that would change the prices; stop whenever you like."""
    columns = Columns(options, begin)
    best, kept, smooth = float("-inf"), None, SMOOTH
    while True:
        own = columns.prices()
        tried = own if kept is None else _between(kept, own, smooth)
        value, found = _at(options, tried)
        if value > best:
            best, kept = value, tried
        new = sum(columns.add(placed) for placed in found)
        yield best
        if not new and smooth == 0:
            return
        smooth = SMOOTH if new else 0.0


def _between(kept: Prices, own: Prices, part: float) -> Prices:
    """So much of the one, and the rest of the other."""
    rest = 1 - part
    return Prices(
        part * kept.worth + rest * own.worth,
        _mixed(kept.busy, own.busy, part),
        _mixed(kept.used, own.used, part),
        part * kept.spent + rest * own.spent,
    )


def _mixed(kept: Mapping[K, float], own: Mapping[K, float], part: float) -> dict[K, float]:
    return {key: part * kept.get(key, 0.0) + (1 - part) * own.get(key, 0.0) for key in {*kept, *own}}


def _at(options: Options, prices: Prices) -> tuple[float, list[Placed]]:
    """The bound at these prices, and the best columns at them."""
    problem = options.problem
    most = {pool.id: pool.most for pool in problem.pools}
    worth: Vector = np.minimum(prices.worth, [target.weight for target in problem.targets]) if problem.targets else prices.worth
    at = Prices(worth, prices.busy, prices.used, prices.spent)
    value = options.gone + float(worth.sum())
    value -= sum(price * problem.units[unit].at_once for (unit, _), price in at.busy.items())
    value -= sum(price * most[pool] for (pool, _), price in at.used.items())
    value -= sum(float(price) * budget.most for price, budget in zip(at.spent, problem.budgets, strict=True))
    found: list[Placed] = []
    for number, some in enumerate(options.of):
        taken, best = _best([offer(options, option, at) for option in some], problem.exercises[number].most, options.must[number])
        value -= taken
        found += best
    return value, found


def _best(offers: list[Offer], number: int, must: bool) -> tuple[float, list[Placed]]:
    """What the best way to hold an exercise takes off at these prices (nothing, if it need not be held and that is best), and some of the best."""
    if not offers:
        return 0.0, []
    promising = sorted(((one.most(number), place, one) for place, one in enumerate(offers)), reverse=True)
    best = min(-one.weighs for one in offers) - 1.0 if must else 0.0
    found: list[Placed] = []
    for most, _, one in promising:
        if most <= best:
            break
        choice = heaviest(one, number, best)
        if choice is not None:
            best = choice[0]
            found.append(Placed(one.option, frozenset(choice[1])))
        elif must and -one.weighs > best:
            best = -one.weighs
            found.append(Placed(one.option, frozenset()))
    return best, found[-COLUMNS:]
