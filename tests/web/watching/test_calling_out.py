"""A webhook's address never leads within: every kind of address, names that change, servers that send elsewhere, drip or never end."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.certificates import Authority
from tests.web.watching.conftest import calling_out

INSIDE = {
    "loopback": ("127.0.0.1", "127.8.9.10", "::1"),
    "unspecified": ("0.0.0.0", "0.1.2.3", "::"),
    "private": ("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd00:ec2::254"),
    "link-local, metadata": ("169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%eth0"),
    "shared by a carrier": ("100.64.0.1", "100.100.100.200", "100.127.255.255"),
    "metadata outside of these": ("168.63.129.16", "192.0.0.192"),
    "multicast": ("224.0.0.1", "239.255.255.250", "ff02::1", "ff0e::1"),
    "broadcast, reserved": ("255.255.255.255", "240.0.0.1"),
    "documentation, benchmarks": ("192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "2001:db8::1", "3fff::1"),
    "mapped": ("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8"),
    "compatible": ("::127.0.0.1", "::8.8.8.8"),
    "6to4": ("2002:7f00:1::1", "2002:a00:1::1", "2002:808:808::1", "192.88.99.1"),
    "NAT64": ("64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::a00:1"),
    "Teredo": ("2001:0:4136:e378:8000:63bf:3fff:fdd2",),
    "site-local": ("fec0::1",),
    "discard, segments": ("100::1", "5f00::1"),
}
OUTSIDE = ("8.8.8.8", "93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001:80e::2004")


class Receiver(BaseHTTPRequestHandler):
    """Keeps what it gets; answers as it is told to."""

    got: list[tuple[str, dict[str, str], bytes]]
    status = 200
    drips = False

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(self.status)
        if 300 <= self.status < 400:
            self.send_header("Location", "http://127.0.0.1:1/within")
        self.end_headers()
        while self.drips:
            self.wfile.write(b".")

    def log_message(self, *said: object) -> None:
        """Nothing."""


class Server(HTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever hangs up does so on purpose."""


@contextmanager
def receiving(status: int = 200, context: ssl.SSLContext | None = None, *, drips: bool = False) -> Iterator[tuple[int, list[Any]]]:
    """A server of one's own on this machine: its port, and what it got."""
    got: list[Any] = []
    server = Server(("127.0.0.1", 0), type("Own", (Receiver,), {"status": status, "got": got, "drips": drips}))
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.server_port, got
    finally:
        server.shutdown()
        server.server_close()


def never(host: str, port: int) -> list[str]:
    raise AssertionError("nothing was to be resolved")


def names(*addresses: str) -> Callable[[str, int], list[str]]:
    return lambda host, port: list(addresses)


@pytest.mark.parametrize("kind", INSIDE)
def test_no_address_within_is_asked(kind: str) -> None:
    for address in INSIDE[kind]:
        assert not calling_out.is_outside(address), address
        with pytest.raises(calling_out.Refused, match="not of the open internet"):
            calling_out.post("https://inside.example/", {}, b"", resolve=names(address))
        with pytest.raises(calling_out.Refused, match="not of the open internet"):
            calling_out.post("https://half.example/", {}, b"", resolve=names("8.8.8.8", address))


def test_addresses_of_the_open_internet_are() -> None:
    assert all(calling_out.is_outside(address) for address in OUTSIDE)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "localhost.", "[::ffff:7f00:1]"]
)
def test_other_spellings_of_this_machine_lead_nowhere_either(host: str) -> None:
    """Whatever the system's resolver makes of them."""
    with pytest.raises((calling_out.Refused, OSError)):
        calling_out.post(f"https://{host}/", {}, b"")


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "ftp://example.org/", "https://user@example.org/", "https://user:word@example.org/", "https://example.org:22/",
     "https://example.org:80/", "https://example.org/#part", "https:///path", "file:///etc/passwd", "https://exa mple.org/",
     "https://example.org\\@evil.example/", "https://example.org:0x1bb/", "https://ex\u00e4mple.org/", "https://example.org/\r\nX: y",
     "gopher://example.org:443/", "https://example.org/" + "x" * 600],
)  # fmt: skip
def test_an_address_that_is_not_plain_https_is_refused_before_it_is_resolved(url: str) -> None:
    with pytest.raises(calling_out.Refused):
        calling_out.post(url, {}, b"", resolve=never)


