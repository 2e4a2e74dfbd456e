"""What the pages of this room share: where they lead back to, and an act's page after it was recorded."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comity.acts import Entry
from comity.web.asking import Asked
from comity.web.forms import choices
from comity.web.linking import href
from comity.web.recording.ground import Ground
from comity.web.recording.putting import recorded_before


def to_act(ground: Ground, act: str) -> HttpResponse:
    """On to the page of an act that is on record, with its hash and its place in the log."""
    entry = ground.again().entry(act)
    return HttpResponseRedirect(href({}, "act", entry.act.ref) if entry is not None else href({}, "record"))


def to_proposal(number: int) -> HttpResponse:
    """On to the proposal under which others are asked to approve it."""
    return HttpResponseRedirect(href({}, "proposal", number))


def sent_before(ground: Ground, token: str) -> HttpResponse | None:
    """Where the form with this token led when it was sent before, if it was."""
    if before := recorded_before(ground, token):
        return to_act(ground, before[0])
    number = ground.approvals.proposed_before(token) if ground.approvals is not None else None
    return None if number is None else to_proposal(number)


def shared(this: Asked, ground: Ground) -> dict[str, Any]:
    """What every page's form offers."""
    return {"asked": this, "ground": ground, **choices(this)}


def is_part(request: HttpRequest) -> bool:
    """Is only what changes while one types asked for?"""
    return request.headers.get("HX-Request") == "true"


def told_of(entry: Entry) -> str:
    """An act in a few words."""
    act = entry.act
    return f"{act.kind} {act.actor} {act.agreement or ''}".strip()
