"""Lessons: the board of what was seen in exercises. In which state each observation is, whose turn it is, by when; what is late comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.lessons import (
    NEXT_STEPS,
    Lesson,
    LessonStage,
    LessonState,
    lesson_board,
    lesson_strays,
    lesson_to_plain,
    lessons_of,
    observed_through,
    states_of,
)
from comity.terms import BadInput, Finding, NotOnRecord, Verdict
from comity.web.asking import Asked, page, party_code
from comity.web.feeds import Day, as_feed
from comity.web.forms import filled_in, with_form
from comity.web.linking import href
from comity.web.paging import part_of
from comity.web.readers import Reader, reader_of
from comity.web.recording.ground import can_record
from comity.web.tables import as_file
from comity.web.telling import told
from comity.web.wording import word
from comity.web.words_of_exercises import NEXT_ACTS

FIELDS = ("activity", "body", "state", "late", "view")
SHOWN = 50
"""So many cards in a column; the list has all."""
DO: Mapping[LessonState, tuple[str, ...]] = {
    LessonState.SUBMITTED: ("accept-observation", "reject-observation"),
    LessonState.ACCEPTED: ("identify-lesson", "reject-observation"),
    LessonState.IDENTIFIED: ("plan-remedy",),
    LessonState.PLANNED: ("complete-remedy",),
    LessonState.COMPLETED: ("validate-lesson",),
}
"""Which acts are in turn in a state."""
CLOSED = (LessonState.LEARNED, LessonState.REJECTED)
TODAY = {"on": "", "known": "", "as_": "", "strict": ""}


@dataclass(frozen=True, slots=True)
class Card:
    """A lesson as a card. ``todo``: what is to be done next, blank if nothing; ``over``: for how many days it is late, if it is for sure.

    ``onward``: the forms that record the next act, by their kinds and whose act it would be, for who may record it.
    """

    lesson: Lesson
    column: str
    todo: str
    over: int | None
    onward: tuple[tuple[str, str, str], ...]

    @property
    def stage(self) -> LessonStage:
        return shown(self.lesson)

    @property
    def perhaps(self) -> list[tuple[str, ...]]:
        """Who else may have to act next, where readings differ."""
        return sorted({one.who for one in self.lesson.stages if one.state is self.stage.state and one.who} - {self.stage.who})

    @property
    def sure(self) -> bool:
        return self.lesson.verdict is Verdict.YES

    @property
    def states(self) -> list[str]:
        """The states that it can be in."""
        return list(dict.fromkeys(str(stage.state) for stage in self.lesson.stages))

    @property
    def open(self) -> bool:
        """Is something still to be done?"""
        return self.stage.state not in CLOSED


@dataclass(frozen=True, slots=True)
class Found:
    """What the record has of lessons on the day."""

    lessons: tuple[Lesson, ...]
    strays: tuple[Finding, ...]


def shown(lesson: Lesson) -> LessonStage:
    """The stage that the board shows: of those of its first state that which says most of who has to act, and by when."""
    first = (one for one in lesson.stages if one.state is lesson.stage.state)
    return min(first, key=lambda one: (one.remedy is None, not one.who, one.due is None, one.due or date.max, one.who, one.by.hash))


def every_lesson(this: Asked) -> Found:
    """Every observation that is there on the day, and acts that lead to none; kept."""
    return this.ask("lessons", lambda standing: Found(tuple(lessons_of(standing)), lesson_strays(standing)))


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Of which exercise, whose turn, in which state."""
    every = every_lesson(this).lessons
    bodies = sorted({party for one in every for stage in one.stages for party in stage.who})
    return {
        "given": filled_in(request, *FIELDS),
        "activities": sorted({one.activity for one in every if one.activity}, key=str.casefold),
        "bodies": [(code, this.name(code)) for code in bodies],
        "states": [(str(state), word(state, "lesson")) for state in LessonState],
    }


