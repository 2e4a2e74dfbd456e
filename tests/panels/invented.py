"""A shelf with invented tables, and what each rule comes to when every day is looked at in turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import polars as pl

EPOCH = date(1970, 1, 1)


@dataclass
class Invented:
    """Tables by source."""

    tables: Mapping[str, pl.DataFrame]

    def table(self, source_id: str, table: str | None = None) -> pl.LazyFrame:
        return self.tables[source_id].lazy()


def system(spells: Sequence[tuple[int, date, date]]) -> pl.DataFrame:
    """A system of states: code, first day, last day."""
    return pl.DataFrame(spells, schema={"ccode": pl.Int32, "start": pl.Date, "end": pl.Date}, orient="row")


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def period_of(day: date, unit: str) -> tuple[int, ...]:
    return {"year": (day.year,), "month": (day.year, day.month), "day": (day.year, day.month, day.day)}[unit]


def met(spells: Sequence[tuple[int, date, date]], since: date, until: date, unit: str) -> set[tuple[int, ...]]:
    """Every two that were members on one day, by the period of the day."""
    found = set()
    for day in days(since, until):
        members = {code for code, first, last in spells if first <= day <= last}
        found |= {(a, b, *period_of(day, unit)) for a, b in product(members, members) if a != b}
    return found


def value_on(spells: Sequence[tuple[date, date, int]], combine: str, held: Sequence[date], length: int, at: str) -> float:
    """What the exact spells (first, last, value) come to on the days of a period. ``held``: its days; 0 where no spell is."""
    if at == "share of year":
        return sum(any(first <= day <= last and value == 1 for first, last, value in spells) for day in held) / length
    looked = held[:1] if at == "1 January" else held
    values = [value for first, last, value in spells if any(first <= day <= last for day in looked)]
    if not values:
        return 0
    if combine == "first":
        return next(value for first, last, value in sorted(spells) if any(first <= day <= last for day in looked))
    return sum(values) if combine == "sum" else max(values) if combine == "max" else min(values)
