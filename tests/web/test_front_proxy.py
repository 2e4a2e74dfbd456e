"""nginx's reference configuration, run as it stands before a node's entrance, with certificates made by openssl: who gets in, and who does not."""

from __future__ import annotations

import base64
import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from comity.acts import Act
from comity.exchange import Caller
from comity.exchange.calling.clients import admitted
from comity.exchange.calling.credentials import new_token, read_certificate, token_fingerprint
from comity.exchange.calling.entrance import Entrance, Limits
from comity.exchange.calling.identifying import Clients
from comity.exchange.calling.passwords import password_record
from comity.web.calling import FrontProxy, caller_of, refusal
from tests.conftest import ROOT
from tests.exchange.admitting import KEEPER, Records, admit, dismiss, standing
from tests.exchange.certificates import Authority, Issued, self_signed

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.skipif(NGINX is None or shutil.which("openssl") is None, reason="nginx and openssl are not installed")
HOST, SECRET, PASSWORD = "node.example.org", "5" * 64, "correct horse battery"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *said: object) -> None:
        """Nothing."""


@dataclass
class Node:
    """A node that says who is calling, behind nginx, and the same without it."""

    folder: Path
    port: int
    inner: int
    partners: Authority
    node: Authority
    clients: Clients
    acts: list[Act] = field(default_factory=list)
    seen: list[dict[str, Any]] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)

    def append(self, *acts: Act) -> None:
        """More acts of the keeper, of which the node hears at once."""
        self.acts += acts
        self.clients.renew(admitted(standing(*self.acts), KEEPER).clients)

    def connect(self, shows: Issued | None = None) -> http.client.HTTPSConnection:
        trusting = ssl.create_default_context(cafile=str(self.node.certificate))
        if shows is not None:
            trusting.load_cert_chain(shows.certificate, shows.key)
        made = http.client.HTTPSConnection(HOST, self.port, context=trusting, timeout=20)
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        made.sock = trusting.wrap_socket(plain, server_hostname=HOST)
        return made

    def ask(self, shows: Issued | None = None, headers: dict[str, str] | None = None) -> tuple[int, str | None]:
        connection = self.connect(shows)
        try:
            return asked(connection, headers)
        finally:
            connection.close()


def asked(connection: http.client.HTTPConnection, headers: dict[str, str] | None = None) -> tuple[int, str | None]:
    """The status, and the party for which the node takes the caller."""
    connection.request("GET", "/taxii2/", headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    return answer.status, json.loads(body)["party"] if answer.status == 200 else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def application(node: Node, entrance: Entrance) -> Callable[..., Iterable[bytes]]:
    proxy = FrontProxy(SECRET)

    def pieces() -> Iterator[bytes]:
        """Half of what was promised; no more, once the test has it."""
        yield b"x" * 1000
        node.go_on.wait(20)
        raise BrokenPipeError("the rest may not leave any more")

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        node.seen.append(dict(environ))
        found = caller_of(environ, entrance, proxy, datetime.now(UTC))
        if isinstance(found, Caller) and environ["PATH_INFO"] == "/pieces/":
            start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", "2000")])
            return pieces()
        if isinstance(found, Caller):
            body = json.dumps(asdict(found)).encode()
            start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
            return [body]
        status, headers = refusal(found)
        start_response(f"{status} Turned Away", [*headers, ("Content-Length", "0")])
        return [b""]

    return answer


def configured(folder: Path, port: int, inner: int, node: Authority, partners: Authority) -> Path:
    """The reference configuration with this folder's files and ports, and nothing else changed."""
    issued = node.issue("node", host=HOST)
    (folder / "proxy-secret.conf").write_text(f'proxy_set_header X-Comity-Proxy-Secret "{SECRET}";\n')
    text = (ROOT / "deploy" / "nginx" / "comity.conf").read_text(encoding="utf-8")
    changes = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "server 127.0.0.1:8000": f"server 127.0.0.1:{inner}",
        "/etc/comity/tls/node.pem": str(issued.certificate),
        "/etc/comity/tls/node.key": str(issued.key),
        "/etc/comity/tls/partners.pem": str(partners.certificate),
        "/etc/comity/proxy-secret.conf": str(folder / "proxy-secret.conf"),
        "/var/log/nginx/comity.log": str(folder / "access.log"),
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "comity.conf").write_text(text)
    spools = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""
    main = folder / "nginx.conf"
    around = "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers on; gzip on;"  # as Debian has it
    logs = f"pid {folder}/pid; error_log {folder}/error.log;"
    main.write_text(f"{user} daemon off; {logs}\nevents {{}}\nhttp {{ {around} {spools} include {folder}/comity.conf; }}\n")
    return main


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    assert NGINX is not None
    folder = tmp_path_factory.mktemp("node")
    port, inner = free_port(), free_port()
    found = Node(folder, port, inner, Authority(folder, "partners"), Authority(folder, "authority"), Clients(Records(desk=password_record(PASSWORD))))
    main = configured(folder, port, inner, found.node, found.partners)
    with make_server("127.0.0.1", inner, application(found, Entrance(found.clients, Limits(failures=10_000))), handler_class=_Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(main), "-e", str(folder / "error.log")], stderr=subprocess.PIPE)
        try:
            until_it_listens(port, running)
            yield found
        finally:
            running.terminate()
            running.communicate(timeout=20)
            server.shutdown()


