"""A design as the page shows it: stages with their steps, days drawn and listed, coverage, what is owed, lessons; on record or not yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from comity.acts import Act
from comity.exercises import DesignDay, ProcessStage, StepStatus, calendar_of
from comity.lessons import Lesson, lesson_board, lessons_of
from comity.terms import PUBLIC, Label
from comity.web.asking import Asked
from comity.web.charts.chart import Chart, Key
from comity.web.charts.gantts import Span, Track, chart_of, gantt, keys_of
from comity.web.drawing import Drawing
from comity.web.exercises.coverages import COLUMNS, coverage_shown
from comity.web.exercises.designs import named
from comity.web.exercises.looking import Looked
from comity.web.exercises.owed import owed_of, record_link
from comity.web.telling import told

STEPS = {"done": "v-yes", "done late": "f-old", "contested": "v-contested", "not known": "v-unknown", "not on record": "v-no", "open": "f-none"}
LIMITS = {"kept": "v-yes", "exceeded": "v-no", "not known": "v-unknown"}
"""The shape of each state, beside its word."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a stage; ``record``: the form for the act that it asks for, filled in (blank: it is done)."""

    status: StepStatus
    shape: str
    look: str
    record: str


@dataclass(frozen=True, slots=True)
class Staged:
    """A stage with its steps; ``here``: the exercise stands in it."""

    stage: ProcessStage
    steps: tuple[Step, ...]
    here: bool


def stages_of(looked: Looked) -> list[Staged]:
    """The stages in order."""
    stands = looked.life.stands
    return [Staged(stage, tuple(_step(looked, one) for one in steps), stage is stands) for stage, steps in looked.life.stages]


def _step(looked: Looked, status: StepStatus) -> Step:
    return Step(status, STEPS[str(status.state)], str(status.state).replace(" ", "-"), "" if status.passed else _to_record(looked, status))


def _to_record(looked: Looked, status: StepStatus) -> str:
    """The form of the recording desk for the act of a step."""
    details = {"activity": looked.design.id, "product": status.step.product, "conference": status.step.conference}
    actor = status.by if status.by is not None and status.by in looked.design.nations else looked.design.host
    given = {name: value for name, value in details.items() if value is not None}
    return record_link(Act(kind=status.step.act, actor=actor, ref="", details=given))


# -- days -------------------------------------------------------------------------------------------------------------


def drawn(this: Asked, looked: Looked) -> tuple[Drawing, list[Track]]:
    """The days of the exercise, a row each."""
    tracks = [Track(day.what, "#days", (span_of(day),)) for day in looked.days]
    return gantt(tracks, told(_("Days of %(exercise)s"), exercise=looked.design.title), this.on, "days"), tracks


def span_of(day: DesignDay) -> Span:
    """A day as it is drawn."""
    when = day.start.written if day.start == day.end else f"{day.start} – {day.end}"
    return Span(day.sort, day.start, day.end, f"{day.what}{f' ({day.who})' if day.who else ''}: {when}")


def day_row(exercise: str, day: DesignDay) -> dict[str, object]:
    """A day as plain data."""
    return {"row": exercise, "sort": day.sort, "what": day.what, "from": day.start.written, "until": day.end.written, "who": day.who or None}


def chart(this: Asked, looked: Looked) -> Chart:
    """The days as a chart."""
    drawing, tracks = drawn(this, looked)
    subtitle = _("Forces, conduct, planning conferences, documents and notices; a broken line marks the day asked about, where it is near.")
    return chart_of(f"exercise-{looked.design.id}", subtitle, tracks, drawing, [day_row(looked.design.id, day) for day in looked.days])


def as_calendar(looked: Looked) -> bytes:
    """The days that are known, as a calendar."""
    return calendar_of(looked.design, looked.days, datetime.now(UTC))


# -- the rest of the page ---------------------------------------------------------------------------------------------


def lessons_about(this: Asked, activity: str) -> list[tuple[str, list[Lesson]]]:
    """The board of lessons of one exercise: only columns in which there are some."""
    by_name = this.ask("lessons of exercises", lambda standing: _by_exercise(lessons_of(standing)))
    return [(column, listed) for column, listed in lesson_board(by_name.get(named(activity), [])) if listed]


def _by_exercise(lessons: Sequence[Lesson]) -> dict[str, list[Lesson]]:
    found: dict[str, list[Lesson]] = {}
    for one in lessons:
        found.setdefault(named(one.activity), []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class Who:
    """A participant with its days and forces; ``persons``: of its forces that give them (None: none does)."""

    nation: str
    starts: str
    ends: str
    forces: tuple[tuple[str, int | None, str], ...]
    brings: tuple[str, ...]
    persons: int | None


def who_of(looked: Looked) -> list[Who]:
    """The participants."""
    found = []
    for one in looked.design.participant:
        counted = [force.persons for force in one.force if force.persons is not None]
        brings = dict.fromkeys([*one.brings, *(thing for force in one.force for thing in force.brings)])
        starts, ends = one.from_ or looked.design.from_, one.until or looked.design.until
        forces = tuple((force.unit, force.persons, _own_days(force.from_, force.until)) for force in one.force)
        found.append(Who(one.nation, str(starts), str(ends), forces, tuple(brings), sum(counted) if counted else None))
    return found


def _own_days(start: object, end: object) -> str:
    """The days that a force gives itself."""
    return f"{start or '…'} – {end or '…'}" if start or end else ""


def shown(this: Asked, looked: Looked) -> dict[str, Any]:
    """What the page has of a design."""
    design = looked.design
    drawing, tracks = drawn(this, looked)
    limits = looked.notices.limits if looked.notices is not None else ()
    keys: tuple[Key, ...] = keys_of(tracks)
    owed = owed_of(looked.notices)
    return {
        "looked": looked,
        "design": design,
        "titles": {one.id: one for one in design.audience},
        "stages": stages_of(looked),
        "from_memory": [status.step.what for _stage, steps in looked.life.stages for status in steps if status.step.read == "memory"],
        "drawn": drawing,
        "drawn_keys": keys,
        "who": who_of(looked),
        "objectives": [
            (one, [next((a for a in design.audience if a.id == name), None) or name for name in one.audience]) for one in design.objective
        ],
        "columns": COLUMNS,
        "coverage": coverage_shown(this, design, looked.matrix) if looked.matrix is not None else None,
        "owed": owed,
        "plans": [(plan, record_link(plan)) for plan in (looked.notices.supposed if looked.notices is not None else ())],
        "says_of_notices": list(dict.fromkeys(_notes(looked))),
        "limits": [(one, LIMITS[str(one.state)]) for one in limits],
    }


def _notes(looked: Looked) -> list[str]:
    if looked.notices is None:
        return []
    return [*looked.notices.notes, *(note for one in looked.notices.owed for note in (*one.row.notes, *one.missing))]


def label_of(acts: Sequence[Act]) -> Label:
    """The label under which the last version of a design is on record."""
    return acts[-1].label if acts else PUBLIC
