"""Pulling from a partner's TAXII server: nothing left out, whatever is interrupted; and no server keeps it busy, fills it or leads it astray."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from comity.exchange.asking import Busy, Delivery, Fate
from comity.exchange.between.asking_partners import MEDIA_TYPE, Answer, Asking, Bounds, Partner, Unreachable
from comity.exchange.between.pulling import Pulled, Puller
from comity.exchange.between.raw_objects import write_envelope

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
PARTNER = Partner("BET", "https://node.bet.example")
COLLECTION = "/api/collections/warnings/"
TAXII = {"Content-Type": MEDIA_TYPE}
Serve = Callable[[dict[str, str]], Answer]


def dated(number: int) -> str:
    return (START - timedelta(days=1) + timedelta(microseconds=number)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def thing(number: int, more: str = "") -> bytes:
    return f'{{ "type":"report", "id": "report--00000000-0000-4000-8000-{number:012x}" ,"n":{number}{more}}}'.encode()


def said(resource: object, status: int = 200) -> Answer:
    return Answer(status, TAXII, json.dumps(resource).encode())


def page(*bodies: bytes, last: str | None = "", **more: Any) -> Answer:
    """An envelope as a server sends it, with the date of the last object."""
    body = write_envelope(bodies)[:-1] + b"".join(f",{json.dumps(k)}:{json.dumps(v)}".encode() for k, v in more.items()) + b"}"
    dates = {} if last is None else {"X-TAXII-Date-Added-Last": last or dated(json.loads(bodies[-1])["n"] if bodies else 0)}
    return Answer(200, TAXII | dates, body)


class Server:
    """A partner's server with one collection; ``objects`` answers its queries, ``answers`` what else is asked."""

    def __init__(self, objects: Serve, **answers: Answer) -> None:
        self.objects = objects
        self.asked: list[Asking] = []
        self.answers = {
            "/taxii2/": said({"title": "x", "api_roots": ["/api/"]}),
            "/api/": said({"title": "x", "versions": ["application/taxii+json;version=2.1"]}),
            "/api/collections/": said({"collections": [{"id": "warnings", "title": "Warnings", "can_read": True}]}),
            **{name.replace("_", "/"): answer for name, answer in answers.items()},
        }

    def __call__(self, asking: Asking) -> Answer:
        self.asked.append(asking)
        assert len(self.asked) < 300, "it asks for ever"
        if asking.path in self.answers:
            return self.answers[asking.path]
        if asking.path == f"{COLLECTION}objects/":
            return self.objects(dict(asking.query))
        return said({"title": "not there"}, 404)

    @property
    def queries(self) -> list[dict[str, str]]:
        return [dict(asking.query) for asking in self.asked if asking.path.endswith("/objects/")]


class Station:
    """The one who pulls: what it took, its cursors, how long it waited."""

    def __init__(self, server: Callable[[Asking], Answer], bounds: Bounds = Bounds()) -> None:
        self.server, self.bounds = server, bounds
        self.kept: dict[str, str] = {}
        self.taken: list[bytes] = []
        self.waits: list[float] = []
        self.at = START
        self.fails = 0
        self.refuses: Sequence[Fate] = ()

    def get(self, key: str) -> str | None:
        return self.kept.get(key)

    def put(self, key: str, value: str) -> None:
        self.kept[key] = value

    def receive(self, partner: str, path: str, bodies: Sequence[bytes]) -> Delivery:
        assert (partner, path) == ("BET", COLLECTION)
        if self.fails:
            self.fails -= 1
            raise Busy("not now")
        self.taken += bodies
        return Delivery("", "", refused=tuple(self.refuses))

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += timedelta(seconds=seconds)

    def pull(self, partner: Partner = PARTNER) -> Pulled:
        found = Puller(self.server, self, self.receive, self.wait, lambda: self.at, self.bounds).pull(partner)
        for line in [found.says, *(one.says for one in found.collections), *(one.first_refusal for one in found.collections)]:
            assert line == "" or (line.isprintable() and len(line) < 400), line
        return found

    @property
    def numbers(self) -> list[int]:
        return [json.loads(body)["n"] for body in self.taken]


def paging(numbers: Sequence[int], size: int = 3, with_next: bool = True) -> Serve:
    """A server of these objects, in pages."""

    def serve(query: dict[str, str]) -> Answer:
        left = [n for n in numbers if dated(n) > query.get("added_after", "") and n > int(query.get("next", 0))]
        here = left[: min(size, int(query["limit"]))]
        more: dict[str, Any] = {} if len(left) <= len(here) else {"more": True, **({"next": str(here[-1])} if with_next else {})}
        return page(*map(thing, here), **more)

    return serve


# -- nothing is left out


