"""The calendar feed: one event for each duty with a due day, so that a later feed replaces it.

icalendar is asked for only when a feed is written: everything else in this room works without it.

Source: RFC 5545, 3.4 (the object), 3.6.1 and 3.6.6 (events and alarms), 3.8.4.7 and 3.8.7.2 (UID and DTSTAMP).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from comity.duties.telling import DutyStatus

if TYPE_CHECKING:
    from icalendar import Alarm, Event

DAY_AHEAD, HOUR_AHEAD = timedelta(days=7), timedelta(hours=1)
"""How long before it is due an alarm goes off: by the day, by the hour."""


def calendar_feed(rows: Iterable[DutyStatus], stamp: datetime, name: str = "Duties") -> bytes:
    """The rows that have a due day, as an iCalendar object; ``stamp``: when the feed is made."""
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", "-//Comity//duties//EN")
    calendar.add("version", "2.0")
    calendar["x-wr-calname"] = vText(name)
    for row in rows:
        if row.due is not None:
            calendar.add_component(_event(row, stamp.astimezone(UTC)))
    feed: bytes = calendar.to_ical()
    return feed


def _event(row: DutyStatus, stamp: datetime) -> Event:
    from icalendar import Event

    assert row.due is not None
    event = Event()
    event.add("uid", f"{row.key}@comity")
    event.add("dtstamp", stamp)
    event.add("dtstart", row.due if row.at is None else row.at.astimezone(UTC))
    event.add("summary", f"{row.owed_by or 'The parties'} {'may' if row.option else 'must'}: {row.what} ({row.state})")
    event.add("description", "\n".join([f"{row.agreement}, article {row.article}", *(r.says for r in row.because), *row.notes]))
    event.add("categories", [row.agreement, row.does, str(row.state)])
    event.add("transp", "TRANSPARENT")
    if not row.label.public:
        event.add("class", "CONFIDENTIAL")
    event.add_component(_alarm(row))
    return event


def _alarm(row: DutyStatus) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{row.what}: due {row.due if row.at is None else row.at.isoformat()}")
    alarm.add("trigger", -(DAY_AHEAD if row.at is None else HOUR_AHEAD))
    return alarm
