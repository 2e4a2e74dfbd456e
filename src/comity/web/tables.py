"""A list as a file: the rows that a page shows, as JSON, CSV, XLSX or Parquet; the same rows in each.

Text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return) gets an apostrophe before it in CSV, and is
marked as text in XLSX. A list in a field is written with ``; `` between, anything deeper as JSON.
Source: OWASP, CSV injection; RFC 4180.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from comity.terms import BadInput
from comity.web.asking import FORMATS, Asked, json_page
from comity.web.folds import Busy

Plain = Mapping[str, Any]
Cell = str | int | float | bool | None
LONGEST_CELL = 32_767
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_file(request: HttpRequest, this: Asked, name: str, rows: Callable[[], Sequence[Plain]], pending: Sequence[str] = ()) -> HttpResponse | None:
    """The rows in the format that the URL asks for; None where it asks for the page.

    ``pending``: what had to be left out as it is still being derived: JSON tells of it, the other formats wait for it (503).
    """
    wanted = request.GET.get("format", "html")
    return None if wanted == "html" else file_of(this, name, rows, wanted, pending)


def file_of(this: Asked, name: str, rows: Callable[[], Sequence[Plain]], wanted: str, pending: Sequence[str] = ()) -> HttpResponse:
    """The rows in this format; BadInput where there is no such."""
    if wanted not in FORMATS:
        raise BadInput(f"format={wanted!r}; write format=json, csv, xlsx or parquet, or leave it out")
    if wanted == "json":
        return json_page({name: list(rows()), "pending": list(pending)})
    if pending:
        raise Busy
    columns, cells = flat(rows())
    content, media = _WRITERS[wanted](columns, cells, _about(this, name))
    response = HttpResponse(content, content_type=media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{this.on}.{wanted}"'
    return response


def flat(rows: Sequence[Plain]) -> tuple[list[str], list[list[Cell]]]:
    """Columns in the order in which they come, and the cells of each row."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    return columns, [[_cell(row.get(column)) for column in columns] for row in rows]


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)


def _about(this: Asked, name: str) -> list[tuple[str, str]]:
    """What the rows are of: said beside them where the format has room."""
    seen = this.viewer or "the record's keeper"
    return [
        ("table", name),
        ("record", this.record.title),
        ("as of", this.on.isoformat()),
        ("as known by the end of", f"{this.known.isoformat()} (UTC)"),
        ("as seen by", seen),
        ("strict", "yes" if this.strict else "no"),
    ]


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula; ``meant`` takes it back."""
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def meant(text: str) -> str:
    """What ``harmless`` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*_FORMULA, "'")) else text


def as_csv(rows: Sequence[Plain]) -> bytes:
    """The rows as CSV."""
    return _csv(*flat(rows), None)[0]


def _csv(columns: list[str], cells: list[list[Cell]], _: object) -> tuple[bytes, str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[harmless(cell) if isinstance(cell, str) else _word(cell) for cell in row] for row in cells])
    return out.getvalue().encode(), "text/csv; charset=utf-8; header=present"


def _word(cell: Cell) -> Cell:
    return ("yes" if cell else "no") if isinstance(cell, bool) else cell


def _xlsx(columns: list[str], cells: list[list[Cell]], about: list[tuple[str, str]]) -> tuple[bytes, str]:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    for text in (cell for row in cells for cell in row if isinstance(cell, str)):
        if len(text) > LONGEST_CELL or ILLEGAL_CHARACTERS_RE.search(text):
            raise BadInput(f"{text[:40]!r} holds what no cell of a workbook can hold as it is; take the table as CSV")
    book = Workbook(write_only=True)
    sheet, beside = book.create_sheet("table"), book.create_sheet("about")

    def cell_of(value: Cell, *, bold: bool = False) -> Any:
        cell = WriteOnlyCell(beside, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
        if bold:
            cell.font = Font(bold=True)
        return cell

    sheet.freeze_panes = "A2"
    sheet.append([cell_of(column, bold=True) for column in columns])
    for row in cells:
        sheet.append([cell_of(value) for value in row])
    for name, value in about:
        beside.append([cell_of(name, bold=True), cell_of(value)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _parquet(columns: list[str], cells: list[list[Cell]], about: list[tuple[str, str]]) -> tuple[bytes, str]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise BadInput("Parquet needs pyarrow; install it with: pip install 'comity[research]', or take format=csv") from None
    arrays = [_column([row[n] for row in cells], pa) for n in range(len(columns))]
    table = pa.table(dict(zip(columns, arrays, strict=True)), metadata=dict(about))
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue(), "application/vnd.apache.parquet"


def _column(values: list[Cell], pa: Any) -> Any:
    """A column of one type: text where the values are of several."""
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) > 1:
        values = [None if value is None else str(_word(value)) for value in values]
    return pa.array(values) if kinds else pa.array(values, pa.string())


_WRITERS: Mapping[str, Callable[[list[str], list[list[Cell]], list[tuple[str, str]]], tuple[bytes, str]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
