"""The plain checker of budgets and the slow reading: the same rules in the same places, the same worth; each rule is found broken, and kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from comity.allocations import (
    ALLOCATION_RULES,
    AllocationPlan,
    InitiativeLevel,
    Payment,
    Return,
    TargetOutcome,
    by_size,
    check_allocation,
    left_out,
    points_of,
    scaled,
    with_more,
    worth_of,
)
from tests.allocations.comparing import checker_agrees, told
from tests.allocations.made import made

LEAST = 60
"""So often each rule is broken at least."""


def test_the_checker_says_what_the_slow_reading_says() -> None:
    assert checker_agrees()


def test_every_rule_is_broken_often_and_many_plans_keep_them_all() -> None:
    broken = Counter(rule for _, _, found, _ in told() for rule in {rule for rule, _ in found})
    assert len(broken) == len(ALLOCATION_RULES)
    assert min(broken.values()) >= LEAST
    assert sum(not found for _, _, found, _ in told()) >= LEAST


def test_an_unknown_effect_counts_nothing_and_is_told() -> None:
    seen = 0
    for problem, plan, _, worth in told():
        for of, outcome, _ in worth[1][3] if worth else ():
            seen += 1
            assert (of, outcome) in {(one.of, one.outcome) for one in worth_of(problem, plan).unknown}
    assert seen > LEAST


def test_returns_diminish_step_by_step_and_a_target_is_the_most() -> None:
    outcome = TargetOutcome(id="o", unit="u", target=10, returns=(Return(upto=4, counts=100), Return(upto=8, counts=50)))
    assert [points_of(outcome, added) for added in (-3, 0, 4, 6, 8, 99)] == [
        (0, 0), (0, 0), (400, 4_000), (500, 5_000), (600, 6_000), (600, 6_000),
    ]  # fmt: skip
    assert points_of(replace(outcome, returns=()), 99) == (9_900, 10_000)
    assert points_of(replace(outcome, target=3, returns=()), 1) == (100, 3_333)


def test_the_last_figure_of_a_cost_goes_on_as_long_as_the_level_lasts() -> None:
    level = InitiativeLevel(name="l", costs=(5, 2), uses=(("staff", (3,)),))
    assert [level.cost_in(year) for year in range(-1, 4)] == [0, 5, 2, 2, 2]
    assert [replace(level, years=3).cost_in(year) for year in range(5)] == [5, 2, 2, 0, 0]
    assert [level.use_in("staff", year) for year in (-1, 0, 5)] == [0, 3, 3]
    assert level.use_in("days", 0) == 0


def test_what_is_supposed_changes_nothing_else() -> None:
    problem, _ = made(7)
    assert scaled(problem, 100) == problem
    assert sum(scaled(problem, 50).pots[0].amounts) <= sum(problem.pots[0].amounts) / 2
    more = with_more(problem, problem.pots[0].id, 2 * problem.years + 1)
    assert [b - a for a, b in zip(problem.pots[0].amounts, more.pots[0].amounts, strict=True)] == [3, *[2] * (problem.years - 1)]
    cut = left_out(problem, problem.initiatives[0].id)
    assert (cut.initiatives[0].out, cut.initiatives[0].must, cut.initiatives[1:]) == (True, None, problem.initiatives[1:])
    assert by_size(problem, "expected") == problem


def test_a_plan_says_what_it_breaks_in_words() -> None:
    problem, plan = next((p, q) for p, q, broken, _ in told() if not broken and q.chosen and q.paid)
    one = plan.paid[0]
    more = AllocationPlan(chosen=plan.chosen, paid=(*plan.paid, Payment(one.initiative, one.pot, one.year, 1)))
    said = [str(broken) for broken in check_allocation(problem, more)]
    assert any(line.startswith(f"{one.initiative}: costs ") and line.endswith(" is paid") for line in said)
