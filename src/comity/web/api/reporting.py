"""Reports: a party's quarter or year, and the scorecard of a strategy that is sent. Nothing that is sent is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Body, Query, Router
from pydantic import BaseModel, ConfigDict, Field

from comity.reports import report_to_plain
from comity.terms import BadInput
from comity.web import reports, scorecards, strategies
from comity.web.api.checking_files import STRATEGY
from comity.web.api.describing import ReportOf
from comity.web.api.parameters import Axes, begin, text
from comity.web.api.shapes import Derived, told
from comity.web.bringing import LARGEST, checked
from comity.web.kept_reports import refuse_strict

router = Router(by_alias=True, tags=["Record"])


class ReportAsked(Axes):
    """Of whom, when, towards whom."""

    party: str = Field(description="Of whom: a party by code or name.", json_schema_extra={"example": "FIN"})
    period: str = Field(description="The year, as 2025, or the quarter of the calendar, as 2025-Q3.", json_schema_extra={"example": "2023"})
    partners: str = text("Towards these parties too, with trust: codes or names with commas between; eight at the most.", "SWE,NOR")
    stability: str = text("`1`: with how quiet it was between the party and each partner.", "1")


class ReportMade(Derived):
    """A report; null is not known, never nought."""

    report: ReportOf = told("The report, as `comity report --json` has it.")
    missing: list[str] = told("Sources that are not in the server's store: what they tell is unknown here.")


class ScorecardSent(BaseModel):
    """A strategy's file."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"example": {"text": STRATEGY}})

    text: str = Field(max_length=LARGEST, description="The file, as docs/reference/strategy-format.md says.")


class ScorecardMade(Derived):
    """The scorecard of a strategy."""

    report: ReportOf = told("The report, as `comity report scorecard --json` has it.")


@router.get("/reports", response=ReportMade, summary="What a party did in a quarter or a year")
def make_report(request: HttpRequest, query: Query[ReportAsked]) -> dict[str, Any]:
    """Every figure beside that of the period before, with what it is of, what is not known, the command that asks it again and the acts behind it.

    A report is not made strictly: each figure says itself what is not known of it.
    """
    this = begin(request, query)
    asked = reports.read(this, {name: getattr(query, name).strip() for name in reports.FIELDS})
    if asked is None:
        raise BadInput("party and period are both needed; one of them is blank")
    made = reports.answer(this, asked)
    return {"report": report_to_plain(made.report), "missing": list(made.missing), "pending": list(made.pending)}


@router.post("/reports/scorecards", response=ScorecardMade, summary="The scorecard of a strategy", tags=["Files"])
def make_scorecard(request: HttpRequest, query: Query[Axes], body: Body[ScorecardSent]) -> dict[str, Any]:
    """Each indicator's baseline, where it is on the day, its target and how far it is. Nothing is kept; what cannot be read is 400."""
    this = begin(request, query)
    refuse_strict(this)
    if not body.text.strip():
        raise BadInput("text is blank; send the text of a file")
    made = scorecards.scored(this, checked(body.text.encode("utf-8", "replace"), strategies.NAME))
    return {"report": report_to_plain(made.report), "pending": list(made.pending)}
