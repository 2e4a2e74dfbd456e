"""Budgets and plans as files: what is written is read again the same; what is wrong is one line with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.allocations import AllocationPlan, unsound_budget
from comity.planning import BudgetGiven, allocation_of, allocation_plan_text, allocation_text, read_allocation, read_allocation_plan
from comity.terms import BadInput
from tests.allocations.made import made

EXAMPLE = Path(__file__).parents[2] / "examples" / "allocation.toml"
SMALL = """first = 2027
years = 2
budget = [100, 100]
[[outcome]]
id = "aim"
unit = "units"
target = 10
[[outcome]]
id = "other"
unit = "days"
target = 5
[[initiative]]
id = "A"
kind = "exercise"
partners = ["EST"]
[[initiative.level]]
name = "basic"
cost = [40]
[[initiative.level.effect]]
outcome = "aim"
expected = 3
source = "judgement"
[[initiative]]
id = "B"
kind = "training"
[[initiative.level]]
name = "basic"
cost = [50]
"""


def test_the_example_is_read_and_written_the_same() -> None:
    given = read_allocation(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name)
    assert len(given.problem.initiatives) == 18
    assert read_allocation(allocation_text(given), "again").problem == given.problem


def test_drawn_problems_and_plans_come_back_from_their_files_the_same() -> None:
    tried = 0
    for seed in range(400):
        problem, plan = made(seed)
        if unsound_budget(problem):
            continue
        tried += 1
        given = read_allocation(allocation_text(BudgetGiven("drawn", 2030, problem)), "drawn.toml")
        assert given == BudgetGiven("drawn", 2030, problem)
        if {one.initiative for one in plan.paid} <= {one.initiative for one in plan.chosen} and len({c.initiative for c in plan.chosen}) == len(
            plan.chosen
        ):
            text = allocation_plan_text(plan, given, "drawn.toml", "0f")
            again = read_allocation_plan(text, "plan.toml", 2030)
            assert _in_order(again) == _in_order(plan)
            assert allocation_of(text, "plan.toml") == ("drawn.toml", "0f")
    assert tried > 100


def _in_order(plan: AllocationPlan) -> tuple[object, ...]:
    return sorted(map(repr, plan.chosen)), sorted(map(repr, plan.paid)), plan.value, plan.cost, plan.bounds


WRONG = [
    ('outcome = "aim"', 'outcome = "aims"', "x.toml:19: an effect of 'A', level 'basic' names the outcome 'aims', which is not given"),
    ("cost = [40]", "cost = [-40]", "x.toml:18: initiative 'A', level 'basic': a cost is -40; it cannot be less than 0"),
    ('unit = "units"\n', "", "x.toml:4: outcome 'aim' has a target of 10 and no unit; say of what: unit = ..."),
    ('source = "judgement"\n', "", "x.toml:19: an effect of 'A', level 'basic' on 'aim' has no source; say where it comes from"),
    ('source = "judgement"', 'source = "rumour"', "has the source 'rumour'; choose one of judgement, estimate, indicator"),
    ("budget = [100, 100]", "budget = [100]", "x.toml:3: pot 'budget' has figures for 1 years; there are 2"),
    ("budget = [100, 100]", "budget = [100, 100]\ncarry = 101", "x.toml:4: pot 'budget' carries 101 % of what is left; 100 is all"),
    ("years = 2", "years = 0", "x.toml:2: years is 0; give 1 or more"),
    ("target = 10", "target = 0", "x.toml:7: outcome 'aim' has a target of 0; give 1 or more"),
    ("target = 10", "target = 10\nrank = 2", "x.toml:8: outcome 'aim' has the rank 2, and ranks count for nothing"),
    ("expected = 3", 'expected = "many"', "x.toml:21: expected is 'many'; write a whole number, or \"unknown\""),
    ("expected = 3", 'expected = "unknown"\nlow = 1', "is unknown and has a low or high figure"),
    ("expected = 3", "expected = 3\nlow = 4", "low 4, expected 3, high 3 are not in order; put the least first"),
    ('kind = "exercise"', 'kind = "exercise"\nearliest = 2026', "x.toml:12: initiative 'A': its first year may be one outside the 2 years"),
    ('kind = "exercise"', 'kind = "exercise"\nmust = "full"', "x.toml:15: initiative 'A' must be funded at the level 'full', which it does"),
    ('id = "B"', 'id = "A"', "x.toml:12: initiative 'A' stands 2 times; give each a name of its own"),
    (
        "target = 10", "target = 10\nreturns = [{ upto = 4, counts = 50 }, { counts = 60 }]",
        "x.toml:8: outcome 'aim': step 2 of its returns counts 60 %, after 50 %",
    ),
    (
        "target = 10", "target = 10\nreturns = [{ upto = 4, counts = 50 }, { upto = 4, counts = 6 }]",
        "step 2 of its returns ends at 4, where it has not begun",
    ),
    (
        "cost = [50]\n", 'cost = [50]\n[[need]]\ninitiative = "A"\nother = "C"\n',
        "x.toml:29: a need names the initiative 'C', which is not given; there are: A, B",
    ),
    (
        "cost = [50]\n", 'cost = [50]\n[[balance]]\nby = "partner"\nname = "LVA"\nleast = 1\n',
        "x.toml:29: a balance names the partner 'LVA', which is not given",
    ),
    (
        "cost = [50]\n", 'cost = [50]\n[[pot]]\nid = "p"\namounts = [1, 1]\nkinds = ["posts"]\n',
        "x.toml:32: pot 'p' names the kind 'posts', which is not given",
    ),
    ("target = 10", "target = 10\nweigth = 2", "has a stray key 'weigth'; did you mean 'weight'?"),
    ("first = 2027", "first = ", "x.toml: not TOML: "),
]  # fmt: skip


@pytest.mark.parametrize(("there", "instead", "says"), WRONG)
def test_what_is_wrong_is_one_line_with_its_place(there: str, instead: str, says: str) -> None:
    with pytest.raises(BadInput) as wrong:
        read_allocation(SMALL.replace(there, instead, 1), "x.toml")
    assert any(says in line for line in str(wrong.value).splitlines()), str(wrong.value)


def test_needs_that_go_round_in_a_circle_are_told_once() -> None:
    circle = '[[need]]\ninitiative = "A"\nother = "B"\n[[need]]\ninitiative = "B"\nother = "A"\n'
    with pytest.raises(BadInput, match=r"^x.toml:29: what is needed goes round in a circle: A needs B needs A; take one of these away$"):
        read_allocation(SMALL + circle, "x.toml")


def test_weights_that_are_all_zero_decide_nothing() -> None:
    text = SMALL.replace("target = 10", "target = 10\nweight = 0").replace("target = 5", "target = 5\nweight = 0")
    with pytest.raises(BadInput, match=r"^x.toml:8: the weights of all outcomes are 0"):
        read_allocation(text, "x.toml")


def test_an_empty_file_says_what_to_write() -> None:
    with pytest.raises(BadInput) as wrong:
        read_allocation("first = 2027\nyears = 1\n", "x.toml")
    assert [line.partition(";")[2].strip()[:4] for line in str(wrong.value).splitlines()] == ["give", "add ", "add "]
