"""The plain checker: 1,000 plans that keep every rule pass, and every rule, broken in many ways, is found and named."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from comity.programmes import Plan, check_plan, cost_of
from comity.terms import Broken
from oracles import programmes as oracle
from tests.exercises.made import BREAKS, made

VALID = 1_000
WAYS = 24
"""In how many ways each rule is broken."""


def _named(found: tuple[Broken, ...]) -> set[tuple[str, str]]:
    return {(one.rule, one.where) for one in found}


def test_plans_that_keep_every_rule_pass() -> None:
    for seed in range(VALID):
        problem, plan = made(seed)
        assert check_plan(problem, plan) == (), seed


@pytest.mark.parametrize("rule", BREAKS)
def test_a_broken_rule_is_found_and_named(rule: str) -> None:
    found = 0
    for seed in range(2_000):
        problem, plan = made(seed)
        case = BREAKS[rule](Random(seed), problem, plan) if plan.held else None
        if case is not None:
            found += 1
            assert rule in {one.rule for one in check_plan(*case)}, seed
            assert _named(check_plan(*case)) == oracle.broken(*case), seed
        if found == 10 * WAYS:
            break
    assert found >= WAYS


def test_figures_that_are_not_so_are_found() -> None:
    for seed in range(10 * WAYS):
        problem, plan = made(seed)
        total = cost_of(problem, plan).total
        wrong = Random(seed).choice(
            (Plan(held=plan.held, total=total + 1), Plan(held=plan.held, total=total - 1), Plan(held=plan.held, bound=total + 1))
        )
        assert _named(check_plan(problem, wrong)) == {("figures", "the plan")} == oracle.broken(problem, wrong)
        assert check_plan(problem, Plan(held=plan.held, total=total, bound=total)) == ()


def test_what_a_plan_costs_is_what_the_text_says() -> None:
    for seed in range(VALID):
        problem, plan = made(seed)
        assert cost_of(problem, plan).total == oracle.total(problem, plan), seed


def test_several_rules_broken_at_once_are_all_found() -> None:
    for seed in range(VALID):
        rng = Random(seed)
        case = made(seed)
        for rule in sorted(rng.sample([*BREAKS], 4), key=lambda rule: rule == "known"):  # the others look up what it takes away
            if case[1].held:
                case = BREAKS[rule](rng, *case) or case
        if rng.random() < 0.3:
            case = (case[0], replace(case[1], total=rng.randint(0, 400)))
        assert _named(check_plan(*case)) == oracle.broken(*case), seed
