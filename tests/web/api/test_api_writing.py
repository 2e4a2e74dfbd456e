"""The contract of writing: If-Match, and doing once what is sent twice; as later endpoints rely on it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from sqlalchemy.pool import StaticPool

from comity.about import Opened
from comity.book import Book
from comity.parties import Register
from comity.standing import Record
from comity.web.api.edging import etag_of
from comity.web.api.problems import Refused
from comity.web.api.writing import Repeats, demand_match, done_once
from comity.web.asking import HELD
from comity.web.holding import Held
from comity.web.readers import READER, Reader
from comity.web.recording.answers import MOST_KEPT, Answer
from comity.web.recording.drafts import StoredDrafts, in_memory

NOW = etag_of(b"what stands there now")


def posted(body: str = "{}", path: str = "/api/v1/acts", who: str = "a", **headers: str) -> HttpRequest:
    request = RequestFactory().post(path, body, content_type="application/json", headers=headers)
    request.META[READER] = Reader(who)
    return request


def refused(status: int, do: Any) -> str:
    with pytest.raises(Refused) as problem:
        do()
    assert problem.value.status == status
    return problem.value.says


@pytest.mark.parametrize("given", [NOW, f'"other", {NOW}', "*"])
def test_who_saw_what_stands_there_may_change_it(given: str) -> None:
    demand_match(posted(**{"if-match": given}), NOW)


@pytest.mark.parametrize(("given", "status"), [("", 400), ("no tag", 400), ('"other"', 412), (f"W/{NOW}", 412)])
def test_who_did_not_see_it_may_not(given: str, status: int) -> None:
    """A weak tag is no proof of having seen every byte (RFC 9110, 13.1.1)."""
    refused(status, lambda: demand_match(posted(**{"if-match": given}), NOW))


class Desk:
    """Where acts are recorded: how often, and what it responds."""

    def __init__(self, status: int = 201) -> None:
        self.done, self.status, self.tokens = 0, status, list[str]()
        self.held = Held(Opened(Book("", Record((), (), Register({})), (), {}, {})))

    def view(self, request: HttpRequest) -> HttpResponse:
        request.META[HELD] = self.held
        return done_once(request, self._record)

    def _record(self, token: str) -> HttpResponse:
        self.done += 1
        self.tokens.append(token)
        return HttpResponse(f"{self.done}", status=self.status, headers={"Location": "/acts/x"})


def test_what_is_sent_twice_is_done_once_and_answered_alike() -> None:
    desk = Desk()
    first, second = (desk.view(posted(**{"idempotency-key": "k1"})) for _ in range(2))
    assert desk.done == 1
    assert (second.content, second.status_code, second["Location"]) == (first.content, 201, "/acts/x")
    assert "Idempotent-Replayed" not in first
    assert second["Idempotent-Replayed"] == "true"
    desk.view(posted(**{"idempotency-key": "k2"}))
    assert desk.done == 2


def test_a_key_is_its_reader_s_own() -> None:
    desk = Desk()
    for who in ("a", "b"):
        desk.view(posted(who=who, **{"idempotency-key": "k"}))
    assert desk.done == 2
    assert len(set(desk.tokens)) == 2, "and the number of another form"


@pytest.mark.parametrize("other", [{"body": '{"x": 1}'}, {"path": "/api/v1/parties"}, {"path": "/api/v1/acts?x=1"}])
def test_a_key_with_another_request_is_422(other: dict[str, str]) -> None:
    desk = Desk()
    desk.view(posted(**{"idempotency-key": "k"}))
    refused(422, lambda: desk.view(posted(**other, **{"idempotency-key": "k"})))
    assert desk.done == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 201])
def test_a_key_is_needed_and_is_visible_ascii(key: str) -> None:
    refused(400, lambda: Desk().view(posted(**{"idempotency-key": key} if key else {})))


def test_while_the_first_is_under_way_the_second_is_409() -> None:
    repeats, answers, begun, go_on = Repeats(), in_memory().answers, threading.Event(), threading.Event()

    def slow() -> HttpResponse:
        begun.set()
        go_on.wait(10)
        return HttpResponse("done")

    thread = threading.Thread(target=lambda: repeats.once(answers, ("a", "k"), "d", slow))
    thread.start()
    begun.wait(10)
    refused(409, lambda: repeats.once(answers, ("a", "k"), "d", slow))
    refused(422, lambda: repeats.once(answers, ("a", "k"), "another", slow))
    go_on.set()
    thread.join()
    assert repeats.once(answers, ("a", "k"), "d", slow).content == b"done"


@pytest.mark.parametrize("status", [400, 412, 500])
def test_what_was_refused_or_broke_may_be_sent_again(status: int) -> None:
    desk = Desk(status)
    for _ in range(2):
        desk.view(posted(**{"idempotency-key": "k"}))
    assert desk.done == 2


def test_what_was_raised_may_be_sent_again() -> None:
    repeats, answers = Repeats(), in_memory().answers

    def raising() -> HttpResponse:
        raise RuntimeError

    for _ in range(2):
        with pytest.raises(RuntimeError):
            repeats.once(answers, ("a", "r"), "d", raising)


def test_answers_are_kept_for_a_week_and_so_many_a_reader() -> None:
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    drafts = StoredDrafts(sa.create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}), False, lambda: now[0])
    for number in range(MOST_KEPT + 1):
        now[0] += timedelta(seconds=1)
        drafts.answers.keep("a", str(number), Answer("d", 201, {"Location": "/x"}, b"done"))
    assert drafts.answers.get("a", "0") is None, "the oldest went first"
    assert drafts.answers.get("a", "1") == Answer("d", 201, {"Location": "/x"}, b"done")
    assert drafts.answers.get("b", "1") is None
    now[0] += timedelta(days=7)
    assert drafts.answers.get("a", "1") is None


def test_when_too_many_are_under_way_the_next_has_to_wait() -> None:
    repeats, answers = Repeats(most=1), in_memory().answers

    def first() -> HttpResponse:
        refused(503, lambda: repeats.once(answers, ("a", "other"), "d", HttpResponse))
        return HttpResponse("done")

    assert repeats.once(answers, ("a", "k"), "d", first).content == b"done"
