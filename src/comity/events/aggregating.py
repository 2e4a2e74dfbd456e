"""Events between states, aggregated to pairs by month or year: one table whatever data set they come from, one expression.

An event is a row of ``EVENTS``: on a day somebody did something of a class to somebody. ``to_dyads`` is an Ibis expression over
such a table; ``Events.dyads`` runs it on DuckDB, and any other engine that Ibis speaks runs the same (docs/how-to/
move-events-to-spark.md). Intensities are decimals, so that a sum is the same to the last digit in whatever order it is added.

What the data do not cover is not zero: ``Dyads.coverage`` goes with every result, and ``beside`` leaves those periods null.

Source: docs/explanation/how-panels-are-made.md, section 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import duckdb
import ibis
import polars as pl
from ibis.expr.types import BooleanValue, Table

from comity.events.records import ROOTS
from comity.parties import Span
from comity.terms import BadInput

Period = Literal["month", "year"]
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""The quad classes, numbered from 1."""
EVENTS = ibis.schema(
    {
        "day": "date",
        "party1": "int32",
        "party2": "int32",
        "class_code": "string",
        "root_class": "string",
        "quad_class": "int8",
        "intensity": "decimal(6, 2)",
        "weight": "int64",
    }
)
"""The columns of a table of events: who (``party1``) did it to whom (``party2``), as numbers of the Correlates of War, null where
the map of names has none; class and root class as the codebook writes them; quad class 1 to 4; weight 1 or how often it was reported."""
COUNTS = ("events", "weight", *(quad.replace(" ", "_") for quad in QUADS))
"""The columns of a result that are zero, inside the coverage, for a pair without events; so is the sum of intensities."""


def to_dyads(events: Table, by: Period = "year", classes: Iterable[str] | None = None, directed: bool = True) -> Table:
    """What happened between each two parties in each month or year; one row a pair and period in which something did.

    ``events``: a table with the columns of ``EVENTS``, of whatever engine. ``classes``: quad classes by name ("material conflict"),
    root classes ("19", "ASSAULT") or classes with those below them ("025", "0251"); None is all. ``directed``: ``party1`` is who did it; else
    the lower number.
    Left out are events inside one state, and those with a party or a day that is not known, which the report of ``read_events`` counts.
    Returns ``party1``, ``party2``, ``year`` (and ``month``), ``events``, ``weight``, ``intensity`` (their sum), and a count for each
    quad class.
    """
    kept = events.filter(events.party1 != events.party2)
    kept = kept.filter(kept.day.notnull())
    if classes is not None:
        kept = kept.filter(_any_of(kept, classes))
    sides = (kept.party1, kept.party2)
    low, high = sides if directed else (ibis.least(*sides), ibis.greatest(*sides))
    keys = {"party1": low, "party2": high, "year": kept.day.year()}
    if by == "month":
        keys["month"] = kept.day.month()
    elif by != "year":
        raise BadInput(f"events are aggregated by month or by year, not by {by!r}")
    return kept.group_by(**keys).agg(
        events=kept.count(),
        weight=kept.weight.sum(),
        intensity=kept.intensity.sum().cast("float64"),
        **{quad.replace(" ", "_"): kept.count(where=kept.quad_class == number) for number, quad in enumerate(QUADS, 1)},
    )


def _any_of(events: Table, classes: Iterable[str]) -> BooleanValue:
    quads: list[int] = []
    roots: list[str] = []
    beginnings: list[str] = []
    for asked in classes:
        if asked in QUADS:
            quads.append(QUADS.index(asked) + 1)
        elif asked in ROOTS["cameo"] or asked in ROOTS["plover"]:
            roots.append(asked)
        elif re.fullmatch(r"\d{3,4}", asked) and asked[:2] in ROOTS["cameo"]:
            beginnings.append(asked)
        else:
            raise BadInput(f"{asked!r} is no class of events: a quad class ({', '.join(QUADS)}), or a code of CAMEO or PLOVER")
    found = events.quad_class.isin(quads) | events.root_class.isin(roots)
    for beginning in beginnings:
        found |= events.class_code.startswith(beginning)
    return found


@dataclass(frozen=True, slots=True)
class Dyads:
    """Events by pair and period. ``table``: as ``to_dyads`` says, sorted, with ``covered``, the share of the period's days covered.

    ``coverage``: the days for which there are data, half-open. Outside them nothing is known, whatever the table holds.
    """

    table: pl.DataFrame
    coverage: tuple[Span, ...]
    by: Period
    directed: bool


@dataclass(frozen=True, slots=True)
class Events:
    """Events as Parquet files with the columns of ``EVENTS``, and the days they cover. ``unmapped``: as ``read_events`` says."""

    files: tuple[Path, ...]
    coverage: tuple[Span, ...]
    unmapped: pl.DataFrame | None = None

    def dyads(
        self,
        by: Period = "year",
        classes: Iterable[str] | None = None,
        directed: bool = True,
        *,
        memory: str = "8GB",
        threads: int | None = None,
    ) -> Dyads:
        """``to_dyads`` on DuckDB, with no more than ``memory`` held (DuckDB writes the rest to disk)."""
        with connected(self.files, memory, threads) as engine:
            found = engine.sql(duckdb_text(by, classes, directed, in_order=True)).pl()
        return finished(found, self.coverage, by, directed, in_order=True)


