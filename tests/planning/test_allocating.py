"""Budgets are put over initiatives in a process of its own: progress is told, it can be ended, and no plan that breaks a rule gets out."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from comity.allocations import AllocationPlan, BudgetProblem, Chosen, check_allocation, scaled, worth_of
from comity.planning import (
    Allocated,
    AllocationProgress,
    PlanBroken,
    Supposed,
    allocate,
    allocate_supposed,
    allocation_impasse,
    allocation_svg,
    cuts_of,
    effect_ranges,
    frontier_of,
    more_of,
    read_allocation,
)
from comity.planning.allocating import NOTHING, better_allocation
from comity.terms import BadInput

EXAMPLE = Path(__file__).parents[2] / "examples" / "allocation.toml"
WHOLE = read_allocation(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name).problem
SOME = frozenset(("Host nation support", "Border crossing agreement", "Company exchanges", "Cyber range days", "Regional maritime patrol"))
PROBLEM = replace(
    WHOLE,
    pots=tuple(replace(pot, amounts=tuple(amount // 2 for amount in pot.amounts)) for pot in WHOLE.pots),
    initiatives=tuple(one for one in WHOLE.initiatives if one.id in SOME),
    needs=(), exclusions=(), synergies=(), balances=(),
)  # fmt: skip
"""A part of the example."""


@dataclass(frozen=True)
class Said:
    """What a solver says, in the shape of its answers."""

    plan: AllocationPlan | None = None
    bounds: tuple[int, ...] = ()
    none: bool = False
    best: bool = False
    cheapest: bool = False


@pytest.fixture(scope="module")
def found() -> tuple[Allocated, list[AllocationProgress]]:
    """The best plan, and all that was told until it was found."""
    told: list[AllocationProgress] = []

    def tell(progress: AllocationProgress) -> bool:
        told.append(progress)
        return True

    return allocate(PROBLEM, 60, time.monotonic, tell), told


@pytest.fixture(scope="module")
def begin(found: tuple[Allocated, list[AllocationProgress]]) -> AllocationPlan:
    assert found[0].plan is not None
    return found[0].plan


def test_the_best_plan_is_found_proved_and_told(found: tuple[Allocated, list[AllocationProgress]]) -> None:
    best, told = found
    assert best.plan is not None
    assert (best.best, best.cheapest, best.none) == (True, True, False)
    assert check_allocation(PROBLEM, best.plan) == ()
    assert best.plan.value == best.bounds == worth_of(PROBLEM, best.plan).value
    values = [one.value for one in told if one.value is not None]
    assert values == sorted(values)
    assert told[-1].gap == 0


def test_ended_from_outside_it_gives_what_there_is() -> None:
    began = time.monotonic()
    found = allocate(WHOLE, 300, time.monotonic, lambda progress: progress.value is None)
    assert found.plan is not None
    assert check_allocation(WHOLE, found.plan) == ()
    assert time.monotonic() - began < 60


def test_what_is_supposed_is_solved_again_one_after_another(begin: AllocationPlan) -> None:
    some = (*frontier_of(PROBLEM, (0, 50, 100)), *cuts_of(PROBLEM, begin), *more_of(PROBLEM, 100))
    found = allocate_supposed(some, 60, time.monotonic, begin)
    assert list(found) == [one.name for one in some]
    assert found["0 %"].none
    values = [one.plan.value for name in ("50 %", "100 %") if (one := found[name]).plan is not None and one.plan.value is not None]
    assert values == sorted(values)
    assert values[-1] == begin.value
    for name in (one.initiative for one in begin.chosen):
        cut = found[name].plan
        assert cut is not None
        assert name not in {one.initiative for one in cut.chosen}
        assert (cut.value or ()) <= (begin.value or ())
    for name in ("budget", "training fund"):
        richer = found[name].plan
        assert richer is not None
        assert (richer.value or ()) >= (begin.value or ())


def test_ranges_are_told_as_they_are_found(begin: AllocationPlan) -> None:
    told: list[AllocationProgress] = []

    def tell(progress: AllocationProgress) -> bool:
        told.append(progress)
        return True

    found = effect_ranges(PROBLEM, begin, 60, time.monotonic, tell)
    assert len(found) == told[-1].of == told[-1].done > 3
    assert all(one.lowest is not None and one.lowest <= one.expected for one in found)
    assert any(one.holds for one in found)


def test_that_there_is_no_plan_is_proved_and_why() -> None:
    poor = scaled(PROBLEM, 4)
    assert allocate(poor, 60, time.monotonic).none
    why = allocation_impasse(poor, 60, time.monotonic)
    assert why is not None
    assert {demand.kind for demand in why.demands} >= {"money"}


def test_a_plan_that_breaks_a_rule_is_an_error_and_never_a_plan() -> None:
    unpaid = AllocationPlan(chosen=(Chosen("Host nation support", "basic", 0),))
    with pytest.raises(PlanBroken, match=r"the solver's plan breaks a rule \(paid"):
        better_allocation(PROBLEM, NOTHING, Said(unpaid))


def test_a_worse_plan_or_a_higher_bound_changes_nothing() -> None:
    free = replace(PROBLEM, initiatives=tuple(replace(one, must=None) for one in PROBLEM.initiatives), balances=())
    best = better_allocation(free, NOTHING, Said(AllocationPlan(chosen=()), (9,)))
    assert best.plan is not None
    assert best.plan.value == (0,)
    assert better_allocation(free, best, Said(None, (10,), none=True)) == best
    assert better_allocation(free, best, Said(None, (8,))).bounds == (8,)


def test_how_far_it_may_be_is_known_only_with_a_bound() -> None:
    assert AllocationProgress(1.0).gap is None
    assert AllocationProgress(1.0, (5,)).gap is None
    assert AllocationProgress(1.0, (5, 3), (5,)).gap is None
    assert AllocationProgress(1.0, (5, 3), (5, 6)).gap == 0.5
    assert AllocationProgress(1.0, (5, 3), (5, 3)).gap == 0


def test_a_picture_is_drawn_of_a_plan_and_its_frontier() -> None:
    plan = AllocationPlan(chosen=(Chosen("Cyber range days", "basic", 1),))
    attained = worth_of(PROBLEM, plan).attained
    svg = allocation_svg(PROBLEM, plan, 2027, "A title", [(0, attained), (100, attained)])
    assert svg.startswith("<svg")
    for words in ("A title", "all, weighed", "Cyber range days, basic", "2028", "130"):
        assert words in svg


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("money", replace(PROBLEM, pots=(replace(PROBLEM.pots[0], amounts=(10**30, *PROBLEM.pots[0].amounts[1:])), *PROBLEM.pots[1:]))),
        ("resources", replace(PROBLEM, resources=(replace(PROBLEM.resources[0], amounts=(10**20,) * PROBLEM.years),))),
        ("outcomes and effects", replace(PROBLEM, outcomes=(replace(PROBLEM.outcomes[0], target=10**15), *PROBLEM.outcomes[1:]))),
        ("weights", replace(PROBLEM, outcomes=(replace(PROBLEM.outcomes[0], weight=10**16), *PROBLEM.outcomes[1:]))),
    ],
)
def test_figures_that_no_solver_can_add_up_are_told_and_never_taken_for_want_of_a_plan(what: str, changed: BudgetProblem) -> None:
    says = f"^the figures of {what} are larger than a solver can add up; write them in a larger unit$"
    with pytest.raises(BadInput, match=says):
        allocate(changed, 60, time.monotonic)
    with pytest.raises(BadInput, match=says):
        allocate_supposed([Supposed("more", changed)], 60, time.monotonic)
