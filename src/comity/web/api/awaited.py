"""Awaited: what procedures under way await of a party, or leave open to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from comity.awaited import PROCEDURES, Awaited, awaited_to_plain
from comity.web import awaited
from comity.web.api import shapes_of_procedures as shapes
from comity.web.api.cursors import LAST, part_of
from comity.web.api.parameters import Listed, begin, text

router = Router(by_alias=True)


class AwaitedAsked(Listed):
    """Of whom, in which procedures, how far ahead."""

    party: str = text("Of one party only, by code or name.", "DEU")
    procedure: str = text(f"In one procedure only: {', '.join(PROCEDURES)}.", "decision")
    required: str = text("`1`: only what is awaited, not what is merely open.", "1")
    within: str = text("Only until so many days ahead, and without a day.", "90")


@router.get("/awaited", response=shapes.AwaitedOfParties, tags=["Record"], summary="List what is awaited")
def list_awaited(request: HttpRequest, query: Query[AwaitedAsked]) -> dict[str, Any]:
    """What decisions, disputes, meetings, lessons and procedures at home that are under way await of whom, until when."""
    this = begin(request, query)
    found = awaited.chosen(this, {name: getattr(query, name).strip() for name in awaited.FIELDS})
    part = part_of(request, this, found, _place, query.limit)
    return {"awaited": [awaited_to_plain(one) for one in part.items], "next": part.next, "total": part.total}


def _place(one: Awaited) -> tuple[str, ...]:
    until = LAST if one.until is None else one.until.isoformat()
    return until, f"{PROCEDURES.index(one.procedure)}", one.ref, one.party, one.what
