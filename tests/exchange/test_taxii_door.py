"""The TAXII door as a WSGI application: what it reads of a body, what it hands to the server, and what it does when something breaks."""

from __future__ import annotations

import io
import json
from http.client import HTTPConnection, IncompleteRead
from typing import Any

import pytest

from comity.exchange import Asked, Caller, Page
from comity.web.taxii import application
from tests.exchange.asking_taxii import DEU, OBJECTS, TAXII, indicator, post
from tests.exchange.fake_node import FakeNode
from tests.exchange.serving_taxii import authenticate, node, served
from tests.exchange.test_taxii_pieces import large

AUTHORIZATION = "Basic ZGV1LXNvYzpzZWNyZXQ="


class Body(io.BytesIO):
    """A body that says how much of it was read."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found


def call(held: FakeNode, method: str = "GET", path: str = OBJECTS, body: bytes = b"", caller: Caller | None = DEU, **environ: Any) -> tuple[Any, ...]:
    """Status, headers, body, and how much of the request's body was read."""
    came, errors = Body(body), io.StringIO()
    whole = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "HTTP_ACCEPT": TAXII, "CONTENT_TYPE": TAXII,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": came, "wsgi.errors": errors,
    } | environ  # fmt: skip
    seen: list[Any] = []
    got = application(held, lambda _: caller)(whole, lambda status, headers: seen.extend((status, dict(headers))))
    return seen[0], seen[1], b"".join(got), came.taken, errors.getvalue()


def delivery(number: int = 1) -> bytes:
    return json.dumps({"objects": [indicator(number)]}).encode()


def test_a_delivery_is_read_as_far_as_it_was_announced() -> None:
    body = delivery()
    status, _, _, taken, _ = call(node(), "POST", body=body + b"of the next request", CONTENT_LENGTH=str(len(body)))
    assert (status, taken) == ("202 Accepted", len(body))


def test_a_delivery_that_is_too_long_is_not_read() -> None:
    status, _, body, taken, _ = call(node(most_bytes=50), "POST", body=delivery())
    assert (status[:3], taken) == ("413", 0)
    assert "at most 50 bytes" in json.loads(body)["description"]


def test_a_delivery_of_just_the_most_is_taken() -> None:
    assert call(node(most_bytes=len(delivery())), "POST", body=delivery())[0] == "202 Accepted"


def test_nothing_is_read_of_what_nobody_sends() -> None:
    status, headers, _, taken, _ = call(node(), "POST", body=delivery(), caller=None)
    assert (status, taken) == ("401 Unauthorized", 0)
    assert headers["WWW-Authenticate"] == 'Basic realm="Comity", charset="UTF-8"'


@pytest.mark.parametrize(
    ("said", "status"), [("", "411"), ("-1", "400"), ("9" * 5000, "400"), ("x", "400"), ("٣", "400"), ("9999", "400"), ("0", "422")]
)
def test_a_length_that_is_none_or_not_what_came_is_refused(said: str, status: str) -> None:
    assert call(node(), "POST", body=delivery(), CONTENT_LENGTH=said)[0].startswith(status)


def test_a_body_without_length_is_read_where_the_server_knows_its_end() -> None:
    chunked: dict[str, Any] = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    assert call(node(), "POST", body=delivery(), **chunked)[0] == "202 Accepted"
    status, _, _, taken, _ = call(node(most_bytes=50), "POST", body=delivery(), **chunked)
    assert (status[:3], taken) == ("413", 51)


def test_a_path_in_other_letters_is_decoded() -> None:
    assert call(node(), path="/deu/collections/é/".encode().decode("latin-1"))[0] == "404 Not Found"
    assert call(node(), path="/deu/\xff/")[0] == "404 Not Found"


def test_what_breaks_is_500_and_told_to_the_keeper_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(self: FakeNode, caller: Caller, collection: str, asked: Asked) -> Page:
        raise RuntimeError("the secret disk is full")

    monkeypatch.setattr(FakeNode, "read", breaks)
    status, headers, body, _, errors = call(node())
    assert (status, headers["Content-Type"]) == ("500 Internal Server Error", TAXII)
    assert b"disk" not in body
    assert "the secret disk is full" in errors
    assert call(node(), "HEAD")[2] == b""


def test_authenticating_that_breaks_lets_nobody_in() -> None:
    def breaks(_: dict[str, Any]) -> Caller | None:
        raise RuntimeError("no")

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": OBJECTS, "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO()}
    seen: list[str] = []
    application(node(), breaks)(environ, lambda status, _: seen.append(status))
    assert seen == ["500 Internal Server Error"]


def connection(url: str) -> HTTPConnection:
    return HTTPConnection(url.removeprefix("http://"), timeout=10)


def test_a_transfer_that_breaks_off_is_seen_to_be_incomplete() -> None:
    held = large(5)
    with served(held) as url:
        held.lets = 1
        line = connection(url)
        line.request("GET", OBJECTS, headers={"Accept": TAXII, "Authorization": AUTHORIZATION})
        got = line.getresponse()
        assert got.status == 200
        with pytest.raises(IncompleteRead) as cut:
            got.read()
        assert 0 < len(cut.value.partial) < int(got.headers["Content-Length"])
        line.close()


def test_head_over_http_makes_up_no_length() -> None:
    held = node()
    post(held, indicator(1))
    with served(held) as url:
        line = connection(url)
        for path, length in ((OBJECTS, None), ("/deu/", True)):
            line.request("HEAD", path, headers={"Accept": TAXII, "Authorization": AUTHORIZATION})
            got = line.getresponse()
            assert (got.status, got.read()) == (200, b"")
            assert (got.headers["Content-Length"] is None) is (length is None)
        line.close()


def test_a_name_in_a_path_proves_nothing() -> None:
    assert authenticate({}) is None
    with served(node()) as url:
        line = connection(url)
        line.request("GET", OBJECTS, headers={"Accept": TAXII, "X-Party": "DEU"})
        assert line.getresponse().status == 401
        line.close()
