"""Does a plan keep the rules of its problem? Every rule that it breaks, by name, where and by how much: a solver is never trusted.

One function a rule, in one tuple. Nothing here is shared with what makes plans.
Source: how-programmes-are-planned.md, section 2, which has the rules in this order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from comity.programmes.costing import cost_of
from comity.programmes.problems import Exercise, HeldExercise, Plan, Pool, Problem, Slots, Unit, Way
from comity.terms import Broken


@dataclass(frozen=True)
class Checked:
    """A plan beside its problem, with what is looked up again and again."""

    problem: Problem
    plan: Plan

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        return {one.id: one for one in self.problem.exercises}

    @cached_property
    def units(self) -> dict[str, Unit]:
        return {one.id: one for one in self.problem.units}

    @cached_property
    def pools(self) -> dict[str, Pool]:
        return {one.id: one for one in self.problem.pools}

    @cached_property
    def held(self) -> tuple[tuple[HeldExercise, Exercise, Way], ...]:
        """What is held of what there is, in a way that it has."""
        found = []
        for held in self.plan.held:
            exercise = self.exercises.get(held.exercise)
            way = None if exercise is None else next((one for one in exercise.ways if one.id == held.way), None)
            if exercise is not None and way is not None:
                found.append((held, exercise, way))
        return tuple(found)

    def taking_part(self, held: HeldExercise) -> list[Unit]:
        return [self.units[name] for name, _ in held.units if name in self.units]


Rule = Callable[[Checked], Iterator[Broken]]


def check_plan(problem: Problem, plan: Plan) -> tuple[Broken, ...]:
    """Every rule of the problem that the plan breaks; empty: it is a plan that could be carried out."""
    checked = Checked(problem, plan)
    return tuple(broken for rule in RULES for broken in rule(checked))


def _known(c: Checked) -> Iterator[Broken]:
    """1: what a plan names is there."""
    for held in c.plan.held:
        exercise = c.exercises.get(held.exercise)
        if exercise is None:
            yield Broken("known", held.exercise, "the problem has no such exercise")
        elif held.way not in {way.id for way in exercise.ways}:
            yield Broken("known", held.exercise, f"it has no way {held.way!r}")
        for name, _ in held.units:
            if name not in c.units:
                yield Broken("known", held.exercise, f"the problem has no unit {name!r}")


def _once(c: Checked) -> Iterator[Broken]:
    """2: an exercise is held once, and a unit takes part once."""
    for name, count in Counter(held.exercise for held in c.plan.held).items():
        if count > 1:
            yield Broken("once", name, f"is held {count} times; once is all")
    for held in c.plan.held:
        for unit, count in Counter(unit for unit, _ in held.units).items():
            if count > 1:
                yield Broken("once", held.exercise, f"{unit} takes part {count} times")


def _required(c: Checked) -> Iterator[Broken]:
    """3: what must be held is held."""
    there = {held.exercise for held in c.plan.held}
    for exercise in c.problem.exercises:
        if exercise.required and exercise.id not in there:
            yield Broken("required", exercise.id, "must be held, and is not")


def _starts(c: Checked) -> Iterator[Broken]:
    """4: it begins in a slot in which its way may begin."""
    for held, _, way in c.held:
        if held.start not in way.starts:
            yield Broken("starts", held.exercise, f"begins in slot {held.start}; by {way.id} it may not")


def _horizon(c: Checked) -> Iterator[Broken]:
    """5: it lies within the time that is planned."""
    for held, exercise, _ in c.held:
        if held.start < 0 or held.start + exercise.length > c.problem.slots:
            yield Broken("horizon", held.exercise, f"runs from slot {held.start} to {held.start + exercise.length}; there are {c.problem.slots}")


def _notice(c: Checked) -> Iterator[Broken]:
    """6: there is time to give notice of it."""
    for held, _, _ in c.held:
        if 0 <= held.start < c.problem.notice:
            yield Broken("notice", held.exercise, f"begins in slot {held.start}, before {c.problem.notice}: too late to give notice of it")


def _open(c: Checked) -> Iterator[Broken]:
    """7: who takes part may."""
    for held, exercise, _ in c.held:
        may = {unit for unit, _ in exercise.open_to}
        for unit in c.taking_part(held):
            if unit.id not in may:
                yield Broken("open", held.exercise, f"{unit.id} takes part, to whom it is not open")


def _number(c: Checked) -> Iterator[Broken]:
    """8: neither too few take part nor too many."""
    for held, exercise, _ in c.held:
        number = len(held.units)
        if not exercise.least <= number <= exercise.most:
            yield Broken("number", held.exercise, f"{number} take part; at least {exercise.least} and at most {exercise.most} may")


def _roles(c: Checked) -> Iterator[Broken]:
    """9: each role is filled by as many as it needs, by units that can, and no other is."""
    for held, exercise, _ in c.held:
        filled = Counter(role for _, role in held.units)
        needed = dict(exercise.roles)
        for role in sorted({*needed, *filled} - {""}):
            if filled[role] != needed.get(role, 0):
                yield Broken("roles", held.exercise, f"{filled[role]} fill the role {role!r}; it needs {needed.get(role, 0)}")
        for name, role in held.units:
            if role and name in c.units and role not in c.units[name].skills:
                yield Broken("roles", held.exercise, f"{name} cannot be {role!r}")


def _away(c: Checked) -> Iterator[Broken]:
    """10: nobody takes part while away."""
    for held, exercise, _ in c.held:
        during = Slots(held.start, held.start + exercise.length)
        for unit in c.taking_part(held):
            if any(span.meets(during) for span in unit.away):
                yield Broken("away", held.exercise, f"{unit.id} is away")


def _tempo(c: Checked) -> Iterator[Broken]:
    """11: a unit is in no more exercises at once than it can be, its rest after each counted in."""
    taken = Counter[tuple[str, int]]()
    for held, exercise, _ in c.held:
        for unit in c.taking_part(held):
            taken.update((unit.id, slot) for slot in range(held.start, held.start + exercise.length + (unit.rest if exercise.length else 0)))
    over = {(name, slot): n for (name, slot), n in taken.items() if n > c.units[name].at_once}
    for name, slot in sorted(over):
        if (name, slot - 1) not in over:
            most = c.units[name].at_once
            yield Broken("tempo", name, f"is in {over[name, slot]} exercises, or resting after them, in slot {slot}; it can be in {most}")


def _pools(c: Checked) -> Iterator[Broken]:
    """12: no more of a pool is used in a slot than there is."""
    used = Counter[tuple[str, int]]()
    for held, exercise, way in c.held:
        for pool, amount in way.uses:
            used.update({(pool, slot): amount for slot in range(held.start, held.start + exercise.length)})
    over = {(pool, slot): amount for (pool, slot), amount in used.items() if amount > c.pools[pool].most}
    for pool, slot in sorted(over):
        if (pool, slot - 1) not in over:
            yield Broken("pools", pool, f"{over[pool, slot]} of it is used in slot {slot}; there is {c.pools[pool].most}")


def _closed(c: Checked) -> Iterator[Broken]:
    """13: nothing is used while it is closed."""
    for held, exercise, way in c.held:
        during = Slots(held.start, held.start + exercise.length)
        for pool, amount in way.uses:
            if amount and any(span.meets(during) for span in c.pools[pool].closed):
                yield Broken("closed", held.exercise, f"uses {pool} while it is closed")


def _cover(c: Checked) -> Iterator[Broken]:
    """14: whoever takes part away from home has a legal basis there in every slot of it."""
    if c.problem.cover is None:
        return
    for held, exercise, way in c.held:
        for nation in sorted({unit.nation for unit in c.taking_part(held)} - {way.host}):
            spans = [one.during for one in c.problem.cover if (one.nation, one.host) == (nation, way.host)]
            bare = [slot for slot in range(held.start, held.start + exercise.length) if not any(span.holds(slot) for span in spans)]
            if bare:
                yield Broken("cover", held.exercise, f"{nation} has no legal basis to train in {way.host} in slot {bare[0]}")


def _orders(c: Checked) -> Iterator[Broken]:
    """15: what comes after another begins long enough after it."""
    when = {held.exercise: (held.start, held.start + exercise.length) for held, exercise, _ in c.held}
    for order in c.problem.orders:
        if order.first in when and order.then in when and when[order.then][0] < when[order.first][1] + order.lag:
            after = f"{order.lag} slots after " if order.lag else "after "
            yield Broken(
                "orders", order.then, f"begins in slot {when[order.then][0]}, not {after}{order.first}, which ends with {when[order.first][1]}"
            )


def _budgets(c: Checked) -> Iterator[Broken]:
    """16: no nation spends more than it has for the time."""
    for budget in c.problem.budgets:
        spent = 0
        for held, exercise, way in c.held:
            if budget.during.holds(held.start):
                spent += way.cost if way.host == budget.nation else 0
                costs = dict(exercise.open_to)
                spent += sum(costs.get(unit.id, 0) for unit in c.taking_part(held) if unit.nation == budget.nation)
        if spent > budget.most:
            during = f"from slot {budget.during.start} to {budget.during.end}"
            yield Broken("budgets", budget.nation, f"spends {spent} {during}; it has {budget.most}")


def _locks(c: Checked) -> Iterator[Broken]:
    """17: what was decided stays."""
    there = {held.exercise: held for held in c.plan.held}
    for lock in c.problem.locks:
        held = there.get(lock.exercise)
        if held is None or not lock.held:
            if (held is not None) != lock.held:
                yield Broken("locks", lock.exercise, f"was decided to be {'held' if lock.held else 'left out'}, and is not")
            continue
        units = {name for name, _ in held.units}
        if lock.way not in (None, held.way):
            yield Broken("locks", lock.exercise, f"was decided to be held by {lock.way}, and is by {held.way}")
        if lock.start not in (None, held.start):
            yield Broken("locks", lock.exercise, f"was decided to begin in slot {lock.start}, and begins in {held.start}")
        for name in sorted(set(lock.with_) - units):
            yield Broken("locks", lock.exercise, f"was decided with {name}, who does not take part")
        for name in sorted(set(lock.without) & units):
            yield Broken("locks", lock.exercise, f"was decided without {name}, who takes part")


def _figures(c: Checked) -> Iterator[Broken]:
    """18: what it says that it costs is what it costs, and no bound lies above that."""
    if [*_known(c), *_once(c)]:
        return
    total = cost_of(c.problem, c.plan).total
    if c.plan.total not in (None, total):
        yield Broken("figures", "the plan", f"says that it costs {c.plan.total}; it costs {total}")
    if c.plan.bound is not None and c.plan.bound > total:
        yield Broken("figures", "the plan", f"says that no plan costs less than {c.plan.bound}; it costs {total}")


RULES: tuple[Rule, ...] = (
    _known,
    _once,
    _required,
    _starts,
    _horizon,
    _notice,
    _open,
    _number,
    _roles,
    _away,
    _tempo,
    _pools,
    _closed,
    _cover,
    _orders,
    _budgets,
    _locks,
    _figures,
)
