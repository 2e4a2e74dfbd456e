"""The records of the sources: one small data file each, in the folder ``records``.

A record says who publishes a source, of what version, under which licence, how to cite it, what it covers, and its tables: their columns,
their key, and the files in which somebody publishes them. Adding a source is adding a file.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from comity.terms import BadInput, NotOnRecord

TYPES = ("int", "float", "text", "day", "partial-day", "yes-no")
FORMATS = ("csv", "csv.gz", "tab", "parquet", "dta", "rda", "rds")
YIELDS = ("columns", "acts", "both")
ABSENT = ("0", "unknown")
_RECORDS = files("comity.sources").joinpath("records")
NO_CODES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Citation:
    """How a source wants to be cited; ``kind`` is article, book, chapter, data or manual. A field that is blank is not known or not used."""

    kind: str
    author: tuple[str, ...]
    year: int
    title: str
    journal: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""
    doi: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """For which days and parties a source says something; for all tables and columns, or for those named."""

    since: date
    through: date
    parties: str
    tables: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, as it is kept. ``type`` is int (32 bits), float, text, day, partial-day (text with two days beside it) or yes-no.

    ``codes`` are values that stand for nothing known, with what the publisher means by each: they become null, and with ``keeps`` stand in
    a column of their own. ``low`` and ``high`` bound numbers, ``choices`` texts. ``parts`` are the form's columns of year, month and day.
    """

    name: str
    type: str
    means: str
    unit: str = ""
    codes: Mapping[str, str] = field(default_factory=lambda: NO_CODES)
    keeps: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    written: str = ""

    @property
    def kept_as(self) -> tuple[str, ...]:
        """The columns of the kept table that it becomes."""
        more = (f"{self.name}_first", f"{self.name}_last") if self.type == "partial-day" else ()
        return (self.name, *more, *([f"{self.name}_code"] if self.keeps else []))


