"""Days as a calendar feed: what a page lists by days, to be saved or subscribed to.

Source: RFC 5545, 3.6.1 (events), 3.8.2.4 (DTSTART, of a whole day), 3.8.4.7 (UID), 3.8.1.3 (CLASS).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.http import HttpResponse

from comity.feeds import FeedEvent, feed_of
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
    """The days as an iCalendar file; ``stamp``: when it is made."""
    return feed_of(map(_event, days), stamp, title, "pages")


def _event(day: Day) -> FeedEvent:
    return FeedEvent(f"{day.key}@comity", day.on, day.what, day.says, day.last, public=day.label.public)
