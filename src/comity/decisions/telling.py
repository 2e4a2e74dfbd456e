"""Proposals as plain data and in words: the same for a program, a screen and a calendar.

Source: how-a-decision-is-followed.md, sections 6 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from comity.acts import Act
from comity.decisions.proposals import Decision, DecisionState, Reminder, Stand
from comity.feeds import FeedEvent, feed_of

ASKED = "is asked to vote"
ALARM = timedelta(hours=24)
"""How long before a silence or a vote ends an alarm goes off."""


def decision_states(decision: Decision) -> str:
    """Its state, or those that it can have, in words."""
    states = list(dict.fromkeys(str(one.state).replace("-", " ") for one in decision.stands))
    return " or ".join(states + (["not yet proposed"] if decision.absent else []))


def instant_in_words(at: datetime, zone: str | None) -> str:
    """An instant on the clock of a zone, and in UTC where that is another: ``2003-02-10 12:00 Europe/Brussels (11:00 UTC)``."""
    there = at.astimezone(UTC if zone is None else ZoneInfo(zone))
    form = "%Y-%m-%d %H:%M:%S" if at.second else "%Y-%m-%d %H:%M"
    if zone is None or zone == "UTC":
        return f"{there:{form}} UTC"
    utc = at.astimezone(UTC)
    return f"{there:{form}} {zone} ({utc:%H:%M} UTC{'' if utc.date() == there.date() else f' of {utc:%Y-%m-%d}'})"


def stand_in_words(stand: Stand, decision: Decision) -> str:
    """One way in which it stands, in a line."""
    says = "adopted by silence" if stand.silently else str(stand.state).replace("-", " ")
    if stand.at is not None:
        says += f" at {instant_in_words(stand.at, decision.zone)}"
    if stand.until is not None:
        runs = "; silence runs on" if stand.state is DecisionState.BROKEN else ""
        says += f"{runs} until {instant_in_words(stand.until, decision.zone)}"
    if stand.objecting:
        says += f"; {_who(stand.objecting)} {'objects' if len(stand.objecting) == 1 else 'object'}"
    if stand.perhaps:
        says += f"; {'besides, ' if stand.objecting else ''}the {'objection' if len(stand.perhaps) == 1 else 'objections'} of {_who(stand.perhaps)}"
        says += " may or may not count"
    return says


def waiting(decision: Decision, party: str | None = None) -> list[tuple[str, datetime | None, tuple[str, ...]]]:
    """What may still be done or is asked, until when, by whom; only what concerns a party, where one is named."""
    found: dict[tuple[str, datetime | None], list[str]] = {}
    for one in decision.reminders:
        if party in (None, one.who):
            found.setdefault((one.what, one.until), []).append(one.who)
    return [(what, until, tuple(who)) for (what, until), who in found.items()]


def decision_to_plain(decision: Decision) -> dict[str, Any]:
    """A proposal as strings, lists and objects, as docs/schemas/decision-status.json has it."""
    proposal, details = decision.proposal, decision.proposal.details
    return {
        "ref": proposal.ref,
        "act": proposal.hash,
        "rule": decision.rule_name,
        "body": None if decision.rule is None else decision.rule.body,
        "subject": decision.subject or None,
        "text": details.get("text"),
        "text_hash": details.get("hash"),
        "proposed_by": proposal.attributed_to,
        "proposed": None if proposal.done is None else proposal.done.written,
        "zone": decision.zone,
        "at": decision.at.isoformat(),
        "verdict": str(decision.verdict),
        "state": None if decision.state is None else str(decision.state),
        "settled_by_chair": decision.settled,
        "stands": [_stand(one) for one in decision.stands],
        "absent": decision.absent,
        "chair": None if decision.chair is None else {"act": decision.chair.ref, "outcome": decision.chair.details["outcome"]},
        "votes": [{"party": who, "vote": vote, "act": act.ref} for who, vote, act in decision.votes],
        "count": None if decision.tally is None else decision.tally.outcome.value,
        "reminders": [_reminder(one) for one in decision.reminders],
        "statements": [
            {"act": one.ref, "party": one.attributed_to, "as": one.details.get("as"), "says": one.details.get("says")} for one in decision.statements
        ],
        "acts": [one.ref for one in decision.acts],
        "findings": [{"code": one.code, "where": one.where, "says": one.says} for one in decision.findings],
    }


def decisions_calendar(found: Iterable[Decision], stamp: datetime, party: str | None = None) -> bytes:
    """The ends of silences and votes that wait for somebody (for ``party``), as an iCalendar file; ``stamp``: when it is made."""
    waits = ((decision, one) for decision in found for one in waiting(decision, party))
    return feed_of(
        (_event(decision, what, until, who) for decision, (what, until, who) in waits if until is not None), stamp, "Decisions", "decisions"
    )


def _event(decision: Decision, what: str, until: datetime, who: tuple[str, ...]) -> FeedEvent:
    return FeedEvent(
        uid=f"{decision.proposal.hash.removeprefix('sha256:')[:32]}-{what.replace(' ', '-')}@decision.comity",
        on=until,
        summary=f"{decision.subject or decision.proposal.ref}: {'the vote closes' if what == ASKED else 'silence ends'}",
        description=f"{', '.join(who)} {what}; {decision.rule_name}, {decision.proposal.ref}",
        categories=(decision.rule_name, what),
        public=decision.proposal.label.public,
        alarm=ALARM,
        alarm_says=f"{decision.proposal.ref}: {what}",
    )


def _stand(stand: Stand) -> dict[str, Any]:
    return {
        "state": str(stand.state),
        "silently": stand.silently,
        "by": stand.by.ref,
        "text": stand.text.ref,
        "until": None if stand.until is None else stand.until.isoformat(),
        "since_deadline": None if stand.at is None else stand.at.isoformat(),
        "objecting": [{"act": one.ref, "party": one.attributed_to} for one in stand.objecting],
        "perhaps_objecting": [{"act": one.ref, "party": one.attributed_to} for one in stand.perhaps],
    }


def _reminder(one: Reminder) -> dict[str, Any]:
    return {"party": one.who, "what": one.what, "until": None if one.until is None else one.until.isoformat(), "asked": one.asked}


def _who(acts: Iterable[Act]) -> str:
    return ", ".join(dict.fromkeys(one.attributed_to for one in acts))
