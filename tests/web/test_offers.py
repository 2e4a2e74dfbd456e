"""Words in the finder that may mean a question get it offered, before what they name."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


def found(client: Client, words: str, **axes: str) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = client.get("/search", {"q": words, "format": "json", **axes}).json()["found"]
    return answer


def questions(client: Client, words: str, **axes: str) -> list[str]:
    return [one["title"] for one in found(client, words, **axes) if one["kind"] == "question"]


@pytest.mark.parametrize("words", ["fin nato-t", "FIN nato-treaty", "Is Finland bound by nato-treaty", "north atlantic treaty finland"])
def test_a_party_and_an_agreement_are_whether_the_one_is_bound_by_the_other(client: Client, words: str) -> None:
    first = found(client, words)[0]
    assert first["title"] == "Is Finland bound by “North Atlantic Treaty”?"
    assert first["link"] == "/ask?question=bound&party=FIN&agreement=nato-treaty"


def test_two_parties_are_what_is_in_force_between_them(client: Client) -> None:
    assert found(client, "jpn kor")[0]["link"] == "/ask?question=between&party=JPN&other=KOR"


def test_a_word_that_names_a_party_and_agreements_is_taken_for_both(client: Client) -> None:
    assert questions(client, "fin nato") == [
        "What is in force between Finland and North Atlantic Treaty Organization?",
        "Is Finland bound by “NATO SOFA”?",
        "Is Finland bound by “North Atlantic Treaty”?",
        "Is Finland bound by “Accession protocol, Spain”?",
    ]


def test_two_parties_and_a_level_are_whether_the_first_may_give_what_is_so_marked(client: Client) -> None:
    own, alliance = (one["link"] for one in found(client, "may kor give jpn secret")[:2])
    assert own == "/may?do=release&from=KOR&to=JPN&level=SECRET"
    assert alliance == "/may?do=release&from=KOR&to=JPN&level=NATO+SECRET&policy=NATO"
    assert client.get(own).status_code == client.get(alliance).status_code == 200


def test_a_party_alone_is_found_first_and_then_what_it_owes(client: Client) -> None:
    assert [one["link"] for one in found(client, "fin") if one["kind"] in ("party", "question")][:3] == [
        "/parties/FIN",
        "/parties/FIN/mod",
        "/must?party=FIN",
    ]


@pytest.mark.parametrize("words", ["", "xyzzy", "nato-treaty", "fin xyzzy", "fi", "fin swe xyzzy", "fin swe nor secret"])
def test_nothing_is_offered_where_nothing_is_meant(client: Client, words: str) -> None:
    assert questions(client, words) == []


def test_an_offer_keeps_the_axes(client: Client) -> None:
    assert "on=2023-01-01" in found(client, "fin nato-t", on="2023-01-01")[0]["link"]


def test_an_agreement_that_is_not_known_yet_is_not_offered(client: Client) -> None:
    assert questions(client, "jpn gsomia", known="2000-01-01") == []
