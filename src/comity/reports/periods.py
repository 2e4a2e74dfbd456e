"""Quarters and years as they are written, and the one before each.

Source: docs/explanation/how-reports-are-made.md, section 2.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from comity.terms import BadInput

Stretch = tuple[date, date]
"""Days from the first to the last, both in."""
EARLIEST = 1648


def period_of(kind: str, written: str) -> Stretch:
    """The days of a quarter (2026-Q1) or a year (2026); BadInput for what is neither."""
    pattern = r"([0-9]{4})-Q([1-4])" if kind == "quarter" else r"([0-9]{4})"
    found = re.fullmatch(pattern, written)
    if found is None or int(found[1]) <= EARLIEST:
        example = "2026-Q1" if kind == "quarter" else "2026"
        raise BadInput(f"{written!r} is no {kind}; write it as {example}")
    year = int(found[1])
    return quarter(year, int(found[2])) if kind == "quarter" else (date(year, 1, 1), date(year, 12, 31))


def quarter(year: int, number: int) -> Stretch:
    """The days of a quarter of the calendar."""
    first = date(year, 3 * number - 2, 1)
    after = date(year + number // 4, 3 * number % 12 + 1, 1)
    return first, after - timedelta(days=1)


def earlier(kind: str, period: Stretch) -> Stretch:
    """The quarter, or the year, before."""
    first = period[0]
    if kind == "year":
        return date(first.year - 1, 1, 1), date(first.year - 1, 12, 31)
    number = (first.month + 2) // 3
    return quarter(first.year - 1, 4) if number == 1 else quarter(first.year, number - 1)


def told(kind: str, period: Stretch) -> str:
    """The period in words."""
    first = period[0]
    return f"{first.year}" if kind == "year" else f"quarter {(first.month + 2) // 3} of {first.year}"
