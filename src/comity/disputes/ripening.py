"""Is a step ripe on a day, from which day; by when has it to be answered?

Source: how-disputes-are-followed.md, sections 1.3, 5 and 6.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from comity.agreements.requirements import Lead
from comity.disputes.concerning import Matter
from comity.disputes.stages import APPOINT, BEGINNABLE, CONSULT, MEET, REPLY, RUNNING, DisputeState, MeansState, Ripeness
from comity.disputes.turns import Course, Turn
from comity.duties import following
from comity.procedures import is_complete
from comity.terms import Verdict

_BEST = (Verdict.YES, Verdict.UNKNOWN, Verdict.NO)
_ANSWERS: dict[str, str] = {"joint-commission": MEET, "negotiation": CONSULT}
"""The kind of act that answers a request for the means; for every other, a reply."""


Silent = tuple[str, tuple[str, ...]]
"""A kind of act, and whose acts of it are absent."""


def last_day(day: date, at: datetime | None, lead: Lead, zone: str | None) -> date:
    """The day to which so long after a day (or instant) leads; the time is past on the day after."""
    return date.fromordinal(following(day.toordinal(), at, lead, zone).day)


def ripe(matter: Matter, course: Course, number: int, on: date) -> Ripeness:
    """Whether the step may be begun as far as the steps before it and their times go."""
    place = matter.places[number]
    step = place.step
    assert course.raised is not None
    if not step.follows:
        if step.after is None:
            return Ripeness(Verdict.YES, course.raised, "raised")
        return _waited(course.raised, course.raised_at, step.after, matter, on)
    found = [
        _after(matter, course.steps[other], other, step.after, on)
        for other, before in enumerate(matter.places)
        if before.clause.id == place.clause.id and before.number in step.follows
    ]
    for verdict in _BEST:
        said = [one for one in found if one.verdict is verdict]
        if said:
            return min(said, key=lambda one: one.since or date.max)
    return Ripeness(Verdict.NO, None, "not-begun")


def _waited(day: date, at: datetime | None, lead: Lead, matter: Matter, on: date) -> Ripeness:
    since = last_day(day, at, lead, matter.agreement.zone) + timedelta(days=1)
    return Ripeness(Verdict.YES if since <= on else Verdict.NO, since, "waited")


def _after(matter: Matter, turn: Turn, other: int, lead: Lead | None, on: date) -> Ripeness:
    """Whether a step is ripe after another, that stands at ``turn``."""
    if turn.asked is None:
        return Ripeness(Verdict.NO, None, "not-begun")
    if lead is not None:
        return _waited(turn.asked, turn.at, lead, matter, on)
    if turn.state not in RUNNING:
        return Ripeness(Verdict.YES, turn.since, "tried")
    times = _times(matter, turn, other)
    past = [(since, silent) for since, silent in times if since <= on]
    sure = [since for since, silent in past if silent is None or _is_complete(matter, silent, turn.asked, since - timedelta(days=1))]
    if sure:
        return Ripeness(Verdict.YES, min(sure), "time-past")
    if past:
        return Ripeness(Verdict.UNKNOWN, min(since for since, _ in past), "silence")
    return Ripeness(Verdict.NO, min(since for since, _ in times), "time-runs") if times else Ripeness(Verdict.UNKNOWN, None, "no-time")


def _times(matter: Matter, turn: Turn, number: int) -> list[tuple[date, Silent | None]]:
    """The days from which a time of the running step is past, each with the acts whose absence that rests on."""
    step, found = matter.places[number].step, list[tuple[date, Silent | None]]()
    if step.within is not None:
        return [(_past(matter, turn, step.within), None)]
    if step.organised is not None and turn.appointed != {*matter.sides}:
        found.append((_past(matter, turn, step.organised), (APPOINT, tuple(side for side in matter.sides if side not in turn.appointed))))
    if step.answer is not None and turn.state is MeansState.ASKED:
        found.append((_past(matter, turn, step.answer), _answering(matter, turn, number)))
    return found


def _answering(matter: Matter, turn: Turn, number: int) -> Silent:
    kind = _ANSWERS.get(matter.places[number].step.means, REPLY)
    return kind, tuple(side for side in matter.sides if side != turn.by)


def _is_complete(matter: Matter, silent: Silent, start: date, end: date) -> bool:
    """Is the record declared complete for acts of the kind, by whomever or by each of those, from one day to the other?"""
    kind, whose = silent
    covered = [[one for one in matter.coverage if not one.parties or side in one.parties] for side in whose]
    ways = [[replace(one, parties=()) for one in found] for found in covered] or [list(matter.coverage)]
    return all(is_complete(found, (kind,), start, end) for found in ways)


def _past(matter: Matter, turn: Turn, lead: Lead) -> date:
    assert turn.asked is not None
    return last_day(turn.asked, turn.at, lead, matter.agreement.zone) + timedelta(days=1)


def to_begin(matter: Matter, course: Course, number: int, on: date) -> Ripeness:
    """Whether the step may be begun, as far as the dispute and its steps go."""
    if course.state is not DisputeState.OPEN:
        return Ripeness(Verdict.NO, None, "over")
    if course.steps[number].state not in BEGINNABLE:
        return Ripeness(Verdict.NO, None, "begun")
    return ripe(matter, course, number, on)


def answer_due(matter: Matter, course: Course, number: int) -> date | None:
    """The day by which the step has to be answered, while it is asked for."""
    turn, answer = course.steps[number], matter.places[number].step.answer
    if answer is None or turn.state is not MeansState.ASKED or turn.asked is None:
        return None
    return last_day(turn.asked, turn.at, answer, matter.agreement.zone)


def is_late(matter: Matter, course: Course, number: int, on: date) -> Verdict:
    """Has the day passed by which it had to be answered?"""
    due, asked = answer_due(matter, course, number), course.steps[number].asked
    if course.state is not DisputeState.OPEN or due is None or asked is None or on <= due:
        return Verdict.NO
    silent = _answering(matter, course.steps[number], number)
    return Verdict.YES if _is_complete(matter, silent, asked, due) else Verdict.UNKNOWN


def time_ends(matter: Matter, course: Course, number: int) -> date | None:
    """The last day of the earliest time that runs for a step asked for or under way, its answer apart."""
    turn, step = course.steps[number], matter.places[number].step
    if turn.state not in RUNNING or course.state is not DisputeState.OPEN:
        return None
    assert turn.asked is not None
    leads = [step.within, step.organised if turn.appointed != {*matter.sides} else None]
    asked, at, zone = turn.asked, turn.at, matter.agreement.zone
    return min((last_day(asked, at, one, zone) for one in leads if one is not None), default=None)


def awaited(matter: Matter, course: Course, number: int) -> tuple[str, ...]:
    """The sides for which no member is appointed, where that has to be done in a time and the step is asked for or under way."""
    turn = course.steps[number]
    if matter.places[number].step.organised is None or turn.state not in RUNNING:
        return ()
    return tuple(side for side in matter.sides if side not in turn.appointed)
