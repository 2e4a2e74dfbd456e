"""How long before and after: delays backwards, hours by the instant, working days.

Source: how-duties-are-derived.md, section 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from comity.agreements import EVER, after
from comity.agreements.requirements import Lead
from comity.terms import BadInput, Delay

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Due:
    """A due day, and the instant where it is due by the hour."""

    day: int
    at: datetime | None = None


@lru_cache(maxsize=4096)
def before(day: int, delay: Delay) -> int:
    """The last day from which ``delay`` does not lead past ``day``."""
    return next((d for d in range(day, 0, -1) if after(d, delay) <= day), 1)


def later(day: int, delay: Delay) -> int:
    """``delay`` after ``day``; past the end of the calendar: never."""
    try:
        return after(day, delay)
    except BadInput:
        return EVER


def ahead_of(day: int, instant: datetime | None, lead: Lead, zone: str | None) -> Due:
    """So long before an event."""
    if lead.hours is not None:
        return _by_hour(day, instant, -lead.hours, zone)
    if lead.working_days is not None:
        return Due(_working(day, -lead.working_days, lead))
    return Due(before(day, lead.delay) if lead.delay else day)


def following(day: int, instant: datetime | None, lead: Lead, zone: str | None) -> Due:
    """So long after an event."""
    if lead.hours is not None:
        return _by_hour(day, instant, lead.hours, zone)
    if lead.working_days is not None:
        return Due(_working(day, lead.working_days, lead))
    return Due(later(day, lead.delay))


def _by_hour(day: int, instant: datetime | None, hours: int, zone: str | None) -> Due:
    if instant is None:
        whole = -(-abs(hours) // 24)
        return Due(day + whole if hours > 0 else day - whole)
    at = instant + timedelta(hours=hours)
    return Due(day_in(at, zone), at)


def day_in(at: datetime, zone: str | None) -> int:
    """The calendar day of an instant where the agreement counts its days (UTC, if it does not say)."""
    return at.astimezone(UTC if zone is None else ZoneInfo(zone)).date().toordinal()


def _working(day: int, count: int, lead: Lead) -> int:
    step = 1 if count > 0 else -1
    while count:
        day += step
        if _WEEK[date.fromordinal(day).weekday()] not in lead.rest:
            count -= step
    return day


def again(start: int, every: Delay, until: int) -> Iterator[int]:
    """``start``, and again and again after ``every``, to ``until`` and one day more; only ``start`` where it does not recur."""
    day = start
    while day < EVER:
        yield day
        if not every or day > until:
            return
        day = later(day, every)
