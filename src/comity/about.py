"""Opening a record from a program: the library's front door. A book from its folder, or the same from its ledger."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.acts import sign
from comity.book import COLUMNS, Book, Problem, pieces_of, read_book, read_files, read_rows, write_rows
from comity.ledger import Item, Ledger, open_ledger, told
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
    items = [item for name in book.files for item in _new_items(book, name, ledger)]
    for start in range(0, len(items), AT_ONCE):
        ledger.append(items[start : start + AT_ONCE])
        progress(min(start + AT_ONCE, len(items)), len(items))
    return len(items)


def _new_items(book: Book, name: str, ledger: Ledger) -> list[Item]:
    """The items of one file that are not in the ledger yet."""
    items, there = list(_items(book, name)), ledger.pieces_of(name)
    known = [item.digest for item in items[: len(there)]]
    if known == there:
        return items[len(there) :]
    if items[0].whole:
        return items
    raise BadInput(f"{name} no longer begins with what the ledger has of it; acts stand as appended: put new ones at its end, or use ledger append")


def _items(book: Book, name: str) -> Iterator[Item]:
    if not name.startswith("acts/"):
        yield Item(name, book.files[name], whole=True)
        return
    for number, piece in enumerate(pieces_of(book.files[name])):
        yield Item(name, piece.text, book.rows.get((name, piece.line)), head=number == 0)


# -- acts that come by themselves: added to a ledger, or signed before they are

ADDED = "acts/added.csv"
"""The file in which acts stand that came into the ledger by themselves, not with a book."""


def add_rows(ledger: Ledger, text: str, file: str) -> tuple[list[str], int]:
    """Append the acts of a CSV text with the columns of a book, all or none: their hashes, and how many of them were new.

    A blank ``recorded`` is today: on that day the ledger's keeper learned of it. BadInput names ``file`` and the row.
    """
    today = clock().date().isoformat()
    rows = [{**row, "recorded": row["recorded"] or today} for row in _rows(text, file)]
    files = ledger.files()
    book, lines = _with_added(files, ledger.shown_url, rows)
    entries = [book.rows.get((ADDED, line)) for line in lines]
    there = ledger.numbers_of(entry.act.hash for entry in entries if entry is not None)
    new = [row for row, entry in zip(rows, entries, strict=True) if entry is None or entry.act.hash not in there]
    if len(new) < len(rows):
        book, lines = _with_added(files, ledger.shown_url, new)
    _refuse_problems(book, ADDED, dict(zip(lines, new, strict=True)), file)
    head, *pieces = _items(book, ADDED)
    ledger.append([head, *pieces[len(pieces) - len(new) :]])
    return [entry.act.hash for entry in entries if entry is not None], len(new)


def sign_rows(book: Book, file: Path, text: str, key: Ed25519PrivateKey, party: str | None = None) -> tuple[str, int]:
    """The same acts as CSV, with this key's signature on each that bears none, and how many those were.

    ``text`` is what ``file`` holds, which may be one of the book's own or not in it yet. An act is signed as the book reads it: what it
    replies to is looked up there. BadInput names the file and the row, and the first act that is not ``party``'s, if one is given.
    """
    rows = _rows(text, str(file))
    others = [row for row in rows if party not in (None, row["actor"], row["on_behalf_of"])]
    if others:
        raise BadInput(f"{file}: the act {others[0]['ref']!r} is {others[0]['actor']}'s, not {party}'s; take it out, or leave --party out")
    own = _name_in(book, file)
    read, lines = _with_added({name: content for name, content in book.files.items() if name != own}, book.where, rows, own or ADDED)
    _refuse_problems(read, own or ADDED, dict(zip(lines, rows, strict=True)), str(file))
    bare = [(row, read.rows[own or ADDED, line]) for row, line in zip(rows, lines, strict=True) if not row["signature"]]
    for row, entry in bare:
        row["signature"] = sign(entry.act, key)
    return write_rows(rows), len(bare)


def _rows(text: str, file: str) -> list[dict[str, str]]:
    """The rows of a CSV text, each with every column; BadInput tells the first problem."""
    problems: list[Problem] = []
    rows = [{**dict.fromkeys(COLUMNS, ""), **row} for _, row in read_rows(file, text, problems)]
    if problems:
        raise BadInput(str(problems[0]))
    return rows


def _name_in(book: Book, file: Path) -> str | None:
    """What the book calls this file, if it is one of its own."""
    name = os.path.relpath(file, book.where).replace(os.sep, "/")
    return name if name in book.files else None


def _with_added(files: Mapping[str, bytes], where: str, rows: list[dict[str, str]], name: str = ADDED) -> tuple[Book, list[int]]:
    """The book of these files with these rows at the end of the file ``name``, and the line on which each begins."""
    text = write_rows(rows, every=True).encode()
    before = files.get(name, text.partition(b"\n")[0] + b"\n")
    _, *pieces = pieces_of(text)
    book = read_files({**files, name: before + b"".join(piece.text for piece in pieces)}, where)
    return book, [before.count(b"\n") + piece.line - 1 for piece in pieces]


def _refuse_problems(book: Book, name: str, rows: Mapping[int, Mapping[str, str]], file: str) -> None:
    """BadInput, if the book has a problem with one of these rows, by their lines in its file ``name``; the person knows them as ``file``'s."""
    for problem in book.problems:
        if problem.file == name and problem.line in rows:
            raise BadInput(f"{file}: {problem.says} (act {rows[problem.line]['ref']!r})")
