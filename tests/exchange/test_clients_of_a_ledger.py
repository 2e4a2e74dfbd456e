"""The rows that admit and dismiss, appended to a ledger: who is in changes with each, and inside every door at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from comity.book import read_book, write_rows
from comity.exchange.calling.client_acts import admit_row, dismiss_row
from comity.exchange.calling.clients import admitted
from comity.exchange.calling.credentials import Token, new_token, token_fingerprint
from comity.exchange.calling.identifying import Clients
from comity.keeping import Followed, add_rows, take_in
from comity.ledger import Ledger, create
from tests.exchange.admitting import Records

BOOK = Path(__file__).parents[1] / "permissions" / "book"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = create(f"sqlite:///{tmp_path}/record.db", "node.example.org", lambda: NOW)
    take_in(read_book(BOOK), made)
    return made


def test_a_row_appended_lets_in_and_another_does_not(ledger: Ledger) -> None:
    followed, clients, token = Followed(ledger), Clients(Records()), new_token()

    def append(row: dict[str, str]) -> None:
        add_rows(ledger, write_rows([row]), "rows", NOW.date())
        followed.catch_up()
        standing = followed.standing(on=NOW.date(), known=NOW.date())
        clients.renew(admitted(standing, "ALF", ledger.numbers_of).clients)

    def is_in() -> bool:
        return clients.identify(Token(token), NOW) is not None

    for number in range(2):
        at = NOW + timedelta(seconds=number)
        append(admit_row("ALF", "BET", "feed", "token", at, fingerprint=token_fingerprint(token), may=("read", "write")))
        assert is_in()
        append(dismiss_row("ALF", "BET", "feed", at))
        assert not is_in()
    append(admit_row("BET", "BET", "feed", "token", NOW, fingerprint=token_fingerprint(token)))
    assert not is_in(), "a partner admits nobody here"
    assert token.encode() not in b"".join(ledger.files().values())
