"""A panel: rows by state or pair and period, columns that say what they are, and how each was joined.

Source: docs/explanation/how-panels-are-made.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import polars as pl

from comity.panels.columns import Add, Column, Family, Join, Joiners, Made, Shelf
from comity.panels.families import FAMILIES
from comity.panels.joining import joined
from comity.panels.shapes import SHAPES, Members, Rows, periods, rows
from comity.panels.tables import At, Partial
from comity.terms import BadInput

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

SYSTEMS = {"cow": ("cow-system", "ccode"), "gw": ("gw-system", "gwcode")}
_SPELLS = "spells"
How = Literal["lowest", "highest", "lower over higher", "difference", "sum"]
OWN = "comity"
"""The source of a column that is made of others."""


@dataclass(frozen=True)
class Panel:
    """A table of states or pairs by period.

    ``frame``: the data.   ``columns``: what each column is.   ``steps``: what each join did.   ``cuts``: which rows were left out, and why.
    """

    shape: str
    system: str
    rows: Rows
    frame: pl.DataFrame
    columns: tuple[Made, ...] = ()
    steps: tuple[Join, ...] = ()
    carried: date | None = None
    cuts: tuple[str, ...] = ()

    def __len__(self) -> int:
        return self.frame.height

    # -- columns of the panel's own

    def where(self, wanted: pl.Expr, told: str = "") -> Panel:
        """The rows for which ``wanted`` is true; those for which it is not known are left out, and counted in ``cuts``.

        ``told``: what that is, in words.
        """
        known = self.frame.select(wanted).to_series()
        mask, unknown = known.fill_null(False), known.null_count()
        cut = f"{mask.sum():,} of {len(self):,} rows kept: {told or str(wanted)}"
        if unknown:
            cut += f"; of {unknown:,} that were left out it is not known"
        return replace(self, rows=self.rows.kept(mask.to_numpy()), frame=self.frame.filter(mask), cuts=(*self.cuts, cut))

    def with_column(self, name: str, made: pl.Expr, means: str, unit: str = "") -> Panel:
        """One column more, made of those there are; null where what it is made of is, as far as ``made`` has it so."""
        self._is_new([name])
        return self._with([self.frame.with_columns(made.alias(name))[name]], [self._own(name, means, unit)])

    def with_pairwise(self, name: str, of: str, how: How) -> Panel:
        """One column of a pair, of the two that say something of either state: null where one of the two is."""
        a, b = pl.col(f"{of}1"), pl.col(f"{of}2")
        both = a.is_not_null() & b.is_not_null()
        made = {
            "lowest": pl.min_horizontal(a, b),
            "highest": pl.max_horizontal(a, b),
            "lower over higher": pl.min_horizontal(a, b) / pl.max_horizontal(a, b),
            "difference": (a - b).abs(),
            "sum": a + b,
        }
        if how not in made:
            raise BadInput(f"how={how!r}; choose one of {', '.join(made)}")
        return self.with_column(name, pl.when(both).then(made[how]), f"{how} of the two states' {of}")

    def with_spell(self, name: str, event: str, count: Literal["years", "rows"] = "years") -> Panel:
        """How long the last event is ago, since the row after it; before the first: since the pair's or state's first row.

        ``count``: periods by the calendar, or rows of the panel, however far apart (as peacesciencer and btscs count).
        An event that is not known leaves null what follows, until the next one that is.
        """
        return self.with_column(name, pl.lit(_spells(self, event, count)), f"{count} without {event}", "periods" if count == "years" else "rows")

    def politically_relevant(self) -> Panel:
        """Pairs that are contiguous, or of which one is a major power. Source: Lemke and Reed 2001."""
        missing = {"conttype", "cowmaj1", "cowmaj2"} - set(self.frame.columns)
        if missing:
            raise BadInput(f"relevance needs {', '.join(sorted(missing))}; add the families contiguity and majors first")
        relevant = (pl.col("conttype") > 0) | (pl.col("cowmaj1") == 1) | (pl.col("cowmaj2") == 1)
        return self.where(relevant, "contiguous, or one of the two a major power")

    def add(self, *asked: Add | str, shelf: Shelf, families: Iterable[Family] = FAMILIES) -> Panel:
        """With more columns of sources."""
        known, found = {f.name: f for f in families}, self
        for one in asked:
            wanted = parse_add(one) if isinstance(one, str) else one
            if wanted.family not in known:
                raise BadInput(f"there are no columns {wanted.family!r}; choose among {', '.join(known)}")
            series, made, step = joined(found.rows, known[wanted.family], wanted, shelf)
            found._is_new([m.name for m in made])
            found = replace(found._with(series, made), steps=(*found.steps, replace(step, rows=len(found))))
        return found

    def _with(self, series: Iterable[pl.Series], made: Iterable[Made]) -> Panel:
        frame = self.frame.with_columns(series)
        return replace(self, frame=frame, columns=(*self.columns, *made))

    def _is_new(self, names: Iterable[str]) -> None:
        there = [name for name in names if name in self.frame.columns]
        if there:
            raise BadInput(f"the panel has {', '.join(there)} already; give what is added a prefix")

    def _own(self, name: str, means: str, unit: str) -> Made:
        years = self.rows.periods.since.year, self.rows.periods.until.year
        return Made(name, Column(name, means, unit), OWN, OWN, "made of other columns", years)

    # -- for others

    def to_arrow(self) -> pa.Table:
        return self.frame.to_arrow()

    def to_pandas(self) -> pd.DataFrame:
        """Whole numbers that may be null stay whole numbers."""
        return self.frame.to_pandas(use_pyarrow_extension_array=True)

    def to_duckdb(self, connection: duckdb.DuckDBPyConnection | None = None, name: str = "panel") -> duckdb.DuckDBPyConnection:
        """A connection in which the panel is a table."""
        import duckdb

        found = connection or duckdb.connect()
        arrow: Any = self.to_arrow()
        found.register("_panel", arrow)
        found.execute(f"CREATE OR REPLACE TABLE {duckdb_name(name)} AS SELECT * FROM _panel")  # noqa: S608 (a name in quotes)
        found.unregister("_panel")
        return found


def panel(
    shape: str,
    *,
    since: int | date,
    until: int | date,
    shelf: Shelf,
    systems: str = "cow",
    directed: bool = False,
    add: Iterable[Add | str] = (),
    families: Iterable[Family] = FAMILIES,
) -> Panel:
    """States or pairs by year, month or day, with columns: of sources, and of standing.

    ``since``, ``until``: years or days, both in.   ``systems``: who is a state, by the Correlates of War ("cow") or Gleditsch and Ward ("gw").
    ``directed``: each pair both ways.   BadInput for what cannot be asked, or is not on the shelf.
    """
    if systems not in SYSTEMS:
        raise BadInput(f"systems={systems!r}; choose 'cow' or 'gw'")
    if shape not in SHAPES:
        raise BadInput(f"there is no shape {shape!r}; choose one of {', '.join(SHAPES)}")
    source, code = SYSTEMS[systems]
    time = periods(SHAPES[shape][1], since, until)
    members = Members.read(shelf.table(source, _SPELLS).collect(), code, time.until)
    found = rows(shape, members, time, directed)
    return Panel(shape, systems, found, found.frame, carried=members.carried).add(*add, shelf=shelf, families=families)


def duckdb_name(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def parse_add(text: str) -> Add:
    """``FAMILY``, ``FAMILY:COLUMN,COLUMN``, and after it what else is wanted of it: ``at=any-day lag=1 carry joiners=none partial=earliest
    prefix=x_``. BadInput for anything else.
    """
    first, *rest = text.split() or [""]
    family, _, columns = first.partition(":")
    given: dict[str, Any] = {}
    for word in rest:
        name, _, value = word.partition("=")
        if word == "carry":
            given["carry"] = True
        elif name == "lag" and value.isdigit():
            given["lag"] = int(value)
        elif name == "at" and value in _RULES:
            given["at"] = _RULES[value]
        elif (name, value) in _CHOICES or (name == "prefix" and value):
            given[name] = value
        else:
            raise BadInput(f"{word!r} in {text!r}; after the columns write any of {', '.join(_WORDS)}")
    return Add(family, tuple(c for c in columns.split(",") if c), **given)


_RULES: dict[str, At] = {"1-January": "1 January", "any-day": "any day", "share-of-year": "share of year"}
_CHOICES = [("joiners", one) for one in get_args(Joiners)] + [("partial", one) for one in get_args(Partial)]
_WORDS = [*(f"at={rule}" for rule in _RULES), "lag=N", "carry", *(f"{name}={value}" for name, value in _CHOICES), "prefix=WORD"]


def _spells(panel: Panel, event: str, count: str) -> pl.Series:
    if event not in panel.frame.columns:
        raise BadInput(f"the panel has no column {event!r}")
    of, happened = panel.rows, panel.frame[event]
    state = of.first if of.second is None else of.first.astype(np.int64) * len(of.codes) + of.second
    rows = np.arange(len(of))
    at = rows if count == "rows" else of.period.astype(np.int64)
    begins = np.diff(state, prepend=-1) != 0
    before = {
        name: np.concatenate([[False], flags.to_numpy()[:-1]]) & ~begins
        for name, flags in (("event", happened.fill_null(0) != 0), ("unknown", happened.is_null()))
    }
    # a spell begins with a state's or pair's first row, and after each row with the event
    spell = np.maximum.accumulate(np.where(begins | before["event"], rows, 0))
    origin = np.where(begins[spell], at[spell], at[np.maximum(spell - 1, 0)] + 1)
    doubts = np.cumsum(before["unknown"])
    return pl.Series(at - origin).cast(pl.Int32).to_frame("spell").select(pl.when(pl.Series(doubts == doubts[spell])).then("spell")).to_series()
