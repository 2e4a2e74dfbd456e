"""The whole problem as one model for a solver of constraints: every rule and every cost, nothing left out.

It finds the best plan of a small problem and proves it, and says when there is none. Large ones are improved piece by piece instead (improving.py).
Source: OR-Tools, CP-SAT; the rules by their numbers in how-programmes-are-planned.md, section 2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from ortools.sat.python import cp_model

from comity.planning.drafts import Placed, plan_of
from comity.planning.options import Option, Options, rounded_up
from comity.programmes import Plan, Slots


class Found(NamedTuple):
    """What a search came to: the best plan (None: none found), the bound below which no plan is (None: none known), and whether there is no plan."""

    plan: Plan | None
    bound: int | None
    none: bool


Terms: TypeAlias = list[tuple[int, cp_model.IntVar]]
"""A sum: how many times which variable."""


class Alike(NamedTuple):
    """Options of one exercise that differ in nothing but the slot from which they are held."""

    like: Option
    starts: tuple[int, ...]


class Model:
    """The model of a problem, with its variables by exercise, options alike, and unit."""

    def __init__(self, options: Options, weighed: bool = True) -> None:
        self.options, self.problem = options, options.problem
        self.model = cp_model.CpModel()
        new = self.model.new_bool_var
        self.of = [self._alike(some) for some in options.of]
        self.at = [[new(f"{n} {one.like.way.id} {one.starts[0]}") for one in some] for n, some in enumerate(self.of)]
        self.held = [new(f"{n} held") for n in range(len(self.of))]
        self.unit: list[dict[int, cp_model.IntVar]] = [{u: new(f"{n} unit {u}") for u in _units(some)} for n, some in enumerate(options.of)]
        self.role: dict[tuple[int, int, str], cp_model.IntVar] = {}
        self._start = [self._starting(n) for n in range(len(options.of))]
        self._exercises()
        self._tempo()
        self._pools()
        self._orders()
        self._budgets()
        if weighed:
            self.model.minimize(_sum([*self._weighed(), *self._missed(), *self._burden(), *self._finish()]) + options.gone)

    def _alike(self, some: Sequence[Option]) -> list[Alike]:
        found: dict[tuple[object, ...], list[Option]] = {}
        for option in some:
            spans = tuple(budget.during.holds(option.start) for budget in self.problem.budgets)
            found.setdefault((option.way.id, option.weighs, option.units, option.meets, spans), []).append(option)
        return [Alike(options[0], tuple(option.start for option in options)) for options in found.values()]

    # -- the rules

    def _starting(self, number: int) -> cp_model.IntVar:
        return self.model.new_int_var_from_domain(cp_model.Domain.from_values([o.start for o in self.options.of[number]] or [0]), f"{number} start")

    def _exercises(self) -> None:
        for number, some in enumerate(self.of):
            one, model, units = self.problem.exercises[number], self.model, self.unit[number]
            held = self.held[number]
            model.add(sum(self.at[number]) == held)  # 2
            if self.options.must[number]:
                model.add(held == 1)  # 3
            for (option, starts), at in zip(some, self.at[number], strict=True):
                model.add_linear_expression_in_domain(self._start[number], cp_model.Domain.from_values(starts)).only_enforce_if(at)
                may = {unit for unit, _, _ in option.units}
                for unit, there in units.items():
                    if unit not in may:  # 7, 10, 14
                        model.add_implication(at, ~there)
                    if unit in option.needed:  # 17
                        model.add_implication(at, there)
            for there in units.values():
                model.add_implication(there, held)
            if units:
                model.add(sum(units.values()) <= one.most)  # 8
            if one.least:
                model.add(sum(units.values()) >= one.least * held)
            self._roles(number)

    def _roles(self, number: int) -> None:
        one = self.problem.exercises[number]
        for role, count in one.roles:  # 9
            able = [unit for unit in self.unit[number] if role in self.problem.units[unit].skills]
            for unit in able:
                self.role[number, unit, role] = self.model.new_bool_var(f"{number} unit {unit} {role}")
            self.model.add(sum(self.role[number, unit, role] for unit in able) == count * self.held[number])
        if one.roles:
            for unit, there in self.unit[number].items():
                self.model.add(sum(self.role[key] for role, _ in one.roles if (key := (number, unit, role)) in self.role) <= there)

    def _tempo(self) -> None:
        for unit, what in enumerate(self.problem.units):  # 11
            spans = [
                self.model.new_optional_fixed_size_interval_var(
                    self._start[n], self.problem.exercises[n].length + what.rest, there[unit], f"{n} of {unit}"
                )
                for n, there in enumerate(self.unit)
                if unit in there and self.problem.exercises[n].length
            ]
            if what.at_once == 1:
                self.model.add_no_overlap(spans)
            elif spans:
                self.model.add_cumulative(spans, [1] * len(spans), what.at_once)

    def _pools(self) -> None:
        for pool in self.problem.pools:  # 12
            spans, amounts = [], []
            for number, some in enumerate(self.of):
                length = self.problem.exercises[number].length
                by_way: dict[str, list[cp_model.IntVar]] = {}
                for (option, _), at in zip(some, self.at[number], strict=True):
                    by_way.setdefault(option.way.id, []).append(at)
                for way in self.problem.exercises[number].ways:
                    amount = dict(way.uses).get(pool.id, 0)
                    if amount and length and way.id in by_way:
                        used = self.model.new_bool_var(f"{number} {way.id}")
                        self.model.add(sum(by_way[way.id]) == used)
                        spans.append(self.model.new_optional_fixed_size_interval_var(self._start[number], length, used, f"{number} in {pool.id}"))
                        amounts.append(amount)
            if spans:
                self.model.add_cumulative(spans, amounts, pool.most)

    def _orders(self) -> None:
        number = {one.id: n for n, one in enumerate(self.problem.exercises)}
        for order in self.problem.orders:  # 15
            first, then = number[order.first], number[order.then]
            end = self._start[first] + self.problem.exercises[first].length + order.lag
            self.model.add(self._start[then] >= end).only_enforce_if(self.held[first], self.held[then])

    def _budgets(self) -> None:
        for budget in self.problem.budgets:  # 16
            self.model.add(_sum(self._bill(budget.nation, budget.during)) <= budget.most)

    def _bill(self, nation: str, during: Slots) -> Terms:
        """What the nation spends on exercises that begin in these slots."""
        found: Terms = []
        for number, some in enumerate(self.of):
            begun = [at for (option, _), at in zip(some, self.at[number], strict=True) if during.holds(option.start)]
            found += [(o.way.cost, at) for (o, _), at in zip(some, self.at[number], strict=True) if during.holds(o.start) and o.way.host == nation]
            costs = {unit: cost for option, _ in some for unit, cost, _ in option.units if self.problem.units[unit].nation == nation and cost}
            for unit, cost in costs.items():
                there = self.unit[number][unit]
                if len(begun) == len(some):
                    found.append((cost, there))
                elif begun:
                    both = self.model.new_bool_var("")
                    self.model.add(both >= there + sum(begun) - 1)
                    found.append((cost, both))
        return found

    # -- what it costs

    def _weighed(self) -> Terms:
        found: Terms = []
        for number, some in enumerate(self.of):
            found += [(option.weighs, at) for (option, _), at in zip(some, self.at[number], strict=True) if option.weighs]
            found += [(weighs, self.unit[number][unit]) for unit, weighs in {u: w for o, _ in some for u, _, w in o.units}.items() if weighs]
        return found

    def _missed(self) -> Terms:
        ways: list[list[cp_model.IntVar]] = [[] for _ in self.problem.targets]
        nations: dict[tuple[int, int], cp_model.IntVar] = {}
        for number, some in enumerate(self.of):
            begun: dict[tuple[int, int, int], list[cp_model.IntVar]] = {}
            for (option, _), at in zip(some, self.at[number], strict=True):
                for meets in option.meets:
                    begun.setdefault(meets, []).append(at)
            for (a, b, target), some_at in begun.items():
                met = self.model.new_bool_var("")
                for nation in (a, b):
                    if (number, nation) not in nations:
                        nations[number, nation] = self._sends(number, nation)
                    self.model.add_implication(met, nations[number, nation])
                self.model.add(sum(some_at) >= met)
                ways[target].append(met)
        return [(target.weight, self._none_of(ways[n])) for n, target in enumerate(self.problem.targets) if target.weight]

    def _sends(self, number: int, nation: int) -> cp_model.IntVar:
        sent = self.model.new_bool_var("")
        self.model.add_bool_or([there for unit, there in self.unit[number].items() if self.options.of_unit[unit] == nation] + [~sent])
        return sent

    def _none_of(self, some: Sequence[cp_model.IntVar]) -> cp_model.IntVar:
        none = self.model.new_bool_var("")
        self.model.add_bool_or([*some, none])
        return none

    def _burden(self) -> Terms:
        parts = sum(share for _, share in self.problem.shares)
        if not self.problem.burden or not parts:
            return []
        spent = {nation: self._bill(nation, Slots(0, self.problem.slots + 1)) for nation, _ in self.problem.shares}
        together = _sum([term for terms in spent.values() for term in terms])
        most = self._largest() * parts
        over = [self.model.new_int_var(0, most, "") for _ in spent]
        for beyond, (nation, share) in zip(over, self.problem.shares, strict=True):
            self.model.add(beyond >= parts * _sum(spent[nation]) - share * together)
        burden = self.model.new_int_var(0, self.problem.burden * most, "")
        self.model.add(parts * burden >= self.problem.burden * _sum([(1, beyond) for beyond in over]))
        return [(1, burden)]

    def _largest(self) -> int:
        """What all can spend together at most."""
        return sum(max((o.way.cost + sum(cost for _, cost, _ in o.units) for o in some), default=0) for some in self.options.of)

    def _finish(self) -> Terms:
        if not self.problem.finish:
            return []
        finish = self.model.new_int_var(0, self.problem.slots, "finish")
        for number, held in enumerate(self.held):
            self.model.add(finish >= self._start[number] + self.problem.exercises[number].length).only_enforce_if(held)
        return [(self.problem.finish, finish)]

    # -- and back

    def hint(self, placed: Sequence[Placed | None]) -> None:
        """A plan to begin with."""
        for number, some in enumerate(self.of):
            one = placed[number]
            self.model.add_hint(self.held[number], one is not None)
            if one is not None:
                self.model.add_hint(self._start[number], one.option.start)
            for (option, starts), at in zip(some, self.at[number], strict=True):
                self.model.add_hint(at, one is not None and one.option.way.id == option.way.id and one.option.start in starts)
            for unit, there in self.unit[number].items():
                self.model.add_hint(there, one is not None and unit in one.units)

    def plan(self, value: Callable[[cp_model.IntVar], int]) -> Plan:
        placed = [
            Placed(
                self._option(number, one.like.way.id, value(self._start[number])),
                frozenset(u for u, there in self.unit[number].items() if value(there)),
            )
            for number, some in enumerate(self.of)
            for one, at in zip(some, self.at[number], strict=True)
            if value(at)
        ]
        return plan_of(self.options, placed, {(number, unit): role for (number, unit, role), filled in self.role.items() if value(filled)})

    def _option(self, number: int, way: str, start: int) -> Option:
        return next(option for option in self.options.of[number] if (option.way.id, option.start) == (way, start))


def _sum(terms: Terms) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.weighted_sum([variable for _, variable in terms], [times for times, _ in terms])


def _units(some: Sequence[Option]) -> list[int]:
    return list(dict.fromkeys(unit for option in some for unit, _, _ in option.units))


class _Watching(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: Model, tell: Callable[[Plan, int], None]) -> None:
        super().__init__()
        self._model, self._tell = model, tell

    def on_solution_callback(self) -> None:
        self._tell(self._model.plan(self.value), rounded_up(self.best_objective_bound))


def solve(
    options: Options,
    seconds: float,
    workers: int,
    tell: Callable[[Plan, int], None] = lambda plan, bound: None,
    begin: Sequence[Placed | None] | None = None,
) -> Found:
    """The best plan found in so many seconds by so many threads, and the bound. ``tell``: each better plan as it is found, with the bound then."""
    model = Model(options)
    if begin is not None:
        model.hint(begin)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 1
    status = solver.solve(model.model, _Watching(model, tell))
    if status == cp_model.INFEASIBLE:
        return Found(None, None, True)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Found(model.plan(solver.value), rounded_up(solver.best_objective_bound), False)
    return Found(None, None, False)


def is_possible(options: Options, seconds: float) -> bool | None:
    """Is there a plan at all, whatever it costs? None: not known within so many seconds."""
    model = Model(options, weighed=False)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    status = solver.solve(model.model)
    return None if status == cp_model.UNKNOWN else status != cp_model.INFEASIBLE
