"""A page shows what was appended to the ledger before it was asked for; what could not be looked up is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client

import comity
from comity import about
from comity.book import COLUMNS, write_rows
from comity.keeping import add_rows, destroy, take_in
from comity.ledger import Item, Ledger, create
from comity.standing.worlds import Case, Choices, Worlds
from comity.web.following import Served
from comity.web.holding import Held
from comity.web.serving import application
from tests.ledger.conftest import BOOK, ORIGIN

TODAY = date(2026, 1, 1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = create(f"sqlite:///{tmp_path}/ledger.db", ORIGIN, about.clock)
    take_in(comity.open(BOOK).book, made)
    yield made
    made.close()


@pytest.fixture
def served(ledger: Ledger) -> Served:
    return Served(Held(comity.open(ledger.url), today=lambda: TODAY, patience=20.0))


@pytest.fixture
def ask(served: Served, make_client: Callable[[Held], Client]) -> Callable[[str], str]:
    return lambda path: make_client(served.now()).get(path).content.decode()


def append(ledger: Ledger, **row: str) -> str:
    given = {**dict.fromkeys(COLUMNS, ""), "actor": "ALF", "made": "2020-01-01", "source": "s", **row}
    return add_rows(ledger, write_rows([given], every=True), "more.csv", TODAY)[0][0]


def test_an_act_changes_the_next_answer_and_nothing_else_is_derived_again(
    ledger: Ledger, served: Served, ask: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "/ask?question=bound&party=ALF&agreement=alf-bet&on=2021-01-01"
    assert "Alfaria is bound by" in ask(question)
    assert not served.now().fold(TODAY, None, False).pending(20.0)
    counted, derive = Counter[str](), Worlds._derive

    def counting(self: Worlds, agreement_id: str, choices: Choices) -> Case:
        counted[agreement_id] += 1
        return derive(self, agreement_id, choices)

    monkeypatch.setattr(Worlds, "_derive", counting)
    append(ledger, ref="left", kind="retract", agreement="alf-bet", replies_to="ab1")
    assert "Alfaria is not bound by" in ask(question)
    assert "still being derived" not in ask("/agreements")
    assert set(counted) == {"alf-bet", "alf-bet-levels"}
    assert "left" in ask("/acts")


def test_a_new_agreement_is_listed(ledger: Ledger, ask: Callable[[str], str]) -> None:
    assert "Pledge of tomorrow" not in ask("/agreements")
    text = comity.open(BOOK).book.files["agreements/pledge.toml"].decode().replace('"pledge"', '"tomorrow"')
    title = next(line for line in text.splitlines() if line.startswith("short"))
    ledger.append([Item("agreements/tomorrow.toml", text.replace(title, 'short = "Pledge of tomorrow"').encode(), whole=True)])
    assert "Pledge of tomorrow" in ask("/agreements")


def test_what_was_destroyed_is_shown_no_more(ledger: Ledger, ask: Callable[[str], str]) -> None:
    act = append(ledger, ref="spilled", kind="denounce", agreement="league")
    assert "spilled" in ask("/acts")
    destroy(ledger, act, by="ALF", authority="order 1", why="mistaken", today=TODAY)
    assert "spilled" not in ask("/acts")


def test_a_request_under_way_keeps_what_it_began_with(ledger: Ledger, served: Served) -> None:
    before = served.now()
    append(ledger, ref="later", kind="denounce", agreement="league")
    assert served.now().entries("later")
    assert not before.entries("later")
    assert served.now() is served.now()


def test_who_comes_while_another_catches_up_does_not_wait(ledger: Ledger, served: Served) -> None:
    before = served.now()
    append(ledger, ref="later", kind="denounce", agreement="league")
    with served._turn:
        assert served.now() is before


def test_a_ledger_that_cannot_be_read_is_said_and_taken_up_again(ledger: Ledger, ask: Callable[[str], str]) -> None:
    assert "What was appended" not in ask("/agreements")
    file = Path(ledger.url.removeprefix("sqlite:///"))
    kept = file.read_bytes()
    file.write_bytes(b"no database at all" * 1000)
    shown = ask("/agreements")
    assert "What was appended to the ledger lately is not shown" in shown
    assert "is no SQLite database" in shown
    file.write_bytes(kept)
    append(ledger, ref="later", kind="denounce", agreement="league")
    assert "What was appended" not in ask("/agreements")
    assert "later" in ask("/acts")


def test_each_request_is_answered_from_what_is_served_when_it_comes(ledger: Ledger, served: Served) -> None:
    pages = application(served)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/acts", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1"}

    def shown() -> str:
        return b"".join(pages({**environ, "wsgi.input": BytesIO()}, lambda *given: None)).decode()

    assert "added-later" not in shown()
    append(ledger, ref="added-later", kind="denounce", agreement="league")
    assert "added-later" in shown()


def test_a_book_stays_what_it_was() -> None:
    held = Held(comity.open(BOOK))
    assert Served(held).now() is held
