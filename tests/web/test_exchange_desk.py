"""The exchange desk: what left and who would get what, to the keeper's people alone; a second person releases what waits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from comity.about import Opened
from comity.exchange import Collection, Desk, Node, find_node
from comity.keeping import PartedRecord
from comity.web.asking import HELD, NODE
from comity.web.holding import Held
from comity.web.readers import READER, Reader, Role
from tests.exchange.small_nodes import BET, CLOSE, GAM, OPEN, SmallNode, indicator, thing

PAGES = (
    "/exchange",
    "/exchange/would",
    "/exchange/would?level=CLOSE",
    "/exchange/reads",
    "/exchange/reads?partner=BET",
    "/exchange/reads/1",
    "/exchange/queue",
)
ALF = Reader("Anna", "ALF")
RELEASING = Reader("Bo", None, frozenset({Role.RELEASE_AUTHORITY}))


@dataclass
class Served:
    small: SmallNode
    holding: Held

    def client(self, reader: Reader | None = None, *, node: bool = True, checks: bool = False) -> Client:
        environ: dict[str, Any] = {HELD: self.holding, NODE: self.small.node if node else None, "SERVER_NAME": "127.0.0.1"}
        return Client(enforce_csrf_checks=checks, **(environ if reader is None else {**environ, READER: reader}))

    def text(self, url: str, reader: Reader | None = None) -> str:
        response = self.client(reader).get(url)
        assert response.status_code == 200, url
        return response.content.decode()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    small = SmallNode(f"sqlite:///{tmp_path}/node.db")
    small.vouch("BET", "cleared=ALF:CLOSE")
    small.put(thing("one", OPEN), thing("two", CLOSE))
    small.read(BET)
    small.read(GAM)
    yield Served(small, Held(Opened(PartedRecord(small.ledger)), today=lambda: date(2022, 1, 10), patience=20.0))
    small.ledger.close()


def test_what_left_is_told_with_its_release_acts(served: Served) -> None:
    overview = served.text("/exchange")
    assert "Warnings" in overview
    assert "ALF CLOSE" in overview
    read = served.text("/exchange/reads/1")
    (one,) = Desk(served.small.node).log("BET")
    assert "the log and the release acts say just this" in read
    for act in one.acts:
        assert act in read
    for name in ("thing--one", "thing--two"):
        assert name in read
    assert "thing--two" not in served.text("/exchange/reads/2")
    rows = served.client().get("/exchange/reads?format=json").json()["reads"]
    assert [(row["partner"], row["objects"]) for row in rows] == [("GAM", 1), ("BET", 2)]


def test_who_would_get_it_is_what_the_gate_says(served: Served) -> None:
    found = served.client().get("/exchange/would?level=CLOSE&format=json").json()["would-get"]
    assert {row["partner"]: row["gets"] for row in found} == {"BET": True, "GAM": False}
    (refused,) = [row for row in found if not row["gets"]]
    assert refused["why"]
    page = served.text("/exchange/would?level=CLOSE")
    assert "1 partner gets it" in page
    assert "every reason" in page
    assert len(Desk(served.small.node).log()) == 2, "asking reads nothing"


def test_programs_are_told_the_same(served: Served) -> None:
    client = served.client()
    found = client.get("/api/v1/exchange/would?level=CLOSE").json()
    assert found["partners"] == client.get("/exchange/would?level=CLOSE&format=json").json()["would-get"]
    reads = client.get("/api/v1/exchange/reads?limit=1").json()
    assert reads["total"] == 2
    assert [*reads["reads"], *client.get(reads["next"]).json()["reads"]] == client.get("/exchange/reads?format=json").json()["reads"]
    page = client.get("/api/v1/exchange/reads/1").json()
    assert page["holds"]
    assert {one["id"] for one in page["objects"]} == {"thing--one", "thing--two"}
    for url in ("would?level=CLOSE", "reads", "reads/1"):
        foreign, absent = (c.get(f"/api/v1/exchange/{url}") for c in (served.client(Reader("Carl", "BET")), served.client(node=False)))
        assert (foreign.status_code, foreign.content) == (404, absent.content)
    assert client.get("/api/v1/exchange/reads/77").status_code == 404


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("level=NONE", "NONE"),
        ("level=CLOSE&policy=GONE", "no classification policy"),
        ("rel=NOWHERE", "no party"),
        ("level=CLOSE&originator=GAM", "under which policy"),
    ],
)
def test_a_label_that_cannot_be_read_is_told_in_one_line(served: Served, query: str, says: str) -> None:
    response = served.client().get(f"/exchange/would?{query}")
    assert response.status_code in (400, 404)
    assert says in response.content.decode().partition('class="problem"')[2].partition("</p>")[0]


@pytest.mark.parametrize("url", PAGES)
def test_others_find_nothing_there(served: Served, url: str) -> None:
    """To another party's reader, and where no node is served, it is as a page that never was."""
    served.text(url)
    served.text(url, ALF)
    foreign, absent = served.client(Reader("Carl", "BET")).get(url), served.client(node=False).get(url)
    assert foreign.status_code == absent.status_code == 404
    assert "/exchange" in absent.content.decode()
    told = [response.content.decode().partition("<main")[2].partition("</main>")[0] for response in (foreign, absent)]
    assert told[0].replace("as=BET", "") == told[1]
    assert 'href="/exchange"' not in foreign.content.decode().partition("<main")[0]


def test_a_second_person_releases_what_waits(served: Served) -> None:
    node = served.small.node
    careful = node.put_collection(
        Collection(0, "8e4f3c1a-0000-4000-8000-000000000001", "Careful", alias="careful", readers=frozenset({"BET"}), four_eyes=True)
    )
    body = json.dumps({"objects": [indicator(1)]}).encode()
    number = Desk(node).propose("Anna", careful.id, body, OPEN)
    assert "proposed by Anna" in served.text("/exchange/queue")
    sent = {"number": str(number), "does": "approve"}
    assert served.client().post("/exchange/queue", sent).status_code == 403, "whoever is at this machine releases nothing"
    assert served.client(Reader("Anna", None, frozenset({Role.RELEASE_AUTHORITY}))).post("/exchange/queue", sent).status_code == 400
    assert served.client(RELEASING, checks=True).post("/exchange/queue", sent).status_code == 403, "a form of nobody's page"
    assert Desk(node).proposed()
    assert served.client(RELEASING).post("/exchange/queue", sent).status_code == 302
    assert not Desk(node).proposed()
    assert "Nothing waits" in served.text("/exchange/queue")
    for wrong in ({"number": "x", "does": "approve"}, {"number": "77", "does": "approve"}, {"number": "1"}):
        assert served.client(RELEASING).post("/exchange/queue", wrong).status_code in (400, 404)


def test_a_ledger_that_is_no_nodes_has_none(tmp_path: Path, served: Served) -> None:
    from comity import about
    from comity.ledger import create

    plain = create(f"sqlite:///{tmp_path}/plain.db", "plain.example.org", about.clock)
    assert find_node(plain, about.clock) is None
    assert isinstance(find_node(served.small.ledger, served.small.clock), Node)
    plain.close()
