"""The own record, out of a node's ledger, as taking acts asks it: what is held, whose keys are whose, and where acts from elsewhere are put.

Acts that came from a partner stand in a file of acts of their own, ``acts/from-PARTY.csv``, recorded on the day on which they came.

Source: docs/explanation/how-exchange-works.md, section 10.2; docs/explanation/how-the-ledger-is-kept.md, sections 10 and 11.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from comity.acts import Act, Entry, read_act
from comity.exchange.between.carrying_acts import CarriedAct
from comity.exchange.between.taking_acts import Key, WaitingAct
from comity.keeping import Followed, add_entries, misread
from comity.ledger import Ledger
from comity.standing import PartyKey, Signers

_NO_FILE = re.compile(r"[^A-Za-z0-9.-]")


class LedgerActs:
    """The acts of a ledger whose keeper is ``keeper``; ``clock`` gives the instant, with its zone. For one thread at a time."""

    def __init__(self, ledger: Ledger, keeper: str, clock: Callable[[], datetime]) -> None:
        self.ledger, self._keeper, self._clock = ledger, keeper, clock
        self._followed = Followed(ledger)
        self._signers: tuple[int, date, Signers] | None = None
        self._bearers: dict[str, str] = {}
        self._read: tuple[int, Entry | None] = 0, None

    @property
    def keeper(self) -> str:
        return self._keeper

    @property
    def today(self) -> date:
        return self._clock().date()

    @property
    def size(self) -> int:
        self._followed.catch_up()
        return self._followed.head.size

    def there(self, hashes: Iterable[str]) -> set[str]:
        return set(self.ledger.numbers_of(hashes))

    def act(self, act_hash: str) -> Act | None:
        held = [one.act for one in self.ledger.held_as(act_hash) if one.act is not None]
        return read_act(held[0]) if held else None

    def keys(self) -> Iterable[PartyKey]:
        size, today = self.size, self.today
        if self._signers is None or self._signers[:2] != (size, today):
            self._signers = size, today, Signers(self._followed.record, today, None)
        return self._signers[2].keys

    def part_of(self, code: str) -> str | None:
        party = self._followed.record.register.parties.get(code)
        return None if party is None else party.part_of

    def bearer(self, ref: str) -> str | None:
        entries, (done, last) = self._followed.record.entries, self._read
        if len(entries) < done or (done and entries[done - 1] is not last):  # the record was read anew
            self._bearers, done = {}, 0
        for entry in entries[done:]:
            self._bearers.setdefault(entry.act.ref, entry.act.attributed_to)
        self._read = len(entries), entries[-1] if entries else None
        return self._bearers.get(ref)

    def taking_part(self, agreement: str) -> set[str]:
        record = self._followed.record
        if not record.has_agreement(agreement, self.today):
            return set()
        own = (entry.act for entry in record.entries_of(agreement) if entry.act.kind != "deny")
        return {*record.agreement(agreement).negotiating, *(act.attributed_to for act in own)}

    def misread(self, acts: Sequence[CarriedAct]) -> Mapping[str, str]:
        return misread(self._followed.record, self._entries(acts))

    def append(self, acts: Sequence[CarriedAct], sender: str) -> None:
        add_entries(self.ledger, self._entries(acts), file_of(sender))
        self._followed.catch_up()

    def _entries(self, acts: Sequence[CarriedAct]) -> list[Entry]:
        return [Entry(carried.act, self.today, signature=carried.signature) for carried in acts]


def file_of(sender: str) -> str:
    """The file of acts of those that came from this party; every other character of its code is written by its number."""
    return f"acts/from-{_NO_FILE.sub(lambda found: f'_{ord(found[0]):x}_', sender)}.csv"


class WaitingInMemory:
    """Acts that wait, as long as the program runs."""

    def __init__(self) -> None:
        self._kept: dict[Key, WaitingAct] = {}

    def all(self) -> Sequence[WaitingAct]:
        return list(self._kept.values())

    def keep(self, waiting: WaitingAct) -> None:
        self._kept[waiting.key] = waiting

    def let_go(self, key: Key) -> None:
        self._kept.pop(key, None)
