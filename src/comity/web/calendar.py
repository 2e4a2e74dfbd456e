"""Calendar: a month of what is owed and of what changes, day by day; and a feed of the year ahead to subscribe to.

Of a party or an agreement: duties by the day they are due, and the days on which standing changes or until which it can be changed. Of neither:
the changes alone, of the whole book.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.awaited import Awaited, awaited_events
from comity.duties import DutyStatus, duty_events
from comity.feeds import FeedEvent, feed_of
from comity.standing import Coming
from comity.terms import BadInput
from comity.web.asking import Asked, page
from comity.web.awaited import awaited_by
from comity.web.charts.chart import as_chart
from comity.web.charts.months import month
from comity.web.duties import SHAPES, Span, owed
from comity.web.exercises.calendars import ExerciseDay, events_ahead, exercise_days
from comity.web.folds import Busy
from comity.web.forms import choices, filled_in, with_form
from comity.web.paging import part_of
from comity.web.scoping import Scope, agreements_in, read_scope
from comity.web.tables import as_file
from comity.web.upcoming import coming_up

YEAR = timedelta(days=365)
MOST = 4
"""So many lines of a day are in the picture; the list below has all."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that falls on a day. ``shape``: that of a duty's state; ``party`` None: all, or the agreement itself.

    ``exercise``: of which it is a day, blank where it is none of one; ``end``: of what lasts, it is the first day or the last. ``act``: with
    which the procedure began that awaits it, blank where none does.
    """

    on: date
    what: str
    agreement: str
    party: str | None
    state: str = ""
    shape: str = "m-yes"
    exercise: str = ""
    end: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the picture; ``inside``: of the month that is shown."""

    on: date
    inside: bool
    today: bool
    lines: tuple[Line, ...]
    more: int


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Whose calendar it is, and which month."""
    return {**choices(this), "given": filled_in(request, "agreement", "party", "month")}


def lines_between(this: Asked, scope: Scope, start: date, end: date) -> tuple[list[Line], list[str]]:
    """What falls on the days from ``start`` to before ``end``, and the agreements that are still being derived."""
    then = replace(this, on=min(this.on, start))
    agreements, pending = agreements_in(then, scope)
    coming = [_of_change(one) for one in coming_up(then, agreements, scope.party, end - then.on)]
    due = list[Line]()
    if scope.party or scope.agreement:
        duties, waiting = owed(this, scope, Span(max(end - this.on, timedelta(0)), max(this.on - start, timedelta(0)), everything=True))
        due = [_of_duty(one) for one in duties if one.due is not None]
        pending = sorted({*pending, *waiting})
    held = [] if scope.agreement else [_of_exercise(one) for one in exercise_days(this, scope.party, start, end)]
    waits = [_of_awaited(one) for one in awaited_by(this, scope.party, scope.agreement)]
    return sorted(
        (one for one in (*coming, *due, *held, *waits) if start <= one.on < end), key=lambda one: (one.on, one.agreement, one.what)
    ), pending


def line_to_plain(one: Line) -> dict[str, object]:
    """A line as plain data."""
    return {
        "on": one.on.isoformat(),
        "what": one.what,
        "agreement": one.agreement,
        "party": one.party,
        "state": one.state or None,
        "exercise": one.exercise or None,
        "act": one.act or None,
    }


def read_month(text: str, on: date) -> date:
    """The first day of a month; blank: of that of a day."""
    if not text:
        return on.replace(day=1)
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text) or not 2 <= int(text[:4]) <= 9990:
        raise BadInput(f"month={text!r} is no month; write it as YYYY-MM, for instance {on:%Y-%m}")
    return date(int(text[:4]), int(text[5:]), 1)


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def _of_change(one: Coming) -> Line:
    return Line(one.on, one.what, one.agreement, one.party)


def _of_duty(one: DutyStatus) -> Line:
    assert one.due is not None
    return Line(one.due, one.what, one.agreement, one.owed_by, str(one.state), SHAPES.get(one.state, "v-yes"))


def _of_exercise(one: ExerciseDay) -> Line:
    return Line(one.on, one.what, "", one.party or None, exercise=one.activity, end=one.end)


def _of_awaited(one: Awaited) -> Line:
    assert one.until is not None
    return Line(one.until, one.what, one.agreement or "", one.party, act=one.ref)


@with_form("calendar.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    scope, first = read_scope(request, this) or Scope(), read_month(form["given"]["month"], this.on)
    if request.GET.get("format") == "ics":
        return _feed(this, scope)
    after = next_month(first)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    found, pending = lines_between(this, scope, weeks[0][0], weeks[-1][-1] + timedelta(days=1))
    inside = [one for one in found if first <= one.on < after]
    days = [[_day(on, first, this.on, found) for on in week] for week in weeks]
    whose = this.name(scope.party) if scope.party else scope.agreement or this.record.title
    drawn = partial(month, days, weekdays(), first, [line_to_plain(one) for one in inside], whose)
    if file := as_chart(request, this, {"month": drawn}, pending) or as_file(
        request, this, "calendar", lambda: [line_to_plain(one) for one in inside], pending
    ):
        return file
    context = {
        **form,
        "scope": scope,
        "first": first,
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{after:%Y-%m}",
        "weeks": days,
        "lines": inside,
        "part": part_of(request, inside),
        "weekdays": weekdays(),
        "pending": pending,
    }
    return page(request, "calendar.html", context)


def _day(on: date, first: date, today: date, found: list[Line]) -> Day:
    lines = tuple(one for one in found if one.on == on)
    shown = lines[:MOST] if len(lines) > MOST + 1 else lines
    return Day(on, (on.year, on.month) == (first.year, first.month), on == today, shown, len(lines) - len(shown))


def _feed(this: Asked, scope: Scope) -> HttpResponse:
    """The year ahead, to subscribe to: duties with a reminder, and changes as days."""
    duties, waiting = owed(this, scope, Span(YEAR, timedelta(0), everything=False)) if scope.party or scope.agreement else ([], [])
    agreements, pending = agreements_in(this, scope)
    if waiting or pending:
        raise Busy
    about = this.name(scope.party) if scope.party else scope.agreement or this.record.title
    events = [
        *duty_events(duties),
        *(_change_event(one) for one in coming_up(this, agreements, scope.party, YEAR)),
        *([] if scope.agreement else events_ahead(this, scope.party, this.on, this.on + YEAR)),
        *awaited_events(one for one in awaited_by(this, scope.party, scope.agreement) if one.until and one.until <= this.on + YEAR),
    ]
    response = HttpResponse(feed_of(events, datetime.now(UTC), f"Comity: {about}", "duties"), content_type="text/calendar; charset=utf-8")
    name = re.sub(r"[^A-Za-z0-9-]+", "-", "-".join(part for part in ("comity", scope.party, scope.agreement) if part))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _change_event(one: Coming) -> FeedEvent:
    identity = repr((one.on, one.agreement, one.party, one.what))
    uid = hashlib.sha256(identity.encode()).hexdigest()[:32] + "@comity"
    return FeedEvent(uid, one.on, f"{one.agreement}{f', {one.party}' if one.party else ''}: {one.what}")


def weekdays() -> list[str]:
    """Monday to Sunday, in the page's words."""
    return [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
