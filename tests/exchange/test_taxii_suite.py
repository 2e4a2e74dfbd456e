"""The conformance suite: our door passes all of it, and a door that does one thing wrong is found out, each by the check that names it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from comity.exchange import Asked, Caller, Delivery, Filters, Page
from comity.selftest.taxii_suite import CHECKS, Judged, Login, as_json, as_table, run
from comity.terms import BadInput, NotOnRecord
from comity.web.taxii import Application
from tests.exchange.fake_node import FakeNode
from tests.exchange.serving_taxii import SHARED, node, served

LOGIN = Login("deu-soc", "secret")


def judged(
    held: FakeNode, through: Callable[[Application], Application] = lambda inner: inner, api_root: str = "", collection: str = ""
) -> list[Judged]:
    with served(held, through) as url:
        return run(f"{url}/taxii2/", LOGIN, api_root=api_root, collection=collection)


def failed(results: Iterable[Judged]) -> str:
    """What failed, a line each."""
    return "\n".join(f"{one.what}: {one.said}" for one in results if one.passed is False)


def test_our_door_passes_every_check_and_nothing_of_the_suite_is_left() -> None:
    held = node()
    results = judged(held)
    assert failed(results) == ""
    assert [one.number for one in results if one.passed is None] == [49]
    assert all(not holding.objects for holding in held.holdings)


def test_a_suite_is_told_which_root_and_collection_are_meant() -> None:
    results = judged(node(), api_root="/deu/", collection="shared")
    assert failed(results) == ""


def test_checks_are_numbered_in_order_and_each_says_what_it_tests() -> None:
    assert [check.number for check in CHECKS] == list(range(1, len(CHECKS) + 1))
    assert len({check.what for check in CHECKS}) == len(CHECKS)
    assert all(check.section and check.section[0] in "12345678AR" for check in CHECKS)


def test_results_are_a_table_and_json() -> None:
    results = judged(node())
    table = as_table(results)
    assert "   1  passed  must    discovery is at /taxii2/ (4.1, 8.2.1)" in table
    assert table.splitlines()[-1].startswith(f"{len(CHECKS) - 1} of {len(CHECKS) - 1} checks passed (must ")
    told = json.loads(as_json(results))
    assert [one["number"] for one in told] == [check.number for check in CHECKS]
    assert set(told[0]) == {"number", "section", "weight", "what", "passed", "said"}


def test_a_password_is_in_no_text() -> None:
    assert "secret" not in repr(LOGIN)
    assert "secret" not in as_json(judged(node()))


def test_a_server_that_is_not_there_fails_and_nothing_breaks() -> None:
    with served(node()) as url:
        gone = url
    results = run(f"{gone}/taxii2/", LOGIN)
    assert len(results) == len(CHECKS)
    assert not any(one.passed for one in results)


# Doors that do one thing wrong


class Inclusive(FakeNode):
    """added_after includes the instant itself."""

    def read(self, caller: Caller, collection: str, asked: Asked) -> Page:
        return super().read(caller, collection, asked if asked.after is None else replace(asked, after=asked.after - 1))


class Trusting(FakeNode):
    """Takes any cursor for the beginning."""

    def read(self, caller: Caller, collection: str, asked: Asked) -> Page:
        try:
            return super().read(caller, collection, asked)
        except BadInput:
            return super().read(caller, collection, replace(asked, cursor=None))


class Silent(FakeNode):
    """Says more, and not how to go on."""

    def read(self, caller: Caller, collection: str, asked: Asked) -> Page:
        return replace(super().read(caller, collection, asked), cursor=None)


class AllAtOnce(FakeNode):
    """Pays no heed to limit."""

    def read(self, caller: Caller, collection: str, asked: Asked) -> Page:
        return super().read(caller, collection, replace(asked, limit=1000))


class Backwards(FakeNode):
    """The newest first."""

    def read(self, caller: Caller, collection: str, asked: Asked) -> Page:
        page = super().read(caller, collection, asked)
        return replace(page, objects=page.objects[::-1])


class EveryVersion(FakeNode):
    """Gives all versions where none is asked for."""

    def read(self, caller: Caller, collection: str, asked: Asked) -> Page:
        return super().read(caller, collection, replace(asked, filters=replace(asked.filters, versions=("all",))))


class Keeping(FakeNode):
    """Deletes nothing."""

    def withdraw(self, caller: Caller, collection: str, object_id: str, filters: Filters) -> None:
        if not self.holds(caller, collection, object_id):
            raise NotOnRecord("no such object")


class Sweeping(FakeNode):
    """Deletes all versions, whatever is asked."""

    def withdraw(self, caller: Caller, collection: str, object_id: str, filters: Filters) -> None:
        super().withdraw(caller, collection, object_id, replace(filters, versions=("all",)))


class Believing(FakeNode):
    """Calls everything a success."""

    def add(self, caller: Caller, collection: str, body: bytes) -> Delivery:
        told = super().add(caller, collection, body)
        return replace(told, taken=told.taken + told.refused, refused=())


class Forgetful(FakeNode):
    """Knows no delivery afterwards."""

    def delivery(self, caller: Caller, delivery: str) -> Delivery:
        raise NotOnRecord("gone")


class Sloppy(FakeNode):
    """Serves an object a little otherwise than it came."""

    def read(self, caller: Caller, collection: str, asked: Asked) -> Page:
        page = super().read(caller, collection, asked)
        return replace(page, objects=tuple(one._replace(body=one.body.replace(b"specimen", b"Specimen")) for one in page.objects))


class Open(FakeNode):
    """Lets one write who may only read."""

    def collection(self, caller: Caller, collection: str) -> Any:
        return replace(super().collection(caller, collection), reads=True, writes=True)


BAD_NODES: list[tuple[type[FakeNode], str]] = [
    (Inclusive, "added_after gives what was added later, and not at that instant"),
    (Trusting, "next that was altered is 400"),
    (Trusting, "next with another filter is 400"),
    (Silent, "a manifest with more has next (oasis-tcs/cti-taxii2, issue 110)"),
    (AllAtOnce, "limit=1 gives one, and more"),
    (Backwards, "objects and manifest ascend by date added"),
    (EveryVersion, "without match[version] the last version comes"),
    (Keeping, "an object that was deleted is 404"),
    (Sweeping, "without match[version] the last goes, which is the default of the filter"),
    (Believing, "an object without id is refused"),
    (Believing, "other content of the same version is not called a success and dropped"),
    (Forgetful, "the status can be asked for afterwards"),
    (Sloppy, "objects come back as they were sent"),
    (Open, "deleting where one may only read is 403"),
]


@pytest.mark.parametrize(("kind", "what"), BAD_NODES, ids=lambda value: value.__name__ if isinstance(value, type) else "")
def test_a_node_that_does_one_thing_wrong_is_found_out(kind: type[FakeNode], what: str) -> None:
    good, bad = node(), kind()
    bad.holdings = good.holdings
    assert what in {one.what for one in judged(bad) if one.passed is False}


Edit = Callable[[dict[str, Any], str, list[tuple[str, str]]], tuple[str, list[tuple[str, str]]]]


def editing(edit: Edit) -> Callable[[Application], Application]:
    """A proxy before the door that changes the heads of answers."""

    def through(inner: Application) -> Application:
        def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            def start(status: str, headers: list[tuple[str, str]]) -> None:
                start_response(*edit(environ, status, headers))

            return inner(environ, start)

        return serve

    return through


def without(name: str) -> Edit:
    return lambda environ, status, headers: (status, [pair for pair in headers if pair[0] != name])


def with_value(name: str, value: str) -> Edit:
    return lambda environ, status, headers: (status, [(one, value if one == name else old) for one, old in headers])


def as_status(before: str, after: str) -> Edit:
    return lambda environ, status, headers: (after if status.startswith(before) else status, headers)


BAD_PROXIES: list[tuple[Edit, str]] = [
    (without("X-TAXII-Date-Added-First"), "versions have them"),
    (with_value("X-TAXII-Date-Added-Last", "None"), "without a result no date header is other than a timestamp"),
    (with_value("X-TAXII-Date-Added-Last", "2026-03-01T00:00:00Z"), "objects have X-TAXII-Date-Added-First and -Last"),
    (with_value("Content-Type", "application/taxii+json"), "discovery's Content-Type is TAXII's, with the version"),
    (with_value("Content-Type", "application/json"), "the API root answers, with the Content-Type"),
    (without("WWW-Authenticate"), "401 comes with WWW-Authenticate"),
    (without("Allow"), "a method that an endpoint does not know is refused, 405 with Allow"),
    (as_status("202", "200 OK"), "a delivery is 202, with the Content-Type"),
    (as_status("400", "422 Unprocessable"), "limit=abc is 400"),
    (as_status("413", "400 Bad Request"), "a body above max_content_length is 413"),
    (as_status("403", "404 Not Found"), "deleting where one may only write is 403"),
    (as_status("404", "400 Bad Request"), "an object that is not there is 404"),
    (as_status("401", "403 Forbidden"), "with a wrong password objects are 401 or 404"),
]


@pytest.mark.parametrize(("edit", "what"), BAD_PROXIES, ids=[what for _, what in BAD_PROXIES])
def test_a_door_that_says_one_thing_wrong_is_found_out(edit: Edit, what: str) -> None:
    assert what in {one.what for one in judged(node(), editing(edit)) if one.passed is False}


def test_a_list_of_collections_in_changing_order_is_found_out() -> None:
    class Shuffling(FakeNode):
        def collections(self, caller: Caller) -> Any:
            self.holdings.reverse()
            return super().collections(caller)

    bad = Shuffling()
    bad.holdings = node().holdings
    assert "they come in the same order each time" in failed(judged(bad, collection=SHARED))
