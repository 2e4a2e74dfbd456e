"""Every TAXII endpoint: what it answers to whom, with which headers, and in which words it refuses."""

from __future__ import annotations

import pytest

from comity.exchange import Asked, Busy, Caller, Filters, Page
from comity.exchange.taxii.requests import ALLOWS, Kind
from tests.exchange.asking_taxii import DEU, EST, FRA, MANIFEST, OBJECTS, TAXII, ask, indicator, post
from tests.exchange.fake_node import FakeNode
from tests.exchange.serving_taxii import HIDDEN, READ_ONLY, SHARED, WRITE_ONLY, node

ABSENT = "e5f5b3ee-7a2a-4e9b-9195-405ecd5bb205"
ONE = indicator(1)["id"]
PATHS: dict[Kind, str] = {
    "discovery": "/taxii2/", "root": "/deu/", "collections": "/deu/collections/", "collection": f"/deu/collections/{SHARED}/", "manifest": MANIFEST,
    "objects": OBJECTS, "object": f"{OBJECTS}{ONE}/", "versions": f"{OBJECTS}{ONE}/versions/", "status": "/deu/status/x/",
}  # fmt: skip


@pytest.fixture
def held() -> FakeNode:
    """A node with an object of three versions, and four others, in the collection that Germany shares."""
    made = node()
    for at in ("2026-03-01T10:00:00.000Z", "2026-03-02T10:00:00.000Z", "2026-03-03T10:00:00.123456Z"):
        post(made, indicator(1, at))
    post(made, *(indicator(n) for n in (2, 3)), indicator(4, type_="malware"), {"type": "url", "id": f"url--{ABSENT}", "value": "x"})
    return made


def test_discovery_names_the_callers_own_root_and_no_other(held: FakeNode) -> None:
    told = ask(held, "/taxii2/").json
    assert (told["title"], told["default"], told["api_roots"]) == ("Estonia's node", "/deu/", ["/deu/"])
    assert ask(held, "/taxii2/", caller=FRA).json["api_roots"] == ["/fra/"]


def test_a_root_says_what_is_required(held: FakeNode) -> None:
    told = ask(held, "/deu/").json
    assert (told["versions"], told["max_content_length"]) == ([TAXII], 1_000_000)
    assert "lets out to DEU" in told["description"]
    assert "own people" in ask(held, "/est/", caller=EST).json["description"]


def test_a_root_of_another_is_as_one_that_is_not_there(held: FakeNode) -> None:
    assert ask(held, "/fra/").body == ask(held, "/xyz/").body == ask(held, "/est/").body == ask(held, "/DEU/").body
    assert ask(held, "/fra/").status == 404


def test_the_keepers_people_look_at_a_partners_root_as_that_partner(held: FakeNode) -> None:
    seen = ask(held, "/deu/collections/", caller=EST).json["collections"]
    assert [(one["id"], one["can_write"]) for one in seen] == [(SHARED, False), (READ_ONLY, False)]
    assert ask(held, OBJECTS, caller=EST).ids == ask(held, OBJECTS).ids
    assert ask(held, "/DEU/", caller=EST).status == ask(held, "/xyz/", caller=EST).status == 404


def test_collections_are_told_as_the_caller_sees_them(held: FakeNode) -> None:
    told = ask(held, "/deu/collections/").json["collections"]
    assert [(one["id"], one["can_read"], one["can_write"]) for one in told] == [
        (SHARED, True, True), (READ_ONLY, True, False), (WRITE_ONLY, False, True),
    ]  # fmt: skip
    assert (told[0]["alias"], "alias" in told[1], "description" in told[1]) == ("shared", False, False)
    assert told[0]["media_types"] == ["application/stix+json;version=2.1"]


def test_no_collections_are_an_empty_object() -> None:
    assert ask(FakeNode(), "/deu/collections/").body == b"{}"


def test_a_collection_is_found_by_id_and_by_alias(held: FakeNode) -> None:
    by_id = ask(held, f"/deu/collections/{SHARED}/")
    assert by_id.body == ask(held, "/deu/collections/shared/").body
    assert by_id.json["id"] == SHARED
    assert ask(held, "/deu/collections/shared/objects/").body == ask(held, OBJECTS).body


