"""Dialogue: bodies that meet, their meetings, what was agreed, who has not met with whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from comity.dialogue import action_to_plain, body_to_plain, meeting_to_plain, silence_to_plain
from comity.web import meetings
from comity.web.api import shapes_of_talks as shapes
from comity.web.api.cursors import LAST, part_of
from comity.web.api.parameters import Listed, begin, text
from comity.web.asking import Asked

router = Router(by_alias=True, tags=["Record"])
Plain = dict[str, Any]


class SilencesAsked(Listed):
    """Under which agreement, of which party."""

    agreement: str = text("Under one agreement only, by its id.", "npt")
    party: str = text("Of one party only, by code or name.", "NLD")


class DialogueAsked(SilencesAsked):
    """Of which body, under which agreement, of which party."""

    body: str = text("Of one body only, by its name; capital letters make no difference.", "review conference")


def _found(request: HttpRequest, query: SilencesAsked) -> tuple[Asked, dict[str, str]]:
    return begin(request, query), {name: getattr(query, name, "").strip() for name in ("agreement", "body", "party")}


def _on(day: date | None) -> str:
    return day.isoformat() if day else LAST


@router.get("/dialogue/bodies", response=shapes.Bodies, summary="List bodies that meet")
def list_bodies(request: HttpRequest, query: Query[DialogueAsked]) -> Plain:
    """Bodies that meet or have to: when they last met, meet next, and have to have met."""
    this, given = _found(request, query)
    found, pending = meetings.chosen(this, given)
    part = part_of(request, this, found.bodies, lambda one: (one.agreement or "", one.name), query.limit)
    return {"bodies": [body_to_plain(one) for one in part.items], "next": part.next, "total": part.total, "pending": pending}


@router.get("/dialogue/meetings", response=shapes.Meetings, summary="List meetings")
def list_meetings(request: HttpRequest, query: Query[DialogueAsked]) -> Plain:
    """Meetings: called, held, cancelled or neither; who took part, agenda, papers, minutes."""
    this, given = _found(request, query)
    found, _pending = meetings.chosen(this, given)
    part = part_of(request, this, found.meetings, lambda one: (_on(one.day.first), one.begun_by.ref, one.begun_by.hash), query.limit)
    return {"meetings": [meeting_to_plain(one) for one in part.items], "next": part.next, "total": part.total}


@router.get("/dialogue/actions", response=shapes.Actions, summary="List what meetings agreed")
def list_actions(request: HttpRequest, query: Query[DialogueAsked]) -> Plain:
    """What meetings agreed is to be done: who owes it to whom by when, whether it is open, late or done."""
    this, given = _found(request, query)
    found, _pending = meetings.chosen(this, given)
    part = part_of(request, this, found.actions, lambda one: (_on(one.due), one.agreed_by.ref, one.agreed_by.hash), query.limit)
    return {"actions": [action_to_plain(one) for one in part.items], "next": part.next, "total": part.total}


@router.get("/dialogue/silent", response=shapes.Silences, summary="Who has not met with whom for how long")
def list_silent(request: HttpRequest, query: Query[SilencesAsked]) -> Plain:
    """Each two of those who took part in meetings: when they last met, how many days ago, and whether that is sure."""
    this, given = _found(request, query)
    found, left = meetings.silences(this, given)
    part = part_of(request, this, found, lambda one: one.parties, query.limit)
    return {"silent": [silence_to_plain(one) for one in part.items], "left_out": left, "next": part.next, "total": part.total}
