"""A budget's problem as a linear one with whole numbers, which comes near the best of large ones and bounds them well: the value of the first rank.

Points are not rounded down here, so that the bound lies no lower than it should. Who pays is worked out anew for what was chosen.
Source: OR-Tools, MathOpt; HiGHS.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import timedelta

from ortools.math_opt.python import mathopt

from comity.allocations import (
    WHOLE,
    AllocationPlan,
    BudgetProblem,
    Chosen,
    InitiativeLevel,
    Synergy,
    TargetOutcome,
    admits,
    height,
    ranks_of,
    times_shown,
)
from comity.planning.allocation_models import Option, lines_of
from comity.planning.allocation_searching import FoundAllocation, paid_allocation

RESERVE = 1.0
"""So many seconds are kept for finding out who pays."""


def linear_allocation(problem: BudgetProblem, left: Callable[[], float]) -> FoundAllocation:
    """The best plan that the linear problem comes to in the time, and what no plan exceeds in the first rank."""
    made = _LinearAllocation(problem)
    given = mathopt.SolveParameters(time_limit=timedelta(seconds=max(0.1, left() - RESERVE)))
    found = mathopt.solve(made.model, mathopt.SolverType.HIGHS, params=given)
    if found.termination.reason == mathopt.TerminationReason.INFEASIBLE:
        return FoundAllocation()
    bound = found.termination.objective_bounds.dual_bound
    bounds = (math.floor(bound + 1e-6),) if math.isfinite(bound) else ()
    if not found.has_primal_feasible_solution():
        return FoundAllocation(bounds=bounds)
    values = found.variable_values()
    chosen = tuple(made.named(option) for option, taken in made.take.items() if values[taken] > 0.5)
    return FoundAllocation(paid_allocation(problem, AllocationPlan(chosen=chosen)), bounds)


class _LinearAllocation:
    def __init__(self, problem: BudgetProblem) -> None:
        self.problem, self.model = problem, mathopt.Model()
        self.initiatives = {one.id: one for one in problem.initiatives}
        self.take: dict[Option, mathopt.Variable] = {
            (one.id, place, start): self.model.add_binary_variable()
            for one in problem.initiatives
            for place in range(0 if one.out else len(one.levels))
            for start in range(one.earliest, one.latest + 1)
        }
        self.costs = {o: [self._level(o).cost_in(year - o[2]) for year in range(problem.years)] for o in self.take}
        for one in problem.initiatives:
            self._say(self._takes(one.id) <= 1)
            if one.must is not None:
                self._say(self._takes(one.id, one.must) >= 1)
        self._money()
        self._limits()
        first = ranks_of(problem.outcomes)[0]
        self.model.maximize(mathopt.fast_sum(one.weight * self._points(one) for one in problem.outcomes if one.rank == first))

    def named(self, option: Option) -> Chosen:
        return Chosen(option[0], self._level(option).name, option[2])

    def _level(self, option: Option) -> InitiativeLevel:
        return self.initiatives[option[0]].levels[option[1]]

    def _say(self, what: mathopt.BoundedLinearTypes) -> None:
        self.model.add_linear_constraint(what)

    def _takes(self, name: str, level: str | None = None, until: int | None = None) -> mathopt.LinearSum:
        least = height(self.initiatives[name], level)
        return mathopt.fast_sum(
            x for (of, place, start), x in self.take.items() if of == name and place >= least and (until is None or start <= until)
        )

    def _money(self) -> None:
        p = self.problem
        claims: dict[tuple[int, ...], set[str]] = {}
        for one in p.initiatives:
            claims.setdefault(tuple(n for n, pot in enumerate(p.pots) if admits(pot, one)), set()).add(one.id)
        pays: dict[tuple[tuple[int, ...], int, int], mathopt.Variable] = {}
        for claim, names in claims.items():
            for year in range(p.years):
                pays |= {(claim, pot, year): self.model.add_integer_variable(lb=0) for pot in claim}
                due = mathopt.fast_sum(costs[year] * self.take[o] for o, costs in self.costs.items() if o[0] in names)
                self._say(mathopt.fast_sum(pays[claim, pot, year] for pot in claim) - due == 0)
        for number, pot in enumerate(p.pots):
            kept: mathopt.LinearTypes = 0
            for year, amount in enumerate(pot.amounts):
                out = mathopt.fast_sum(pays[claim, number, year] for claim in claims if number in claim)
                self._say(out - kept <= amount)
                left = self.model.add_integer_variable(lb=0)
                self._say(100 * left - pot.carry * (kept - out) <= pot.carry * amount)
                kept = left

    def _limits(self) -> None:
        p = self.problem
        for resource in p.resources:
            for year, amount in enumerate(resource.amounts):
                self._say(mathopt.fast_sum(self._level(o).use_in(resource.id, year - o[2]) * x for o, x in self.take.items()) <= amount)
        for need in p.needs:
            for year in range(p.years):
                self._say(self._takes(need.initiative, need.level, year) - self._takes(need.other, need.other_level, year - need.lag) <= 0)
        for exclusion in p.exclusions:
            self._say(mathopt.fast_sum(self._takes(name) for name in dict.fromkeys(exclusion.initiatives)) <= exclusion.most)
        every = mathopt.fast_sum(sum(costs) * self.take[o] for o, costs in self.costs.items())
        for one in p.balances:
            spent = mathopt.fast_sum(sum(costs) * self.take[o] for o, costs in self.costs.items() if one.name in self.initiatives[o[0]].named(one.by))
            if one.least is not None:
                self._say(spent >= one.least)
            if one.most is not None:
                self._say(spent <= one.most)
            if one.least_share is not None:
                self._say(100 * spent - one.least_share * every >= 0)
            if one.most_share is not None:
                self._say(100 * spent - one.most_share * every <= 0)

    def _points(self, outcome: TargetOutcome) -> mathopt.Variable:
        years = self.problem.years
        parts: list[tuple[int, mathopt.Variable]] = [
            ((effect.expected or 0) * times_shown(effect, self._level(o).years, o[2], years), x)
            for o, x in self.take.items()
            for effect in self._level(o).effects
            if effect.outcome == outcome.id
        ]
        parts += [(one.expected or 0, both) for one in self.problem.synergies if one.outcome == outcome.id for both in self._both(one)]
        total: mathopt.LinearTypes = mathopt.fast_sum(times * x for times, x in parts)
        points = self.model.add_variable(lb=0, ub=WHOLE)
        lowest = sum(times for times, _ in parts if times < 0)
        if lowest < 0:
            some, below = self.model.add_binary_variable(), self.model.add_variable(lb=0, ub=-lowest)
            self._say(below - lowest * some <= -lowest)
            self._say(points - WHOLE * some <= 0)
            total = total + below
        for base, slope in lines_of(outcome):
            self._say(outcome.target * points - WHOLE // 100 * slope * total <= WHOLE // 100 * base)
        return points

    def _both(self, synergy: Synergy) -> Iterable[mathopt.Variable]:
        last = self.problem.years - 1 - synergy.after
        for until in range(last + 1) if synergy.yearly else (last,):
            first, second = (self._takes(name, level, until) for name, level in zip(synergy.initiatives, synergy.levels, strict=True))
            both = self.model.add_binary_variable()
            for limit in (both - first <= 0, both - second <= 0, both - first - second >= -1):
                self._say(limit)
            yield both
