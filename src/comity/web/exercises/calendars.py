"""The days of exercises in calendars: of all of them as one feed, and as lines of the month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from comity.exercises import Design, Notices, calendar_of, days_of
from comity.terms import parse_moment
from comity.web.asking import Asked
from comity.web.exercises.designs import designs_of, named
from comity.web.exercises.looking import notices_for
from comity.web.exercises.records import Line, lines_of

if TYPE_CHECKING:
    from icalendar import Event


@dataclass(frozen=True, slots=True)
class ExerciseDay:
    """Something of an exercise on a day. ``end``: of what lasts longer, it is the first day or the last; blank: it is that day alone."""

    on: date
    activity: str
    what: str
    party: str
    end: str = ""


def exercise_days(this: Asked, party: str, start: date, end: date) -> list[ExerciseDay]:
    """The days that are known, from ``start`` to before ``end``; of one party's exercises, or (blank) of all."""
    found = this.ask("days of exercises", lambda _: list(_days(this)))
    nations = {named(line.activity): {*line.nations, line.host} for line in _designed_or_planned(this)}
    return [one for one in found if start <= one.on < end and (not party or party in nations[named(one.activity)])]


def _designed_or_planned(this: Asked) -> list[Line]:
    """Those with days of their own: what was held without a design, also under the name of one, has none to come."""
    lines, designs = lines_of(this), designs_of(this)
    begun = {recorded.act.ref for recorded in designs.values()}
    return [line for line in (*lines.coming, *lines.over) if line.stands != "held" or not begun.isdisjoint(line.acts[-1:])]


def _days(this: Asked) -> Iterator[ExerciseDay]:
    designs = designs_of(this)
    for line in _designed_or_planned(this):
        recorded = designs.get(named(line.activity))
        if recorded is None and is_sure(line):
            yield from _from_to(line.activity, line.title, line.host, line.first, line.last)
        elif recorded is not None and recorded.read is not None:
            design = recorded.read.design
            for day in days_of(design, _supposed(this, line)):
                if day.certain:
                    yield from _from_to(design.id, f"{design.title}: {day.what}", day.who, day.start.first, day.end.last)


def _supposed(this: Asked, line: Line) -> Notices | None:
    """What has to be notified that no duty on record says yet: those of plans that are on record stand under their agreements."""
    recorded = designs_of(this)[named(line.activity)]
    found = notices_for(this, recorded.read) if recorded.read is not None else None
    return None if found is None else replace(found, owed=tuple(one for one in found.owed if one.supposed))


def is_sure(line: Line) -> bool:
    """Are its first and its last day known?"""
    return bool(line.starts and line.ends) and parse_moment(line.starts).certain and parse_moment(line.ends).certain


def _from_to(activity: str, what: str, party: str, first: date | None, last: date | None) -> Iterator[ExerciseDay]:
    if first is None or last is None:
        return
    if first >= last:
        yield ExerciseDay(first, activity, what, party)
        return
    yield ExerciseDay(first, activity, what, party, "first")
    yield ExerciseDay(last, activity, what, party, "last")


def feed(this: Asked) -> bytes:
    """All known days of the exercises on record, as one calendar."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Comity//exercises//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Exercises"))
    for event in _events(this, datetime.now(UTC)):
        calendar.add_component(event)
    found: bytes = calendar.to_ical()
    return found


def events_ahead(this: Asked, party: str, start: date, end: date, stamp: datetime) -> Iterator[Event]:
    """The same days as events, of one party's exercises or of all, that begin from ``start`` to before ``end``."""
    return (event for event in _events(this, stamp, party) if start <= event.decoded("dtstart") < end)


def _events(this: Asked, stamp: datetime, party: str = "") -> Iterator[Event]:
    designs = designs_of(this)
    for line in _designed_or_planned(this):
        recorded = designs.get(named(line.activity))
        if party and party not in (*line.nations, line.host):
            continue
        if recorded is not None and recorded.read is not None:
            yield from _of_design(recorded.read.design, notices_for(this, recorded.read), stamp)
        elif recorded is None and is_sure(line) and line.first is not None and line.last is not None:
            yield _of_plan(line.activity, line.first, line.last, stamp)


def _of_plan(activity: str, first: date, last: date, stamp: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{activity}/planned@comity".replace(" ", "-"))
    event.add("dtstamp", stamp)
    event.add("dtstart", first)
    event.add("dtend", max(first, last) + timedelta(days=1))
    event.add("summary", activity)
    event.add("transp", "TRANSPARENT")
    return event


def _of_design(design: Design, notices: Notices | None, stamp: datetime) -> Iterator[Event]:
    from icalendar import Calendar, Event

    written = Calendar.from_ical(calendar_of(design, days_of(design, notices), stamp))
    yield from (event for event in written.walk("VEVENT") if isinstance(event, Event))
