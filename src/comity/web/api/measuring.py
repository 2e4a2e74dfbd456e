"""Stability: how quiet a pair or a region was year by year, beside what tied its members."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from comity.terms import BadInput
from comity.web import stability
from comity.web.api.describing import StabilityOf
from comity.web.api.parameters import Axes, begin, text
from comity.web.api.shapes import Derived, told

router = Router(by_alias=True, tags=["Record"])


class StabilityAsked(Axes):
    """Of whom, which years, which windows are compared."""

    whom: str = Field(
        description="Two states or more, by codes or names with commas between; or one region, organisation or agreement.",
        json_schema_extra={"example": "ETH,ERI"},
    )
    since: str = text("From this year; 1946, or that of the first two members, if left out.", "1993")
    until: str = text("To this year, which is in it; that of the day asked about, if left out.", "2014")
    compare: str = text("Two windows of years, of which the rates are compared.", "1993-2000,2001-2010")
    level: str = text("The level of the intervals, above 0 and below 1; 0.95 if left out.", "0.95")


class StabilityMeasured(Derived):
    """How quiet it was, and what tied the members; null is not known, never nought."""

    stability: StabilityOf = told("What was measured, as `comity stability --json` has it; of events in the news nothing.")
    missing: list[str] = told("Sources that are not in the server's store: what they tell is unknown here.")


@router.get("/stability", response=StabilityMeasured, summary="How quiet a pair or a region was, year by year")
def ask_stability(request: HttpRequest, query: Query[StabilityAsked]) -> dict[str, Any]:
    """Disputes, armed conflicts and ties by year, each count at the least and at the most; rates with intervals; how long quiet lasted.

    Cooperation stands beside stability; that the one brought about the other is not said.
    """
    this = begin(request, query)
    asked = stability.read(this, {name: getattr(query, name).strip() for name in stability.FIELDS})
    if asked is None:
        raise BadInput("whom: it is blank; name two states with a comma between, or a region, an organisation or an agreement")
    answered = stability.answer(this, asked)
    plain = stability.room().stability_to_plain(answered.found)
    plain["notes"] = [note for note in plain["notes"] if "is not in the store" not in note]
    return {"stability": plain, "missing": list(answered.missing), "pending": list(answered.pending)}
