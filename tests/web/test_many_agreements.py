"""Where agreements are too many to choose from, a field takes words, and offers the nearest as they are typed."""

from __future__ import annotations

import pytest
from django.test import Client

from comity.web import forms, naming


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MOST_CHOSEN", 3)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("url", ["/must", "/ask", "/draft", "/brief", "/what-if", "/differences", "/depositary"])
def test_a_field_takes_words_instead_of_listing_all(client: Client, url: str) -> None:
    page = client.get(f"{url}?agreement=ctbt").content.decode()
    assert '<select name="agreement">' not in page
    assert 'name="agreement" list="named" value="ctbt"' in page
    assert 'hx-get="/named"' in page


@pytest.mark.usefixtures("few")
def test_what_was_chosen_from_the_offers_is_an_agreement(client: Client) -> None:
    assert b"Comprehensive Nuclear-Test-Ban" in client.get("/must?agreement=ctbt").content


def test_a_short_list_is_chosen_from(client: Client) -> None:
    page = client.get("/must?agreement=ctbt").content.decode()
    assert '<select name="agreement">' in page
    assert '<option value="ctbt"' in page


@pytest.mark.parametrize(
    ("words", "offered"),
    [("atlantic treaty", "nato-treaty"), ("NATO-TREATY", "nato-treaty"), ("nuclear test ban", "ctbt"), ("traité", None), ("", None), ("zzz", None)],
)
def test_the_nearest_are_offered_whatever_the_case_and_accents(client: Client, words: str, offered: str | None) -> None:
    page = client.get("/named", {"agreement": words}).content.decode()
    assert (f'value="{offered}"' in page) if offered else "<option" not in page


def test_no_more_are_offered_than_one_looks_through(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "MOST", 3)
    assert client.get("/named?agreement=e").content.decode().count("<option") == 3
