"""Reports that were made, kept for the readers of one fold until anything is added to the record; and the PDFs that were set of them. Bounded."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

import comity
from comity.reports import Report, to_bundle, to_notebook, to_page, to_portable
from comity.strategies import MeasureProgress, Strategy
from comity.terms import BadInput
from comity.web.asking import Asked
from comity.web.telling import told

if TYPE_CHECKING:
    from comity.stability import Stability

MOST_KEPT = 12
"""So many reports are kept for one day of knowledge, one viewer and one strictness."""
LONGEST = 15.0
"""So many seconds a PDF waits until the one before it is set."""
ROWS = 800
"""Of so many rows a PDF is set here; that takes some ten seconds."""
PLACE = "BOOK"
"""Stands in commands for the folder of a record that does not ship with Comity: where it is on this server is nobody's business."""
_TURN = threading.BoundedSemaphore(1)
MEDIA: Mapping[str, str] = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "ipynb": "application/x-ipynb+json",
    "zip": "application/zip",
}
"""In which a report is handed out, beside JSON."""


class Waiting(Exception):
    """Another PDF is being set for longer than a page waits: ask again."""


@dataclass(slots=True)
class Made:
    """A report, with what is drawn of it on the page. ``pdf``: once it was set. ``pending``: agreements that it had to leave out."""

    report: Report
    scored: tuple[Strategy, tuple[MeasureProgress, ...]] | None = None
    stabilities: tuple[Stability, ...] = ()
    missing: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    pdf: bytes = field(default=b"", repr=False)


class KeptReports:
    """Those asked for last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: OrderedDict[Hashable, Made] = OrderedDict()

    def __len__(self) -> int:
        return len(self._made)

    def found(self, key: Hashable) -> Made | None:
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
            return self._made.get(key)

    def keep(self, key: Hashable, made: Made) -> None:
        with self._lock:
            self._made[key] = made
            while len(self._made) > MOST_KEPT:
                self._made.popitem(last=False)


def refuse_strict(this: Asked) -> None:
    """No report is made strictly, as at the command line; BadInput says so."""
    if this.strict:
        raise BadInput(_("a report says of each figure what is not known, and is not made strictly; leave strict out"))


def book_of(this: Asked) -> str | None:
    """The record as commands name it: None for the one that ships with Comity, or was made out of it; else a word in its place."""
    where = (this.held.whole or this.held).opened.book.where
    return None if where in ("", str(comity.bundled_book())) else PLACE


def noted(report: Report, book: str | None) -> Report:
    """The report, which says what a word in place of a folder stands for."""
    says = f"{PLACE} in commands and in the notebook stands for the folder of this record"
    return report if book is None else replace(report, notes=(*report.notes, says))


def kept_of(this: Asked) -> KeptReports:
    """Those of the reader's fold, for any day: a new one once the record has grown."""
    return this.fold.ask(this.known, "reports that are kept", lambda _standing: KeptReports(), record=this.record)


def rows_of(report: Report) -> int:
    """How many rows its tables have together."""
    return len(report.figures) + len(report.acts) + sum(len(one.rows) for section in report.sections for one in section.listings)


def laid_out(made: Made, kind: str) -> bytes:
    """The report as a file. Errors: BadInput where it is too long, or what sets it is not installed; Waiting where others are set first."""
    if kind == "pdf":
        return _set(made)
    writers: Mapping[str, Callable[[Report], bytes]] = {
        "html": lambda one: to_page(one).encode(),
        "ipynb": lambda one: to_notebook(one).encode(),
        "zip": to_bundle,
    }
    return writers[kind](made.report)


def _set(made: Made) -> bytes:
    """The PDF, set once; one at a time, since each takes a second or more of the whole machine."""
    if not made.pdf:
        if (rows := rows_of(made.report)) > ROWS:
            message = _("its %(rows)s rows are too many to be set here as a PDF; take the page or the data, or run: %(command)s")
            raise BadInput(told(message, rows=f"{rows:,}", command=f"{made.report.command} -o report.pdf"))
        if not _TURN.acquire(timeout=LONGEST):
            raise Waiting
        try:
            made.pdf = made.pdf or to_portable(made.report)
        finally:
            _TURN.release()
    return made.pdf
