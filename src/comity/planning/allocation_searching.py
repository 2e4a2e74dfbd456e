"""The search for the best plan of a budget: rank after rank, then the cost, then one of those that are left; who pays last.

Source: OR-Tools, CP-SAT; how-budgets-are-allocated.md, section 4; Mulmuley, Vazirani and Vazirani 1987 (weights that are drawn leave one best).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from ortools.sat.python import cp_model

from comity.allocations import AllocationPlan, BudgetProblem
from comity.planning.allocation_models import AllocationModel, Terms, sum_of

Left = Callable[[], float]
"""How many seconds are left."""
Tell = Callable[[AllocationPlan | None, tuple[int, ...]], None]
SEED, MOST_LOT = 1, 1 << 20
ALONE = 0.2
"""For such a part of the time one thread looks alone."""
DETERMINISTIC = 60.0
"""So much work, as the solver counts it, may finding out who pays take."""


@dataclass(frozen=True, slots=True)
class FoundAllocation:
    """The best plan found (None: none), and what no plan exceeds, by rank as far as that is known.

    ``none``: it is proved that there is no plan; ``best``: that none is worth more, in every rank; ``cheapest``: that of those none costs less.
    """

    plan: AllocationPlan | None = None
    bounds: tuple[int, ...] = ()
    none: bool = False
    best: bool = False
    cheapest: bool = False


def best_allocation(
    problem: BudgetProblem,
    left: Left,
    workers: int,
    begin: AllocationPlan | None = None,
    tell: Tell = lambda plan, bounds: None,
    drawn: bool = True,
) -> FoundAllocation:
    """The best plan found in the time by so many threads; of several the same each time, if ``drawn``.

    ``begin``: a plan to begin with; ``tell``: each better one, or bound.
    """
    search = _Search(AllocationModel(problem), left, workers, tell, drawn)
    if begin is not None:
        search.model.hint_plan(begin)
    return search.found()


def is_allocation_possible(problem: BudgetProblem, seconds: float) -> bool | None:
    """Is there a plan at all, whatever it is worth? None: not known within so many seconds."""
    status = _solver(seconds, 1).solve(AllocationModel(problem).model)
    return None if status == cp_model.UNKNOWN else status != cp_model.INFEASIBLE


def paid_allocation(problem: BudgetProblem, plan: AllocationPlan) -> AllocationPlan | None:
    """The plan with who pays for what it chooses, worked out alike each time, by one thread; None: it cannot be paid, or breaks a rule."""
    there = {(one.initiative, one.level, one.start) for one in plan.chosen}
    fixed = AllocationModel(problem)
    for option, taken in fixed.take.items():
        fixed.model.add(taken == (fixed.named(option) in there))
    solver = _solver(math.inf, 1)
    solver.parameters.max_deterministic_time = DETERMINISTIC
    return fixed.plan(solver.value) if solver.solve(fixed.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


class _Search:
    def __init__(self, model: AllocationModel, left: Left, workers: int, tell: Tell, drawn: bool) -> None:
        self.model, self._left, self._workers, self._tell, self._drawn = model, left, workers, tell, drawn
        self._plan: AllocationPlan | None = None
        self._bounds: tuple[int, ...] = ()

    def found(self) -> FoundAllocation:
        for terms in self.model.value:
            self.model.model.maximize(sum_of(terms))
            solver, status = self._solve(lambda bound: (*self._bounds, math.floor(bound + 1e-6)))
            if status == cp_model.INFEASIBLE and self._plan is None:
                return FoundAllocation(none=True)
            if math.isfinite(solver.best_objective_bound) and status != cp_model.UNKNOWN:
                self._bounds = (*self._bounds, math.floor(solver.best_objective_bound + 1e-6))
            if status != cp_model.OPTIMAL:
                return FoundAllocation(self._plan, self._bounds)
            self.model.model.add(sum_of(terms) >= self._bounds[-1])
        self.model.model.minimize(sum_of(self.model.cost))
        solver, status = self._solve(None)
        if status != cp_model.OPTIMAL:
            return FoundAllocation(self._plan, self._bounds, best=True)
        self.model.model.add(sum_of(self.model.cost) <= round(solver.objective_value))
        if self._drawn:
            self._draw()
            self._pay()
        return FoundAllocation(self._plan, self._bounds, best=True, cheapest=True)

    def _draw(self) -> None:
        """Of the plans that are left always the same: the one with the least sum of numbers that were drawn once for each option."""
        rng = Random(SEED)
        lots: Terms = [(rng.randrange(MOST_LOT), taken) for taken in self.model.take.values()]
        self.model.model.minimize(sum_of(lots))
        self._solve(None)

    def _pay(self) -> None:
        if self._plan is not None and len(self.model.problem.pots) > 1:
            self._plan = paid_allocation(self.model.problem, self._plan) or self._plan

    def _solve(self, bounds: Callable[[float], tuple[int, ...]] | None) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        """By one thread, which proves small ones soonest; by all of them where that does not in a part of the time."""
        left = self._left()
        solver, status = self._once(bounds, 1, left if self._workers == 1 else ALONE * left)
        if status in (cp_model.OPTIMAL, cp_model.INFEASIBLE) or self._workers == 1:
            return solver, status
        return self._once(bounds, self._workers, self._left())

    def _once(
        self, bounds: Callable[[float], tuple[int, ...]] | None, workers: int, seconds: float
    ) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        solver = _solver(max(0.1, seconds), workers)
        if bounds is not None:
            solver.best_bound_callback = lambda bound: self._tell(None, bounds(bound))
        status = solver.solve(self.model.model, _Watching(self.model, lambda plan: self._tell(plan, ())))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._plan = self.model.plan(solver.value)
            self.model.hint(solver.value)
        return solver, status


class _Watching(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: AllocationModel, tell: Callable[[AllocationPlan], None]) -> None:
        super().__init__()
        self._model, self._tell = model, tell

    def on_solution_callback(self) -> None:
        self._tell(self._model.plan(self.value))


def _solver(seconds: float, workers: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    if math.isfinite(seconds):
        solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = SEED
    solver.parameters.linearization_level = 2
    return solver
