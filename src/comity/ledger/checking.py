"""Was anything in the ledger touched since it was appended? Every byte that answers rest on is hashed again.

1. the items: numbers without a gap, instants that only grow, bytes that have the hashes which their leaves say, or an act that says that
they were destroyed; the words by which they are found   2. the tree over the leaves, and the subtrees kept of it   3. the head   4. the
checkpoints: the root that the log had at each

What is rewritten throughout, head and all, shows only beside a signed checkpoint that somebody else holds.

Source: docs/explanation/how-the-ledger-is-kept.md, section 4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from comity.ledger import schema
from comity.ledger.appending import DESTRUCTION, completed
from comity.ledger.items import Leaf, digest
from comity.ledger.naming import details_in, words_in, words_in_file
from comity.ledger.notes import read_checkpoint
from comity.ledger.store import Held, Ledger
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
    """Look at everything; ``progress`` is told how many items are done."""
    found: list[Tampering] = []
    roots, subtrees, payloads = _checkpoints(ledger, found), _subtrees(ledger), _Payloads()
    frontier, last = Frontier(), ""
    for done, held in enumerate(_readable(ledger, found), 1):
        leaf = held.leaf
        # 1. the item
        found += _item(leaf, frontier.size, last)
        found += payloads.look_at(held)
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
    found += payloads.look_at_the_rest(ledger)
    # 3. the head
    found += _head(ledger, frontier, last)
    return Checked(frontier.size, frontier.root(), tuple(found))


def _readable(ledger: Ledger, found: list[Tampering]) -> Iterator[Held]:
    """The items; where one holds what no column of its kind can hold, that is named, and those after it can't be followed."""
    last = -1
    try:
        for held in ledger.items():
            leaf = held.leaf
            texts = all(isinstance(value, str) for value in (leaf.logged, leaf.file))
            blanks = all(value is None or isinstance(value, str) for value in (leaf.recorded, leaf.recorded_at, leaf.signature))
            bytes_ = all(value is None or isinstance(value, bytes) for value in (held.act, held.text))
            if not (isinstance(leaf.seq, int) and texts and blanks and bytes_):
                raise TypeError("it holds what its columns do not")
            yield held
            last = leaf.seq
    except (TypeError, ValueError, AttributeError) as problem:
        found.append(Tampering(f"item {last + 1}", f"it cannot be read ({problem}), nor can those after it be followed"))


def _item(leaf: Leaf, expected: int, last: str) -> Iterator[Tampering]:
    if leaf.seq != expected:
        yield Tampering(_where(leaf), f"item {expected} should stand here: one is missing, or was put in")
    if leaf.logged <= last:
        yield Tampering(_where(leaf), "it is said to have been logged no later than the one before")


def _where(leaf: Leaf) -> str:
    return f"item {leaf.seq} ({leaf.file})"


class _Payloads:
    """The items' own bytes: are they those of their leaves, and if they are not there, does an act say that they were destroyed?"""

    def __init__(self) -> None:
        self.there = 0
        self.without: list[Leaf] = []
        self.destroyed: dict[str, int] = {}
        self.with_word = _Sum()

    def look_at(self, held: Held) -> Iterator[Tampering]:
        leaf, act, text = held
        if text is None:
            self.without.append(leaf)
            return
        self.there += 1
        if digest(text) != leaf.text:
            yield Tampering(_where(leaf), "its text is not the one that was recorded")
            return
        if (None if act is None else digest(act)) != leaf.act:
            yield Tampering(_where(leaf), "its act is not the one that was recorded")
            return
        for word in words_in(act) if act is not None else words_in_file(leaf.file, text) if leaf.whole else ():
            self.with_word.add(word, leaf.seq)
        if act is not None and DESTRUCTION.encode() in act and (record := details_in(act, DESTRUCTION).get("record")):
            self.destroyed[record] = leaf.seq

    def look_at_the_rest(self, ledger: Ledger) -> Iterator[Tampering]:
        for leaf in self.without:
            if not {leaf.act, leaf.text if leaf.whole else None} & self.destroyed.keys():
                yield Tampering(_where(leaf), "its text is not there, and no act says that it was destroyed")
        for record, seq in self.destroyed.items():
            again = (held.leaf for held in ledger.held_as(record) if held.text is not None and held.leaf.seq < seq)
            yield from (Tampering(_where(leaf), f"it was destroyed by item {seq}, and is there") for leaf in again)
        mentioned = _Sum()
        with ledger.engine.connect() as connection:
            payloads = connection.execute(sa.select(sa.func.count()).select_from(schema.payload)).scalar_one()
            for word, seq in connection.execution_options(stream_results=True, yield_per=1000).execute(sa.select(schema.mention)):
                mentioned.add(word, seq)
        if payloads != self.there:
            yield Tampering("items", f"{payloads} texts, {self.there} of them with a leaf")
        if mentioned.found != self.with_word.found:
            yield Tampering("mentions", "the words by which items are found are not those that the items name")


class _Sum:
    """Words and the numbers of items, summed up so that their order does not count."""

    def __init__(self) -> None:
        self.found = 0

    def add(self, word: object, seq: object) -> None:
        self.found = (self.found + int.from_bytes(hashlib.sha256(repr((word, seq)).encode()).digest(), "big")) % 2**256


def _head(ledger: Ledger, frontier: Frontier, last: str) -> Iterator[Tampering]:
    with ledger.engine.connect() as connection:
        heads = connection.execute(sa.select(schema.head)).all()
        leaves = connection.execute(sa.select(sa.func.count()).select_from(schema.leaf)).scalar_one()
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
    if leaves != frontier.size:
        yield Tampering("items", f"{leaves} leaves, of which {frontier.size} could be read")


def _subtrees(ledger: Ledger) -> dict[tuple[int, int], bytes]:
    with ledger.engine.connect() as connection:
        return {(row.level, row.place): row.hash for row in connection.execute(sa.select(schema.subtree))}


def _checkpoints(ledger: Ledger, found: list[Tampering]) -> dict[int, bytes]:
    """The root that each checkpoint says the log had at its size."""
    roots: dict[int, bytes] = {}
    with ledger.engine.connect() as connection:
        for size, note in connection.execute(sa.select(schema.checkpoint)):
            try:
                said = read_checkpoint(note.rpartition("\n\n")[0] + "\n")
            except BadInput as problem:
                found.append(Tampering(f"checkpoint {size}", str(problem)))
                continue
            if (said.size, said.origin) != (size, ledger.origin):
                found.append(Tampering(f"checkpoint {size}", f"its note is about {said.size} items of {said.origin}"))
            roots[size] = said.root
    return roots
