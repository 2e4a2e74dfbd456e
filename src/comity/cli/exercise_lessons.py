"""Commands about lessons: where every observation stands, who has to do what next, and what is late.

comity --book examples/exercise-book exercise lessons "High Water 2025" --on 2025-12-01
"""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import typer

from comity import lessons as learning
from comity import sheets
from comity.cli.asking import Asked, question
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.lessons import Lesson, LessonState
from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord, Verdict


@question(without=("strict",))
def lessons(
    asked: Asked,
    activity: Annotated[str | None, typer.Argument(metavar="[ACTIVITY]", help="The exercise or operation (default: all of them).")] = None,
    state: Annotated[list[str] | None, typer.Option("--state", metavar="STATE", help="Only in this state; may be given again.")] = None,
    body: Annotated[str | None, typer.Option("--body", metavar="PARTY", help="Only where this party has to act next.")] = None,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write them here: .xlsx or .csv.")] = None,
) -> None:
    """Where does everything that was observed stand: submitted, analysed, identified, under way, learned, rejected? What is late comes first."""
    wanted = [_state(one) for one in state or ()]
    standing = asked.standing()
    if body is not None:
        standing.record.party(body)
    every = learning.lessons_of(standing)
    found = [one for one in every if _is_of(one, activity) and _is_in(one, wanted) and (body is None or body in _who(one))]
    if activity is not None and not any(_is_of(one, activity) for one in every):
        raise NotOnRecord(f"no observation about {activity!r} is on record{_known(every)}")
    if output is not None:
        _write(output, found)
    notes = _notes(standing, activity)
    if asked.as_json:
        strays = learning.lesson_strays(standing)
        print_json(
            {
                "lessons": [learning.lesson_to_plain(one) for _, column in learning.lesson_board(found) for one in column],
                "strays": [{"code": one.code, "where": one.where, "says": one.says} for one in strays],
                "notes": notes,
            }
        )
        return
    _say(found, standing)
    show_notes(notes)
    if output is not None:
        console().print(f"written: {output}", soft_wrap=True, markup=False)


def _say(found: list[Lesson], standing: Standing) -> None:
    if not found:
        console().print("no observation on record that was asked for")
    columns = [(name, listed) for name, listed in learning.lesson_board(found) if listed]
    if columns:
        cards = zip_longest(*([_card(one, standing) for one in listed] for _, listed in columns), fillvalue="")
        show_table([f"{name} ({len(listed)})" for name, listed in columns], cards)
    rows = [(one.where, one.says) for lesson in found for one in lesson.findings] + [(s.where, s.says) for s in learning.lesson_strays(standing)]
    if rows:
        show_table(("act", "what is odd about it"), rows)


def _card(lesson: Lesson, standing: Standing) -> str:
    stage = lesson.stage
    lines = [lesson.observation.ref, lesson.title]
    if lesson.verdict is not Verdict.YES:
        lines.append(f"{str(lesson.verdict).upper()}: {learning.states_of(lesson)}")
    if learning.NEXT_STEPS[stage.state]:
        who = dict.fromkeys(", ".join(one.who) or "nobody on record" for one in lesson.stages if one.state is stage.state)
        lines.append(f"{' or '.join(who)}: {learning.NEXT_STEPS[stage.state]}")
    if stage.due is not None and lesson.late is Verdict.YES:
        lines.append(f"LATE since {stage.due}, by {(standing.on - stage.due).days} days")
    elif stage.due is not None and learning.NEXT_STEPS[stage.state]:
        lines.append(f"by {stage.due}" + ("" if lesson.late is Verdict.NO else f"; late: {lesson.late}"))
    return "\n".join([*lines, ""])


def _state(text: str) -> LessonState:
    if text not in [*LessonState]:
        raise BadInput(f"--state {text!r}; give one of {', '.join(LessonState)}")
    return LessonState(text)


def _is_of(lesson: Lesson, activity: str | None) -> bool:
    return activity is None or lesson.activity.casefold() == activity.casefold()


def _is_in(lesson: Lesson, wanted: list[LessonState]) -> bool:
    return not wanted or any(stage.state in wanted for stage in lesson.stages)


def _who(lesson: Lesson) -> set[str]:
    return {party for stage in lesson.stages for party in stage.who}


def _known(every: list[Lesson]) -> str:
    named = sorted({one.activity for one in every if one.activity})
    return f"; there are some about: {', '.join(named[:5])}" if named else ", nor about anything else"


def _notes(standing: Standing, activity: str | None) -> list[str]:
    """What was seen and is not on record: does the record say that there is none?"""
    through = learning.observed_through(standing)
    about = "" if activity is None else f" about {activity}"
    if through is None:
        return [f"the record is not declared complete for observations on {standing.on}: there may be more{about}"]
    return []


def _write(output: Path, found: list[Lesson]) -> None:
    heads, rows = learning.lessons_table(found)
    if output.suffix.casefold() not in (".xlsx", ".csv"):
        raise BadInput(f"{output.name} is neither .xlsx nor .csv; name the file so that its ending says what it is")
    content = sheets.write_workbook("Lessons", [heads, *rows]) if output.suffix.casefold() == ".xlsx" else sheets.csv_bytes(heads, rows)
    try:
        output.write_bytes(content)
    except OSError as wrong:
        raise BadInput(f"{str(output)!r} cannot be written ({wrong.strerror}); choose another place, or make room") from None


def add_commands(to: typer.Typer) -> None:
    to.command("lessons")(lessons)
