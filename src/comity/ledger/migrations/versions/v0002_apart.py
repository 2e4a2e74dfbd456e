"""Hashes as their bytes; what an item names, to find it by; the payload free of its leaf, so that it can be destroyed; signatures; other logs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from comity.ledger.naming import words_in, words_in_file

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_AT_ONCE = 1000
_HASH = "sha256:"


def upgrade() -> None:
    seq = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    leaf = op.create_table(
        "leaf_2",
        sa.Column("seq", seq, primary_key=True, autoincrement=False),
        sa.Column("logged", sa.String(27), nullable=False),
        sa.Column("file", sa.String(400), nullable=False),
        sa.Column("text", sa.LargeBinary(32), nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
        sa.Column("act", sa.LargeBinary(32), unique=True),
        sa.Column("recorded", sa.String(10)),
        sa.Column("recorded_at", sa.String(27)),
        sa.Column("signature", sa.Text),
    )
    payload = op.create_table(
        "payload_2",
        sa.Column("seq", seq, primary_key=True, autoincrement=False),
        sa.Column("act", sa.LargeBinary),
        sa.Column("text", sa.LargeBinary, nullable=False),
    )
    mention = op.create_table(
        "mention",
        sa.Column("word", sa.String(400), primary_key=True),
        sa.Column("seq", seq, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "log",
        sa.Column("origin", sa.String(200), primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("size", seq, nullable=False),
        sa.Column("root", sa.LargeBinary(32), nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("seen", sa.String(27)),
    )
    _move(leaf, payload, mention)
    op.drop_table("payload")
    op.drop_table("leaf")
    op.rename_table("leaf_2", "leaf")
    op.rename_table("payload_2", "payload")
    no_act = sa.text("act IS NULL")
    op.create_index("leaf_file", "leaf", ["file", "seq"], sqlite_where=no_act, postgresql_where=no_act)


def _move(leaf: sa.Table, payload: sa.Table, mention: sa.Table) -> None:
    connection, start = op.get_bind(), 0
    asked = sa.text(
        "SELECT l.seq, logged, file, l.text AS digest, whole, l.act AS hash, recorded, recorded_at, p.act AS canonical, p.text AS written "
        "FROM leaf l JOIN payload p ON l.seq = p.seq WHERE l.seq >= :start AND l.seq < :until ORDER BY l.seq"
    )
    while rows := connection.execute(asked, {"start": start, "until": start + _AT_ONCE}).all():
        connection.execute(sa.insert(leaf), [_leaf(row) for row in rows])
        connection.execute(sa.insert(payload), [{"seq": row.seq, "act": row.canonical, "text": row.written} for row in rows])
        named = [{"word": word, "seq": row.seq} for row in rows for word in _words(row)]
        if named:
            connection.execute(sa.insert(mention), named)
        start += _AT_ONCE


def _leaf(row: sa.Row[Any]) -> dict[str, object]:
    kept = {name: getattr(row, name) for name in ("seq", "logged", "file", "recorded", "recorded_at")}
    act = None if row.hash is None else bytes.fromhex(row.hash.removeprefix(_HASH))
    return {**kept, "text": bytes.fromhex(row.digest.removeprefix(_HASH)), "whole": bool(row.whole), "act": act, "signature": None}


def _words(row: sa.Row[Any]) -> list[str]:
    if row.canonical is not None:
        return words_in(bytes(row.canonical))
    return words_in_file(row.file, bytes(row.written)) if row.whole else []
