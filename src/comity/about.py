"""Opening a record from a program: the library's front door. A book from its folder, or the same from its ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from comity.book import COLUMNS, Book, Problem, pieces_of, read_book, read_files, read_rows, write_rows
from comity.ledger import Item, Kept, Ledger, open_ledger, told
from comity.standing import Record, Standing
from comity.terms import BadInput

AT_ONCE = 1000
"""So many items are appended in one transaction when a book is taken in."""


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
    """Open the book in the folder ``path``, or in the ledger at that address (sqlite:///FILE, postgresql://...); BadInput if there is none."""
    if isinstance(path, str) and "://" in path:
        with told(path):
            return of_ledger(open_ledger(path, clock))
    return Opened(read_book(Path(path)))


def bundled_book() -> Path:
    """The folder of the real book that ships with Comity."""
    inside = Path(__file__).parent / "books" / "cases"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "books" / "cases"


# -- between a book and its ledger


def clock() -> datetime:
    return datetime.now(UTC)


def of_ledger(ledger: Ledger) -> Opened:
    """The record that a ledger holds."""
    return Opened(read_files(ledger.files(), ledger.shown_url))


def take_in(book: Book, ledger: Ledger, progress: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Append what the ledger does not have of the book, and say how many items those were; taking it in again, or going on, is the same.

    BadInput if the book has problems (what can't be read can't be kept), or if a file of acts no longer begins with what the ledger has of it.
    """
    if book.problems:
        raise BadInput(f"the book at {book.where} has {len(book.problems)} problems, the first: {book.problems[0]}; list them with: comity check")
    there = ledger.kept()
    items = [item for name in book.files for item in _new_items(book, name, there.get(name))]
    for start in range(0, len(items), AT_ONCE):
        ledger.append(items[start : start + AT_ONCE])
        progress(min(start + AT_ONCE, len(items)), len(items))
    return len(items)


def _new_items(book: Book, name: str, there: Kept | None) -> list[Item]:
    """The items of one file that are not in the ledger yet."""
    items = list(_items(book, name))
    if there is None:
        return items
    same = Kept()
    for item in items[: there.pieces]:
        same.add(item)
    if same.digest == there.digest:
        return items[there.pieces :]
    if items[0].whole:
        return items
    raise BadInput(f"{name} no longer begins with what the ledger has of it; acts stand as appended: put new ones at its end, or use ledger append")


def _items(book: Book, name: str) -> Iterator[Item]:
    if not name.startswith("acts/"):
        yield Item(name, book.files[name], whole=True)
        return
    for number, piece in enumerate(pieces_of(book.files[name])):
        yield Item(name, piece.text, book.rows.get((name, piece.line)), head=number == 0)


# -- acts added to a ledger one by one

ADDED = "acts/added.csv"
"""The file in which acts stand that came into the ledger by themselves, not with a book."""


def add_rows(ledger: Ledger, text: str, file: str) -> tuple[list[str], int]:
    """Append the acts of a CSV text with the columns of a book, all or none: their hashes, and how many of them were new.

    A blank ``recorded`` is today: on that day the ledger's keeper learned of it. BadInput names ``file`` and the row.
    """
    problems: list[Problem] = []
    rows = list(read_rows(file, text, problems))
    if problems:
        raise BadInput(str(problems[0]))
    today = clock().date().isoformat()
    full = [{**dict.fromkeys(COLUMNS, ""), **row, "recorded": row.get("recorded") or today} for _, row in rows]
    book, first = _with_added(ledger, full)
    entries = [book.rows.get((ADDED, line)) for line in range(first, first + len(full))]
    there = ledger.numbers_of(entry.act.hash for entry in entries if entry is not None)
    new = [row for row, entry in zip(full, entries, strict=True) if entry is None or entry.act.hash not in there]
    if len(new) < len(full):
        book, first = _with_added(ledger, new)
    for problem in book.problems:
        if problem.file == ADDED and problem.line >= first:
            raise BadInput(f"{file}: {problem.says} (act {new[problem.line - first]['ref']!r})")
    head, *pieces = _items(book, ADDED)
    ledger.append([head, *pieces[first - 2 :]])
    return [entry.act.hash for entry in entries if entry is not None], len(new)


def _with_added(ledger: Ledger, rows: list[dict[str, str]]) -> tuple[Book, int]:
    """The ledger's book with these rows added, each on a line of its own, and the line of the first."""
    files = ledger.files()
    head, _, body = write_rows(rows, every=True).partition("\n")
    before = files.get(ADDED, f"{head}\n".encode())
    return read_files({**files, ADDED: before + body.encode()}, ledger.shown_url), before.count(b"\n") + 1
