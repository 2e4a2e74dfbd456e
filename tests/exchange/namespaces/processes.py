"""The processes of one node in its namespace: the command that serves it, the front proxy, and pulls from partners."""

from __future__ import annotations

import base64
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from comity.book import write_rows
from comity.cli.sending import Shown
from comity.exchange.calling import KeptPasswords, admit_row, new_password, new_token, password_record, token_fingerprint
from comity.keeping import add_rows
from tests.exchange.certificates import Authority, Issued
from tests.exchange.ledger_nodes import LedgerNode
from tests.exchange.namespaces.command import read_clock, write_clock
from tests.exchange.namespaces.ethernet import Namespace
from tests.exchange.namespaces.plan import Visit
from tests.exchange.namespaces.tls_serving import PORT

_ROOT = Path(__file__).parents[3]
_NODE_PORT = 8000
_LONGEST_START = 60.0


@dataclass(frozen=True, slots=True)
class PullDone:
    """What came of a pull: objects that were given; was it killed; why it ended early, blank if it did not; what it wrote about itself."""

    given: int = 0
    killed: bool = False
    says: str = ""
    errors: str = ""


def started(namespace: Namespace, log: Path, module: str, *words: str, shown: Shown = Shown()) -> subprocess.Popen[str]:
    """A module run in a namespace; what it says goes into a file."""
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join((str(_ROOT / "src"), str(_ROOT))), "COMITY_TOKEN": shown.token}
    with log.open("a") as said:
        return subprocess.Popen(
            namespace.inside(sys.executable, "-m", f"tests.exchange.namespaces.{module}", *words),
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, text=True, cwd=_ROOT, env={**environ, "COMITY_PASSWORD": shown.password},
            start_new_session=True,
        )  # fmt: skip


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()


@dataclass
class Place:
    """Where a node lives: its namespace, certificate and clock, what is written there. A hostile one has such a place too."""

    party: str
    namespace: Namespace
    folder: Path
    authority: Authority
    issued: Issued = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.issued = self.authority.issue(self.party.lower(), host=self.namespace.address)
        self.clock_file, self.log = self.folder / "clock", self.folder / "log"

    @property
    def url(self) -> str:
        return f"https://{self.namespace.address}:{PORT}"

    @property
    def now(self) -> Callable[[], datetime]:
        return partial(read_clock, self.clock_file)

    def set_clock(self, ahead: timedelta) -> None:
        write_clock(self.clock_file, ahead)

    def certified(self) -> tuple[str, ...]:
        return "--address", self.namespace.address, "--certificate", str(self.issued.certificate), "--key", str(self.issued.key)


class NodeInNamespace:
    """A node: its ledger as its own people use it, and its processes. ``told``: the folder of the pages that left."""

    def __init__(self, place: Place, node: LedgerNode) -> None:
        self.place, self.node, self.party = place, node, node.party
        self.told = place.folder / "told"
        self.told.mkdir()
        self._secret = secrets.token_hex(32)
        self._secret_file = place.folder / "proxy-secret"
        self._secret_file.write_text(self._secret)
        self._served: list[subprocess.Popen[str]] = []
        self._pull: subprocess.Popen[str] | None = None

    # -- its clients

    def admit(self, party: str, by_password: bool) -> Shown:
        """A client of a partner's, admitted by an act: what it shows."""
        name, at = f"{party.lower()}-client", self.place.now()
        shown = Shown(user=name, password=new_password()) if by_password else Shown(token=new_token())
        if by_password:
            KeptPasswords(self.node.ledger).put(name, password_record(shown.password))
        fingerprint = "" if by_password else token_fingerprint(shown.token)
        row = admit_row(self.party, party, name, "password" if by_password else "token", at, fingerprint=fingerprint)
        add_rows(self.node.ledger, write_rows([row]), "the act", at.date())
        return shown

    # -- its processes

    def wakes(self) -> None:
        """Begin to serve, unless it does."""
        if self._served:
            return
        words = ("exchange", "serve", "--port", str(_NODE_PORT), "--proxy-secret", str(self._secret_file))
        self._served = [
            self._command("7", *words),
            started(
                self.place.namespace, self.place.log, "front", *self.place.certified(),
                "--secret", self._secret, "--node", str(_NODE_PORT), "--told", str(self.told),
            ),
        ]  # fmt: skip

    def dies(self) -> None:
        for process in self._served:
            end(process)
        self._served = []

    def waits_until_served(self) -> None:
        """Until the node answers through its front proxy."""
        asks = "import http.client, sys; c = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=5); c.request('GET', '/taxii2/')"
        asks += "; sys.exit(c.getresponse().status != 401)"
        until = time.monotonic() + _LONGEST_START
        while subprocess.run(self.place.namespace.inside(sys.executable, "-c", asks, str(_NODE_PORT)), capture_output=True, check=False).returncode:
            assert time.monotonic() < until, f"{self.party} does not come up: {self.place.log.read_text()[-2000:]}"
            time.sleep(0.2)

    def pull(self, giver: Place, visit: Visit, shown: Shown) -> PullDone:
        """One pull by the command, in a process of its own."""
        said = self.place.folder / "pull"
        said.unlink(missing_ok=True)
        user = ("--user", shown.user) if shown.user else ()
        words = ("exchange", "pull", giver.party, "--url", giver.url, "--ca", str(giver.authority.certificate), *user, "--json")
        self._pull = self._command(str(visit.page), *words, log=said, shown=shown)
        try:
            self._pull.wait(visit.patience)
        except subprocess.TimeoutExpired:
            end(self._pull)
            return PullDone(killed=True, says="killed", errors=_traceback(said.read_text()))
        return _done(self._pull.returncode, said.read_text())

    def close(self) -> None:
        self.dies()
        self.ends_pull()
        self.node.stops()

    def ends_pull(self) -> None:
        if self._pull is not None:
            end(self._pull)

    def _command(self, page: str, *words: str, log: Path | None = None, shown: Shown = Shown()) -> subprocess.Popen[str]:
        given = (str(self.place.clock_file), page, "--ledger", self.node.url, *words)
        return started(self.place.namespace, log or self.place.log, "command", *given, shown=shown)


def _done(code: int, said: str) -> PullDone:
    """What a pull came to that ended with this code. 1: not everything came; more than that: one line says why nothing did."""
    if code not in (0, 1) or "Traceback" in said:
        return PullDone(says=said.strip() or f"ended with {code}", errors=_traceback(said))
    told: Mapping[str, Any] = json.loads(said)
    says = [told["says"], *(one["says"] for one in told["collections"])]
    return PullDone(sum(one["given"] for one in told["collections"]), says="; ".join(filter(None, says)) if code else "")


def _traceback(said: str) -> str:
    return said[-2000:] if "Traceback" in said else ""


def authorization(shown: Shown) -> str:
    """What a client sends that shows this."""
    basic = base64.b64encode(f"{shown.user}:{shown.password}".encode()).decode()
    return f"Bearer {shown.token}" if shown.token else f"Basic {basic}"
