"""What each procedure awaits of whom on a day.

Source: what-is-awaited.md, section 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from comity.awaited.items import Awaited
from comity.decisions import CountingOnRecord, decisions_of
from comity.dialogue import ActionState, MeetingState, actions_of, meetings_of
from comity.disputes import Doing, disputes_of, incidents_of, moves_awaited
from comity.domestic import HomeState, HomeStatus, at_home, next_steps
from comity.lessons import NEXT_STEPS, lessons_of
from comity.standing import Standing
from comity.terms import Verdict

MOVES = {
    Doing.APPOINT: "appoint a member for",
    Doing.ANSWER: "answer the request for",
    Doing.ACT: "act on the request for",
    Doing.END: "bring to an end:",
}
"""What a dispute awaits, in words."""
_OPEN_AT_HOME = (HomeState.RUNNING, HomeState.CLEAR)


def awaited(standing: Standing, party: str | None = None, at: datetime | None = None) -> list[Awaited]:
    """What is awaited on the day (of decisions: at the instant; None: at its end) of the party, or of all, by the day until which.

    Errors: NotOnRecord where the party is not on record.
    """
    if party is not None:
        standing.record.party(party)
    gathered = (
        *_decisions(standing, at),
        *_disputes(standing),
        *_incidents(standing),
        *_actions(standing),
        *_meetings(standing),
        *_lessons(standing),
        *_at_home(standing),
    )
    return sorted((one for one in gathered if party in (None, one.party)), key=lambda one: one.order)


def _decisions(standing: Standing, at: datetime | None) -> Iterator[Awaited]:
    for decision in decisions_of(standing, CountingOnRecord(standing), at):
        zone = UTC if decision.zone is None else ZoneInfo(decision.zone)
        article = "" if decision.rule is None else decision.rule.article
        for one in decision.reminders:
            yield Awaited(
                party=one.who,
                word=one.what.removeprefix("may "),
                detail="",
                procedure="decision",
                ref=decision.proposal.ref,
                subject=decision.subject,
                agreement=decision.proposal.agreement,
                article=article,
                until=None if one.until is None else one.until.astimezone(zone).date(),
                at=one.until,
                late=Verdict.NO,
                sure=decision.verdict,
                open=not one.asked,
                public=decision.proposal.label.public,
            )


def _disputes(standing: Standing) -> Iterator[Awaited]:
    for dispute in disputes_of(standing):
        for move in moves_awaited(dispute, standing.on):
            for side in move.who:
                yield Awaited(
                    party=side,
                    word=MOVES[move.does],
                    detail=move.step.place.step.means,
                    procedure="dispute",
                    ref=dispute.ref,
                    subject=dispute.subject,
                    agreement=dispute.agreement,
                    article=move.step.place.step.article,
                    until=move.until,
                    at=None,
                    late=move.late,
                    sure=move.step.verdict if dispute.verdict is Verdict.YES else dispute.verdict,
                    open=False,
                    public=dispute.raised.label.public,
                )


def _incidents(standing: Standing) -> Iterator[Awaited]:
    for incident in incidents_of(standing):
        for one in incident.said:
            for done, what in ((one.acknowledged, "acknowledge it"), (one.answered, "answer it")):
                if done is not Verdict.YES:
                    yield Awaited(
                        party=one.to,
                        word=what,
                        detail="",
                        procedure="incident",
                        ref=one.act.ref,
                        subject=incident.subject,
                        agreement=one.act.agreement,
                        article="",
                        until=None,
                        at=None,
                        late=Verdict.NO,
                        sure=Verdict.YES if done is Verdict.NO else done,
                        open=False,
                        public=one.act.label.public,
                    )


_LATE_ACTIONS = {ActionState.OVERDUE: Verdict.YES, ActionState.NOT_KNOWN: Verdict.UNKNOWN}


def _actions(standing: Standing) -> Iterator[Awaited]:
    for one in actions_of(standing):
        state = one.states[0]
        if state in (ActionState.DONE, ActionState.LATE):
            continue
        for party in one.owed_by:
            yield Awaited(
                party=party,
                word="",
                detail=one.what,
                procedure="action",
                ref=one.agreed_by.ref,
                subject=one.body,
                agreement=one.agreement,
                article="",
                until=one.due,
                at=None,
                late=_LATE_ACTIONS.get(state, Verdict.NO),
                sure=one.verdict,
                open=False,
                public=one.agreed_by.label.public,
            )


def _meetings(standing: Standing) -> Iterator[Awaited]:
    for one in meetings_of(standing):
        if MeetingState.CALLED in one.states and one.day.last >= standing.on:
            for party in one.invited:
                yield Awaited(
                    party=party,
                    word="meet in" if one.place else "meet",
                    detail=one.place,
                    procedure="meeting",
                    ref=one.begun_by.ref,
                    subject=one.subject or one.body,
                    agreement=one.agreement,
                    article="",
                    until=one.day.last,
                    at=None,
                    late=Verdict.NO,
                    sure=one.verdict,
                    open=True,
                    public=one.begun_by.label.public,
                )


def _lessons(standing: Standing) -> Iterator[Awaited]:
    for lesson in lessons_of(standing):
        what = NEXT_STEPS[lesson.stage.state]
        for party in lesson.stage.who if what else ():
            yield Awaited(
                party=party,
                word=what,
                detail="",
                procedure="lesson",
                ref=lesson.observation.ref,
                subject=lesson.title,
                agreement=None,
                article="",
                until=lesson.stage.due,
                at=None,
                late=lesson.late,
                sure=lesson.verdict,
                open=False,
                public=lesson.observation.label.public,
            )


def _at_home(standing: Standing) -> Iterator[Awaited]:
    for one in at_home(standing):
        if one.status is not None:
            yield from _next_at_home(one.status)


def _next_at_home(status: HomeStatus) -> Iterator[Awaited]:
    for step in next_steps(status)[:1]:
        if not step.whose or not status.acts:
            continue
        act = status.acts[0]
        yield Awaited(
            party=status.state,
            word=step.what,
            detail=", ".join(step.whose),
            procedure="at home",
            ref=act.ref,
            subject=status.procedure.title,
            agreement=status.agreement,
            article="",
            until=status.ends.exact if step.state is HomeState.RUNNING and status.ends is not None else None,
            at=None,
            late=Verdict.NO,
            sure=status.verdict,
            open=step.state in _OPEN_AT_HOME,
            public=act.label.public,
        )
