"""One request to a partner's server over HTTP, as ``comity.exchange`` asks for it: TLS, our credential, no redirects, no more read than asked."""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from comity.exchange.between import Answer, Asking, Unreachable
from comity.terms import BadInput

_SILENCE = 60.0
_LONGEST = 600.0
"""So many seconds one answer may take in all, however steadily it drips."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What we show a partner: a token; a name and a password; or the files of a certificate and its key. ``authority``: who vouches for theirs."""

    token: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    certificate: str = ""
    key: str = ""
    authority: str = ""

    def headers(self) -> dict[str, str]:
        if self.token:
            return {"Authorization": f"Bearer {self.token}"}
        if self.user:
            return {"Authorization": "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()}
        return {}

    def context(self) -> ssl.SSLContext:
        """TLS 1.2 or later, with our certificate, if there is one; BadInput if a file is not what it should be."""
        try:
            made = ssl.create_default_context(cafile=self.authority or None)
            made.minimum_version = ssl.TLSVersion.TLSv1_2
            if self.certificate:
                made.load_cert_chain(self.certificate, self.key or None)
        except (OSError, ssl.SSLError) as problem:
            raise BadInput(f"certificate, key or authority cannot be read ({problem}); give each as a PEM file") from None
        return made


class Line:
    """A connection to one partner's server, kept open between requests. Its ``send`` is what pulling and pushing ask with."""

    def __init__(self, url: str, shown: Shown) -> None:
        where = urlsplit(url)
        here = where.hostname in ("localhost", "127.0.0.1", "::1")
        if where.hostname is None or not (where.scheme == "https" or (where.scheme == "http" and here)):
            raise BadInput(f"{url!r}: give the partner's address with https (or http, on this machine)")
        self._url, self._shown, self._where = url, shown, where
        self._context = shown.context() if where.scheme == "https" else None
        self._open: http.client.HTTPConnection | None = None

    def send(self, asking: Asking) -> Answer:
        """The answer to one request; Unreachable where none came."""
        try:
            return self._sent(asking)
        except (OSError, http.client.HTTPException) as problem:
            self.close()
            raise Unreachable(f"{self._url} does not answer ({getattr(problem, 'strerror', None) or problem or type(problem).__name__})") from None

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def _sent(self, asking: Asking) -> Answer:
        connection = self._connected()
        target = asking.path + (f"?{urlencode(asking.query)}" if asking.query else "")
        headers: Mapping[str, str] = {**asking.headers, **self._shown.headers(), "User-Agent": "comity", "Accept-Encoding": "identity"}
        with _Deadline(_LONGEST, connection) as deadline:
            if connection.sock is None:
                connection.connect()
            deadline.sock = connection.sock
            connection.request(asking.method, target, asking.body or None, dict(headers))
            reply = connection.getresponse()
            body = reply.read(asking.most + 1)
        if not reply.isclosed():  # more is to come than is wanted
            self.close()
        return Answer(reply.status, dict(reply.getheaders()), body)

    def _connected(self) -> http.client.HTTPConnection:
        if self._open is None:
            host, port = self._where.hostname or "", self._where.port
            if self._context is None:
                self._open = http.client.HTTPConnection(host, port, timeout=_SILENCE)
            else:
                self._open = http.client.HTTPSConnection(host, port, timeout=_SILENCE, context=self._context)
        return self._open


class _Deadline:
    """What is done within ends with TimeoutError when so many seconds are over, even while bytes still come.

    ``sock``: what the answer comes from, which the connection lets go of as soon as it knows that nothing else will.
    """

    def __init__(self, seconds: float, connection: http.client.HTTPConnection) -> None:
        self.sock: socket.socket | None = None
        self._seconds, self._connection, self._over = seconds, connection, threading.Event()
        self._watch = threading.Timer(seconds, self._hang_up)
        self._watch.daemon = True

    def __enter__(self) -> _Deadline:
        self._watch.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._watch.cancel()
        if self._over.is_set() and (kind is None or issubclass(kind, OSError | http.client.HTTPException)):
            raise TimeoutError(f"its answer took more than {self._seconds:.0f} seconds") from None

    def _hang_up(self) -> None:
        self._over.set()
        for sock in (self.sock, self._connection.sock):
            if sock is not None:
                with suppress(OSError):  # it is closed already
                    sock.shutdown(socket.SHUT_RDWR)
