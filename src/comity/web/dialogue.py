"""Dialogue: standing bodies with their meetings as a month and as a list, what was agreed and is still to be done, who has not met for how long."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.agreements.requirements import Duty
from comity.dialogue import AgreedAction, Meeting, MeetingBody, Silence, action_to_plain, body_to_plain, meeting_to_plain, silence_to_plain
from comity.duties import DutyStatus
from comity.terms import Finding, NotOnRecord
from comity.web.asking import Asked, asked, page
from comity.web.calendar import next_month, read_month, weekdays
from comity.web.charts.chart import Chart, as_chart
from comity.web.charts.silences import COLUMNS, DRAWN, keys_of, silences_drawn
from comity.web.duties import row_of
from comity.web.feeds import as_feed
from comity.web.forms import choices, filled_in, named, with_form
from comity.web.linking import href
from comity.web.meetings import CLOSED, NONE, Event, Talks, chosen, days_of, events_of, every_talk, is_called, silences
from comity.web.readers import reader_of
from comity.web.recording.ground import can_record
from comity.web.several_lists import List, as_one_of
from comity.web.tables import Plain
from comity.web.telling import Words, told
from comity.web.wording import word

FIELDS = ("agreement", "body", "party", "month")
SHOWN, MOST, AHEAD = 100, 4, 12
"""So many of a list are on the page, its files have all; so many lines of a day are in the month; so much of what is ahead is told."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month; ``inside``: of the month that is shown."""

    on: date
    inside: bool
    today: bool
    lines: tuple[Event, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Line:
    """A body in the list. ``link``: its page; ``clauses``: by which it is due next, each with its page; ``waiting``: duties past their day."""

    body: MeetingBody
    title: str
    link: str
    clauses: tuple[tuple[str, str], ...]
    waiting: tuple[DutyStatus, ...]
    ago: Words | None

    @property
    def held(self) -> int:
        return sum(one.state == "held" for one in self.body.meetings)


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Of which body, under which agreement, of which party, in which month."""
    every, _pending = every_talk(this)
    under = {one.agreement for one in every.bodies if one.agreement is not None and this.record.has_agreement(one.agreement, this.known)}
    return {
        "given": filled_in(request, *FIELDS),
        "parties": choices(this)["parties"],
        "under": named(this, sorted(under)),
        "names": sorted({one.name for one in every.bodies}, key=str.casefold),
    }


@with_form("dialogue.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    given = form["given"]
    found, pending = chosen(this, given)
    first = read_month(given["month"], this.on)
    silent, left = silences(this, given)
    events = events_of(found)
    drawn = partial(_silences, this, silent)
    if request.GET.get("format") == "ics":
        return as_feed(days_of(events), _("Meetings"), "meetings")
    lists = lists_of(found, silent)
    if file := as_chart(request, this, {"silent": drawn}) or as_one_of(request, this, lists, pending):
        return file
    made = drawn()
    waiting = [one for one in found.actions if one.state not in CLOSED]
    context = {
        **form,
        "any": every_talk(this)[0].any,
        "bodies": [_line(this, one) for one in found.bodies],
        "first": first,
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{next_month(first):%Y-%m}",
        "weeks": weeks_of(this, first, events),
        "weekdays": weekdays(),
        "inside": [one for one in events if one.on < next_month(first) and one.last >= first],
        "coming": _coming(this, events),
        "actions": waiting[:SHOWN],
        "actions_left": max(0, len(waiting) - SHOWN),
        "done": len(found.actions) - len(waiting),
        "silent": silent[:DRAWN],
        "silent_left": max(0, len(silent) - DRAWN),
        "left_out": left,
        "drawing": made.drawing,
        "keys": made.keys,
        "findings": [*odd_in(found), *found.strays],
        "pending": pending,
        "lists": lists,
        "records": _records(request),
    }
    return page(request, "dialogue.html", context)


def odd_in(talks: Talks) -> list[Finding]:
    """What is odd about acts of meetings and actions."""
    return [*(finding for one in talks.meetings for finding in one.findings), *(finding for one in talks.actions for finding in one.findings)]


def _records(request: HttpRequest) -> list[tuple[str, str]]:
    """The forms that begin something of one's own, for who may record."""
    reader = reader_of(request)
    if not can_record(request) or reader.party is None:
        return []
    return [(kind, href({}, "record-act", kind=kind, actor=reader.party)) for kind in ("call-meeting", "meet")]


def _coming(this: Asked, events: Sequence[Event]) -> list[Event]:
    """What is ahead, the nearest first; of the duties of a body to meet the next one alone."""
    ahead = [one for one in events if one.last >= this.on and one.state in ("called", "open")]
    kept = {(one.agreement, one.body.casefold()) if one.sort == "duty" else (one.sort, one.ref): one for one in reversed(ahead)}
    return sorted(kept.values(), key=lambda one: one.on)[:AHEAD]


def weeks_of(this: Asked, first: date, events: Sequence[Event]) -> list[list[Day]]:
    """The month, week by week, each day with what falls on it."""
    return [[_day(on, first, this.on, events) for on in week] for week in calendar.Calendar().monthdatescalendar(first.year, first.month)]


def _day(on: date, first: date, today: date, events: Sequence[Event]) -> Day:
    lines = tuple(one for one in events if one.on <= on <= one.last)
    shown = lines[:MOST] if len(lines) > MOST + 1 else lines
    return Day(on, (on.year, on.month) == (first.year, first.month), on == today, shown, len(lines) - len(shown))


def _line(this: Asked, one: MeetingBody) -> Line:
    next_ = [row for row in one.due if row.state == "open" and row.due == one.next_due]
    clauses = {row.article.strip(NONE): row_of(this, row).link for row in next_}
    waiting = tuple(row for row in one.due if row.state != "open")
    ago = None if one.last_met is None else _ago((this.on - one.last_met.last).days)
    return Line(one, title_of(one.name), address(this, one), tuple(clauses.items()), waiting, ago)


def _ago(days: int) -> Words:
    """So long ago: in days, from two years on in years."""
    if days >= 2 * 365:
        return told(ngettext("%(number)s year ago", "%(number)s years ago", days * 4 // 1461), number=days * 4 // 1461)
    return told(ngettext("%(number)s day ago", "%(number)s days ago", days), number=days)


def title_of(name: str) -> Words:
    """What a body is called; what has no name is called by a word of ours."""
    return told(word(name, "body that meets")) if word(name, "body that meets") != name else told("%(name)s", name=name)


def address(this: Asked, one: MeetingBody) -> str:
    """The page of a body."""
    return href(this.carried, "body", one.agreement or NONE, one.name)


def _silences(this: Asked, silent: Sequence[Silence]) -> Chart:
    """Who has not met for how long, as a chart."""
    title = told(_("Days since two met, on %(day)s"), day=this.on)
    return Chart(
        "silent",
        _("Each bar is as long as the days since the two last took part in a meeting together, on record."),
        _("Days"),
        _("From acts that say that a meeting was held, and who took part."),
        silences_drawn(silent, title, "silent"),
        lambda: [silence_to_plain(one) for one in silent],
        COLUMNS,
        keys_of(silent),
    )


def lists_of(found: Talks, silent: Sequence[Silence]) -> list[List]:
    """What can be taken elsewhere."""
    return [
        List("bodies", _("Bodies"), lambda: [body_row(one) for one in found.bodies]),
        List("meetings", _("Meetings"), lambda: [_flat(meeting_to_plain(one)) for one in found.meetings]),
        List("actions", _("What was agreed"), lambda: [_flat(action_to_plain(one)) for one in found.actions]),
        List("silent", _("Who has not met"), lambda: [silence_to_plain(one) for one in silent]),
    ]


def body_row(one: MeetingBody) -> dict[str, Any]:
    """A body as plain data, in one row."""
    plainly = body_to_plain(one)
    past = [f"{row['state']} {row['due'] or ''}".strip() for row in plainly["due"] if row["state"] != "open"]
    return {**plainly, "meetings": len(one.meetings), "due": [row["article"] for row in plainly["due"]], "past_due": past}


def _flat(plainly: dict[str, Any]) -> Plain:
    """What is odd about it, its papers and minutes, as words alone."""
    found = {**plainly, "findings": [one["says"] for one in plainly["findings"]]}
    for name in ("papers", "minutes"):
        if name in found:
            found[name] = [one["title"] or one["ref"] for one in found[name]]
    return found


# -- one body ---------------------------------------------------------------------------------------------------------


def body(request: HttpRequest, agreement: str, name: str) -> HttpResponse:
    this = asked(request)
    under = None if agreement == NONE else agreement
    every, pending = every_talk(this)
    found = next((one for one in every.bodies if one.agreement == under and is_called(one.name, name)), None)
    if found is None:
        raise NotOnRecord(
            told(_("no body %(named)s meets under %(agreement)s on record; choose one of the list"), named=repr(name), agreement=agreement)
        )
    actions = [one for one in every.actions if one.agreement == under and is_called(one.body, name)]
    talks = Talks([found], found.meetings, actions, ())
    if request.GET.get("format") == "ics":
        return as_feed(days_of(events_of(talks)), found.name, f"meetings-{found.name}")
    lists = [one for one in lists_of(talks, ()) if one.name in ("meetings", "actions")]
    if file := as_one_of(request, this, lists, pending):
        return file
    context = {
        "asked": this,
        "line": _line(this, found),
        "under": under if under is not None and this.record.has_agreement(under, this.known) else None,
        "meetings": [(one, _agreed_at(actions, one)) for one in reversed(found.meetings)],
        "waiting": [one for one in actions if one.state not in CLOSED],
        "done": sum(one.state in CLOSED for one in actions),
        "duties": [row_of(this, row) for row in found.due],
        "requires": _requires(this, found),
        "findings": odd_in(talks),
        "pending": pending,
        "lists": lists,
        "records": _onward(request, found),
    }
    return page(request, "body.html", context)


def _agreed_at(actions: Sequence[AgreedAction], meeting: Meeting) -> list[AgreedAction]:
    """What one meeting agreed."""
    return [one for one in actions if one.meeting.hash == meeting.begun_by.hash]


def _requires(this: Asked, found: MeetingBody) -> list[tuple[Duty, str]]:
    """The clauses by which it has to meet, each with its page."""
    if found.agreement is None or not found.due:
        return []
    ids = {row.duty for row in found.due}
    clauses = enumerate(this.record.agreement(found.agreement, this.known).clauses, 1)
    return [(one, href(this.carried, "clause", found.agreement, number)) for number, one in clauses if isinstance(one, Duty) and one.id in ids]


def _onward(request: HttpRequest, found: MeetingBody) -> list[tuple[str, str]]:
    """The forms of what can be recorded of the latest meeting, for who may record."""
    if not can_record(request):
        return []
    reader = reader_of(request)
    party = reader.party or next((one.begun_by.actor for one in reversed(found.meetings)), "")
    if not party:
        return []
    given = {"actor": party, "agreement": found.agreement or "", "on": "", "known": "", "as_": "", "strict": ""}
    links = [("call-meeting", href({}, "record-act", kind="call-meeting", **{**given, "d.body": found.name}))]
    if found.meetings:
        last = found.meetings[-1]
        kinds = ("meet", "set-agenda", "submit-paper") if last.state == "called" else ("record-minutes", "agree-action", "submit-paper")
        links += [(kind, href({}, "record-act", kind=kind, **{**given, "replies_to": last.begun_by.ref})) for kind in kinds]
    return links
