"""Was anything in the ledger touched since it was appended? Every byte that answers rest on is hashed again.

0. in SQLite the file: that its pages and indexes fit its tables   1. the items: numbers without a gap, instants that only grow, bytes that have
the hashes which their leaves say   2. the tree over the leaves, and the subtrees kept of it   3. the head   4. the checkpoints: the root that the log
had at each

What is rewritten throughout, head and all, shows only beside a signed checkpoint that somebody else holds.

Source: docs/explanation/how-the-ledger-is-kept.md, section 4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from comity.ledger import schema
from comity.ledger.items import Leaf, digest
from comity.ledger.notes import read_checkpoint, read_note
from comity.ledger.store import Ledger, completed
from comity.ledger.tree import Frontier, leaf_hash
from comity.terms import BadInput


@dataclass(frozen=True, slots=True)
class Tampering:
    """One thing that is not as it was appended: where, and what is wrong with it."""

    where: str
    says: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, the root that it comes to, and what was touched."""

    size: int
    root: bytes
    touched: tuple[Tampering, ...]


def check(ledger: Ledger, progress: Callable[[int], None] = lambda done: None) -> Checked:
    """Look at everything, in one state, while others may append; ``progress`` is told how many items are done."""
    with ledger.engine.connect().execution_options(**ledger.one_state) as connection, connection.begin():
        return _checked(ledger, connection, progress)


def _checked(ledger: Ledger, connection: sa.Connection, progress: Callable[[int], None]) -> Checked:
    found = list(_file(connection))
    roots = _checkpoints(ledger.origin, connection, found)
    subtrees = _subtrees(connection)
    frontier, last = Frontier(), ""
    for done, (leaf, act, text) in enumerate(readable(ledger, found, connection=connection), 1):
        # 1. the item
        found += _item(leaf, act, text, frontier.size, last)
        last = leaf.logged
        # 2. the tree
        hashed = leaf_hash(leaf.to_bytes())
        for level, place, value in completed(frontier, hashed):
            if subtrees.pop((level, place), None) != value:
                found.append(Tampering(f"subtree {level}/{place}", "its hash is not that of its leaves"))
        frontier = frontier.append(hashed)
        # 4. the root at a checkpoint
        if roots.pop(frontier.size, frontier.root() if frontier.size in roots else b"") not in (b"", frontier.root()):
            found.append(Tampering(f"checkpoint {frontier.size}", "the log had another root then"))
        progress(done)
    found += [Tampering(f"subtree {level}/{place}", "there are no such leaves") for level, place in subtrees]
    found += [Tampering(f"checkpoint {size}", f"the log has only {frontier.size} items") for size in roots if size]
    # 3. the head
    found += _head(connection, frontier, last)
    return Checked(frontier.size, frontier.root(), tuple(found))


def _file(connection: sa.Connection) -> Iterator[Tampering]:
    """An index that was touched hides an act that is there, and nothing that is hashed tells."""
    if connection.dialect.name == "sqlite":
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        yield from (Tampering("file", str(one)) for one in said if one != "ok")


def readable(
    ledger: Ledger, found: list[Tampering], until: int | None = None, connection: sa.Connection | None = None
) -> Iterator[tuple[Leaf, bytes | None, bytes]]:
    """The items; where one holds what no column of its kind can hold, that is named, and those after it can't be followed."""
    last = -1
    try:
        for leaf, act, text in ledger.items(until=until, connection=connection):
            texts = all(isinstance(value, str) for value in (leaf.logged, leaf.file, leaf.text))
            blanks = all(value is None or isinstance(value, str) for value in (leaf.act, leaf.recorded, leaf.recorded_at))
            bytes_ = isinstance(text, bytes) and (act is None or isinstance(act, bytes))
            if not (isinstance(leaf.seq, int) and isinstance(leaf.whole, bool) and texts and blanks and bytes_):
                raise TypeError("it holds what its columns do not")
            yield leaf, act, text
            last = leaf.seq
    except (TypeError, ValueError) as problem:
        found.append(Tampering(f"item {last + 1}", f"it cannot be read ({problem}), nor can those after it be followed"))


def _item(leaf: Leaf, act: bytes | None, text: bytes, expected: int, last: str) -> Iterator[Tampering]:
    where = f"item {leaf.seq} ({leaf.file})"
    if leaf.seq != expected:
        yield Tampering(where, f"item {expected} should stand here: one is missing, or was put in")
    if leaf.logged <= last:
        yield Tampering(where, "it is said to have been logged no later than the one before")
    if digest(text) != leaf.text:
        yield Tampering(where, "its text is not the one that was recorded")
    if (None if act is None else "sha256:" + hashlib.sha256(act).hexdigest()) != leaf.act:
        yield Tampering(where, "its act is not the one that was recorded")


def _head(connection: sa.Connection, frontier: Frontier, last: str) -> Iterator[Tampering]:
    heads = connection.execute(sa.select(schema.head)).all()
    leaves = connection.execute(sa.select(sa.func.count()).select_from(schema.leaf)).scalar_one()
    payloads = connection.execute(sa.select(sa.func.count()).select_from(schema.payload)).scalar_one()
    if len(heads) != 1:
        yield Tampering("head", f"there are {len(heads)} rows where one belongs")
        return
    head = heads[0]
    if head.format != schema.FORMAT:
        yield Tampering("head", f"it speaks of version {head.format}")
    if (head.size, head.peaks) != (frontier.size, frontier.to_bytes()):
        yield Tampering("head", f"it speaks of {head.size} items with other hashes; there are {frontier.size}")
    if frontier.size and head.logged != last:
        yield Tampering("head", "it gives another instant than the last item")
    if not leaves == payloads == frontier.size:
        yield Tampering("items", f"{leaves} leaves, {payloads} items: some lack the other")


def _subtrees(connection: sa.Connection) -> dict[tuple[int, int], bytes]:
    return {(row.level, row.place): row.hash for row in connection.execute(sa.select(schema.subtree))}


def _checkpoints(origin: str, connection: sa.Connection, found: list[Tampering]) -> dict[int, bytes]:
    """The root that each checkpoint says the log had at its size."""
    roots: dict[int, bytes] = {}
    for size, note in connection.execute(sa.select(schema.checkpoint)):
        try:
            said = read_checkpoint(read_note(str(note)).text)
        except BadInput as problem:
            found.append(Tampering(f"checkpoint {size}", str(problem)))
            continue
        if (said.size, said.origin) != (size, origin):
            found.append(Tampering(f"checkpoint {size}", f"its note is about {said.size} items of {said.origin}"))
        roots[size] = said.root
    return roots
