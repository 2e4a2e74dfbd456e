"""Load for any TAXII 2.1 server: POST envelopes of indicators, walk a collection page by page, ask for one object again and again.

``python -m bench.taxii_load ROOT COLLECTION --user admin --password secret``

Each client is a process with one connection that it keeps; all begin at one moment. Only bytes are looked at while the clock runs: objects are
counted by a word that stands once in each. ``contents`` reads a collection again without a clock, object by object.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import http.client
import json
import multiprocessing
import re
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

MEDIA = "application/taxii+json;version=2.1"
ONCE = b'"spec_version"'
_MORE = re.compile(rb'"more"\s*:\s*true')
_NEXT = re.compile(rb'"next"\s*:\s*"([^"]*)"')
_FORK = multiprocessing.get_context("fork")
_PATIENCE = 900.0
Json = dict[str, Any]


class Target(NamedTuple):
    """A collection of a server: the address of its API root (ends with a slash), its id, what to say in ``Authorization``."""

    root: str
    collection: str
    authorization: str

    @property
    def path(self) -> str:
        """The path of its objects."""
        return f"{urlsplit(self.root).path}collections/{self.collection}/objects/"


class Took(NamedTuple):
    """What came of a run: objects sent or received, seconds from the first client's begin to the last one's end, seconds of each request."""

    clients: int
    objects: int
    seconds: float
    requests: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Objects a second."""
        return self.objects / self.seconds

    def share(self, of: float) -> float:
        """The seconds within which this share of the requests was answered."""
        ordered = sorted(self.requests)
        return ordered[min(int(len(ordered) * of), len(ordered) - 1)]


