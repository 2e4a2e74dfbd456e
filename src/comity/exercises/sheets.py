"""A table as a file, both ways: the first row of a CSV or of a workbook's first sheet are its heads, each further row is one thing.

Text that a spreadsheet would take for a formula gets an apostrophe before it in CSV, which is taken off again; in a workbook it is marked as text.
Bytes come in and go out: no file is opened here.
Source: RFC 4180; ISO/IEC 29500 (Office Open XML); OWASP, CSV injection.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from comity.terms import BadInput

LARGEST, MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 256 * 1024 * 1024, 100_000, 500, 32_767
"""Of a workbook: bytes when unpacked, rows, columns, and characters in a cell (the last is the format's own)."""
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


def workbook_bytes(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table as the one sheet of a workbook, its heads bold and kept in view."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    table = [list(row) for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for number, head in enumerate(heads):
        longest = max((len(line) for row in table for line in row[number].splitlines()), default=0)
        sheet.column_dimensions[get_column_letter(number + 1)].width = min(60, max(len(head), longest) + 2)
    sheet.freeze_panes = "A2"

    def cell_of(text: str, bold: bool) -> Any:
        if len(text) > LONGEST_CELL or ILLEGAL_CHARACTERS_RE.search(text):
            raise BadInput(f"{text[:40]!r} holds what no cell of a workbook can hold as it is; write the table as CSV")
        cell = WriteOnlyCell(sheet, value=text or None)
        if text:
            cell.data_type = "s"
        cell.font, cell.alignment = Font(bold=bold), Alignment(wrap_text=True, vertical="top")
        return cell

    for at, row in enumerate([list(heads), *table]):
        sheet.append([cell_of(text, at == 0) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise BadInput(f"{name} is more than {LARGEST // 1024**2} MB when unpacked; split it, or save it as CSV")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = []
        for line, cells in enumerate(sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS), 1):
            if line > MOST_ROWS:
                raise BadInput(f"{name} has more than {MOST_ROWS:,} rows; split it")
            rows.append((line, [_text(cell) for cell in cells]))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, OSError, SyntaxError):
        raise BadInput(f"{name} is not a workbook that can be read; save it as .xlsx again, or as CSV") from None
    return rows


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M" if value.hour or value.minute else "%Y-%m-%d")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula; ``_meant`` takes it back."""
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def _meant(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith((*_FORMULA, "'")) else text
