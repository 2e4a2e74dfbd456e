"""Instants as labels write them: an xs:dateTime, kept to the letter.

Source: ADatP-4774 edition A, CreationDateTime, ReviewDateTime, SuccessionDateTime; XML Schema part 2, dateTime.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from comity.terms import BadInput

_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in time. ``written`` is kept; ``at`` is the same in UTC, to the microsecond (no zone written: taken as UTC)."""

    written: str
    at: datetime

    @property
    def zoned(self) -> bool:
        """Was a zone written?"""
        return self.written[19:].lstrip(".0123456789") != ""

    def __str__(self) -> str:
        return self.written


def parse_instant(text: str, where: str = "instant") -> Instant:
    """Read an instant; BadInput names the text and the form that is understood."""
    written = " ".join(text.split())
    match = _INSTANT.fullmatch(written)
    if not match:
        raise BadInput(f"{where}: {written[:60]!r} is not an instant; write it as 2026-11-22T12:00:00Z")
    zone = "+00:00" if match[3] in (None, "Z") else match[3]
    try:
        at = datetime.fromisoformat(f"{match[1]}.{(match[2] or '')[:6]:0<6}{zone}").astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise BadInput(f"{where}: {written!r} is not an instant of the calendar: {problem}") from None
    return Instant(written, at)


def instant_of(at: datetime) -> Instant:
    """An instant out of a datetime with its zone."""
    return parse_instant(at.astimezone(UTC).isoformat().replace("+00:00", "Z"))


def start_of(day: date) -> datetime:
    """The first instant of a day, UTC."""
    return datetime.combine(day, time(), UTC)
