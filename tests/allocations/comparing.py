"""What the slow reading says of drawn budgets and their plans, kept to be asked of the checker again and again."""

from __future__ import annotations

import functools
from typing import get_args

from comity.allocations import AllocationPlan, BudgetProblem, Size, check_allocation, worth_of
from oracles import allocations as oracle
from tests.allocations.made import made

SEEDS, AGAIN = 1_500, 60
SIZES: tuple[Size, ...] = get_args(Size)
Told = tuple[BudgetProblem, AllocationPlan, set[tuple[str, str]], tuple[oracle.Said, ...]]


@functools.cache
def told() -> tuple[Told, ...]:
    """Each drawn plan: the rules that it breaks, and what it comes to by low, expected and high figures where that can be said."""
    found = []
    for seed in range(SEEDS):
        problem, plan = made(seed)
        broken = oracle.broken(problem, plan)
        sure = not any(rule in ("known", "once") for rule, _ in broken)
        found.append((problem, plan, broken, tuple(oracle.worth(problem, plan, size) for size in SIZES) if sure else ()))
    return tuple(found)


def fast_worth(problem: BudgetProblem, plan: AllocationPlan, size: Size) -> oracle.Said:
    """What ships, in the shape of the slow reading."""
    worth = worth_of(problem, plan, size)
    attained = tuple((one.outcome, one.added, one.counted, one.points) for one in worth.attained)
    return attained, worth.value, worth.cost, tuple((one.of, one.outcome, one.evidence) for one in worth.unknown)


def checker_agrees() -> bool:
    """Does the checker name the same rules in the same places, is a plan worth the same, and are problems as they were drawn?"""
    return all(made(seed) == kept[:2] for seed, kept in enumerate(told()[:AGAIN])) and all(
        {(one.rule, one.where) for one in check_allocation(problem, plan)} == broken
        and all(fast_worth(problem, plan, size) == said for size, said in zip(SIZES, worth, strict=False))
        for problem, plan, broken, worth in told()
    )
