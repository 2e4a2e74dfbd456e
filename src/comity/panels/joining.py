"""Columns joined to the rows of a panel: by key alone, each row of either counted.

A table's rows find their places in the panel, never the other way round: where a panel has rows that the table says nothing of, they are
what the source means by not listing them, inside what it covers, and null outside. Nothing is joined on a name that happens to be there.

Source: docs/explanation/how-panels-are-made.md, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import polars as pl

from comity.panels.columns import Add, Column, Family, Join, Made, Shelf
from comity.panels.shapes import Ints, Periods, Rows
from comity.panels.tables import OTHER, PERIOD, STATE, Yearly, by_period, of_several
from comity.terms import BadInput

Places = npt.NDArray[np.uint32]


def joined(rows: Rows, family: Family, add: Add, shelf: Shelf) -> tuple[list[pl.Series], list[Made], Join]:
    """The columns that were asked for, as long as the panel, what they are, and what was joined."""
    columns = _chosen(family, add)
    if family.counts and rows.periods.unit != "year":
        raise BadInput(f"{family.name} tells what happened in a year, and not in which {rows.periods.unit}; ask for it in a panel by year")
    if add.joiners != "all" and "orig1" not in family.listed:
        raise BadInput(f"{family.name} does not say who joined; leave out joiners={add.joiners}")
    said = family.read(shelf, add)
    rule = "year" if isinstance(said, Yearly) else add.at
    table = by_period(said, _shifted(rows.periods, add.lag), add.at, add.partial)
    years = [family.years(c.name) for c in columns]
    first_year, last_year = min(first for first, _ in years), max(last for _, last in years)
    if add.carry:
        table, carried = _carried(table, rows.periods, last_year, add.lag), 9999
    else:
        carried = last_year
    table = _in_system(table, family, rows, shelf, add.lag)
    _is_one(table, family)
    covered = _covered(rows.periods, first_year, carried, add.lag)
    made = [
        Made(add.prefix + c.name, c, family.name, family.source, _told(rule, add, family if not rows.directed else None), of)
        for c, of in zip(columns, years, strict=True)
    ]
    if family.of == "state":
        return _of_states(rows, family, columns, table, covered, made)
    if rows.second is None:
        raise BadInput(f"{family.name} is said of pairs; ask for it in a panel of pairs")
    table = _oriented(table, family, rows)
    places = _places(rows, table)
    step = Join(family.name, 0, int((places >= 0).sum()), table.filter(pl.Series(places < 0)))
    index = _unlisted(covered, len(table))[rows.period]
    index[places[places >= 0]] = np.nonzero(places >= 0)[0]
    return _gathered(table, columns, index, [m.name for m in made]), made, step


def _chosen(family: Family, add: Add) -> Sequence[Column]:
    known = {c.name: c for c in family.columns}
    for name in add.columns:
        if name not in known:
            raise BadInput(f"{family.name} has no column {name!r}; choose among {', '.join(known)}")
    return [known[name] for name in add.columns] if add.columns else family.columns


def _shifted(time: Periods, lag: int) -> Periods:
    """The periods ``lag`` before these, numbered as these are."""
    if lag == 0:
        return time
    code = {"year": "Y", "month": "M", "day": "D"}[time.unit]
    since, until = (np.datetime64(day).astype(f"M8[{code}]") - lag for day in (time.since, time.until))
    return Periods(time.unit, since.astype("M8[D]").item(), ((until + 1).astype("M8[D]") - 1).item())


def _covered(time: Periods, first: int, last: int, lag: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    years = _shifted(time, lag).starts[:-1].astype("M8[D]").astype("M8[Y]").astype(np.int64) + 1970
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = (years >= first) & (years <= last)
    return found


def _carried(table: pl.DataFrame, time: Periods, last_year: int, lag: int) -> pl.DataFrame:
    """With what is said of the last period that is covered said of all that follow."""
    covered = _covered(time, -9999, last_year, lag)
    if covered.all() or not covered.any():
        return table
    last = int(np.nonzero(covered)[0][-1])
    later = pl.Series(PERIOD, np.arange(last + 1, len(time)))
    more = table.filter(pl.col(PERIOD) == last).drop(PERIOD).join(later.to_frame(), how="cross")
    return pl.concat([table.filter(pl.col(PERIOD) <= last), more.select(table.columns)])


def _in_system(table: pl.DataFrame, family: Family, rows: Rows, shelf: Shelf, lag: int) -> pl.DataFrame:
    """The table in the codes of the panel's system: by the year, since one state's code in the other system changes.

    Of two codes that one state bore in a year, that which it bore the year before; what is said of the other stays unmatched.
    """
    ours = {"ccode": "cow", "gwcode": "gw"}[rows.code]
    if family.system == ours:
        return table
    years = _shifted(rows.periods, lag).starts[:-1].astype("M8[D]").astype("M8[Y]").astype(np.int64) + 1970
    theirs = {"cow": "ccode", "gw": "gwcode"}[family.system]
    codes = _one_to_one(shelf.table("state-codes", f"{family.system}-to-{ours}").select("year", theirs, rows.code).drop_nulls().collect())
    table = table.with_columns(pl.Series("year", years).gather(table[PERIOD]).alias("year").cast(codes["year"].dtype))
    for name in (STATE, OTHER) if OTHER in table.columns else (STATE,):
        of = codes.rename({theirs: name, rows.code: "other_code"}).with_columns(pl.col(name).cast(table[name].dtype))
        table = (
            table.join(of, on=[name, "year"], how="left")
            .with_columns(pl.col("other_code").fill_null(-1 - pl.col(name)).alias(name))
            .drop("other_code")
        )
    return table.drop("year")


def _one_to_one(codes: pl.DataFrame) -> pl.DataFrame:
    year, theirs, ours = codes.columns
    before = codes.select(pl.col(year) + 1, theirs, ours).with_columns(kept=pl.lit(True))
    kept = codes.unique().join(before, on=[year, theirs, ours], how="left").sort(pl.col("kept").is_null(), theirs, ours)
    return kept.unique([year, theirs], keep="first", maintain_order=True).unique([year, ours], keep="first", maintain_order=True).drop("kept")


def _is_one(table: pl.DataFrame, family: Family) -> None:
    """BadInput if two rows say something of one state, or pair, and period."""
    keys = [c for c in (STATE, OTHER, PERIOD) if c in table.columns]
    key = table.select(sum((pl.col(c).cast(pl.Int64) * 1_000_000**n for n, c in enumerate(keys)), start=pl.lit(0, pl.Int64)).alias("key")).to_series()
    if key.n_unique() < len(key):
        twice = table.select(keys).filter(key.is_duplicated()).row(0)
        raise BadInput(
            f"{family.source} says more than one thing of {dict(zip(keys, twice, strict=True))}; nothing was joined: it is to be made one first"
        )


def _oriented(table: pl.DataFrame, family: Family, rows: Rows) -> pl.DataFrame:
    """The table both ways where the panel has both, else with the lower code first."""
    ways, keys = family.other_way, [STATE, OTHER, PERIOD]
    values = [c for c in table.columns if c not in keys]
    table = table.select(*keys, *values)
    turned = table.select(pl.col(OTHER).alias(STATE), pl.col(STATE).alias(OTHER), PERIOD, *values)
    if rows.directed:
        return table if ways != "same" else pl.concat([table, turned.join(table, on=keys, how="anti")])
    lower = pl.col(STATE) <= pl.col(OTHER)  # of a pair with itself, which is in no panel, nothing is lost unsaid
    if ways in ("same", "listed"):
        own = table.filter(lower)
        return own if ways == "listed" else pl.concat([own, turned.filter(lower).join(own, on=keys, how="anti")])
    both = pl.concat([table.filter(lower), turned.filter(lower)])
    if ways == "sum":
        return both.group_by(keys).agg(pl.col(values).sum())
    return both.with_columns(sure=True).group_by(keys).agg(of_several(v, "max") for v in values)


def _places(rows: Rows, table: pl.DataFrame) -> Ints:
    first, second = (rows.numbers(table[name].to_numpy()) for name in (STATE, OTHER))
    return rows.locate(first, second, table[PERIOD].to_numpy())


def _unlisted(covered: np.ndarray[tuple[int], np.dtype[np.bool_]], size: int) -> Places:
    """By period, the row of an extended table that says what it means not to be listed, or nothing where nothing is covered."""
    return np.where(covered, np.uint32(size), np.uint32(size + 1))


def _of_states(
    rows: Rows, family: Family, columns: Sequence[Column], table: pl.DataFrame, covered: np.ndarray[tuple[int], np.dtype[np.bool_]], made: list[Made]
) -> tuple[list[pl.Series], list[Made], Join]:
    index = np.tile(_unlisted(covered, len(table)), len(rows.codes))
    number, period = rows.numbers(table[STATE].to_numpy()), table[PERIOD].to_numpy()
    known = number >= 0
    places = number[known] * len(rows.periods) + period[known]
    index[places] = np.nonzero(known)[0]
    matched = known.copy()
    matched[known] = rows.seen[places]
    found, names = list[pl.Series](), list[Made]()
    for side, of_rows in enumerate(rows.places, 1):
        these = made if rows.second is None else [replace(m, name=f"{m.name}{side}") for m in made]
        found += _gathered(table, columns, index[of_rows], [m.name for m in these])
        names += these
    return found, names, Join(family.name, 0, int(matched.sum()), table.filter(pl.Series(~matched)))


def _gathered(table: pl.DataFrame, columns: Sequence[Column], index: Places, names: Sequence[str]) -> list[pl.Series]:
    places = pl.Series(index)
    return [s.gather(places).alias(name) for s, name in zip(_extended(table, columns), names, strict=True)]


def _extended(table: pl.DataFrame, columns: Sequence[Column]) -> Iterator[pl.Series]:
    """Each column, with two rows more: what it is for one not listed, and null."""
    for column in columns:
        values = table[column.name]
        yield values.extend(pl.Series(column.name, [column.absent, None], dtype=values.dtype, strict=False))


def _told(rule: str, add: Add, both_ways: Family | None) -> str:
    told = rule
    if both_ways is not None and both_ways.other_way in _EITHER:
        told += _EITHER[both_ways.other_way]
    if add.lag:
        told += f", {add.lag} period{'s' if add.lag > 1 else ''} before"
    if add.carry:
        told += ", after the last year what was said of it"
    return told


_EITHER = {"max": ", the higher of both ways", "sum": ", both ways together"}
