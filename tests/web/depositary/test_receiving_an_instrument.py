"""Receiving an instrument: the form that is all in the address, what it says by the field, the checklist, and what comes next."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from comity.ledger import Ledger
from comity.web.following import Served
from comity.web.holding import Held
from tests.web.depositary.conftest import Rows, bundled, officer, row
from tests.web.recording.conftest import Desk

FIRST = row("accede", "BBB", "2001-01-01")
WHOSE = "agreement=pact&by=AAA"


@pytest.fixture
def client(book: Rows) -> Client:
    return officer(book(row("sign", "AAA", "2000-06-01"), FIRST, row("accede", "DDD", "2001-03-01"), today=date(2001, 2, 1)))


def received(client: Client, query: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/depositary/receive?{query}&format=json").json()
    return found


def outcome(found: dict[str, Any], about: str) -> str:
    return next(str(check["outcome"]) for check in found["checks"] if check["about"] == about)


def test_an_instrument_in_order_brings_the_agreement_into_force(client: Client) -> None:
    found = received(client, f"{WHOSE}&kind=ratify&title=head+of+state&known=2001-02-28")
    assert (found["outcome"], found["number"], found["series"]) == ("pass", 2, "instrument of consent")
    assert (found["on"], found["entry"], found["bound_from"], found["register"]) == ("2001-02-01", "2001-03-03", "2001-03-03", True)


def test_it_is_numbered_before_what_came_later(client: Client) -> None:
    page = client.get(f"/depositary/receive?{WHOSE}&kind=ratify&on=2000-12-01").content.decode()
    assert "no. 1" in page
    assert "1 instrument that came later has its number already" in page


def test_the_worst_line_tells_how_it_came_out(client: Client) -> None:
    assert received(client, f"{WHOSE}&kind=ratify")["outcome"] == "open"
    assert received(client, f"{WHOSE}&kind=ratify&title=other")["outcome"] == "fail"


def test_a_reservation_is_judged_by_the_clause(client: Client) -> None:
    title = "title=head+of+state"
    assert outcome(received(client, f"{WHOSE}&kind=ratify&{title}&articles=1(2)"), "permitted") == "fail"
    assert outcome(received(client, f"{WHOSE}&kind=ratify&{title}&articles=5,+6"), "permitted") == "pass"
    assert outcome(received(client, f"{WHOSE}&kind=ratify&{title}&reservation=not+for+us"), "permitted") == "open"


@pytest.mark.parametrize("typed", ["1(2)", " 1 (2) ", "\t1\u00a0(2),", ", 1  (2)"])
def test_white_space_around_and_in_an_article_counts_for_nothing(client: Client, typed: str) -> None:
    answer = client.get("/depositary/receive", {"agreement": "pact", "by": "AAA", "kind": "ratify", "articles": typed, "title": "head of state"})
    page = unescape(answer.content.decode())
    assert "not permitted: ask the state to withdraw it" in page
    asked = client.get("/depositary/receive", {"agreement": "pact", "by": "AAA", "kind": "ratify", "articles": typed, "format": "json"}).json()
    assert outcome(asked, "permitted") == "fail"


def test_a_notice_of_withdrawal_says_from_when_it_is_free(book: Rows) -> None:
    held = book(FIRST, row("accede", "AAA", "2001-02-01"), row("accede", "CCC", "2001-02-01"), today=date(2002, 1, 1))
    found = received(officer(held), f"{WHOSE}&kind=denounce&title=head+of+state")
    assert (found["outcome"], found["free_from"], found["series"], found["number"]) == ("pass", "2002-07-01", "notice of withdrawal", 1)


@pytest.mark.parametrize(
    ("query", "status", "field", "words"),
    [
        ("agreement=pact&by=AAA", 400, "kind", "choose what it is"),
        ("kind=ratify&by=AAA", 400, "agreement", "choose the agreement"),
        ("agreement=pact&kind=ratify", 400, "by", "say whose instrument it is"),
        ("agreement=none&by=AAA&kind=ratify", 404, "agreement", "no agreement 'none' is on record"),
        ("agreement=pact&by=Narnia&kind=ratify", 404, "by", "no party 'Narnia' is on record"),
        (f"{WHOSE}&kind=buy", 400, "kind", "'buy'; choose one of sign, ratify"),
        (f"{WHOSE}&kind=ratify&title=king", 400, "title", "'king'; choose one of head of state"),
        (f"{WHOSE}&kind=ratify&on=yesterday", 400, "on", "received on: 'yesterday' is not a day"),
        (f"{WHOSE}&kind=sign&closes=soon", 400, "closes", "'soon' is not a day"),
    ],
)
def test_what_is_wrong_stands_by_the_field(client: Client, query: str, status: int, field: str, words: str) -> None:
    answer = client.get(f"/depositary/receive?{query}")
    page = unescape(answer.content.decode())
    assert answer.status_code == status
    hint = re.search(rf'<p class="hint" id="h-{field}">(.*?)</p>', page, re.DOTALL)
    assert hint
    assert words in hint[1]
    assert page.count('class="says"') == 1
    assert words in received(client, query)["fields"][field]
    asked = client.get(f"/api/v1/depositary/receive?{query}")
    assert asked.status_code in (status, 400)


def test_an_empty_form_is_no_mistake(client: Client) -> None:
    answer = client.get("/depositary/receive?on=2001-01-01")
    assert answer.status_code == 200
    assert 'class="says"' not in answer.content.decode()
    assert client.get("/depositary/receive?as=NOBODY").status_code == 404


def test_the_api_says_what_the_page_says(client: Client) -> None:
    query = f"{WHOSE}&kind=ratify&title=head+of+state"
    assert client.get(f"/api/v1/depositary/receive?{query}").json() == received(client, query)


def test_what_comes_next_is_recorded_by_a_form_filled_in(served: Served, ledger: Ledger) -> None:
    desk = Desk(served)
    query = "agreement=league&by=BET&kind=denounce&title=head+of+state&articles=3"
    page = unescape(desk.get(f"/depositary/receive?{query}").content.decode())
    links = [urlsplit(link) for link in re.findall(r'href="(/record/act\?[^"]*)"', page)]
    assert [{name: values[0] for name, values in parse_qs(link.query).items()} for link in links] == [
        {"kind": "denounce", "actor": "BET", "agreement": "league", "made": "2026-01-01", "received": "2026-01-01"},
        {"kind": "reserve", "actor": "BET", "agreement": "league", "made": "2026-01-01", "received": "2026-01-01", "d.articles": "3"},
    ]
    for link in links:
        form = desk.form(f"{link.path}?{link.query}")
        assert form["received"] == "2026-01-01"
    assert form["d.articles"] == "3"


def test_in_real_cases_what_the_law_asks_comes_out() -> None:
    held: Held = bundled("pfp-sofa", "nato-sofa", "cwc")
    client = officer(held)
    albania = received(client, "agreement=pfp-sofa&by=ALB&kind=ratify&on=1996-05-09&known=1996-05-08&title=minister+for+foreign+affairs")
    assert (albania["outcome"], albania["bound_from"]) == ("pass", "1996-06-08")
    austria = received(client, "agreement=nato-sofa&by=AUT&kind=accede&title=head+of+state")
    assert (austria["outcome"], outcome(austria, "open to")) == ("fail", "fail")
    hungary = received(client, "agreement=cwc&by=HUN&kind=ratify&on=1996-10-31&known=1996-10-30&title=head+of+state")
    assert (hungary["entry"], hungary["number"], hungary["register"]) == ("1997-04-29", 65, False)