def test_everything_comes_once_with_its_very_bytes() -> None:
    numbers = list(range(1, 9))
    station = Station(server := Server(paging(numbers)))
    found = station.pull()
    assert found.whole
    assert station.taken == [thing(n) for n in numbers]
    (one,) = found.collections
    assert (one.title, one.pages, one.given, one.taken, one.refused) == ("Warnings", 3, 8, 8, 0)
    assert all(query["match[version]"] == "all" for query in server.queries)
    assert all(asking.headers["Accept"] == MEDIA_TYPE for asking in server.asked)
    numbers.append(9)
    assert station.pull().whole
    assert station.numbers == list(range(1, 10)), "and then what is new alone"
    assert server.queries[-1]["added_after"] == dated(8)


def test_the_query_stays_the_same_while_it_goes_on_with_next() -> None:
    station = Station(server := Server(paging(range(1, 9))))
    station.kept[f"pull BET https://node.bet.example{COLLECTION}"] = json.dumps({"after": dated(2), "next": None, "last": None})
    station.pull()
    assert [(query["added_after"], query.get("next")) for query in server.queries] == [(dated(2), None), (dated(2), "5")]


@pytest.mark.parametrize("stop", range(1, 5))
def test_interrupted_it_goes_on_where_it_stopped(stop: int) -> None:
    server = Server(paging(range(1, 12)))
    station = Station(server)
    receive, count = station.receive, iter(range(100))

    def stops(partner: str, path: str, bodies: Sequence[bytes]) -> Delivery:
        if next(count) == stop - 1:
            raise KeyboardInterrupt
        return receive(partner, path, bodies)

    station.receive = stops  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        station.pull()
    assert station.pull().whole
    assert station.numbers == list(range(1, 12)), "the page that was not taken comes again, the others do not"


def test_what_could_not_be_taken_comes_again() -> None:
    station = Station(Server(paging(range(1, 6))))
    station.fails = 1
    assert "could not be taken just now: not now" in station.pull().collections[0].says
    assert station.pull().whole
    assert station.numbers == [1, 2, 3, 4, 5]


def test_a_next_that_is_good_no_more_begins_again_where_it_was_given() -> None:
    serve = paging(range(1, 8))
    station = Station(server := Server(lambda query: said({"title": "gone"}, 404) if "next" in query else serve(query)))
    assert "gone" in station.pull().collections[0].says
    server.objects = lambda query: said({"title": "gone"}, 400) if query.get("next") == "3" else serve(query)
    found = station.pull()
    assert "gone" in found.collections[0].says, "it is tried once"
    server.objects = serve
    assert station.pull().whole
    assert sorted(set(station.numbers)) == list(range(1, 8))


def test_without_next_the_dates_lead_on() -> None:
    station = Station(Server(paging(range(1, 9), with_next=False)))
    assert station.pull().whole
    assert sorted(set(station.numbers)) == list(range(1, 9))


def test_without_next_objects_of_one_date_are_not_passed_over() -> None:
    rows = [(1, 5), (2, 7), (3, 7), (4, 7), (5, 9)]  # number, date

    def serve(query: dict[str, str]) -> Answer:
        left = [(n, d) for n, d in rows if dated(d) > query.get("added_after", "")]
        return page(*(thing(n) for n, _ in left[:3]), last=dated(left[:3][-1][1]), more=len(left) > 3)

    station = Station(Server(serve))
    assert station.pull().whole
    assert sorted(set(station.numbers)) == [1, 2, 3, 4, 5]


def test_a_page_that_is_too_large_is_asked_for_in_smaller_ones() -> None:
    serve = paging(range(1, 40), size=1000)
    station = Station(Server(serve), Bounds(page_bytes=400, object_bytes=300))
    assert station.pull().whole
    assert station.numbers == list(range(1, 40))


def test_it_is_tried_again_where_that_can_help() -> None:
    serve, troubles = paging(range(1, 4)), iter([Unreachable("no route"), 503, 429, 500, None])

    def troubled(query: dict[str, str]) -> Answer:
        trouble = next(troubles)
        if isinstance(trouble, Exception):
            raise trouble
        return serve(query) if trouble is None else Answer(trouble, {"retry-after": "7"} if trouble == 429 else {})

    station = Station(Server(troubled))
    assert station.pull().whole
    assert station.waits == [1.0, 2.0, 7.0, 8.0]


def test_a_day_on_which_to_ask_again_is_kept_to() -> None:
    answers = iter([Answer(503, {"Retry-After": "Sun, 01 Mar 2026 12:01:30 GMT"}), page(thing(1))])
    station = Station(Server(lambda query: next(answers)))
    assert station.pull().whole
    assert station.waits == [90.0]


