"""Procedure at home: where agreements stand before a state may consent, the procedures of states, the clock of their days."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from comity.domestic import clock_to_plain, home_procedures, home_to_plain, procedure_to_plain, procedures_of
from comity.terms import BadInput
from comity.web import domestic
from comity.web.api import shapes_of_talks as shapes
from comity.web.api.cursors import part_of
from comity.web.api.parameters import Axes, Listed, begin, text
from comity.web.home_clocks import day_to_plain

router = Router(by_alias=True, tags=["Record"])
Plain = dict[str, Any]
SITTING = "Days, or spans of days (2024-09-02/2024-09-05), on which all houses sit; from the day of laying to the last all others are none."


class ProceduresAsked(Listed):
    """Of which state."""

    state: str = text("Of one state only, by code or name.", "GBR")


class InstrumentsAsked(ProceduresAsked):
    """In which state, which agreement; with both also by which procedure and sitting days."""

    agreement: str = text("One agreement only, by its id.", "uk-us-mda-2024")
    procedure: str = text("By this procedure; the one that acts name, else the usual one, if left out. Takes a state and an agreement.", "laid")
    sitting: str = text(f"{SITTING} Takes a state and an agreement.", "2024-09-02/2024-09-05 2024-09-09/2024-09-12")


class ClockAsked(Axes):
    """In which state, laid on which day, by which procedure, with which sitting days."""

    state: str = Field(description="In which state, by code or name.", json_schema_extra={"example": "GBR"})
    laid: str = Field(
        description="The day on which it is laid, or the legislature notified.", json_schema_extra={"example": "2024-07-26", "format": "date"}
    )
    procedure: str = text("By this procedure; the usual one if left out.", "laid")
    sitting: str = text(SITTING, "2024-09-02/2024-09-05 2024-09-09/2024-09-12")


@router.get("/domestic/instruments", response=shapes.Instruments, summary="Where agreements stand at home")
def list_instruments(request: HttpRequest, query: Query[InstrumentsAsked]) -> Plain:
    """Agreements with acts of procedure at home; of a state or an agreement also those that were signed and not consented to."""
    this = begin(request, query)
    given = {name: getattr(query, name).strip() for name in domestic.FIELDS if name != "laid"}
    state = domestic.read_state(this, given["state"])
    agreement = this.record.agreement(given["agreement"], this.known).id if given["agreement"] else ""
    if (given["procedure"] or given["sitting"]) and not (state and agreement):
        raise BadInput("procedure and sitting go with one state and one agreement; give both")
    found = [domestic.alone(this, agreement, state, given)[0]] if state and agreement else domestic.instruments(this, state, agreement)
    part = part_of(request, this, found, lambda one: (one.agreement, one.state), query.limit)
    return {"instruments": [_told(one) for one in part.items], "next": part.next, "total": part.total}


def _told(one: domestic.Instrument) -> Plain:
    told = None if one.status is None else home_to_plain(one.status)
    return {"agreement": one.agreement, "state": one.state, "stands": told, "problem": one.problem or None}


@router.get("/domestic/procedures", response=shapes.Procedures, summary="List procedures at home")
def list_procedures(request: HttpRequest, query: Query[ProceduresAsked]) -> Plain:
    """The procedures of states between signature and consent, each rule with its article and how it was read."""
    this = begin(request, query)
    state = domestic.read_state(this, query.state.strip())
    found = procedures_of(state) if state else home_procedures()
    part = part_of(request, this, found, lambda one: (one.state, one.id, one.from_.isoformat()), query.limit)
    return {"procedures": [procedure_to_plain(one) for one in part.items], "next": part.next, "total": part.total}


@router.get("/domestic/clock", response=shapes.HomeClocked, summary="When the time of a legislature ends")
def ask_clock(request: HttpRequest, query: Query[ClockAsked]) -> Plain:
    """When the time ends in which the legislature may object to what was laid on a day, and its days one by one."""
    this = begin(request, query)
    given = {name: getattr(query, name).strip() for name in ("state", "laid", "procedure", "sitting")}
    clock = domestic.laid_clock(this, domestic.read_state(this, given["state"]), given)
    if clock is None:
        raise BadInput("laid: it is blank; write a day as YYYY-MM-DD")
    ends, law = clock_to_plain(clock.ends), clock.procedure
    head = {"state": law.state, "procedure": law.id, "laid": clock.laid.isoformat(), "length": clock.length}
    return {**head, "end": ends, "days": [day_to_plain(one) for one in clock.days]}
