"""The tables, the same on SQLite and PostgreSQL.

``leaf``: what the log says of each item, in order; hashes as their 32 bytes. ``payload``: the item's bytes, apart, so that they can be
destroyed. ``mention``: which items name an agreement, or reply to an act (by its hash): to find them without reading all; it follows from
the items and can be made again. ``subtree``: hashes of complete subtrees of 256, 65,536, ... leaves. ``head``: one row: how far the log
goes. ``checkpoint``: signed notes about it.
``log``: other logs, which this ledger is a witness of: the key of each, and the checkpoint of it that was cosigned last.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, SmallInteger, String, Table, Text

FORMAT = 2
"""The version of the tables that this program writes; an older one is upgraded first, and of a later one nothing is touched."""

metadata = MetaData()
_seq = BigInteger().with_variant(Integer, "sqlite")

leaf = Table(
    "leaf",
    metadata,
    Column("seq", _seq, primary_key=True, autoincrement=False),
    Column("logged", String(27), nullable=False),
    Column("file", String(400), nullable=False),
    Column("text", LargeBinary(32), nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("act", LargeBinary(32), unique=True),
    Column("recorded", String(10)),
    Column("recorded_at", String(27)),
    Column("signature", Text),
)
_no_act = leaf.c.act.is_(None)
Index("leaf_file", leaf.c.file, leaf.c.seq, sqlite_where=_no_act, postgresql_where=_no_act)

payload = Table(
    "payload",
    metadata,
    Column("seq", _seq, primary_key=True, autoincrement=False),
    Column("act", LargeBinary),
    Column("text", LargeBinary, nullable=False),
)

mention = Table(
    "mention",
    metadata,
    Column("word", String(400), primary_key=True),
    Column("seq", _seq, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

subtree = Table(
    "subtree",
    metadata,
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("place", _seq, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary(32), nullable=False),
)

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("format", Integer, nullable=False),
    Column("origin", String(200), nullable=False),
    Column("size", _seq, nullable=False),
    Column("peaks", LargeBinary, nullable=False),
    Column("logged", String(27), nullable=False),
)

checkpoint = Table("checkpoint", metadata, Column("size", _seq, primary_key=True, autoincrement=False), Column("note", Text, nullable=False))

log = Table(
    "log",
    metadata,
    Column("origin", String(200), primary_key=True),
    Column("key", Text, nullable=False),
    Column("size", _seq, nullable=False),
    Column("root", LargeBinary(32), nullable=False),
    Column("note", Text),
    Column("seen", String(27)),
)
