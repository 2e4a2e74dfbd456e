"""A server on this machine that does what servers do: it fails, breaks off, sends elsewhere, forgets, and sends too much.

What it does to each request stands in a list; the last is done for good.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Turn:
    """What is done to one request: a status, a place to go, how many bytes come of the content, and whether the end is told or Range known."""

    status: int = 200
    location: str = ""
    cut: int | None = None
    told: bool = True
    ranges: bool = True
    etag: str | None = '"one"'
    content: bytes | None = None
    part: str = ""


@dataclass
class Unreliable:
    """The server, what it has, what it will do, and what it was asked."""

    content: bytes
    turns: list[Turn] = field(default_factory=lambda: [Turn()])
    asked: list[dict[str, str]] = field(default_factory=list)
    address: str = ""

    def next(self) -> Turn:
        return self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]


@contextmanager
def serving(content: bytes, *turns: Turn) -> Iterator[Unreliable]:
    served = Unreliable(content, list(turns) or [Turn()])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append({"path": self.path, **dict(self.headers)})
            turn = served.next()
            whole = served.content if turn.content is None else turn.content
            if turn.status >= 300:
                self.send_response(turn.status)
                if turn.location:
                    self.send_header("Location", turn.location)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            same = self.headers.get("If-Range") in (None, turn.etag)
            start = int(asked[1]) if asked and turn.ranges and same else 0
            if asked and turn.ranges and same and start >= len(whole):
                self.send_response(416)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206 if asked and turn.ranges and same else 200)
            if asked and turn.ranges and same:
                self.send_header("Content-Range", turn.part or f"bytes {start}-{len(whole) - 1}/{len(whole)}")
            if turn.etag:
                self.send_header("ETag", turn.etag)
            if turn.told:
                self.send_header("Content-Length", str(len(whole) - start))
            self.end_headers()
            self.wfile.write(whole[start : None if turn.cut is None else start + turn.cut])
            self.close_connection = True

        def log_message(self, *said: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    served.address = f"http://127.0.0.1:{server.server_port}/data/pacts.csv"
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
