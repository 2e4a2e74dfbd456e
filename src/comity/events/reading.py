"""Event data as they are published, read into the one table of events; what has no place there is counted and listed.

Nothing is dropped: an event whose party, class or day is not known is in the table with a null, and ``unmapped`` says how many
there are of which word, on which side, and why.

Source: docs/explanation/how-panels-are-made.md, section 8; each data set's columns from its own files and codebook (sources).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import duckdb
import ibis
import polars as pl
from ibis.expr.types import IntegerValue, StringValue, Table

from comity.events.aggregating import EVENTS, QUADS, Events, quoted
from comity.events.records import COUNTRIES, ROOTS, EventSource, countries, event_source, lookup
from comity.parties import Span
from comity.terms import BadInput

UNMAPPED = {"what": pl.String, "word": pl.String, "events": pl.Int64, "first": pl.Date, "last": pl.Date, "why": pl.String}
"""The columns of the report: what (party1, party2, class, quad, day, intensity, weight) was not understood, the word, in how many events, why."""


def read_events(
    path: Path, source: str, into: Path, *, coverage: tuple[Span, ...] | None = None, more_words: pl.DataFrame | None = None, memory: str = "8GB"
) -> Events:
    """Read a file of the data set ``source`` (gdelt, icews, polecat) and write it to ``into`` as Parquet, whole or not at all.

    ``coverage``: for which days the file has data; if it isn't said, from the day of its first event to that of its last.
    ``more_words``: rows for the map of parties, with the columns of ``countries()``; they come before those of the map.
    ``Events.unmapped`` has the columns of ``UNMAPPED``, most frequent first.
    """
    record = event_source(source)
    words = lookup(_joined(more_words, record.parties), record.parties)
    with duckdb.connect(config={"memory_limit": memory}) as engine:
        _cast_where_asked(engine)
        try:
            engine.execute(f"CREATE VIEW raw AS {_reading(path, record)}")
            engine.register("words", words.to_arrow())
            raw, known = ibis.table(_raw_schema(record), name="raw"), ibis.table(_WORDS, name="words")
            part = into.with_name(into.name + ".part")
            try:
                engine.execute(f"COPY ({_text(common(raw, known, record))}) TO {quoted(part)} (FORMAT parquet, COMPRESSION zstd)")
                unmapped = engine.sql(_text(not_understood(raw, known, record))).pl().cast(dict(UNMAPPED))
                part.replace(into)
            finally:
                with suppress(FileNotFoundError):
                    part.unlink()
        except duckdb.Error as problem:
            raise BadInput(f"{path.name} cannot be read as {record.name}: {str(problem).splitlines()[0]}") from None
    covered = _spanned(into) if coverage is None else coverage
    order = pl.col("events"), pl.col("what"), pl.col("word")
    return Events((into,), covered, unmapped.sort(*order, descending=[True, False, False]))


def _cast_where_asked(engine: duckdb.DuckDBPyConnection) -> None:
    """DuckDB 2.0 moves a cast that may fail into the reader of the file, where one cell that is no date ends the whole."""
    if engine.execute("SELECT count(*) FROM duckdb_optimizers() WHERE name = 'type_pushdown'").fetchall() == [(1,)]:
        engine.execute("SET disabled_optimizers = 'type_pushdown'")


_WORDS = ibis.schema({"code": "string", "cow": "int32", "since": "date", "until": "date", "note": "string"})


def _joined(more: pl.DataFrame | None, schemes: tuple[str, ...]) -> pl.DataFrame:
    """The map with rows of one's own, which take the place of those of the same code."""
    if more is None:
        return countries()
    if more.schema != COUNTRIES:
        raise BadInput(f"rows for the map of parties have the columns {', '.join(COUNTRIES)}, with the types that countries() gives them")
    return pl.concat([more, countries().join(more, on=["scheme", "code"], how="anti")])


def _text(table: Table) -> str:
    return str(ibis.to_sql(table, dialect="duckdb"))


def _raw_schema(record: EventSource) -> ibis.Schema:
    return ibis.schema(dict.fromkeys(record.columns, "string"))


