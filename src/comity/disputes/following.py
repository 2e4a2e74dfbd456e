"""A dispute followed through its acts in one reading: what each act does, and what of it is odd.

Source: how-disputes-are-followed.md, sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from comity.agreements.settlements import SettlementStep
from comity.disputes.concerning import ASKING, STARTING, Matter
from comity.disputes.ripening import ripe
from comity.disputes.stages import (
    AWARD,
    BEGINNABLE,
    DISPUTE_KINDS,
    RUNNING,
    SETTLE,
    DisputeState,
    MeansState,
)
from comity.disputes.turns import Course, Turn
from comity.procedures import KeptAct
from comity.terms import Verdict

Led = tuple[Course, tuple[str, ...]]
"""Where an act leads, and the codes of what is odd about it."""


@dataclass(frozen=True, slots=True)
class _Deed:
    """An act with the day that it is taken to be of, the step that it is about, and where that stands."""

    matter: Matter
    act: KeptAct
    day: date
    number: int | None
    turn: Turn | None

    @property
    def at(self) -> datetime | None:
        return None if self.act.act.done is None else self.act.act.done.instant

    @property
    def step(self) -> SettlementStep:
        assert self.number is not None
        return self.matter.places[self.number].step

    def led(self, course: Course, turn: Turn) -> Course:
        assert self.number is not None
        return replace(course, steps=(*course.steps[: self.number], turn, *course.steps[self.number + 1 :]))


def in_turn(acts: Sequence[KeptAct], last: bool) -> list[tuple[date, KeptAct]]:
    """The acts with their days, all on the first or all on the last that they can be, in the order in which they are taken."""
    dated = [(act.day(last), act) for act in acts]
    return sorted(dated, key=lambda one: (one[0], DISPUTE_KINDS.index(one[1].kind), one[1].act.ref, one[1].act.hash))


def next_course(matter: Matter, course: Course, act: KeptAct, day: date) -> Led:
    """Where the act leads from where the dispute stood."""
    if course.raised is None and act != matter.root:
        return course, ("dispute-before",)
    if course.over is not None:
        return course, ("dispute-over",)
    number = matter.about[act.act.hash]
    deed = _Deed(matter, act, day, number, None if number is None else course.steps[number])
    odd: tuple[str, ...] = ()
    if act == matter.root:
        course = replace(course, raised=day, raised_at=deed.at)
        odd = ("dispute-no-other-side",) if len(matter.sides) == 1 else ()
    if number is None and act.kind in (*ASKING, *STARTING, AWARD):
        odd = (*odd, "dispute-outside-clause")
    course, found = _led(course, deed)
    return course, (*odd, *found)


def _led(course: Course, deed: _Deed) -> Led:
    kind = deed.act.kind
    if kind in ASKING:
        return _asked(course, deed)
    if kind in STARTING:
        return _started(course, deed)
    match kind:
        case "appoint-member":
            return _appointed(course, deed)
        case "reply":
            return _replied(course, deed), ()
        case "report":
            return _reported(course, deed)
        case "fail-settlement":
            return _failed(course, deed), ()
        case "award":
            return _awarded(course, deed), ()
        case "settle-dispute":
            return _settled(course, deed)
        case "withdraw-dispute" if deed.act.by == deed.matter.sides[0]:
            return replace(course, over=DisputeState.WITHDRAWN), ()
        case "withdraw-dispute":
            return course, ("dispute-not-raiser",)
    return course, ()


def _asked(course: Course, deed: _Deed) -> Led:
    turn = deed.turn
    if turn is None:
        return course, ()
    if turn.state in BEGINNABLE:
        return deed.led(course, _begun(deed, MeansState.ASKED)), _looked_at(course, deed)
    together = turn.state is MeansState.ASKED and deed.step.begun_by == "both"
    if together and turn.by != deed.act.by and {turn.by, deed.act.by} <= {*deed.matter.sides}:
        return deed.led(course, replace(turn, state=MeansState.UNDER_WAY, since=deed.day)), ()
    return course, ()


def _started(course: Course, deed: _Deed) -> Led:
    turn = deed.turn
    if turn is None:
        return course, ()
    if turn.state is MeansState.ASKED:
        return deed.led(course, replace(turn, state=MeansState.UNDER_WAY, since=deed.day)), ()
    if turn.state in BEGINNABLE:
        return deed.led(course, _begun(deed, MeansState.UNDER_WAY)), _looked_at(course, deed)
    return course, ()


def _begun(deed: _Deed, state: MeansState) -> Turn:
    return Turn(state, deed.day, deed.day, deed.at, deed.act.by)


def _looked_at(course: Course, deed: _Deed) -> tuple[str, ...]:
    """What is odd about beginning the step: it was not ripe, or not theirs to begin."""
    assert deed.number is not None
    early = ripe(deed.matter, course, deed.number, deed.day).verdict is Verdict.NO
    theirs = deed.step.begun_by != "organ" or deed.act.by not in deed.matter.sides
    return (*(("dispute-too-early",) if early else ()), *(() if theirs else ("dispute-not-theirs",)))


def _appointed(course: Course, deed: _Deed) -> Led:
    turn, sides = deed.turn, deed.matter.sides
    whose = deed.act.act.details.get("for", deed.act.by)
    if turn is None or whose not in sides or turn.state not in RUNNING:
        return course, ("dispute-not-asked",)
    appointed = turn.appointed | {whose}
    if turn.state is MeansState.ASKED and appointed == {*sides}:
        turn = replace(turn, state=MeansState.UNDER_WAY, since=deed.day)
    return deed.led(course, replace(turn, appointed=appointed)), ()


def _replied(course: Course, deed: _Deed) -> Course:
    answered, sides = deed.matter.answers[deed.act.act.hash], deed.matter.sides
    says = deed.act.act.details.get("answer")
    if answered is not None and answered.kind == SETTLE:
        return _agreed(course, deed) if says == "yes" and {deed.act.by, answered.by} <= {*sides} else course
    if answered is None or deed.turn is None or deed.turn.state is not MeansState.ASKED or deed.act.by == deed.turn.by:
        return course
    if deed.act.by not in sides and deed.act.by not in answered.act.counterparty:
        return course
    state = MeansState.REFUSED if says == "no" else MeansState.UNDER_WAY
    return deed.led(course, replace(deed.turn, state=state, since=deed.day))


def _reported(course: Course, deed: _Deed) -> Led:
    if deed.turn is None or deed.turn.state not in RUNNING:
        return course, ("dispute-not-asked",)
    return deed.led(course, replace(deed.turn, state=MeansState.REPORTED, since=deed.day)), ()


def _failed(course: Course, deed: _Deed) -> Course:
    turn = deed.turn
    if turn is None or turn.state in (MeansState.REPORTED, MeansState.DECIDED):
        return course
    return deed.led(course, _ended(turn, deed, MeansState.FAILED))


def _ended(turn: Turn, deed: _Deed, state: MeansState) -> Turn:
    """The step in its last state; one that nobody had asked for counts as asked for now."""
    return replace(_begun(deed, state) if turn.state in BEGINNABLE else turn, state=state, since=deed.day)


def _awarded(course: Course, deed: _Deed) -> Course:
    if deed.turn is None:
        return replace(course, over=DisputeState.DECIDED)
    if not deed.step.binding:
        return deed.led(course, _ended(deed.turn, deed, MeansState.REPORTED))
    return replace(deed.led(course, _ended(deed.turn, deed, MeansState.DECIDED)), over=DisputeState.DECIDED)


def _settled(course: Course, deed: _Deed) -> Led:
    return (_agreed(course, deed), ()) if deed.act.by in deed.matter.sides else (course, ("dispute-not-a-side",))


def _agreed(course: Course, deed: _Deed) -> Course:
    agreed = course.agreed | {deed.act.by}
    return replace(course, agreed=agreed, over=DisputeState.SETTLED if agreed == {*deed.matter.sides} else None)
