"""When is something played? Times as planners write them: by the clock, as a date-time group, or counted from STARTEX.

    2028-06-03 14:00, 2028-06-03       in the zone of the exercise; without an hour, some time of that day
    2028-06-03T14:00+03:00             an instant
    D+2 14:00, D+2                     the second day after that on which STARTEX lies, in the zone of the exercise
    H+5:30, STARTEX+5:30               five and a half hours after STARTEX
    031400CJUN28, 03 1400Z JUN 28      a date-time group; J is the zone of the exercise

Source: how-events-lists-are-checked.md, 1.3; ACP 121 for date-time groups and the letters of zones.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from comity.main_events.injects import Frame, WhenPlayed
from comity.terms import BadInput, parse_moment

_LETTERS = "YXWVUTSRQPONZABCDEFGHIKLM"
"""From twelve hours west of Greenwich to twelve hours east of it."""
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAY = re.compile(r"D(?:\s*([+-])\s*(\d{1,3}))?(?:\s+(\d{1,2}):(\d\d))?", re.IGNORECASE | re.ASCII)
_HOURS = re.compile(r"(?:H|STARTEX)\s*([+-])\s*(\d{1,4})(?::(\d\d))?", re.IGNORECASE | re.ASCII)
_CLOCK = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d{1,2}):(\d\d))?(?::00)?", re.ASCII)
_GROUP = re.compile(r"(\d\d)\s*(\d\d)(\d\d)\s*([A-Z])\s*([A-Z]{3})\s*(\d\d|\d{4})", re.IGNORECASE | re.ASCII)
EXPECTED = "2028-06-03 14:00, D+2 14:00, H+5:30 or 031400ZJUN28"


def read_when(text: str, frame: Frame) -> WhenPlayed:
    """The minutes that this can mean; BadInput says what is wrong with it."""
    if found := _DAY.fullmatch(text):
        return _counted_in_days(found, frame, text)
    if found := _HOURS.fullmatch(text):
        return _counted_in_hours(found, frame, text)
    if found := _CLOCK.fullmatch(text):
        return _by_the_clock(found, frame.zone, text)
    if found := _GROUP.fullmatch(text):
        return _by_group(found, frame.zone, text)
    moment = parse_moment(text) if "T" in text else None
    if moment is None or moment.instant is None:
        raise BadInput(f"{text!r} is not a time; write {EXPECTED}")
    return WhenPlayed(moment.instant, moment.instant)


def _counted_in_days(found: re.Match[str], frame: Frame, text: str) -> WhenPlayed:
    start = _startex(frame, text).astimezone(frame.zone).date()
    days = int(found[2] or 0) * (-1 if found[1] == "-" else 1)
    return _on(start + timedelta(days=days), found[3], found[4], frame.zone, text)


def _counted_in_hours(found: re.Match[str], frame: Frame, text: str) -> WhenPlayed:
    distance = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    start = _startex(frame, text)
    at = (start - distance if found[1] == "-" else start + distance).astimezone(UTC)
    return WhenPlayed(at, at)


def _by_the_clock(found: re.Match[str], zone: tzinfo, text: str) -> WhenPlayed:
    return _on(_day(int(found[1]), int(found[2]), int(found[3]), text), found[4], found[5], zone, text)


def _by_group(found: re.Match[str], zone: tzinfo, text: str) -> WhenPlayed:
    letter, month = found[4].upper(), found[5].upper()
    if month not in _MONTHS:
        raise BadInput(f"{text!r} names no month; write JAN, FEB and so on")
    year = int(found[6]) + (2000 if len(found[6]) == 2 else 0)
    there = zone if letter == "J" else timezone(timedelta(hours=_LETTERS.index(letter) - 12))
    return _on(_day(year, _MONTHS.index(month) + 1, int(found[1]), text), found[2], found[3], there, text)


def _on(day: date, hours: str | None, minutes: str | None, zone: tzinfo, text: str) -> WhenPlayed:
    if hours is None:
        return WhenPlayed(datetime.combine(day, time(), zone).astimezone(UTC), datetime.combine(day, time(23, 59), zone).astimezone(UTC))
    if int(hours) > 23 or int(minutes or 0) > 59:
        raise BadInput(f"{text!r} has no such hour; hours go from 00:00 to 23:59")
    at = datetime.combine(day, time(int(hours), int(minutes or 0)), zone).astimezone(UTC)
    return WhenPlayed(at, at)


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as problem:
        raise BadInput(f"{text!r} is not a day of the calendar: {problem}") from None


def _startex(frame: Frame, text: str) -> datetime:
    if frame.startex is None:
        raise BadInput(f"{text!r} counts from STARTEX, which is not given")
    return frame.startex
