"""A table as a file, both ways: the first row of a CSV or of a workbook's first sheet are its heads, each further row is one thing.

Text that a spreadsheet would take for a formula gets an apostrophe before it in CSV, which is taken off again; in a workbook it is marked as text.
Bytes come in and go out: no file is opened here.
Source: RFC 4180; ISO/IEC 29500 (Office Open XML); OWASP, CSV injection.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.sheets.workbooks import read_workbook
from comity.terms import BadInput

MOST_ROWS, MOST_COLUMNS = 100_000, 500
"""Of a workbook that is read."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """The heads of a table, and its rows with the line that each stands on; every cell is text, blank where there is nothing."""

    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_table(content: bytes, name: str) -> Table:
    """The table in a file of this name: a workbook if it ends in .xlsx, else CSV. BadInput says what is wrong with it."""
    rows = _workbook_rows(content, name) if name.casefold().endswith(".xlsx") else _csv_rows(content, name)
    filled = [(line, [cell.strip() for cell in cells]) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise BadInput(f"{name} is empty; its first row has to name the columns")
    width = max(at for _, cells in filled for at, cell in enumerate(cells, 1) if cell)
    heads, *rest = [(line, tuple(cells[:width] + [""] * (width - len(cells)))) for line, cells in filled]
    return Table(heads[1], tuple(rest))


def csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([_harmless(cell) for cell in row] for row in (heads, *rows))
    return out.getvalue().encode()


def _csv_rows(content: bytes, name: str) -> list[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{name} is not text in UTF-8; save it as CSV UTF-8, or as .xlsx") from None
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found, line = list[tuple[int, list[str]]](), 1
    try:
        for row in reader:
            found.append((line, [_meant(cell) for cell in row]))
            line = reader.line_num + 1
    except csv.Error as problem:
        raise BadInput(f"{name}:{line}: the row cannot be read ({problem}); quote texts that hold a comma or a quote") from None
    return found


def _workbook_rows(content: bytes, name: str) -> list[tuple[int, list[str]]]:
    try:
        return list(read_workbook(content, MOST_ROWS, MOST_COLUMNS, formulas=True))
    except BadInput as problem:
        raise BadInput(f"{name}: {problem}") from None


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula; ``_meant`` takes it back."""
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def _meant(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith((*_FORMULA, "'")) else text