def chosen(this: Asked, given: Mapping[str, str]) -> list[Lesson]:
    """Those that are asked for; BadInput or NotOnRecord say what is wrong with the question."""
    every = every_lesson(this).lessons
    if given["state"] and given["state"] not in [*LessonState]:
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"state={given['state'][:40]!r}", known=", ".join(LessonState)))
    if given["view"] not in ("", "board", "list"):
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"view={given['view'][:40]!r}", known="board, list"))
    if given["late"] not in ("", "1"):
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"late={given['late'][:40]!r}", known="1"))
    body = party_code(this.record, given["body"]) if given["body"] else ""
    activity = given["activity"].casefold()
    if activity and not any(one.activity.casefold() == activity for one in every):
        raise NotOnRecord(told(_("no observation about %(named)s is on record; choose an exercise of the list"), named=repr(given["activity"])))
    return [
        one
        for one in every
        if (not activity or one.activity.casefold() == activity)
        and (not body or any(body in stage.who for stage in one.stages))
        and (not given["state"] or any(stage.state == given["state"] for stage in one.stages))
        and (not given["late"] or one.late is not Verdict.NO)
    ]


@with_form("lessons.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    found = chosen(this, form["given"])
    columns = lesson_board(found)
    if request.GET.get("format") == "ics":
        return as_feed(_days(columns), _("Lessons"), "lessons")
    if file := as_file(request, this, "lessons", lambda: [row_of(name, one) for name, listed in columns for one in listed]):
        return file
    reader = reader_of(request) if can_record(request) else None
    cards = [(name, [_card(this, reader, name, one) for one in listed]) for name, listed in columns]
    every = every_lesson(this)
    context = {
        **form,
        "view": form["given"]["view"] or "board",
        "views": [(name, says, href(this.carried, "lessons", **{**form["given"], "view": name})) for name, says in _views()],
        "columns": [(name, listed[:SHOWN], len(listed)) for name, listed in cards],
        "number": len(found),
        "every": len(every.lessons),
        "late": sum(one.late is Verdict.YES for one in found),
        "open": sum(one.stage.state not in CLOSED for one in found),
        "part": part_of(request, [card for _name, listed in cards for card in listed]),
        "findings": [(one, finding) for one in found for finding in one.findings],
        "strays": every.strays,
        "through": this.ask("observed", lambda standing: (observed_through(standing),))[0],
        "submit": _submit(reader),
    }
    return page(request, "lessons.html", context)


def _views() -> list[tuple[str, str]]:
    return [("board", _("Board")), ("list", _("List"))]


def _card(this: Asked, reader: Reader | None, column: str, lesson: Lesson) -> Card:
    stage = shown(lesson)
    over = (this.on - stage.due).days if stage.due is not None and lesson.late is Verdict.YES else None
    todo = told(NEXT_ACTS[stage.state]) if stage.state in NEXT_ACTS else ""
    return Card(lesson, column, todo, over, tuple(_onward(reader, lesson)) if reader is not None else ())


def _onward(reader: Reader, lesson: Lesson) -> list[tuple[str, str, str]]:
    """The forms of the next act: whose turn it is, as far as the reader acts for them; a body may be a part of their state."""
    stage = shown(lesson)
    given = {"agreement": lesson.observation.agreement or "", "replies_to": stage.by.ref}
    who = [party for party in stage.who if reader.party in (None, party)]
    return [(kind, party, href({}, "record-act", kind=kind, actor=party, **TODAY, **given)) for party in who for kind in DO.get(stage.state, ())]


def _submit(reader: Reader | None) -> str:
    """The form by which a reader records an observation of their own party."""
    if reader is None or reader.party is None:
        return ""
    return href({}, "record-act", kind="submit-observation", actor=reader.party, **TODAY)


def row_of(column: str, lesson: Lesson) -> dict[str, Any]:
    """A lesson as plain data, in one row."""
    plain, stage = lesson_to_plain(lesson), shown(lesson)
    first = plain.pop("stages")[lesson.stages.index(stage)]
    return {
        "column": column,
        **plain,
        "states": states_of(lesson),
        "since": first["since"],
        "next": NEXT_STEPS[stage.state] or None,
        "who": first["who"],
        "due": first["due"],
        "action": first["action"],
        "body": first["body"],
    }


def _days(columns: Sequence[tuple[str, Sequence[Lesson]]]) -> list[Day]:
    """The days by which something is to be done."""
    found = []
    for lesson in (one for _name, listed in columns for one in listed if one.stage.state not in CLOSED):
        due, who = shown(lesson).due, ", ".join(shown(lesson).who)
        if due is not None:
            key = f"lesson-{lesson.observation.hash.removeprefix('sha256:')[:32]}"
            found.append(Day(key, due, f"{who}: {lesson.title}", _told(lesson), shown(lesson).by.label))
    return found


def _told(lesson: Lesson) -> str:
    return f"{lesson.activity}: {NEXT_STEPS[lesson.stage.state]} ({lesson.observation.ref})"
