"""Acts of a keeper about clients, the standing that they come to, and clients of each sort with what they show."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

from comity.acts import Act, Entry, Source
from comity.exchange.calling.clients import ADMIT, DISMISS, Client
from comity.exchange.calling.credentials import Certificate, Token, token_fingerprint
from comity.parties import Register
from comity.standing import Record, Standing
from comity.terms import parse_moment

KEEPER, PARTNER, STRANGER = "NLD", "EST", "POL"
DAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
CERTIFICATE = Certificate("c" * 64, NOW - timedelta(days=30), NOW + timedelta(days=30))
TOKEN = Token("comity_" + "7" * 64 + "7bc869e0")
SOURCE = Source("the story")
_numbers = itertools.count()


class Records(dict[str, str]):
    """Records of passwords, in memory."""

    def put(self, name: str, record: str) -> None:
        self[name] = record


def act(kind: str, actor: str = KEEPER, replies_to: str | None = None, party: str = PARTNER, **details: str) -> Act:
    ref = f"{kind}-{next(_numbers)}"
    return Act(kind, actor, ref, counterparty=(party,), made=parse_moment("2026-11-20"), replies_to=replies_to, details=details, source=SOURCE)


def admit(client: str = "feed", fingerprint: str = "a" * 64, actor: str = KEEPER, **more: str) -> Act:
    return act(ADMIT, actor, **{"client": client, "shows": "certificate", "fingerprint": fingerprint, "may": "read", **more})


def dismiss(client: str = "feed", actor: str = KEEPER) -> Act:
    return act(DISMISS, actor, client=client)


def standing(*acts: Act) -> Standing:
    entries = tuple(Entry(one, date(2026, 11, 20)) for one in acts)
    return Standing(Record((), entries, Register()), on=DAY, known=DAY)


def clients(until: date | None = None) -> dict[str, Client]:
    """One client of each sort."""
    return {
        "certificate": Client("gate", "EST", "certificate", CERTIFICATE.fingerprint, True, False, until, "admits-gate"),
        "token": Client("feed", "LVA", "token", token_fingerprint(TOKEN.text), True, True, until, "admits-feed"),
        "password": Client("desk", "LTU", "password", "", True, False, until, "admits-desk"),
    }
