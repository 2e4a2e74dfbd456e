"""Tables by period: what a source says of states or pairs, for each period that it speaks of, one row each.

What is dated to the day is brought to periods by a rule; where the dates are partial, a value is known only if both ends of them agree.

Source: docs/explanation/how-panels-are-made.md, section 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import polars as pl

from comity.panels.shapes import Periods
from comity.terms import BadInput

At = Literal["1 January", "any day", "share of year"]
Partial = Literal["unknown", "earliest", "latest"]
Combine = Literal["first", "min", "max", "sum"]
STATE, OTHER, PERIOD = "state", "other", "period"
DAYS = ("first_a", "first_b", "last_a", "last_b")
"""Of a spell: the earliest and latest that its first day can be, and its last; days since 1970."""


@dataclass(frozen=True, slots=True)
class Yearly:
    """What a source says by the year: the columns ``state`` (and ``other``), ``year``, and values."""

    table: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Dated:
    """What a source says of spells: the columns ``state`` (and ``other``), those of ``DAYS``, and values.

    ``combine``: what holds of several at once: that of the first, the lowest, the highest, or all together; by column, where they differ.
    A value that is null is not known: neither is what it counts in.
    """

    table: pl.DataFrame
    combine: Combine | Mapping[str, Combine] = "first"


def by_period(said: Yearly | Dated, time: Periods, at: At, partial: Partial = "unknown") -> pl.DataFrame:
    """One row for each state (or pair) and period of which something is said: ``state``, ``other``, ``period``, and the values."""
    if at not in get_args(At):
        raise BadInput(f"at={at!r}; choose one of {', '.join(get_args(At))}")
    return _years(said.table, time) if isinstance(said, Yearly) else _spells(said, time, at, partial)


def _years(table: pl.DataFrame, time: Periods) -> pl.DataFrame:
    first, after = time.of_years(table["year"].to_numpy().astype(np.int64))
    table = table.drop("year")
    if time.unit == "year":
        return table.with_columns(pl.Series(PERIOD, first)).filter(pl.Series(after > first))
    return table.with_columns(pl.int_ranges(pl.Series(first), pl.Series(after)).alias(PERIOD)).explode(PERIOD).drop_nulls(PERIOD)


def _spells(said: Dated, time: Periods, at: At, partial: Partial) -> pl.DataFrame:
    days = {name: said.table[name].to_numpy().astype(np.int64) for name in DAYS}
    if partial == "earliest":
        days["first_b"], days["last_b"] = days["first_a"], days["last_a"]
    elif partial == "latest":
        days["first_a"], days["last_a"] = days["first_b"], days["last_b"]
    begins, ends = np.maximum(time.of_days(days["first_a"]), 0), np.minimum(time.of_days(days["last_b"]), len(time) - 1)
    values = [c for c in said.table.columns if c not in DAYS]
    every = said.table.select(values).with_columns(
        pl.int_ranges(pl.Series(begins), pl.Series(ends) + 1).alias(PERIOD), pl.Series("spell", np.arange(len(begins)))
    )
    found = every.explode(PERIOD).drop_nulls(PERIOD)
    start, after = (pl.Series(time.starts[found[PERIOD].to_numpy() + more]) for more in (0, 1))
    early, late, from_a, from_b = (pl.Series(days[name][found["spell"].to_numpy()]) for name in ("last_a", "last_b", "first_a", "first_b"))
    if at == "share of year":
        return _shares(
            found.with_columns(
                start.alias("start"), after.alias("after"), from_a.alias("a"), late.alias("b"), ((from_a == from_b) & (early == late)).alias("sure")
            )
        )
    edge = start if at == "1 January" else after - 1
    perhaps, surely = (from_a <= edge) & (late >= start), (from_b <= edge) & (early >= start)
    return _combined(found.with_columns(surely.alias("sure"), from_a.alias("since")).filter(perhaps), said.combine)


def _keys(table: pl.DataFrame) -> list[str]:
    return [name for name in (STATE, OTHER, PERIOD) if name in table.columns]


def _combined(found: pl.DataFrame, combine: Combine | Mapping[str, Combine]) -> pl.DataFrame:
    """Several spells of one state or pair in one period as one; null where that hangs on a partial date, or on what is not known."""
    keys = _keys(found)
    values = [c for c in found.columns if c not in (*keys, "sure", "spell", "since")]
    ways = {v: combine if isinstance(combine, str) else combine[v] for v in values}
    sorted_ = found.sort("since", maintain_order=True) if "first" in ways.values() else found
    if sorted_["sure"].all() and sorted_.select(keys).is_unique().all():
        return sorted_.select(*keys, *values)
    return sorted_.group_by(keys, maintain_order=True).agg(of_several(v, way) for v, way in ways.items())


def of_several(value: str, way: Combine) -> pl.Expr:
    """What is known of a value of several rows, of which some (column ``sure``) may hang on a partial date."""
    of, sure = pl.col(value), pl.col("sure")
    if way == "first":
        return pl.when(sure.first()).then(of.first()).alias(value)
    known, unknown = of.filter(sure), of.is_null().any()
    if way == "sum":
        return pl.when(~unknown & (known.sum() == of.sum())).then(of.sum()).alias(value)
    end, of_known = (of.max(), known.max()) if way == "max" else (of.min(), known.min())
    return pl.when(~(unknown & (end.is_null() | (end < 1))) & (of_known.fill_null(0) == end)).then(end).alias(value)


def _shares(found: pl.DataFrame) -> pl.DataFrame:
    """On what share of the period each value, 1 or 0, is 1: days counted once, however many spells they are in; null where a date is partial."""
    keys = _keys(found)
    values = [c for c in found.columns if c not in (*keys, "start", "after", "a", "b", "sure", "spell")]
    spans = found.with_columns(pl.max_horizontal("a", "start").alias("a"), pl.min_horizontal(pl.col("b") + 1, "after").alias("b")).sort(
        *keys, "a", "b"
    )
    shares = spans.select(keys).unique()
    for value in values:
        if not spans[value].drop_nulls().is_in([0, 1]).all():
            raise BadInput(f"{value} is not yes or no: it has no share of the year; choose at='1 January' or at='any day'")
        held = spans.filter(pl.col(value) == 1).with_columns(pl.col("b").cum_max().shift(1).over(keys).alias("reached"))
        days = (pl.col("b") - pl.max_horizontal("a", "reached")).clip(0).sum()
        share = pl.when(pl.col("sure").all()).then(days / (pl.col("after") - pl.col("start")).first())
        of_those = held.group_by(keys).agg(share.alias(value), pl.lit(True).alias("held"))
        shares = shares.join(of_those, on=keys, how="left").with_columns(pl.when("held").then(value).otherwise(0.0).alias(value)).drop("held")
    return shares
