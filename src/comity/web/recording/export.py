"""Tables to take away: an empty one with its columns explained, and acts on record as a table that can be brought back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from comity.acts import Entry, kinds
from comity.book import COLUMNS, row_of
from comity.terms import BadInput
from comity.web.asking import asked, party_code
from comity.web.recording.columns import EXPLAINED
from comity.web.recording.sheets import shielded
from comity.web.recording.workbooks import write_workbook

_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def table_of(entries: Iterable[Entry]) -> list[Sequence[str]]:
    """Acts as a table, its columns first; what one replies to by its hash, so that it reads back as the same act."""
    rows = (row_of(entry, entry.act.replies_to) for entry in entries)
    return [COLUMNS, *([shielded(row[name]) for name in COLUMNS] for row in rows)]


def to_csv(table: Iterable[Sequence[str]]) -> bytes:
    """A table as text, with the mark by which spreadsheets know that it is UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(table)
    return out.getvalue().encode("utf-8-sig")


def _file(request: HttpRequest, name: str, table: list[Sequence[str]]) -> HttpResponse:
    wanted = request.GET.get("format", "csv")
    if wanted not in _TYPES:
        raise BadInput(f"format={wanted[:20]!r}; write format=csv or format=xlsx")
    content = to_csv(table) if wanted == "csv" else write_workbook(name, table)
    return HttpResponse(content, content_type=_TYPES[wanted], headers={"Content-Disposition": f'attachment; filename="{name}.{wanted}"'})


def template(request: HttpRequest) -> HttpResponse:
    """An empty table: the columns, and a line that explains each."""
    return _file(request, "acts", [COLUMNS, [EXPLAINED[name] for name in COLUMNS]])


def export(request: HttpRequest) -> HttpResponse:
    """Acts on record as a table: all that the reader may see, or those of an agreement, a party, a kind."""
    this = asked(request)
    agreement, party, kind = (request.GET.get(name, "").strip() for name in ("agreement", "party", "kind"))
    if agreement:
        this.record.agreement(agreement, this.known)
    code = party_code(this.record, party) if party else ""
    if kind and kind not in kinds():
        raise BadInput(f"kind={kind[:40]!r} is no kind of act; choose one on the page of acts")
    entries = this.visible(this.record.entries_of(agreement) if agreement else this.record.entries)
    chosen = [e for e in entries if (not code or code in (e.act.actor, e.act.on_behalf_of)) and kind in ("", e.act.kind)]
    return _file(request, "acts", table_of(chosen))
