"""What the pages ask of standing meetings: bodies, meetings, actions and silences, those that are asked for; the days on which something falls."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from comity.agreements.requirements import Duty
from comity.dialogue import (
    ActionState,
    AgreedAction,
    Meeting,
    MeetingBody,
    Silence,
    actions_of,
    bodies_of,
    dialogue_strays,
    meetings_of,
    met_on_record,
    silences_of,
)
from comity.duties import DutyStatus, State
from comity.questions import show
from comity.standing import Standing
from comity.terms import Finding, Label, NotOnRecord, Verdict
from comity.web.asking import Asked, party_code
from comity.web.feeds import Day
from comity.web.narrowing import Narrowed
from comity.web.telling import plain, told
from comity.web.wording import word

MOST = 40
"""So many parties are looked at two by two, those that met most often; more are named."""
NONE = "-"
"""In the address of a body: that its meetings are under no agreement."""
CLOSED = (ActionState.DONE, ActionState.LATE)


@dataclass(frozen=True, slots=True)
class Talks:
    """What the record has of standing meetings on the day."""

    bodies: Sequence[MeetingBody]
    meetings: Sequence[Meeting]
    actions: Sequence[AgreedAction]
    strays: Sequence[Finding]

    @property
    def any(self) -> bool:
        return bool(self.bodies or self.meetings)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that falls on a day, or lasts from it through ``last``. ``sort``: meeting, action or duty; ``state``: of that."""

    on: date
    last: date
    sort: str
    state: str
    what: str
    body: str
    agreement: str | None
    ref: str
    label: Label


def every_talk(this: Asked) -> tuple[Talks, list[str]]:
    """All of it, kept; and the agreements that may require meetings and are still being derived."""
    requiring = _requiring(this)
    waiting = {*this.pending()}.intersection(requiring)
    looked_at = [one for one in requiring if one not in waiting and one not in this.fold.broken]

    def found(standing: Standing) -> Talks:
        bodies = [_shown(one, standing) for one in bodies_of(Narrowed(standing, looked_at))]
        return Talks(bodies, meetings_of(standing), actions_of(standing), dialogue_strays(standing))

    return this.ask("dialogue", found, pending=waiting), sorted(waiting)


def _requiring(this: Asked) -> list[str]:
    """The agreements with a duty that a meeting discharges."""

    def requires(agreement: str) -> bool:
        duties = [one.discharged for one in this.record.agreement(agreement, this.known).clauses if isinstance(one, Duty)]
        return any(one is not None and "meet" in one.acts for one in duties)

    return this.ask("requiring meetings", lambda _: [one for one in this.fold.wanted if requires(one)])


def _shown(body: MeetingBody, standing: Standing) -> MeetingBody:
    return replace(body, due=tuple(show(row, standing.viewer) for row in body.due))


def is_called(name: str, wanted: str) -> bool:
    """Capital letters make no difference."""
    return name.casefold() == wanted.casefold()


def chosen(this: Asked, given: Mapping[str, str]) -> tuple[Talks, list[str]]:
    """Those of an agreement, a body, a party, where these are asked for; BadInput or NotOnRecord say what is wrong with the question."""
    every, pending = every_talk(this)
    agreement = this.record.agreement(given["agreement"], this.known).id if given["agreement"] else None
    party = party_code(this.record, given["party"]) if given["party"] else ""
    body = given["body"]
    if body and not any(is_called(one.name, body) for one in every.bodies):
        raise NotOnRecord(told(_("no body %(named)s meets on record; choose one of the list"), named=repr(body)))

    def fits(under: str | None, name: str) -> bool:
        return agreement in (None, under) and (not body or is_called(name, body))

    meetings = [one for one in every.meetings if fits(one.agreement, one.body) and (not party or party in around(one))]
    actions = [one for one in every.actions if fits(one.agreement, one.body) and (not party or party in one.owed_by)]
    keys = {(one.agreement, one.body.casefold()) for one in meetings}
    bodies = [
        one
        for one in every.bodies
        if fits(one.agreement, one.name)
        and (not party or (one.agreement, one.name.casefold()) in keys or any(row.owed_by == party for row in one.due))
    ]
    return Talks(bodies, meetings, actions, every.strays), pending


