"""The lessons as rows: the same for a program, a workbook and a table.

Source: how-lessons-are-learned.md, section 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from comity.lessons.boards import lesson_board
from comity.lessons.stages import NEXT_STEPS, Lesson, LessonStage
from comity.terms import Verdict

HEADS = (
    "Column", "Reference", "Title", "Activity", "State", "Sure", "Since", "Next", "Who", "By when", "Late", "Objective", "Seen", "Recommendation",
    "Remedial action", "Action body", "Acts", "Findings",
)  # fmt: skip


def lessons_table(found: Iterable[Lesson]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows, in the order of the board."""
    return list(HEADS), [_row(column, one) for column, listed in lesson_board(found) for one in listed]


def _row(column: str, lesson: Lesson) -> list[str]:
    stage, details = lesson.stage, lesson.observation.details
    action = "" if stage.remedy is None else stage.remedy.details.get("action", "")
    body = "" if stage.remedy is None else "; ".join(stage.remedy.counterparty)
    return [
        column,
        lesson.observation.ref,
        lesson.title,
        lesson.activity,
        states_of(lesson),
        str(lesson.verdict),
        stage.since.isoformat(),
        NEXT_STEPS[stage.state],
        "; ".join(stage.who),
        "" if stage.due is None else stage.due.isoformat(),
        str(lesson.late),
        details.get("objective", ""),
        details.get("seen", ""),
        details.get("recommendation", ""),
        action,
        body,
        "; ".join(act.ref for act in lesson.acts),
        "; ".join(f"{one.where} {one.says}" for one in lesson.findings),
    ]


def states_of(lesson: Lesson) -> str:
    """Its state, or those that it can be in."""
    states = list(dict.fromkeys(str(stage.state) for stage in lesson.stages))
    return " or ".join(states + (["not submitted"] if lesson.absent else []))


def lesson_to_plain(lesson: Lesson) -> dict[str, Any]:
    """The lesson as strings, lists and objects, as docs/schemas/exercise-lessons.json has it."""
    details = lesson.observation.details
    return {
        "ref": lesson.observation.ref,
        "act": lesson.observation.hash,
        "activity": lesson.activity,
        "title": lesson.title,
        "submitted_by": lesson.observation.attributed_to,
        "objective": details.get("objective"),
        "seen": details.get("seen"),
        "recommendation": details.get("recommendation"),
        "verdict": str(lesson.verdict),
        "state": None if lesson.verdict is not Verdict.YES else str(lesson.stage.state),
        "stages": [_stage(stage) for stage in lesson.stages],
        "absent": lesson.absent,
        "late": str(lesson.late),
        "acts": [act.ref for act in lesson.acts],
        "findings": [{"code": one.code, "where": one.where, "says": one.says} for one in lesson.findings],
    }


def _stage(stage: LessonStage) -> dict[str, Any]:
    return {
        "state": str(stage.state),
        "since": stage.since.isoformat(),
        "by": stage.by.ref,
        "next": NEXT_STEPS[stage.state] or None,
        "who": list(stage.who),
        "due": None if stage.due is None else stage.due.isoformat(),
        "action": None if stage.remedy is None else stage.remedy.details.get("action"),
        "body": [] if stage.remedy is None else list(stage.remedy.counterparty),
    }
