"""Bad input, things not on record, other people's hosts, hostile words, and what a viewer may not see."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client

import comity
from comity.about import Opened
from comity.standing import Standing
from comity.terms import BadInput
from comity.web.holding import Held
from comity.web.serving import bind
from tests.web.conftest import foreign_scripts

MakeClient = Callable[[Held], Client]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("/agreements?on=yesterday", "is not a day"),
        ("/agreements?on=2023-02-30", "not a day of the calendar"),
        ("/agreements?known=x", "is not a day"),
        ("/agreements?strict=maybe", "neither yes nor no"),
        ("/agreements?sort=colour", "sort by one of"),
        ("/ask?question=may", "ask one of"),
        ("/ask?question=bound&party=FIN", "needs agreement"),
        ("/ask?question=between&party=FIN&other=FIN&agreement=nato-treaty", "one party"),
        ("/acts?page=0", "choose one between"),
        ("/acts?page=x", "choose one between"),
        ("/acts?kind=dance", "no kind of act"),
        ("/ask?question=in-force&agreement=ctbt&format=xml", "format=json"),
    ],
)
def test_bad_input_is_one_clear_line_and_400(client: Client, url: str, says: str) -> None:
    response = client.get(url)
    assert response.status_code == 400
    assert says in response.content.decode()
    assert "frame-ancestors" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("/agreements/nato-treety", "nato-treaty"),
        ("/parties/Finlandd", "FIN"),
        ("/parties/ZZZZ/FIN", "no party"),
        ("/rules/consentt", "consent"),
        ("/acts/nato-treaty-FIN-acede", "nato-treaty-FIN-accede"),
        ("/agreements/nato-treaty/clauses/999", "has no clause"),
        ("/nowhere", "there is no page"),
        ("/agreements?as=NOBODY", "no party"),
        ("/static/settings.py", "there is no page"),
        ("/ask?question=bound&party=FIN&agreement=nope-nope", "no agreement"),
        ("/rules/..%2f..%2fREADME", "there is no page"),
        ("/static/..%2fsettings.py", "there is no page"),
    ],
)
def test_what_is_not_on_record_is_404_with_what_is_near(client: Client, url: str, says: str) -> None:
    response = client.get(url)
    assert response.status_code == 404
    assert says in response.content.decode()
    assert "comity parties" not in response.content.decode()


def test_what_is_near_is_linked(client: Client) -> None:
    page = client.get("/agreements/nato-treety").content.decode()
    assert '<a href="/agreements/nato-treaty">nato-treaty</a>' in page
    assert '<a href="/parties/FIN">FIN</a>' in client.get("/parties/Finlandd").content.decode()


def test_an_error_as_json(client: Client) -> None:
    response = client.get("/ask?question=in-force&agreement=nope&format=json")
    assert response.status_code == 404
    assert "error" in response.json()


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "0002-01-01", "9990-12-31"])
def test_the_ends_of_the_calendar_break_nothing(make_client: MakeClient, small: Opened, on: str) -> None:
    client = make_client(Held(small))
    for url in ("/", "/agreements/pact", "/parties/AAA", "/parties/AAA/BBB", "/ask?question=bound&party=AAA&agreement=pact"):
        assert client.get(url, {"on": on} if "?" not in url else None).status_code in (200, 400), url


def test_another_host_s_name_is_refused(client: Client) -> None:
    response = client.get("/rules", HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert response["X-Content-Type-Options"] == "nosniff"


def test_pages_are_read_only(client: Client) -> None:
    response = client.post("/ask", {"question": "bound"})
    assert response.status_code == 405


def test_hostile_words_are_text_and_hostile_addresses_no_links(make_client: MakeClient, small: Opened, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "pact.md").write_text("##Pact\n\n###Article II\n\n1. Enters <script>alert(2)</script> into force.\n\n###Article III\n\nOther\n")
    (tmp_path / "secret.md").write_text("###Article II\n\nsecret\n")
    client = make_client(Held(small, texts=texts))
    urls = (
        "/",
        "/agreements?q=%3Cscript%3E",
        "/agreements/pact",
        "/agreements/pact/clauses/1",
        "/parties",
        "/parties/AAA",
        "/parties/ORG/AAA",
        "/parties/AAA/BBB",
        "/acts/pact-AAA-ratify",
        "/acts",
        "/book",
        "/ask?question=bound&party=AAA&agreement=pact",
        "/%3Cscript%3E",
    )
    for url in urls:
        page = client.get(url).content.decode()
        assert not foreign_scripts(page), url
        assert "<img" not in page, url
        assert "javascript:" not in page, url
    wording = client.get("/agreements/pact/clauses/1").content.decode()
    assert "Enters &lt;script&gt;alert(2)&lt;/script&gt; into force." in wording
    assert "secret" not in wording
    assert "Organ" in client.get("/parties/ORG/AAA").content.decode()


def test_what_a_viewer_may_not_see_does_not_show(make_client: MakeClient, small: Opened) -> None:
    client = make_client(Held(small))
    assert client.get("/acts/pact-BBB-denounce").status_code == 200
    assert client.get("/acts/pact-BBB-denounce?as=AAA").status_code == 200
    hidden = client.get("/acts/pact-BBB-denounce?as=public")
    assert hidden.status_code == 404
    assert "secret note" not in hidden.content.decode()
    never = client.get("/acts/pact-BBB-denouncf?as=public").content.decode()
    assert "pact-BBB-denounce" not in never.replace("pact-BBB-denouncf", "")
    for url in ("/", "/agreements/pact", "/parties/BBB", "/acts", "/book", "/ask?question=bound&party=BBB&agreement=pact"):
        page = client.get(url + ("&" if "?" in url else "?") + "as=public").content.decode()
        assert "pact-BBB-denounce" not in page, url
        assert "secret note" not in page, url
    assert "pact-BBB-denounce" in client.get("/agreements/pact").content.decode()


@pytest.mark.parametrize("room", ["agreements", "parties", "rules", "acts"])
def test_what_was_typed_is_not_taken_for_what_is_near(make_client: MakeClient, small: Opened, room: str) -> None:
    client = make_client(Held(small))
    response = client.get(f"/{room}/did you mean pact-BBB-denounce%3F", {"as": "public"})
    assert response.status_code == 404
    assert "/acts/pact-BBB-denounce" not in response.content.decode()


def test_a_page_does_not_wait_for_every_agreement_of_the_whole_book(make_client: MakeClient) -> None:
    whole = Held(comity.open(comity.bundled_book()), patience=0.1)
    client = make_client(whole)
    for url in ("/", "/parties", "/parties/FRA"):
        page = client.get(url).content.decode()
        assert "still being derived" in page
    whole.stop()
    for url in ("/book", "/acts", "/agreements/gsomia-jpn-kor", "/acts?party=FRA"):
        assert client.get(url).status_code == 200


def test_an_agreement_that_cannot_be_derived_takes_no_other_page_with_it(
    make_client: MakeClient, small: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(standing: Standing, agreement: str, on: object = None) -> list[object]:
        raise RuntimeError("no such clause")

    monkeypatch.setattr(Standing, "status", broken)
    client = make_client(Held(small))
    assert "cannot be derived" in client.get("/agreements").content.decode()
    assert "RuntimeError: no such clause" in client.get("/book").content.decode()
    assert client.get("/parties/AAA").status_code == 200
    assert client.get("/parties/AAA/BBB").status_code == 200


def test_a_taken_port_is_one_line_that_says_what_to_do() -> None:
    with bind(0) as server:
        assert server.server_address[0] == "127.0.0.1"
        with pytest.raises(BadInput, match=rf"port {server.server_port} of 127\.0\.0\.1 is in use"):
            bind(server.server_port)


def test_the_settings_have_no_database_and_no_fixed_key() -> None:
    from comity.web import settings

    assert connections["default"].vendor == "unknown"
    assert len(settings.SECRET_KEY) > 40
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "comity.web.settings"
