"""One request to a partner's TAXII server: tried again where that can help, bounded, and its answer read without believing it.

How bytes travel is not decided here: a ``Send`` carries one request and gives the response, or raises ``Unreachable``. It follows no redirect, asks
no other server than the partner's, adds what the client shows (a certificate, a token), and reads no more of a body than it is told.

Tried again, after a while that doubles: no answer, 429, 500, 502, 503 and 504; where the server says when (Retry-After), then. Everything else that
is no success ends the call, in one line. What a server says in words is quoted, shortened, and with nothing in it that a terminal obeys.

Source: TAXII 2.1, 3.1, 3.6 and 4; RFC 9110, 10.2.3; docs/explanation/how-exchange-works.md, section 10.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple, Protocol

from comity.exchange.between.raw_objects import read_fields, read_resource
from comity.terms import BadInput, ComityError

MEDIA_TYPE = "application/taxii+json;version=2.1"
_OURS = re.compile(r'application/taxii\+json(\s*;\s*version\s*=\s*"?2\.1"?)?\s*', re.IGNORECASE)
_PATH = re.compile(r"(/[A-Za-z0-9._~!$&'()*+,=:@-]+)+/|/")
_LATER = frozenset({429, 500, 502, 503, 504})
_MEANINGS = {
    401: "it does not know us: show it the credential that it was told of",
    403: "we may not do this there: ask the partner",
    404: "it is not there, or not for us: ask the partner",
    406: "it does not speak TAXII 2.1",
    413: "it is too large for it",
    415: "it does not speak TAXII 2.1",
}
_MOST_SAID = 80


class Unreachable(ComityError):
    """No answer came: the same may be asked again later."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of a partner's server. ``path`` begins and ends with a slash. ``most``: so many bytes of the answer's body are read, and one more
    if there are more, after whatever it was packed in."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    most: int = 32 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Names of headers in whatever case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """A header by its name in lower case."""
        return next((value for key, value in self.headers.items() if key.lower() == name), None)


Send = Callable[[Asking], Answer]


class KeptCursors(Protocol):
    """Where a node keeps how far it has come with each partner: it must outlive the program."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner's server. ``url``: its scheme, name and port. ``roots``: the paths of API roots; none: those that it tells of. ``collections``: by
    their ids; none: all that may be read."""

    party: str
    url: str
    roots: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is taken from one partner, whatever it offers. Bytes, counts, seconds."""

    page_bytes: int = 32 << 20
    page_objects: int = 1000
    object_bytes: int = 1 << 20
    depth: int = 50
    pages: int = 10_000
    objects: int = 1_000_000
    objects_a_day: int = 5_000_000
    empty_pages: int = 5
    roots: int = 16
    collections: int = 256
    tries: int = 5
    longest_wait: float = 300.0
    waiting: float = 900.0
    days_ahead: int = 3


class Ended(ComityError):
    """What a partner's server did ends the call; the line says what. ``again``: so many seconds later it may be tried again, if it said when."""

    def __init__(self, says: str, *, status: int | None = None, again: float | None = None) -> None:
        super().__init__(says)
        self.status, self.again = status, again


class TooLarge(Ended):
    """The body is larger than what is read."""


class Resource(NamedTuple):
    """A TAXII resource as it came: its fields; if it is an envelope, each of its objects, its bytes and what they say; the response."""

    fields: dict[str, Any]
    objects: list[tuple[bytes, Any]]
    response: Answer


