"""The server: this machine only (127.0.0.1), a thread for each request, the record held in memory."""

from __future__ import annotations

import errno
import os
import socketserver
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from comity import about
from comity.about import Opened
from comity.keeping import PartedRecord
from comity.ledger import Ledger, Signer
from comity.terms import BadInput
from comity.web.following import Served
from comity.web.holding import Held
from comity.web.people import CHOSEN, prepare
from comity.web.recording.drafts import in_file, in_memory

if TYPE_CHECKING:
    from comity.exchange import Node
    from comity.web.documents.certifying import Certifier

HOST = "127.0.0.1"
KeyOf = Callable[[Ledger], Signer]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])
        self.setup_environ()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away is no error worth a line."""


class _Quiet(WSGIRequestHandler):
    timeout = 30

    def log_message(self, *said: object) -> None:
        """One line for each request would only hide what matters."""


def served(opened: Opened, drafts: Path | None = None) -> Served:
    """What is served; official wording is read from the folder that COMITY_TEXTS names, if it does; drafts are kept in a file, if one is given."""
    folder = os.environ.get("COMITY_TEXTS", "")
    if folder and not Path(folder).is_dir():
        raise BadInput(f"COMITY_TEXTS names {folder!r}, which is no folder; name the folder of texts, or leave it out")
    kept = in_memory() if drafts is None else in_file(drafts)
    return Served(Held(opened, texts=Path(folder) if folder else None, drafts=kept))


def application(serving: Served, node: Node | None = None, certifier: Certifier | None = None) -> Application:
    """The pages as a WSGI application: each request is answered from what is served when it comes. With accounts, where some are chosen.

    ``node``: of the same ledger, if it is one; ``certifier``: of the same ledger, if its key is given.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.web.settings")
    from django.core.wsgi import get_wsgi_application

    from comity.web.asking import CERTIFIER, HELD, NODE

    inner = get_wsgi_application()
    if os.environ.get(CHOSEN):
        prepare()

    def serve_held(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[HELD], environ[NODE], environ[CERTIFIER] = serving.now(), node, certifier
        found: Iterable[bytes] = inner(environ, start_response)
        return found

    return serve_held


def warm(holding: Held) -> None:
    """Derive today's standing of every agreement, and read the documents that acts name, in the background."""
    from comity.web.agreements import row_of
    from comity.web.asking import Asked
    from comity.web.attached.finding import unread_of

    today = datetime.now(UTC).date()
    fold = holding.fold(today, None, False)
    fold.warm(lambda agreement: row_of(fold, today, agreement))
    unread_of(Asked(holding, fold, today, today, None, False, today, {}), 0.0)


def _node_of(opened: Opened) -> Node | None:
    """The node on the ledger that is served, if there is one."""
    if not isinstance(opened.kept, PartedRecord):
        return None
    from comity.exchange import find_node

    return find_node(opened.kept.ledger, about.clock)


def bind(port: int) -> _Server:
    """A server bound to the port of this machine only; BadInput if that is not possible."""
    try:
        return _Server((HOST, port), _Quiet)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            other = port + 1 if port < 65535 else port - 1
            raise BadInput(f"port {port} of {HOST} is in use; stop what uses it, or choose another: comity serve --port {other}") from None
        raise BadInput(f"port {port} of {HOST} cannot be used ({problem.strerror}); choose another, for instance: comity serve --port 8000") from None
    except OverflowError:
        raise BadInput(f"port {port}; choose one between 1 and 65535") from None


def _certifier_of(opened: Opened, key: KeyOf | None) -> Certifier | None:
    """What certifies copies, if a ledger is served and its key is given."""
    if key is None:
        return None
    if not isinstance(opened.kept, PartedRecord):
        raise BadInput("--key is a ledger's; it certifies copies where a ledger is served: give --ledger, or leave --key out")
    from comity.web.documents.certifying import Certifier

    return Certifier(opened.kept.ledger, key(opened.kept.ledger))


def serve(opened: Opened, port: int, drafts: Path | None = None, key: KeyOf | None = None) -> None:
    """Serve the record's pages until interrupted; BadInput if the port is taken. ``key``: reads the ledger's own."""
    certifier = _certifier_of(opened, key)
    server = bind(port)
    with server:
        serving = served(opened, drafts)
        server.set_app(application(serving, _node_of(opened), certifier))
        print(f"Comity is at http://{HOST}:{server.server_port} (Ctrl-C to stop)", flush=True)
        warm(serving.now())
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nstopped")
        finally:
            serving.now().stop()
