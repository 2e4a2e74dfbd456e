"""A server that speaks TLS on one address: each connection in a thread of its own, its handshake too, so that nobody who dawdles holds up others."""

from __future__ import annotations

import socketserver
import ssl
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PORT = 8443


class TlsServer(ThreadingHTTPServer):
    """Serves until the process ends."""

    daemon_threads, request_queue_size = True, 64

    def __init__(self, address: str, certificate: Path, key: Path, handler: Callable[..., BaseHTTPRequestHandler]) -> None:
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        super().__init__((address, PORT), handler)

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), PORT

    def finish_request(self, request: Any, client_address: Any) -> None:
        request.settimeout(30)
        with self.context.wrap_socket(request, server_side=True) as spoken:
            super().finish_request(spoken, client_address)

    def handle_error(self, request: object, client_address: object) -> None:
        """Who breaks off, or speaks no TLS, is not worth a line."""


class QuietHandler(BaseHTTPRequestHandler):
    """Keeps connections open, and writes no line of each request."""

    protocol_version, timeout = "HTTP/1.1", 30

    def log_message(self, *said: object) -> None:
        """Nothing."""
