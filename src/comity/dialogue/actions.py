"""What meetings agreed that somebody does: who owes it to whom, by when, whether it is done, and by which act.

Source: how-dialogue-is-followed.md, section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.acts import Act
from comity.agreements import Coverage
from comity.dialogue.acts import AGREE, COMPLETE, MEET, BegunMeeting, meetings_begun, odd, participants, readings
from comity.procedures import KeptAct, agreed, is_complete
from comity.standing import Standing
from comity.terms import Finding, Verdict, parse_day


class ActionState(StrEnum):
    """How an action stands, the most urgent first. Source: section 3.2."""

    OVERDUE = "overdue"
    NOT_KNOWN = "not known"
    OPEN = "open"
    LATE = "done late"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """Something that a meeting agreed is to be done, on a day. ``states``: those that it can be in; one alone where ``verdict`` is yes.

    ``absent``: in some reading it is not agreed yet. ``meeting``: the act that began the meeting. ``due`` None: no day is stated.
    """

    agreed_by: Act
    meeting: Act
    agreement: str | None
    body: str
    what: str
    owed_by: tuple[str, ...]
    owed_to: tuple[str, ...]
    due: date | None
    verdict: Verdict
    states: tuple[ActionState, ...]
    absent: bool
    discharged_by: tuple[Act, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def state(self) -> ActionState | None:
        """Its state, where that is sure."""
        return self.states[0] if self.verdict is Verdict.YES else None


def actions_of(standing: Standing) -> list[AgreedAction]:
    """Every action that is agreed on the day: by the day by which, those without one last, then by reference and hash."""
    found = [_action(standing, meeting, one) for meeting in meetings_begun(standing) for one in meeting.of(AGREE)]
    told = [one for one in found if one is not None]
    return sorted(told, key=lambda one: (one.due is None, one.due or date.max, one.agreed_by.ref, one.agreed_by.hash))


def _action(standing: Standing, meeting: BegunMeeting, one: KeptAct) -> AgreedAction | None:
    on, due = standing.on, parse_day(one.act.details["due"]) if "due" in one.act.details else None
    declared = standing.coverage_of(meeting.act.act.agreement)
    own = [one, *(done for done in meeting.of(COMPLETE) if done.act.replies_to == one.act.hash)]
    ways = [{_state(taken, last, due, on, declared) for taken in readings(own, on, last)} for last in (False, True)]
    states = {state for way in ways for state in way if state is not None}
    if not states:
        return None
    completions = [done for done in own[1:] if done.first <= on]
    owed_by = tuple(dict.fromkeys(one.act.counterparty))
    others = {who for meet in meeting.of(MEET) if meet.first <= on for who in participants(meet)} - set(owed_by)
    by_others = [done.act for done in completions if done.by not in owed_by]
    return AgreedAction(
        agreed_by=one.act,
        meeting=meeting.act.act,
        agreement=meeting.act.act.agreement,
        body=meeting.body,
        what=one.act.details["action"],
        owed_by=owed_by,
        owed_to=tuple(sorted(others)) or (meeting.body,),
        due=due,
        verdict=agreed(ways),
        states=tuple(state for state in ActionState if state in states),
        absent=any(None in way for way in ways),
        discharged_by=tuple(done.act for done in completions),
        findings=tuple(odd("dialogue-not-by-who-owes", act, "was done by another than those who owe it") for act in by_others),
    )


def _state(taken: Sequence[KeptAct], last: bool, due: date | None, on: date, declared: Sequence[Coverage]) -> ActionState | None:
    agreeing = next((one for one in taken if one.kind == AGREE), None)
    if agreeing is None:
        return None
    done = next((one.day(last) for one in taken if one.kind == COMPLETE), None)
    if done is not None:
        return ActionState.DONE if due is None or done <= due else ActionState.LATE
    if due is None or on <= due:
        return ActionState.OPEN
    return ActionState.OVERDUE if is_complete(declared, (COMPLETE,), agreeing.day(last), due) else ActionState.NOT_KNOWN
