"""Budgets: a problem is sound or says why not, a plan is checked as the room does and told by outcome and year; solving is not for pages."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from comity.allocations import check_allocation, spent_by_year, worth_of
from comity.planning import read_allocation, read_allocation_plan
from comity.web.allocation_rows import worth_by_year
from tests.web.recording.conftest import Desk, desk, ledger, served

__all__ = ["desk", "ledger", "served"]
EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT, PLAN = ((EXAMPLES / f"allocation{name}.toml").read_text(encoding="utf-8") for name in ("", "-plan"))
GIVEN = read_allocation(TEXT, "budget.toml")
FOUND = read_allocation_plan(PLAN, "plan.toml", GIVEN.first)
PAGE = "/allocations"


def says(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(response.content.decode())).split())


def post(client: Client, status: int = 200, **given: Any) -> Any:
    response = client.post(PAGE, {name.replace("_", "-"): value for name, value in given.items()})
    assert response.status_code == status, says(response)[-600:]
    return response


def test_a_problem_alone_is_told_with_its_outcomes_initiatives_and_money(client: Client) -> None:
    page = says(post(client, budget_text=TEXT))
    assert "It contradicts itself nowhere" in page
    problem = GIVEN.problem
    for name in [*(one.id for one in problem.outcomes), *(one.id for one in problem.initiatives), *(one.id for one in problem.pots)]:
        assert name in page
    assert "Does the plan keep the rules?" not in page
    assert "comity allocate budget.toml --seconds 60 -o plan.toml -o plan.svg" in page


def test_a_plan_is_worth_what_the_room_says_by_outcome_and_year(client: Client) -> None:
    page, worth = says(post(client, budget_text=TEXT, plan_text=PLAN)), worth_of(GIVEN.problem, FOUND)
    assert "It keeps all 14 rules." in page
    assert f"worth {worth.value[0]}, costs {worth.cost} thousand euro" in page
    rows = client.get(f"{PAGE}?example=example&list=outcomes&format=json").json()["outcomes"]
    assert [row["2030"] for row in rows] == [one.points / 100 for one in worth.attained]
    for row in rows:
        assert f"{row['2030']:.1f} %" in page
        assert row["2027"] <= row["2030"]
    spent = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}?example=example&list=spent&format=csv").content.decode())))
    assert {row["initiative"]: int(row["2028"]) for row in spent} == {name: costs[1] for name, costs in spent_by_year(GIVEN.problem, FOUND).items()}
    assert worth_by_year(GIVEN.problem, FOUND)[-1][1] == worth, "at the end of the last year it is all of it"


def test_a_plan_with_flaws_tells_each_and_what_it_would_be_worth(client: Client) -> None:
    changed = PLAN.replace('pot = "budget", amount = 490', 'pot = "budget", amount = 9490')
    broken = check_allocation(GIVEN.problem, read_allocation_plan(changed, "plan.toml", GIVEN.first))
    page = says(post(client, budget_text=TEXT, plan_text=changed))
    assert all(one.says in page for one in broken)
    assert "what follows is what it would be worth" in page
    unknown = says(post(client, budget_text=TEXT, plan_text=PLAN.replace('initiative = "Brigade exercise"', 'initiative = "None"')))
    assert "the problem has no such initiative" in unknown
    assert "it cannot be said what it is worth" in unknown
    assert "was changed since the plan was made" in says(post(client, budget_text=f"{TEXT}# more\n", plan_text=PLAN))


@pytest.mark.parametrize("chart", ["attained", "spent"])
def test_its_drawings_can_be_taken_elsewhere(client: Client, chart: str) -> None:
    drawn = client.get(f"{PAGE}?example=example&chart={chart}&format=svg").content.decode()
    assert "<svg" in drawn
    assert "2030" in drawn
    told = client.get(f"{PAGE}?example=example&chart={chart}&format=metadata").json()
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}?example=example&chart={chart}&format=csv").content.decode())))
    assert told["columns"].keys() == rows[0].keys()


def test_the_api_says_the_same(client: Client) -> None:
    answer = client.post("/api/v1/allocations", {"text": TEXT, "plan": PLAN}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    given = answer.json()
    assert given["check"]["ok"]
    assert given["check"]["allocation"]["value"] == list(worth_of(GIVEN.problem, FOUND).value)
    assert given["years"] == [2027, 2028, 2029, 2030]
    assert client.post("/api/v1/allocations", {"text": TEXT}, content_type="application/json").json()["check"] is None
    assert client.post("/api/v1/allocations", {"text": "years = 1"}, content_type="application/json").status_code == 400


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("", "nothing was sent; choose the file of a budget, or paste it"),
        ("title = ", "budget.toml: not TOML"),
        (TEXT.replace("target = 32", 'target = "many"'), "budget.toml:"),
        (TEXT.replace("budget = [2600, 2700, 2800, 2800]", "budget = [2600]"), "has figures for 1 years; there are 4"),
        (TEXT.replace("years = 4", f"years = {10**9}"), "there are 1000000000"),
        (TEXT.replace("2600, 2700", f"{10**20}, 2700"), "a figure above 1,000,000,000,000,000; write it in a larger unit"),
        (
            "first = 2028\nyears = 60\nbudget = [" + "1, " * 60 + "]\n" + TEXT[TEXT.index("[[outcome]]") : TEXT.index("uses =")],
            "60 years; 40 are looked at here",
        ),
    ],
)
def test_a_problem_that_is_none_says_where_and_why(client: Client, given: str, line: str) -> None:
    page = says(post(client, 400, budget_text=given))
    assert line in page
    assert "Traceback" not in page


def test_what_is_asked_for_and_is_not_there_is_refused_in_one_line(client: Client) -> None:
    assert "is no example; choose one of example" in says(client.get(f"{PAGE}?example=none"))
    assert "is no list of this page" in says(post(client, 400, budget_text=TEXT, do="file", list="x"))
    assert "this page checks a file" in says(post(client, 400, budget_text=TEXT, do="solve"))
    assert post(client, budget_text=TEXT, do="file", list="initiatives", format="csv")["Content-Type"].startswith("text/csv")
    assert "not TOML" in says(post(client, 400, budget_text=TEXT, plan_text="x = "))


def test_a_form_of_another_site_is_refused(desk: Desk) -> None:
    desk.strict = True
    assert desk.post(PAGE, {"budget-text": TEXT}).status_code == 403
