"""The days of exercises in calendars: of all of them as one feed, and as lines of the month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from django.utils.translation import gettext as _

from comity.exercises import Notices, days_of, design_events
from comity.feeds import FeedEvent, feed_of
from comity.terms import parse_moment
from comity.web.asking import Asked
from comity.web.exercises.designs import designs_of, named
from comity.web.exercises.looking import notices_for
from comity.web.exercises.records import Line, lines_of


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
    return feed_of(_events(this), datetime.now(UTC), _("Exercises"), "exercises")


def events_ahead(this: Asked, party: str, start: date, end: date) -> Iterator[FeedEvent]:
    """The same days as events, of one party's exercises or of all, that begin from ``start`` to before ``end``."""
    return (event for event in _events(this, party) if start <= event.day < end)


def _events(this: Asked, party: str = "") -> Iterator[FeedEvent]:
    designs = designs_of(this)
    for line in _designed_or_planned(this):
        recorded = designs.get(named(line.activity))
        if party and party not in (*line.nations, line.host):
            continue
        if recorded is not None and recorded.read is not None:
            design = recorded.read.design
            yield from design_events(design, days_of(design, notices_for(this, recorded.read)))
        elif recorded is None and is_sure(line) and line.first is not None and line.last is not None:
            yield FeedEvent(f"{line.activity}/planned@comity".replace(" ", "-"), line.first, line.activity, last=line.last)