def test_objects_are_served_byte_for_byte(held: FakeNode) -> None:
    body = ask(held, OBJECTS, "match[version]=all").body
    kept = [kept.told.body for kept in held.holdings[0].objects]
    assert body == b'{"objects":[' + b",".join(kept) + b"]}"


def test_more_comes_with_a_cursor(held: FakeNode) -> None:
    for path in (OBJECTS, MANIFEST):
        first = ask(held, path, "limit=2")
        assert (first.json["more"], len(first.json["objects"])) == (True, 2)
        rest = ask(held, path, f"limit=9&next={first.json['next']}").json
        assert ("more" in rest, len(rest["objects"])) == (False, 3)


def test_a_manifest_tells_of_each_version_what_is_required(held: FakeNode) -> None:
    told = ask(held, MANIFEST, f"match[id]={ONE}&match[version]=all").json["objects"]
    assert [one["version"] for one in told] == ["2026-03-01T10:00:00.000Z", "2026-03-02T10:00:00.000Z", "2026-03-03T10:00:00.123456Z"]
    assert [one["date_added"][-7:] for one in told] == ["000002Z", "000004Z", "000006Z"]
    assert {one["media_type"] for one in told} == {"application/stix+json;version=2.1"}
    assert {one["id"] for one in told} == {ONE}


def test_a_manifest_asks_for_no_bodies(held: FakeNode) -> None:
    ask(held, MANIFEST)
    ask(held, f"{OBJECTS}{ONE}/versions/")
    assert [asked.bodies for _, asked in held.asked] == [False, False]


def test_an_object_comes_by_its_id_in_its_last_version_unless_said(held: FakeNode) -> None:
    assert [one["modified"] for one in ask(held, f"{OBJECTS}{ONE}/").json["objects"]] == ["2026-03-03T10:00:00.123456Z"]
    assert len(ask(held, f"{OBJECTS}{ONE}/", "match[version]=all").json["objects"]) == 3


def test_versions_are_a_list_of_texts(held: FakeNode) -> None:
    told = ask(held, f"{OBJECTS}{ONE}/versions/").json
    assert told == {"versions": ["2026-03-01T10:00:00.000Z", "2026-03-02T10:00:00.000Z", "2026-03-03T10:00:00.123456Z"]}
    paged = ask(held, f"{OBJECTS}{ONE}/versions/", "limit=1").json
    assert (paged["more"], len(paged["versions"]), "next" in paged) == (True, 1, True)


def test_dates_of_first_and_last_come_with_every_page(held: FakeNode) -> None:
    for path in (OBJECTS, MANIFEST, f"{OBJECTS}{ONE}/", f"{OBJECTS}{ONE}/versions/"):
        records = ask(held, MANIFEST, "match[version]=all" + (f"&match[id]={ONE}" if ONE in path else "")).json["objects"]
        got = ask(held, path, "match[version]=all").dates
        assert got == (records[0]["date_added"], records[-1]["date_added"])


def test_dates_of_an_empty_page_are_where_the_caller_stood(held: FakeNode) -> None:
    at = "2027-01-01T00:00:00.000000Z"
    assert ask(held, OBJECTS, f"added_after={at}").dates == (at, at)
    assert ask(held, f"/deu/collections/{READ_ONLY}/objects/").dates == ("1970-01-01T00:00:00.000000Z",) * 2


def test_nothing_is_an_empty_object(held: FakeNode) -> None:
    for path in (OBJECTS, MANIFEST, f"{OBJECTS}{ONE}/", f"{OBJECTS}{ONE}/versions/"):
        got = ask(held, path, "added_after=2027-01-01T00:00:00Z")
        assert (got.status, got.body) == (200, b"{}")


def test_an_object_of_which_nothing_fits_is_told_from_one_that_is_not_there(held: FakeNode) -> None:
    assert ask(held, f"{OBJECTS}{ONE}/", "match[version]=1999-01-01T00:00:00Z").body == b"{}"
    other = indicator(9)["id"]
    assert ask(held, f"{OBJECTS}{other}/").status == ask(held, f"{OBJECTS}{other}/versions/").status == 404


def test_a_delivery_is_accepted_and_can_be_asked_after(held: FakeNode) -> None:
    got = post(held, indicator(7), {"type": "indicator"})
    told = got.json
    assert (got.status, told["status"], told["total_count"], told["success_count"]) == (202, "complete", 2, 1)
    assert (told["failure_count"], told["pending_count"], "pendings" in told) == (1, 0, False)
    assert told["successes"] == [{"id": indicator(7)["id"], "version": "2026-03-01T10:00:00.000Z"}]
    assert told["failures"][0]["id"] == "unknown"
    assert "id is missing" in told["failures"][0]["message"]
    assert ask(held, f"/deu/status/{told['id']}/").json == told


