"""A node's door over HTTP: who is calling, TAXII for whoever that is, and how it is served on this machine.

Source: docs/explanation/how-exchange-works.md, sections 7 and 9; docs/how-to/run-a-node.md.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from comity.exchange import Caller, Node
from comity.exchange.between import take_acts
from comity.exchange.calling import Reception, TurnedAway
from comity.web import taxii
from comity.web.calling import FrontProxy, address_of, refusal, shown_in
from comity.web.serving import HOST, bind

_TOO_FAST = b'{"title":"Too many requests","description":"wait as long as Retry-After says","error_id":"comity-pace","http_status":"429"}'


@dataclass(frozen=True, slots=True)
class NodeDoor:
    """A node with its reception. ``proxy``: the front proxy that speaks TLS before it; None: there is none."""

    node: Node
    reception: Reception
    proxy: FrontProxy | None = None

    def __post_init__(self) -> None:
        take_acts(self.node)

    @classmethod
    def of(cls, node: Node, proxy: FrontProxy | None = None) -> NodeDoor:
        """The door of a node, with a reception of its own."""
        return cls(node, Reception(node.gate), proxy)

    def application(self) -> taxii.Application:
        """TAXII 2.1 over WSGI for the clients that the node admits."""
        inner = taxii.application(self.node, _identified)

        def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            found = self.reception.admit(shown_in(environ, self.proxy), address_of(environ, self.proxy))
            if isinstance(found, TurnedAway):
                status, headers = refusal(found)
                if status == HTTPStatus.TOO_MANY_REQUESTS:
                    told = [("Content-Type", "application/taxii+json;version=2.1"), ("Content-Length", str(len(_TOO_FAST))), *headers]
                    start_response("429 Too Many Requests", told)
                    return (_TOO_FAST,)
            environ[_CALLER] = None if isinstance(found, TurnedAway) else found
            return inner(environ, start_response)

        return serve


_CALLER = "comity.caller"


def _identified(environ: dict[str, Any]) -> Caller | None:
    found: Caller | None = environ[_CALLER]
    return found


def serve_node(door: NodeDoor, port: int) -> None:
    """Serve a node's door on this machine until interrupted; BadInput if the port is taken."""
    server = bind(port)
    with server:
        server.set_app(door.application())
        door.node.gate.standing()
        gc.collect()
        gc.freeze()  # what was read once is not looked through again and again
        print(f"{door.node.title()} is at http://{HOST}:{server.server_port}/taxii2/ (Ctrl-C to stop)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nstopped")


@contextmanager
def served_beside(door: NodeDoor) -> Iterator[str]:
    """A node's door served in a thread beside: its address."""
    server = bind(0)
    server.set_app(door.application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


__all__ = ["FrontProxy", "NodeDoor", "serve_node", "served_beside"]
