"""Workbooks (.xlsx), read and written as tables of text: bounded, nothing worked out, nothing fetched.

What is declared larger than is read is refused before it is unpacked, and nothing is unpacked further than it declares.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any

from comity.terms import BadInput

LARGEST_FILE = 8_000_000
LARGEST_UNPACKED = 40_000_000
MOST_PARTS = 300
MOST_CELLS = 330_000
LONGEST_CELL = 32_767
LAST_ROW = 1_048_576
WIDEST = 60
"""So many letters wide is a column at most."""
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")


def read_workbook(content: bytes, most_rows: int, most_columns: int, *, formulas: bool = False) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row of the first sheet, as text, by its number; BadInput if it is none, too large, or holds a formula.

    ``formulas``: where a cell holds one, what the spreadsheet had last worked out stands for it.
    """
    _look_over(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from _rows(content, most_rows, most_columns, formulas)
    except BadInput:
        raise
    except Exception as problem:  # the many ways in which a damaged workbook fails to be read
        raise BadInput(f"this workbook cannot be read ({type(problem).__name__}); save it anew as .xlsx, or as CSV UTF-8") from None


def _look_over(content: bytes) -> None:
    """BadInput for what is no workbook, or would be too large unpacked."""
    if len(content) > LARGEST_FILE:
        raise BadInput(f"the workbook has {len(content):,} bytes, and at most {LARGEST_FILE:,} are read; bring it in parts")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise BadInput(f"the workbook unpacks to more than {LARGEST_UNPACKED:,} bytes or {MOST_PARTS} parts; keep the table in it alone")
            if "[Content_Types].xml" not in archive.namelist():
                raise BadInput("this is an archive and no workbook; save the table as .xlsx, or as CSV UTF-8")
            for part in parts:
                _look_into(part.filename, archive.read(part))
    except BadInput:
        raise
    except Exception as problem:  # damaged, encrypted, packed in another way
        raise BadInput(f"this workbook cannot be unpacked ({type(problem).__name__}); save it anew as .xlsx, without a password") from None


def _look_into(name: str, content: bytes) -> None:
    if name.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        raise BadInput("this workbook declares entities, which no spreadsheet writes; save it anew as .xlsx")
    if "worksheets/" in name and len(re.findall(rb"<(?:\w+:)?c[\s/>]", content)) > MOST_CELLS:
        raise BadInput(f"the workbook has more than {MOST_CELLS:,} cells; keep the table in it alone")


def _rows(content: bytes, most_rows: int, most_columns: int, formulas: bool) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=formulas, keep_links=False)
    try:
        if not book.worksheets:
            raise BadInput("the workbook has no sheet; put the table on its first")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        blank = None
        for number, row in enumerate(sheet.iter_rows(min_row=1, max_col=most_columns), 1):
            if number > LAST_ROW:
                raise BadInput(f"the sheet has a line below {LAST_ROW:,}, which no spreadsheet has; save it anew as .xlsx")
            if row is blank:  # a line that is not there, one of as many as the file likes
                continue
            cells = ["" if cell.value is None else _text(cell, number, column) for column, cell in enumerate(row, 1)]
            if not any(cells):
                blank = row
            elif number > most_rows:
                raise BadInput(f"the sheet has something below line {most_rows:,}; bring the table in parts")
            else:
                yield number, cells
    finally:
        book.close()


def _text(cell: Any, row: int, column: int) -> str:
    """What a cell says, as text."""
    value, kind = cell.value, getattr(cell, "data_type", "n")
    where = f"{_letters(column)}{row}"
    if kind == "f" or (value is not None and type(value).__name__ in ("ArrayFormula", "DataTableFormula")):
        raise BadInput(f"cell {where} holds a formula, which is not worked out here; put its value there as text")
    if kind == "e":
        raise BadInput(f"cell {where} holds the error {value}; put a value there")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value == datetime.combine(value, time.min) else value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    return str(value)


def _letters(column: int) -> str:
    """A column as a spreadsheet names it."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def write_workbook(title: str, rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet, its first row bold and kept in view, every cell of it text; BadInput for a text that no cell can hold as it is."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    held = [list(row) for row in rows]
    for text in (text for row in held for text in row):
        if len(text) > LONGEST_CELL or _UNWRITABLE.search(text):
            raise BadInput(f"{text[:40]!r} holds what no cell of a workbook can hold as it is; take the table as CSV")
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for number, column in enumerate(zip_longest(*held, fillvalue=""), 1):
        longest = max(len(line) for text in column for line in (text.splitlines() or [""]))
        sheet.column_dimensions[get_column_letter(number)].width = min(WIDEST, longest + 2)
    sheet.freeze_panes = "A2"
    for place, row in enumerate(held):
        cells = [WriteOnlyCell(sheet, value=text) if text else None for text in row]
        for cell in cells:
            if cell is not None:
                cell.data_type, cell.font, cell.alignment = "s", Font(bold=place == 0), Alignment(wrap_text=True, vertical="top")
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
