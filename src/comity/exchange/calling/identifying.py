"""Whose a credential is: the clients that are let in, and the passwords of theirs that were verified a little while ago.

1. A certificate or a token is looked up by its SHA-256. Who does not know one cannot come nearer to it step by step, so the time of a look-up tells
   nothing.
2. A password that was verified is remembered by an HMAC-SHA256, under a key of this process, of the generation of the clients, the name, the record
   that it was compared with, and itself: for a bounded time, and never beyond another generation or another record.
3. Any other password is compared with its record; of an unknown name, or of a client that shows something else, with nobody's, which takes as long.
4. What was found counts only if the client is still the same when that is done.

Source: docs/explanation/how-exchange-works.md, section 9; RFC 2104.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from comity.exchange.asking import Caller
from comity.exchange.calling.clients import Client, Shows, read_name
from comity.exchange.calling.credentials import Certificate, Credential, Password, Token, token_fingerprint
from comity.exchange.calling.passwords import PasswordRecords, fits, nobodys_record
from comity.terms import BadInput


@dataclass(frozen=True, slots=True)
class _Known:
    """The clients of one generation, by name and by what they show."""

    generation: int = 0
    by_name: Mapping[str, Client] = field(default_factory=dict)
    by_fingerprint: Mapping[tuple[Shows, str], Client] = field(default_factory=dict)


class Clients:
    """The clients of a node, as its ledger last had them. Any thread may ask.

    ``records``: of passwords. ``remember``: for how long a verified password is remembered, ``most``: how many at once.
    """

    def __init__(
        self, records: PasswordRecords, clients: Iterable[Client] = (), *, remember: timedelta = timedelta(minutes=10), most: int = 1000
    ) -> None:
        self._records, self._remember, self._most = records, remember, most
        self._key, self._nobodys = secrets.token_bytes(32), nobodys_record()
        self._verified: OrderedDict[bytes, datetime] = OrderedDict()
        self._lock = threading.Lock()
        self._known = _Known()
        self.renew(clients)

    @property
    def generation(self) -> int:
        """Grows whenever a client is admitted, dismissed or admitted otherwise."""
        return self._known.generation

    def renew(self, clients: Iterable[Client]) -> None:
        """These are the clients from now on. Nothing changes where they are the same as before."""
        by_name = {client.name: client for client in clients}
        with self._lock:
            if by_name != self._known.by_name:
                shown = {(client.shows, client.fingerprint): client for client in by_name.values() if client.fingerprint}
                self._known = _Known(self._known.generation + 1, by_name, shown)
                self._verified.clear()

    def is_known(self, name: str) -> bool:
        """Is there a client of that name?"""
        return name in self._known.by_name

    def is_admitted(self, caller: Caller, now: datetime) -> bool:
        """Is somebody who was identified before still let in, and for the same?"""
        client = self._known.by_name.get(caller.client)
        return client is not None and client.as_caller() == caller and client.is_admitted_on(_day(now))

    def identify(self, shown: Credential, now: datetime) -> Caller | None:
        """Whose credential is this? None: nobody's who is let in. A password that is not remembered takes some 100 ms."""
        caller = self.recognise(shown, now)
        if caller is not None or not isinstance(shown, Password):
            return caller
        known, record = self._known, self._record_of(shown.name)
        client = _by_password(known, shown.name, now)
        fitting = self._fits(shown.password, None if client is None else record)
        if client is None or record is None or not fitting:
            return None
        with self._lock:
            if self._known.by_name.get(client.name) != client:
                return None
            self._verified[self._remembered_by(self._known, shown, record)] = now
            while len(self._verified) > self._most:
                self._verified.popitem(last=False)
        return client.as_caller()

    def _fits(self, password: str, record: str | None) -> bool:
        """Is it the password of the record? Of none, or of a damaged one, it never is, and finding that out takes as long."""
        try:
            return fits(password, record or self._nobodys)
        except BadInput:
            return fits(password, self._nobodys)

    def recognise(self, shown: Credential, now: datetime) -> Caller | None:
        """The same, as far as that can be said at once: None of a password that is not remembered."""
        known = self._known
        match shown:
            case Certificate() if shown.is_good_at(now):
                client = known.by_fingerprint.get(("certificate", shown.fingerprint))
            case Token():
                client = _by_token(known, shown)
            case Password():
                client = self._recalled(known, shown, now)
            case _:
                client = None
        return client.as_caller() if client is not None and client.is_admitted_on(_day(now)) else None

    def _recalled(self, known: _Known, shown: Password, now: datetime) -> Client | None:
        client, record = _by_password(known, shown.name, now), self._record_of(shown.name)
        if client is None or record is None:
            return None
        begun = self._verified.get(self._remembered_by(known, shown, record))
        return client if begun is not None and begun <= now < begun + self._remember else None

    def _record_of(self, name: str) -> str | None:
        """The record of a password, whether or not a client of that name is let in; what can be nobody's name is not asked for."""
        try:
            return self._records.get(read_name(name))
        except BadInput:
            return None

    def _remembered_by(self, known: _Known, shown: Password, record: str) -> bytes:
        said = b"".join(b"%d:%b" % (len(part), part) for part in (shown.name.encode(), record.encode(), shown.password.encode()))
        return hmac.digest(self._key, b"%d:%b" % (known.generation, said), "sha256")


def _by_token(known: _Known, shown: Token) -> Client | None:
    try:
        return known.by_fingerprint.get(("token", token_fingerprint(shown.text)))
    except BadInput:
        return None


def _by_password(known: _Known, name: str, now: datetime) -> Client | None:
    client = known.by_name.get(name)
    return client if client is not None and client.shows == "password" and client.is_admitted_on(_day(now)) else None


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()
