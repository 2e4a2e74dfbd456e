"""A saved filter as a calendar: to whoever has its token, what anybody may see of what its owner sees, as long as the owner does.

A token that is unknown, renewed or revoked, or whose owner no longer reads, leads nowhere; all alike.

Source: RFC 5545; RFC 7986, 5.7.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse

from comity.web.asking import whole
from comity.web.folds import Busy
from comity.web.watching.asking_again import ask
from comity.web.watching.lines import Line
from comity.web.watching.models import Saved
from comity.web.watching.news import reads
from comity.web.watching.outward import open_in
from comity.web.watching.saving import hash_of

if TYPE_CHECKING:
    from icalendar import Event

MOST = 2000
SOON = timedelta(days=1)


def index(request: HttpRequest, token: str) -> HttpResponse:
    """The feed."""
    saved = Saved.objects.select_related("owner__user").filter(feed=hash_of(token)).first()
    if saved is None or not reads(saved.owner):
        raise Http404
    reader = saved.owner.reader
    answered = ask(whole(request).for_reader(reader), reader, saved.path, saved.query)
    if answered.problem:
        raise Http404
    if answered.pending:
        raise Busy
    told = open_in(whole(request), [saved]).may_go(answered.lines)
    days = sorted((line for line in told if line.on is not None), key=lambda line: str(line.on), reverse=True)[:MOST]
    response = HttpResponse(feed_of(days, saved.name, datetime.now(UTC)), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="comity.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def feed_of(lines: list[Line], name: str, stamp: datetime) -> bytes:
    """The lines as an iCalendar object, with a reminder of what is still to come or to be done."""
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", "-//Comity//saved//EN")
    calendar.add("version", "2.0")
    calendar.add("refresh-interval", SOON, parameters={"VALUE": "DURATION"})
    calendar["name"] = calendar["x-wr-calname"] = vText(name)
    for line in lines:
        calendar.add_component(_event(line, stamp))
    feed: bytes = calendar.to_ical()
    return feed


def _event(line: Line, stamp: datetime) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", f"{line.key}@comity")
    event.add("dtstamp", stamp)
    event.add("dtstart", line.on)
    about = " · ".join(part for part in (line.agreement, line.party) if part and part not in line.says)
    event.add("summary", f"{line.says} ({about})" if about else line.says)
    event.add("transp", "TRANSPARENT")
    if line.open:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", line.says)
        alarm.add("trigger", -SOON)
        event.add_component(alarm)
    return event
