"""Indicators and trust: what the record says as a number, and how likely the next duty is to be kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from comity.indicators import INDICATORS, indicator_to_plain, reading_to_plain
from comity.terms import BadInput
from comity.trust import forecast_to_plain
from comity.web import indicators, trust
from comity.web.api.describing import Forecast, Indicator, Reading
from comity.web.api.parameters import Axes, begin, day, text
from comity.web.api.shapes import Derived, told

router = Router(by_alias=True, tags=["Record"])


class Indicators(BaseModel):
    """Every indicator."""

    indicators: list[Indicator] = told("In the order of the text.")


class ReadingAsked(Axes):
    """Which indicator, of whom and when."""

    indicator: str = Field(description="The indicator, by its name.", json_schema_extra={"example": "commitments-ratified"})
    party: str = Field(description="Of whom: a party by code or name.", json_schema_extra={"example": "DEU"})
    partner: str = text("Towards whom; all others, if left out.", "FRA")
    since: str = day("From this day; five years before the last, if left out.", "2015-01-01")
    until: str = day("Until this day, itself included; the day asked about, if left out.", "2024-12-31")
    by: str = text("Into which stretches of the calendar the series is cut: `year` (if left out) or `quarter`.", "year")
    agreement: str = text("Of this agreement alone, by its id.", "nato-treaty")
    kind: str = text("Of this kind of thing alone, of those that the indicator has.", "notify")
    key: str = text("A declared key of burdens: each party with a whole number, with commas between.", "FIN=3,SWE=5")


class IndicatorRead(Derived):
    """What an indicator says of a party."""

    indicator: Indicator = told("The indicator.")
    party: str = told("Of whom.")
    partner: str | None = told("Towards whom; null: all others.")
    agreement: str | None = told("Of this agreement alone.")
    kind: str | None = told("Of this kind of thing alone.")
    by: str = told("Into which stretches the series is cut.")
    whole: Reading = told("What it says of all the days.")
    readings: list[Reading] = told("What it says of each stretch, in order.")


class TrustAsked(Axes):
    """Who owes to whom."""

    a: str = Field(description="Who owes: a party by code or name.", json_schema_extra={"example": "DEU"})
    b: str = Field(description="To whom.", json_schema_extra={"example": "FRA"})
    kind: str = text("Duties of one kind alone.", "notify")
    half_life: str = text("After so many years a duty counts half; 5, if left out.", "5")
    pooling: str = text("As how many duties a wider circle counts; 4, if left out.", "4")
    level: str = text("Of the interval; 0.9, if left out.", "0.9")


class TrustForecast(Derived):
    """How likely the next duty is to be kept on time."""

    trust: Forecast = told("The forecast with what it rests on and its record; no number where too few duties were observed.")


@router.get("/indicators", response=Indicators, summary="List indicators")
def list_indicators(request: HttpRequest, query: Query[Axes]) -> dict[str, Any]:
    """Which indicators there are: what each asks and counts, in which unit, which way is better, for what the record has to be complete."""
    begin(request, query)
    return {"indicators": [indicator_to_plain(one) for one in INDICATORS]}


@router.get("/indicators/readings", response=IndicatorRead, summary="What an indicator says of a party")
def read_one(request: HttpRequest, query: Query[ReadingAsked]) -> dict[str, Any]:
    """The number or why it is not known, over all the days and stretch by stretch; with the acts behind it and how far the record is complete."""
    this = begin(request, query)
    asked = indicators.read(this, {name: getattr(query, name).strip() for name in indicators.FIELDS})
    if asked is None:
        raise BadInput("indicator and party are both needed; one of them is blank")
    answered, wanted = indicators.answer(this, asked), asked.wanted
    return {
        "indicator": indicator_to_plain(asked.indicator),
        "party": wanted.party,
        "partner": wanted.partner,
        "agreement": wanted.agreement,
        "kind": wanted.kind,
        "by": asked.by,
        "whole": reading_to_plain(answered.whole),
        "readings": [reading_to_plain(one) for one in answered.series],
        "pending": list(answered.pending),
    }


@router.get("/trust", response=TrustForecast, summary="How likely the next duty is to be kept on time")
def ask_trust(request: HttpRequest, query: Query[TrustAsked]) -> dict[str, Any]:
    """A forecast with its interval and the duties behind it, and how good such forecasts were beside the base rate; none below ten duties."""
    this = begin(request, query)
    asked = trust.read(this, {name: getattr(query, name).strip() for name in trust.FIELDS})
    if asked is None:
        raise BadInput("a and b are both needed; both are blank")
    answered = trust.answer(this, asked)
    return {"trust": forecast_to_plain(answered.found), "pending": list(answered.pending)}
