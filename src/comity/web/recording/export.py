"""Tables to take away: an empty one with its columns explained, and acts on record as a table that can be brought back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from comity.acts import Entry
from comity.book import COLUMNS, row_of
from comity.sheets import write_workbook
from comity.terms import BadInput
from comity.web.recording.columns import EXPLAINED
from comity.web.tables import harmless

_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def table_of(entries: Iterable[Entry]) -> list[Sequence[str]]:
    """Acts as a table, its columns first; what one replies to by its hash, so that it reads back as the same act."""
    rows = (row_of(entry, entry.act.replies_to) for entry in entries)
    return [COLUMNS, *([harmless(row[name]) for name in COLUMNS] for row in rows)]


def to_csv(table: Iterable[Sequence[str]]) -> bytes:
    """A table as text, with the mark by which spreadsheets know that it is UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(table)
    return out.getvalue().encode("utf-8-sig")


def as_sheet(name: str, table: list[Sequence[str]], wanted: str) -> HttpResponse:
    """A table in a file; BadInput in any other format than these two."""
    if wanted not in _TYPES:
        raise BadInput(f"format={wanted[:20]!r}; write format=csv or format=xlsx")
    content = to_csv(table) if wanted == "csv" else write_workbook("table", table)
    return HttpResponse(content, content_type=_TYPES[wanted], headers={"Content-Disposition": f'attachment; filename="{name}.{wanted}"'})


def template(request: HttpRequest) -> HttpResponse:
    """An empty table: the columns, and a line that explains each."""
    return as_sheet("acts", [COLUMNS, [EXPLAINED[name] for name in COLUMNS]], request.GET.get("format", "csv"))
