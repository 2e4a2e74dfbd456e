"""Agreements are found by how they are registered, by where they are printed, and by their titles in other languages; their pages say so."""

from __future__ import annotations

import html

import pytest
from django.test import Client


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


def test_a_registration_that_is_not_on_record_finds_no_agreement(client: Client) -> None:
    for words in ("UNTS 999999", "999 UNTS 1"):
        assert not [one for one in client.get("/search", {"q": words, "format": "json"}).json()["found"] if one["kind"] == "agreement"]


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
