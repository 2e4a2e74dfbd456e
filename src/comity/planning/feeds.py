"""A plan as a calendar feed: an event for each exercise, on the days on which it is held.

Source: RFC 5545, 3.6.1 (events), 3.8.2.4 and 3.8.2.2 (DTSTART, and DTEND as the day after the last), 3.8.4.7 (UID).
"""

from __future__ import annotations

from datetime import UTC, datetime

from comity.planning.reading import Programme
from comity.programmes import Plan, Problem
from comity.terms import BadInput


def plan_feed(programme: Programme, plan: Plan, stamp: datetime) -> bytes:
    """The plan as an iCalendar object; ``stamp``: when the feed is made. BadInput where the programme's slots are no days."""
    from icalendar import Calendar, Event, vText

    calendar = programme.calendar
    if calendar.first is None:
        raise BadInput("the programme does not say on which day slot 0 begins, so no calendar can be made; add first = 2028-01-01 at its top")
    feed = Calendar()
    feed.add("prodid", "-//Comity//programmes//EN")
    feed.add("version", "2.0")
    feed["x-wr-calname"] = vText(programme.title or "Programme of exercises")
    of = _exercises(programme.problem)
    for held in sorted(plan.held, key=lambda one: (one.start, one.exercise)):
        length, hosts = of[held.exercise]
        event = Event()
        event.add("uid", f"{programme.title}-{held.exercise}@comity".replace(" ", "-"))
        event.add("dtstamp", stamp.astimezone(UTC))
        event.add("dtstart", calendar.day(held.start))
        event.add("dtend", calendar.day(held.start + length))
        event.add("summary", held.exercise)
        event.add("location", hosts[held.way])
        event.add("description", "\n".join(f"{unit} ({role})" if role else unit for unit, role in held.units))
        event.add("transp", "TRANSPARENT")
        feed.add_component(event)
    made: bytes = feed.to_ical()
    return made


def _exercises(problem: Problem) -> dict[str, tuple[int, dict[str, str]]]:
    """Of each exercise its length in slots, and the host of each of its ways."""
    return {one.id: (one.length, {way.id: way.host for way in one.ways}) for one in problem.exercises}
