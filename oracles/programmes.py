"""The slow reading of docs/explanation/how-programmes-are-planned.md: which rules a plan breaks, and what it costs.

It goes through every slot and every pair, literally as the text says, and shares nothing with the checker but types.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from comity.programmes.problems import Exercise, HeldExercise, Plan, Problem, Unit, Way


class Reading:
    """One plan beside its problem."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.found: set[tuple[str, str]] = set()
        for held in plan.held:
            self.known(held)
        self.once()
        for wanted in problem.exercises:
            if wanted.required and all(held.exercise != wanted.id for held in plan.held):
                self.found.add(("required", wanted.id))
        self.sound = [held for held in plan.held if self.exercise(held) is not None and self.way(held) is not None]
        for held in self.sound:
            self.alone(held)
        for slot in range(self.first(), self.last()):
            self.at(slot)
        self.orders()
        self.budgets()
        self.locks()
        if not any(rule in ("known", "once") for rule, _ in self.found):
            self.figures()

    # -- looking up

    def exercise(self, held: HeldExercise) -> Exercise | None:
        for one in self.problem.exercises:
            if one.id == held.exercise:
                return one
        return None

    def way(self, held: HeldExercise) -> Way | None:
        exercise = self.exercise(held)
        for way in () if exercise is None else exercise.ways:
            if way.id == held.way:
                return way
        return None

    def unit(self, name: str) -> Unit | None:
        for unit in self.problem.units:
            if unit.id == name:
                return unit
        return None

    def sure(self, held: HeldExercise) -> tuple[Exercise, Way]:
        exercise, way = self.exercise(held), self.way(held)
        assert exercise is not None
        assert way is not None
        return exercise, way

    def in_it(self, held: HeldExercise) -> list[Unit]:
        return [unit for name, _ in held.units if (unit := self.unit(name)) is not None]

    def first(self) -> int:
        return min((held.start for held in self.sound), default=0)

    def last(self) -> int:
        rests = max((unit.rest for unit in self.problem.units), default=0)
        return max((held.start + self.sure(held)[0].length + rests for held in self.sound), default=0)

    # -- the rules (2)

    def known(self, held: HeldExercise) -> None:
        if self.exercise(held) is None or self.way(held) is None:
            self.found.add(("known", held.exercise))
        for name, _ in held.units:
            if self.unit(name) is None:
                self.found.add(("known", held.exercise))

    def once(self) -> None:
        for i, held in enumerate(self.plan.held):
            for other in self.plan.held[:i]:
                if other.exercise == held.exercise:
                    self.found.add(("once", held.exercise))
            for j, (unit, _) in enumerate(held.units):
                if unit in [name for name, _ in held.units[:j]]:
                    self.found.add(("once", held.exercise))

    def alone(self, held: HeldExercise) -> None:
        exercise, way = self.sure(held)
        breaks = {
            "starts": held.start not in way.starts,
            "horizon": held.start < 0 or held.start + exercise.length > self.problem.slots,
            "notice": held.start >= 0 and held.start < self.problem.notice,
            "open": any(unit.id not in [name for name, _ in exercise.open_to] for unit in self.in_it(held)),
            "number": len(held.units) < exercise.least or len(held.units) > exercise.most,
            "roles": self.roles(held, exercise),
            "away": any(slot in range(s.start, s.end) for u in self.in_it(held) for s in u.away for slot in self.slots(held)),
            "closed": any(self.closed(pool, slot) for pool, amount in way.uses if amount for slot in self.slots(held)),
            "cover": any(self.bare(unit.nation, way.host, slot) for unit in self.in_it(held) for slot in self.slots(held)),
        }
        self.found |= {(rule, held.exercise) for rule, broken in breaks.items() if broken}

    def slots(self, held: HeldExercise) -> range:
        return range(held.start, held.start + self.sure(held)[0].length)

    def roles(self, held: HeldExercise, exercise: Exercise) -> bool:
        for role, number in exercise.roles:
            if len([1 for _, filled in held.units if filled == role]) != number:
                return True
        for name, filled in held.units:
            if filled and filled not in [role for role, _ in exercise.roles]:
                return True
            unit = self.unit(name)
            if filled and unit is not None and filled not in unit.skills:
                return True
        return False

    def closed(self, pool: str, slot: int) -> bool:
        return any(slot in range(s.start, s.end) for one in self.problem.pools if one.id == pool for s in one.closed)

    def bare(self, nation: str, host: str, slot: int) -> bool:
        if nation == host or self.problem.cover is None:
            return False
        return not any((c.nation, c.host) == (nation, host) and slot in range(c.during.start, c.during.end) for c in self.problem.cover)

    def at(self, slot: int) -> None:
        for unit in self.problem.units:
            count = 0
            for held in self.sound:
                exercise, _ = self.sure(held)
                for name, _ in held.units:
                    if name == unit.id and exercise.length and slot in range(held.start, held.start + exercise.length + unit.rest):
                        count += 1
            if count > unit.at_once:
                self.found.add(("tempo", unit.id))
        for pool in self.problem.pools:
            if sum(n for held in self.sound if slot in self.slots(held) for name, n in self.sure(held)[1].uses if name == pool.id) > pool.most:
                self.found.add(("pools", pool.id))

    def orders(self) -> None:
        for order in self.problem.orders:
            for first in self.sound:
                for then in self.sound:
                    if (first.exercise, then.exercise) == (order.first, order.then):
                        if then.start - (first.start + self.sure(first)[0].length) < order.lag:
                            self.found.add(("orders", order.then))

    def budgets(self) -> None:
        for budget in self.problem.budgets:
            begun = [held for held in self.sound if held.start in range(budget.during.start, budget.during.end)]
            if sum(self.spent(held, budget.nation) for held in begun) > budget.most:
                self.found.add(("budgets", budget.nation))

    def spent(self, held: HeldExercise, nation: str) -> int:
        exercise, way = self.sure(held)
        own = [unit.id for unit in self.in_it(held) if unit.nation == nation]
        return (way.cost if way.host == nation else 0) + sum(cost for unit in own for name, cost in exercise.open_to if name == unit)

    def locks(self) -> None:
        for lock in self.problem.locks:
            there = [held for held in self.plan.held if held.exercise == lock.exercise]
            broken = bool(there) is not lock.held
            for held in there if lock.held else ():
                units = [name for name, _ in held.units]
                broken = broken or (lock.way is not None and held.way != lock.way) or (lock.start is not None and held.start != lock.start)
                broken = broken or any(name not in units for name in lock.with_) or any(name in units for name in lock.without)
            if broken:
                self.found.add(("locks", lock.exercise))

    def figures(self) -> None:
        total = self.total()
        if (self.plan.total is not None and self.plan.total != total) or (self.plan.bound is not None and self.plan.bound > total):
            self.found.add(("figures", "the plan"))

    # -- what it costs (3)

    def total(self) -> int:
        p = self.problem
        nations = {unit.nation for unit in p.units} | {way.host for one in p.exercises for way in one.ways}
        spent = {nation: sum(self.spent(held, nation) for held in self.plan.held) for nation in nations}
        worse = sum(cost for held in self.plan.held for slot, cost in self.sure(held)[1].worse if slot == held.start)
        missed = sum(
            target.weight
            for target in p.targets
            if not any(self.meets(held, *target.nations, target.capability, target.during) for held in self.plan.held)
        )
        shared = sum(spent.get(nation, 0) for nation, _ in p.shares)
        parts = sum(part for _, part in p.shares)
        beyond = sum((max(Fraction(0), spent.get(nation, 0) - Fraction(part * shared, parts)) for nation, part in p.shares), Fraction(0))
        ends = [held.start + self.sure(held)[0].length for held in self.plan.held]
        return sum(spent.values()) + worse + missed + ceil(p.burden * beyond) + p.change * self.changed() + p.finish * max(ends, default=0)

    def meets(self, held: HeldExercise, one: str, other: str, capability: str, during: tuple[int, int]) -> bool:
        there = [unit.nation for unit in self.in_it(held)]
        return capability in self.sure(held)[0].capabilities and during[0] <= held.start < during[1] and one in there and other in there

    def changed(self) -> int:
        if self.problem.before is None:
            return 0
        count = 0
        for exercise in {held.exercise for held in (*self.problem.before, *self.plan.held)}:
            was = [held for held in self.problem.before if held.exercise == exercise]
            now = [held for held in self.plan.held if held.exercise == exercise]
            count += [(held.way, held.start) for held in was] != [(held.way, held.start) for held in now]
            units = [{name for held in some for name, _ in held.units} for some in (was, now)]
            count += len(units[0] - units[1]) + len(units[1] - units[0])
        return count


def broken(problem: Problem, plan: Plan) -> set[tuple[str, str]]:
    """The rules that the plan breaks, each with where."""
    return Reading(problem, plan).found


def total(problem: Problem, plan: Plan) -> int:
    """What a plan costs, all of which the problem has."""
    return Reading(problem, plan).total()
