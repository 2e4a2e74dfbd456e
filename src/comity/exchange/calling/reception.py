"""A node's reception: the entrance, with the clients that the node's ledger admits as of now; passwords are kept beside its objects.

Source: docs/explanation/how-exchange-works.md, section 9.
"""

from __future__ import annotations

import threading

import sqlalchemy as sa

from comity.exchange import schema
from comity.exchange.asking import Caller
from comity.exchange.calling.clients import admitted
from comity.exchange.calling.credentials import Credential
from comity.exchange.calling.entrance import Entrance, Limits, TurnedAway
from comity.exchange.calling.identifying import Clients
from comity.exchange.gate import Gate
from comity.ledger import Ledger, Prepared, insert

_RECORD_OF = Prepared(sa.select(schema.password.c.record).where(schema.password.c.name == sa.bindparam("of_name", required=False)))


class KeptPasswords:
    """The records of passwords, in the tables of a node."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, name: str) -> str | None:
        with self._ledger.engine.connect() as connection:
            found: list[tuple[str]] = _RECORD_OF(connection, of_name=name)
        return found[0][0] if found else None

    def put(self, name: str, record: str) -> None:
        with self._ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(sa.delete(schema.password).where(schema.password.c.name == name))
            insert(connection, schema.password, [(name, record)])


class Reception:
    """Who calls a node, and whether they are let in now. Any thread may ask."""

    def __init__(self, gate: Gate, limits: Limits = Limits()) -> None:
        self._gate, self._lock, self._as_of = gate, threading.Lock(), -1
        self._clients = Clients(KeptPasswords(gate.ledger))
        self._entrance = Entrance(self._clients, limits)

    def admit(self, shown: Credential | None, address: str) -> Caller | TurnedAway:
        """Who shows this, from this address; or why nobody is let in on it."""
        self._renew()
        return self._entrance.admit(shown, address, self._gate.clock())

    def still_admits(self, caller: Caller) -> bool:
        """Is somebody who was let in before still let in?"""
        self._renew()
        return self._clients.is_admitted(caller, self._gate.clock())

    def _renew(self) -> None:
        moves = self._gate.ground().moves
        if moves != self._as_of:
            with self._lock:
                found = admitted(self._gate.standing(), self._gate.keeper, self._gate.ledger.numbers_of)
                self._clients.renew(found.clients)
                self._as_of = moves
