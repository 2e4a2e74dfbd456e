"""Disputes and where each stands, incidents and whether they were answered, what would be open to two if one arose."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from comity.disputes import DisputeState, dispute_to_plain, incident_to_plain, way_to_plain
from comity.duties import duty_to_plain
from comity.web import dispute_alone, disputes, settlement
from comity.web.api import shapes_of_talks as shapes
from comity.web.api.cursors import part_of
from comity.web.api.parameters import Axes, Listed, begin, text

router = Router(by_alias=True, tags=["Record"])
Plain = dict[str, Any]


class IncidentsAsked(Listed):
    """Whose, under which agreement."""

    party: str = text("Of one party only, by code or name.", "UKR")
    agreement: str = text("Under one agreement only, by its id.", "vienna-document-2011")


class DisputesAsked(IncidentsAsked):
    """Whose, under which agreement, in which state."""

    state: str = text(f"In one state only: {', '.join(DisputeState)}.", "open")
    late: str = text("`1`: only where an answer is late, or may be.", "1")


class SettlementAsked(Axes):
    """Between whom, under which agreement."""

    a: str = Field(description="The one party, by code or name.", json_schema_extra={"example": "GBR"})
    b: str = Field(description="The other.", json_schema_extra={"example": "RUS"})
    agreement: str = text("Under one agreement only, by its id; all that are in force between them, if left out.", "cwc")


def _given(query: IncidentsAsked) -> dict[str, str]:
    return {name: getattr(query, name, "").strip() for name in disputes.FIELDS}


@router.get("/disputes", response=shapes.Disputes, summary="List disputes")
def list_disputes(request: HttpRequest, query: Query[DisputesAsked]) -> Plain:
    """Disputes on record: where each stands, its steps, what is open to whom, whose answer is due by when, and its acts."""
    this = begin(request, query)
    lines, _incidents = disputes.chosen(this, _given(query))
    part = part_of(request, this, [line.dispute for line in lines], lambda one: (one.ref, one.raised.hash), query.limit)
    return {"disputes": [dispute_to_plain(one) for one in part.items], "next": part.next, "total": part.total}


@router.get("/incidents", response=shapes.Incidents, summary="List incidents and protests")
def list_incidents(request: HttpRequest, query: Query[IncidentsAsked]) -> Plain:
    """Incidents, protests and calls over a link: what was said to whom, whether it was acknowledged and answered."""
    this = begin(request, query)
    _lines, found = disputes.chosen(this, _given(query))
    part = part_of(request, this, found, lambda one: (one.ref, one.began.hash), query.limit)
    return {"incidents": [incident_to_plain(one) for one in part.items], "next": part.next, "total": part.total}


@router.get("/disputes/{path:dispute}", response=shapes.DisputeAlone, summary="One dispute or incident")
def one_dispute(request: HttpRequest, dispute: str, query: Query[Axes]) -> Plain:
    """A dispute, or an incident, by the act that began it; and what runs meanwhile between those concerned."""
    this = begin(request, query)
    found, incident = dispute_alone.dispute_called(this, dispute), dispute_alone.incident_called(this, dispute)
    if found is None and incident is None:
        raise dispute_alone.not_there(dispute)
    duties = (
        dispute_alone.meanwhile_of(this, found) if found is not None else dispute_alone.brought_about(this, incident) if incident is not None else []
    )
    return {
        "dispute": None if found is None else dispute_to_plain(found),
        "incident": None if incident is None or found is not None else incident_to_plain(incident),
        "meanwhile": [duty_to_plain(one) for one in duties],
    }


@router.get("/settlement", response=shapes.Settlements, summary="What is open to two, if a dispute arose")
def ask_settlement(request: HttpRequest, query: Query[SettlementAsked]) -> Plain:
    """Of each agreement that settles disputes between two: the steps as they would stand were one raised on the day, or stand in one that is open."""
    this = begin(request, query)
    asked = settlement.read(this, {name: getattr(query, name).strip() for name in ("a", "b", "agreement")})
    assert asked is not None, "both are always given"
    found, pending = settlement.ways(this, asked)
    return {"a": asked.a, "b": asked.b, "ways": [way_to_plain(one) for one in found], "pending": pending}