def basic(user: str, password: str) -> str:
    """What to say in ``Authorization``."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


# -- what is sent


def indicator(number: int, markings: Sequence[str] = ("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",)) -> Json:
    """The indicator of that number: always the same, some 460 bytes; unmarked but for TLP:WHITE, if nothing else is said."""
    digits = hashlib.sha256(b"indicator %d" % number).hexdigest()
    uuid = f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:32]}"
    return {
        "type": "indicator",
        "spec_version": "2.1",
        "id": f"indicator--{uuid}",
        "created": "2024-01-01T00:00:00.000Z",
        "modified": "2024-01-01T00:00:00.000Z",
        "name": f"i{number}",
        "indicator_types": ["malicious-activity"],
        "pattern": f"[ipv4-addr:value='10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}']",
        "pattern_type": "stix",
        "valid_from": "2024-01-01T00:00:00Z",
        "object_marking_refs": list(markings),
    }


def envelopes(first: int, number: int, of: int = 1000) -> list[bytes]:
    """So many indicators from that one on, so many in an envelope."""
    return [
        json.dumps({"objects": [indicator(n) for n in range(begin, min(begin + of, first + number))]}).encode()
        for begin in range(first, first + number, of)
    ]


# -- what is measured


def post(target: Target, clients: Sequence[Sequence[bytes]]) -> Took:
    """Each client sends its envelopes one after another."""

    def work(client: int, connection: http.client.HTTPConnection) -> Iterator[int]:
        for body in clients[client]:
            _exchange(connection, target, "POST", target.path, body)
            yield body.count(ONCE)

    return _together(target, len(clients), work)


def walk(target: Target, clients: int = 1, page: int = 1000, pages: int | None = None, after: str = "") -> Took:
    """Each client walks the collection from its beginning, or what was added after an instant: to its end, or so many pages."""
    first = f"{target.path}?limit={page}" + (f"&added_after={quote(after)}" if after else "")

    def work(_client: int, connection: http.client.HTTPConnection) -> Iterator[int]:
        path, done = first, 0
        while True:
            body = _exchange(connection, target, "GET", path)
            done += 1
            yield body.count(ONCE)
            onward = _next(body)
            if onward is None or done == pages:
                return
            path = f"{first}&next={quote(onward)}"

    return _together(target, clients, work)


def ask_for_one(target: Target, clients: int = 1, requests: int = 200, seconds: float = 30.0, after: str = "") -> Took:
    """Each client asks for the first object alone, or the first added after an instant: so often, or for so long, whichever is over first."""
    path = f"{target.path}?limit=1" + (f"&added_after={quote(after)}" if after else "")

    def work(_client: int, connection: http.client.HTTPConnection) -> Iterator[int]:
        over = time.perf_counter() + seconds
        for _ in range(requests):
            yield _exchange(connection, target, "GET", path).count(ONCE)
            if time.perf_counter() > over:
                return

    return _together(target, clients, work)


def contents(target: Target, page: int = 1000) -> dict[str, Json]:
    """Every object of the collection by its id, read page by page without a clock; ValueError where one comes twice."""
    connection, path, found = _connect(target), f"{target.path}?limit={page}", dict[str, Json]()
    while True:
        envelope = json.loads(_exchange(connection, target, "GET", path))
        for one in envelope.get("objects", []):
            if one["id"] in found:
                raise ValueError(f"{one['id']} came twice")
            found[one["id"]] = one
        if not envelope.get("more"):
            return found
        path = f"{target.path}?limit={page}&next={quote(envelope['next'])}"


def added(target: Target, after: str = "") -> str:
    """When the first object was added, or the first after an instant, as the server says it."""
    connection = _connect(target)
    path = f"{target.path}?limit=1" + (f"&added_after={quote(after)}" if after else "")
    connection.request("GET", path, headers={"Accept": MEDIA, "Authorization": target.authorization})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.headers["X-TAXII-Date-Added-First"]


# -- how


def _connect(target: Target) -> http.client.HTTPConnection:
    address = urlsplit(target.root)
    return http.client.HTTPConnection(address.hostname or "", address.port, timeout=_PATIENCE)


def _exchange(connection: http.client.HTTPConnection, target: Target, method: str, path: str, body: bytes | None = None) -> bytes:
    headers = {"Accept": MEDIA, "Authorization": target.authorization, **({"Content-Type": MEDIA} if body is not None else {})}
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    said = response.read()
    if response.status != (200 if body is None else 202):
        raise RuntimeError(f"{method} {path} was answered {response.status}: {said[:300]!r}")
    return said


def _next(body: bytes) -> str | None:
    """Where it goes on; a server names that before the objects or after them, so the ends are looked at."""
    ends = body[:400] + b" " + body[-400:]
    if _MORE.search(ends) is None:
        return None
    onward = _NEXT.search(ends)
    if onward is None:
        raise RuntimeError("there is more, but the page does not say how to go on")
    return onward[1].decode()


def _together(target: Target, clients: int, work: Callable[[int, http.client.HTTPConnection], Iterator[int]]) -> Took:
    """Each client in a process of its own; each value that ``work`` yields is the objects of one request."""
    begin, told = _FORK.Barrier(clients), _FORK.SimpleQueue()

    def client(number: int) -> None:
        done: tuple[int, list[float]] | None = None
        try:
            connection = _connect(target)
            connection.connect()
            begin.wait(_PATIENCE)
            instants, objects = [time.perf_counter()], 0
            for count in work(number, connection):
                objects += count
                instants.append(time.perf_counter())
            done = objects, instants
        finally:  # told whatever comes, for it is waited for; what it died of stands on the error output
            if done is None:
                begin.abort()
            told.put(done)

    processes = [_FORK.Process(target=client, args=(number,), daemon=True) for number in range(clients)]
    for process in processes:
        process.start()
    found = [told.get() for _ in processes]
    for process in processes:
        process.join()
    if None in found:
        raise RuntimeError(f"{found.count(None)} of {clients} clients did not come to their end; what ended the first stands above")
    return Took(
        clients,
        sum(objects for objects, _ in found),
        max(instants[-1] for _, instants in found) - min(instants[0] for _, instants in found),
        tuple(after - before for _, instants in found for before, after in pairwise(instants)),
    )


def main() -> None:
    """Print what a server that is running comes to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", help="address of the API root")
    parser.add_argument("collection")
    parser.add_argument("--user", default="admin")
    parser.add_argument("--password", default="")
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--post", type=int, default=0, help="indicators that each client sends first, 1,000 a request")
    parser.add_argument("--pages", type=int, help="pages that each client walks; else to the end")
    parser.add_argument("--once", type=int, default=200, help="times that each client asks for one object")
    given = parser.parse_args()
    target = Target(given.root, given.collection, basic(given.user, given.password))
    runs: dict[str, Callable[[], Took]] = {
        "walk, 1,000 a page": lambda: walk(target, given.clients, pages=given.pages),
        "limit=1": lambda: ask_for_one(target, given.clients, given.once),
    }
    if given.post:
        bodies = [envelopes(client * given.post, given.post) for client in range(given.clients)]
        runs = {"POST, 1,000 a request": lambda: post(target, bodies), **runs}
    for name, run in runs.items():
        took = run()
        print(
            f"{name}: {took.objects:,} objects in {took.seconds:.2f} s, {took.rate:,.0f} a second; a request {took.share(0.5) * 1e3:.1f} ms, 99 of 100 {took.share(0.99) * 1e3:.1f} ms",
            flush=True,
        )


if __name__ == "__main__":
    main()