def around(meeting: Meeting) -> tuple[str, ...]:
    """Who took part, was asked to, or called it."""
    return (*meeting.took_part, *meeting.invited, meeting.begun_by.attributed_to)


def silences(this: Asked, given: Mapping[str, str]) -> tuple[list[Silence], int]:
    """Each two of those who took part in meetings under the agreement, the longest silent first; and how many of them were left out."""
    agreement = given["agreement"] or None
    party = party_code(this.record, given["party"]) if given["party"] else ""

    def found(standing: Standing) -> tuple[list[Silence], int]:
        listed = met_on_record(standing, agreement)
        often = Counter(who for one in meetings_of(standing) for who in one.took_part if agreement in (None, one.agreement))
        kept = sorted(listed, key=lambda code: (code != party, -often[code], code))[:MOST]
        return silences_of(standing, kept, agreement), len(listed) - len(kept)

    every, left = this.ask(("silences", agreement, party), found)
    return [one for one in every if not party or party in one.parties], left


# -- days -----------------------------------------------------------------------------------------------------------------


def events_of(talks: Talks) -> list[Event]:
    """Every day of meetings, of what was agreed, and by which an agreement requires one, in order."""
    found = [_of_meeting(one) for one in talks.meetings]
    found += [_of_action(one) for one in talks.actions if one.due is not None]
    found += [_of_duty(body, row) for body in talks.bodies for row in body.due if row.due is not None]
    return sorted(found, key=lambda one: (one.on, one.sort, one.body.casefold(), one.ref))


def _of_meeting(one: Meeting) -> Event:
    state = "contested" if one.verdict is Verdict.CONTESTED else "unknown" if one.state is None else str(one.state)
    last = max(one.ends or one.day.last, one.day.last)
    return Event(one.day.first, last, "meeting", state, one.subject, one.body, one.agreement, one.begun_by.ref, one.begun_by.label)


def _of_action(one: AgreedAction) -> Event:
    assert one.due is not None
    state = "contested" if one.verdict is Verdict.CONTESTED else "not known" if one.state is None else str(one.state)
    what = f"{', '.join(one.owed_by)}: {one.what}"
    return Event(one.due, one.due, "action", state, what, one.body, one.agreement, one.agreed_by.ref, one.agreed_by.label)


def _of_duty(body: MeetingBody, row: DutyStatus) -> Event:
    assert row.due is not None
    return Event(row.due, row.due, "duty", str(row.state), row.what, body.name, body.agreement, row.key, row.label)


def days_of(events: Sequence[Event]) -> list[Day]:
    """The events that are held, called or still to be done, as days of a calendar feed."""
    kept = [one for one in events if one.state in ("held", "called", *(str(state) for state in (State.OPEN, State.OVERDUE, State.NOT_KNOWN)))]
    return [Day(_key(one), one.on, _summary(one), f"{one.what} ({one.agreement or one.ref})", one.label, one.last) for one in kept]


def _summary(one: Event) -> str:
    if one.sort != "meeting":
        return f"{one.body}: {one.what}"
    return f"{one.body} ({plain(told(word(one.state, 'meeting')))})"


def _key(one: Event) -> str:
    return f"{one.sort}-{hashlib.sha256(f'{one.ref}|{one.on}'.encode()).hexdigest()[:32]}"


def event_to_plain(one: Event) -> dict[str, object]:
    """A day as plain data."""
    return {
        "from": one.on.isoformat(),
        "through": one.last.isoformat(),
        "sort": one.sort,
        "state": one.state,
        "body": one.body,
        "agreement": one.agreement,
        "what": one.what or None,
        "ref": one.ref,
    }
