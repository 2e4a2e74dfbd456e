"""One ledger: appending to it, and reading what it holds.

Appending, in one transaction, which several threads may share (``together``): 1. take the head (others wait); 2. leave out acts that are there
already; 3. give each item its number and its instant, later than all before, and hash its leaf into the tree; 4. write leaves, items, what they
name, complete subtrees, and the new head, and destroy what an act of destruction names; 5. commit to disk; only then is anything acknowledged.

Source: docs/explanation/how-the-ledger-is-kept.md, sections 1 to 3.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import NamedTuple, TypeVar

import sqlalchemy as sa

from comity.acts import sealed
from comity.ledger import schema
from comity.ledger.appending import Batch
from comity.ledger.items import Item, Leaf, raw
from comity.ledger.prepared import Prepared
from comity.ledger.together import Head, Together, read_head
from comity.ledger.tree import Frontier
from comity.terms import NotOnRecord

T = TypeVar("T")
_ASKED_AT_ONCE = 500
_HASH = "sha256:"
_STREAMING = {"stream_results": True, "yield_per": 1000}


class Held(NamedTuple):
    """An item as the ledger holds it: its leaf, the bytes of its act if it is one, its bytes as written; no bytes if they were destroyed."""

    leaf: Leaf
    act: bytes | None
    text: bytes | None


class Kept:
    """What a ledger has of one file: how many pieces, and a hash over their hashes; of a whole file, of its latest version."""

    def __init__(self) -> None:
        self.pieces, self._over = 0, hashlib.sha256()

    def add(self, item: Item) -> None:
        """One more piece, or a later version."""
        self.add_hash(raw(item.digest), item.whole)

    def add_hash(self, text: bytes, whole: bool) -> None:
        if whole:
            self.pieces, self._over = 0, hashlib.sha256()
        self.pieces += 1
        self._over.update(text)

    @property
    def digest(self) -> bytes:
        return self._over.digest()


class Ledger:
    """The ledger at a URL."""

    def __init__(self, engine: sa.Engine, url: str, origin: str, clock: Callable[[], datetime]) -> None:
        self.engine, self.url, self.origin, self.clock = engine, url, origin, clock
        self._together = Together(engine)

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
        acts = [_sealed(item) for item in items]  # before others have to wait
        return self._together.append(lambda connection, head: self._append(connection, head, items, acts))

    def append_with(self, work: Callable[[sa.Connection, Frontier], Sequence[Item]]) -> list[int]:
        """Append what ``work`` gives, in one transaction with whatever it writes beside; others wait meanwhile.

        It is called with the ledger locked, and told how far the log goes. What it raises leaves nothing written. It reads and writes by this
        connection alone, and what it reads may yet be taken back: the transaction may be one for several, and its thread that of another.
        """

        def append(connection: sa.Connection, head: Head) -> tuple[list[int], Head]:
            items = work(connection, head.frontier)
            return self._append(connection, head, items, [_sealed(item) for item in items])

        return self._together.append(append)

    def _append(
        self, connection: sa.Connection, head: Head, items: Sequence[Item], acts: Sequence[tuple[str | None, bytes | None]]
    ) -> tuple[list[int], Head]:
        batch = Batch(*head, self.clock)
        # 2. what is there already
        there = _there(connection, items, [act for act, _ in acts if act is not None])
        numbers = list[int]()
        for item, (act, canonical) in zip(items, acts, strict=True):
            known = there.get(_known_by(item, act))
            # 3. number, instant, leaf, tree
            number = batch.add(item, canonical) if known is None else known
            there.setdefault(("act", act) if act is not None else ("begun", item.file), number)
            numbers.append(number)
        # 4. all of it, and the head: if there is nothing new too, for what is there may have failed to be synced
        batch.write(connection)
        return numbers, Head(batch.frontier, batch.logged)

    # -- reading

    def head(self) -> Frontier:
        """How far the log goes, and the hashes from which its root follows."""
        with self.engine.connect() as connection:
            return read_head(connection).frontier

    def count(self) -> int:
        """How many leaves there are, whatever the head says."""
        with self.engine.connect() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(schema.leaf)).scalar_one())

    def kept(self) -> dict[str, Kept]:
        """What there is of each file, by its name; what was destroyed is not there."""
        found: dict[str, Kept] = {}
        leaf = schema.leaf.c
        wanted = sa.select(leaf.file, leaf.text, leaf.whole).join(schema.payload, leaf.seq == schema.payload.c.seq).order_by(leaf.seq)
        with self.engine.connect() as connection:
            for file, text, whole in connection.execute(wanted, execution_options=_STREAMING):
                found.setdefault(file, Kept()).add_hash(text, whole)
        return found

    def files(self, wanted: Callable[[str], bool] = lambda name: True, until: int | None = None) -> dict[str, bytes]:
        """The book, as it is written: every file that is wanted, by its name; what was destroyed is left out."""
        return files_of((leaf, text) for leaf, _, text in self.items(0, until) if wanted(leaf.file))

    def items(self, start: int = 0, until: int | None = None, connection: sa.Connection | None = None) -> Iterator[Held]:
        """Every item from ``start`` on, in order; as seen by ``connection``, if given."""
        asked = {"start": start, "until": _NO_END if until is None else until}
        with (
            self.engine.connect() if connection is None else nullcontext(connection) as reading,
            reading.execute(_ITEMS, asked, execution_options=_STREAMING) as rows,
        ):
            for row in rows:
                yield _held(row)

    def naming(self, words: Iterable[str], until: int | None = None, files: bool = False) -> list[tuple[str, Held]]:
        """The items that name any of these agreements, or reply to any of these acts (by their hashes), each with the word, in order.

        ``files``: whole files alone. What was destroyed names nothing.
        """
        wanted, found = list(words), list[tuple[str, Held]]()
        mention = schema.mention.c
        with self.engine.connect() as connection:
            for some in _at_once(wanted):
                asked = _HOLDING.add_columns(mention.word).join(schema.mention, mention.seq == schema.leaf.c.seq).where(mention.word.in_(some))
                if until is not None:
                    asked = asked.where(mention.seq < until)
                if files:
                    asked = asked.where(schema.leaf.c.whole)
                found += [(row.word, _held(row)) for row in connection.execute(asked.order_by(mention.seq))]
        return found

    def latest(self, begins: str, until: int | None = None) -> dict[str, int]:
        """The number of the latest version that is there of each whole file whose name begins so."""
        leaf = schema.leaf.c
        last = sa.func.max(leaf.seq).label("last")
        there = sa.select(leaf.file, last).join(schema.payload, leaf.seq == schema.payload.c.seq).group_by(leaf.file)
        there = there.where(leaf.act.is_(None), leaf.whole, sa.func.substr(leaf.file, 1, len(begins)) == begins)
        if until is not None:
            there = there.where(leaf.seq < until)
        with self.engine.connect() as connection:
            return {row.file: row.last for row in connection.execute(there)}

    def read(self, files: Mapping[str, int]) -> dict[str, bytes]:
        """The bytes of files, each by its name and the number of its item."""
        names, payload = {seq: name for name, seq in files.items()}, schema.payload.c
        found: dict[str, bytes] = {}
        with self.engine.connect() as connection:
            for some in _at_once(list(names)):
                for seq, text in connection.execute(sa.select(payload.seq, payload.text).where(payload.seq.in_(some))):
                    found[names[seq]] = text
        return found

    def head_of(self, file: str) -> bytes | None:
        """The first piece of a file, if the file is there."""
        leaf = schema.leaf.c
        wanted = sa.select(schema.payload.c.text).join(schema.leaf, leaf.seq == schema.payload.c.seq).where(leaf.file == file, leaf.act.is_(None))
        with self.engine.connect() as connection:
            return connection.execute(wanted.order_by(leaf.seq).limit(1)).scalar()

    def held_as(self, record: str) -> list[Held]:
        """The act with this hash; or every whole file that reads so."""
        leaf, hashed = schema.leaf.c, raw(record)
        with self.engine.connect() as connection:
            asked = _HOLDING.where((leaf.act == hashed) | (leaf.whole & (leaf.text == hashed)))
            return [_held(row) for row in connection.execute(asked.order_by(leaf.seq))]

    def scrub(self) -> None:
        """Write over what was destroyed: SQLite has done so (secure_delete); PostgreSQL rewrites the tables, while others wait."""
        if self.engine.dialect.name != "sqlite":
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for table in (schema.payload, schema.mention):
                    connection.exec_driver_sql(f"VACUUM (FULL) {table.name}")

    def leaves(self, start: int, until: int) -> list[Leaf]:
        """The leaves of a few items."""
        wanted = sa.select(schema.leaf).where(schema.leaf.c.seq >= start, schema.leaf.c.seq < until).order_by(schema.leaf.c.seq)
        with self.engine.connect() as connection:
            return [_leaf(row) for row in connection.execute(wanted)]

    def numbers_of(self, acts: Iterable[str], connection: sa.Connection | None = None) -> dict[str, int]:
        """The numbers in the log of those of these acts, by their hashes, that are there; as seen by ``connection``, if given."""
        with self.engine.connect() if connection is None else nullcontext(connection) as reading:
            return _seqs_of(reading, acts)

    def seq_of(self, act: str) -> int:
        """The number of an act in the log, by its hash; NotOnRecord if it is not there."""
        found = self.numbers_of([act])
        if act not in found:
            raise NotOnRecord(f"no act {act} is in the ledger at {self.shown_url}; acts are named by their hashes: comity acts --json")
        return found[act]


_FIRST_OF = Prepared(
    sa.select(sa.func.min(schema.leaf.c.seq)).where(schema.leaf.c.file == sa.bindparam("named", required=False), schema.leaf.c.act.is_(None))
)


def _sealed(item: Item) -> tuple[str | None, bytes | None]:
    return (None, None) if item.entry is None else sealed(item.entry.act)


_HOLDING = sa.select(schema.leaf, schema.payload.c.act.label("canonical"), schema.payload.c.text.label("written")).outerjoin(
    schema.payload, schema.leaf.c.seq == schema.payload.c.seq
)

_ITEMS = _HOLDING.where(
    schema.leaf.c.seq >= sa.bindparam("start", type_=sa.BigInteger), schema.leaf.c.seq < sa.bindparam("until", type_=sa.BigInteger)
).order_by(schema.leaf.c.seq)
_NO_END = 2**62


def _leaf(row: sa.Row[tuple[object, ...]]) -> Leaf:
    act = None if row.act is None else _HASH + row.act.hex()
    return Leaf(row.seq, row.logged, row.file, _HASH + row.text.hex(), row.whole, act, row.recorded, row.recorded_at, row.signature)


def _held(row: sa.Row[tuple[object, ...]]) -> Held:
    return Held(_leaf(row), row.canonical, row.written)


def files_of(items: Iterable[tuple[Leaf, bytes | None]]) -> dict[str, bytes]:
    """The files that these items are, put together in their order; of a whole file its latest version; what was destroyed is left out."""
    found: dict[str, bytearray] = {}
    for leaf, text in items:
        if text is None:
            continue
        if leaf.whole:
            found[leaf.file] = bytearray(text)
        else:
            found.setdefault(leaf.file, bytearray()).extend(text)
    return {name: bytes(text) for name, text in sorted(found.items())}


def _seqs_of(connection: sa.Connection, acts: Iterable[str]) -> dict[str, int]:
    """Asked in the driver's own words: every batch asks this for each of its acts, and others wait meanwhile."""
    found = dict[str, int]()
    for some in _at_once([raw(act) for act in acts]):
        if connection.dialect.name == "postgresql":
            rows = connection.exec_driver_sql("SELECT act, seq FROM leaf WHERE act = ANY(%s)", (list(some),))
        else:
            rows = connection.exec_driver_sql(f"SELECT act, seq FROM leaf WHERE act IN ({', '.join('?' * len(some))})", tuple(some))  # noqa: S608 (marks alone)
        found |= {_HASH + act.hex(): seq for act, seq in rows}
    return found