def test_a_delivery_of_another_client_is_as_one_that_is_not_there(held: FakeNode) -> None:
    told = post(held, indicator(7)).json
    assert ask(held, f"/fra/status/{told['id']}/", caller=FRA).body == ask(held, f"/deu/status/{ABSENT}/").body


def test_what_a_caller_may_not_read_is_as_what_is_not_there(held: FakeNode) -> None:
    """Identical bytes and headers, whatever was asked for and how."""
    for part in ("", "manifest/", "objects/", f"objects/{ONE}/", f"objects/{ONE}/versions/"):
        hidden, absent = ask(held, f"/deu/collections/{HIDDEN}/{part}"), ask(held, f"/deu/collections/{ABSENT}/{part}")
        assert hidden == absent
        assert hidden.status == 404
        if part:
            assert ask(held, f"/deu/collections/{WRITE_ONLY}/{part}") == absent
    assert HIDDEN.encode() not in ask(held, f"/deu/collections/{HIDDEN}/").body
    assert post(held, indicator(8), path=f"/deu/collections/{HIDDEN}/objects/") == post(
        held, indicator(8), path=f"/deu/collections/{ABSENT}/objects/"
    )


def test_an_alias_of_a_hidden_collection_leads_nowhere(held: FakeNode) -> None:
    assert ask(held, "/deu/collections/french/").status == 404


def test_who_may_only_read_delivers_nothing(held: FakeNode) -> None:
    path = f"/deu/collections/{READ_ONLY}/objects/"
    assert post(held, indicator(8), path=path) == ask(held, f"/deu/collections/{ABSENT}/")
    assert not held.holdings[1].objects


def test_deleting_takes_both_rights(held: FakeNode) -> None:
    def delete(collection: str) -> int:
        return ask(held, f"/deu/collections/{collection}/objects/{ONE}/", method="DELETE").status

    assert (delete(READ_ONLY), delete(WRITE_ONLY), delete(HIDDEN), delete(ABSENT)) == (403, 403, 404, 404)
    got = ask(held, f"{OBJECTS}{ONE}/", "match[version]=all", method="DELETE")
    assert (got.status, got.body, got.headers["Content-Type"]) == (200, b"", TAXII)
    assert ask(held, f"{OBJECTS}{ONE}/").status == ask(held, f"{OBJECTS}{ONE}/", method="DELETE").status == 404


def test_deleting_takes_the_last_version_unless_said(held: FakeNode) -> None:
    ask(held, f"{OBJECTS}{ONE}/", method="DELETE")
    assert ask(held, f"{OBJECTS}{ONE}/versions/").json["versions"] == ["2026-03-01T10:00:00.000Z", "2026-03-02T10:00:00.000Z"]
    ask(held, f"{OBJECTS}{ONE}/", "match[version]=2026-03-01T10:00:00Z", method="DELETE")
    assert ask(held, f"{OBJECTS}{ONE}/versions/").json["versions"] == ["2026-03-02T10:00:00.000Z"]


@pytest.mark.parametrize("query", ["added_after=2026-01-01T00:00:00Z", "limit=1", "match[type]=indicator", "match[colour]=red"])
def test_deleting_refuses_a_filter_that_it_does_not_know(held: FakeNode, query: str) -> None:
    """Ignoring it would delete more than was asked."""
    assert ask(held, f"{OBJECTS}{ONE}/", query, method="DELETE").status == 400
    assert len(ask(held, f"{OBJECTS}{ONE}/versions/").json["versions"]) == 3


def test_nobody_gets_401_whatever_is_asked(held: FakeNode) -> None:
    answers = [ask(held, path, caller=None) for path in (*PATHS.values(), "/nothing", "/fra/")]
    assert all(got == answers[0] for got in answers)
    assert (answers[0].status, answers[0].headers["WWW-Authenticate"][:5]) == (401, "Basic")
    assert post(held, indicator(8), caller=None).status == 401


