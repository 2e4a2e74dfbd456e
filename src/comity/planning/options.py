"""In which ways, from which slots, and with whom can each exercise be held, whatever else is held? What remains once the rules that look at one
exercise alone (4 to 7, 10, 13, 14, 17 of how-programmes-are-planned.md) have been kept.

Names are numbers here: exercises, units, nations, pools and targets by their place in the problem.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from comity.programmes import Exercise, HeldExercise, Lock, Problem, Slots, Target, Unit, Way


@dataclass(frozen=True, slots=True)
class Option:
    """Exercise number ``exercise`` held by ``way`` from slot ``start`` on.

    ``weighs``: what that adds to the total: its cost, *worse*, and the change against the plan before. ``units``: who may be in it: unit, what that
    costs its nation, what it adds to the total. ``meets``: the targets that it meets if both nations are in it: nation, nation, target.
    ``forces``: the units by nation, the one that weighs least first. ``back``: what units that were in it before take off the change at most.
    """

    exercise: int
    way: Way
    start: int
    end: int
    weighs: int
    units: tuple[tuple[int, int, int], ...]
    needed: frozenset[int]
    meets: tuple[tuple[int, int, int], ...]
    forces: dict[int, tuple[tuple[int, int, int], ...]]
    back: int


@dataclass(frozen=True)
class Options:
    """Every option of a problem, by exercise."""

    problem: Problem

    @cached_property
    def nations(self) -> tuple[str, ...]:
        p = self.problem
        named = [unit.nation for unit in p.units] + [way.host for one in p.exercises for way in one.ways] + [n for t in p.targets for n in t.nations]
        return tuple(dict.fromkeys([*named, *(nation for nation, _ in p.shares), *(budget.nation for budget in p.budgets)]))

    @cached_property
    def nation(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.nations)}

    @cached_property
    def unit(self) -> dict[str, int]:
        return {unit.id: number for number, unit in enumerate(self.problem.units)}

    @cached_property
    def of_unit(self) -> tuple[int, ...]:
        """The nation of each unit."""
        return tuple(self.nation[unit.nation] for unit in self.problem.units)

    @cached_property
    def of(self) -> tuple[tuple[Option, ...], ...]:
        """The options of each exercise."""
        return tuple(tuple(self._options(number, one)) for number, one in enumerate(self.problem.exercises))

    @cached_property
    def must(self) -> tuple[bool, ...]:
        """Must the exercise be held: required, or locked as held?"""
        locked = {lock.exercise for lock in self.problem.locks if lock.held}
        return tuple(one.required or one.id in locked for one in self.problem.exercises)

    def _options(self, number: int, one: Exercise) -> Iterator[Option]:
        locks = [lock for lock in self.problem.locks if lock.exercise == one.id]
        if not all(lock.held for lock in locks):
            return
        needed = frozenset(self.unit[name] for lock in locks for name in lock.with_)
        costs = {self.unit[name]: cost for name, cost in one.open_to}
        for name in {name for lock in locks for name in lock.without}:
            costs.pop(self.unit[name], None)
        for way in one.ways:
            for start in dict.fromkeys(way.starts):
                during = Slots(start, start + one.length)
                if self._may_begin(way, during) and all(_allows(lock, way, start) for lock in locks):
                    units = {u: cost for u, cost in costs.items() if self._may_be_in(self.problem.units[u], way, during)}
                    if needed <= units.keys():
                        weighs = way.cost + dict(way.worse).get(start, 0) + self._moves(one, way, start)
                        weighed = tuple((u, cost, cost + self._comes(one, u)) for u, cost in units.items())
                        yield Option(
                            number,
                            way,
                            start,
                            during.end,
                            weighs,
                            weighed,
                            needed,
                            self._meets(one, start, units),
                            self._by_nation(weighed),
                            sum(max(0, -weighs) for _, _, weighs in weighed),
                        )

    def _by_nation(self, units: Iterable[tuple[int, int, int]]) -> dict[int, tuple[tuple[int, int, int], ...]]:
        found = dict[int, tuple[tuple[int, int, int], ...]]()
        for one in sorted(units, key=lambda unit: unit[2]):
            nation = self.of_unit[one[0]]
            found[nation] = (*found.get(nation, ()), one)
        return found

    def _may_begin(self, way: Way, during: Slots) -> bool:
        closed = {pool.id: pool.closed for pool in self.problem.pools}
        used = [span for pool, amount in way.uses if amount for span in closed[pool]]
        within = max(0, self.problem.notice) <= during.start and during.end <= self.problem.slots
        return within and not any(span.meets(during) for span in used)

    def _may_be_in(self, unit: Unit, way: Way, during: Slots) -> bool:
        if any(span.meets(during) for span in unit.away):
            return False
        if self.problem.cover is None or unit.nation == way.host:
            return True
        spans = self._covers.get((unit.nation, way.host), ())
        return all(any(span.holds(slot) for span in spans) for slot in range(*during))

    @cached_property
    def _covers(self) -> dict[tuple[str, str], list[Slots]]:
        found = dict[tuple[str, str], list[Slots]]()
        for cover in self.problem.cover or ():
            found.setdefault((cover.nation, cover.host), []).append(cover.during)
        return found

    @cached_property
    def before(self) -> dict[str, HeldExercise]:
        return {held.exercise: held for held in self.problem.before or ()}

    @cached_property
    def gone(self) -> int:
        """What the change weighs if nothing that was held before is: what an empty plan costs but for the targets."""
        return self.problem.change * sum(1 + len(held.units) for held in self.before.values())

    def _moves(self, one: Exercise, way: Way, start: int) -> int:
        """What holding it so adds to the weight of the change, beside not holding it."""
        if self.problem.before is None:
            return 0
        was = self.before.get(one.id)
        return self.problem.change * (1 if was is None else 0 if (was.way, was.start) != (way.id, start) else -1)

    def _comes(self, one: Exercise, unit: int) -> int:
        """The same for a unit in it."""
        if self.problem.before is None:
            return 0
        was = self.before.get(one.id)
        there = was is not None and any(name == self.problem.units[unit].id for name, _ in was.units)
        return -self.problem.change if there else self.problem.change

    def _meets(self, one: Exercise, start: int, units: Collection[int]) -> tuple[tuple[int, int, int], ...]:
        there = {self.of_unit[u] for u in units}
        found = ((*(self.nation[name] for name in target.nations), number) for number, target in self._targets(one, start))
        return tuple((a, b, number) for a, b, number in found if a in there and b in there)

    def _targets(self, one: Exercise, start: int) -> Iterator[tuple[int, Target]]:
        for capability in one.capabilities:
            for number, target in self._by_capability.get(capability, ()):
                if target.during.holds(start):
                    yield number, target

    @cached_property
    def _by_capability(self) -> dict[str, list[tuple[int, Target]]]:
        found = dict[str, list[tuple[int, Target]]]()
        for number, target in enumerate(self.problem.targets):
            found.setdefault(target.capability, []).append((number, target))
        return found


def rounded_up(bound: float) -> int:
    """The least whole number that is not below a bound, a rounding error apart: costs are whole."""
    return math.ceil(bound - 1e-6)


def _allows(lock: Lock, way: Way, start: int) -> bool:
    return lock.way in (None, way.id) and lock.start in (None, start)
