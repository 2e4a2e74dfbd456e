"""Early warning: what was forecast of two states, or the highest forecasts of a year, never without the record of past forecasts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel

from comity.web import warning
from comity.web.api.describing import WarningForecast, WarningRecord
from comity.web.api.parameters import Axes, begin, text
from comity.web.api.shapes import told

router = Router(by_alias=True, tags=["Record"])


class WarningAsked(Axes):
    """Of which two, or how many of the highest; by year or by month, in which."""

    a: str = text("The one state, by code or name; the highest of the year or month, if both are left out.", "IND")
    b: str = text("The other.", "PAK")
    by: str = text("`year` or `month`; forecasts by year if left out.", "month")
    year: str = text("The year that is forecast, or the month as 1990-08; the latest if left out.", "2011")
    top: str = text(f"So many of the highest, to {warning.MOST}; {warning.TOP} if left out.", "20")


class Warned(BaseModel):
    """Forecasts and their record."""

    trained: bool = told("Have forecasts been made here? If not there are none, nor a record.")
    forecasts: list[WarningForecast] = told("The one of the pair, or the highest of the year or month, as `comity warn --json` has them.")
    record: WarningRecord | None = told("How good past forecasts were, beside what ours has to beat; null: none have been made.")
    missing: list[str] = told("Where none have been made: tables that they are made of and that are not in the server's store.")


@router.get("/warning", response=Warned, summary="How likely a dispute between two states is in a year or a month")
def ask_warning(request: HttpRequest, query: Query[WarningAsked]) -> dict[str, Any]:
    """Forecasts that were made from the past alone, each with the spread of its members and what it rests on; and their record."""
    this = begin(request, query)
    asked = warning.read(this, {name: getattr(query, name).strip() for name in warning.FIELDS})
    answered = warning.answer(this, asked)
    if answered is None:
        return {"trained": False, "forecasts": [], "record": None, "missing": warning.lacking()}
    return {"trained": True, **warning.room().warnings_to_plain(answered), "missing": []}
