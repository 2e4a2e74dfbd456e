"""Tables that people bring: text pasted or in a file (commas, semicolons or tabs between cells), or the first sheet of a workbook.

Nothing in a table is worked out: a cell is text, a number or a day; a formula is refused. A text that a spreadsheet would take for a formula
stands behind an apostrophe, which is taken off again.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from comity.book import COLUMNS
from comity.sheets import read_workbook
from comity.terms import BadInput
from comity.web.recording.columns import EXPLAINED, REQUIRED
from comity.web.tables import meant

MOST_ROWS = 5_000
MOST_CELLS = 64
LARGEST_TEXT = 8_000_000
_SEPARATORS = ("\t", ",", ";")
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table, each with every column, and the line of the table on which each stands."""

    rows: list[dict[str, str]]
    lines: list[int]


def read_sheet(content: bytes) -> Sheet:
    """The rows of a table in a file, whichever of the kinds it is; BadInput says what is wrong with it as a whole."""
    if content.startswith(_ZIP):
        return _sheet(read_workbook(content, 2 * MOST_ROWS, 2 * MOST_CELLS))
    return read_text(_decoded(content))


def read_text(text: str) -> Sheet:
    """The rows of a table that was pasted, or that stands in a file of text."""
    if len(text) > LARGEST_TEXT:
        raise BadInput(f"the table has {len(text):,} characters, and at most {LARGEST_TEXT:,} are read; bring it in parts")
    text = text.removeprefix("\ufeff")
    separator = _separator(text)
    return _sheet(_cells(text, separator), stripped=separator == "\t")


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST_TEXT:
        raise BadInput(f"the file has {len(content):,} bytes, and at most {LARGEST_TEXT:,} are read; bring it in parts")
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        if content.startswith(b"\xd0\xcf\x11\xe0"):
            raise BadInput("this is a workbook of the old kind (.xls); save it as .xlsx or as CSV UTF-8") from None
        raise BadInput(f"byte {problem.start} is not UTF-8; save the table as CSV UTF-8, or as .xlsx") from None


def _separator(text: str) -> str:
    """What stands between the cells: that by which the first line has the most columns of an act."""
    first = next(iter(text.splitlines()), "")
    return max(_SEPARATORS, key=lambda s: sum(_named(cell.strip('"')) in COLUMNS for cell in first.split(s)))


def _cells(text: str, separator: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The cells of each line, by the line on which they begin."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as problem:
            raise BadInput(f"line {line} cannot be read ({problem}); quote texts that hold a separator, a quote or a line's end") from None
        if row is None:
            return
        yield line, row


def _sheet(lines: Iterable[tuple[int, Sequence[str]]], stripped: bool = False) -> Sheet:
    """Rows out of lines of cells, the first of which names the columns; blank lines, and the one that explains columns, are passed over."""
    header: list[str] | None = None
    rows, places = list[dict[str, str]](), list[int]()
    for line, cells in lines:
        cells = _trimmed(cells)
        if not cells:
            continue
        if header is None:
            header = _header(cells)
            continue
        row = _row(line, header, cells, stripped)
        if all(not row[name] or row[name] == EXPLAINED[name] for name in header if name):
            continue
        if len(rows) == MOST_ROWS:
            raise BadInput(f"the table has more than {MOST_ROWS:,} rows; bring it in parts")
        rows.append(row)
        places.append(line)
    if header is None:
        raise BadInput("the table is empty; its first line names the columns, each line after it tells one act")
    if not rows:
        raise BadInput("the table names its columns and tells no act; write one a line, below them")
    return Sheet(rows, places)


def _row(line: int, header: Sequence[str], cells: Sequence[str], stripped: bool) -> dict[str, str]:
    over = [cell for cell in cells[len(header) :] if cell.strip()]
    if over or len(cells) > MOST_CELLS:
        raise BadInput(
            f"line {line} has more cells than there are columns ({over[0][:40] if over else len(cells)!r}); quote texts that hold a separator"
        )
    row = dict.fromkeys(COLUMNS, "")
    for name, cell in zip(header, cells, strict=False):
        if name:
            row[name] = meant(cell.strip() if stripped else cell)
        elif cell.strip():
            raise BadInput(f"line {line} has {cell[:40]!r} in a column without a name; name the column, or empty the cell")
    return row


def _named(cell: str) -> str:
    """The column that a cell of the first line names, as far as it names one."""
    return re.sub(r"[\s-]+", "_", cell.strip()).casefold()


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    """Without the blank ones at the end."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _header(cells: Sequence[str]) -> list[str]:
    """The columns by their names, in whatever order; BadInput names what is no column, with the nearest."""
    header = [_named(cell) for cell in cells]
    stray = [(cell, name) for cell, name in zip(cells, header, strict=True) if name and name not in COLUMNS]
    if stray:
        raise BadInput("; ".join(f"no column of acts is called {cell.strip()[:40]!r}{_nearest(name)}" for cell, name in stray[:8]))
    for name in header:
        if name and header.count(name) > 1:
            raise BadInput(f"the column {name!r} stands twice; keep one")
    if lacking := [name for name in REQUIRED if name not in header]:
        raise BadInput(f"the column {lacking[0]!r} is missing; every act needs it (download an empty table, under Record)")
    return header


def _nearest(name: str) -> str:
    close = difflib.get_close_matches(name, COLUMNS, n=1, cutoff=0.5)
    return f", did you mean {close[0]!r}?" if close else f" (they are: {', '.join(COLUMNS)})"
