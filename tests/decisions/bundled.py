"""The bundled book, read once, asked about any day."""

from __future__ import annotations

from datetime import date
from functools import cache

import comity
from comity.standing import Standing
from comity.votes import Roll, roll, rule_named


@cache
def _standing() -> Standing:
    return Standing(comity.open(comity.bundled_book()).record, on=date(2026, 11, 28), known=date(2026, 11, 28))


def standing(on: str) -> Standing:
    """What the book says of the day."""
    return _standing().on_day(date.fromisoformat(on))


def rolled(name: str, on: str) -> Roll:
    """The electorate of a rule on the day."""
    there = standing(on)
    return roll(there, rule_named(there, name))