def test_a_name_is_resolved_once_and_the_very_address_that_was_looked_at_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebinding: the name leads outside when it is looked at, and to this machine right after."""
    answers = [["93.184.215.14"], ["127.0.0.1"]]
    asked: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], timeout: float) -> None:
        asked.append(address)
        raise ConnectionRefusedError("not in this test")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(ConnectionRefusedError):
        calling_out.post("https://rebinds.example/", {}, b"", resolve=lambda host, port: answers.pop(0))
    assert asked == [("93.184.215.14", 443)]
    assert answers == [["127.0.0.1"]]
    with pytest.raises(calling_out.Refused):
        calling_out.post("https://rebinds.example/", {}, b"", resolve=lambda host, port: answers.pop(0))
    assert len(asked) == 1


def test_a_redirect_is_not_followed() -> None:
    with receiving(302) as (port, got):
        assert calling_out.post(f"http://hook.example:{port}/a", {}, b"{}", {"hook.example"}, names("127.0.0.1")).status == 302
        assert len(got) == 1


def test_what_is_allowed_is_asked_by_its_name_and_nothing_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    with receiving() as (port, got):
        url, allow = f"http://hook.example:{port}/a?b=c", {f"hook.example:{port}"}
        assert calling_out.post(url, {"X-Own": "1"}, b'{"a":1}', allow, names("127.0.0.1")).status == 200
        ((path, headers, body),) = got
        assert (path, body, headers["host"], headers["x-own"]) == ("/a?b=c", b'{"a":1}', f"hook.example:{port}", "1")
        for other in (f"http://other.example:{port}/", f"http://hook.example:{port + 1}/"):
            with pytest.raises(calling_out.Refused):
                calling_out.post(other, {}, b"", allow, names("127.0.0.1"))


def test_tls_is_held_to_the_name_not_to_the_address(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority = Authority(tmp_path, "authority")
    issued = authority.issue("server", host="localhost")
    context.load_cert_chain(issued.certificate, issued.key)
    trust = ssl.create_default_context(cafile=str(authority.certificate))
    with receiving(context=context) as (port, got):
        allow, found = {"localhost", "other.example"}, names("127.0.0.1")
        assert calling_out.post(f"https://localhost:{port}/", {}, b"{}", allow, found, trust).status == 200
        with pytest.raises(ssl.SSLCertVerificationError):
            calling_out.post(f"https://other.example:{port}/", {}, b"{}", allow, found, trust)
        with pytest.raises(ssl.SSLCertVerificationError):
            calling_out.post(f"https://localhost:{port}/", {}, b"{}", allow, found)
        assert len(got) == 1


def test_an_answer_that_never_ends_is_left_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling_out, "LONGEST", 1.0)
    with receiving(drips=True) as (port, _):
        assert calling_out.post(f"http://hook.example:{port}/", {}, b"{}", {"hook.example"}, names("127.0.0.1")).status == 200


def test_a_head_that_drips_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes in time; all of them together don't."""
    monkeypatch.setattr(calling_out, "LONGEST", 0.8)
    listening = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip() -> None:
        line, _ = listening.accept()
        with line:
            while not stop.wait(0.05):
                try:
                    line.sendall(b"H")
                except OSError:
                    return

    threading.Thread(target=drip, daemon=True).start()
    began = time.monotonic()
    with pytest.raises((OSError, HTTPException)):
        calling_out.post(f"http://hook.example:{listening.getsockname()[1]}/", {}, b"{}", {"hook.example"}, names("127.0.0.1"))
    assert time.monotonic() - began < 5
    stop.set()
    listening.close()
