"""A table of pairs by period, as the question needs it: numbers, with what is not known kept apart from zero.

Source: docs/explanation/how-effects-are-read.md, section 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from comity.effects.answers import ColumnTold
from comity.estimation import Floats, Whole
from comity.terms import BadInput

RELEVANT = "relevant"
"""The column that says whether a pair is relevant, where there is one."""

FARTHEST = 2**31
"""Codes and periods are below it, so that a pair and a period are one number."""


@dataclass(frozen=True, slots=True)
class PairTable:
    """Rows of pairs by period, those of one pair together in the order of time, each pair and period once.

    ``first``, ``second``, ``period``: (rows,).   ``columns``: of each name its numbers, (rows,); not a number where it is not known.
    """

    first: Whole
    second: Whole
    period: Whole
    columns: Mapping[str, Floats]
    told: tuple[ColumnTold, ...] = ()
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.period)


def pair_table(
    frame: pl.DataFrame, pair: Sequence[str], period: str, wanted: Sequence[str], told: Sequence[ColumnTold] = (), notes: Sequence[str] = ()
) -> PairTable:
    """Out of a frame: ``pair``, the two columns of its states' codes; ``period``, the column of years or months; ``wanted``, of numbers.

    BadInput for a column that is not there, that is no number, and for a pair that has a period twice.
    """
    if len(pair) != 2:
        raise BadInput(f"--pair {','.join(pair)}: name two columns, one for each state, such as ccode1,ccode2")
    keys = [*pair, period]
    if len(set(keys)) < len(keys):
        raise BadInput(f"--pair {','.join(pair)} --period {period}: name three different columns, two for the states and one for the period")
    for name in keys:
        _is_there(frame, name)
        _is_whole(frame[name])
    if frame.is_empty():
        raise BadInput("the panel has no rows; give one with a row for each pair and period")
    check_columns(frame, wanted)
    held = frame.select(list(dict.fromkeys([*keys, *wanted]))).sort(keys)
    twice = held.filter(pl.struct(keys).is_duplicated())
    if not twice.is_empty():
        a, b, when = twice.select(keys).row(0)
        rows = "1 pair and period" if twice.select(keys).unique().height == 1 else f"{twice.select(keys).unique().height:,} pairs and periods"
        raise BadInput(f"pair {a}-{b} has the period {when} twice, {rows} in all; keep one row for each")
    own = held.filter(pl.col(pair[0]) == pl.col(pair[1]))
    if not own.is_empty():
        raise BadInput(f"{own[pair[0]][0]} is paired with itself; a row is of two states")
    a, b, when = (held[name].cast(pl.Int64).to_numpy().astype(np.int64) for name in keys)
    values = {name: _numbers(held[name]) for name in wanted}
    return PairTable(a, b, when, values, tuple(told), (*notes, *_both_ways(held, pair)))


def check_columns(frame: pl.DataFrame, names: Sequence[str]) -> None:
    """BadInput for a column that is not there, or has anything but numbers, yes and no, or nothing at all."""
    for name in names:
        _is_there(frame, name)
        of = frame[name].dtype
        if not of.is_numeric() and of not in (pl.Boolean, pl.Null):
            raise BadInput(f"column {name!r} has text or dates in it ({of}); numbers are needed")


def _numbers(column: pl.Series) -> Floats:
    """As floats; null and infinite are not known."""
    found = column.cast(pl.Float64).fill_null(float("nan")).to_numpy().astype(np.float64)
    return np.where(np.isfinite(found), found, np.nan)


def _is_whole(column: pl.Series) -> None:
    """BadInput unless every value is a whole number."""
    name = column.name
    if column.null_count():
        raise BadInput(f"column {name!r} names pairs or periods and is blank in {column.null_count():,} rows; fill them in, or leave them out")
    if not column.dtype.is_numeric():
        raise BadInput(f"column {name!r} names pairs or periods; whole numbers are needed there, not {column.dtype}")
    other = column.filter((column != column.round(0)) | ~(column.cast(pl.Float64).abs() < FARTHEST))
    if len(other):
        raise BadInput(f"column {name!r} names pairs or periods; whole numbers of up to {FARTHEST:,} are needed there, not {other[0]}")


def _both_ways(held: pl.DataFrame, pair: Sequence[str]) -> list[str]:
    a, b = pair
    turned = held.filter(pl.col(a) > pl.col(b)).select(pl.col(b).alias(a), pl.col(a).alias(b)).unique()
    if turned.join(held.select(a, b).unique(), on=[a, b]).is_empty():
        return []
    return ["pairs stand both ways: each way is a pair of its own, also to the error by pair; the dyadic error counts both together"]


def _is_there(frame: pl.DataFrame, name: str, most: int = 12) -> None:
    names = frame.columns
    if name not in names:
        more = f" and {len(names) - most} more" if len(names) > most else ""
        raise BadInput(f"the panel has no column {name!r}; it has {', '.join(names[:most])}{more}")
