"""When something happened, as precisely as the record says.

A moment is a day, a partial or uncertain day, or an instant with its place, kept exactly as it was written:

    2019-11-22                             a day
    1980-01-xx    1980-xx-xx               a day within that month, within that year
    1998?                                  some day of 1998 (the record is not sure)
    1998~         1980-01~                 about then: one unit earlier or later is possible too
    1998-03-01/1998-05-31                  some day of that period, both ends included
    2019-11-22T18:00+09:00[Asia/Seoul]     an instant, with the place whose calendar day counts

Source: ISO 8601-2:2019 (level 1) for uncertain and partial days, with ``xx`` for the missing part; RFC 9557 for the zone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from comity.terms.errors import BadInput

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d|xx)(?:-(\d\d|xx))?)?([?~])?", re.IGNORECASE | re.ASCII)
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))(?:\[([A-Za-z0-9_+/-]+)\])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as the record has it.

    ``written`` is kept to the letter. ``first`` and ``last`` are the earliest and latest calendar days that it can mean
    (equal when the day is known), in the zone it was written in. ``instant`` is set only where the hour is known (UTC).
    """

    written: str
    first: date
    last: date
    instant: datetime | None = None
    zone: str | None = None

    @property
    def certain(self) -> bool:
        """Is the day known?"""
        return self.first == self.last

    def days_in(self, zone: str | None) -> tuple[date, date]:
        """The first and last calendar day this can be in ``zone`` (an instant moves with the zone, a day does not)."""
        if self.instant is not None and zone is not None:
            day = self.instant.astimezone(ZoneInfo(zone)).date()
            return day, day
        return self.first, self.last

    def __str__(self) -> str:
        return self.written


def parse_day(text: str) -> date:
    """A full ISO day, or BadInput that says what is wrong with it."""
    match = _DAY.fullmatch(text)
    if not match:
        raise BadInput(f"{text!r} is not a day; write it as YYYY-MM-DD, for example 2024-03-07")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as problem:
        raise BadInput(f"{text!r} is not a day of the calendar: {problem}; write it as YYYY-MM-DD") from None


@lru_cache(maxsize=65536)
def parse_moment(text: str) -> Moment:
    """Read a moment; BadInput names the text and the forms that are understood."""
    if _DAY.fullmatch(text):
        day = parse_day(text)
        return Moment(text, day, day)
    if match := _INSTANT.fullmatch(text):
        return _instant(text, match[1], match[2])
    if "/" in text:
        start, _, end = text.partition("/")
        first, last = parse_day(start), parse_day(end)
        if last < first:
            raise BadInput(f"{text!r} ends before it starts; write the earlier day first")
        return Moment(text, first, last)
    if match := _PARTIAL.fullmatch(text):
        return _partial(text, match)
    raise BadInput(
        f"{text!r} is not a moment; write 2019-11-22, 1980-01-xx, 1998~, 1998?, 1998-03-01/1998-05-31 or 2019-11-22T18:00+09:00[Asia/Seoul]"
    )


def _instant(text: str, stamp: str, zone: str | None) -> Moment:
    try:
        local = datetime.fromisoformat(stamp)
        if not 2 <= local.year <= 9998:
            raise BadInput(f"{text!r}: the year must be between 0002 and 9998")
        if zone is not None:
            ZoneInfo(zone)
    except (ValueError, OSError, ZoneInfoNotFoundError) as problem:
        raise BadInput(f"{text!r} is not an instant: {problem}") from None
    instant = local.astimezone(UTC)
    day = (instant.astimezone(ZoneInfo(zone)) if zone else local).date()
    return Moment(text, day, day, instant, zone)


def _partial(text: str, match: re.Match[str]) -> Moment:
    year, month, day, mark = int(match[1]), match[2], match[3], match[4]
    month_missing = month is None or month.lower() == "xx"
    if month_missing and day is not None and day.lower() != "xx":
        raise BadInput(f"{text!r} has a day but no month; write 1980-xx-xx or 1980")
    if not 1 <= year <= 9998:
        raise BadInput(f"{text!r}: the year must be between 0001 and 9998")
    try:
        if month_missing:
            first, last = date(year, 1, 1), date(year, 12, 31)
            unit_before, unit_after = date(max(year - 1, 1), 1, 1), date(year + 1, 12, 31)
        elif day is None or day.lower() == "xx":
            number = int(month)
            first, last = date(year, number, 1), date(year, number, monthrange(year, number)[1])
            after = last + timedelta(days=1)
            unit_before = (first - timedelta(days=1)).replace(day=1)
            unit_after = date(after.year, after.month, monthrange(after.year, after.month)[1])
        else:
            first = last = date(year, int(month), int(day))
            unit_before, unit_after = first - timedelta(days=1), last + timedelta(days=1)
    except (ValueError, IndexError, OverflowError) as problem:
        raise BadInput(f"{text!r} is not in the calendar: {problem}") from None
    return Moment(text, unit_before, unit_after) if mark == "~" else Moment(text, first, last)
