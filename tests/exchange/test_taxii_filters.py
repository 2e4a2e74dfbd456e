"""Filters: what can be read is read exactly, and what cannot is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.exchange import Caller
from comity.exchange.taxii import Request, answer
from comity.exchange.taxii.instants import EPOCH, as_timestamp, as_version, read_instant
from tests.exchange.asking_taxii import DEU, EST, FRA, MANIFEST, OBJECTS, ask, indicator, post
from tests.exchange.fake_node import FakeNode
from tests.exchange.serving_taxii import node

ONE = indicator(1)["id"]
MALFORMED = [
    "limit=0", "limit=-1", "limit=abc", "limit=", "limit=1.5", "limit=%2B1", "limit=1e3", "limit=0x1", "limit=٣",
    "limit=9007199254740992", "limit=1&limit=2",
    "added_after=", "added_after=yesterday", "added_after=2026-02-31T00:00:00Z", "added_after=2026-01-01", "added_after=2026-01-01T00:00:00",
    "added_after=2026-01-01T00:00:00+00:00", "added_after=2026-01-01T25:00:00Z", "added_after=2026-01-01T00:00:00.Z",
    "added_after=0000-01-01T00:00:00Z",
    "added_after=2026-01-01T00:00:00Z,2026-01-02T00:00:00Z", "added_after=2026-01-01T00:00:00Z&added_after=2026-01-01T00:00:00Z",
    "match[version]=", "match[version]=all,last", "match[version]=last,all", "match[version]=latest", "match[version]=last,last",
    "match[version]=last,",
    "match[version]=2026-01-01T00:00:00Z,2026-01-01T00:00:00.000Z", "match[version]=2026-01-01", "match[version]=last, first",
    "match[type]=", "match[type]=indicator,", "match[id]=,", "match[type]=a&match[type]=b", "match[colour]=a&match[colour]=b", "match[spec_version]=",
    "next=", "next=nonsense", "next=AAAA&next=AAAA", "match[id]=a%00b", "match[id]=%ff", "next=%0a", "&".join(f"x{n}=1" for n in range(101)),
]  # fmt: skip


@pytest.fixture
def held() -> FakeNode:
    """Ten indicators, of which the first has a later version, and a piece of malware."""
    made = node()
    post(made, *(indicator(n) for n in range(1, 11)), indicator(11, type_="malware"))
    post(made, indicator(1, "2026-03-02T10:00:00.000Z"))
    return made


@pytest.mark.parametrize("query", MALFORMED)
@pytest.mark.parametrize("path", [OBJECTS, MANIFEST])
def test_a_malformed_parameter_is_400(held: FakeNode, path: str, query: str) -> None:
    got = ask(held, path, query)
    assert (got.status, got.json["title"]) == (400, "Malformed request")


@pytest.mark.parametrize("query", ["limit=0", "added_after=x", "match[version]=x", "match[spec_version]=", "next=x"])
def test_an_object_and_its_versions_refuse_alike(held: FakeNode, query: str) -> None:
    assert ask(held, f"{OBJECTS}{ONE}/", query).status == 400
    assert ask(held, f"{OBJECTS}{ONE}/versions/", query).status == (200 if "[version]" in query else 400)


def test_a_malformed_parameter_tells_nothing_of_a_collection(held: FakeNode) -> None:
    assert ask(held, "/deu/collections/none/objects/", "limit=0") == ask(held, OBJECTS, "limit=0")


@pytest.mark.parametrize(
    "query", ["colour=red", "colour=red&colour=blue", "match[colour]=red", "limit=007", "limit=9007199254740991", "%", "&&", "a"]
)
def test_what_is_not_known_is_ignored(held: FakeNode, query: str) -> None:
    assert ask(held, OBJECTS, query).status == 200


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 11), (f"match[id]={ONE}", 1), (f"match[id]={ONE},{ONE}", 1), (f"match[id]={ONE}&match[type]=malware", 0), ("match[type]=malware", 1),
        ("match[type]=malware,indicator", 11), ("match[version]=all", 12), ("match[version]=first", 11), ("match[version]=first,last", 12),
        ("match[version]=2026-03-02T10:00:00Z", 1), ("match[version]=2026-03-02T10:00:00.000000Z,first", 12), ("match[spec_version]=2.0", 0),
        ("match[spec_version]=2.0,2.1", 11), ("match%5Btype%5D=malware%2Cindicator", 11), ("added_after=2026-03-01T10:00:00Z", 11),
    ],
)  # fmt: skip
def test_filters_give_what_fits(held: FakeNode, query: str, count: int) -> None:
    assert len(ask(held, OBJECTS, query).ids) == len(ask(held, MANIFEST, query).ids) == count


def test_added_after_is_exclusive_and_exact(held: FakeNode) -> None:
    records = ask(held, MANIFEST).json["objects"]
    for n, one in enumerate(records):
        assert len(ask(held, OBJECTS, f"added_after={one['date_added']}").ids) == len(records) - n - 1
        assert len(ask(held, OBJECTS, f"added_after={one['date_added'][:-1]}999Z").ids) == len(records) - n - 1


def test_an_object_endpoint_ignores_what_only_collections_filter_by(held: FakeNode) -> None:
    assert ask(held, f"{OBJECTS}{ONE}/", "match[type]=malware&match[id]=x").ids == [ONE]


def test_pages_are_complete_and_can_be_repeated(held: FakeNode) -> None:
    for limit in (1, 2, 3, 5, 10, 11, 12):
        found, going = [], ""
        while True:
            page = ask(held, OBJECTS, f"limit={limit}{going}")
            assert page == ask(held, OBJECTS, f"limit={limit}{going}")
            found += page.ids
            if "next" not in page.json:
                break
            going = f"&next={quote(page.json['next'])}"
        assert found == ask(held, OBJECTS).ids


def test_a_cursor_holds_for_its_question_and_its_caller_alone(held: FakeNode) -> None:
    going = quote(ask(held, OBJECTS, "limit=2").json["next"])
    assert ask(held, OBJECTS, f"limit=5&next={going}").status == 200
    assert ask(held, OBJECTS, f"next={going}&match[type]=indicator").status == 400
    assert ask(held, OBJECTS.replace("/deu/", "/fra/"), f"next={going}", caller=FRA).status == 400
    assert ask(held, OBJECTS, f"next={going[:-3]}A%3D").status == 400


@given(st.integers(min_value=-(10**13), max_value=253_402_300_799_999_999))
def test_an_instant_that_is_written_is_read_back(instant: int) -> None:
    assert read_instant(as_timestamp(instant)) == read_instant(as_version(instant)) == instant
    assert len(as_timestamp(instant)) == 27
    assert datetime.fromisoformat(as_timestamp(instant)) == EPOCH + timedelta(microseconds=instant)


def test_a_version_is_written_as_stix_writes_it() -> None:
    at = (datetime(2026, 3, 1, 10, tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
    assert [as_version(at + more) for more in (0, 1, 120, 250_000)] == [
        "2026-03-01T10:00:00.000Z", "2026-03-01T10:00:00.000001Z", "2026-03-01T10:00:00.00012Z", "2026-03-01T10:00:00.250Z",
    ]  # fmt: skip


WORDS = ["/", "deu", "taxii2", "collections", "objects", "manifest", "shared", "versions", "status", ONE, "..", "\0", "é", " "]
QUERIES = [
    "match[id]",
    "match[version]",
    "limit",
    "next",
    "added_after",
    "=",
    "&",
    ",",
    "all",
    "last",
    "0",
    "2026-01-01T00:00:00Z",
    "%",
    "%ff",
    "[",
    "\ud800",
]


@given(
    st.sampled_from(["GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", ""]),
    st.lists(st.sampled_from(WORDS), max_size=12).map("".join),
    st.lists(st.sampled_from(QUERIES), max_size=8).map("".join),
    st.dictionaries(st.sampled_from(["accept", "content-type", "content-length", "content-encoding"]), st.text(max_size=12)),
    st.binary(max_size=20),
    st.sampled_from([None, DEU, EST]),
)
def test_no_request_breaks_it(method: str, path: str, query: str, headers: dict[str, str], body: bytes, caller: Caller | None) -> None:
    got = answer(Request(method, path, query, headers, body), node(), caller)
    assert got.status in (200, 202, 400, 401, 403, 404, 405, 406, 411, 413, 415, 422)
    assert isinstance(b"".join(got.body), bytes)
