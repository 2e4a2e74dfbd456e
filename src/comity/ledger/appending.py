"""A batch of items as rows of the tables, each hashed into the tree as it comes; and what an act of destruction destroys.

Source: docs/explanation/how-the-ledger-is-kept.md, sections 2 and 9; RFC 9162, 2.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from comity.acts import DESTRUCTION
from comity.ledger import schema
from comity.ledger.items import Item, later_of, leaf_of, raw
from comity.ledger.naming import record_in, words_in_file, words_of
from comity.ledger.prepared import Prepared
from comity.ledger.tree import Frontier, node_hash
from comity.terms import BadInput

LEVEL = 8
"""Hashes of complete subtrees are kept for every eighth level: of 256 leaves, of 65,536, and so on."""
_PREFIX = len("sha256:")


class Batch:
    """Items that are appended together, after a log that goes as far as ``frontier``, and whose last instant is ``logged``."""

    def __init__(self, frontier: Frontier, logged: str, clock: Callable[[], datetime]) -> None:
        self.frontier, self.logged, self.clock = frontier, logged, clock
        self._rows: dict[sa.Table, list[tuple[object, ...]]] = {table: [] for table in (schema.leaf, schema.payload, schema.mention, schema.subtree)}
        self._destroyed: list[bytes] = []

    def add(self, item: Item, canonical: bytes | None) -> int:
        """Number, instant, leaf and tree for one more item: its number. ``canonical``: the bytes of its act, if it has one."""
        self.logged = later_of(self.clock(), self.logged)
        leaf = leaf_of(item, self.frontier.size, self.logged)
        act = None if leaf.act is None else bytes.fromhex(leaf.act[_PREFIX:])
        self._rows[schema.leaf].append((*leaf[:3], bytes.fromhex(leaf.text[_PREFIX:]), leaf.whole, act, *leaf[6:]))
        self._rows[schema.payload].append((leaf.seq, canonical, item.text))
        self._rows[schema.mention] += [(word, leaf.seq) for word in _words(item)]
        hashed = leaf.hash
        self._rows[schema.subtree] += completed(self.frontier, hashed)
        self.frontier = self.frontier.append(hashed)
        if item.entry is not None and item.entry.act.kind == DESTRUCTION:
            self._destroyed.append(raw(item.entry.act.details.get("record", "")))
        return leaf.seq

    def write(self, connection: sa.Connection) -> None:
        """All of it, and the head."""
        for table, rows in self._rows.items():
            insert(connection, table, rows)
        _NEW_HEAD(connection, new_size=self.frontier.size, new_peaks=self.frontier.to_bytes(), new_logged=self.logged)
        for record in self._destroyed:
            _destroy(connection, record)


_NEW_HEAD = Prepared(sa.update(schema.head).values(**{name: sa.bindparam(f"new_{name}", required=False) for name in ("size", "peaks", "logged")}))


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Rows with a value for each column of the table, in order."""
    if not rows:
        return
    names = [column.name for column in table.columns]
    if connection.dialect.name == "postgresql" and len(rows) >= _COPIED:
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    marks = ", ".join([mark] * len(names))
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})", list(rows))  # noqa: S608 (our own names)


_COPIED = 20
"""From so many rows on, PostgreSQL copies them in; for fewer the detour takes longer."""


def _words(item: Item) -> list[str]:
    if item.entry is not None:
        return words_of(item.entry.act)
    return words_in_file(item.file, item.text) if item.whole else []


def _destroy(connection: sa.Connection, record: bytes) -> None:
    """Take away the bytes of an act, or of every version of a whole file that reads so, and what it names; its leaf stays.

    BadInput where it is itself an act of destruction: without it nothing would say why something else is missing.
    """
    named = (schema.leaf.c.act == record) | (schema.leaf.c.whole & (schema.leaf.c.text == record))
    held = sa.select(schema.leaf.c.seq, schema.payload.c.act).join(schema.payload, schema.leaf.c.seq == schema.payload.c.seq).where(named)
    for seq, act in connection.execute(held).all():
        if act is not None and record_in(act) is not None:
            raise BadInput(f"sha256:{record.hex()} is itself an act of destruction; it stays, so that what is missing is explained")
        for table in (schema.payload, schema.mention):
            connection.execute(sa.delete(table).where(table.c.seq == seq))


def completed(before: Frontier, leaf: bytes) -> Iterable[tuple[int, int, bytes]]:
    """The subtrees that this leaf completes, of the levels that are kept: level, place, hash."""
    size, level, hashed = before.size, 0, leaf
    if size & 0xFF != 0xFF:
        return
    peaks = list(before.peaks)
    while size & 1:
        hashed, size, level = node_hash(peaks.pop(), hashed), size >> 1, level + 1
        if level % LEVEL == 0:
            yield level, size, hashed