def test_one_collection_that_ends_early_does_not_keep_another() -> None:
    both = said({"collections": [{"id": "broken", "can_read": True}, {"id": "shut", "can_read": False}, {"id": "warnings", "can_read": True}]})
    station = Station(Server(paging(range(1, 4)), _api_collections_=both))
    found = station.pull()
    assert [(one.path, bool(one.says)) for one in found.collections] == [("/api/collections/broken/", True), (COLLECTION, False)]
    assert not found.whole
    assert station.numbers == [1, 2, 3]
    assert [one.path for one in station.pull(Partner("BET", PARTNER.url, collections=("warnings",))).collections] == [COLLECTION]
    assert [one.path for one in station.pull(Partner("BET", PARTNER.url, roots=("/api/",))).collections][-1] == COLLECTION


def test_the_api_by_default_comes_first_and_one_at_its_own_address_is_taken() -> None:
    roots = said({"default": "https://node.bet.example/api/", "api_roots": ["/other/", "https://node.bet.example/api/", "/api/"]})
    other = said({"title": "x", "versions": ["application/taxii+json; version=2.1", "taxii-2.0"]})
    station = Station(server := Server(paging([1]), _taxii2_=roots, _other_=other, _other_collections_=said({})))
    assert station.pull().whole
    assert [asking.path for asking in server.asked][1] == "/api/"


# -- nobody holds it up


def ended(serve: Serve, bounds: Bounds = Bounds(), **answers: Answer) -> str:
    """Why it ended early, in one line."""
    found = Station(Server(serve, **answers), bounds).pull()
    assert not found.whole
    return found.says or found.collections[0].says


