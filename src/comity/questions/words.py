"""Words of a question that are read the same wherever it is put: a day, a number of days, a list of names."""

from __future__ import annotations

import re
from datetime import date, timedelta

from comity.terms import BadInput, parse_day


def read_day(option: str, text: str) -> date:
    """The day that an option gives; what is wrong with it names the option."""
    try:
        return parse_day(text)
    except BadInput as problem:
        raise BadInput(f"{option}: {problem}") from None


def read_days(option: str, text: str, such_as: str = "90d") -> timedelta:
    """The number of days that an option gives."""
    match = re.fullmatch(r"(\d{1,5})d?", text, re.ASCII)
    if not match:
        raise BadInput(f"{option} {text!r}; write a number of days up to 99999, for instance {such_as}")
    return timedelta(days=int(match[1]))


def read_names(text: str | None) -> tuple[str, ...]:
    """Names with commas between."""
    return tuple(name.strip() for name in (text or "").split(",") if name.strip())
