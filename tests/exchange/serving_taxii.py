"""The TAXII door on the loopback, with a node in memory behind it: for clients and suites that speak HTTP."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from comity.exchange import Caller
from comity.web.taxii import Application, application
from tests.exchange.fake_node import FakeNode

SHARED = "a1b9f7c2-3f0e-4a57-9d51-0c2a8f1d7e01"
READ_ONLY = "b2c8e6d1-4e1d-4b68-8e62-1d3b9e2c8f02"
WRITE_ONLY = "c3d7d5e0-5d2c-4c79-9f73-2e4cad3b9003"
HIDDEN = "d4e6c4ff-6c3b-4d8a-8084-3f5dbc4aa104"
CALLERS = {
    "deu-soc:secret": Caller("deu-soc", "DEU", writes=True),
    "fra-soc:secret": Caller("fra-soc", "FRA", writes=True),
    "est-desk:secret": Caller("est-desk", "EST", writes=True, keeper=True),
}


def node(**limits: int) -> FakeNode:
    """Estonia's node: Germany reads and writes one collection, reads another, writes to a third; a fourth is France's alone."""
    made = FakeNode(**limits)
    made.with_collection(SHARED, "DEU FRA EST", "DEU EST", alias="shared")
    made.with_collection(READ_ONLY, "DEU EST", "EST")
    made.with_collection(WRITE_ONLY, "EST", "DEU EST")
    made.with_collection(HIDDEN, "FRA", "FRA", alias="french")
    return made


def authenticate(environ: dict[str, Any]) -> Caller | None:
    """By Basic, from the table of callers."""
    scheme, _, rest = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    try:
        return CALLERS.get(base64.b64decode(rest).decode()) if scheme == "Basic" else None
    except ValueError:
        return None


class _Quiet(WSGIRequestHandler):
    def log_message(self, *said: object) -> None:
        """Nothing is written of each request."""


@contextmanager
def served(held: FakeNode, through: Callable[[Application], Application] = lambda inner: inner) -> Iterator[str]:
    """The server's address, such as ``http://127.0.0.1:40000``. ``through``: what stands before the door, where something does."""
    server: WSGIServer = make_server("127.0.0.1", 0, through(application(held, authenticate)), handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
