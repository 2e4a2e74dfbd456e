"""Events, and the file that they make.

icalendar is asked for only when a feed is written: whoever asks no feed doesn't wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Alarm, Event


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """A day (with ``last``: the days through it) or an instant. ``uid``: its identity; ``public``: whether its acts are.

    ``alarm``: how long before it an alarm goes off, which says ``alarm_says``; None: none does.
    """

    uid: str
    on: date | datetime
    summary: str
    description: str = ""
    last: date | None = None
    location: str = ""
    status: str = ""
    categories: tuple[str, ...] = ()
    public: bool = True
    alarm: timedelta | None = None
    alarm_says: str = ""

    @property
    def day(self) -> date:
        """The day, of an instant the one in UTC."""
        return self.on.astimezone(UTC).date() if isinstance(self.on, datetime) else self.on


def feed_of(events: Iterable[FeedEvent], stamp: datetime, name: str, of: str) -> bytes:
    """The events as an iCalendar file called ``name``; ``of``: what of Comity makes it; ``stamp``: when it is made."""
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", f"-//Comity//{of}//EN")
    calendar.add("version", "2.0")
    calendar["x-wr-calname"] = vText(name)
    for event in events:
        calendar.add_component(_written(event, stamp.astimezone(UTC)))
    made: bytes = calendar.to_ical()
    return made


def _written(one: FeedEvent, stamp: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", one.on.astimezone(UTC) if isinstance(one.on, datetime) else one.on)
    if one.last is not None:
        event.add("dtend", max(one.last, one.day) + timedelta(days=1))
    event.add("summary", one.summary)
    for name, said in (("description", one.description), ("location", one.location), ("status", one.status)):
        if said:
            event.add(name, said)
    if one.categories:
        event.add("categories", list(one.categories))
    event.add("transp", "TRANSPARENT")
    if not one.public:
        event.add("class", "CONFIDENTIAL")
    if one.alarm is not None:
        event.add_component(_alarm(one, one.alarm))
    return event


def _alarm(one: FeedEvent, before: timedelta) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one.alarm_says or one.summary)
    alarm.add("trigger", -before)
    return alarm
