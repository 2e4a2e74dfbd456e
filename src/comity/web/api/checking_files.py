"""Files that are sent to be looked at: a strategy, with an older version of it; a budget problem, with a plan for it. Nothing of them is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Body, Query, Router
from pydantic import BaseModel, ConfigDict, Field

from comity.terms import BadInput
from comity.web import allocations, strategies
from comity.web.allocation_rows import looked_to_plain
from comity.web.api.describing import AllocationCheck, Flaw, StrategyAlone, StrategyDifference, StrategyProposed, StrategyReview
from comity.web.api.parameters import Axes, begin
from comity.web.api.shapes import Derived, told
from comity.web.bringing import LARGEST, Brought, checked

router = Router(by_alias=True, tags=["Files"])
Plain = dict[str, Any]


STRATEGY = (
    'title = "Cooperation 2028"\nid = "mine"\nversion = 1\nfrom = 2028-01-01\nuntil = 2031-12-31\nowner = "mod"\n'
    '[[stakeholder]]\nid = "mod"\ntitle = "Ministry of Defence"\nkind = "ministry"\nparty = "EST"\nrole = "owner"\n'
)
BUDGET = (
    'first = 2028\nyears = 2\nbudget = [100, 100]\n[[outcome]]\nid = "trained"\nunit = "officers"\ntarget = 10\n'
    '[[initiative]]\nid = "Course"\nkind = "training"\n[[initiative.level]]\nname = "basic"\ncost = [40]\n'
    '[[initiative.level.effect]]\noutcome = "trained"\nexpected = 3\nsource = "judgement"\n'
)
PLAN = (
    '[[funded]]\ninitiative = "Course"\nlevel = "basic"\nstart = 2028\n'
    'paid = [{ year = 2028, pot = "budget", amount = 40 }, { year = 2029, pot = "budget", amount = 40 }]\n'
)
"""Examples: the least that can be sent."""


class StrategySent(BaseModel):
    """A strategy's file, and an older version of it."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"example": {"text": STRATEGY}})

    text: str = Field(max_length=LARGEST, description="The file, as docs/reference/strategy-format.md says.")
    older: str = Field(default="", max_length=LARGEST, description="An older version of the same strategy; blank: nothing is compared.")


class StrategyChecked(Derived):
    """What a strategy comes to on the day."""

    strategy: StrategyAlone = told("The strategy, with how far each indicator is.")
    flaws: list[Flaw] = told("The rules that it breaks; empty: none.")
    remarks: list[Flaw] = told("What may be remarked, and is no flaw.")
    reviews: list[StrategyReview] = told("Its reviews, in the order of the file.")
    proposed: list[StrategyProposed] = told("What a review on the day might find.")
    difference: StrategyDifference | None = told("What changed since the older version, and which decision each change answers; null: none was sent.")


class BudgetSent(BaseModel):
    """A budget problem's file, and a plan for it."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"example": {"text": BUDGET, "plan": PLAN}})

    text: str = Field(max_length=LARGEST, description="The file, as docs/reference/allocation-format.md says.")
    plan: str = Field(default="", max_length=LARGEST, description="The file of a plan for it; blank: none is checked.")


class BudgetPot(BaseModel):
    """Money that is there each year."""

    pot: str = told("Its name.")
    amounts: list[int] = told("By year.")


class BudgetOutcome(BaseModel):
    """What is wanted."""

    outcome: str = told("Its name.")
    unit: str = told("The unit of its target.")
    target: int = told("What is aimed at.")
    rank: int = told("Outcomes of rank 1 go before those of rank 2.")
    weight: int = told("Its weight among those of one rank.")


class BudgetEffect(BaseModel):
    """What a level adds to an outcome."""

    outcome: str = told("To which.")
    low: int | None = told("The low figure; null: not known.")
    expected: int | None = told("The expected figure; null: not known.")
    high: int | None = told("The high figure; null: not known.")
    source: str = told("Judgement, estimate or indicator.")
    evidence: str | None = told("Where that stands; null: not said.")
    after: int = told("So many years after the first it shows.")
    yearly: bool = told("Does it count every year from then on?")


class BudgetLevel(BaseModel):
    """One way to fund an initiative."""

    initiative: str = told("The initiative.")
    kind: str = told("Its kind.")
    partners: list[str] = told("With whom.")
    region: str | None = told("Where; null: not said.")
    earliest: int = told("The earliest first year.")
    latest: int = told("The latest first year.")
    must: str | None = told("At least this level must be funded; null: none must.")
    out: bool = told("Was it decided to leave it out?")
    level: str = told("The level.")
    costs: list[int] = told("By year from its first; the last figure goes on.")
    years: int | None = told("How long it lasts; null: to the end.")
    effects: list[BudgetEffect] = told("What it adds to outcomes.")


class BudgetChecked(BaseModel):
    """What a budget problem has in it, and whether the plan keeps its rules."""

    title: str = told("What it is called.")
    money: str = told("The unit of its money, in words.")
    years: list[int] = told("Its years, by the calendar.")
    pots: list[BudgetPot] = told("Where the money comes from.")
    outcomes: list[BudgetOutcome] = told("What is wanted.")
    initiatives: list[BudgetLevel] = told("The levels of each initiative, the least first.")
    notes: list[str] = told("What has to be borne in mind.")
    check: AllocationCheck | None = told("Whether the plan keeps the rules, and what it is worth if it does; null: none was sent.")


@router.post("/strategies", response=StrategyChecked, summary="Check a strategy")
def check_strategy(request: HttpRequest, query: Query[Axes], body: Body[StrategySent]) -> Plain:
    """Its flaws, how far each indicator is on the day, and what changed since an older version. Nothing is kept; what cannot be read is 400."""
    this = begin(request, query)
    file, older = _file(body.text, strategies.NAME), _file(body.older, strategies.OLD_NAME) if body.older.strip() else None
    return strategies.looked_to_plain(this, strategies.looked_at(this, file, older))


@router.post("/allocations", response=BudgetChecked, summary="Check a budget and a plan for it")
def check_budget(request: HttpRequest, query: Query[Axes], body: Body[BudgetSent]) -> Plain:
    """What is in the problem, and whether the plan keeps its rules. Nothing is kept, and no plan is looked for; what cannot be read is 400."""
    begin(request, query)
    plan = _file(body.plan, allocations.PLAN_NAME) if body.plan.strip() else None
    return looked_to_plain(allocations.looked_at(_file(body.text, allocations.NAME), plan))


def _file(text: str, name: str) -> Brought:
    if not text.strip():
        raise BadInput("text is blank; send the text of a file")
    return checked(text.encode("utf-8", "replace"), name)
