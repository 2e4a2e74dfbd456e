"""The bodies that meet: their series of meetings, when they last met, when they meet next, and which meetings their agreement requires.

Source: how-dialogue-is-followed.md, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from comity.agreements.requirements import Duty
from comity.dialogue.acts import MEET, THE_PARTIES, body_key
from comity.dialogue.meetings import Meeting, MeetingState, meetings_of
from comity.duties import DutyStatus, State, must
from comity.standing import Standing
from comity.terms import Moment

AHEAD = timedelta(days=5 * 365)
"""How far ahead duties to meet are looked for, unless something else is asked."""
_WAITING = (State.OPEN, State.OVERDUE, State.CONTESTED, State.NOT_KNOWN)


@dataclass(slots=True)
class _Series:
    name: str
    agreement: str | None
    meetings: list[Meeting] = field(default_factory=list)
    due: list[DutyStatus] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MeetingBody:
    """A body: its meetings by day, when it last met and meets next, and the duties to meet that are open, overdue, contested or not known."""

    name: str
    agreement: str | None
    meetings: tuple[Meeting, ...]
    last_met: Moment | None
    next_called: date | None
    due: tuple[DutyStatus, ...]

    @property
    def next_due(self) -> date | None:
        """By which day it has to meet next, where that is not past."""
        return next((row.due for row in self.due if row.state is State.OPEN and row.due is not None), None)


def bodies_of(standing: Standing, within: timedelta = AHEAD, agreement: str | None = None) -> list[MeetingBody]:
    """Every body that has a meeting or that a duty to meet names, by agreement and name."""
    found: dict[tuple[str, str], _Series] = {}
    for one in meetings_of(standing):
        if agreement in (None, one.agreement):
            found.setdefault(body_key(one.agreement, one.body), _Series(one.body, one.agreement)).meetings.append(one)
    for name, row in _duties(standing, within, agreement):
        found.setdefault(body_key(row.agreement, name), _Series(name, row.agreement)).due.append(row)
    return [_body(found[key]) for key in sorted(found)]


def last_held(meetings: list[Meeting]) -> Moment | None:
    """The day of the latest of those that are surely held."""
    return max((one.day for one in meetings if one.state is MeetingState.HELD), key=lambda day: (day.last, day.first), default=None)


def next_called(meetings: list[Meeting]) -> date | None:
    """The earliest first day of those that are surely called."""
    return min((one.day.first for one in meetings if one.state is MeetingState.CALLED), default=None)


def _body(series: _Series) -> MeetingBody:
    meetings = series.meetings
    return MeetingBody(series.name, series.agreement, tuple(meetings), last_held(meetings), next_called(meetings), tuple(series.due))


def _duties(standing: Standing, within: timedelta, only: str | None) -> list[tuple[str, DutyStatus]]:
    found = []
    for name in [only] if only is not None else standing.known_agreements():
        duties = {
            clause.id: clause
            for clause in standing.record.agreement(name, standing.known).clauses
            if isinstance(clause, Duty) and clause.discharged is not None and MEET in clause.discharged.acts
        }
        if duties:
            rows = must(standing, within=within, agreement=name)
            found += [(_name(duties[row.duty], row), row) for row in rows if row.duty in duties and row.state in _WAITING]
    return found


def _name(duty: Duty, row: DutyStatus) -> str:
    match = {} if duty.discharged is None else duty.discharged.match
    return row.subject or match.get("body") or match.get("subject") or THE_PARTIES
