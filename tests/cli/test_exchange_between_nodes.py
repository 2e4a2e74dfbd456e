"""Commands between nodes, over HTTP on this machine: pulling, pushing, and the TAXII suite; what they print, and what they say of what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.about import clock
from comity.book import read_book, write_rows
from comity.exchange import Node, make_node
from comity.exchange.calling import Limits, Reception, admit_row, new_token, token_fingerprint
from comity.keeping import add_rows, take_in
from comity.ledger import create
from comity.web.exchange import NodeDoor, served_beside
from tests.cli.running import comity
from tests.cli.test_answers_as_json import validator
from tests.exchange.small_nodes import BOOK, KEEPER, SmallNode, indicator


@contextmanager
def alfaria(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """Alfaria's node on the loopback, with a token for Betonia: its address and its collection."""
    small = SmallNode(f"sqlite:///{folder / 'alf.db'}", datetime.now(UTC).date().isoformat())
    clear = ["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"]
    body = json.dumps({"objects": [indicator(n, object_marking_refs=clear) for n in range(3)]}).encode()
    assert small.node.add(KEEPER, small.home, body).refused == ()
    token = new_token()
    row = admit_row("ALF", "BET", "bet-node", "token", small.clock(), fingerprint=token_fingerprint(token), may=("read", "write"))
    add_rows(small.ledger, write_rows([row]), "added", small.clock().date())
    monkeypatch.setenv("COMITY_TOKEN", token)
    door = NodeDoor(small.node, Reception(small.node.gate, replace(Limits(), pace=1e6, burst=1_000_000)))
    with served_beside(door) as url:
        yield url, small.home


@pytest.fixture
def betonia(tmp_path: Path) -> str:
    """The address of Betonia's ledger, which is its node."""
    url = f"sqlite:///{tmp_path / 'bet.db'}"
    ledger = create(url, "node.bet.example", clock)
    take_in(read_book(BOOK), ledger)
    make_node(ledger, "BET", clock())
    Node(ledger, clock)
    ledger.close()
    return url


def test_pulling_takes_in_what_is_new_once(betonia: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with alfaria(tmp_path, monkeypatch) as (url, _):
        first = comity("--ledger", betonia, "exchange", "pull", "ALF", "--url", url, "--json")
        assert first.code == 0, first
        validator("exchange-pull").validate(first.json)
        assert [(one["given"], one["taken"]) for one in first.json["collections"]] == [(3, 3)]
        again = comity("--ledger", betonia, "exchange", "pull", "ALF", "--url", url)
        assert again.code == 0
        assert "everything that is new is here" in again.out
    gone = comity("--ledger", betonia, "exchange", "pull", "ALF", "--url", url)
    assert gone.code == 1
    assert "does not answer" in gone.out


def test_pushing_delivers_what_the_gate_lets_out(betonia: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = tmp_path / "open.csv"
    bundle.write_text("type,value,valid_from,tlp\nip,198.51.100.1,2026-01-01T00:00:00Z,clear\n", encoding="utf-8")
    assert comity("--ledger", betonia, "exchange", "collection", "add", "Ours", "--alias", "ours", "--readers", "ALF").code == 0
    publish = ("exchange", "publish", str(bundle), "--into", "ours", "--level", "UNCLASSIFIED", "--by", "tester", "--yes")
    published = comity("--ledger", betonia, *publish)
    assert published.code == 0, published
    with alfaria(tmp_path, monkeypatch) as (url, home):
        words = ("exchange", "push", "ALF", "--url", url, "--from", "ours", "--root", "/bet/", "--into", home)
        done = comity("--ledger", betonia, *words, "--json")
        assert done.code == 0, done
        validator("exchange-push").validate(done.json)
        assert done.json["delivered"] >= 1, (done, published)
        assert comity("--ledger", betonia, *words, "--json").json["delivered"] == 0


def test_the_suite_is_run_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with alfaria(tmp_path, monkeypatch) as (url, _):
        done = comity("selftest", "taxii", url, "--json")
    validator("selftest-taxii").validate(done.json)
    assert [one for one in done.json["checks"] if one["passed"] is False] == []
    assert done.code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("exchange pull ALF --url http://node.example.org", "give the partner's address with https"),
        ("exchange pull NONE --url http://127.0.0.1:9", "NONE"),
        ("exchange pull ALF --url https://127.0.0.1:9 --certificate nothing.pem", "give each as a PEM file"),
        ("selftest taxii nothing", "is no address"),
        ("selftest taxii http://127.0.0.1:9", "nothing answers at"),
        ("exchange serve --proxy-secret nothing", "give the file with the front proxy's secret"),
    ],
)
def test_what_is_wrong_is_one_line(betonia: str, words: str, says: str) -> None:
    done = comity("--ledger", betonia, *words.split())
    assert done.code == 2
    assert says in done.err
    assert len(done.err.splitlines()) == 1
