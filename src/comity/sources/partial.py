"""Days of which a part is not known: the written text, and the first and last day that it can be.

``1980-01-xx`` is some day of January 1980; ``1980-xx-xx`` some day of that year. Nothing is filled in.
"""

from __future__ import annotations

import calendar
from datetime import date
from pathlib import Path

import polars as pl

from comity.sources.records import Column
from comity.terms import BadInput

UNKNOWN = ("0", "00", "-9", "xx", "XX")
"""How publishers write a year, month or day that is not known, beside leaving it out."""


def partial_columns(path: Path, column: Column, parts: list[pl.Series], nulls: dict[str, dict[str, int]]) -> list[pl.Series]:
    """Text, first and last day, of columns of year, month and day."""
    rows = [_partial(path, column, number, cells) for number, cells in enumerate(zip(*(_texts(p) for p in parts), strict=True), 1)]
    missing = {
        what: count
        for what, count in (("day not known", _xx(rows, "-xx", "-xx-xx")), ("month not known", _xx(rows, "-xx-xx")), ("nothing", rows.count(None)))
        if count
    }
    if missing:
        nulls[column.name] = missing
    return [
        pl.Series(column.name, [None if r is None else r[0] for r in rows], dtype=pl.String),
        pl.Series(f"{column.name}_first", [None if r is None else r[1] for r in rows], dtype=pl.Date),
        pl.Series(f"{column.name}_last", [None if r is None else r[2] for r in rows], dtype=pl.Date),
    ]


def _xx(rows: list[tuple[str, date, date] | None], ending: str, but: str | None = None) -> int:
    return sum(1 for r in rows if r is not None and r[0].endswith(ending) and not (but and r[0].endswith(but)))


def _texts(part: pl.Series) -> list[str | None]:
    if part.dtype.is_float():
        part = part.cast(pl.Int64, strict=False)
    return part.cast(pl.String).to_list()


def _partial(path: Path, column: Column, number: int, cells: tuple[str | None, ...]) -> tuple[str, date, date] | None:
    """One row's year, month and day; null where not even the year is known."""
    year, month, day = (None if c is None or c.strip() in UNKNOWN else c.strip() for c in cells)
    if year is None:
        return None
    try:
        if month is None:
            return f"{int(year):04}-xx-xx", date(int(year), 1, 1), date(int(year), 12, 31)
        if day is None:
            last = calendar.monthrange(int(year), int(month))[1]
            return f"{int(year):04}-{int(month):02}-xx", date(int(year), int(month), 1), date(int(year), int(month), last)
        known = date(int(year), int(month), int(day))
    except (ValueError, calendar.IllegalMonthError):
        says = "-".join(str(c) for c in cells)
        raise BadInput(f"{str(path)!r} row {number}: {column.name} is {says!r}, which is no day; give the file that the record names") from None
    return known.isoformat(), known, known
