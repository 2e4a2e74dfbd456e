"""The hostile node in a namespace of its own: serves garbage, too much, and forgeries to whoever pulls, and goes round to the others meanwhile.

What it says of itself and others is drawn as in ``hostile_partners``; beside that, it breaks the rules of HTTP, dawdles, calls with what it was given
and with what it made up, delivers where it may not, and gives what it got under labels that it likes better. It is gentle once a file is there.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from comity.cli.sending import Line, Shown
from comity.exchange import Delivery
from comity.exchange.asking import ACT_TYPE
from comity.exchange.between.asking_partners import MEDIA_TYPE, Answer, Asking, Partner, Unreachable
from comity.exchange.between.carrying_acts import sealed_act
from comity.exchange.between.pulling import Puller
from comity.exchange.between.raw_objects import write_envelope
from comity.exchange.markings import tlp_marking
from tests.exchange.federation_simulator import HOSTILE, first_key
from tests.exchange.hostile_partners import HostilePartner
from tests.exchange.ledger_nodes import EVERYTHING
from tests.exchange.namespaces.command import PULLS, read_clock
from tests.exchange.namespaces.tls_serving import PORT, QuietHandler, TlsServer

_MOST_HEARD = 25


class Hostile(HostilePartner):
    """What it serves; ``reports``: what it got of others."""

    reports: Sequence[bytes] = ()

    def _forged(self, to: str) -> list[bytes]:
        found = super()._forged(to)
        for body in self.rng.sample(self.reports, min(len(self.reports), self.rng.randrange(3))):
            open_to_all = {**json.loads(body), "to": None, "policy": "PUBLIC", "object_marking_refs": [str(tlp_marking("CLEAR"))]}
            renamed = {**json.loads(body), "name": "another"}
            found.append(self.rng.choice((body, json.dumps(open_to_all).encode(), json.dumps(renamed).encode())))
        return found

    def hear(self, party: str, path: str, bodies: Sequence[bytes]) -> Delivery:
        """Objects that another gave."""
        self.reports = [*self.reports, *(body for body in bodies if b'"tool"' in body)][-_MOST_HEARD:]
        for body in (body for body in bodies if ACT_TYPE.encode() in body):
            carried = sealed_act(body).read()
            if carried.signature is not None and len(self.heard) < _MOST_HEARD:
                self.heard[carried.act.hash] = carried.act, carried.signature
        return Delivery("", "")


class Serving(QuietHandler):
    """Answers as the hostile one likes; now and then with what is no HTTP, or byte by byte."""

    def __init__(self, eve: Hostile, callers: dict[str, str], *given: Any) -> None:
        self.eve, self.callers = eve, callers
        super().__init__(*given)

    def do_GET(self) -> None:
        asking = Asking("GET", urlsplit(self.path).path, most=PULLS.page_bytes)
        answer = self.eve.answers(asking, self.callers.get(self.client_address[0], ""))
        drawn = 1.0 if self.eve.gentle else self.eve.rng.random()
        if drawn < 0.05:
            self._break_off(b"\x00\xff" * 500)
        elif drawn < 0.1:
            self._break_off(b"HTTP/1.1 200 OK\r\nContent-Type: " + MEDIA_TYPE.encode() + b'\r\nContent-Length: 900000\r\n\r\n{"objects":[')
        elif drawn < 0.12:
            self._break_off(b"HTTP/1.1 200 OK\r\n" + b"X-Much: " + b"x" * 60_000 + b"\r\n" * 3)
        else:
            self._say(answer, slowly=drawn < 0.14)

    def _break_off(self, bytes_: bytes) -> None:
        self.close_connection = True
        self.wfile.write(bytes_)

    def _say(self, answer: Answer, slowly: bool) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        for at in range(len(answer.body)) if slowly else ():
            self.wfile.write(answer.body[at : at + 1])
            time.sleep(0.1)
        if not slowly:
            self.wfile.write(answer.body)


class Raids:
    """What the hostile one does at the doors of others. ``doors``: of each party, its address, and the token that it gave."""

    def __init__(self, eve: Hostile, doors: dict[str, tuple[str, str]], authority: str, clock: Path) -> None:
        self.eve, self.doors, self.authority, self.clock = eve, doors, authority, clock
        self.kept: dict[str, str] = {}
        self.open: list[socket.socket] = []

    def once(self) -> None:
        """One of them, at one door."""
        rng = self.eve.rng
        party, (address, token) = rng.choice(sorted(self.doors.items()))
        drawn = rng.random()
        with suppress(OSError, Unreachable):  # that it does not get far is as it should be
            if drawn < 0.4:
                self._pull(party, self._line(address, Shown(token=token, authority=self.authority)))
            elif drawn < 0.6:
                self._deliver(self._line(address, Shown(token=token, authority=self.authority)), party)
            elif drawn < 0.68:
                other = rng.choice(sorted(self.doors))
                wrong = rng.choice((Shown(token=self.doors[other][1]), Shown(token="comity_" + "0" * 72), Shown(user=party, password="x")))
                self._line(address, Shown(wrong.token, wrong.user, wrong.password, authority=self.authority)).send(Asking("GET", "/taxii2/"))
            else:
                self._garbage(address)

    def _line(self, address: str, shown: Shown) -> Line:
        return Line(f"https://{address}:{PORT}", shown)

    def _pull(self, party: str, line: Line) -> None:
        Puller(line.send, self, self.eve.hear, lambda seconds: None, partial(read_clock, self.clock), PULLS).pull(Partner(party, line._url))
        line.close()

    def _deliver(self, line: Line, party: str) -> None:
        """Forgeries, nested and oversized things, where it may not write; other people's roots."""
        bodies = (write_envelope(self.eve._forged(party)), b'{"objects":' + b"[" * 50_000, b"[" * 200_000, b"\xff" * 300_000, b"")
        root = self.eve.rng.choice((HOSTILE, party, "../..", "%00")).lower()
        method = self.eve.rng.choice(("POST", "POST", "GET", "DELETE", "PUT"))
        headers = {"Content-Type": MEDIA_TYPE, "Accept": MEDIA_TYPE, "X-Forwarded-For": "10.77.0.1"}
        line.send(Asking(method, f"/{root}/collections/{EVERYTHING}/objects/", (), headers, self.eve.rng.choice(bodies)))
        line.close()

    def _garbage(self, address: str) -> None:
        rng = self.eve.rng
        found = socket.create_connection((address, PORT), timeout=3)
        drawn = rng.random()
        if drawn < 0.3:
            found.sendall(rng.randbytes(2000))
        elif drawn < 0.6:
            context = ssl.create_default_context(cafile=self.authority)
            found = context.wrap_socket(found, server_hostname=address)
            heads = (b"GET /taxii2/ HTTP/1.1\r\nContent-Length: 9" + b"9" * 15 + b"\r\n\r\n", b"GET " + b"/x" * 60_000, rng.randbytes(3000))
            found.sendall(rng.choice(heads))
        self.open = [*self.open, found][-30:]  # left open, so that it waits

    def get(self, key: str) -> str | None:
        return self.kept.get(key)

    def put(self, key: str, value: str) -> None:
        self.kept[key] = value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("address", "authority", "doors", "callers"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--seed", type=int, required=True)
    for name in ("certificate", "key", "clock", "gentle"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    eve = Hostile(HOSTILE, first_key(HOSTILE)[0], random.Random(given.seed), lambda: int(read_clock(given.clock).timestamp() * 1_000_000))
    server = TlsServer(given.address, given.certificate, given.key, partial(Serving, eve, json.loads(given.callers)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    raids = Raids(eve, json.loads(given.doors), given.authority, given.clock)
    print("serving", flush=True)
    for number in itertools.count(1):
        eve.gentle = given.gentle.exists()
        if not eve.gentle:
            raids.once()
            print(number, flush=True)
        time.sleep(0.3)


if __name__ == "__main__":
    main()
