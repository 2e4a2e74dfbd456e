"""A form's file as a table of what stands in it, each column under the form's own name: no type is guessed, nothing is mended.

Text formats (csv, csv.gz, tab) come as text; parquet, dta, rda and rds as what they hold. A file that is cut, or is not of the format that
the record says, is refused in one line.
"""

from __future__ import annotations

import csv
import gzip
import io
import warnings
import zlib
from pathlib import Path
from typing import Any

import polars as pl

from comity.sources.records import Form
from comity.sources.stata import read_dta
from comity.terms import BadInput


def open_form(path: Path, form: Form) -> pl.DataFrame:
    """The file's table as it stands there; BadInput says what is wrong with the file and what to do."""
    content = path.read_bytes()
    match form.format:
        case "parquet":
            return _parquet(path, content)
        case "dta":
            return read_dta(str(path), content)
        case "rda" | "rds":
            return _r(path, content, form)
        case _:
            return _text(path, content, form)


def _refuse(path: Path, says: str) -> BadInput:
    return BadInput(f"{str(path)!r} {says}")


def _parquet(path: Path, content: bytes) -> pl.DataFrame:
    if content[:4] != b"PAR1" or content[-4:] != b"PAR1":
        why = "is cut off: the end of the Parquet file is missing" if content[:4] == b"PAR1" else "is not a Parquet file"
        raise _refuse(path, f"{why}; fetch it again")
    try:
        return pl.read_parquet(io.BytesIO(content))
    except pl.exceptions.PolarsError as problem:
        raise _refuse(path, f"cannot be read as Parquet ({_first_line(problem)}); fetch it again") from None


def _first_line(problem: BaseException) -> str:
    return str(problem).strip().partition("\n")[0][:160] or type(problem).__name__


# -- text


def _text(path: Path, content: bytes, form: Form) -> pl.DataFrame:
    if form.format == "csv.gz":
        try:
            content = gzip.decompress(content)
        except (EOFError, zlib.error):
            raise _refuse(path, "is cut off or damaged: its gzip stream does not end as it should; fetch it again") from None
        except gzip.BadGzipFile:
            raise _refuse(path, "is not a gzip file; the record says csv.gz: give the file as it was published") from None
    try:
        text = content.decode(form.encoding)
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise _refuse(
            path, f"line {line}: byte {content[problem.start]:#04x} is not {form.encoding}, as the record says; give the file as published"
        ) from None
    delimiter = "\t" if form.format == "tab" else form.delimiter
    if not text.strip():
        raise _refuse(path, "is empty; fetch it again")
    if not form.last_line_open and not text.endswith("\n"):
        raise _refuse(path, f"is cut off: line {text.count(chr(10)) + 1}, the last, does not end; fetch it again")
    return _rows(path, text.removeprefix("\ufeff"), delimiter)


def _rows(path: Path, text: str, delimiter: str) -> pl.DataFrame:
    """The rows as text; each has as many cells as the header, or the first that has not is told."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = next(reader)
        _check_delimiter(path, header, delimiter)
        rows = []
        for cells in reader:
            if len(cells) != len(header):
                cut = " (the file is cut off, or a cell holds a delimiter)" if len(cells) < len(header) else ""
                raise _refuse(path, f"line {reader.line_num} has {len(cells)} cells, the header {len(header)}{cut}; fetch it again")
            rows.append(cells)
    except csv.Error as problem:
        raise _refuse(path, f"line {reader.line_num}: {problem} (a quotation does not end: the file is cut off); fetch it again") from None
    columns = zip(*rows, strict=True) if rows else ([] for _ in header)
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise _refuse(path, f"has the column {twice[0]!r} twice; give the file as it was published")
    return pl.DataFrame({name: pl.Series(name, cells, dtype=pl.String) for name, cells in zip(header, columns, strict=True)})


DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def _check_delimiter(path: Path, header: list[str], delimiter: str) -> None:
    if len(header) == 1:
        other = next((d for d in DELIMITERS if d != delimiter and d in header[0]), None)
        if other is not None:
            raise _refuse(path, f"has its cells between {DELIMITERS[other]}; the record says {DELIMITERS[delimiter]}: give the file as published")


# -- R


def _r(path: Path, content: bytes, form: Form) -> pl.DataFrame:
    """The one table in a file of R, by way of the package ``rdata``, which runs no R and no code out of the file."""
    try:
        import rdata
    except ImportError:
        raise BadInput(f"{str(path)!r} is a file of R; to read it install the package rdata (it comes with: comity[research])") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about encodings that old files do not name, and classes that stay what they are
            held = rdata.conversion.convert(rdata.parser.parse_data(content))
    except Exception as problem:
        raise _refuse(path, f"cannot be read as a file of R ({_first_line(problem)}); it is cut off or another: fetch it again") from None
    tables = [one for one in (held.values() if isinstance(held, dict) else [held]) if hasattr(one, "columns")]
    if len(tables) != 1:
        raise _refuse(path, f"holds {len(tables)} tables; the record says one: give the file as it was published")
    return pl.DataFrame([_r_column(str(name), tables[0][name]) for name in tables[0].columns])


def _r_column(name: str, values: Any) -> pl.Series:
    """A column of R: numbers, texts or levels of a factor; what R has as NA is null. Days are numbers there, and told by the record."""
    listed = [None if gone else v for v, gone in zip(values.astype(object).tolist(), values.isna().tolist(), strict=True)]
    if any(isinstance(v, str) for v in listed):
        return pl.Series(name, [None if v is None else str(v) for v in listed], dtype=pl.String)
    return pl.Series(name, [None if v is None else float(v) for v in listed], dtype=pl.Float64)
