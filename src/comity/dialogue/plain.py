"""Bodies, meetings, actions and silences as plain data, as docs/schemas/dialogue-*.json have them.

Source: how-dialogue-is-followed.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from comity.dialogue.actions import AgreedAction
from comity.dialogue.bodies import MeetingBody
from comity.dialogue.meetings import Meeting
from comity.dialogue.silences import Silence
from comity.duties import duty_to_plain
from comity.terms import Finding


def meeting_to_plain(one: Meeting) -> dict[str, Any]:
    """One meeting."""
    return {
        "ref": one.begun_by.ref,
        "act": one.begun_by.hash,
        "agreement": one.agreement,
        "body": one.body,
        "subject": one.subject or None,
        "verdict": str(one.verdict),
        "state": None if one.state is None else str(one.state),
        "states": [str(state) for state in one.states],
        "absent": one.absent,
        "day": one.day.written,
        "ends": _day(one.ends),
        "place": one.place or None,
        "took_part": list(one.took_part),
        "invited": list(one.invited),
        "agenda": list(one.agenda),
        "papers": [{"ref": act.ref, "title": act.details["title"], "by": act.attributed_to} for act in one.papers],
        "minutes": [{"ref": act.ref, "title": act.details.get("title"), "says": act.details.get("says")} for act in one.minutes],
        "acts": [act.ref for act in one.acts],
        "findings": strays_to_plain(one.findings),
    }


def action_to_plain(one: AgreedAction) -> dict[str, Any]:
    """One action."""
    return {
        "ref": one.agreed_by.ref,
        "act": one.agreed_by.hash,
        "meeting": one.meeting.ref,
        "agreement": one.agreement,
        "body": one.body,
        "what": one.what,
        "owed_by": list(one.owed_by),
        "owed_to": list(one.owed_to),
        "due": _day(one.due),
        "verdict": str(one.verdict),
        "state": None if one.state is None else str(one.state),
        "states": [str(state) for state in one.states],
        "absent": one.absent,
        "discharged_by": [act.ref for act in one.discharged_by],
        "findings": strays_to_plain(one.findings),
    }


def body_to_plain(one: MeetingBody) -> dict[str, Any]:
    """One body."""
    return {
        "name": one.name,
        "agreement": one.agreement,
        "meetings": [meeting.begun_by.ref for meeting in one.meetings],
        "last_met": None if one.last_met is None else one.last_met.written,
        "next_called": _day(one.next_called),
        "next_due": _day(one.next_due),
        "due": [duty_to_plain(row) for row in one.due],
    }


def silence_to_plain(one: Silence) -> dict[str, Any]:
    """Two parties."""
    return {
        "parties": list(one.parties),
        "last": None if one.last is None else one.last.written,
        "act": None if one.act is None else one.act.ref,
        "days_at_least": one.at_least,
        "days_at_most": one.at_most,
        "sure": str(one.sure),
    }


def strays_to_plain(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """What is odd about acts."""
    return [{"code": one.code, "where": one.where, "says": one.says} for one in findings]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