def _reading(path: Path, record: EventSource) -> str:
    """DuckDB's words for reading the file: every column as text, named as the record names them, no more and no fewer of them."""
    with path.open(encoding=record.encoding, errors="replace") as file:
        first = file.readline().rstrip("\r\n").split("\t")
    if len(first) not in record.widths:
        raise BadInput(f"{path.name} has {len(first)} columns; {record.name} has {' or '.join(map(str, record.widths))}")
    if record.header and tuple(first) != record.columns:
        strange = next(f"{got!r} where {wanted!r} was looked for" for got, wanted in zip(first, record.columns, strict=True) if got != wanted)
        raise BadInput(f"{path.name} has other columns than {record.name}: {strange}")
    names = [*record.columns, *(f"column {n}" for n in range(len(record.columns) + 1, len(first) + 1))]
    columns = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in names)
    nothing = ", ".join(map(_literal, record.nothing))
    return (  # literals, quoted
        f"SELECT * FROM read_csv({quoted(path)}, delim='\t', quote='', escape='', header={record.header}, auto_detect=false, "  # noqa: S608
        f"nullstr=[{nothing}], encoding={_literal(record.encoding)}, columns={{{columns}}})"
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def common(raw: Table, words: Table, record: EventSource) -> Table:
    """The table of events that the published rows come to; as many rows as there."""
    seen = _seen(raw, words, record)
    return seen.select(*EVENTS.names)


def _seen(raw: Table, words: Table, record: EventSource) -> Table:
    """The columns of events, and beside each what was written there."""
    uses = record.uses
    written: dict[str, StringValue] = {f"{what}_word": raw[column] for what, column in uses.items()}
    plain = raw.select(**written).mutate(day=_day(raw[uses["day"]], record.day_format))
    who, whom = words.view(), words.view()
    for side, part in (("party1", who), ("party2", whom)):
        held = part.rename({f"{side}_{name}": name for name in _WORDS.names})
        plain = plain.left_join(
            held,
            [
                plain[f"{side}_word"] == held[f"{side}_code"],
                plain["day"] >= held[f"{side}_since"],
                plain["day"] < held[f"{side}_until"],
            ],
        )
    root = plain["root_word"] if "root" in uses else plain["class_word"].substr(0, 2)
    found = plain.mutate(root_class=root, class_code=plain["class_word"], party1=plain["party1_cow"], party2=plain["party2_cow"])
    quads = found["root_class"].cases(*((code, ibis.literal(quad, "int8")) for code, quad in ROOTS[record.classes].items()), else_=ibis.null("int8"))
    return found.mutate(
        quad_class=_quad(found["quad_word"]) if "quad" in uses else quads,
        of_codebook=quads.notnull(),
        intensity=found["intensity_word"].try_cast("decimal(6, 2)"),
        weight=found["weight_word"].try_cast("int64") if "weight" in uses else ibis.literal(1, "int64"),
    )


def _day(written: StringValue, form: str) -> ibis.expr.types.DateValue:
    """The day, null where what is written is none."""
    if form == "%Y-%m-%d":
        return written.try_cast("date")
    assert form == "%Y%m%d"
    return (written.substr(0, 4) + "-" + written.substr(4, 2) + "-" + written.substr(6)).try_cast("date")


def _quad(written: StringValue) -> IntegerValue:
    """1 to 4, or the quad class by its name."""
    by_number = ((str(number), number) for number in range(1, 5))
    by_name = ((name.upper(), number) for number, name in enumerate(QUADS, 1))
    return written.upper().cases(*((word, ibis.literal(number, "int8")) for word, number in (*by_number, *by_name)), else_=ibis.null("int8"))


def not_understood(raw: Table, words: Table, record: EventSource) -> Table:
    """The report: one row for each word that has no place in the table of events, with the columns of ``UNMAPPED``."""
    seen = _seen(raw, words, record)
    lists = [
        _listed(seen.filter(seen[f"{side}_cow"].isnull() & seen["day"].notnull()), side, _why(seen[f"{side}_word"], seen[f"{side}_note"]))
        for side in ("party1", "party2")
    ]
    lists.append(_listed(seen.filter(~seen["of_codebook"]), "class", ibis.literal(f"not a class of {record.classes}")))
    lists.append(_listed(seen.filter(seen["day"].isnull()), "day", ibis.literal("not a day")))
    for what, why in (("quad", "not a quad class"), ("intensity", "not a number"), ("weight", "not a whole number")):
        if what in record.uses:
            column = "quad_class" if what == "quad" else what
            lists.append(_listed(seen.filter(seen[column].isnull()), what, ibis.literal(why)))
    return ibis.union(*lists)


def _why(word: StringValue, note: StringValue) -> StringValue:
    return ibis.cases((word.isnull(), "nobody is named"), (note.notnull(), note), else_="not on the map")


def _listed(seen: Table, what: str, why: StringValue) -> Table:
    told = seen.mutate(what=ibis.literal(what), word=seen[f"{what}_word"], why=why)
    grouped = told.group_by("what", "word", "why").agg(events=told.count(), first=told["day"].min(), last=told["day"].max())
    return grouped.select(*UNMAPPED)


def _spanned(into: Path) -> tuple[Span, ...]:
    """From the first event to the last."""
    first, last = pl.scan_parquet(into).select(pl.col("day").min().alias("first"), pl.col("day").max().alias("last")).collect().row(0)
    return () if first is None else (Span(first, _after(last)),)


def _after(day: date) -> date:
    return day + timedelta(days=1)
