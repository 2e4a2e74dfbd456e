"""The front proxy of a node in a namespace: TLS outside, the node's own port inside; writes down every page of objects that leaves, byte by byte.

It tells the node what deploy/nginx/comity.conf does: the secret, and the address of the caller. What others say of either, it does not pass on.
"""

from __future__ import annotations

import argparse
import http.client
import time
from functools import partial
from pathlib import Path
from typing import Any

from tests.exchange.namespaces.tls_serving import QuietHandler, TlsServer

_LARGEST = 12 << 20
_PASSED_ON = ("Accept", "Authorization", "Content-Type", "Content-Length", "User-Agent")
_OWN = frozenset({"connection", "server", "date", "transfer-encoding"})


class Front(QuietHandler):
    """One connection. ``told``: the folder into which pages are written, each with the Authorization of who asked on its first line."""

    def __init__(self, port: int, secret: str, told: Path, *given: Any) -> None:
        self.port, self.secret, self.told = port, secret, told
        super().__init__(*given)

    def do_GET(self) -> None:
        self._pass_on(b"")

    def do_DELETE(self) -> None:
        self._pass_on(b"")

    def do_POST(self) -> None:
        declared = self.headers.get("Content-Length", "")
        if not (declared.isascii() and declared.isdigit() and int(declared) <= _LARGEST):
            self.close_connection = True
            self.send_error(413)
            return
        self._pass_on(self.rfile.read(int(declared)))

    def _pass_on(self, body: bytes) -> None:
        headers = {name: self.headers[name] for name in _PASSED_ON if name in self.headers}
        headers |= {"X-Comity-Proxy-Secret": self.secret, "X-Forwarded-For": self.client_address[0]}
        node = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            node.request(self.command, self.path, body or None, headers)
            answer = node.getresponse()
        except (OSError, http.client.HTTPException, ValueError):
            self.send_error(502)
            return
        try:
            self._give(answer)
        finally:
            node.close()

    def _give(self, answer: http.client.HTTPResponse) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _OWN:
                self.send_header(name, value)
        self.end_headers()
        self.close_connection = self.close_connection or answer.length is None
        page = self.command == "GET" and answer.status == 200 and "/objects/" in self.path and "/versions/" not in self.path
        kept = self.told / f"{time.monotonic_ns()}" if page else Path("/dev/null")
        with kept.open("wb", buffering=0) as written:
            written.write(f"{self.headers.get('Authorization', '')}\n".encode())
            try:
                while piece := answer.read1(16384):
                    written.write(piece)
                    self.wfile.write(piece)
            except http.client.IncompleteRead:
                pass
        if answer.length:  # the node broke off
            self.close_connection = True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("address", "secret"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--node", type=int, required=True, help="the node's port")
    for name in ("certificate", "key", "told"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    TlsServer(given.address, given.certificate, given.key, partial(Front, given.node, given.secret, given.told)).serve_forever()


if __name__ == "__main__":
    main()
