"""Spells as sources give them, with days or with partial days, and as panels read them.

Source: docs/explanation/how-panels-are-made.md, section 5.
"""

from __future__ import annotations

import polars as pl


def days(first: str, last: str) -> list[pl.Expr]:
    """Of a spell whose first and last day are columns of days."""
    return spell(pl.col(first), pl.col(first), pl.col(last), pl.col(last))


def partial_days(first: str, last: str, ongoing: pl.Expr) -> list[pl.Expr]:
    """Of a spell whose first and last day are partial; without a last day it goes on, for all that the source says until ``ongoing``."""
    return spell(pl.col(f"{first}_first"), pl.col(f"{first}_last"), *(pl.col(f"{last}_{end}").fill_null(ongoing) for end in ("first", "last")))


def years(first: str, last: str) -> list[pl.Expr]:
    """Of a spell of which the first and the last year are known."""
    a, b = pl.col(first), pl.col(last)
    return spell(pl.date(a, 1, 1), pl.date(a, 12, 31), pl.date(b, 1, 1), pl.date(b, 12, 31))


def spell(first_a: pl.Expr, first_b: pl.Expr, last_a: pl.Expr, last_b: pl.Expr) -> list[pl.Expr]:
    """The four columns of a spell out of four days: the earliest and latest that its first can be, and its last."""
    named = {"first_a": first_a, "first_b": first_b, "last_a": last_a, "last_b": last_b}
    return [of.cast(pl.Int32).cast(pl.Int64).alias(name) for name, of in named.items()]
