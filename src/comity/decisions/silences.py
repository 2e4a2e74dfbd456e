"""The clock of silence: when a term has run out, in the zone whose clock counts, to the second.

Source: how-a-decision-is-followed.md, section 3.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from comity.agreements.requirements import Lead
from comity.terms import BadInput, add

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LAST = date(9998, 12, 31)


def expiry(begins: datetime, term: Lead, zone: str | None = None, holidays: Collection[date] = ()) -> datetime:
    """The instant (UTC) at which a term that began at an instant has run out; ``zone``: whose local time counts (None: UTC).

    BadInput where it leads out of the calendar. Source: section 3, 3 to 6.
    """
    if term.hours is not None:
        try:
            return begins + timedelta(hours=term.hours)
        except OverflowError:
            raise BadInput(f"{begins} plus {term.hours} hours is past the end of the calendar") from None
    local = _shows(begins, _clock(zone))
    return reached(local + (last_day(local.date(), term, holidays) - local.date()), zone)


def last_day(begins: date, term: Lead, holidays: Collection[date] = ()) -> date:
    """The local day on which a term in days, months, years or working days runs out. Source: section 3, 4 and 5."""
    if term.working_days is None:
        return add(begins, term.delay)
    day, left = begins, term.working_days
    while left:
        day += timedelta(days=1)
        left -= _WEEK[day.weekday()] not in term.rest and day not in holidays
    return day


def reached(local: datetime, zone: str | None) -> datetime:
    """The first instant (UTC) from which on the clock of the zone shows that local time or a later one for good. Source: section 3.6."""
    clock = _clock(zone if 2 <= local.year <= 9998 else None)
    early, late = sorted(local.replace(tzinfo=clock, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early == late:
        return late
    second = timedelta(seconds=1)
    if _shows(late, clock) == local:  # it is shown twice: the second time counts, unless the clock went back to just that
        return late if _shows(late - second, clock) < local else early
    shown, skipped = 0, int((late - early).total_seconds())  # the clock jumps somewhere in between
    while skipped - shown > 1:
        middle = (shown + skipped) // 2
        if _shows(early + middle * second, clock) < local:
            shown = middle
        else:
            skipped = middle
    return early + skipped * second


@lru_cache(maxsize=65536)
def start_of_day(day: date, zone: str | None) -> datetime:
    """The instant at which a local day begins. Source: section 3.7."""
    return reached(datetime.combine(day, time()), zone)


def end_of_day(day: date, zone: str | None) -> datetime:
    """The instant at which a local day is over. Source: section 3.7."""
    return start_of_day(min(day, _LAST) + timedelta(days=1), zone)


def last_second(day: date, zone: str | None) -> datetime:
    """The last second of a local day."""
    return end_of_day(day, zone) - timedelta(seconds=1)


def _shows(at: datetime, clock: tzinfo) -> datetime:
    return at.astimezone(clock).replace(tzinfo=None)


def _clock(zone: str | None) -> tzinfo:
    return UTC if zone is None else ZoneInfo(zone)
