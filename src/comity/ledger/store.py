"""One ledger: appending to it, and reading what it holds.

Appending, in one transaction: 1. take the head (others wait); 2. leave out acts that are there already; 3. give each item its number and
its instant, later than all before; 4. hash the leaves into the tree; 5. write leaves, items, complete subtrees, and the new head;
6. commit to disk; only then is anything acknowledged.

Source: docs/explanation/how-the-ledger-is-kept.md, sections 1 to 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime

import sqlalchemy as sa

from comity.acts import sealed
from comity.ledger import schema
from comity.ledger.items import Item, Leaf, later_of, leaf_of
from comity.ledger.tree import Frontier, leaf_hash, node_hash
from comity.terms import NotOnRecord

_ASKED_AT_ONCE = 500
LEVEL = 8
"""Hashes of complete subtrees are kept for every eighth level: of 256 leaves, of 65,536, and so on."""


class Ledger:
    """The ledger at a URL."""

    def __init__(self, engine: sa.Engine, url: str, origin: str, clock: Callable[[], datetime]) -> None:
        self.engine, self.url, self.origin, self.clock = engine, url, origin, clock

    @property
    def shown_url(self) -> str:
        """Its address, without a password."""
        return self.engine.url.render_as_string(hide_password=True).replace("postgresql+psycopg://", "postgresql://")

    @property
    def one_state(self) -> dict[str, str]:
        """How a connection sees one state of the ledger throughout: in SQLite any transaction does."""
        return {} if self.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}

    def close(self) -> None:
        self.engine.dispose()

    # -- appending

    def append(self, items: Sequence[Item]) -> list[int]:
        """Append all, or nothing: the number of each in the log. An act that is there already keeps the number that it has."""
        acts = [(None, None) if item.entry is None else sealed(item.entry.act) for item in items]  # before others have to wait
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            # 1. the head
            head = connection.execute(sa.select(schema.head).with_for_update()).one()
            frontier, logged = Frontier.from_bytes(head.size, head.peaks), head.logged
            # 2. what is there already
            there = _seqs_of(connection, [act for act, _ in acts if act is not None])
            numbers: list[int] = []
            leaves: list[Leaf] = []
            payloads: list[dict[str, object]] = []
            subtrees: list[dict[str, object]] = []
            for item, (act, canonical) in zip(items, acts, strict=True):
                known = there.get(act) if act is not None else _begun(connection, item.file) if item.head else None
                if known is not None:
                    numbers.append(known)
                    continue
                # 3. number and instant
                logged = later_of(self.clock(), logged)
                leaf = leaf_of(item, frontier.size, logged)
                if act is not None:
                    there[act] = leaf.seq
                numbers.append(leaf.seq)
                leaves.append(leaf)
                payloads.append({"seq": leaf.seq, "act": canonical, "text": item.text})
                # 4. the tree
                hashed = leaf_hash(leaf.to_bytes())
                subtrees += [{"level": level, "place": place, "hash": value} for level, place, value in completed(frontier, hashed)]
                frontier = frontier.append(hashed)
            if leaves:
                # 5. all of it, and the head
                connection.execute(sa.insert(schema.leaf), [leaf._asdict() for leaf in leaves])
                connection.execute(sa.insert(schema.payload), payloads)
                if subtrees:
                    connection.execute(sa.insert(schema.subtree), subtrees)
                connection.execute(sa.update(schema.head).values(size=frontier.size, peaks=frontier.to_bytes(), logged=logged))
            # 6. the commit is on disk when the block is left
        return numbers

    # -- reading

    def head(self) -> Frontier:
        """How far the log goes, and the hashes from which its root follows."""
        with self.engine.connect() as connection:
            found = connection.execute(sa.select(schema.head)).one()
        return Frontier.from_bytes(found.size, found.peaks)

    def count(self) -> int:
        """How many leaves there are, whatever the head says."""
        with self.engine.connect() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(schema.leaf)).scalar_one())

    def pieces_of(self, file: str) -> list[str]:
        """The digests of the pieces of a file, in their order; of a whole file: of its latest version."""
        where = schema.leaf.c.file == file
        with self.engine.connect() as connection:
            found = connection.execute(sa.select(schema.leaf.c.text, schema.leaf.c.whole).where(where).order_by(schema.leaf.c.seq)).all()
        return [row.text for row in (found[-1:] if found and found[-1].whole else found)]

    def files(self) -> dict[str, bytes]:
        """The book, as it is written: every file by its name."""
        found: dict[str, bytearray] = {}
        for leaf, _, text in self.items():
            if leaf.whole:
                found[leaf.file] = bytearray(text)
            else:
                found.setdefault(leaf.file, bytearray()).extend(text)
        return {name: bytes(text) for name, text in sorted(found.items())}

    def items(self, start: int = 0, until: int | None = None, connection: sa.Connection | None = None) -> Iterator[tuple[Leaf, bytes | None, bytes]]:
        """Leaf, canonical act if it is one, and bytes as written, of every item from ``start`` on, in order; as seen by ``connection``, if given."""
        act, text = schema.payload.c.act.label("canonical"), schema.payload.c.text.label("written")
        wanted = sa.select(schema.leaf, act, text).join(schema.payload, schema.leaf.c.seq == schema.payload.c.seq).where(schema.leaf.c.seq >= start)
        if until is not None:
            wanted = wanted.where(schema.leaf.c.seq < until)
        with self.engine.connect() if connection is None else nullcontext(connection) as reading:
            for row in reading.execute(wanted.order_by(schema.leaf.c.seq), execution_options={"stream_results": True, "yield_per": 1000}):
                yield Leaf(*row[:8]), row.canonical, row.written

    def leaves(self, start: int, until: int) -> list[Leaf]:
        """The leaves of a few items."""
        wanted = sa.select(schema.leaf).where(schema.leaf.c.seq >= start, schema.leaf.c.seq < until).order_by(schema.leaf.c.seq)
        with self.engine.connect() as connection:
            return [Leaf(*row) for row in connection.execute(wanted)]

    def numbers_of(self, acts: Iterable[str]) -> dict[str, int]:
        """The numbers in the log of those of these acts, by their hashes, that are there."""
        with self.engine.connect() as connection:
            return _seqs_of(connection, acts)

    def seq_of(self, act: str) -> int:
        """The number of an act in the log, by its hash; NotOnRecord if it is not there."""
        found = self.numbers_of([act])
        if act not in found:
            raise NotOnRecord(f"no act {act} is in the ledger at {self.shown_url}; acts are named by their hashes: comity acts --json")
        return found[act]


def _seqs_of(connection: sa.Connection, acts: Iterable[str]) -> dict[str, int]:
    wanted, found = list(acts), dict[str, int]()
    for start in range(0, len(wanted), _ASKED_AT_ONCE):
        some = wanted[start : start + _ASKED_AT_ONCE]
        found |= {row.act: row.seq for row in connection.execute(sa.select(schema.leaf.c.act, schema.leaf.c.seq).where(schema.leaf.c.act.in_(some)))}
    return found


def _begun(connection: sa.Connection, file: str) -> int | None:
    """The number of the first piece of a file, if it is there."""
    return connection.execute(sa.select(sa.func.min(schema.leaf.c.seq)).where(schema.leaf.c.file == file)).scalar()


def completed(before: Frontier, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The subtrees that this leaf completes, of the levels that are kept: level, place, hash."""
    size, peaks, level, hashed = before.size, list(before.peaks), 0, leaf
    while size & 1:
        hashed, size, level = node_hash(peaks.pop(), hashed), size >> 1, level + 1
        if level % LEVEL == 0:
            yield level, size, hashed
