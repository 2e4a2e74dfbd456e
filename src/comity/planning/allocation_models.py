"""A budget's problem for the solver of constraints: which initiative at which level from which year is a literal; who pays, amounts by kind of claim.

Initiatives that the same pots may pay for are one claim on them: between them any split of the money will do. What is not known counts nothing.
Source: OR-Tools, CP-SAT; how-budgets-are-allocated.md, sections 1 to 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from ortools.sat.python import cp_model

from comity.allocations import (
    IN_FULL,
    WHOLE,
    AllocationPlan,
    BudgetProblem,
    Chosen,
    Initiative,
    InitiativeLevel,
    Payment,
    Synergy,
    TargetOutcome,
    admits,
    height,
    ranks_of,
    times_shown,
)

Option = tuple[str, int, int]
"""An initiative, a level by its place, a first year."""
Terms = list[tuple[int, cp_model.IntVar]]


class AllocationModel:
    """The model, with its literals by option, its payments, what each rank is worth and what all costs."""

    def __init__(self, problem: BudgetProblem) -> None:
        self.problem, self.model = problem, cp_model.CpModel()
        self.initiatives = {one.id: one for one in problem.initiatives}
        self.take: dict[Option, cp_model.IntVar] = {}
        for one in problem.initiatives:
            self._initiative(one)
        self.costs = {option: [self._level(option).cost_in(year - option[2]) for year in range(problem.years)] for option in self.take}
        self.cost: Terms = [(sum(costs), self.take[option]) for option, costs in self.costs.items() if sum(costs)]
        self.claims: dict[tuple[int, ...], list[str]] = {}
        for one in problem.initiatives:
            self.claims.setdefault(tuple(n for n, pot in enumerate(problem.pots) if admits(pot, one)), []).append(one.id)
        self.pays: dict[tuple[tuple[int, ...], int, int], cp_model.IntVar] = {}
        self._money()
        self._limits()
        self.points = [self._outcome(one) for one in problem.outcomes]
        self.value = [
            [(one.weight, points) for one, points in zip(problem.outcomes, self.points, strict=True) if one.rank == rank]
            for rank in ranks_of(problem.outcomes)
        ]

    def named(self, option: Option) -> tuple[str, str, int]:
        """An option as a plan writes it."""
        return option[0], self._level(option).name, option[2]

    def _level(self, option: Option) -> InitiativeLevel:
        return self.initiatives[option[0]].levels[option[1]]

    def _initiative(self, one: Initiative) -> None:
        if not one.out:
            for place in range(len(one.levels)):
                for start in range(one.earliest, one.latest + 1):
                    self.take[one.id, place, start] = self.model.new_bool_var("")
        self.model.add_at_most_one(self._takes(one.id))
        if one.must is not None:
            self.model.add_bool_or(self._takes(one.id, one.must))

    def _takes(self, name: str, level: str | None = None, until: int | None = None) -> list[cp_model.IntVar]:
        """The literals of an initiative at a level or above, begun by a year."""
        least = height(self.initiatives[name], level)
        return [taken for (of, place, start), taken in self.take.items() if of == name and place >= least and (until is None or start <= until)]

    def _money(self) -> None:
        p = self.problem
        for claim, names in self.claims.items():
            for year in range(p.years):
                costs = [(costs[year], self.take[option]) for option, costs in self.costs.items() if option[0] in names and costs[year]]
                most = sum(times for times, _ in costs)
                for place in claim:
                    self.pays[claim, place, year] = self.model.new_int_var(0, most, "")
                paid: Terms = [(-1, self.pays[claim, place, year]) for place in claim]
                self.model.add(sum_of([*costs, *paid]) == 0)
        for number, pot in enumerate(p.pots):
            kept: Terms = []
            for year, amount in enumerate(pot.amounts):
                out: Terms = [(1, self.pays[claim, number, year]) for claim in self.claims if number in claim]
                self.model.add(sum_of(out) <= amount + sum_of(kept))
                if pot.carry and year + 1 < p.years:
                    left = self.model.new_int_var(0, sum(pot.amounts[: year + 1]), "")
                    self.model.add(100 * left <= pot.carry * (amount + sum_of(kept) - sum_of(out)))
                    kept = [(1, left)]

    def _limits(self) -> None:
        p = self.problem
        for resource in p.resources:
            for year, amount in enumerate(resource.amounts):
                used = [(self._level(option).use_in(resource.id, year - option[2]), taken) for option, taken in self.take.items()]
                self.model.add(sum_of([term for term in used if term[0]]) <= amount)
        for need in p.needs:
            least = height(self.initiatives[need.initiative], need.level)
            for (name, place, start), taken in self.take.items():
                if name == need.initiative and place >= least:
                    self.model.add_bool_or([*self._takes(need.other, need.other_level, start - need.lag), taken.negated()])
        for exclusion in p.exclusions:
            self.model.add(sum(taken for name in dict.fromkeys(exclusion.initiatives) for taken in self._takes(name)) <= exclusion.most)
        for one in p.balances:
            within = {initiative.id for initiative in p.initiatives if one.name in initiative.named(one.by)}
            spent: Terms = [(sum(self.costs[option]), taken) for option, taken in self.take.items() if option[0] in within]
            if one.least is not None:
                self.model.add(sum_of(spent) >= one.least)
            if one.most is not None:
                self.model.add(sum_of(spent) <= one.most)
            if one.least_share is not None:
                self.model.add(100 * sum_of(spent) >= one.least_share * sum_of(self.cost))
            if one.most_share is not None:
                self.model.add(100 * sum_of(spent) <= one.most_share * sum_of(self.cost))

    # -- what it is worth

    def _outcome(self, outcome: TargetOutcome) -> cp_model.IntVar:
        """The points of an outcome: no more than what is added up comes to, by each of its steps."""
        added: Terms = []
        for option, taken in self.take.items():
            level = self._level(option)
            figure = sum(
                (effect.expected or 0) * times_shown(effect, level.years, option[2], self.problem.years)
                for effect in level.effects
                if effect.outcome == outcome.id
            )
            added += [(figure, taken)] if figure else []
        for one in self.problem.synergies:
            if one.outcome == outcome.id and one.expected:
                added += [(one.expected, both) for both in self._both(one)]
        lowest = sum(times for times, _ in added if times < 0)
        highest = sum(times for times, _ in added if times > 0)
        total: cp_model.LinearExprT = sum_of(added)
        if lowest < 0:
            total = self.model.new_int_var(0, max(0, highest), "")
            self.model.add_max_equality(total, [sum_of(added), 0])
        points = self.model.new_int_var(0, WHOLE, "")
        for base, slope in lines_of(outcome):
            by = math.gcd(100 * outcome.target, WHOLE * base, WHOLE * slope)
            self.model.add(100 * outcome.target // by * points <= WHOLE * base // by + WHOLE * slope // by * total)
        return points

    def _both(self, synergy: Synergy) -> Iterator[cp_model.IntVar]:
        """For each time that it may count: are both of them funded, high enough and soon enough?"""
        last = self.problem.years - 1 - synergy.after
        for until in range(last + 1) if synergy.yearly else (last,):
            first, second = (sum(self._takes(name, level, until)) for name, level in zip(synergy.initiatives, synergy.levels, strict=True))
            both = self.model.new_bool_var("")
            self.model.add(both <= first)
            self.model.add(both <= second)
            self.model.add(both >= first + second - 1)
            yield both

    # -- and back

    def clear_hints(self) -> None:
        clear: Callable[[], object] = self.model.clear_hints
        clear()

    def hint(self, value: Callable[[cp_model.IntVar], int]) -> None:
        """What a solver found, to begin with."""
        self.clear_hints()
        for taken in self.take.values():
            self.model.add_hint(taken, value(taken))

    def hint_plan(self, plan: AllocationPlan) -> None:
        """A plan to begin with."""
        there = {(one.initiative, one.level, one.start) for one in plan.chosen}
        self.clear_hints()
        for option, taken in self.take.items():
            self.model.add_hint(taken, self.named(option) in there)

    def plan(self, value: Callable[[cp_model.IntVar], int]) -> AllocationPlan:
        """What a solver found, as a plan; within a claim the pots pay one initiative after another."""
        taken = {option for option, literal in self.take.items() if value(literal)}
        chosen = tuple(Chosen(*self.named(option)) for option in self.take if option in taken)
        paid = list[Payment]()
        for claim, names in self.claims.items():
            for year in range(self.problem.years):
                left = {pot: value(self.pays[claim, pot, year]) for pot in claim}
                for option in (option for option in self.take if option in taken and option[0] in names):
                    due = self.costs[option][year]
                    for pot in claim:
                        amount = min(due, left[pot])
                        due, left[pot] = due - amount, left[pot] - amount
                        paid += [Payment(option[0], self.problem.pots[pot].id, year, amount)] if amount else []
        return AllocationPlan(chosen=chosen, paid=tuple(paid))


def sum_of(terms: Sequence[tuple[int, cp_model.IntVar]]) -> cp_model.LinearExpr:
    """So many times each variable, together."""
    expression: cp_model.LinearExpr = cp_model.LinearExpr.weighted_sum([variable for _, variable in terms], [times for times, _ in terms])
    return expression


def lines_of(outcome: TargetOutcome) -> list[tuple[int, int]]:
    """The lines of which the least is what counts, in hundredths: what each has at 0, and its slope."""
    found, base, below = list[tuple[int, int]](), 0, 0
    for step in outcome.returns or (IN_FULL,):
        found.append((base - step.counts * below, step.counts))
        if step.upto is None:
            return found
        base, below = base + step.counts * (step.upto - below), step.upto
    return [*found, (base, 0)]
