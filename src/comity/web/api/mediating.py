"""Mediators: who might mediate between two states, ranked, with what is unknown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from comity.web import mediators
from comity.web.api.describing import MediatorCandidate, MediatorRules, MediatorTable
from comity.web.api.parameters import Axes, begin, text
from comity.web.api.shapes import Derived, told

router = Router(by_alias=True, tags=["Record"])


class MediatorsAsked(Axes):
    """Between whom, of which candidates."""

    a: str = Field(description="The one side, a state, by code or name.", json_schema_extra={"example": "EGY"})
    b: str = Field(description="The other.", json_schema_extra={"example": "ISR"})
    candidates: str = text("Of these candidates alone, by codes or names, with commas between; of all, if left out.", "NOR,CHE")
    carry: str = text("`1`: after a table's end, presume that what it said last goes on.", "1")


class MediatorsRanked(Derived):
    """Who might mediate between two states."""

    sides: list[str] = told("The two, by the codes that they have on the day.")
    rules: MediatorRules = told("What counts as a bar and as a merit, and from where on.")
    mediators: list[MediatorCandidate] = told("Candidates: those with no bar, those that may be barred, the barred.")
    tables: list[MediatorTable] = told("The tables that were asked, and from which day through which each says something.")
    missing: list[str] = told("Sources that are not in the server's store: what they tell is unknown here.")
    notes: list[str] = told("What the answer rests on, where it is not plain.")
    not_looked_at: list[str] = told("What no source here tells of anybody.")


@router.get("/mediators", response=MediatorsRanked, summary="Who might mediate between two states")
def ask_mediators(request: HttpRequest, query: Query[MediatorsAsked]) -> dict[str, Any]:
    """Candidates in order, with bars and merits, each with what every source says; ranks as the best and the worst that they may be."""
    this = begin(request, query)
    asked = mediators.read(this, {name: getattr(query, name).strip() for name in mediators.FIELDS})
    assert asked is not None, "both sides are always given"
    answered = mediators.answer(this, asked)
    plain = mediators.room().mediators_to_plain(answered.found)
    return {
        "sides": plain["sides"],
        "rules": plain["rules"],
        "mediators": plain["candidates"],
        "tables": plain["tables"],
        "missing": list(answered.missing),
        "notes": plain["notes"],
        "not_looked_at": plain["not_looked_at"],
        "pending": list(answered.pending),
    }
