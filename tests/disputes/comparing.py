"""What the slow reading has of drawn records, kept to be asked of the room again and again."""

from __future__ import annotations

import functools
from datetime import date

from comity.agreements import EVER
from comity.agreements.requirements import Lead
from comity.disputes import (
    Dispute,
    Incident,
    MeansState,
    Move,
    StepStanding,
    day_after,
    dispute_strays,
    disputes_of,
    first_days,
    incident_strays,
    incidents_of,
    moves_awaited,
    place_of,
)
from comity.disputes.grounds import RULE
from comity.duties import following
from comity.standing import Record, Standing
from comity.terms import Answer, Reason, Verdict
from oracles import dispute_days
from oracles import dispute_moves as slow
from oracles import disputes as oracle
from oracles import incidents as spoken
from tests.disputes.disputes_drawn import stood
from tests.disputes.disputes_timed import SEEDS, timed

STATES = {MeansState.NOT_BEGUN: "not-begun", MeansState.ASKED: "asked", MeansState.UNDER_WAY: "under-way", MeansState.FAILED: "failed"}
Incidents = dict[str, tuple[tuple[str, ...], frozenset[spoken.Said]]]
Said = tuple[list[oracle.Told], set[str], Incidents, set[str]]


def slowly(standing: Standing) -> Said:
    """What the slow reading says: disputes, strays, incidents, strays of those."""
    record, asked = standing.record, (standing.on, standing.known, standing.viewer)
    assert isinstance(record, Record)
    agreements = {one.id: one for one in record.agreements if record.has_agreement(one.id, standing.known)}

    def between(a: str, b: str, agreement: str) -> Answer | None:
        return standing.between(a, b, agreement) if {a, b} <= set(record.register.parties) else None

    return (
        sorted(oracle.disputes(record.entries, record.coverage, agreements, *asked, between), key=lambda told: told.root),
        oracle.strays(record.entries, agreements, *asked[1:]),
        spoken.incidents(record.entries, agreements, *asked),
        spoken.stray_acknowledgements(record.entries, agreements, *asked[1:]),
    )


def _told(one: Dispute) -> oracle.Told:
    return oracle.Told(
        root=one.raised.hash,
        sides=one.sides,
        verdict=one.verdict,
        states=frozenset(map(str, one.states)),
        absent=one.absent,
        acts=tuple(act.hash for act in one.acts),
        findings=frozenset((found.code, found.where) for found in one.findings),
        steps=tuple(
            oracle.StepTold(
                clause=step.place.clause.id,
                number=step.place.number,
                states=frozenset(_state(state) for state in step.states),
                verdict=step.verdict,
                first=_state(step.state),
                asked=step.asked,
                by=step.by,
                due=step.due,
                late=step.late,
                ripe=step.ripe,
                since=step.opens,
                law=step.law,
                lacking=frozenset(act for reason in _grounds(step) for act in reason.acts),
                open=step.open,
                ends=step.ends,
                waiting=step.waiting,
                who=step.who,
            )
            for step in one.steps
        ),
        agreed=frozenset(one.agreed),
        since=one.since,
        about=one.about,
    )


def _grounds(step: StepStanding) -> list[Reason]:
    """Why it is not there between the sides."""
    return [reason for reason in step.because if reason.rule == RULE]


def _is_reasoned(one: Dispute) -> bool:
    """Is there a reason why a step is not there exactly where it is not, and no such reason that holds?"""
    return all(bool(found := _grounds(step)) is (step.law is not Verdict.YES) and not any(reason.holds for reason in found) for step in one.steps)


def _state(state: MeansState) -> str:
    return STATES.get(state, str(state))


def _said(one: Incident) -> tuple[tuple[str, ...], frozenset[spoken.Said]]:
    said = frozenset(spoken.Said(each.act.hash, each.to, each.acknowledged, each.answered) for each in one.said)
    return tuple(act.hash for act in one.acts), said


def quickly(standing: Standing) -> Said:
    """What the room says."""
    return (
        sorted((_told(one) for one in disputes_of(standing)), key=lambda told: told.root),
        {one.where for one in dispute_strays(standing)},
        {one.began.hash: _said(one) for one in incidents_of(standing)},
        {one.where for one in incident_strays(standing)},
    )


@functools.cache
def said() -> tuple[tuple[Standing, Said], ...]:
    """Each record with what the slow reading says of it."""
    return tuple((standing, slowly(standing)) for standing in (*stood(), *map(timed, range(SEEDS))))


def agrees(standing: Standing, wanted: Said) -> bool:
    """Does the room say the same, and tell it by reference?"""
    refs = [(one.ref, one.raised.hash) for one in disputes_of(standing)]
    began = [(one.ref, one.began.hash) for one in incidents_of(standing)]
    return quickly(standing) == wanted and refs == sorted(refs) and began == sorted(began) and all(map(_is_reasoned, disputes_of(standing)))


def moves_agree() -> bool:
    """Does the room say whose move it is as the slow reading does, what is due first first?"""
    for standing, (told, *_) in said():
        found = {one.raised.hash: one for one in disputes_of(standing)}
        for wanted in told:
            one = found[wanted.root]
            moves, says = moves_awaited(one, standing.on), {(step.place.clause.id, step.place.number): step.place.step for step in one.steps}
            days = [move.until or date.max for move in moves]
            if set(map(_move, moves)) != slow.awaited(wanted, says, standing.on) or days != sorted(days) or len(set(moves)) < len(moves):
                return False
    return True


def first_days_agree() -> bool:
    """Does the room have the first days of the slow reading, and none beyond the calendar?"""
    last, day = date(9999, 12, 29), Lead(hours=24)
    if day_after(last, day, None) != date(9999, 12, 30) or day_after(date(9999, 12, 30), day, None) is not None:
        return False
    for standing, (told, *_) in said():
        found = {one.raised.hash: one for one in disputes_of(standing)}
        for wanted in told:
            one = found[wanted.root]
            zone = standing.record.agreement(one.agreement, standing.known).zone
            says, since = {place_of(step): step.place.step for step in one.steps}, {place_of(step): step.since for step in one.steps}
            slowly_found = dispute_days.first_days(wanted, says, since, standing.on, functools.partial(_later, zone=zone))
            if first_days(one, standing.on, zone) != slowly_found:
                return False
    return True


def _later(day: date, lead: Lead, zone: str | None) -> date | None:
    end = following(day.toordinal(), None, lead, zone).day
    return None if end >= EVER else date.fromordinal(end)


def _move(one: Move) -> slow.Awaits:
    who = frozenset(filter(None, (*one.who, one.body)))
    until = None if one.until is None else one.until.isoformat()
    return one.step.place.clause.id, one.step.place.number, str(one.does), who, until, one.late


def disputes_agree() -> bool:
    """Does the room say the same of all of them?"""
    return all(agrees(standing, wanted) for standing, wanted in said())
