"""The course of a treaty through a procedure at home, act by act, in one reading: by one calendar, with one day for each act.

Source: how-domestic-procedure-is-followed.md, section 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from comity.domestic.clocks import Clock
from comity.domestic.procedures_of_states import HomeProcedure
from comity.procedures import KeptAct

LAY, NOTIFY, EXTEND, RESOLVE = "lay-treaty", "notify-legislature", "extend-scrutiny", "resolve-against"
DEMAND, REASONS, APPROVE = "demand-approval", "state-reasons", "approve-treaty"
HOME_KINDS = (LAY, NOTIFY, EXTEND, RESOLVE, DEMAND, REASONS, APPROVE)
"""In the order in which those of one day are taken."""


class HomeState(StrEnum):
    """Where a treaty stands at home. Source: section 4."""

    NOT_LAID = "not laid"
    RUNNING = "scrutiny running"
    OBJECTED = "objected to"
    AWAITING = "awaiting approval"
    REFUSED = "refused"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class HomeCourse:
    """What the acts so far have come to. ``begun``: by the act that begins; ``start``, ``days``: of the scrutiny that counts, the ``second`` or not.

    ``objected``: houses whose objection counts in it; ``when``: the day of the last. ``stated``: a statement after one that needs no more was made.
    ``before``: a house has objected since the beginning.
    """

    begun: date | None = None
    start: date | None = None
    days: int = 0
    second: bool = False
    objected: frozenset[str] = frozenset()
    when: date | None = None
    stated: bool = False
    before: bool = False
    barred: bool = False
    demanded: bool = False
    refused: bool = False
    approved: frozenset[str] = frozenset()
    exceptional: bool = False


def next_course(course: HomeCourse, act: KeptAct, day: date, clock: Clock) -> tuple[HomeCourse, str | None]:
    """The course after an act, and the code of the finding where the act has no effect."""
    procedure = clock.procedure
    if act.kind == procedure.begins:
        days = 0 if procedure.scrutiny is None else procedure.scrutiny.days
        return HomeCourse(begun=day, start=day, days=days, exceptional=course.exceptional), None
    match act.kind:
        case "extend-scrutiny":
            return _extended(course, int(act.act.details["days"]), day, clock)
        case "resolve-against":
            return _resolved(course, act.act.details["house"], day, clock)
        case "demand-approval":
            return _demanded(course, act.act.details["house"], day, clock)
        case "state-reasons" if act.act.details["reason"] == "exception":
            return _excepted(course, procedure)
        case "state-reasons":
            return _reasoned(course, day, procedure)
        case "approve-treaty":
            return _approved(course, act, procedure)
        case _:
            return course, None


def state_of(course: HomeCourse, on: date, clock: Clock) -> HomeState:
    """The state on a day after these acts."""
    procedure = clock.procedure
    if course.exceptional and not course.before:
        return HomeState.CLEAR
    needed = {one.house for one in procedure.approvals}
    if (needed and needed <= course.approved) or (not needed and procedure.scrutiny is None):
        return HomeState.CLEAR
    if course.refused or course.barred:
        return HomeState.REFUSED
    if course.start is None:
        return HomeState.NOT_LAID
    if procedure.scrutiny is None or course.demanded:
        return HomeState.AWAITING
    if _in(course, procedure, "statement-and-scrutiny") or (_in(course, procedure, "statement") and not course.stated):
        return HomeState.OBJECTED
    return HomeState.RUNNING if on <= clock.end(course.start, course.days) else HomeState.CLEAR


def by_silence(course: HomeCourse, procedure: HomeProcedure) -> bool:
    """Where it is clear: is it so because nobody objected in time?"""
    needed = {one.house for one in procedure.approvals}
    return procedure.scrutiny is not None and not (course.exceptional and not course.before) and not (needed and needed <= course.approved)


def _runs(course: HomeCourse, day: date, clock: Clock) -> bool:
    """Is the day one of the scrutiny, its first not counted?"""
    return course.start is not None and clock.procedure.scrutiny is not None and course.start < day <= clock.end(course.start, course.days)


def _in(course: HomeCourse, procedure: HomeProcedure, follows: str) -> bool:
    """Has a house objected after which this follows?"""
    return any(one.follows == follows and one.house in course.objected for one in procedure.objections)


def _extended(course: HomeCourse, days: int, day: date, clock: Clock) -> tuple[HomeCourse, str | None]:
    rule = clock.procedure.extension
    runs = course.start is not None and clock.procedure.scrutiny is not None and day <= clock.end(course.start, course.days)
    if rule is None or not runs or course.second or not 1 <= days <= rule.most:
        return course, "domestic-no-extension"
    return replace(course, days=course.days + days), None


def _resolved(course: HomeCourse, house: str, day: date, clock: Clock) -> tuple[HomeCourse, str | None]:
    procedure = clock.procedure
    if procedure.approval(house) is not None and (procedure.scrutiny is None or course.demanded):
        return replace(course, refused=True, approved=frozenset()), None
    rule = procedure.objection(house)
    if rule is None or rule.follows == "express-approval" or not _runs(course, day, clock):
        return course, "domestic-no-objection"
    if course.second and rule.follows != "statement-and-scrutiny":
        return course, "domestic-no-objection"
    barred = course.barred or rule.follows == "bars"
    return replace(course, objected=course.objected | {house}, when=day, before=True, barred=barred), None


def _demanded(course: HomeCourse, house: str, day: date, clock: Clock) -> tuple[HomeCourse, str | None]:
    rule = clock.procedure.objection(house)
    if rule is None or rule.follows != "express-approval" or course.second or not _runs(course, day, clock):
        return course, "domestic-no-objection"
    return replace(course, demanded=True), None


def _excepted(course: HomeCourse, procedure: HomeProcedure) -> tuple[HomeCourse, str | None]:
    if procedure.exception is None or course.before:
        return course, "domestic-no-reasons"
    return replace(course, exceptional=True), None


def _reasoned(course: HomeCourse, day: date, procedure: HomeProcedure) -> tuple[HomeCourse, str | None]:
    if _in(course, procedure, "statement-and-scrutiny"):
        days = 0 if procedure.scrutiny is None else procedure.scrutiny.days
        return replace(course, start=day, days=days, second=True, objected=frozenset(), stated=False), None
    if _in(course, procedure, "statement"):
        return replace(course, stated=True), None
    return course, "domestic-no-reasons"


def _approved(course: HomeCourse, act: KeptAct, procedure: HomeProcedure) -> tuple[HomeCourse, str | None]:
    rule = procedure.approval(act.act.details["house"])
    if rule is None:
        return course, "domestic-no-approval"
    if rule.share is not None and not _enough(act, rule.share, rule.of):
        return course, "domestic-short"
    return replace(course, approved=course.approved | {rule.house}, refused=False), None


def _enough(act: KeptAct, share: Fraction, of: str) -> bool:
    for_, whole = _number(act, "for"), _number(act, "present" if of == "present" else "against")
    if for_ is None or whole is None:
        return True
    return for_ >= share * (whole if of == "present" else for_ + whole)


def _number(act: KeptAct, name: str) -> int | None:
    text = act.act.details.get(name)
    return None if text is None else int(text)


def taken_in_turn(acts: Sequence[KeptAct], last: bool) -> list[tuple[date, KeptAct]]:
    """The acts with their days, all on their first or all on their last, in the order in which they are taken."""
    dated = [(act.day(last), act) for act in acts]
    return sorted(dated, key=lambda one: (one[0], HOME_KINDS.index(one[1].kind), one[1].act.ref, one[1].act.hash))
