"""Agreements are found by how they are registered, by where they are printed, and by their titles in other languages; their pages say so."""

from __future__ import annotations

import html
import time

import pytest
from django.test import Client

from comity.agreements import registrations_in
from comity.web.texts import articles_of


@pytest.mark.parametrize(
    "words",
    ["UNTS 541", "34 UNTS 243", "34 unts", "no. 541", "n° 541", "I-541", "Traité de l'Atlantique Nord", "traite de l’atlantique"],
)
def test_the_treaty_is_the_first_that_is_found(client: Client, words: str) -> None:
    found = client.get("/search", {"q": words, "format": "json"}).json()["found"]
    assert (found[0]["kind"], found[0]["code"]) == ("agreement", "nato-treaty")


def test_a_volume_that_is_given_alone_is_a_volume_where_no_number_is_so(client: Client) -> None:
    found = client.get("/search", {"q": "UNTS 199", "format": "json"}).json()["found"]
    assert found[0]["code"] == "nato-sofa"


@pytest.mark.parametrize("words", ["UNTS 541 (vol. 34)", "UNTS 541 (vol. 34, p. 243)", "UNTS no. 541, volume 34"])
def test_a_number_is_found_with_its_volume_and_without(client: Client, words: str) -> None:
    found = client.get("/search", {"q": words, "format": "json"}).json()["found"]
    assert (found[0]["kind"], found[0]["code"]) == ("agreement", "nato-treaty")


def test_a_registration_that_is_not_on_record_finds_no_agreement(client: Client) -> None:
    for words in ("UNTS 999999", "999 UNTS 1"):
        assert not [one for one in client.get("/search", {"q": words, "format": "json"}).json()["found"] if one["kind"] == "agreement"]


@pytest.mark.parametrize("words", ["UNTS {}", "no. {}", "{} UNTS", "UNTS volume {}", "I-{}", "{}", "34 UNTS {}", "UNTS 541 {}"])
def test_numbers_longer_than_any_are_none_and_take_no_time(client: Client, words: str) -> None:
    for digits in ("9" * 20, "5" * 4_400):
        began = time.monotonic()
        answer = client.get("/search", {"q": words.format(digits), "format": "json"})
        assert answer.status_code == 200
        assert time.monotonic() - began < 3
    asked = registrations_in(words.format("9" * 200_000))
    assert all(one.number in (None, 541) and one.volume in (None, 34) and one.page is None for one in asked)
    assert time.monotonic() - began < 6


@pytest.mark.parametrize("number", ["9" * 5_000, "000000001" + "0" * 5_000, "²", "-1"])
def test_a_page_of_no_number_is_refused_in_one_line(client: Client, number: str) -> None:
    for path in ("/search?q=nato&kind=act", "/acts"):
        answer = client.get(f"{path}{'&' if '?' in path else '?'}page={number}")
        assert answer.status_code == 400


def test_articles_of_no_number_are_none() -> None:
    assert articles_of(f"IV; {'9' * 5_000}; 7 to {'9' * 12}") == ["4", "7"]


def test_its_page_says_how_it_is_registered_and_in_which_languages_it_is_authentic(client: Client) -> None:
    page = html.unescape(client.get("/agreements/nato-treaty").content.decode())
    assert "with the United Nations under no. 541" in page
    assert "34 UNTS 243" in page
    assert "English, French" in page
    assert '<dd lang="fr" dir="auto" translate="no">Traité de l\'Atlantique Nord</dd>' in page
    assert "nato-treaty" in client.get("/agreements?q=atlantique").content.decode()


def test_the_api_says_the_same(client: Client) -> None:
    said = client.get("/api/v1/agreements/nato-treaty").json()
    assert said["registration"] == "UNTS 541 (volume 34, page 243)"
    assert (said["authentic"], said["titles"]) == (["en", "fr"], {"fr": "Traité de l'Atlantique Nord"})
