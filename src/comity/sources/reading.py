"""A form as the table that the record describes: columns, types, ranges, codes, key. What does not fit is refused in one line.

Source: the record of the table. Steps: 1. the file as it stands; 2. its columns are those of the record, no more and no fewer; 3. each
column: codes to null, then its type, then its range; 4. the key is there and unique.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from comity.sources.opening import open_form
from comity.sources.partial import partial_columns
from comity.sources.records import Column, Form, Table
from comity.terms import BadInput


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table that was read: its frame, and of each column how many cells became null, by what stood there."""

    frame: pl.DataFrame
    nulls: Mapping[str, Mapping[str, int]]


def read_table(path: Path, table: Table, form: Form) -> ReadTable:
    """The table out of a file in one of its forms; BadInput says what does not fit, where, and what to do."""
    found = open_form(path, form)  # 1
    _check_header(path, found.columns, table, form)  # 2
    nulls: dict[str, dict[str, int]] = {}
    made: list[pl.Series] = []
    for column in table.columns:  # 3
        if column.type == "partial-day":
            made += partial_columns(path, column, _parts(found, column, form), nulls)
        else:
            made += _read_column(path, column, _cells(found, form.names.get(column.name, column.name), form), form, nulls)
    frame = pl.DataFrame(made)
    if table.numbered:
        frame = frame.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias(table.numbered))
    _check_key(path, frame, table)  # 4
    return ReadTable(frame, nulls)


def _cells(found: pl.DataFrame, name: str, form: Form) -> pl.Series:
    """A column of the form; texts that the form writes for nothing, and what is not a number, are null."""
    series = found[name]
    if series.dtype in (pl.Categorical, pl.Enum):
        series = series.cast(pl.String)
    if series.dtype == pl.String:
        return pl.select(pl.when(~series.is_in(list(form.nothing))).then(series).alias(name)).to_series()
    return series.fill_nan(None) if series.dtype.is_float() else series


def _parts(found: pl.DataFrame, column: Column, form: Form) -> list[pl.Series]:
    """Year, month and day of a partial day: columns of their own, or between the dashes of one."""
    if column.parts:
        return [_cells(found, part, form) for part in column.parts]
    split = _cells(found, form.names.get(column.name, column.name), form).str.split("-")
    return [split.list.get(n, null_on_oob=True) for n in range(3)]


def _check_header(path: Path, there: list[str], table: Table, form: Form) -> None:
    expected = [part for c in table.columns for part in (c.parts or (form.names.get(c.name, c.name),))]
    missing = [name for name in expected if name not in there]
    more = [name for name in there if name not in expected and name not in form.ignored]
    if missing:
        raise BadInput(f"{str(path)!r} lacks the column {missing[0]!r}{_others(missing)}; give the file that the record of {table.name} names")
    if more:
        raise BadInput(
            f"{str(path)!r} has a column {more[0]!r}{_others(more)} that the record of {table.name} does not know; "
            "give the file that it names, or tell in the record what the column is"
        )


def _others(names: list[str]) -> str:
    return f" (and {len(names) - 1} more)" if len(names) > 1 else ""


def _read_column(path: Path, column: Column, cells: pl.Series, form: Form, nulls: dict[str, dict[str, int]]) -> list[pl.Series]:
    text = _as_text(cells)
    coded = text.is_in(list(column.codes))
    counted = {code: int(n) for code in column.codes if (n := (text == code).sum())}
    if empty := cells.null_count():
        counted["nothing"] = empty
    if counted:
        nulls[column.name] = counted
    kept = pl.select(pl.when(~coded).then(cells).alias(column.name)).to_series()
    typed = _typed(path, column, kept, form)
    _check_range(path, column, typed)
    if column.keeps:
        return [typed, pl.select(pl.when(coded).then(text).alias(f"{column.name}_code")).to_series()]
    return [typed]


