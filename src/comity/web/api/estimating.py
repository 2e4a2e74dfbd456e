"""Effects: what a treatment of pairs may have done to an outcome, by every estimator side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from comity.terms import BadInput
from comity.web import effects
from comity.web.api.describing import EffectOf
from comity.web.api.parameters import Axes, begin, text
from comity.web.api.problems import Refused
from comity.web.api.shapes import told
from comity.web.long_answers import AtWork

router = Router(by_alias=True, tags=["Record"])


class EffectAsked(Axes):
    """Treatment, outcome, what is held fixed; which years and pairs; how rows are laid out."""

    treatment: str = Field(
        description="A column of pairs (FAMILY:COLUMN, perhaps >=N or ==N after it), or a word of the record.",
        json_schema_extra={"example": "dcad:dca_general"},
    )
    outcome: str = Field(description="What may come of it: a column likewise.", json_schema_extra={"example": "gml-mids:gmlmidonset"})
    control: str = text("What else is held fixed: columns, with semicolons between.", "contiguity:conttype==1; nmc:cinc")
    since: str = text("From this year; all that both columns cover, if left out.", "1981")
    until: str = text("To this year, which is in it.", "2010")
    lag: str = text(f"Years from treatment to outcome, 0 to {effects.MOST_LAG}; 1 if left out.", "1")
    relevant: str = text("`1`: only pairs that are contiguous, or of which one is a major power.", "1")
    under_way: str = text("The column that says whether the outcome was under way; the onset's own, if left out.", "gml-mids:gmlmidongoing")
    keep_ongoing: str = text("`1`: keep rows in which the outcome was under way and did not begin.", "0")
    no_peace: str = text("`1`: leave out time since the last event, its square and cube.", "0")
    grid: str = text(f"How many specifications are estimated: {', '.join(effects.GRIDS)}; short if left out.", "none")
    agreement: str = text("For words of the record: these agreements alone, by their ids, with commas between.", "nato-treaty")


class EffectFound(BaseModel):
    """Every estimator with three errors, checks, grid, and what may be said."""

    effect: EffectOf | None = told("As `comity effect --json` has it; null: tables that it needs are not in the server's store.")
    missing: list[str] = told("Sources that it needs and that are not in the server's store.")


@router.get("/effects", response=EffectFound, summary="What a treatment of pairs may have done to an outcome")
def ask_effect(request: HttpRequest, query: Query[EffectAsked]) -> dict[str, Any]:
    """Estimators side by side, each refusal as its one line; pre-trends, placebo, sensitivity; the grid of specifications; the reading.

    It takes seconds: 503 with Retry-After while it is being worked out. What is too much for the server is refused, with the command that does it.
    """
    this = begin(request, query)
    asked = effects.read(this, {name: getattr(query, name).strip() for name in effects.FIELDS})
    if asked is None:
        raise BadInput("treatment and outcome are blank; name a column of pairs for each, such as dcad:dca_general and gml-mids:gmlmidonset")
    found = effects.answer(this, asked)
    if isinstance(found, effects.Lacking):
        return {"effect": None, "missing": list(found.sources)}
    if isinstance(found, AtWork):
        whose = "another question is being worked out, and this one begins after it" if found.other else "it is being worked out"
        raise Refused(503, f"{whose} ({found.done} of {found.steps or 'so many'} steps): ask again", {"Retry-After": effects.LATER})
    return {"effect": effects.room().effect_to_plain(found), "missing": []}
