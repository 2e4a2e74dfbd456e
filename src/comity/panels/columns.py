"""What a column of a panel is, and how it is asked for.

Source: docs/explanation/how-panels-are-made.md, sections 5 and 6.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal, Protocol

import polars as pl

from comity.panels.tables import At, Dated, Partial, Yearly
from comity.sources import source

Of = Literal["state", "pair", "directed pair"]
Joiners = Literal["all", "none"]
OtherWay = Literal["same", "max", "sum", "listed"]
"""What holds of a pair without a direction: what is said of it either way; the higher, or the sum, of both; what is listed of the lower code."""


class Shelf(Protocol):
    """Where the tables of sources are read from: a store of ``comity sources``."""

    def table(self, source_id: str, table: str | None = None) -> pl.LazyFrame: ...


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it means, its unit; ``absent``: what it is for one that the source covers and does not list."""

    name: str
    means: str
    unit: str = ""
    absent: int | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """Columns asked for. ``columns``: which of the family's, all if empty.

    ``at``: the yearly rule of what is dated to the day.   ``lag``: so many periods before.   ``carry``: after the source's last year,
    what it said last.   ``joiners``: whether those who joined a dispute count.   ``partial``: how partial dates are read.
    """

    family: str
    columns: tuple[str, ...] = ()
    at: At = "1 January"
    lag: int = 0
    carry: bool = False
    joiners: Joiners = "all"
    partial: Partial = "unknown"
    prefix: str = ""


Read = Callable[[Shelf, Add], Yearly | Dated]


@dataclass(frozen=True, slots=True)
class Family:
    """Columns that come of one table of a source: of what, in which system's codes, and how the table is read.

    ``listed``: columns of the table as they are, which its record describes.   ``made``: columns made of them.
    ``counts``: it tells what happened in a year, which is not said of any of its months.
    ``sparse``: what is listed is said of those listed alone, whatever it means not to be.
    ``covers``: the years of which something is said, where it is no record that says so.
    ``other_way``: how what is said of a pair one way goes with what is said of it the other way.
    """

    name: str
    source: str
    of: Of
    read: Read
    table: str | None = None
    listed: tuple[str, ...] = ()
    made: tuple[Column, ...] = ()
    system: str = "cow"
    other_way: OtherWay = "same"
    covers: tuple[int, int] | None = None
    sparse: bool = False
    counts: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*_described(self.source, self.table, self.listed, self.sparse), *self.made)

    def years(self, column: str) -> tuple[int, int]:
        """The first and the last year of which something is said in the column."""
        return self.covers or source(self.source).years(self.table, column if column in self.listed else None)


@cache
def _described(source_id: str, table: str | None, names: tuple[str, ...], sparse: bool) -> tuple[Column, ...]:
    """What the source's record says of columns of its table."""
    if not names:
        return ()
    found = source(source_id).table(table)
    of = {column.name: column for column in found.columns}
    absent = 0 if found.absent == "0" and not sparse else None
    return tuple(Column(name, of[name].means.rstrip("."), of[name].unit, absent) for name in names)


@dataclass(frozen=True, slots=True)
class Made:
    """A column as it stands in a panel: for the codebook."""

    name: str
    column: Column
    family: str
    source: str
    rule: str
    covers: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Join:
    """What a join did: rows of the panel before and after; of the family's table, rows matched, and those that no row of the panel is."""

    family: str
    rows: int
    matched: int
    unmatched: pl.DataFrame