_Known = tuple[str, str | None]
"""What an item is known by, if it is there already: the hash of its act, the hash of a whole file that was destroyed, a file that is begun."""


def _known_by(item: Item, act: str | None) -> _Known:
    if act is not None:
        return "act", act
    return ("destroyed", item.digest) if item.whole else ("begun", item.file if item.head else None)


def _there(connection: sa.Connection, items: Sequence[Item], acts: Sequence[str]) -> dict[_Known, int]:
    """The numbers of what is there of a batch already."""
    leaf, no_act = schema.leaf.c, schema.leaf.c.act.is_(None)
    found: dict[_Known, int] = {("act", act): seq for act, seq in _seqs_of(connection, acts).items()}
    for file in {item.file for item in items if item.head}:
        (first,) = _FIRST_OF.one(connection, named=file)
        found |= {} if first is None else {("begun", file): first}
    whole = [raw(item.digest) for item in items if item.whole]
    if not whole:
        return found
    gone = sa.select(leaf.text, sa.func.min(leaf.seq)).outerjoin(schema.payload, leaf.seq == schema.payload.c.seq).group_by(leaf.text)
    gone = gone.where(no_act, leaf.whole, schema.payload.c.seq.is_(None))
    for some in _at_once(whole):
        found |= {("destroyed", _HASH + text.hex()): seq for text, seq in connection.execute(gone.where(leaf.text.in_(some)))}
    return found


def _at_once(wanted: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many as are asked for in one statement, and the next."""
    return (wanted[start : start + _ASKED_AT_ONCE] for start in range(0, len(wanted), _ASKED_AT_ONCE))
