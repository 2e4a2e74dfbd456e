"""The library's front door: a record opened from its book or its ledger, and tables of states made from sources and from standing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from comity.book import Book, Problem, read_book
from comity.keeping import PartedRecord
from comity.ledger import open_ledger, told
from comity.standing import Record, Standing

if TYPE_CHECKING:
    from comity.panels import Add, Panel, Shelf


@dataclass(frozen=True, slots=True)
class Opened:
    """A record that was opened: from a book all of it, from a ledger what a question asks for."""

    kept: Book | PartedRecord

    @property
    def record(self) -> Record | PartedRecord:
        return self.kept.record if isinstance(self.kept, Book) else self.kept

    @property
    def book(self) -> Book:
        """Its files, and what is wrong with them; from a ledger, all of it is read for that."""
        return self.kept if isinstance(self.kept, Book) else self.kept.book

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with what was read so far."""
        return self.kept.problems

    def standing(self, *, on: date | None = None, known: date | None = None, viewer: str | None = None, strict: bool = False) -> Standing:
        """Ask as of ``on``, as known by the end of ``known`` (both default to today, UTC), as ``viewer`` may see it."""
        today = datetime.now(UTC).date()
        return Standing(self.record, on=on or today, known=known or today, viewer=viewer, strict=strict)


def open(path: str | Path) -> Opened:
    """Open the book in the folder ``path``, or in the ledger at that address (sqlite:///FILE, postgresql://...); BadInput if there is none."""
    if isinstance(path, str) and "://" in path:
        with told(path):
            return Opened(PartedRecord(open_ledger(path, clock)))
    return Opened(read_book(Path(path)))


def panel(
    shape: str,
    *,
    since: int | date,
    until: int | date,
    systems: str = "cow",
    directed: bool = False,
    add: Iterable[Add | str] = (),
    standing: Standing | None = None,
    shelf: Shelf | None = None,
) -> Panel:
    """States ("state-year") or pairs ("dyad-year", "dyad-month", "dyad-day") from ``since`` to ``until``, with columns of sources.

    ``standing``: of which the family ``standing`` asks.   ``shelf``: where tables are, if not in the store of ``comity sources``.
    Source: docs/explanation/how-panels-are-made.md.
    """
    from comity.panels import FAMILIES, of_standing
    from comity.panels import panel as make
    from comity.sources import Store, where

    families = FAMILIES if standing is None else (*FAMILIES, of_standing(standing))
    kept = shelf if shelf is not None else Store(where())
    return make(shape, since=since, until=until, systems=systems, directed=directed, add=add, families=families, shelf=kept)


def bundled_book() -> Path:
    """The folder of the real book that ships with Comity."""
    inside = Path(__file__).parent / "books" / "cases"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "books" / "cases"


def clock() -> datetime:
    return datetime.now(UTC)