def finished(found: pl.DataFrame, coverage: tuple[Span, ...], by: Period, directed: bool, *, in_order: bool = False) -> Dyads:
    """What an engine gave back, in the types and the order that every engine's result is given, and how much of each period is covered."""
    keys = _keys(by)
    table = found.with_columns(pl.col(keys).cast(pl.Int32), pl.col(COUNTS).cast(pl.Int64))
    return Dyads(_with_covered(table if in_order else table.sort(keys), coverage, by), coverage, by, directed)


def duckdb_text(by: Period, classes: Iterable[str] | None, directed: bool, *, in_order: bool = False) -> str:
    """The expression over a table named events, in DuckDB's words."""
    asked = to_dyads(ibis.table(EVENTS, name="events"), by, classes, directed)
    return str(ibis.to_sql(asked.order_by(_keys(by)) if in_order else asked, dialect="duckdb"))


def connected(files: Sequence[Path], memory: str = "8GB", threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own in which these files are a table named events."""
    settings: dict[str, str | bool | int | float | list[str]] = {"memory_limit": memory, "preserve_insertion_order": False}
    if threads is not None:
        settings["threads"] = threads
    engine = duckdb.connect(config=settings)
    listed = ", ".join(quoted(path) for path in files)
    engine.execute(f"CREATE VIEW events AS SELECT * FROM read_parquet([{listed}])")  # noqa: S608 (paths, quoted)
    return engine


def quoted(path: Path) -> str:
    """A path as a literal of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def beside(
    panel: pl.DataFrame, dyads: Dyads, *, partly: Literal["null", "counted"] = "null", parties: tuple[str, str] = ("party1", "party2")
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The panel with the columns of events beside it, and the rows of events that no row of the panel took.

    ``panel``: one row for each ``party1``, ``party2`` (or as ``parties`` calls them), ``year`` (and ``month``). In a period that is
    covered whole a pair without events has zeros; in one that is not, nulls. ``partly="counted"``: where part of a period is covered,
    what was counted in that part stands (``covered`` says how large a part); a pair without events is null there all the same.
    """
    keys = _keys(dyads.by)
    if parties != (keys[0], keys[1]) and set(parties) <= set(panel.columns):
        found, left = beside(panel.rename(dict(zip(parties, keys, strict=False))), dyads, partly=partly)
        return found.rename(dict(zip(keys, parties, strict=False))), left
    taken = sorted(set(panel.columns) & set(dyads.table.columns) - set(keys))
    if taken or not set(keys) <= set(panel.columns):
        own = ", ".join(taken) or "as those of events"
        raise BadInput(f"a panel by {dyads.by} needs the columns {', '.join(keys)}, and none of its own called {own}")
    if panel.select(pl.struct(keys).is_duplicated().any()).item():
        raise BadInput(f"the panel has two rows with the same {', '.join(keys)}: which one would events belong to?")
    facts = dyads.table.drop("covered")
    order = panel.with_columns(pl.col(keys).cast(pl.Int32), _row=pl.int_range(pl.len()))
    if not dyads.directed:
        order = order.with_columns(_low=pl.min_horizontal("party1", "party2"), _high=pl.max_horizontal("party1", "party2"))
        sides = ["_low", "_high"]
    else:
        sides = ["party1", "party2"]
    joined = order.join(facts, left_on=[*sides, *keys[2:]], right_on=keys, how="left", validate="m:1").sort("_row")
    joined = _with_covered(joined, dyads.coverage, dyads.by)
    whole, counted = pl.col("covered") == 1, pl.col("events").is_not_null()
    values = [name for name in facts.columns if name not in keys]
    stands = whole | counted if partly == "counted" else whole
    filled = joined.with_columns(pl.when(stands & ~counted).then(0).when(stands).then(pl.col(name)).alias(name) for name in values)
    left = dyads.table.join(order, left_on=keys, right_on=[*sides, *keys[2:]], how="anti")
    as_they_were = [pl.col(name).cast(kind) if name in keys else pl.col(name) for name, kind in panel.schema.items()]
    return filled.select(*as_they_were, *values, "covered"), left


def _keys(by: Period) -> list[str]:
    return ["party1", "party2", "year", *(["month"] if by == "month" else [])]


def _with_covered(table: pl.DataFrame, coverage: tuple[Span, ...], by: Period) -> pl.DataFrame:
    """``covered`` for each row: on what share of the days of its period there are data."""
    if not table.height:
        return table.with_columns(covered=pl.lit(None, dtype=pl.Float64))
    number = table["year"] * 12 + table["month"] - 1 if by == "month" else table["year"]
    first, last = (int(n) for n in table.select(low=number.min(), high=number.max()).row(0))
    shares = [_share(_opens(n, by), _opens(n + 1, by), coverage) for n in range(first, last + 1)]
    return table.with_columns(covered=pl.Series(shares, dtype=pl.Float64).gather(number - first))


def _opens(number: int, by: Period) -> date:
    """The first day of a year, or of a month counted from the year 0."""
    return date(number // 12, number % 12 + 1, 1) if by == "month" else date(number, 1, 1)


def _share(first: date, after: date, coverage: tuple[Span, ...]) -> float:
    days = (after - first).days
    return sum(any(first + timedelta(days=n) in span for span in coverage) for n in range(days)) / days
