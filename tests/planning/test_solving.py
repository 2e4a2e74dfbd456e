"""Plans are looked for in processes of their own: progress is told, it can be ended, and no plan that breaks a rule gets out."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bench.instances import generated
from comity.planning import PlanBroken, Progress, Solved, solve
from comity.planning.solving import _better
from comity.programmes import HeldExercise, Plan, Problem, check_plan, cost_of

PROBLEM = generated(6, 8, 3)
NOTHING = Solved(None, None, False, 0.0)


def _watched(problem: Problem, seconds: float, until: int | None = None) -> tuple[Solved, list[Progress]]:
    """What came of it, and all that was told; ended from outside after so many tellings of a plan."""
    told: list[Progress] = []

    def tell(progress: Progress) -> bool:
        told.append(progress)
        return until is None or sum(one.total is not None for one in told) < until

    return solve(problem, seconds, time.monotonic, tell), told


def test_plans_get_better_bounds_get_higher_and_they_meet() -> None:
    found, told = _watched(PROBLEM, 30)
    assert found.plan is not None
    assert check_plan(PROBLEM, found.plan) == ()
    assert found.plan.total == found.plan.bound == cost_of(PROBLEM, found.plan).total
    totals, bounds = ([value for one in told if (value := getattr(one, name)) is not None] for name in ("total", "bound"))
    assert totals == sorted(totals, reverse=True)
    assert bounds == sorted(bounds)
    assert max(bounds) <= min(totals)
    assert told[-1].gap == 0


def test_ended_sooner_it_gives_what_there_is_by_then() -> None:
    began = time.monotonic()
    found, _ = _watched(generated(20, 40, 5), 120, until=1)
    assert found.plan is not None
    assert time.monotonic() - began < 60
    assert found.plan.bound is None or found.plan.bound <= (found.plan.total or 0)


def test_a_problem_with_roles_or_an_early_end_is_planned_as_a_whole() -> None:
    early = replace(PROBLEM, finish=1, exercises=tuple(replace(one, required=True) for one in PROBLEM.exercises[:3]), targets=())
    found, _ = _watched(early, 30)
    assert found.plan is not None
    assert found.plan.total == found.plan.bound


def test_that_there_is_no_plan_is_told_as_proved() -> None:
    never = replace(PROBLEM, exercises=tuple(replace(one, required=True, least=6, most=6) for one in PROBLEM.exercises))
    found, _ = _watched(never, 30)
    assert (found.plan, found.none) == (None, True)


def test_a_plan_that_breaks_a_rule_is_an_error_and_never_a_plan() -> None:
    exercise = PROBLEM.exercises[0]
    late = HeldExercise(exercise.id, exercise.ways[0].id, PROBLEM.slots)
    with pytest.raises(PlanBroken, match=r"the solver's plan breaks a rule \(starts"):
        _better(PROBLEM, NOTHING, (Plan(held=(late,)), None, False))


def test_a_worse_plan_or_a_lower_bound_changes_nothing() -> None:
    best = _better(PROBLEM, NOTHING, (Plan(held=()), 5, False))
    assert best.plan is not None
    assert _better(PROBLEM, best, (Plan(held=()), 3, True)) == best
