"""In which stage is each observation on a day, as known on a day, for a viewer; what is late; the board of all of them.

Source: how-lessons-are-learned.md, sections 1, 3, 5 and 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from comity.agreements import Coverage
from comity.lessons.following import IN_ORDER, in_turn, next_stage, oddity
from comity.lessons.stages import COMPLETE, IDENTIFY, LESSON_KINDS, PLAN, SUBMIT, Lesson, LessonStage, LessonState
from comity.procedures import KeptAct, agreed, by_root, complete_through, is_complete, kept_acts
from comity.standing import Standing
from comity.terms import Finding, Verdict

BOARD_COLUMNS: tuple[tuple[str, tuple[LessonState, ...]], ...] = (
    ("submitted", (LessonState.SUBMITTED,)),
    ("in analysis", (LessonState.ACCEPTED,)),
    ("identified", (LessonState.IDENTIFIED,)),
    ("action under way", (LessonState.PLANNED, LessonState.COMPLETED)),
    ("learned", (LessonState.LEARNED,)),
    ("rejected", (LessonState.REJECTED,)),
)
"""The columns of the board, and the states in each."""
_URGENT = (Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN, Verdict.NO)
_Found = tuple[LessonStage | None, ...]


def lessons_of(standing: Standing) -> list[Lesson]:
    """Every observation that is there on the day, by reference."""
    belonging, _ = by_root(kept_acts(standing, LESSON_KINDS), (SUBMIT,))
    found = (_lesson(standing, submit, steps) for submit, steps in belonging)
    return sorted((one for one in found if one is not None), key=lambda one: (one.observation.ref, one.observation.hash))


def lesson_strays(standing: Standing) -> tuple[Finding, ...]:
    """Acts of these kinds that lead to no observation."""
    _, strays = by_root(kept_acts(standing, LESSON_KINDS), (SUBMIT,))
    return tuple(_finding("lesson-stray", step, "replies to nothing that is an observation on record") for step in strays)


def lesson_board(found: Iterable[Lesson]) -> list[tuple[str, list[Lesson]]]:
    """The columns with what stands in each, the most urgent first."""
    listed = sorted(found, key=_urgency)
    return [(name, [one for one in listed if one.stage.state in states]) for name, states in BOARD_COLUMNS]


def observed_through(standing: Standing) -> date | None:
    """To which day, from the day asked about on, the record is declared complete for observations; None: not on that day."""
    return complete_through(standing.coverage_of(None), SUBMIT, standing.on)


def _urgency(lesson: Lesson) -> tuple[int, bool, date, str]:
    return _URGENT.index(lesson.late), lesson.stage.due is None, lesson.stage.due or date.max, lesson.observation.ref


def _lesson(standing: Standing, submit: KeptAct, steps: list[KeptAct]) -> Lesson | None:
    ways = [_stages(in_turn(steps, last), standing.on) for last in (False, True)]
    there = {stage for way in ways for stage in way if stage is not None}
    if not there:
        return None
    states = [{None if stage is None else stage.state for stage in way} for way in ways]
    declared = standing.coverage_of(submit.act.agreement)
    late = [{_late(stage, standing.on, declared) for stage in way} for way in ways]
    verdict = agreed(states)
    taken = in_turn(steps, False)
    return Lesson(
        observation=submit.act,
        verdict=verdict,
        stages=tuple(sorted(there, key=_order)),
        late=next(iter(late[0])) if agreed(late) is Verdict.YES else agreed(late),
        absent=any(None in way for way in states),
        acts=tuple(step.act for day, step in taken if day <= standing.on),
        findings=tuple(_odd(taken, standing.on)),
    )


def _stages(taken: Sequence[tuple[date, KeptAct]], on: date) -> _Found:
    """Where it can be after these steps up to the day; a step in doubt leads on in one reading, and not in the other."""
    found: dict[LessonStage | None, None] = {None: None}
    for day, step in taken:
        if day <= on:
            led = dict.fromkeys(next_stage(stage, step, day) for stage in found)
            found = {**found, **led} if step.doubtful else led
    return tuple(found)


def _late(stage: LessonStage | None, on: date, declared: Sequence[Coverage]) -> Verdict:
    if stage is None or stage.due is None or on <= stage.due:
        return Verdict.NO
    awaited = [kind for kind, states in IN_ORDER.items() if stage.state in states]
    if stage.state in (LessonState.LEARNED, LessonState.REJECTED):
        return Verdict.NO
    return Verdict.YES if is_complete(declared, awaited, stage.since, stage.due) else Verdict.UNKNOWN


def _order(stage: LessonStage) -> tuple[int, date, str, str, date, tuple[str, ...], str]:
    remedy = "" if stage.remedy is None else stage.remedy.hash
    return [*LessonState].index(stage.state), stage.since, stage.by.ref, stage.by.hash, stage.due or date.max, stage.who, remedy


_SAYS = {
    "lesson-before": "comes before the observation was submitted, and has no effect",
    "lesson-closed": "comes while the observation is rejected, and has no effect",
    "lesson-past": "comes when that step is past, and has no effect",
    "lesson-skipped": "comes before its turn: a step before it is not on record; it has its effect all the same",
    "lesson-not-by-body": "was done by another than the action body",
    "lesson-no-deadline": "does not say by when the remedial action is to be complete",
}


def _odd(taken: Sequence[tuple[date, KeptAct]], on: date) -> Iterator[Finding]:
    stage: LessonStage | None = None
    for day, step in taken:
        if day > on:
            break
        odd = oddity(stage, step)
        if odd is not None:
            yield _finding(odd, step, _SAYS[odd])
        before, stage = stage, next_stage(stage, step, day)
        if odd in (None, "lesson-skipped"):
            remedy = None if before is None else before.remedy
            if step.kind in (PLAN, COMPLETE) and remedy is not None and step.by not in remedy.counterparty:
                yield _finding("lesson-not-by-body", step, _SAYS["lesson-not-by-body"])
            if step.kind == IDENTIFY and "due" not in step.act.details:
                yield _finding("lesson-no-deadline", step, _SAYS["lesson-no-deadline"])


def _finding(code: str, step: KeptAct, says: str) -> Finding:
    return Finding(code, says, step.act.ref, step.act.agreement, "how-lessons-are-learned.md, 2 and 4")
