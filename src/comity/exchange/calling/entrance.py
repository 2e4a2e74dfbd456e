"""The entrance of a node: who is let in, who is turned away, who has to wait.

1. Who shows nothing is turned away, and nothing is counted.
2. Where failures from the address, or under the name, have filled their tally, everybody is turned away, right or wrong, until it has leaked. How
   long that is stands in the log alone.
3. What is shown is looked up. Passwords that have to be compared wait their turn, a few at a time, so that comparing takes neither every core nor
   much memory; when their turn comes, 2 is asked again. Where too many wait, one more is told to come again.
4. What was not found is counted, for the address and (of a password) for the name. Being right takes nothing off: else one right credential would
   buy any number of wrong ones.
5. Who was found and asks too fast is told how long to wait.

Source: docs/explanation/how-exchange-works.md, section 9; RFC 6585, 4 (too many requests); NIST SP 800-63B-4, 3.2.2 (throttling).
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address

from comity.exchange.asking import Caller
from comity.exchange.calling.credentials import Credential, Password
from comity.exchange.calling.identifying import Clients
from comity.exchange.calling.tallies import Tallies

_LOG = logging.getLogger(__name__)
_HOME_NETWORK = 64


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Nobody was let in. ``wait``: whole seconds after which to come again; None: what was shown is not known, or nothing was shown."""

    wait: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """``failures`` that are let pass, and how many ``seconds`` it takes until one of them is forgotten; ``pace`` of requests a second of a client,
    and the ``burst`` that may come at once; how many passwords are compared ``at_once``, and how many more may be ``waiting``; of how many ``names``
    and addresses something is remembered.
    """

    failures: int = 10
    seconds: float = 60.0
    pace: float = 50.0
    burst: int = 200
    at_once: int = 2
    waiting: int = 16
    names: int = 10_000


class Entrance:
    """The entrance of one node, for all its doors. Any thread may ask. ``clients`` is renewed by whoever follows the ledger."""

    def __init__(self, clients: Clients, limits: Limits = Limits()) -> None:
        self.clients = clients
        self._failures = Tallies(limits.failures, 1 / limits.seconds, limits.names)
        self._pace = Tallies(limits.burst, limits.pace, limits.names)
        self._comparing = threading.BoundedSemaphore(limits.at_once)
        self._waiting = threading.BoundedSemaphore(limits.at_once + limits.waiting)

    def admit(self, shown: Credential | None, address: str, now: datetime) -> Caller | TurnedAway:
        """Who is calling from this address, if that is somebody who is let in now."""
        # 1. nothing
        if shown is None:
            return TurnedAway()
        # 2. the tallies
        if self._is_locked(shown, address, now):
            return TurnedAway()
        # 3. what is shown
        found: Caller | TurnedAway | None = self.clients.recognise(shown, now)
        if found is None and isinstance(shown, Password):
            found = self._compared(shown, address, now)
        # 4. not found
        elif found is None:
            self._count(shown, address, now)
        # 5. too fast
        if isinstance(found, Caller) and (wait := self._pace.take(found.client, now.timestamp())):
            return TurnedAway(math.ceil(wait))
        return found or TurnedAway()

    def _compared(self, shown: Password, address: str, now: datetime) -> Caller | TurnedAway | None:
        """Compared when its turn has come. Counted before the next one's has: else several at once would pass over the limit."""
        if not self._waiting.acquire(blocking=False):
            return TurnedAway(1)
        try:
            with self._comparing:
                if self._is_locked(shown, address, now):
                    return None
                found = self.clients.identify(shown, now)
                if found is None:
                    self._count(shown, address, now)
                return found
        finally:
            self._waiting.release()

    def _is_locked(self, shown: Credential, address: str, now: datetime) -> bool:
        for who, told in self._counted(shown, address):
            if wait := self._failures.wait(who, now.timestamp()):
                _LOG.info("turned away, for %.0f s more: %s", wait, told)
                return True
        return False

    def _count(self, shown: Credential, address: str, now: datetime) -> None:
        for who, told in self._counted(shown, address):
            if wait := self._failures.add(who, now.timestamp()):
                _LOG.warning("too many failures: everybody is turned away, for %.0f s: %s", wait, told)

    def _counted(self, shown: Credential, address: str) -> Iterator[tuple[str, str]]:
        """Under which names a failure is counted, and what the log says of each: a name that is no client's may be a password that slipped."""
        network = network_of(address)
        yield f"address {network}", f"address {network!r}"
        if isinstance(shown, Password):
            yield f"name {shown.name}", f"client {shown.name}" if self.clients.is_known(shown.name) else "a name that is no client's"


def network_of(address: str) -> str:
    """What counts as one address: of IPv6 the 64 bits that one subscriber is given at least; what is no address, as it is written."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if not isinstance(read, IPv6Address):
        return str(read)
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return str(IPv6Address(int(read) >> _HOME_NETWORK << _HOME_NETWORK)) + f"/{_HOME_NETWORK}"
