"""Below what can no plan cost? The problem as a linear one with whole numbers, each unit's part counted for each option by itself.

That is larger than the model for constraints (whole.py) and bounds far better from below where nations are to train together: a unit can be in an
option only as far as the option is held, and a target is met in it only as far as both nations are in it. Roles and *finish* are left out: a bound
without a rule or a cost is a bound still.
Source: OR-Tools, MathOpt; SCIP.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ortools.math_opt.python import mathopt

from comity.planning.drafts import Placed
from comity.planning.options import Option, Options, rounded_up
from comity.programmes import Slots

SOLVERS = {"SCIP": mathopt.SolverType.GSCIP, "HiGHS": mathopt.SolverType.HIGHS, "GLOP": mathopt.SolverType.GLOP}

SMALL = 8_000
"""With so many variables it is solved, or nearly, in a minute."""


def is_small(options: Options) -> bool:
    """Has the linear problem so few variables that it is worth most of the time?"""
    return sum(1 + len(option.units) + len({meet[:2] for meet in option.meets}) for some in options.of for option in some) <= SMALL


class Linear:
    """The linear problem, with its variables by option, and by option and unit; ``whole``: are they whole numbers?"""

    def __init__(self, options: Options, whole: bool = True) -> None:
        self.options, self.problem, self.model, self._whole = options, options.problem, mathopt.Model(), whole
        self.held: list[list[mathopt.Variable]] = []
        self.unit: list[list[dict[int, mathopt.Variable]]] = []
        self._cost: list[mathopt.LinearBase] = []
        self._meets: list[list[mathopt.Variable]] = [[] for _ in self.problem.targets]
        self._busy: dict[tuple[int, int], list[mathopt.Variable]] = {}
        for number, some in enumerate(options.of):
            self._exercise(number, some)
        self._limits()
        for target, meets in zip(self.problem.targets, self._meets, strict=True):
            missed = self.model.add_variable(lb=0, ub=1)
            self._cost.append(target.weight * missed)
            self._at_least(1, [*meets, missed])
        self.model.minimize(mathopt.fast_sum(self._cost) + options.gone)

    def _new(self, weighs: int = 0) -> mathopt.Variable:
        made = self.model.add_binary_variable() if self._whole else self.model.add_variable(lb=0, ub=1)
        if weighs:
            self._cost.append(weighs * made)
        return made

    def _at_most(self, most: float, some: Sequence[mathopt.LinearBase]) -> None:
        self.model.add_linear_constraint(mathopt.fast_sum(some) <= most)

    def _at_least(self, least: float, some: Sequence[mathopt.LinearBase]) -> None:
        self.model.add_linear_constraint(mathopt.fast_sum(some) >= least)

    def _exercise(self, number: int, some: Sequence[Option]) -> None:
        held, units = [], []
        for option in some:
            at, there = self._option(option)
            held.append(at)
            units.append(there)
        self.held.append(held)
        self.unit.append(units)
        self._at_most(1, held)
        if self.options.must[number]:
            self._at_least(1, held)

    def _option(self, option: Option) -> tuple[mathopt.Variable, dict[int, mathopt.Variable]]:
        one, at, nations = self.problem.exercises[option.exercise], self._new(option.weighs), {n for a, b, _ in option.meets for n in (a, b)}
        wanted = {unit: weighs for unit, _, weighs in option.units if self._matters(option, unit, weighs, nations)}
        there = {unit: self._new(weighs) for unit, weighs in wanted.items()}
        for unit, part in there.items():
            self._at_most(0, [part, -1 * at])
            if unit in option.needed:
                self._at_least(0, [part, -1 * at])
            for slot in range(option.start, option.end + self.problem.units[unit].rest) if option.end > option.start else ():
                self._busy.setdefault((unit, slot), []).append(part)
        if len(there) > one.most:
            self._at_most(0, [*there.values(), -one.most * at])
        if one.least:
            self._at_least(0, [*there.values(), -one.least * at])
        self._together(option, there)
        return at, there

    def _matters(self, option: Option, unit: int, weighs: int, nations: set[int]) -> bool:
        """Could the unit ever be worth having in it (where burdens are shared, to bear a part of them)?"""
        return (
            self.options.of_unit[unit] in nations
            or weighs < 0
            or self.problem.burden > 0
            or unit in option.needed
            or self.problem.exercises[option.exercise].least > 0
        )

    def _together(self, option: Option, there: dict[int, mathopt.Variable]) -> None:
        sends: dict[int, list[mathopt.Variable]] = {}
        for unit, part in there.items():
            sends.setdefault(self.options.of_unit[unit], []).append(part)
        pairs: dict[tuple[int, int], mathopt.Variable] = {}
        for a, b, target in option.meets:
            if (a, b) not in pairs:
                pairs[a, b] = self.model.add_variable(lb=0, ub=1)
                for nation in (a, b):
                    self._at_most(0, [pairs[a, b], *(-1 * part for part in sends[nation])])
            self._meets[target].append(pairs[a, b])

    def _limits(self) -> None:
        for (unit, _), parts in self._busy.items():
            if len(parts) > self.problem.units[unit].at_once:
                self._at_most(self.problem.units[unit].at_once, parts)
        every = [
            (option, at, there)
            for some, held, units in zip(self.options.of, self.held, self.unit, strict=True)
            for option, at, there in zip(some, held, units, strict=True)
        ]
        for pool in self.problem.pools:
            for slot in range(self.problem.slots):
                used = [
                    amount * at for option, at, _ in every if option.start <= slot < option.end and (amount := dict(option.way.uses).get(pool.id, 0))
                ]
                if used:
                    self._at_most(pool.most, used)
        for budget in self.problem.budgets:
            self._at_most(budget.most, self._bill(budget.nation, budget.during))
        self._orders()
        self._burden()

    def _bill(self, nation: str, during: Slots | None = None) -> list[mathopt.LinearBase]:
        """What the nation spends on exercises that begin in these slots (None: in any)."""
        spent = list[mathopt.LinearBase]()
        for some, held, units in zip(self.options.of, self.held, self.unit, strict=True):
            for option, at, there in zip(some, held, units, strict=True):
                if during is None or during.holds(option.start):
                    spent += [option.way.cost * at] if option.way.host == nation else []
                    spent += [cost * there[u] for u, cost, _ in option.units if u in there and self.problem.units[u].nation == nation]
        return spent

    def _orders(self) -> None:
        """The later one has begun by a slot, or the earlier one ends too late for that: not both."""
        number = {one.id: n for n, one in enumerate(self.problem.exercises)}
        for order in self.problem.orders:
            first, then = (list(zip(self.options.of[n], self.held[n], strict=True)) for n in (number[order.first], number[order.then]))
            for slot in sorted({option.start for option, _ in then}):
                begun = [at for option, at in then if option.start <= slot]
                self._at_most(1, [*begun, *(at for option, at in first if option.end + order.lag > slot)])

    def _burden(self) -> None:
        parts = sum(share for _, share in self.problem.shares)
        if not self.problem.burden or not parts:
            return
        spent = {nation: mathopt.fast_sum(self._bill(nation)) for nation, _ in self.problem.shares}
        together = mathopt.fast_sum(spent.values())
        for nation, share in self.problem.shares:
            beyond = self.model.add_variable(lb=0)
            self.model.add_linear_constraint(beyond >= spent[nation] - share / parts * together)
            self._cost.append(self.problem.burden * beyond)

    def begin(self, placed: Sequence[Placed | None]) -> mathopt.SolutionHint:
        """A plan to begin with."""
        values: dict[mathopt.Variable, float] = {}
        for number, some in enumerate(self.options.of):
            one = placed[number]
            for option, at, there in zip(some, self.held[number], self.unit[number], strict=True):
                here = one is not None and one.option is option
                values[at] = float(here)
                values |= {part: float(here and one is not None and unit in one.units) for unit, part in there.items()}
        return mathopt.SolutionHint(variable_values=values)


def bound(
    options: Options, seconds: float, solver: str = "SCIP", whole: bool = True, placed: Sequence[Placed | None] | None = None
) -> tuple[int | None, list[Placed] | None]:
    """The bound that the solver proves in so many seconds (None: none), and the best plan that it has found (None: none)."""
    linear = Linear(options, whole)
    hints = [linear.begin(placed)] if placed is not None else []
    found = mathopt.solve(
        linear.model,
        SOLVERS[solver],
        params=mathopt.SolveParameters(time_limit=timedelta(seconds=seconds)),
        model_params=mathopt.ModelSolveParameters(solution_hints=hints),
    )
    proved = found.termination.objective_bounds.dual_bound
    return (None if proved == float("-inf") else rounded_up(proved)), (
        _placed(linear, found) if whole and found.has_primal_feasible_solution() else None
    )


def _placed(linear: Linear, found: mathopt.SolveResult) -> list[Placed]:
    values = found.variable_values()
    return [
        Placed(option, frozenset(unit for unit, part in there.items() if values[part] > 0.5))
        for some, held, units in zip(linear.options.of, linear.held, linear.unit, strict=True)
        for option, at, there in zip(some, held, units, strict=True)
        if values[at] > 0.5
    ]