@dataclass(frozen=True, slots=True)
class Form:
    """A file as somebody publishes it: what it is called and how it is written, its checksum, and an address where this very file is."""

    file: str
    format: str
    sha256: str
    size: int
    address: str = ""
    delimiter: str = ","
    encoding: str = "utf-8"
    nothing: tuple[str, ...] = ("",)
    names: Mapping[str, str] = field(default_factory=lambda: NO_CODES)
    ignored: tuple[str, ...] = ()
    last_line_open: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a source: what a row is, its unique key, its columns, and in which forms it comes.

    ``absent`` is what it means that a state or pair is not listed inside the coverage: 0, or unknown. ``numbered`` is the column into
    which the number of the row in the file goes, where nothing else tells rows apart.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    absent: str
    rows: int
    forms: tuple[Form, ...]
    numbered: str = ""
    absent_note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A register or a data set. ``yields`` says what is made of it: columns of panels, acts, or both."""

    id: str
    title: str
    version: str
    publisher: str
    address: str
    licence: str
    citations: tuple[Citation, ...]
    codebook: str
    coverage: tuple[Coverage, ...]
    yields: str
    tables: tuple[Table, ...]
    note: str = ""

    def table(self, name: str | None = None) -> Table:
        """The table of that name, or the only one; NotOnRecord says which there are."""
        if name is None and len(self.tables) == 1:
            return self.tables[0]
        for table in self.tables:
            if table.name == name:
                return table
        listed = ", ".join(t.name for t in self.tables)
        wrong = f"no table {name!r}" if name is not None else f"{len(self.tables)} tables"
        raise NotOnRecord(f"{self.id} has {wrong}; name one of: {listed}")

    def years(self, table: str | None = None, column: str | None = None) -> tuple[int, int]:
        """The first and the last year that a table covers, or one column of it, where that is covered otherwise."""
        name = self.table(table).name
        of_table = [c for c in self.coverage if not c.tables or name in c.tables]
        found = [c for c in of_table if column is not None and column in c.columns] or [c for c in of_table if not c.columns] or of_table
        return min(c.since.year for c in found), max(c.through.year for c in found)


@cache
def all_sources() -> Mapping[str, Source]:
    """Every source, by id."""
    return MappingProxyType({name: source(name) for name in _ids()})


@cache
def source(source_id: str) -> Source:
    """The source of that id; NotOnRecord offers what is near."""
    if source_id not in _ids():
        near = difflib.get_close_matches(source_id, _ids(), n=3)
        offer = f"did you mean {' or '.join(near)}?" if near else "list them with: comity sources list"
        raise NotOnRecord(f"no source {source_id!r}; {offer}")
    file = f"{source_id}.toml"
    return read_record(file, _RECORDS.joinpath(file).read_text(encoding="utf-8"))


@cache
def _ids() -> tuple[str, ...]:
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in _RECORDS.iterdir() if entry.name.endswith(".toml")))


def read_record(file: str, text: str) -> Source:
    """A record out of the text of its file; BadInput names the file and what is wrong."""
    try:
        data = tomllib.loads(text)
        shared = {c["name"]: c for c in data.pop("shared", ())}
        tables = tuple(_table(t, shared) for t in data.pop("tables"))
        found = Source(
            citations=tuple(Citation(**{**c, "author": tuple(c["author"])}) for c in data.pop("citations")),
            coverage=tuple(Coverage(**_frozen(c)) for c in data.pop("coverage")),
            tables=tables,
            **data,
        )
    except (tomllib.TOMLDecodeError, TypeError, KeyError) as problem:
        raise BadInput(f"the record {file} cannot be read ({problem}); write it as the others are") from None
    _check(file, found)
    return found


def _table(data: dict[str, Any], shared: dict[str, dict[str, Any]]) -> Table:
    columns = [c for given in data.pop("columns") for c in _columns(shared[given] if isinstance(given, str) else given)]
    forms = tuple(Form(**_frozen(f)) for f in data.pop("forms"))
    return Table(**{**data, "key": tuple(data["key"])}, columns=tuple(columns), forms=forms)


def _columns(data: dict[str, Any]) -> list[Column]:
    """One column, or with ``series = [1, 59]`` as many, ``{n}`` in name and meaning being the number."""
    given = _frozen({k: v for k, v in data.items() if k != "series"})
    if "series" not in data:
        return [Column(**given)]
    first, last = data["series"]
    return [Column(**{**given, **{k: given[k].replace("{n}", str(n)) for k in ("name", "means")}}) for n in range(first, last + 1)]


def _frozen(data: dict[str, Any]) -> dict[str, Any]:
    """Lists as tuples, tables as mappings that nobody changes."""
    return {k: tuple(v) if isinstance(v, list) else MappingProxyType(v) if isinstance(v, dict) else v for k, v in data.items()}


def _check(file: str, found: Source) -> None:
    """A record that contradicts itself is refused where it is read, not where somebody's data are."""
    wrong = []
    wrong += [f"id {found.id!r} is not its name"] if f"{found.id}.toml" != file else []
    wrong += [f"yields {found.yields!r} is none of {', '.join(YIELDS)}"] if found.yields not in YIELDS else []
    for table in found.tables:
        names = [name for column in table.columns for name in column.kept_as] + [table.numbered] * bool(table.numbered)
        wrong += [f"{table.name}: {name} stands twice" for name in sorted({n for n in names if names.count(n) > 1})]
        wrong += [f"{table.name}: its key {name} is no column" for name in table.key if name not in names]
        wrong += [f"{table.name}: {c.name} is of type {c.type!r}" for c in table.columns if c.type not in TYPES]
        wrong += [f"{table.name}: absent is {table.absent!r}"] if table.absent not in ABSENT else []
        wrong += [f"{table.name}: {f.file} is of format {f.format!r}" for f in table.forms if f.format not in FORMATS]
        wrong += [f"{table.name} has no key"] if not table.key else []
    known = {t.name: {n for c in t.columns for n in c.kept_as} for t in found.tables}
    for one in found.coverage:
        wrong += [f"coverage of a table {t!r} that is not there" for t in one.tables if t not in known]
        told = set().union(*(known[t] for t in one.tables or known if t in known))
        wrong += [f"coverage of a column {c!r} that is not there" for c in one.columns if c not in told]
    if wrong:
        raise BadInput(f"the record {file} contradicts itself: {'; '.join(wrong)}")
