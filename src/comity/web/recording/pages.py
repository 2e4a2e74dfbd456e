"""What the pages of this room share: where they lead back to, and an act's page after it was recorded."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comity.acts import Entry
from comity.web.asking import Asked
from comity.web.forms import choices
from comity.web.linking import href
from comity.web.recording.ground import Ground


def to_act(ground: Ground, act: str) -> HttpResponse:
    """On to the page of an act that is on record, with its hash and its place in the log."""
    entry = ground.again().entry(act)
    return HttpResponseRedirect(href({}, "act", entry.act.ref) if entry is not None else href({}, "record"))


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
