"""Was anything in the ledger touched since it was appended? Every byte that answers rest on is hashed again.

0. in SQLite the file: that its pages and indexes fit its tables   1. the items: numbers without a gap, instants that only grow; their bytes
2. the tree over the leaves, and the subtrees kept of it   3. the head   4. the checkpoints: the root that the log had at each

What is rewritten throughout, head and all, shows only beside a signed checkpoint that somebody else holds.

Source: docs/explanation/how-the-ledger-is-kept.md, section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from comity.ledger import schema
from comity.ledger.appending import completed
from comity.ledger.items import Leaf
from comity.ledger.notes import read_checkpoint, read_note
from comity.ledger.payloads import Payloads
from comity.ledger.store import Held, Ledger
from comity.ledger.tampering import Tampering, where
from comity.ledger.tree import Frontier
from comity.terms import BadInput


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
    subtrees, payloads = _subtrees(connection), Payloads()
    frontier, following, last = Frontier(), 0, ""
    found += _root_at(roots, frontier)
    for done, held in enumerate(readable(ledger, found, connection=connection), 1):
        # 1. the item
        leaf = held.leaf
        found += _item(leaf, following, last)
        found += payloads.look_at(held)
        following, last = leaf.seq + 1, leaf.logged
        # 2. the tree
        hashed = leaf.hash
        for level, place, value in completed(frontier, hashed):
            if subtrees.pop((level, place), None) != value:
                found.append(Tampering(f"subtree {level}/{place}", "its hash is not that of its leaves"))
        frontier = frontier.append(hashed)
        # 4. the root at a checkpoint
        found += _root_at(roots, frontier)
        progress(done)
    found += [Tampering(f"subtree {level}/{place}", "there are no such leaves") for level, place in subtrees]
    found += [Tampering(f"checkpoint {size}", f"the log has only {frontier.size} items") for size in roots]
    found += payloads.look_at_the_rest(ledger, connection)
    # 3. the head
    found += _head(connection, frontier, last)
    return Checked(frontier.size, frontier.root(), tuple(found))


def _file(connection: sa.Connection) -> Iterator[Tampering]:
    """An index that was touched hides an act that is there, and nothing that is hashed tells."""
    if connection.dialect.name == "sqlite":
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        yield from (Tampering("file", str(one)) for one in said if one != "ok")
        odd = connection.exec_driver_sql("SELECT seq, file FROM leaf WHERE whole IS NOT 0 AND whole IS NOT 1").all()
        yield from (Tampering(f"item {seq} ({file})", "it is not said whether it is a whole file") for seq, file in odd)


def readable(ledger: Ledger, found: list[Tampering], until: int | None = None, connection: sa.Connection | None = None) -> Iterator[Held]:
    """The items; where one holds what no column of its kind can hold, that is named, and those after it can't be followed."""
    last = -1
    try:
        for held in ledger.items(until=until, connection=connection):
            leaf = held.leaf
            texts = all(isinstance(value, str) for value in (leaf.logged, leaf.file))
            blanks = all(value is None or isinstance(value, str) for value in (leaf.recorded, leaf.recorded_at, leaf.signature))
            bytes_ = all(value is None or isinstance(value, bytes) for value in (held.act, held.text))
            if not (isinstance(leaf.seq, int) and isinstance(leaf.whole, bool) and texts and blanks and bytes_):
                raise TypeError("it holds what its columns do not")
            yield held
            last = leaf.seq
    except (TypeError, ValueError, AttributeError) as problem:
        found.append(Tampering(f"item {last + 1}", f"it cannot be read ({problem}), nor can those after it be followed"))


def _item(leaf: Leaf, expected: int, last: str) -> Iterator[Tampering]:
    if leaf.seq != expected:
        yield Tampering(where(leaf), f"item {expected} should stand here: one is missing, or was put in")
    if leaf.logged <= last:
        yield Tampering(where(leaf), "it is said to have been logged no later than the one before")


def _root_at(roots: dict[int, bytes], frontier: Frontier) -> Iterator[Tampering]:
    """Is the root that a checkpoint of this size says, if there is one, the log's?"""
    if frontier.size in roots and roots.pop(frontier.size) != frontier.root():
        yield Tampering(f"checkpoint {frontier.size}", "the log had another root then")


def _head(connection: sa.Connection, frontier: Frontier, last: str) -> Iterator[Tampering]:
    heads = connection.execute(sa.select(schema.head)).all()
    leaves = connection.execute(sa.select(sa.func.count()).select_from(schema.leaf)).scalar_one()
    if len(heads) != 1:
        yield Tampering("head", f"there are {len(heads)} rows where one belongs")
        return
    head = heads[0]
    steps = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all()
    if head.format != schema.FORMAT or steps != [f"{schema.FORMAT:04}"]:
        yield Tampering("head", f"it speaks of version {head.format}, the tables of {', '.join(map(str, steps)) or 'none'}")
    if (head.size, head.peaks) != (frontier.size, frontier.to_bytes()):
        yield Tampering("head", f"it speaks of {head.size} items with other hashes; there are {frontier.size}")
    if frontier.size and head.logged != last:
        yield Tampering("head", "it gives another instant than the last item")
    if leaves != frontier.size:
        yield Tampering("items", f"{leaves} leaves, of which {frontier.size} could be read")


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
