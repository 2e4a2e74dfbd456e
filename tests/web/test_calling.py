"""Who is calling, out of a request: what headers say, and whose word is taken for what."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.exchange import Caller
from comity.exchange.calling.clients import Client
from comity.exchange.calling.credentials import Credential, Password, Token, Unreadable, read_certificate
from comity.exchange.calling.entrance import Entrance, TurnedAway
from comity.exchange.calling.identifying import Clients
from comity.terms import BadInput
from comity.web.calling import FrontProxy, address_of, caller_of, refusal, shown_in
from tests.exchange.admitting import NOW, TOKEN, Records, clients
from tests.exchange.certificates import self_signed

SECRET = "5" * 64
PROXY = FrontProxy(SECRET)
LOCAL = ("127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "")


def request(peer: str | None = "127.0.0.1", **headers: str) -> dict[str, Any]:
    found: dict[str, Any] = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return found if peer is None else found | {"REMOTE_ADDR": peer}


def basic(text: bytes) -> str:
    return "Basic " + base64.b64encode(text).decode()


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> str:
    return self_signed(tmp_path_factory.mktemp("certificates"), "client").certificate.read_text()


# -- Authorization


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        (basic(b"desk:secret"), Password("desk", "secret")),
        (basic(b"desk:a:b:"), Password("desk", "a:b:")),
        (basic(b"desk:"), Password("desk", "")),
        (basic("desk:Größe".encode()), Password("desk", "Größe")),
        (basic(b"desk:secret").replace("Basic", "bASIC"), Password("desk", "secret")),
        (basic(b"desk:secret").replace(" ", "   "), Password("desk", "secret")),
        (basic(b"desk"), Unreadable()),
        (basic("desk:Größe".encode("latin-1")), Unreadable()),
        ("Basic", Unreadable()),
        ("Basic !!!!", Unreadable()),
        ("Basic ZGVzazpz*", Unreadable()),
        (basic(b"desk:" + b"x" * 9000), Unreadable()),
        (f"Bearer {TOKEN.text}", TOKEN),
        (f"bearer  {TOKEN.text} ", TOKEN),
        ("Bearer", Token("")),
        ("Digest username=desk", Unreadable()),
        (TOKEN.text, Unreadable()),
        (" ", Unreadable()),
    ],
)
def test_what_is_shown_is_read(header: str, shown: Credential) -> None:
    assert shown_in(request(authorization=header), None) == shown


@pytest.mark.parametrize("headers", [{}, {"authorization": ""}])
def test_nothing_may_be_shown(headers: dict[str, str]) -> None:
    assert shown_in(request(**headers), PROXY) is None


@given(st.binary(max_size=60), st.sampled_from(["", "Basic ", "Bearer ", "Negotiate "]))
def test_any_header_is_read_as_something(value: bytes, scheme: str) -> None:
    shown_in(request(authorization=scheme + value.decode("latin-1")), PROXY)
    shown_in(request(authorization=scheme + base64.b64encode(value).decode()), PROXY)
    shown_in(request(x_comity_client_certificate=value.decode("latin-1"), x_comity_proxy_secret=SECRET), PROXY)


# -- the front proxy


@pytest.mark.parametrize("peer", LOCAL)
def test_the_front_proxy_passes_on_a_certificate(pem: str, peer: str) -> None:
    sent = request(peer, x_comity_client_certificate=quote(pem, safe=""), x_comity_proxy_secret=SECRET)
    assert shown_in(sent, PROXY) == read_certificate(pem.encode())


@pytest.mark.parametrize(
    ("peer", "secret", "proxy"),
    [
        ("192.0.2.1", SECRET, PROXY),
        ("2001:db8::1", SECRET, PROXY),
        ("localhost.example.org", SECRET, PROXY),
        (None, SECRET, PROXY),
        ("127.0.0.1", None, PROXY),
        ("127.0.0.1", "", PROXY),
        ("127.0.0.1", SECRET[:-1], PROXY),
        ("127.0.0.1", SECRET + "5", PROXY),
        ("127.0.0.1", f"{SECRET},{SECRET}", PROXY),
        ("127.0.0.1", "\N{FULLWIDTH DIGIT FIVE}" * 64, PROXY),
        ("127.0.0.1", SECRET, None),
        ("127.0.0.1", "", None),
        ("127.0.0.1", None, None),
    ],
)
def test_nobody_else_does(pem: str, peer: str | None, secret: str | None, proxy: FrontProxy | None) -> None:
    given = {"x_comity_client_certificate": quote(pem, safe=""), "x_forwarded_for": "203.0.113.7"}
    sent = request(peer, **given if secret is None else {**given, "x_comity_proxy_secret": secret})
    assert shown_in(sent, proxy) is None
    assert address_of(sent, proxy) == (peer or "")


@pytest.mark.parametrize("secret", ["", "short", "5" * 31, "ü" * 64])
def test_a_secret_that_is_none_is_refused(secret: str) -> None:
    with pytest.raises(BadInput, match="openssl rand"):
        FrontProxy(secret)


def test_the_secret_is_not_shown() -> None:
    assert SECRET not in repr(PROXY)


@pytest.mark.parametrize("passed_on", ["nonsense", "-----BEGIN CERTIFICATE-----", "%", "A" * 40_000])
def test_what_is_passed_on_and_is_no_certificate_is_unreadable(passed_on: str) -> None:
    assert shown_in(request(x_comity_client_certificate=passed_on, x_comity_proxy_secret=SECRET), PROXY) == Unreadable()


def test_what_the_request_says_goes_before_its_connection(pem: str) -> None:
    sent = request(authorization=f"Bearer {TOKEN.text}", x_comity_client_certificate=quote(pem, safe=""), x_comity_proxy_secret=SECRET)
    assert shown_in(sent, PROXY) == TOKEN


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, 2001:DB8::1", "2001:db8::1"),
        ("", "127.0.0.1"),
        ("unknown", "127.0.0.1"),
        ("203.0.113.7,", "127.0.0.1"),
    ],
)
def test_the_last_that_the_proxy_names_is_the_address(forwarded: str, address: str) -> None:
    assert address_of(request(x_forwarded_for=forwarded, x_comity_proxy_secret=SECRET), PROXY) == address


# -- all together


def entrance(*more: Client) -> Entrance:
    return Entrance(Clients(Records(), [*clients().values(), *more]))


def test_a_caller_is_known_by_its_certificate(pem: str) -> None:
    sent = request(x_comity_client_certificate=quote(pem, safe=""), x_comity_proxy_secret=SECRET)
    shown = read_certificate(pem.encode())
    client = Client("own", "FIN", "certificate", shown.fingerprint, True, False, None, "admits-own")
    assert caller_of(sent, entrance(client), PROXY, shown.begins) == Caller("own", "FIN")
    assert caller_of(sent, entrance(client), PROXY, shown.begins.replace(year=2020)) == TurnedAway()
    assert caller_of(sent, entrance(), PROXY, shown.begins) == TurnedAway()
    assert caller_of(sent, entrance(client), None, shown.begins) == TurnedAway()


def test_failures_count_for_who_called_the_proxy_and_not_for_the_proxy() -> None:
    asked = entrance()

    def ask(address: str, token: str) -> Caller | TurnedAway:
        return caller_of(request(x_forwarded_for=address, x_comity_proxy_secret=SECRET, authorization=f"Bearer {token}"), asked, PROXY, NOW)

    for _ in range(10):
        assert ask("6.6.6.6, 203.0.113.7", "wrong") == TurnedAway()
    assert ask("203.0.113.7", TOKEN.text) == TurnedAway()
    assert isinstance(ask("203.0.113.8", TOKEN.text), Caller)


def test_one_who_is_turned_away_is_told_what_to_show_or_how_long_to_wait() -> None:
    status, headers = refusal(TurnedAway())
    assert status == 401
    assert headers == [("WWW-Authenticate", 'Basic realm="Comity", charset="UTF-8"'), ("WWW-Authenticate", 'Bearer realm="Comity"')]
    assert refusal(TurnedAway(7)) == (429, [("Retry-After", "7")])


def test_names_in_docs_and_configuration_are_those_that_are_read(root: Path) -> None:
    written = (root / "deploy" / "nginx" / "comity.conf").read_text()
    for header in ("X-Comity-Client-Certificate $ssl_client_escaped_cert;", "X-Comity-Proxy-Secret", "X-Forwarded-For $remote_addr;"):
        assert header in written
