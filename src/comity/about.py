"""Opening a record from a program: the library's front door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from comity.book import Book, read_book
from comity.standing import Record, Standing


@dataclass(frozen=True, slots=True)
class Opened:
    """A record that was opened; ``book`` knows its files and what is wrong with them."""

    book: Book

    @property
    def record(self) -> Record:
        return self.book.record

    def standing(self, *, on: date | None = None, known: date | None = None, viewer: str | None = None, strict: bool = False) -> Standing:
        """Ask as of ``on``, as known by the end of ``known`` (both default to today, UTC), as ``viewer`` may see it."""
        today = datetime.now(UTC).date()
        return Standing(self.record, on=on or today, known=known or today, viewer=viewer, strict=strict)


def open(path: str | Path) -> Opened:
    """Open the book in the folder ``path``; BadInput if there is none."""
    return Opened(read_book(Path(path)))


def bundled_book() -> Path:
    """The folder of the real book that ships with Comity."""
    inside = Path(__file__).parent / "books" / "cases"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "books" / "cases"
