"""A relay for mail on this machine, as small as it can be: keeps what it gets, with TLS from the first byte, once asked, or not at all."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Stub:
    """What it got, and how it behaves."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    refuses: str = ""
    context: ssl.SSLContext | None = None


@contextmanager
def relaying(context: ssl.SSLContext | None = None, *, at_once: bool = False, refuses: str = "") -> Iterator[Stub]:
    """The relay, while it runs. ``refuses``: an address that it does not take."""
    stub = Stub(context=context, refuses=refuses)

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if at_once:
                self._secure()
            self._say("220 stub")
            while line := self.rfile.readline():
                if not self._answer(line.decode().rstrip("\r\n")):
                    return

        def finish(self) -> None:
            self.wfile.close()
            self.rfile.close()
            self.request.close()

        def _secure(self) -> None:
            assert context is not None
            self.request = context.wrap_socket(self.request, server_side=True)
            self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)

        def _say(self, text: str) -> None:
            self.wfile.write(text.encode() + b"\r\n")

        def _answer(self, line: str) -> bool:
            stub.said.append(line.split(maxsplit=1)[0].upper())
            match stub.said[-1]:
                case "EHLO":
                    offers = ["STARTTLS"] if context is not None and not isinstance(self.request, ssl.SSLSocket) else ["AUTH PLAIN"]
                    self._say("\r\n".join(["250-stub", *(f"250-{one}" for one in offers), "250 8BITMIME"]))
                case "STARTTLS" if context is not None:
                    self._say("220 go on")
                    self._secure()
                case "AUTH":
                    stub.logins.append(base64.b64decode(line.split()[2]).decode())
                    self._say("235 known")
                case "RCPT" if stub.refuses and stub.refuses in line:
                    self._say("550 nobody here")
                case "DATA":
                    self._say("354 go on")
                    self._keep()
                    self._say("250 kept")
                case "QUIT":
                    self._say("221 bye")
                    return False
                case "MAIL" | "RCPT" | "RSET":
                    self._say("250 yes")
                case _:
                    self._say("502 no")
            return True

        def _keep(self) -> None:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            stub.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Whoever hangs up does so on purpose."""

    with Server(("127.0.0.1", 0), Talk) as server:
        stub.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield stub
        finally:
            server.shutdown()
