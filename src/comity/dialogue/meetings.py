"""Meetings on a day: called, held, cancelled or neither; who took part; their agenda, papers and minutes.

Source: how-dialogue-is-followed.md, section 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.acts import Act
from comity.agreements import Coverage
from comity.dialogue.acts import AGENDA, CALL, MEET, MINUTES, PAPER, BegunMeeting, meetings_begun, odd, participants, readings
from comity.procedures import KeptAct, agreed, is_complete
from comity.standing import Standing
from comity.terms import Finding, Moment, Verdict, parse_day, parse_moment


class MeetingState(StrEnum):
    """Where a meeting stands. Source: section 2.1."""

    HELD = "held"
    CALLED = "called"
    CANCELLED = "cancelled"
    NOT_HELD = "not held"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting on a day. ``states``: those that it can be in; one alone where ``verdict`` is yes. ``absent``: in some reading there is none yet.

    ``day``: that of the meeting, as partial as the record has it. ``took_part`` empty: it is not on record who did.
    """

    begun_by: Act
    agreement: str | None
    body: str
    verdict: Verdict
    states: tuple[MeetingState, ...]
    absent: bool
    day: Moment
    ends: date | None
    place: str
    took_part: tuple[str, ...]
    invited: tuple[str, ...]
    agenda: tuple[str, ...]
    papers: tuple[Act, ...]
    minutes: tuple[Act, ...]
    acts: tuple[Act, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def state(self) -> MeetingState | None:
        """Its state, where that is sure."""
        return self.states[0] if self.verdict is Verdict.YES else None

    @property
    def subject(self) -> str:
        """Which meeting it is, where that is said."""
        return self.begun_by.details.get("subject", "")


def meetings_of(standing: Standing) -> list[Meeting]:
    """Every meeting that is there on the day, by its day, its reference and hash."""
    found = (_meeting(standing, one) for one in meetings_begun(standing))
    return sorted((one for one in found if one is not None), key=lambda one: (one.day.first, one.begun_by.ref, one.begun_by.hash))


def _meeting(standing: Standing, begun: BegunMeeting) -> Meeting | None:
    declared = standing.coverage_of(begun.act.act.agreement)
    own = begun.of(CALL, MEET)
    ways = [{_state(taken, standing.on, declared) for taken in readings(own, standing.on, last)} for last in (False, True)]
    states = {state for way in ways for state in way if state is not None}
    if not states:
        return None
    there = BegunMeeting(begun.act, tuple(one for one in begun.acts if one.first <= standing.on))
    calls, meets = there.of(CALL), there.of(MEET)
    told = meets[0] if meets else calls[-1]
    ends = told.act.details.get("ends")
    return Meeting(
        begun_by=begun.act.act,
        agreement=begun.act.act.agreement,
        body=begun.body,
        verdict=agreed(ways),
        states=tuple(state for state in MeetingState if state in states),
        absent=any(None in way for way in ways),
        day=_day(told),
        ends=None if ends is None else parse_day(ends),
        place=told.act.details.get("place", ""),
        took_part=tuple(dict.fromkeys(who for meet in meets for who in participants(meet))),
        invited=calls[-1].act.counterparty if calls else (),
        agenda=_items(there),
        papers=tuple(one.act for one in there.of(PAPER)),
        minutes=tuple(one.act for one in there.of(MINUTES)),
        acts=tuple(one.act for one in there.acts),
        findings=tuple(_uninvited(calls, meets)),
    )


def _state(taken: Sequence[KeptAct], on: date, declared: Sequence[Coverage]) -> MeetingState | None:
    if any(one.kind == MEET for one in taken):
        return MeetingState.HELD
    if not taken:
        return None
    call = taken[-1].act
    starts = parse_day(call.details["starts"])
    ends = parse_day(call.details["ends"]) if "ends" in call.details else starts
    if call.flag("cancelled"):
        return MeetingState.CANCELLED
    if on <= ends:
        return MeetingState.CALLED
    return MeetingState.NOT_HELD if is_complete(declared, (MEET,), starts, ends) else MeetingState.NOT_KNOWN


def _day(told: KeptAct) -> Moment:
    if told.kind == CALL:
        return parse_moment(told.act.details["starts"])
    assert told.act.done is not None, "no act without a day counts"
    return told.act.done


def _items(there: BegunMeeting) -> tuple[str, ...]:
    agendas = there.of(AGENDA)
    return agendas[-1].act.listed("items") if agendas else ()


def _uninvited(calls: Sequence[KeptAct], meets: Sequence[KeptAct]) -> Iterator[Finding]:
    if calls and calls[-1].act.counterparty:
        asked = (calls[-1].by, *calls[-1].act.counterparty)
        for meet in meets:
            others = [who for who in participants(meet) if who not in asked]
            if others:
                yield odd("dialogue-not-invited", meet.act, f"names {', '.join(others)}, who had not been invited")
