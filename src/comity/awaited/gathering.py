"""What each procedure awaits of whom on a day.

Source: what-is-awaited.md, section 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from comity.acts import Act
from comity.awaited.items import Awaited
from comity.decisions import CountingOnRecord, decisions_of
from comity.dialogue import ActionState, MeetingState, actions_of, meetings_of
from comity.disputes import Dispute, DisputeState, MeansState, StepStanding, disputes_of, incidents_of
from comity.domestic import HOME_KINDS, HomeState, home_status, next_steps
from comity.lessons import NEXT_STEPS, lessons_of
from comity.procedures import kept_acts
from comity.standing import Standing
from comity.terms import Verdict

ANSWER = "answer the request for"
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
        if DisputeState.OPEN not in dispute.states:
            continue
        for step in dispute.steps:
            if MeansState.ASKED in step.states and step.due is not None:
                for side in dispute.sides:
                    if side != step.by:
                        yield _of_step(dispute, step, side, ANSWER)
            for side in step.waiting:
                yield _of_step(dispute, step, side, "appoint its member for")


def _of_step(dispute: Dispute, step: StepStanding, side: str, word: str) -> Awaited:
    return Awaited(
        party=side,
        word=word,
        detail=step.place.step.means,
        procedure="dispute",
        ref=dispute.ref,
        subject=dispute.subject,
        agreement=dispute.agreement,
        article=step.place.step.article,
        until=step.due if word == ANSWER else step.ends,
        at=None,
        late=step.late if word == ANSWER else Verdict.NO,
        sure=step.verdict if dispute.verdict is Verdict.YES else dispute.verdict,
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
    began = dict[tuple[str, str], Act]()
    for one in kept_acts(standing, HOME_KINDS):
        if one.act.agreement is not None and one.first <= standing.on:
            began.setdefault((one.by, one.act.agreement), one.act)
    for (party, agreement), act in began.items():
        status = home_status(standing, agreement, party)
        for step in next_steps(status)[:1]:
            if not step.whose:
                continue
            until = status.ends.exact if step.state is HomeState.RUNNING and status.ends is not None else None
            yield Awaited(
                party=party,
                word=step.what,
                detail=", ".join(step.whose),
                procedure="at home",
                ref=act.ref,
                subject=status.procedure.title,
                agreement=agreement,
                article="",
                until=until,
                at=None,
                late=Verdict.NO,
                sure=status.verdict,
                open=step.state in _OPEN_AT_HOME,
                public=act.label.public,
            )
