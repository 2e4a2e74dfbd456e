"""What of a book is new to a ledger, appended some thousand items at once. Interrupted, it goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from comity.book import Book, pieces_of
from comity.ledger import Item, Kept, Ledger
from comity.terms import BadInput

AT_ONCE = 5000
"""So many items are appended in one transaction."""
Progress = Callable[[int, int], None]


def take_in(book: Book, ledger: Ledger, progress: Progress = lambda done, of: None, at_once: int = AT_ONCE) -> int:
    """Append what the ledger does not have of the book, and say how many items those were; taking it in again, or going on, is the same.

    ``progress`` is told how many are on disk, of how many. BadInput if the book has problems (what can't be read can't be kept), or if a
    file of acts no longer begins with what the ledger has of it.
    """
    if book.problems:
        raise BadInput(f"the book at {book.where} has {len(book.problems)} problems, the first: {book.problems[0]}; list them with: comity check")
    there = ledger.kept()
    items = [item for name in book.files for item in _new_items(book, name, there.get(name))]
    new = 0
    for start in range(0, len(items), at_once):
        size = ledger.head().size
        new += sum(number >= size for number in set(ledger.append(items[start : start + at_once])))
        progress(min(start + at_once, len(items)), len(items))
    return new


def _new_items(book: Book, name: str, there: Kept | None) -> list[Item]:
    """The items of one file that are not in the ledger yet."""
    items = list(items_of(book, name))
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


def items_of(book: Book, name: str) -> Iterator[Item]:
    """A file of the book as items: whole, or the pieces of a file of acts."""
    if not name.startswith("acts/"):
        yield Item(name, book.files[name], whole=True)
        return
    for number, piece in enumerate(pieces_of(book.files[name])):
        yield Item(name, piece.text, book.rows.get((name, piece.line)), head=number == 0)
