"""Where does an exercise stand? Its process folded from the acts about it: each step done by which act, open, or not on record.

Source: how-exercises-are-planned.md, section 4.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.acts import Act
from comity.exercises.design import Design
from comity.exercises.processes import START, Process, ProcessStage, ProcessStep
from comity.standing import Standing
from comity.terms import Moment

ABOUT = ("design-exercise", "approve-product", "confer", "plan", "notify-exercise", "invite-observers", "observe", "take-part", "meet")
"""The kinds of act that can be about an exercise."""
MEETING = "meet"
Told = tuple[Act, bool]
"""An act about an exercise, and whether it is undisputed."""


class StepState(StrEnum):
    """How a step stands on a day."""

    DONE = "done"
    DONE_LATE = "done late"
    CONTESTED = "contested"
    NOT_KNOWN = "not known"
    NOT_ON_RECORD = "not on record"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class StepStatus:
    """One step as it stands: ``by``: whose it is (None: anyone's); ``due``: when (None: no day); ``acts``: those that count, by day."""

    step: ProcessStep
    state: StepState
    by: str | None
    due: Moment | None
    acts: tuple[Act, ...]

    @property
    def passed(self) -> bool:
        """Is it done, late or not?"""
        return self.state in (StepState.DONE, StepState.DONE_LATE)


@dataclass(frozen=True, slots=True)
class Life:
    """An exercise on a day: each stage with its steps, the stage in which it stands (None: held), and the acts about it by day."""

    on: date
    stages: tuple[tuple[ProcessStage, tuple[StepStatus, ...]], ...]
    acts: tuple[Act, ...]

    @property
    def stands(self) -> ProcessStage | None:
        """The first stage that is not passed."""
        return next((stage for stage, steps in self.stages if not all(one.passed for one in steps)), None)

    @property
    def missing(self) -> tuple[StepStatus, ...]:
        """What the gate of that stage still asks for."""
        stands = self.stands
        return tuple(one for stage, steps in self.stages if stage is stands for one in steps if not one.passed)

    @property
    def versions(self) -> tuple[tuple[Act, str], ...]:
        """The versions of the design on record, by day, each with the hash of its document."""
        return tuple((act, one.sha256) for act in self.acts if act.kind == "design-exercise" for one in act.attachments)


def life_of(design: Design, process: Process, standing: Standing) -> Life:
    """Where the exercise stands, as the standing's viewer may see it on its day, as known on its day of knowledge."""
    told = acts_about(design, process, standing.acts_of(ABOUT))
    return fold(design, process, told, standing.on, standing.record.register.parties)


def acts_about(design: Design, process: Process, acts: Iterable[Told]) -> list[Told]:
    """The acts that are about the exercise."""
    return [(act, sure) for act, sure in acts if _is_about(design, process, act)]


def _is_about(design: Design, process: Process, act: Act) -> bool:
    if act.kind != MEETING or "activity" in act.details:
        return act.details.get("activity") == design.id
    if design.body is None or act.details.get("body") != design.body:
        return False
    return process.cycle is None or act.done is None or act.done.last >= process.cycle.begins.first


def fold(design: Design, process: Process, told: Sequence[Told], on: date, parties: Collection[str]) -> Life:
    """The stages with their steps as they stand on ``on``, out of the acts about the exercise; ``parties``: those on record."""
    ordered = sorted(((act, sure, act.done) for act, sure in told if act.done is not None), key=lambda one: (one[2].first, one[0].ref, one[0].hash))
    stages = tuple((stage, tuple(_status(design, step, ordered, on, parties) for step in stage.steps)) for stage in process.stages)
    return Life(on, stages, tuple(dict.fromkeys(act for act, _, day in ordered if day.first <= on)))


def _status(design: Design, step: ProcessStep, told: Sequence[tuple[Act, bool, Moment]], on: date, parties: Collection[str]) -> StepStatus:
    by = _whose(design, step)
    whom = by if by in parties else None
    due = due_day(design, step)
    fitting = [(act, sure, day) for act, sure, day in told if _fits(step, act, whom)]
    sound = [(act, day) for act, sure, day in fitting if sure and day.last <= on]
    if len(sound) >= step.number:
        late = due is not None and sound[step.number - 1][1].first > due.last
        state = StepState.DONE_LATE if late else StepState.DONE
        return StepStatus(step, state, by, due, tuple(act for act, _ in sound[: step.number]))
    if len({act.ref for act, _, day in fitting if day.last <= on}) >= step.number:
        state = StepState.CONTESTED
    elif len({act.ref for act, _, day in fitting if day.first <= on}) >= step.number:
        state = StepState.NOT_KNOWN
    else:
        state = StepState.NOT_ON_RECORD if due is not None and due.last < on else StepState.OPEN
    return StepStatus(step, state, by, due, tuple(act for act, _, day in fitting if day.first <= on))


def _fits(step: ProcessStep, act: Act, whom: str | None) -> bool:
    if act.kind != step.act:
        return False
    if step.product is not None and act.details.get("product") != step.product:
        return False
    if step.conference is not None and act.details.get("conference") != step.conference:
        return False
    return whom is None or whom in (act.actor, act.on_behalf_of)


def _whose(design: Design, step: ProcessStep) -> str | None:
    """Whose act the step asks for, as the design has it; None: anyone's."""
    product = next((one for one in design.product if one.name == step.product), None)
    officers = design.officers
    return {
        "host": design.host,
        "approver": None if product is None else product.approver,
        "owner": None if product is None else product.owner,
        "scheduling": officers.scheduling,
        "conducting": officers.conducting,
        "directing": officers.directing,
    }.get(step.by)


def due_day(design: Design, step: ProcessStep) -> Moment | None:
    """By when the step is to be done: the product's own day, the conference's, else the day of what it must come before; None: not said."""
    product = next((one.due for one in design.product if one.name == step.product), None)
    return product or _held_on(design, step.conference) or (design.begins if step.before == START else _held_on(design, step.before))


def _held_on(design: Design, conference: str | None) -> Moment | None:
    return next((one.on for one in design.conference if one.kind == conference), None)
