"""Instants: microseconds since 1970, and how TAXII and STIX write them.

Source: TAXII 2.1, 2 (timestamp: exactly six digits of the second), STIX 2.1, 3.2 (created and modified: at least three); RFC 3339.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
_WRITTEN = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z", re.ASCII)
MINUTES = tuple(f"T{minute // 60:02d}:{minute % 60:02d}:" for minute in range(24 * 60))
"""The minutes of a day as they are written: a manifest writes two instants for each object."""


@lru_cache(maxsize=4096)
def _day(day: int) -> str:
    return (EPOCH + timedelta(days=day)).date().isoformat()


@lru_cache(maxsize=8192)
def _second(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    day, minute = divmod(minutes, 1440)
    return f"{_day(day)}{MINUTES[minute]}{second:02d}"


def as_timestamp(instant: int) -> str:
    """As TAXII writes it, with six digits."""
    seconds, rest = divmod(instant, SECOND)
    return f"{_second(seconds)}.{rest:06d}Z"


def as_version(instant: int) -> str:
    """As STIX writes ``modified``: three digits at least, and no zeros after them; so that it is, as a rule, the property's own text."""
    seconds, rest = divmod(instant, SECOND)
    digits = f"{rest:06d}".rstrip("0").ljust(3, "0")
    return f"{_second(seconds)}.{digits}Z"


def read_instant(text: str) -> int | None:
    """The instant that is written there, with any number of digits (from the seventh on they are dropped); None if it is none."""
    found = _WRITTEN.fullmatch(text)
    if not found:
        return None
    try:
        whole = datetime.fromisoformat(f"{found[1]}+00:00")
    except ValueError:
        return None
    return (whole - EPOCH) // timedelta(seconds=1) * SECOND + int((found[2] or "")[:6].ljust(6, "0"))