def until_it_listens(port: int, running: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert running.poll() is None, running.stderr and running.stderr.read().decode()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx does not listen")


@pytest.fixture(scope="module")
def known(node: Node) -> Issued:
    """A certificate of the partners' authority that an act binds to a party."""
    made = node.partners.issue("known")
    node.append(admit("gate", read_certificate(made.certificate.read_bytes()).fingerprint, party="EST"))
    return made


def passed_on(made: Issued) -> str:
    return quote(made.certificate.read_text(), safe="")


def test_a_certificate_that_an_act_binds_to_a_party_is_that_partys(node: Node, known: Issued) -> None:
    assert node.ask(known) == (200, "EST")
    assert node.seen[-1]["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"


def test_a_certificate_of_the_right_authority_that_no_act_names_is_nobodys(node: Node) -> None:
    assert node.ask(node.partners.issue("unknown")) == (401, None)


@pytest.mark.parametrize("sort", ["of another authority", "signed by itself", "ended"])
def test_a_certificate_that_does_not_hold_does_not_even_reach_the_node(node: Node, sort: str) -> None:
    """Although an act names it."""
    name = sort.replace(" ", "-")
    match sort:
        case "of another authority":
            made = Authority(node.folder, "wrong").issue(name)
        case "signed by itself":
            made = self_signed(node.folder, name)
        case _:
            made = node.partners.issue(name, ended=True)
    node.append(admit(name, read_certificate(made.certificate.read_bytes()).fingerprint, party="LVA"))
    before = len(node.seen)
    assert node.ask(made) == (400, None)
    assert len(node.seen) == before


@pytest.mark.parametrize(
    "header", ["X-Comity-Client-Certificate", "x-comity-client-certificate", "X_Comity_Client_Certificate", "X-Comity_Client-Certificate"]
)
@pytest.mark.parametrize("with_secret", [False, True])
def test_a_certificate_in_a_header_from_outside_is_gone(node: Node, known: Issued, header: str, with_secret: bool) -> None:
    """However it is written; even with the secret, should that have come out."""
    secret = {"X-Comity-Proxy-Secret": SECRET, "X_Comity_Proxy_Secret": SECRET} if with_secret else {}
    assert node.ask(headers={header: passed_on(known), **secret}) == (401, None)
    assert "HTTP_X_COMITY_CLIENT_CERTIFICATE" not in node.seen[-1]


def test_a_certificate_in_a_header_does_not_take_the_place_of_the_one_shown(node: Node, known: Issued) -> None:
    other = node.partners.issue("other")
    node.append(admit("other", read_certificate(other.certificate.read_bytes()).fingerprint, party="LVA"))
    assert node.ask(other, {"X-Comity-Client-Certificate": passed_on(known)}) == (200, "LVA")


def test_an_address_in_a_header_from_outside_is_gone(node: Node) -> None:
    node.ask(headers={"X-Forwarded-For": "203.0.113.7", "Forwarded": "for=203.0.113.7", "X-Real-IP": "203.0.113.7"})
    assert node.seen[-1]["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"
    assert not {"HTTP_FORWARDED", "HTTP_X_REAL_IP"} & node.seen[-1].keys()


@pytest.mark.parametrize("secret", [{}, {"X-Comity-Proxy-Secret": "6" * 64}, {"X-Comity-Proxy-Secret": ""}])
def test_who_goes_round_the_proxy_shows_no_certificate(node: Node, known: Issued, secret: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", node.inner, timeout=20)
    assert asked(connection, {"X-Comity-Client-Certificate": passed_on(known), **secret}) == (401, None)
    connection.close()


def test_a_dismissed_client_is_out_at_once_on_the_same_connection(node: Node) -> None:
    made = node.partners.issue("dismissed")
    fingerprint = read_certificate(made.certificate.read_bytes()).fingerprint
    node.append(admit("leaving", fingerprint, party="LTU"))
    connection = node.connect(made)
    assert asked(connection) == (200, "LTU")
    node.append(dismiss("leaving"))
    assert asked(connection) == (401, None)
    node.append(admit("leaving", fingerprint, party="LTU"))
    assert asked(connection) == (200, "LTU")
    connection.close()


def test_tokens_and_passwords_go_without_a_certificate(node: Node) -> None:
    token = new_token()
    node.append(admit("feed", token_fingerprint(token), shows="token", party="FIN"), admit("desk", "", shows="password", party="POL"))
    word = base64.b64encode(f"desk:{PASSWORD}".encode()).decode()
    assert node.ask(headers={"Authorization": f"Bearer {token}"}) == (200, "FIN")
    assert node.ask(headers={"Authorization": f"Basic {word}"}) == (200, "POL")
    node.append(dismiss("feed"), dismiss("desk"))
    assert node.ask(headers={"Authorization": f"Bearer {token}"}) == (401, None)
    assert node.ask(headers={"Authorization": f"Basic {word}"}) == (401, None)


def shaken(node: Node, version: str) -> str | None:
    """The version in which a handshake succeeds with a client that knows this one alone, and takes any cipher."""
    trusting = ssl.create_default_context(cafile=str(node.node.certificate))
    trusting.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        trusting.minimum_version = trusting.maximum_version = ssl.TLSVersion[version]
    with socket.create_connection(("127.0.0.1", node.port), timeout=20) as plain, trusting.wrap_socket(plain, server_hostname=HOST) as held:
        return held.version()


@pytest.mark.parametrize("version", ["TLSv1_2", "TLSv1_3"])
def test_new_versions_of_tls_do(node: Node, version: str) -> None:
    assert shaken(node, version) == version.replace("_", ".")


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1"])
def test_old_versions_of_tls_get_no_handshake(node: Node, version: str) -> None:
    with pytest.raises(ssl.SSLError, match=r"(?i)protocol.version"):
        shaken(node, version)


def test_another_name_gets_no_handshake(node: Node) -> None:
    whatever = ssl._create_unverified_context()
    for name in ("other.example.org", None):
        with socket.create_connection(("127.0.0.1", node.port), timeout=20) as plain, pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME"):
            whatever.wrap_socket(plain, server_hostname=name)


def test_no_session_is_resumed(node: Node, known: Issued) -> None:
    """So a certificate that has run out since does not go on in one."""
    trusting = ssl.create_default_context(cafile=str(node.node.certificate))
    trusting.load_cert_chain(known.certificate, known.key)
    session: ssl.SSLSession | None = None
    for _ in range(2):
        plain = socket.create_connection(("127.0.0.1", node.port), timeout=20)
        with trusting.wrap_socket(plain, server_hostname=HOST, session=session) as held:
            held.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
            while held.recv(4096):
                pass
            assert not held.session_reused
            session = held.session


def test_a_body_that_is_too_long_does_not_reach_the_node(node: Node, known: Issued) -> None:
    before = len(node.seen)
    connection = node.connect(known)
    connection.putrequest("POST", "/taxii2/")
    connection.putheader("Content-Length", str(13 * 1024 * 1024))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()
    assert len(node.seen) == before


def test_what_the_node_gave_has_left_and_what_it_breaks_off_is_seen_to_be(node: Node, known: Issued) -> None:
    """Nothing waits in the proxy that may not leave any more, and half an answer does not look like a whole one."""
    connection = node.connect(known)
    connection.sock.settimeout(5)
    connection.request("GET", "/pieces/", headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    assert answer.read(1000) == b"x" * 1000, "while the node still holds the rest"
    node.go_on.set()
    with pytest.raises(http.client.IncompleteRead):
        answer.read()
    connection.close()


def test_the_log_says_who_was_verified_and_nothing_secret(node: Node, known: Issued) -> None:
    slipped = base64.b64encode(b"my-password-slipped:x").decode()
    connection = node.connect(known)
    connection.request("GET", "/taxii2/?next=a-cursor", headers={"Authorization": f"Basic {slipped}"})
    connection.getresponse().read()
    connection.close()
    line = ""
    for _ in range(100):
        line = (node.folder / "access.log").read_text().splitlines()[-1]
        if "401" in line:
            break
        time.sleep(0.02)
    assert '"GET /taxii2/" 401' in line
    assert line.endswith("SUCCESS")
    assert not [word for word in ("slipped", "a-cursor", SECRET) if word in (node.folder / "access.log").read_text()]