def _as_text(cells: pl.Series) -> pl.Series:
    """Cells as codes are written in records: a whole number without a point."""
    if cells.dtype.is_float() and bool((cells.drop_nulls() == cells.drop_nulls().round()).all()):
        return cells.cast(pl.Int64, strict=False).cast(pl.String)
    return cells.cast(pl.String)


def _refuse_row(path: Path, column: Column, cells: pl.Series, wrong: pl.Series, what: str) -> BadInput:
    """Names the first cell that does not fit; rows are counted from 1, without the header."""
    row = int(wrong.fill_null(value=False).arg_true()[0])
    more = int(wrong.sum()) - 1
    others = f" (and {more} more rows)" if more else ""
    return BadInput(f"{str(path)!r} row {row + 1}{others}: {column.name} is {cells[row]!r}, {what}; give the file that the record names")


def _typed(path: Path, column: Column, cells: pl.Series, form: Form) -> pl.Series:
    given = cells.is_not_null()
    match column.type:
        case "int":
            number = cells.cast(pl.Float64, strict=False)
            bad = given & (number.is_null() | (number != number.round()) | (number.abs() > 2**31 - 1))
            made, what = pl.select(pl.when(~bad).then(number)).to_series().cast(pl.Int32), "which is not a whole number of 32 bits"
        case "float":
            made = cells.cast(pl.Float64, strict=False)
            bad, what = given & (made.is_null() | made.is_nan()), "which is not a number"
        case "yes-no":
            made = _as_text(cells).replace_strict({"1": True, "0": False, "yes": True, "no": False}, default=None, return_dtype=pl.Boolean)
            bad, what = given & made.is_null(), "which is neither 1 (yes) nor 0 (no)"
        case "day":
            made, what = _days(cells, column, form), f"which is not a day{f' written {column.written}' if column.written else ''}"
            bad = given & made.is_null()
        case "partial-day" | "text" | _:
            made, bad, what = cells.cast(pl.String), cells.is_null() & given, ""
    if bool(bad.any()):
        raise _refuse_row(path, column, cells, bad, what)
    return made.alias(column.name)


def _days(cells: pl.Series, column: Column, form: Form) -> pl.Series:
    if cells.dtype == pl.Date:
        return cells
    if cells.dtype == pl.String:
        return cells.str.to_date(column.written or "%Y-%m-%d", strict=False)
    if form.format in ("rda", "rds"):  # R counts days from 1970-01-01
        return cells.cast(pl.Int32, strict=False).cast(pl.Date)
    return pl.Series(cells.name, [None] * len(cells), dtype=pl.Date)


def _check_range(path: Path, column: Column, typed: pl.Series) -> None:
    if column.type in ("int", "float"):
        low = typed < column.low if column.low is not None else None
        high = typed > column.high if column.high is not None else None
        for wrong, bound in ((low, f"below {column.low}"), (high, f"above {column.high}")):
            if wrong is not None and bool(wrong.any()):
                raise _refuse_row(path, column, typed, wrong, f"{bound}, where nothing may be")
    elif column.choices:
        wrong = ~typed.is_in(list(column.choices)) & typed.is_not_null()
        if bool(wrong.any()):
            raise _refuse_row(path, column, typed, wrong, f"which is none of {', '.join(column.choices)}")


def _check_key(path: Path, frame: pl.DataFrame, table: Table) -> None:
    key = list(table.key)
    blank = frame.filter(pl.any_horizontal(pl.col(k).is_null() for k in key))
    if len(blank):
        parts = " or no ".join(key)
        raise BadInput(f"{str(path)!r}: {len(blank)} rows have no {parts}, the key of {table.name}; give the file that the record names")
    twice = frame.select(key).filter(frame.select(key).is_duplicated())
    if len(twice):
        first = ", ".join(f"{k} {v}" for k, v in zip(key, twice.row(0), strict=True))
        raise BadInput(
            f"{str(path)!r}: {len(twice)} rows share the key of {table.name}, which is unique (first: {first}); give the file that the record names"
        )
