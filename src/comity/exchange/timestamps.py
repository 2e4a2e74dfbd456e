"""Timestamps of STIX and TAXII, as microseconds since 1970 and back.

Source: STIX 2.1, 2.16 (RFC 3339, always UTC, written with Z); TAXII 2.1, 2.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from comity.terms import BadInput

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z", re.ASCII).fullmatch


def microseconds_of(text: object, where: str = "timestamp") -> int:
    """A timestamp in microseconds since 1970; digits beyond the sixth do not count. BadInput says what would be read."""
    if not isinstance(text, str) or not _WRITTEN(text):
        raise BadInput(f"{where}: {text!r:.60} is no timestamp; write it as 2026-11-22T12:00:00.000Z")
    try:
        since = datetime.fromisoformat(text) - EPOCH
    except ValueError as problem:
        raise BadInput(f"{where}: {text!r:.60} is no instant of the calendar: {problem}") from None
    return since.days * 86_400_000_000 + since.seconds * 1_000_000 + since.microseconds


def timestamp_of(microseconds: int) -> str:
    """The instant as STIX writes it: with milliseconds, with more digits only where they say something."""
    at = EPOCH + timedelta(microseconds=microseconds)
    return at.isoformat(timespec="microseconds" if microseconds % 1000 else "milliseconds").replace("+00:00", "Z")
