"""Opening a record from a program: the library's front door. A book from its folder, or the same from its ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from comity.book import Book, Problem, read_book
from comity.keeping import PartedRecord
from comity.ledger import open_ledger, told
from comity.standing import Record, Standing


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


def bundled_book() -> Path:
    """The folder of the real book that ships with Comity."""
    inside = Path(__file__).parent / "books" / "cases"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "books" / "cases"


def clock() -> datetime:
    return datetime.now(UTC)
