"""The depositary's desk for programs: what waits, how an instrument would come out, how far one on record has come."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from comity.terms import BadInput, NotOnRecord
from comity.web.api import shapes_of_depositing as shapes
from comity.web.api.cursors import part_of
from comity.web.api.parameters import Axes, Listed, begin, day, text
from comity.web.asking import Asked
from comity.web.depositary import desk, following, receiving
from comity.web.depositary.powers import TITLES
from comity.web.depositary.waiting import WHAT, Waiting

router = Router(by_alias=True)
Plain = dict[str, Any]


class WaitingAsked(Listed):
    """Whose desk."""

    for_: str = Field(default="", alias="for", description="Of one depositary only, by code or name.", json_schema_extra={"example": "UNSG"})
    agreement: str = text("Under one agreement only, by its id.", "ottawa")
    what: str = text(f"Of one sort only: {', '.join(WHAT)}.", "objections")
    within: str = text(f"Instruments received in so many days; {desk.LATELY} if left out.", "90")


class ReceiveAsked(Axes):
    """The instrument; ``on`` is the day on which it is received."""

    agreement: str = Field(description="The agreement, by its id.", json_schema_extra={"example": "ctbt"})
    by: str = Field(description="Whose it is, by code or name.", json_schema_extra={"example": "IND"})
    kind: str = Field(description="What it is: sign, ratify, accept, accede, denounce and so on.", json_schema_extra={"example": "ratify"})
    person: str = text("Who signed it, as full powers name them.", "A. Person")
    title: str = text(f"As what: {', '.join(TITLES)}.", "head of state")
    articles: str = text("Articles to which it makes a reservation, with commas between.", "IX")
    reservation: str = text("What the reservation says, in your own words.")
    closes: str = day("Of a signature: until which day the agreement is open for it.", "1996-12-31")
    confirmed: str = text("`1`: the state has confirmed afterwards what was done without authority.", "1")


@router.get("", response=shapes.Desk, tags=["Desk"], summary="What waits for a depositary")
def list_waiting(request: HttpRequest, query: Query[WaitingAsked]) -> Plain:
    """What is over first, then what is to be done at once, then what has a day; each with its article."""
    this = begin(request, query)
    wanted = desk.read(this, {name: getattr(query, field).strip() for name, field in _FIELDS.items()})
    found, pending = desk.waiting_for(this, wanted)
    rows = [row for row in found if wanted.what in ("", row.what)]
    part = part_of(request, this, rows, lambda row: _order(this, row), query.limit)
    return {"waiting": [desk.to_plain(row, this) for row in part.items], "pending": pending, "next": part.next, "total": part.total}


_FIELDS = {"for": "for_", "agreement": "agreement", "what": "what", "within": "within"}


def _order(this: Asked, row: Waiting) -> tuple[str, ...]:
    rank, due, since, agreement, whose = row.order(this.on)
    return str(rank), due.isoformat(), since.isoformat(), agreement, whose, row.what


@router.get("/receive", response=shapes.Checklist, tags=["Desk"], summary="How an instrument would come out")
def receive(request: HttpRequest, query: Query[ReceiveAsked]) -> Plain:
    """Authority, form, time, reservation, what the deposit would do and its number; each line with its article. Nothing is recorded."""
    this = begin(request, query)
    try:
        instrument = receiving.read(request, this)
    except receiving.Faulty as problem:
        raise (NotOnRecord if problem.status == 404 else BadInput)(str(problem)) from None
    if instrument is None:
        raise BadInput("nothing was filled in: give agreement, by and kind")
    return receiving.to_plain(receiving.received(this, instrument))


@router.get("/acts/{path:ref}", response=shapes.Procedure, tags=["Desk"], summary="How far an instrument has come")
def follow(request: HttpRequest, ref: str, query: Query[Axes]) -> Plain:
    """Received, checked, numbered, recorded, circulated, clocks, in force, registered: one instrument on record through the procedure."""
    return following.to_plain(following.followed(begin(request, query), ref))
