"""Pushing to a partner's TAXII server: all that the gate lets out, in pieces that the server takes, and nothing after what let it out has ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from comity.exchange.asking import Asked, Busy, Page, Told
from comity.exchange.between.asking_partners import MEDIA_TYPE, Answer, Asking, Bounds, Partner, Unreachable
from comity.exchange.between.pushing import Pushed, Pusher

PARTNER = Partner("HUB", "https://hub.example")
TAXII = {"Content-Type": MEDIA_TYPE}


def said(resource: object, status: int = 200) -> Answer:
    return Answer(status, TAXII, json.dumps(resource).encode())


def told(number: int, size: int = 20) -> Told:
    body = b'{"id":"report--%d"}' % number
    return Told(f"report--{number}", 0, number, "2.1", body + b" " * (size - len(body)))


class Hub:
    """A server that takes what it is given; ``trouble`` may answer instead."""

    def __init__(self, most: object = 1000) -> None:
        self.most = most
        self.posted: list[list[str]] = []
        self.trouble: Callable[[Asking, list[str]], Answer | None] = lambda asking, ids: None

    def __call__(self, asking: Asking) -> Answer:
        assert len(self.posted) < 200, "it posts for ever"
        if asking.path == "/api/":
            return said({"versions": [MEDIA_TYPE], "max_content_length": self.most})
        ids = [one["id"] for one in json.loads(asking.body)["objects"]] if asking.method == "POST" else []
        answer = self.trouble(asking, ids)
        if answer is not None:
            return answer
        assert (asking.method, asking.path, asking.headers["Content-Type"]) == ("POST", "/api/collections/in/objects/", MEDIA_TYPE)
        self.posted.append(ids)
        return status(len(ids))

    @property
    def got(self) -> list[int]:
        return [int(one.partition("--")[2]) for ids in self.posted for one in ids]


def status(count: int, **more: Any) -> Answer:
    return said({"id": "s-1", "status": "complete", "total_count": count, "success_count": count, "failure_count": 0, **more}, 202)


class Sender:
    """The node that pushes: what it has, how far it has come."""

    def __init__(self, hub: Callable[[Asking], Answer], count: int = 5, size: int = 20, bounds: Bounds = Bounds()) -> None:
        self.hub, self.bounds, self.objects = hub, bounds, [told(n, size) for n in range(1, count + 1)]
        self.kept: dict[str, str] = {}
        self.waits: list[float] = []
        self.holds = True

    def get(self, key: str) -> str | None:
        return self.kept.get(key)

    def put(self, key: str, value: str) -> None:
        self.kept[key] = value

    def outbox(self, asked: Asked) -> Page:
        assert (asked.filters.versions, asked.door) == (("all",), "push")
        left = [one for one in self.objects if one.stamp > (asked.after or 0)]
        return Page(tuple(left[: asked.limit]), len(left) > asked.limit, "x", lambda: self.holds)

    def push(self) -> Pushed:
        pusher = Pusher(self.hub, self, self.waits.append, lambda: datetime(2026, 3, 1, tzinfo=UTC), self.bounds)
        found = pusher.push(PARTNER, "/api/", "in", self.outbox)
        assert found.says.isprintable()
        return found


def test_everything_is_delivered_once_and_then_what_is_new() -> None:
    sender = Sender(hub := Hub(), bounds=Bounds(page_objects=2))
    assert sender.push() == Pushed("HUB", "/api/collections/in/objects/", delivered=5)
    assert hub.got == [1, 2, 3, 4, 5]
    assert hub.posted[0] == ["report--1", "report--2"]
    sender.objects.append(told(6))
    assert sender.push().delivered == 1
    assert hub.got[-1] == 6
    assert sender.push().delivered == 0


def test_pieces_are_no_larger_than_the_server_takes() -> None:
    sender = Sender(hub := Hub(most=60))
    sender.push()
    assert hub.posted == [["report--1", "report--2"], ["report--3", "report--4"], ["report--5"]]
    for odd in (None, "x", -1, 0, 5):
        sender = Sender(hub := Hub(most=odd))
        assert sender.push().delivered == 5
        assert hub.got == [1, 2, 3, 4, 5]


def test_nothing_leaves_once_what_let_it_out_has_ended() -> None:
    sender = Sender(hub := Hub(most=60))
    hub.trouble = lambda asking, ids: setattr(sender, "holds", False)
    found = sender.push()
    assert hub.got == [1, 2]
    assert (found.delivered, "what let it out has changed" in found.says) == (2, True)
    sender.holds, hub.trouble = True, lambda asking, ids: None
    assert sender.push().delivered == 3
    assert hub.got == [1, 2, 3, 4, 5]


def test_what_is_interrupted_is_delivered_again() -> None:
    sender, troubles = Sender(hub := Hub(most=60)), iter([None, Unreachable("cut"), Unreachable("cut"), None])
    real = hub.__call__

    def lost(asking: Asking) -> Answer:
        answer = real(asking)
        if asking.method == "POST" and (trouble := next(troubles, None)):
            raise trouble
        return answer

    sender.hub = lost
    assert sender.push().delivered == 5
    assert hub.got == [1, 2, 3, 4, 3, 4, 3, 4, 5], "an answer that was lost: the same again"
    assert sender.waits == [1.0, 2.0]


@pytest.mark.parametrize("refusal", [400, 413, 422])
def test_one_object_that_is_refused_keeps_no_other(refusal: int) -> None:
    sender = Sender(hub := Hub(), count=9)
    hub.trouble = lambda asking, ids: said({"title": "odd"}, refusal) if "report--4" in ids else None
    found = sender.push()
    assert (found.delivered, found.refused, found.says) == (8, 1, "")
    assert found.first_refusal.startswith("report--4: HUB: /api/collections/in/objects/ answers")
    assert hub.got == [1, 2, 3, 5, 6, 7, 8, 9]
    assert sender.push().delivered == 0


def test_failures_that_the_status_tells_of_are_counted() -> None:
    sender = Sender(hub := Hub())
    hub.trouble = lambda asking, ids: status(5, failure_count=2, failures=[{"id": "report--1", "message": "\x1b[31mno"}])
    found = sender.push()
    assert (found.delivered, found.refused, found.first_refusal) == (3, 2, r"'report--1': '\x1b[31mno'")


def test_a_status_is_followed_until_it_is_complete() -> None:
    sender, polls = Sender(hub := Hub()), iter(["pending", "pending", "complete"])

    def pending(asking: Asking, ids: list[str]) -> Answer:
        return status(5, status="pending") if ids else status(5, status=next(polls))

    hub.trouble = pending
    assert sender.push().delivered == 5
    assert sender.waits == [1.0, 2.0, 4.0]


HOSTILE: dict[str, tuple[Callable[[Asking, list[str]], Answer | None], str]] = {
    "pending for ever": (lambda a, i: status(5, status="pending"), "still busy"),
    "no status": (lambda a, i: said({}, 202), "leaves what it was given None"),
    "a status that climbs": (lambda a, i: said({"id": "../../x", "status": "pending"}, 202), "leaves what it was given 'pending'"),
    "a status of lists": (lambda a, i: said({"id": [], "status": {}}, 202), "leaves what it was given"),
    "no JSON": (lambda a, i: Answer(202, TAXII, b"\xff"), "what is no TAXII resource"),
    "a web page": (lambda a, i: Answer(200, {"Content-Type": "text/html"}), "content type"),
    "elsewhere": (lambda a, i: Answer(308, {"Location": "http://evil.example/"}), "where we show nothing"),
    "not there": (lambda a, i: said({"title": "no"}, 404), "it is not there, or not for us"),
    "not ours": (lambda a, i: said({"title": "no"}, 403), "we may not do this there"),
    "later, much later": (lambda a, i: Answer(503, {"Retry-After": "100000"}), "tried again in 100000 s"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_server_holds_it_up(name: str) -> None:
    sender = Sender(hub := Hub())
    hub.trouble, says = HOSTILE[name]
    found = sender.push()
    assert says in found.says
    assert found.delivered == 0
    hub.trouble = lambda asking, ids: None
    assert sender.push().delivered == 5, "nothing is taken for delivered that was not"


def test_a_gate_that_is_busy_ends_it_in_one_line() -> None:
    sender = Sender(Hub())

    def busy(asked: Asked) -> Page:
        raise Busy("what may be released changes too fast to read it; try again")

    sender.outbox = busy  # type: ignore[method-assign]
    assert sender.push().says == "HUB: what may be released changes too fast to read it; try again"


def test_a_server_that_gives_back_counts_that_cannot_be_is_not_believed() -> None:
    sender = Sender(hub := Hub())
    hub.trouble = lambda asking, ids: status(5, failure_count=10**9)
    assert (sender.push().refused, replace(sender.push()).delivered) == (5, 0)
