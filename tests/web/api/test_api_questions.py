"""Questions over HTTP: every one of them, with the words that it takes, answered by what the command line prints."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from comity.questions import QUESTIONS, Put, answer
from comity.web.api.questions import MOST, path_of, words_of
from comity.web.api.words import WORDS
from comity.web.holding import Held
from tests.web.api.conftest import Plain, send, told_of, validator

V = "/api/v1/questions"
DAYS = {"on": "2024-06-01", "known": "2026-01-01"}
ASKED: list[tuple[str, Plain]] = [
    ("in-force", {"agreement": "ctbt"}),
    ("bound", {"party": "FIN", "agreement": "nato-treaty"}),
    ("bound", {"party": "GBR", "agreement": "nato-treaty", "territory": "GIB"}),
    ("between", {"a": "JPN", "b": "KOR", "agreement": "gsomia-jpn-kor"}),
    ("between", {"a": "FIN", "b": "SWE"}),
    ("timeline", {"agreement": "nato-treaty", "party": "FIN"}),
    ("upcoming", {"within": "900d"}),
    ("findings", {"agreement": "nato-treaty"}),
    ("findings", {}),
    ("may release", {"giver": "KOR", "taker": "JPN", "level": "UNCLASSIFIED", "rel": "JPN,USA"}),
    ("may station", {"guest": "USA", "host": "JPN", "purpose": "defence", "thing": ["aircraft", "ships"], "until": "2030-01-01"}),
    ("may supply", {"doer": "USA", "other": "GBR", "thing": ["fuel"]}),
    ("may transfer", {"doer": "USA", "other": "GBR"}),
    ("may train", {"doer": "USA", "other": "GBR"}),
    ("may overfly", {"doer": "USA", "other": "RUS", "purpose": "observation"}),
    ("jurisdiction", {"sending": "NLD", "host": "DEU", "on_duty": True}),
    ("claim", {"sending": "NLD,GBR", "host": "DEU"}),
    ("claim", {"sending": "NLD", "host": "DEU", "off_duty": True}),
    ("must", {"party": "FIN", "everything": True}),
    ("must", {"agreement": "vienna-document-2011", "party": "FIN"}),
    ("obliged", {"attacked": "EST", "by": "RUS", "place": "own", "provoked": "no"}),
]


def in_query(words: Plain) -> dict[str, Any]:
    return {name: str(int(value)) if isinstance(value, bool) else value for name, value in words.items()}


@pytest.mark.parametrize(("name", "words"), ASKED, ids=str)
def test_a_question_is_answered_by_what_the_command_line_prints(client: Client, held: Held, described: Plain, name: str, words: Plain) -> None:
    days = {key: held.today().fromisoformat(day) for key, day in DAYS.items()}
    tupled = {word: tuple(value) if isinstance(value, list) else value for word, value in words.items()}
    printed = answer(held.opened.book.record, Put(name, days["on"], days["known"], words=tupled))
    path = f"{V}/{path_of(name)}"
    got = client.get(path, {**in_query(words), **DAYS})
    posted = send(client, f"{path}?on={DAYS['on']}&known={DAYS['known']}", words)
    assert (got.status_code, posted.status_code) == (200, 200), (got.content, posted.content)
    assert got.json() == posted.json() == printed
    for method in ("get", "post"):
        validator(described, path, method).validate(printed)


def test_every_question_is_asked_here() -> None:
    assert {name for name, _ in ASKED} == set(QUESTIONS)


def test_the_list_has_every_question_with_its_words(client: Client) -> None:
    found = client.get(V).json()["questions"]
    assert [one["ask"] for one in found] == list(QUESTIONS)
    for one in found:
        assert [word["name"] for word in one["words"]] == list(words_of(QUESTIONS[one["ask"]]))
        assert client.options(one["path"])["Allow"] == "GET, HEAD, OPTIONS, POST"
    release = next(one for one in found if one["ask"] == "may release")["words"]
    assert {word["name"] for word in release if word["needed"]} == {"giver", "taker", "level"}
    assert {word["name"] for word in release if word["takes"] == "texts"} == {"category", "caveat"}


def test_what_is_said_about_words_is_about_words_that_there_are() -> None:
    assert set(WORDS) == {*QUESTIONS, *(word for question in QUESTIONS.values() for word in words_of(question))}


def test_many_questions_are_answered_each_by_itself(client: Client, described: Plain) -> None:
    batch = [
        {"ask": "in-force", "words": {"agreement": "ctbt"}},
        {"ask": "bound", "words": {"party": "FIN", "agreement": "nato-treaty"}, "on": "2023-04-03"},
        {"ask": "may-station", "words": {"guest": "USA", "host": "JPN"}},
        {"ask": "may station", "words": {"guest": "USA", "host": "JPN"}},
        {"ask": "bound", "words": {"party": "FIN", "agreement": "nope"}},
        {"ask": "dance"},
        {"ask": "in-force", "words": {"agreement": "ctbt", "party": "FIN"}},
        {"ask": "in-force", "words": {"agreement": ["ctbt"]}},
        {"ask": "in-force", "words": {"agreement": "ctbt"}, "on": "soon"},
        {"ask": "in-force"},
    ]
    response = send(client, f"{V}?known=2026-01-01", batch)
    assert response.status_code == 200, response.content
    validator(described, V, "post").validate(response.json())
    found = response.json()["answers"]
    assert [one["status"] for one in found] == [200, 200, 200, 200, 404, 400, 400, 400, 400, 400]
    assert found[1]["answer"]["verdict"] == "no"
    assert found[2] == found[3]
    assert [one["problem"] is None for one in found] == [True] * 4 + [False] * 6
    assert "on: 'soon' is not a day" in found[8]["problem"]["detail"]
    for one in found:
        assert (one["answer"] is None) == (one["status"] != 200)


def test_a_batch_has_one_question_at_least_and_a_hundred_at_most(client: Client) -> None:
    one = {"ask": "in-force", "words": {"agreement": "ctbt"}}
    assert len(send(client, V, [one] * MOST).json()["answers"]) == MOST
    for wrong in ([], [one] * (MOST + 1), one, [{"ask": 7}], [{**one, "known": "2020-01-01"}]):
        assert told_of(send(client, V, wrong), 400)


def test_the_axes_are_those_of_the_pages(client: Client) -> None:
    asked = {"party": "FIN", "agreement": "nato-treaty"}
    for on, verdict in (("2023-04-03", "no"), ("2023-04-04", "yes")):
        assert client.get(f"{V}/bound", {**asked, "on": on}).json()["verdict"] == verdict
    assert client.get(f"{V}/bound", {**asked, "on": "2023-04-04", "known": "2020-01-01"}).json()["verdict"] != "yes"
    assert client.get(f"{V}/bound", {**asked, "as": "public", "strict": "1"}).status_code == 200
