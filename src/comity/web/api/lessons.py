"""Lessons: what was seen in exercises, and what has become of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from comity.lessons import Lesson, LessonState, lesson_to_plain
from comity.web import lessons
from comity.web.api import shapes_of_procedures as shapes
from comity.web.api.cursors import LAST, part_of
from comity.web.api.parameters import Listed, begin, text

router = Router(by_alias=True)
Plain = dict[str, Any]


class LessonsAsked(Listed):
    """Of which exercise, whose turn, in which state."""

    activity: str = text("Seen in one exercise only, by its name.")
    body: str = text("Where it is the turn of one party only, by code or name.", "NATO")
    state: str = text(f"In one state only: {', '.join(LessonState)}.", "submitted")
    late: str = text("`1`: only what is late, or may be.", "1")


@router.get("/lessons", response=shapes.Lessons, tags=["Record"], summary="List lessons")
def list_lessons(request: HttpRequest, query: Query[LessonsAsked]) -> Plain:
    """What was seen in exercises and what has become of it: in which state it is, who has to do what next, by when."""
    this = begin(request, query)
    given = {name: getattr(query, name).strip() for name in ("activity", "body", "state", "late")}
    found = lessons.chosen(this, {**given, "view": ""})
    part = part_of(request, this, found, _place, query.limit)
    return {"lessons": [lesson_to_plain(one) for one in part.items], "next": part.next, "total": part.total}


def _place(one: Lesson) -> tuple[str, ...]:
    due = lessons.shown(one).due
    return (due.isoformat() if due else LAST, one.activity, one.observation.ref, one.observation.hash)
