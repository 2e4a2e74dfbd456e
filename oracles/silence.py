"""The slow reading of how-a-decision-is-followed.md, section 3: the clock on the wall is looked at, second by second where it matters.

Zones are only ever asked what their clock shows at an instant; it shares nothing with the fast path but types.
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from comity.agreements.requirements import Lead

SECOND, MINUTE, STEP, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(minutes=15), timedelta(days=1)
REST = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}


def shows(instant: datetime, zone: str | None) -> datetime:
    """What the clock of the zone shows at the instant."""
    return instant.astimezone(ZoneInfo(zone) if zone is not None else UTC).replace(tzinfo=None)


@functools.cache
def reached(local: datetime, zone: str | None) -> datetime:
    """3.6 the last second in which the clock shows an earlier time is looked for; the one after it. 3.9 the calendar's first and last year."""
    zone = zone if local.year not in (1, 9999) else None
    start = local.replace(tzinfo=UTC) + 2 * DAY
    while True:
        start -= STEP
        there, after = shows(start, zone), shows(start + STEP, zone)
        if there < local or after - there != STEP:  # it may show an earlier time in between
            earlier = [then for then in within(start, STEP, MINUTE) if any(shows(one, zone) < local for one in (then, then + MINUTE - SECOND))]
            if earlier:
                return [then for then in within(earlier[-1], MINUTE, SECOND) if shows(then, zone) < local][-1] + SECOND


def within(start: datetime, length: timedelta, step: timedelta) -> list[datetime]:
    return [start + number * step for number in range(int(length / step))]


def length(year: int, month: int) -> int:
    nxt = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return (nxt - date(year, month, 1)).days


def later(day: date, term: Lead) -> date:
    """3.4 the day that lies so long after; months as the clause declares."""
    for step in term.delay:
        if step.days is not None:
            for _ in range(step.days):
                day += DAY
            continue
        months = step.month_start if step.month_start is not None else (step.months or 0) + 12 * (step.years or 0)
        year, month, number = day.year, day.month, day.day
        for _ in range(months):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if step.month_start is not None:
            day = date(year, month, 1)
        elif number <= length(year, month):
            day = date(year, month, number)
        elif step.end_of_month == "clip":
            day = date(year, month, length(year, month))
        else:
            day = date(year, month, length(year, month)) + DAY
    return day


def last_day(begins: date, term: Lead, holidays: Collection[date]) -> date:
    if term.working_days is None:
        return later(begins, term)
    # 3.5
    counted: list[date] = []
    day = begins
    while len(counted) < term.working_days:
        day = day + DAY
        if day.weekday() not in {REST[name] for name in term.rest} and day not in holidays:
            counted.append(day)
    return counted[-1] if counted else begins


def expiry(begins: datetime, term: Lead, zone: str | None, holidays: Collection[date]) -> datetime:
    if term.hours is not None:  # 3.3
        return begins + 3600 * term.hours * SECOND
    there = shows(begins, zone)
    day = last_day(there.date(), term, holidays)
    return reached(datetime.combine(day, there.time()), zone)


def end_of_day(day: date, zone: str | None) -> datetime:
    """3.7"""
    return reached(datetime.combine(day + DAY, time()), zone)
