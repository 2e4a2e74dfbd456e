"""What is awaited as a calendar feed: one event each, so that a later feed replaces it.

icalendar is asked for only when a feed is written.

Source: what-is-awaited.md, section 3; RFC 5545, 3.6.1 (events), 3.6.6 (alarms), 3.8.4.7 (UID).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from comity.awaited.items import Awaited

if TYPE_CHECKING:
    from icalendar import Event

ALARM = timedelta(hours=24)
"""How long before the day or the instant an alarm goes off."""


def awaited_feed(found: Iterable[Awaited], stamp: datetime, name: str = "Awaited") -> bytes:
    """Those with a day, as an iCalendar object; ``stamp``: when the feed is made."""
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", "-//Comity//awaited//EN")
    calendar.add("version", "2.0")
    calendar["x-wr-calname"] = vText(name)
    for one in found:
        if one.until is not None:
            calendar.add_component(_event(one, stamp.astimezone(UTC)))
    feed: bytes = calendar.to_ical()
    return feed


def _event(one: Awaited, stamp: datetime) -> Event:
    from icalendar import Alarm, Event

    event, alarm = Event(), Alarm()
    what = f"{one.party} {'may ' if one.open else ''}{one.what}"
    identity = repr((one.procedure, one.ref, one.party, one.what))
    event.add("uid", f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}@awaited.comity")
    event.add("dtstamp", stamp)
    event.add("dtstart", one.until if one.at is None else one.at.astimezone(UTC))
    event.add("summary", f"{one.subject or one.ref}: {what}")
    event.add("description", "\n".join(part for part in (one.ref, one.agreement, one.article) if part))
    event.add("categories", [one.procedure])
    event.add("transp", "TRANSPARENT")
    if not one.public:
        event.add("class", "CONFIDENTIAL")
    alarm.add("action", "DISPLAY")
    alarm.add("description", what)
    alarm.add("trigger", -ALARM)
    event.add_component(alarm)
    return event
