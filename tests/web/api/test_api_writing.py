"""The contract of writing: If-Match, and doing once what is sent twice; as later endpoints rely on it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from comity.web.api.edging import etag_of
from comity.web.api.problems import Refused
from comity.web.api.writing import Repeats, demand_match, done_once
from comity.web.readers import READER, Reader

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

    def __init__(self, repeats: Repeats, status: int = 201) -> None:
        self.done, self.status = 0, status
        self.view = done_once(repeats)(self._record)

    def _record(self, request: HttpRequest) -> HttpResponse:
        self.done += 1
        return HttpResponse(f"{self.done}", status=self.status, headers={"Location": "/acts/x"})


def test_what_is_sent_twice_is_done_once_and_answered_alike() -> None:
    desk = Desk(Repeats())
    first, second = (desk.view(posted(**{"idempotency-key": "k1"})) for _ in range(2))
    assert desk.done == 1
    assert (second.content, second.status_code, second["Location"]) == (first.content, 201, "/acts/x")
    assert "Idempotent-Replayed" not in first
    assert second["Idempotent-Replayed"] == "true"
    desk.view(posted(**{"idempotency-key": "k2"}))
    assert desk.done == 2


def test_a_key_is_its_reader_s_own() -> None:
    desk = Desk(Repeats())
    for who in ("a", "b"):
        desk.view(posted(who=who, **{"idempotency-key": "k"}))
    assert desk.done == 2


@pytest.mark.parametrize("other", [{"body": '{"x": 1}'}, {"path": "/api/v1/parties"}, {"path": "/api/v1/acts?x=1"}])
def test_a_key_with_another_request_is_422(other: dict[str, str]) -> None:
    desk = Desk(Repeats())
    desk.view(posted(**{"idempotency-key": "k"}))
    refused(422, lambda: desk.view(posted(**other, **{"idempotency-key": "k"})))
    assert desk.done == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 201])
def test_a_key_is_needed_and_is_visible_ascii(key: str) -> None:
    refused(400, lambda: Desk(Repeats()).view(posted(**{"idempotency-key": key} if key else {})))


def test_while_the_first_is_under_way_the_second_is_409() -> None:
    repeats, begun, go_on = Repeats(), threading.Event(), threading.Event()

    def slow() -> HttpResponse:
        begun.set()
        go_on.wait(10)
        return HttpResponse("done")

    thread = threading.Thread(target=lambda: repeats.once(("a", "k"), "d", slow))
    thread.start()
    begun.wait(10)
    refused(409, lambda: repeats.once(("a", "k"), "d", slow))
    refused(422, lambda: repeats.once(("a", "k"), "another", slow))
    go_on.set()
    thread.join()
    assert repeats.once(("a", "k"), "d", slow).content == b"done"


def test_what_broke_may_be_sent_again() -> None:
    repeats = Repeats()
    broken = Desk(repeats, status=500)
    for _ in range(2):
        broken.view(posted(**{"idempotency-key": "k"}))
    assert broken.done == 2

    def raising() -> HttpResponse:
        raise RuntimeError

    for _ in range(2):
        with pytest.raises(RuntimeError):
            repeats.once(("a", "r"), "d", raising)


def test_what_was_refused_for_good_is_answered_alike() -> None:
    desk = Desk(Repeats(), status=412)
    for _ in range(2):
        desk.view(posted(**{"idempotency-key": "k"}))
    assert desk.done == 1


def test_so_many_are_kept_and_for_so_long() -> None:
    now = [0.0]
    repeats = Repeats(most=3, kept_for=10.0, clock=lambda: now[0])
    done: list[str] = []

    def record(name: str) -> None:
        def do() -> HttpResponse:
            done.append(name)
            return HttpResponse(name)

        repeats.once(("a", name), "d", do)

    for name in ("1", "2", "3", "4", "1", "4"):
        record(name)
    assert done == ["1", "2", "3", "4", "1"], "the oldest went first"
    now[0] = 11.0
    record("4")
    assert done[-1] == "4"


def test_when_too_many_are_under_way_the_next_has_to_wait() -> None:
    repeats = Repeats(most=1)

    def first() -> HttpResponse:
        refused(503, lambda: repeats.once(("a", "other"), "d", HttpResponse))
        return HttpResponse("done")

    assert repeats.once(("a", "k"), "d", first).content == b"done"
