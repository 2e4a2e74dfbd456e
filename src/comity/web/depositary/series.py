"""Which number an instrument has among those of its sort under one agreement, in the order in which they were received.

Source: VCLT 77(1)(c); a depositary keeps a series of signatures, of instruments of consent, of reservations and of notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.acts import CONSENT, Act
from comity.web.depositary.instruments import day_of

SERIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("signature", ("sign",)),
    ("instrument of consent", CONSENT),
    ("reservation", ("reserve",)),
    ("notice of withdrawal", ("denounce",)),
)


@dataclass(frozen=True, slots=True)
class Place:
    """``number`` in the series ``name``; ``last``: the reference of the one before it; ``later``: how many came after it, and have to move."""

    name: str
    number: int
    last: str = ""
    later: int = 0


def series_of(kind: str) -> tuple[str, tuple[str, ...]]:
    """The series of a kind: its name, and every kind in it; a kind that is in none is one of its own."""
    return next((found for found in SERIES if kind in found[1]), (kind, (kind,)))


def next_number(acts: Iterable[Act], kind: str, on: date) -> Place:
    """The number of an instrument of this kind that is received on a day, after those that came until then."""
    name, of_it = series_of(kind)
    days = _ordered(acts, of_it)
    until = [ref for day, ref in days if day <= on]
    return Place(name, len(until) + 1, until[-1] if until else "", len(days) - len(until))


def number_of(acts: Iterable[Act], act: Act) -> Place | None:
    """The number that an act on record has; None for one without a day."""
    name, of_it = series_of(act.kind)
    refs = [ref for _, ref in _ordered(acts, of_it)]
    if act.ref not in refs:
        return None
    place = refs.index(act.ref)
    return Place(name, place + 1, refs[place - 1] if place else "", len(refs) - place - 1)


def _ordered(acts: Iterable[Act], of_it: Sequence[str]) -> list[tuple[date, str]]:
    return sorted((day, act.ref) for act in acts if act.kind in of_it and (day := day_of(act)) is not None)
