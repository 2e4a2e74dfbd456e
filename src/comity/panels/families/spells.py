"""Spells as sources give them: with days, with years alone, with a month or a day missing; and as panels read them.

Source: docs/explanation/how-panels-are-made.md, section 5.
"""

from __future__ import annotations

import polars as pl


def _days(of: pl.Expr) -> pl.Expr:
    return of.cast(pl.Int32).cast(pl.Int64)


def exactly(first: pl.Expr, last: pl.Expr) -> list[pl.Expr]:
    """The columns of a spell whose first and last day are known."""
    return [_days(first).alias("first_a"), _days(first).alias("first_b"), _days(last).alias("last_a"), _days(last).alias("last_b")]


def within_years(first: pl.Expr, last: pl.Expr) -> list[pl.Expr]:
    """The columns of a spell of which only the years are known."""
    year_end, year_start = first.dt.offset_by("1y").dt.offset_by("-1d"), last.dt.truncate("1y")
    return [_days(first).alias("first_a"), _days(year_end).alias("first_b"), _days(year_start).alias("last_a"), _days(last).alias("last_b")]


def partial(year: str, month: str, day: str, name: str, ongoing: int = 0) -> list[pl.Expr]:
    """The earliest and the latest that a day in three columns can be; a year of 0: still going on; a month or day that is null: not known."""
    y, m, d = (pl.col(c) for c in (year, month, day))
    known_m, known_d = m.is_not_null() & (m > 0), d.is_not_null() & (d > 0)
    early = pl.date(y.clip(1), pl.when(known_m).then(m).otherwise(1), pl.when(known_d).then(d).otherwise(1))
    month_end = pl.date(y.clip(1), pl.when(known_m).then(m).otherwise(12), 1).dt.month_end()
    late = pl.when(known_m & known_d).then(early).otherwise(month_end)
    return [pl.when(y > 0).then(_days(of)).otherwise(ongoing).alias(f"{name}_{end}") for of, end in ((early, "a"), (late, "b"))]
