"""Days as a calendar feed: what a page lists by days, to be saved or subscribed to.

Source: RFC 5545, 3.6.1 (events), 3.8.2.4 (DTSTART, of a whole day), 3.8.4.7 (UID), 3.8.1.3 (CLASS).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.http import HttpResponse

from comity.terms import Label


@dataclass(frozen=True, slots=True)
class Day:
    """What falls on a day, or lasts from it through ``last``; ``key``: by which a calendar knows it again. ``label``: of the act that tells it."""

    key: str
    on: date
    what: str
    says: str
    label: Label
    last: date | None = None


def as_feed(days: Iterable[Day], title: str, name: str) -> HttpResponse:
    """The days as an iCalendar file."""
    response = HttpResponse(feed(days, datetime.now(UTC), title), content_type="text/calendar; charset=utf-8")
    file = re.sub(r"[^A-Za-z0-9-]+", "-", name)
    response.headers["Content-Disposition"] = f'attachment; filename="{file}.ics"'
    return response


def feed(days: Iterable[Day], stamp: datetime, title: str) -> bytes:
    """The days as an iCalendar object; ``stamp``: when it is made."""
    from icalendar import Calendar, Event, vText

    calendar = Calendar()
    calendar.add("prodid", "-//Comity//pages//EN")
    calendar.add("version", "2.0")
    calendar["x-wr-calname"] = vText(title)
    for day in days:
        event = Event()
        event.add("uid", f"{day.key}@comity")
        event.add("dtstamp", stamp)
        event.add("dtstart", day.on)
        if day.last is not None and day.last > day.on:
            event.add("dtend", day.last + timedelta(days=1))
        event.add("summary", day.what)
        event.add("description", day.says)
        event.add("transp", "TRANSPARENT")
        if not day.label.public:
            event.add("class", "CONFIDENTIAL")
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
