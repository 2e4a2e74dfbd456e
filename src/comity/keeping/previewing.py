"""What rows would come to if they were added: looked at first, and added only while the log is as it was when they were looked at.

Source: docs/explanation/how-the-ledger-is-kept.md, sections 2 and 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from comity.acts import Entry
from comity.keeping.adding import Row, comes_back, items_for, read_with
from comity.keeping.attaching import Document
from comity.keeping.parts import PartedRecord
from comity.ledger import Frontier, Item, Ledger
from comity.terms import BadInput, ComityError

HASH = "sha256:"
Found = Callable[[Row], Sequence[Entry]]
"""The entries on record that a row may mean by the reference that it answers."""
Numbers = Callable[[Sequence[str]], Mapping[str, int]]
"""The numbers in the log of acts, by their hashes, that are there."""


class Moved(ComityError):
    """Something was appended since the rows were looked at: look again."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """A row as it would be added. ``entry``: None if it cannot be read. ``says``: what is wrong with it, if anything is."""

    row: Row
    entry: Entry | None
    says: str = ""


def preview_rows(record: PartedRecord, rows: Sequence[Row], found: Found) -> list[Previewed]:
    """Each row as it would be added to the ledger as far as ``record`` reads it; every column is to be there, ``recorded`` filled in.

    What a row replies to is an act on record, if one alone has the reference, else another of the rows.
    """
    own = {row["ref"] for row in rows}
    resolved, refused = list[Row](), dict[int, str]()
    for number, row in enumerate(rows):
        try:
            resolved.append({**row, "replies_to": _answered(row, own, found)})
        except BadInput as problem:
            refused[number] = str(problem)
        if number not in refused and not comes_back(resolved[-1]):
            refused[number] = "it holds characters that no file of acts can hold; write it anew"
            resolved.pop()
    read = iter(read_with(record, resolved))
    return [Previewed(row, None, refused[number]) if number in refused else _previewed(row, *next(read)) for number, row in enumerate(rows)]


def _previewed(row: Row, written: Row, entry: Entry | None, says: str) -> Previewed:
    return Previewed({**row, "replies_to": written["replies_to"]}, entry, says)


def _answered(row: Row, own: set[str], found: Found) -> str:
    wanted = row["replies_to"]
    if not wanted or wanted.startswith(HASH):
        return wanted
    there = found(row)
    hashes = {e.act.hash for e in there if (e.act.agreement or "") in (row["agreement"], "")} or {e.act.hash for e in there}
    if len(hashes) == 1:
        return hashes.pop()
    if hashes and wanted not in own:
        raise BadInput(f"replies_to {wanted!r}: {len(hashes)} acts on record have this reference; give the hash of one")
    return wanted


def add_previewed(
    ledger: Ledger, chosen: Sequence[Previewed], at: int, documents: Sequence[Document] = (), first: Callable[[Numbers], None] | None = None
) -> None:
    """Append rows that were previewed, with documents that they name: all, or none. Moved if the log does not end at ``at`` any more.

    ``first`` is called before anything is written, with the ledger locked; what it raises leaves nothing written.
    """
    rows = [(one.row, one.entry) for one in chosen]
    items = [*_new(ledger, documents), *items_for(ledger, rows)]

    def work(connection: sa.Connection, frontier: Frontier) -> list[Item]:
        if frontier.size != at:
            raise Moved(f"the ledger went on from {at} to {frontier.size} items; look at what you record again")
        if first is not None:
            first(lambda acts: ledger.numbers_of(acts, connection))
        return items

    ledger.append_with(work)


def _new(ledger: Ledger, documents: Sequence[Document]) -> Iterator[Item]:
    """Those that are not kept yet; BadInput if one was destroyed."""
    for item in [document.item for document in documents]:
        held = ledger.held_as(item.digest)
        if any(one.text is None for one in held):
            raise BadInput(f"the document {item.digest} was destroyed in this ledger, and does not come back")
        if not any(one.leaf.file == item.file for one in held):
            yield item
