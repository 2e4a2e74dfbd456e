"""What a column of a panel is, and how it is asked for.

Source: docs/explanation/how-panels-are-made.md, sections 5 and 6.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import polars as pl

from comity.panels.tables import At, Dated, Partial, Yearly

Of = Literal["state", "pair", "directed pair"]
Joiners = Literal["all", "none"]
OtherWay = Literal["same", "max", "sum", "listed"]
"""What holds of a pair without a direction: what is said of it either way; the higher, or the sum, of both; what is listed of the lower code."""


class Shelf(Protocol):
    """Where the tables of sources are read from, and how far they reach."""

    def table(self, source: str, table: str | None = None) -> pl.LazyFrame: ...

    def coverage(self, source: str) -> tuple[int, int]: ...


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
    """Columns that come of one table: of which source, of what, in which system's codes, and how the table is read.

    ``covers``: the years of which something is said, if it is not the source that says so.
    ``other_way``: how what is said of a pair one way goes with what is said of it the other way.
    """

    name: str
    source: str
    of: Of
    columns: tuple[Column, ...]
    read: Read
    system: str = "cow"
    other_way: OtherWay = "same"
    covers: tuple[int, int] | None = None


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
class Step:
    """What a join did: rows of the panel before and after; of the family's table, rows matched, and those that no row of the panel is."""

    family: str
    rows: int
    matched: int
    unmatched: pl.DataFrame
