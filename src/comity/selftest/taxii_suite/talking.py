"""One connection to a server: requests as they are, replies as they come, no redirect followed; sent again once where the line was down."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from comity.selftest.taxii_suite.judging import Failed

TAXII = "application/taxii+json;version=2.1"
SECONDS = 60
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Login:
    """What is shown to the server: a name and password, or what stands in Authorization (``token``, such as ``Bearer ...``), or nothing."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def header(self) -> dict[str, str]:
        """The Authorization header, if any."""
        if self.token:
            return {"Authorization": self.token}
        if self.user:
            return {"Authorization": "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()}
        return {}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; names of headers in lower case."""

    asked: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Json:
        """The body as a JSON object; Failed if it is none, is not UTF-8, or says a name twice."""
        try:
            found = json.loads(self.body.decode("utf-8"), object_pairs_hook=_once)
        except ValueError as problem:
            raise Failed(f"{self.asked}: the body is no JSON ({problem}): {self.body[:60]!r}") from None
        if not isinstance(found, dict):
            raise Failed(f"{self.asked}: the body is no JSON object: {self.body[:60]!r}")
        return found

    def expect(self, *statuses: int) -> Reply:
        """This reply, if its status is one of those; Failed if not."""
        if self.status not in statuses:
            wanted = " or ".join(map(str, statuses))
            raise Failed(f"{self.asked}: {self.status}, not {wanted}")
        return self


def _once(pairs: list[tuple[str, Any]]) -> Json:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a name stands there twice")
    return dict(pairs)


class Connection:
    """A server by its address; one connection kept alive, opened again where the server closed it."""

    def __init__(self, url: str, login: Login, *, context: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        self.origin, self.login = f"{parts.scheme}://{parts.netloc}", login
        if parts.scheme == "https":
            self._line: http.client.HTTPConnection = http.client.HTTPSConnection(parts.netloc, timeout=SECONDS, context=context)
        else:
            self._line = http.client.HTTPConnection(parts.netloc, timeout=SECONDS)

    def get(self, path: str, query: object = None, *, accept: str | None = TAXII, login: Login | None = None) -> Reply:
        """GET; ``query``: a mapping, pairs, or text as it is; ``accept`` None: no such header."""
        return self.ask("GET", path, query, headers={} if accept is None else {"Accept": accept}, login=login)

    def post(self, path: str, body: object, *, content_type: str = TAXII, accept: str = TAXII) -> Reply:
        """POST of something as JSON, or of bytes as they are."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", path, headers={"Accept": accept, "Content-Type": content_type}, body=raw)

    def delete(self, path: str, query: object = None) -> Reply:
        """DELETE."""
        return self.ask("DELETE", path, query, headers={"Accept": TAXII})

    def ask(
        self,
        method: str,
        path: str,
        query: object = None,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        login: Login | None = None,
    ) -> Reply:
        """One request. ``login``: shown in place of the connection's own."""
        target = path + _query(query)
        sent = {**headers, **(self.login if login is None else login).header()}
        try:
            self._line.request(method, target, body=body, headers=sent)
            return self._reply(f"{method} {target}")
        except (http.client.RemoteDisconnected, http.client.CannotSendRequest, ConnectionError):
            self._line.close()
        with suppress(ConnectionError):  # a server that answers before it has read everything: the answer can be there all the same
            self._line.request(method, target, body=body, headers=sent)
        if self._line.sock is None:
            raise Failed(f"there is no connection to {self.origin}")
        return self._reply(f"{method} {target}")

    def _reply(self, asked: str) -> Reply:
        short = asked if len(asked) <= 120 else f"{asked[:117]}..."
        try:
            got = self._line.getresponse()
            reply = Reply(short, got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        except (http.client.HTTPException, OSError) as problem:
            self._line.close()
            if isinstance(problem, http.client.RemoteDisconnected | ConnectionError):
                raise
            raise Failed(f"{short}: no answer that can be read ({type(problem).__name__})") from None
        return reply

    def close(self) -> None:
        """Close it."""
        self._line.close()


def _query(query: object) -> str:
    if not query:
        return ""
    if isinstance(query, str):
        return f"?{query}"
    assert isinstance(query, Mapping)
    return "?" + urlencode({name: str(value) for name, value in query.items()}, safe="[],:")
