"""The room's first page: what may come next of a party under an agreement, a table to bring, drafts, empty tables to take."""

from __future__ import annotations

import itertools
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comity.acts import Kind, kinds
from comity.standing import CORRECTIONS
from comity.terms import BadInput, ComityError
from comity.web.asking import HELD, Asked, asked_today, page, party_code
from comity.web.forms import choices, with_form
from comity.web.guarding import written_to
from comity.web.linking import href
from comity.web.readers import Right, reader_of
from comity.web.recording.apart import APART
from comity.web.recording.ground import NO_LEDGER, can_record, ground_of
from comity.web.recording.offers import next_acts


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """What is chosen, and what can be."""
    given = {name: request.GET.get(name, "").strip() for name in ("agreement", "party")}
    return {**choices(this), "given": given, "refused": why_not(request), "groups": groups(), **_drafts(request)}


def why_not(request: HttpRequest) -> str:
    """Why nothing can be recorded, in one line that says what to do; blank if it can."""
    if request.META[HELD].ledger is None:
        return NO_LEDGER
    try:
        reader_of(request).ask_for(Right.RECORD)
    except ComityError as problem:
        return str(problem)
    return ""


def groups() -> list[tuple[str, list[Kind]]]:
    """Every kind that the form records, by its group."""
    offered = sorted((kind for kind in kinds().values() if kind.name not in APART and kind.name not in CORRECTIONS), key=lambda k: (k.group, k.name))
    return [(group, list(found)) for group, found in itertools.groupby(offered, key=lambda kind: kind.group)]


def _drafts(request: HttpRequest) -> dict[str, Any]:
    if not can_record(request):
        return {}
    ground = ground_of(request)
    return {"drafts": ground.drafts.list(ground.reader.name), "lasting": ground.drafts.lasting}


@with_form("recording/desk.html", fields)
def index(request: HttpRequest, _: Asked) -> HttpResponse:
    this = asked_today(request)
    form = {"asked": this, **fields(request, this)}
    agreement, named = form["given"]["agreement"], form["given"]["party"]
    if form["refused"] or not (agreement or named):
        return page(request, "recording/desk.html", form)
    if not named:
        raise BadInput("whose act is it? Name the party")
    party = party_code(this.record, named)
    found = None
    if agreement:
        this.record.agreement(agreement, this.known)
        found = next_acts(this, agreement, party)
    return page(request, "recording/desk.html", {**form, "party": party, "agreement": agreement, "next": found})


@written_to
def drop(request: HttpRequest, draft: str) -> HttpResponse:
    """Take a draft away."""
    ground = ground_of(request)
    if request.method == "POST":
        ground.drafts.drop(ground.reader.name, draft)
    return HttpResponseRedirect(href({}, "record"))
