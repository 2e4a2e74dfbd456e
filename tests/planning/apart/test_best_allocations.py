"""The best plan of a small budget is the best of all plans, every one tried; why there is none is told without a demand too many."""

from __future__ import annotations

from dataclasses import replace
from math import prod

import pytest

from comity.allocations import (
    AllocationPlan,
    Balance,
    BudgetProblem,
    Initiative,
    InitiativeLevel,
    MoneyPot,
    OutcomeEffect,
    TargetOutcome,
    check_allocation,
    unsound_budget,
    with_effect,
    worth_of,
)
from comity.planning.allocation_impasses import budget_demands, conflicting_in_budget
from comity.planning.allocation_linear import linear_allocation
from comity.planning.allocation_ranges import asked_of, range_of
from comity.planning.allocation_searching import best_allocation, is_allocation_possible
from oracles import allocations as oracle
from tests.allocations.made import made

MOST_PLANS, PROBLEMS = 250, 36


def _small() -> list[BudgetProblem]:
    """Drawn problems of which every plan can be tried."""
    found = []
    for seed in range(3_000):
        problem, _ = made(seed)
        plans = prod(1 + len(one.levels) * problem.years for one in problem.initiatives)
        if len(problem.initiatives) > 1 and plans <= MOST_PLANS and not unsound_budget(problem):
            found.append(problem)
        if len(found) == PROBLEMS:
            break
    return found


SMALL = _small()


def _left() -> float:
    return 30.0


def test_the_best_plan_is_the_best_of_all_plans() -> None:
    impossible = 0
    for number, problem in enumerate(SMALL):
        best, found = oracle.best(problem), best_allocation(problem, _left, 1)
        if best is None:
            impossible += 1
            assert found.none, number
            continue
        assert found.plan is not None, number
        assert check_allocation(problem, found.plan) == (), number
        worth = worth_of(problem, found.plan)
        assert (worth.value, worth.cost) == best, number
        assert found.bounds == worth.value
        assert found.cheapest
    assert 3 <= impossible <= PROBLEMS // 2


def test_the_linear_problem_bounds_the_best_and_its_plans_keep_the_rules() -> None:
    for number, problem in enumerate(SMALL):
        best, found = oracle.best(problem), linear_allocation(problem, _left)
        if best is None:
            assert found.plan is None, number
            continue
        assert found.bounds[0] >= best[0][0], number
        assert found.plan is not None, number
        assert check_allocation(problem, found.plan) == (), number
        assert worth_of(problem, found.plan).value <= best[0], number


def test_the_same_problem_gives_the_same_plan() -> None:
    for problem in SMALL[:15]:
        assert best_allocation(problem, _left, 1).plan == best_allocation(problem, _left, 4, AllocationPlan(chosen=())).plan


def test_a_range_of_an_effect_ends_where_another_plan_is_better() -> None:
    ends = 0
    for problem in SMALL[:10]:
        found = best_allocation(problem, _left, 1)
        if found.plan is None:
            continue
        for asked in asked_of(problem, found.plan):
            told = range_of(problem, found.plan, asked, _left)
            assert told.lowest is not None
            assert told.highest is not None
            for figure, holds in ((told.lowest, True), (told.highest, True), (told.lowest - 1, False), (told.highest + 1, False)):
                if not told.low <= figure <= told.high:
                    continue
                other = with_effect(problem, asked.effect, asked.of[0], asked.level, figure)
                value, cost = oracle.worth(other, found.plan)[1:3]
                assert (oracle.best(other) == (value, cost)) is holds, (asked, figure)
                ends += not holds
    assert ends


def test_lowering_an_effect_that_the_plan_does_not_have_unseats_nothing() -> None:
    for problem in SMALL[:10]:
        found = best_allocation(problem, _left, 1)
        for asked in asked_of(problem, found.plan) if found.plan is not None else ():
            if not asked.had and asked.effect.low is not None:
                other = with_effect(problem, asked.effect, asked.of[0], asked.level, asked.effect.low)
                assert oracle.best(other) == oracle.worth(other, found.plan or AllocationPlan(chosen=()))[1:3]


def _promises() -> BudgetProblem:
    """Two promises of 60 and 50, of which 100 can be paid; and a third that nothing hinders."""
    effects = (OutcomeEffect(outcome="aim", low=1, expected=2, high=3, source="judgement"),)
    some = (("first", 60), ("second", 50), ("third", 0))
    return BudgetProblem(
        years=1,
        pots=(MoneyPot(id="budget", amounts=(100,)),),
        initiatives=tuple(
            Initiative(id=n, kind="k", levels=(InitiativeLevel(name="all", costs=(c,), effects=effects),), earliest=0, latest=0, must="all")
            for n, c in some
        ),
        outcomes=(TargetOutcome(id="aim", unit="u", target=6),),
    )


def test_why_there_is_no_plan_is_told_without_a_demand_too_many() -> None:
    why = conflicting_in_budget(_promises(), _left)
    assert why is not None
    assert why.sure
    assert [demand.says for demand in why.demands] == [
        "first must be funded at 'all' or above",
        "second must be funded at 'all' or above",
        "there is 100 a year in budget",
    ]
    assert "there is 100 a year in budget: with 10 more in each year there is a plan" in [str(relief) for relief in why.reliefs]
    assert conflicting_in_budget(replace(_promises(), pots=(MoneyPot(id="budget", amounts=(110,)),)), _left) is None


def test_a_share_that_cannot_be_had_is_told_with_how_much_less_would_do() -> None:
    problem = replace(_promises(), pots=(MoneyPot(id="budget", amounts=(110,)),), balances=(Balance(by="kind", name="k", least=115),))
    why = conflicting_in_budget(problem, _left)
    assert why is not None
    assert "115 or more is spent on kind k: with 5 less there is a plan" in [str(relief) for relief in why.reliefs]


@pytest.mark.parametrize("number", range(0, 36, 5))
def test_dropping_demands_never_takes_a_plan_away(number: int) -> None:
    problem = SMALL[number]
    possible = is_allocation_possible(problem, 10)
    for demand in budget_demands(problem):
        assert is_allocation_possible(demand.without(problem), 10) or not possible, demand.says
