"""What a node's dealings with its partners keep in its tables, so that it outlives the program: how far they went, and acts that wait."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from comity.exchange import schema
from comity.exchange.between.taking_acts import Key, WaitingAct
from comity.ledger import Ledger, insert


class KeptWords:
    """Words kept under a key, in the tables of a node."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, key: str) -> str | None:
        with self._ledger.engine.connect() as connection:
            found: str | None = connection.execute(sa.select(schema.kept.c.value).where(schema.kept.c.key == key)).scalar()
        return found

    def put(self, key: str, value: str) -> None:
        with self._ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(sa.delete(schema.kept).where(schema.kept.c.key == key))
            insert(connection, schema.kept, [(key, value)])


class KeptWaiting:
    """Acts that wait, in the tables of a node."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> Sequence[WaitingAct]:
        of = schema.waiting.c
        with self._ledger.engine.connect() as connection:
            rows = connection.execute(sa.select(schema.waiting).order_by(of.sender, of.hash, of.signature)).all()
        return [WaitingAct(row[1], row.signature or None, row.sender, bytes(row.body), row.says) for row in rows]

    def keep(self, waiting: WaitingAct) -> None:
        self.let_go(waiting.key)
        row = (waiting.sender, waiting.hash, waiting.signature or "", waiting.body, waiting.says)
        with self._ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
            insert(connection, schema.waiting, [row])

    def let_go(self, key: Key) -> None:
        sender, act_hash, signature = key
        of = schema.waiting.c
        named = sa.and_(of.sender == sender, of.hash == act_hash, of.signature == (signature or ""))
        with self._ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(sa.delete(schema.waiting).where(named))