class Calls:
    """The requests of one call to a partner. ``wait`` lets so many seconds pass; ``clock`` gives the instant, with its zone."""

    def __init__(self, partner: Partner, send: Send, wait: Callable[[float], None], clock: Callable[[], datetime], bounds: Bounds) -> None:
        self.partner, self.bounds, self.clock = partner, bounds, clock
        self._send, self._wait, self._waited = send, wait, 0.0

    def get(self, path: str, query: tuple[tuple[str, str], ...] = ()) -> Resource:
        """What is there; Ended in one line."""
        return self._read(self.ask(Asking("GET", path, query, {"Accept": MEDIA_TYPE}, most=self.bounds.page_bytes)), path)

    def post(self, path: str, body: bytes) -> dict[str, Any]:
        """What the server says of a body that is delivered to it: the fields of a status; Ended in one line."""
        headers = {"Accept": MEDIA_TYPE, "Content-Type": MEDIA_TYPE}
        return self._read(self.ask(Asking("POST", path, (), headers, body, self.bounds.page_bytes)), path).fields

    def _read(self, response: Answer, path: str) -> Resource:
        if not _OURS.fullmatch(response.header("content-type") or ""):
            raise self.ended(path, f"answers with the content type {quoted(response.header('content-type'))} instead of {MEDIA_TYPE}")
        try:
            return Resource(*read_resource(response.body), response)
        except BadInput as problem:
            raise self.ended(path, f"answers with what is no TAXII resource: {problem}") from None

    def ask(self, request: Asking) -> Answer:
        """A successful response; Ended in one line."""
        for tried in range(1, self.bounds.tries + 1):
            try:
                response = self._send(request)
            except Unreachable as problem:
                self._pause(request.path, tried, f"cannot be reached: {quoted(str(problem))}", None)
                continue
            if response.status in _LATER:
                self._pause(request.path, tried, f"answers {response.status}", self._asked_to_wait(response))
                continue
            if not 200 <= response.status < 300:
                raise self.ended(request.path, _refusal(response), status=response.status)
            if len(response.body) > request.most:
                raise TooLarge(f"{self.partner.party}: {request.path} answers with more than {request.most} bytes; no more is read")
            return response
        raise AssertionError  # the last pause raises

    def ended(self, path: str, says: str, *, status: int | None = None, again: float | None = None) -> Ended:
        return Ended(f"{self.partner.party}: {path} {says}", status=status, again=again)

    def pause(self, path: str, says: str, seconds: float) -> None:
        """Let so many seconds pass; Ended if that is more than all waiting may come to."""
        if seconds > self.bounds.longest_wait or self._waited + seconds > self.bounds.waiting:
            raise self.ended(path, f"{says}; tried again in {seconds:.0f} s at the earliest", again=seconds)
        self._waited += seconds
        self._wait(seconds)

    def path_of(self, url: object) -> str:
        """The path that a server gives, on the partner's own server alone; Ended else."""
        path = url.removeprefix(self.partner.url.rstrip("/")) if isinstance(url, str) else ""
        path = path if path.endswith("/") else path + "/"
        if not isinstance(url, str) or len(path) > 500 or not _PATH.fullmatch(path) or "/../" in path or "/./" in path:
            raise self.ended("discovery", f"names an API root at {quoted(url)}, which is no plain path on its own server")
        return path

    def _pause(self, path: str, tried: int, says: str, asked: float | None) -> None:
        seconds = float(2 ** (tried - 1)) if asked is None else asked
        if tried == self.bounds.tries:
            raise self.ended(path, f"{says}, {tried} times", again=seconds)
        self.pause(path, says, seconds)

    def _asked_to_wait(self, response: Answer) -> float | None:
        """The seconds after which the server wants to be asked again. Source: RFC 9110, 10.2.3."""
        given = (response.header("retry-after") or "").strip()
        if given.isascii() and given.isdigit():
            return float(min(int(given[:9]), 10**8))
        try:
            return max(0.0, (parsedate_to_datetime(given) - self.clock()).total_seconds())
        except (ValueError, TypeError, OverflowError):
            return None


def quoted(said: object) -> str:
    """What somebody else said, for a line: shortened, and with nothing in it but what can be printed."""
    return ascii(said if isinstance(said, str | None) else json.dumps(said, default=str))[:_MOST_SAID]


def _refusal(response: Answer) -> str:
    if 300 <= response.status < 400:
        return f"answers {response.status}: it sends us to {quoted(response.header('location'))}, where we show nothing and do not go"
    try:
        title = read_fields(response.body[:10_000]).get("title")
    except BadInput:
        title = None
    said = f" ({quoted(title)})" if isinstance(title, str) else ""
    return f"answers {response.status}{said}: {_MEANINGS.get(response.status, 'that is no success')}"
