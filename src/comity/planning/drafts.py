"""A plan in the making: what is held by now, what that takes of units, pools and budgets, which targets it meets, and what may still be added.

What is counted here is counted again by the checker; this only has to be fast.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from comity.planning.options import Option, Options
from comity.programmes import HeldExercise, Plan


class Placed(NamedTuple):
    """An option with the units that are in it, by number."""

    option: Option
    units: frozenset[int]


class Draft:
    """What is held, and what that takes. Nothing in it breaks a rule but *required* and the locks that want something held."""

    def __init__(self, options: Options) -> None:
        problem = options.problem
        self.options, self.problem = options, problem
        self.placed: list[Placed | None] = [None] * len(problem.exercises)
        longest = problem.slots + max((unit.rest for unit in problem.units), default=0) + 1
        self._busy = [[0] * longest for _ in problem.units]
        self._used = {pool.id: [0] * (problem.slots + 1) for pool in problem.pools}
        self._most = {pool.id: pool.most for pool in problem.pools}
        self._spent = [0] * len(problem.budgets)
        self._budgets: list[list[int]] = [[] for _ in options.nations]
        for number, budget in enumerate(problem.budgets):
            self._budgets[options.nation[budget.nation]].append(number)
        self.met = [0] * len(problem.targets)
        self.weights = [target.weight for target in problem.targets]
        self._weighed = options.gone
        self._paid = [0] * len(options.nations)
        self._shares = [(options.nation[name], share) for name, share in problem.shares] if problem.burden else []
        number_of = {one.id: number for number, one in enumerate(problem.exercises)}
        self._after: list[list[tuple[int, int]]] = [[] for _ in problem.exercises]
        self._ahead: list[list[tuple[int, int]]] = [[] for _ in problem.exercises]
        for order in problem.orders:
            self._after[number_of[order.then]].append((number_of[order.first], order.lag))
            self._ahead[number_of[order.first]].append((number_of[order.then], order.lag))

    # -- what may be added

    def fits(self, option: Option) -> bool:
        """Is there room for the exercise itself: in its pools, between those it comes after and before?"""
        for pool, amount in option.way.uses:
            used, most = self._used[pool], self._most[pool]
            if any(used[slot] + amount > most for slot in range(option.start, option.end)):
                return False
        for first, lag in self._after[option.exercise]:
            other = self.placed[first]
            if other is not None and option.start < other.option.end + lag:
                return False
        for then, lag in self._ahead[option.exercise]:
            other = self.placed[then]
            if other is not None and other.option.start < option.end + lag:
                return False
        return True

    def is_free(self, unit: int, option: Option) -> bool:
        """Can the unit be in one more exercise then?"""
        if option.start == option.end:
            return True
        one = self.problem.units[unit]
        most = one.at_once
        busy = self._busy[unit]
        return all(busy[slot] < most for slot in range(option.start, option.end + one.rest))

    def affords(self, option: Option, units: Iterable[tuple[int, int]]) -> bool:
        """Do the budgets bear it, with these units at these costs?"""
        if not self._spent:
            return True
        more = self._bill(option, units)
        return all(self._spent[number] + amount <= self.problem.budgets[number].most for number, amount in more.items())

    def _bill(self, option: Option, units: Iterable[tuple[int, int]]) -> dict[int, int]:
        more: dict[int, int] = {}
        bills = [(self.options.nation[option.way.host], option.way.cost), *((self.options.of_unit[unit], cost) for unit, cost in units)]
        for nation, amount in bills:
            for number in self._budgets[nation]:
                if self.problem.budgets[number].during.holds(option.start):
                    more[number] = more.get(number, 0) + amount
        return more

    # -- adding and taking away

    def put(self, placed: Placed) -> None:
        self._count(placed, 1)
        self.placed[placed.option.exercise] = placed

    def take(self, exercise: int) -> Placed | None:
        """Takes an exercise out; what was there, or None."""
        placed = self.placed[exercise]
        if placed is not None:
            self._count(placed, -1)
            self.placed[exercise] = None
        return placed

    def _count(self, placed: Placed, by: int) -> None:
        option, units = placed
        rests = self.problem.units
        if option.end > option.start:
            for unit in units:
                busy = self._busy[unit]
                for slot in range(option.start, option.end + rests[unit].rest):
                    busy[slot] += by
        for pool, amount in option.way.uses:
            used = self._used[pool]
            for slot in range(option.start, option.end):
                used[slot] += by * amount
        of_unit = self.options.of_unit
        in_it = [(unit, cost) for unit, cost, _ in option.units if unit in units]
        self._weighed += by * (option.weighs + sum(weighs for unit, _, weighs in option.units if unit in units))
        if self._spent:
            for number, amount in self._bill(option, in_it).items():
                self._spent[number] += by * amount
        if self._shares:
            self._paid[self.options.nation[option.way.host]] += by * option.way.cost
            for unit, cost in in_it:
                self._paid[of_unit[unit]] += by * cost
        there = {of_unit[unit] for unit in units}
        met = self.met
        for a, b, target in option.meets:
            if a in there and b in there:
                met[target] += by

    def total(self) -> int:
        """What the plan costs as it stands (but for *finish*)."""
        return self._weighed + sum(weight for weight, met in zip(self.weights, self.met, strict=True) if not met) + self._burden()

    def _burden(self) -> int:
        parts, total = sum(share for _, share in self._shares), sum(self._paid[nation] for nation, _ in self._shares)
        beyond = sum(max(0, parts * self._paid[nation] - share * total) for nation, share in self._shares)
        return -(-self.problem.burden * beyond // parts) if parts else 0

    def lacking(self) -> int:
        """How many exercises that must be held are not."""
        return sum(must and placed is None for must, placed in zip(self.options.must, self.placed, strict=True))

    def plan(self) -> Plan:
        """The plan as it stands; without roles."""
        return plan_of(self.options, (placed for placed in self.placed if placed is not None))


def plan_of(options: Options, placed: Iterable[Placed], roles: dict[tuple[int, int], str] | None = None) -> Plan:
    """The plan that holds these, in the order of the problem; ``roles``: by exercise and unit."""
    filled = roles or {}
    held = [
        HeldExercise(
            options.problem.exercises[one.option.exercise].id,
            one.option.way.id,
            one.option.start,
            tuple((options.problem.units[unit].id, filled.get((one.option.exercise, unit), "")) for unit in sorted(one.units)),
        )
        for one in placed
    ]
    return Plan(held=tuple(held))