NEVER = iter(range(10**9))
HOSTILE: dict[str, tuple[Serve, str]] = {
    "more without end": (lambda q: page(thing(next(NEVER)), more=True, next=str(next(NEVER))), "the rest the next time"),
    "more and nothing": (lambda q: page(more=True, next=str(next(NEVER))), "says that there is more, 6 times, and gives nothing"),
    "the same next": (lambda q: page(thing(1), more=True, next="x"), "the same to go on with again ('x')"),
    "more, nothing, no next": (lambda q: page(more=True), "neither gives anything nor how to go on"),
    "no dates that go on": (lambda q: page(thing(1), more=True), "does not get on"),
    "a next that is no text": (lambda q: page(thing(1), more=True, next={"a": 1}), "to go on with"),
    "a next without end": (lambda q: page(thing(1), more=True, next="x" * 10_000), "to go on with"),
    "no dates": (lambda q: page(thing(1), last=None), "without saying when the last was added"),
    "a date that is none": (lambda q: page(thing(1), last="\x1b[2Jyesterday"), "without saying when the last was added"),
    "a thirteenth month": (lambda q: page(thing(1), last="2026-13-01T00:00:00.000000Z"), "lies ahead"),
    "the end of time": (lambda q: page(thing(1), last="9999-12-31T23:59:59.999999Z"), "lies ahead"),
    "a web page": (lambda q: Answer(200, {"Content-Type": "text/html"}, b"<html>"), "content type 'text/html'"),
    "no content type": (lambda q: Answer(200, {}, b"{}"), "content type None"),
    "another version": (lambda q: Answer(200, {"Content-Type": "application/taxii+json;version=2.0"}, b"{}"), "instead of"),
    "no JSON": (lambda q: Answer(200, TAXII, b"{"), "what is no TAXII resource"),
    "a list": (lambda q: Answer(200, TAXII, b"[]"), "what is no TAXII resource"),
    "no UTF-8": (lambda q: Answer(200, TAXII, b"\xff"), "it is not UTF-8"),
    "one thing twice": (lambda q: Answer(200, TAXII, b'{"more":false,"more":true}'), "says one thing twice"),
    "depths": (lambda q: Answer(200, TAXII, b'{"objects":' + b"[" * 100_000 + b"]" * 100_000 + b"}"), "nested too deep"),
    "no number": (lambda q: Answer(200, TAXII, b'{"objects":[NaN]}'), "no JSON object"),
    "more after the end": (lambda q: Answer(200, TAXII, b"{} {}"), "no JSON object"),
    "a giant body": (lambda q: Answer(200, TAXII, b" " * 300_001), "even of one object"),
    "elsewhere": (lambda q: Answer(301, {"Location": "http://169.254.169.254/"}), "where we show nothing and do not go"),
    "elsewhere, unsaid": (lambda q: Answer(307), "where we show nothing"),
    "a shout": (lambda q: said({"title": "\x1b[31m" + "A" * 10_000}, 403), "ask the partner"),
    "a teapot": (lambda q: Answer(418), "that is no success"),
    "nothing, with success": (lambda q: Answer(204), "content type None"),
    "later, for ever": (lambda q: Answer(503), "answers 503, 5 times"),
    "later, much later": (lambda q: Answer(429, {"Retry-After": "9" * 30}), "s at the earliest"),
    "later, on no day": (lambda q: Answer(429, {"Retry-After": "Xyz, 99 Foo"}), "answers 429, 5 times"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_server_holds_it_up(name: str) -> None:
    serve, says = HOSTILE[name]
    assert says in ended(serve, Bounds(page_bytes=300_000, pages=20))


def test_who_is_not_known_is_told_so_and_asks_no_more() -> None:
    station = Station(server := Server(lambda q: Answer(401)))
    assert "it does not know us" in station.pull().says
    assert len(server.queries) == 1


STRANGE_ANSWERS: dict[str, tuple[dict[str, Answer], str]] = {
    "no roots": ({"_taxii2_": said({"title": "x"})}, "tells of 0 API roots"),
    "many roots": ({"_taxii2_": said({"api_roots": [f"/{n}/" for n in range(1000)]})}, "tells of 1000 API roots"),
    "roots of numbers": ({"_taxii2_": said({"api_roots": [1]})}, "no plain path"),
    "a root elsewhere": ({"_taxii2_": said({"api_roots": ["https://elsewhere.example/api/"]})}, "no plain path on its own server"),
    "a root that looks like its own": ({"_taxii2_": said({"api_roots": ["https://node.bet.example.evil/api/"]})}, "no plain path"),
    "a root without a scheme": ({"_taxii2_": said({"api_roots": ["//elsewhere.example/"]})}, "no plain path"),
    "a root that climbs": ({"_taxii2_": said({"api_roots": ["/api/../admin/"]})}, "no plain path"),
    "a root with a query": ({"_taxii2_": said({"api_roots": ["/api/?a=b"]})}, "no plain path"),
    "a root of many lines": ({"_taxii2_": said({"api_roots": ["/api/\r\nX: y/"]})}, "no plain path"),
    "another protocol": ({"_api_": said({"versions": ["application/taxii+json;version=2.0"]})}, "not TAXII 2.1"),
    "no versions": ({"_api_": said({})}, "not TAXII 2.1"),
    "collections of no kind": ({"_api_collections_": said({"collections": "all"})}, "none that can be read"),
    "many collections": ({"_api_collections_": said({"collections": [{"id": str(n)} for n in range(1000)]})}, "more than 256 collections"),
    "a collection that climbs": ({"_api_collections_": said({"collections": [{"id": "../../status", "can_read": True}]})}, "with the id"),
    "a collection of dots": ({"_api_collections_": said({"collections": [{"id": "..", "can_read": True}]})}, "with the id '..'"),
    "a collection that is a number": ({"_api_collections_": said({"collections": [7]})}, "with the id None"),
    "unreachable": ({"_taxii2_": Answer(502)}, "answers 502, 5 times"),
}


@pytest.mark.parametrize("name", STRANGE_ANSWERS)
def test_no_server_leads_it_astray(name: str) -> None:
    answers, says = STRANGE_ANSWERS[name]
    assert says in ended(paging([1]), Bounds(), **answers)


def test_objects_are_refused_one_by_one() -> None:
    odd = [
        b"1", b"null", b'"x"', b"[]", b"{}", b'{"id":"report--x","type":"report"}',
        b'{"type":"malware","id":"report--00000000-0000-4000-8000-000000000001"}',
        thing(3, f',"long":"{"x" * 2000}"'), thing(4, ',"deep":' + "[" * 60 + "]" * 60), b'{"id":["report"],"type":{}}',
    ]  # fmt: skip
    station = Station(Server(lambda q: page(thing(1), *odd, thing(2))), Bounds(object_bytes=1000))
    station.refuses = (Fate("report--1", "", "this version is here already, with other content"),)
    (one,) = station.pull().collections
    assert station.numbers == [1, 2]
    assert (one.given, one.taken, one.refused) == (12, 1, 11)
    assert one.first_refusal == "'1' is no STIX object"


def test_so_many_objects_at_once_and_a_day() -> None:
    serve = paging(range(1, 100))
    station = Station(Server(serve), Bounds(objects=7))
    assert "gave 3 pages and 9 objects at once; the rest the next time" in station.pull().collections[0].says
    station.pull()
    assert station.numbers == list(range(1, 19)), "the next time it goes on"
    station = Station(Server(serve), Bounds(objects_a_day=7))
    assert "gave 7 objects today; the rest tomorrow" in station.pull().says
    assert station.pull().says
    assert station.numbers == list(range(1, 10))
    station.at += timedelta(days=1)
    station.pull()
    assert station.numbers == list(range(1, 19))


def test_it_waits_no_longer_than_it_is_told() -> None:
    station = Station(Server(lambda q: Answer(503, {"Retry-After": "200"})), Bounds(tries=100))
    found = station.pull()
    assert found.again == 200
    assert sum(station.waits) <= Bounds().waiting
    assert station.pull().again == 200
