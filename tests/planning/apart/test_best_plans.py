"""On problems so small that every plan can be tried: the best plan that solvers find is the best there is, and no bound lies above it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from comity.planning.bounding import bounds
from comity.planning.improving import begun, improve
from comity.planning.linear import bound as linear_bound
from comity.planning.options import Options
from comity.planning.whole import solve as solve_whole
from comity.programmes import Exercise, HeldExercise, Plan, Problem, check_plan, cost_of
from oracles import programmes as oracle
from tests.exercises.made import made

SEEDS = range(60)


def small_problem(seed: int) -> Problem:
    """A made problem cut down to three exercises and four units, and what nothing else then names."""
    problem, _ = made(seed)
    exercises = {one.id for one in problem.exercises[:3]}
    units = problem.units[:4]
    names, nations = {unit.id for unit in units}, {unit.nation for unit in units}
    return replace(
        problem,
        units=units,
        exercises=tuple(_cut(one, names) for one in problem.exercises[:3]),
        orders=tuple(order for order in problem.orders if {order.first, order.then} <= exercises),
        locks=tuple(lock for lock in problem.locks if lock.exercise in exercises and {*lock.with_, *lock.without} <= names),
        targets=tuple(target for target in problem.targets if set(target.nations) <= nations),
        before=None
        if problem.before is None
        else tuple(held for held in problem.before if held.exercise in exercises and {u for u, _ in held.units} <= names),
    )


def _cut(one: Exercise, names: set[str]) -> Exercise:
    """The exercise with few ways, and no more roles than can be told apart quickly."""
    open_to = tuple((unit, cost) for unit, cost in one.open_to if unit in names)
    ways = tuple(replace(way, starts=way.starts[:2]) for way in one.ways[:2])
    return replace(one, open_to=open_to, ways=ways, least=min(one.least, 1), roles=one.roles[:1] if one.roles and one.roles[0][1] == 1 else ())


def _plans(problem: Problem) -> Iterator[Plan]:
    for held in itertools.product(*([None, *_ways(one)] for one in problem.exercises)):
        yield Plan(held=tuple(one for one in held if one is not None))


def _ways(one: Exercise) -> Iterator[HeldExercise]:
    roles = ["", *(role for role, _ in one.roles)]
    for way in one.ways:
        for start in way.starts:
            for parts in itertools.product(*([None, *roles] for _ in one.open_to)):
                units = tuple((unit, part) for (unit, _), part in zip(one.open_to, parts, strict=True) if part is not None)
                if len(units) <= one.most:
                    yield HeldExercise(one.id, way.id, start, units)


def best_of(problem: Problem) -> int | None:
    """What the best plan costs, by trying every one; None: there is none."""
    alone = replace(problem, exercises=())
    sound = [[None, *(held for held in _ways(one) if not _breaks_alone(replace(alone, exercises=(one,)), held))] for one in problem.exercises]
    totals = [
        oracle.total(problem, plan)
        for some in itertools.product(*sound)
        if not oracle.broken(problem, plan := Plan(held=tuple(one for one in some if one is not None)))
    ]
    return min(totals, default=None)


def _breaks_alone(problem: Problem, held: HeldExercise) -> bool:
    lonely = replace(problem, orders=(), locks=(), targets=(), before=None, budgets=())
    return bool(oracle.broken(lonely, Plan(held=(held,))))


@pytest.fixture(scope="module")
def small() -> list[tuple[Problem, int | None]]:
    return [(problem, best_of(problem)) for problem in map(small_problem, SEEDS)]


def test_the_solver_of_constraints_finds_the_best_plan_or_that_there_is_none(small: list[tuple[Problem, int | None]]) -> None:
    for problem, best in small:
        found = solve_whole(Options(problem), 20, 1)
        assert found.none == (best is None)
        if found.plan is not None:
            assert check_plan(problem, found.plan) == ()
            assert cost_of(problem, found.plan).total == found.bound == best
    assert sum(best is None for _, best in small) >= 3


def test_no_bound_lies_above_the_best_plan(small: list[tuple[Problem, int | None]]) -> None:
    for problem, best in small:
        if best is not None:
            assert max(bounds(Options(problem))) <= best + 1e-6
            proved, _ = linear_bound(Options(problem), 10)
            assert proved is None or proved <= best


def test_without_what_they_leave_out_the_bounds_are_what_the_best_plan_costs(small: list[tuple[Problem, int | None]]) -> None:
    near = 0
    for problem, _ in small:
        plain = replace(problem, exercises=tuple(replace(one, roles=()) for one in problem.exercises), finish=0)
        best = best_of(plain)
        if best is not None:
            proved, placed = linear_bound(Options(plain), 10)
            assert proved == best
            assert placed is not None
            near += max(bounds(Options(replace(plain, locks=())))) <= best
    assert near >= len(small) // 2


def test_an_improved_plan_keeps_every_rule_and_costs_what_its_draft_says(small: list[tuple[Problem, int | None]]) -> None:
    good = 0
    for seed, (problem, best) in enumerate(small):
        plain = replace(problem, exercises=tuple(replace(one, roles=()) for one in problem.exercises), finish=0)
        draft = begun(Options(plain), Random(seed))
        list(improve(draft, Random(seed), iter([1.0, 0.5, 0.2, 0.0] * 10)))
        broken = check_plan(plain, draft.plan())
        assert {one.rule for one in broken} <= {"required", "locks"}
        assert bool(broken) == (draft.lacking() > 0)
        assert draft.total() == cost_of(plain, draft.plan()).total
        good += best is not None and draft.lacking() == 0
    assert good >= len(small) // 2
