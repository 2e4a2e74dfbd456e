"""A partner's server that never comes to an end is hung up on."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from comity.cli import sending
from comity.exchange.between import Asking, Unreachable

HEADS = {"head": b"HTTP/1.1 200 OK\r\nX-", "body": b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "no length": b"HTTP/1.1 200 OK\r\n\r\n"}


@pytest.fixture(params=HEADS)
def dripping(request: pytest.FixtureRequest) -> Iterator[str]:
    """An answer that begins, and then comes byte by byte for as long as anybody listens."""
    listener, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip() -> None:
        talking, _ = listener.accept()
        with talking:
            try:
                talking.sendall(HEADS[request.param])
                while not over.wait(0.02):
                    talking.sendall(b"a")
            except OSError:
                return

    thread = threading.Thread(target=drip)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    over.set()
    thread.join()
    listener.close()


def test_an_answer_that_drips_is_ended(dripping: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "_LONGEST", 0.3)
    line = sending.Line(dripping, sending.Shown())
    with pytest.raises(Unreachable, match="took more than 0 seconds"):
        line.send(Asking("GET", "/taxii2/"))
