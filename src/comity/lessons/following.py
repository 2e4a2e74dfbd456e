"""An observation followed through the acts that belong to it: from stage to stage, and what of it is odd.

Source: how-lessons-are-learned.md, sections 2 and 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comity.acts import Act
from comity.lessons.stages import ACCEPT, COMPLETE, IDENTIFY, LESSON_KINDS, PLAN, REJECT, SUBMIT, VALIDATE, LessonStage, LessonState
from comity.procedures import KeptAct
from comity.terms import parse_day

_IN_A_ROW = (
    LessonState.SUBMITTED,
    LessonState.ACCEPTED,
    LessonState.IDENTIFIED,
    LessonState.PLANNED,
    LessonState.COMPLETED,
    LessonState.LEARNED,
)
IN_ORDER: dict[str, tuple[LessonState, ...]] = {
    ACCEPT: (LessonState.SUBMITTED, LessonState.REJECTED),
    REJECT: (LessonState.SUBMITTED, LessonState.ACCEPTED),
    IDENTIFY: (LessonState.ACCEPTED, LessonState.IDENTIFIED, LessonState.PLANNED, LessonState.COMPLETED),
    PLAN: (LessonState.IDENTIFIED, LessonState.PLANNED),
    COMPLETE: (LessonState.PLANNED,),
    VALIDATE: (LessonState.COMPLETED, LessonState.LEARNED),
}
"""In which states an act of the kind is in order, the earliest first; they follow one another. Source: section 2.1."""
_LEADS_TO = {
    SUBMIT: LessonState.SUBMITTED,
    ACCEPT: LessonState.ACCEPTED,
    REJECT: LessonState.REJECTED,
    IDENTIFY: LessonState.IDENTIFIED,
    PLAN: LessonState.PLANNED,
    COMPLETE: LessonState.COMPLETED,
}


def in_turn(steps: Sequence[KeptAct], last: bool) -> list[tuple[date, KeptAct]]:
    """The steps with their days, all on the first or all on the last that they can be, in the order in which they are taken."""
    dated = [(step.day(last), step) for step in steps]
    return sorted(dated, key=lambda one: (one[0], LESSON_KINDS.index(one[1].kind), one[1].act.ref, one[1].act.hash))


def oddity(stage: LessonStage | None, step: KeptAct) -> str | None:
    """The code of the finding where an act is out of order in a stage; None: it is in order."""
    if step.kind == SUBMIT:
        return None
    if stage is None:
        return "lesson-before"
    due = IN_ORDER[step.kind]
    if stage.state in due:
        return None
    if stage.state is LessonState.REJECTED:
        return "lesson-closed"
    return "lesson-skipped" if _place(stage.state) < _place(due[0]) else "lesson-past"


def next_stage(stage: LessonStage | None, step: KeptAct, day: date) -> LessonStage | None:
    """Where the act leads, from a stage or from none."""
    odd = oddity(stage, step)
    if odd in ("lesson-before", "lesson-closed", "lesson-past"):
        return stage
    state = _leads_to(step)
    remedy = step.act if step.kind == IDENTIFY else None if stage is None else stage.remedy
    due = _day(step.act)
    if due is None and step.kind == PLAN and odd is None and stage is not None:
        due = stage.due
    return LessonStage(state, step.act, day, _who(state, step, remedy), due, remedy)


def _place(state: LessonState) -> int:
    return _IN_A_ROW.index(state)


def _leads_to(step: KeptAct) -> LessonState:
    if step.kind == VALIDATE:
        return LessonState.LEARNED if step.act.flag("confirmed") else LessonState.IDENTIFIED
    return _LEADS_TO[step.kind]


def _who(state: LessonState, step: KeptAct, remedy: Act | None) -> tuple[str, ...]:
    if state is LessonState.SUBMITTED:
        return step.act.counterparty
    if state is LessonState.ACCEPTED:
        return (step.by,)
    if state in (LessonState.IDENTIFIED, LessonState.PLANNED) and remedy is not None:
        return remedy.counterparty
    if state is LessonState.COMPLETED and remedy is not None:
        return (remedy.attributed_to,)
    return ()


def _day(act: Act) -> date | None:
    return parse_day(act.details["due"]) if "due" in act.details else None