@pytest.mark.parametrize("kind", ALLOWS)
def test_another_method_is_refused_with_those_that_are_allowed(held: FakeNode, kind: Kind) -> None:
    for method in ("PUT", "PATCH", "POST", "DELETE", "TRACE", "get"):
        if method not in ALLOWS[kind]:
            got = ask(held, PATHS[kind], method=method)
            assert (got.status, got.headers["Allow"]) == (405, ", ".join(ALLOWS[kind]))
            assert got.json["http_status"] == "405"
    got = ask(held, PATHS[kind], method="OPTIONS")
    assert (got.status, got.body, got.headers["Allow"]) == (200, b"", ", ".join(ALLOWS[kind]))


@pytest.mark.parametrize("kind", [kind for kind in ALLOWS if kind != "status"])
def test_head_has_the_headers_of_get_and_no_body(held: FakeNode, kind: Kind) -> None:
    got, head = ask(held, PATHS[kind]), ask(held, PATHS[kind], method="HEAD")
    paged = kind in ("objects", "object", "manifest", "versions")
    assert (head.status, head.body) == (200, b"")
    assert head.headers == {name: value for name, value in got.headers.items() if not (paged and name == "Content-Length")}
    assert not any(asked.bodies for _, asked in held.asked[1:])


@pytest.mark.parametrize(
    "path",
    ["", "/", "//", "taxii2/", "/taxii2", "/deu", "/deu/collections", f"{OBJECTS[:-1]}", "/deu//", "/deu/collections//", "/deu/nothing/",
     "/deu/collections/x/y/", f"{OBJECTS}{ONE}/versions/x/",
     f"{OBJECTS}{ONE}/other/", "/deu/collections/../", "/deu/\udc80/", "/deu/collections/\0/"],
)  # fmt: skip
def test_a_path_of_nothing_is_never_a_redirect(held: FakeNode, path: str) -> None:
    got = ask(held, path)
    assert (got.status, got.headers["Content-Type"], got.json["title"]) == (404, TAXII, "Not found")


def test_every_refusal_is_an_error_message(held: FakeNode) -> None:
    refusals = [
        ask(held, OBJECTS, "limit=0"), ask(held, OBJECTS, caller=None), ask(held, "/deu/x/"), ask(held, OBJECTS, method="PUT"),
        ask(held, OBJECTS, accept="text/html"), post(held, content_type="text/plain"),
        ask(held, OBJECTS, method="POST", content_type=TAXII, content_length="2000000"),
        ask(held, OBJECTS, method="POST", content_type=TAXII), ask(held, f"/deu/collections/{READ_ONLY}/objects/{ONE}/", method="DELETE"),
        ask(held, OBJECTS, method="POST", body=b"[", content_type=TAXII),
    ]  # fmt: skip
    assert [got.status for got in refusals] == [400, 401, 404, 405, 406, 415, 413, 411, 403, 422]
    for got in refusals:
        assert got.headers["Content-Type"] == TAXII
        assert got.json["http_status"] == str(got.status)
        assert got.json["title"]
        assert got.json["error_id"].startswith("comity-")
        assert "\n" not in got.json["description"]


def test_what_is_served_is_kept_by_no_cache(held: FakeNode) -> None:
    for got in (ask(held, OBJECTS), ask(held, "/deu/"), ask(held, "/nothing")):
        assert got.headers["Cache-Control"] == "private, no-store"


def test_a_read_is_asked_as_the_query_says(held: FakeNode) -> None:
    ask(held, OBJECTS, "match[type]=malware,url&match[version]=first,2026-01-01T00:00:00Z&added_after=1970-01-01T00:00:01Z&limit=7")
    caller, asked = held.asked[-1]
    assert caller is DEU
    assert asked.filters == Filters(types=("malware", "url"), versions=("first", 1_767_225_600_000_000))
    assert (asked.after, asked.limit, asked.cursor, asked.bodies, asked.door) == (1_000_000, 7, None, True, "taxii")
    ask(held, OBJECTS, "limit=5000")
    assert held.asked[-1][1].limit == 1000


def test_a_node_that_is_busy_says_so_and_when_to_ask_again(held: FakeNode, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(self: FakeNode, caller: Caller, collection: str, asked: Asked) -> Page:
        raise Busy("it changes too fast")

    monkeypatch.setattr(FakeNode, "read", busy)
    found = ask(held, OBJECTS)
    assert (found.status, found.headers["Retry-After"], found.json["title"]) == (503, "1", "Busy")
