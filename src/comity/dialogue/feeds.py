"""The meetings as a calendar feed: one event each, so that a later feed replaces it.

icalendar is asked for only when a feed is written: everything else in this room works without it.

Source: how-dialogue-is-followed.md, section 6; RFC 5545, 3.6.1 (events), 3.8.4.7 (UID), 3.8.2.2 (the day after the last).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from comity.dialogue.meetings import Meeting, MeetingState

if TYPE_CHECKING:
    from icalendar import Event


def meetings_feed(meetings: Iterable[Meeting], stamp: datetime, name: str = "Meetings") -> bytes:
    """The meetings that are held or called, as an iCalendar object; ``stamp``: when the feed is made."""
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", "-//Comity//dialogue//EN")
    calendar.add("version", "2.0")
    calendar["x-wr-calname"] = vText(name)
    for one in meetings:
        if one.state in (MeetingState.HELD, MeetingState.CALLED):
            calendar.add_component(_event(one, stamp.astimezone(UTC)))
    feed: bytes = calendar.to_ical()
    return feed


def _event(meeting: Meeting, stamp: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"meeting/{meeting.begun_by.ref}@comity")
    event.add("dtstamp", stamp)
    event.add("dtstart", meeting.day.first)
    event.add("dtend", max(meeting.ends or meeting.day.last, meeting.day.last) + timedelta(days=1))
    event.add("summary", f"{meeting.body} ({meeting.state})")
    if meeting.place:
        event.add("location", meeting.place)
    lines = [meeting.agreement or "", meeting.subject, *(f"{number}. {item}" for number, item in enumerate(meeting.agenda, 1))]
    event.add("description", "\n".join(line for line in lines if line))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if not all(act.label.public for act in meeting.acts):
        event.add("class", "CONFIDENTIAL")
    return event
