"""Who is calling, out of a request: what it shows, from which address it comes, and what one who is turned away is told.

A request shows what its Authorization header says (Basic or Bearer); without one, the certificate of the connection on which it came. Certificates
are asked for by the front proxy, which speaks TLS and passes on the one whose key was proved. It is believed only where it proves itself: it calls
from this machine, and sends the secret that it shares with the node. Otherwise what it says of certificate and address is as if it were not there.

Source: docs/explanation/how-exchange-works.md, section 9; docs/how-to/run-a-node.md; RFC 6750, 2.1 and 3; RFC 7617, 2; RFC 9110, 10.2.3, 11.6.1.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import unquote_to_bytes

from comity.exchange import Caller
from comity.exchange.calling import Certificate, Credential, Entrance, Password, Token, TurnedAway, Unreadable, read_certificate
from comity.terms import BadInput

CERTIFICATE, SECRET = "HTTP_X_COMITY_CLIENT_CERTIFICATE", "HTTP_X_COMITY_PROXY_SECRET"
_FORWARDED = "HTTP_X_FORWARDED_FOR"
_SHORTEST, _LONGEST_HEADER, _LONGEST_CERTIFICATE = 32, 8192, 32768
CHALLENGES = ('Basic realm="Comity", charset="UTF-8"', 'Bearer realm="Comity"')

Environ = Mapping[str, Any]
"""A request as PEP 3333 has it: the value of a header is text of which each character is a byte."""


@dataclass(frozen=True, slots=True)
class FrontProxy:
    """The proxy that stands before the node on the same machine, known by a secret; BadInput if that is too short to be one."""

    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) < _SHORTEST or not self.secret.isascii():
            raise BadInput(f"the secret of the front proxy has to have {_SHORTEST} ASCII characters at least; make one with: openssl rand -hex 32")

    def sent(self, environ: Environ) -> bool:
        """Did it send this request?"""
        given = str(environ.get(SECRET, "")).encode("latin-1", errors="replace")
        return _is_local(environ.get("REMOTE_ADDR")) and hmac.compare_digest(given, self.secret.encode())


def caller_of(environ: Environ, entrance: Entrance, proxy: FrontProxy | None, now: datetime) -> Caller | TurnedAway:
    """Who sent this request, if that is somebody who is let in."""
    return entrance.admit(shown_in(environ, proxy), address_of(environ, proxy), now)


def refusal(turned_away: TurnedAway) -> tuple[int, list[tuple[str, str]]]:
    """Status and headers for one who is turned away: 429 and how long to wait, or 401 and what to show."""
    if turned_away.wait is not None:
        return 429, [("Retry-After", str(turned_away.wait))]
    return 401, [("WWW-Authenticate", challenge) for challenge in CHALLENGES]


def shown_in(environ: Environ, proxy: FrontProxy | None) -> Credential | None:
    """What the request shows; None where it shows nothing."""
    if header := environ.get("HTTP_AUTHORIZATION"):
        return _read_authorization(header)
    certificate = environ.get(CERTIFICATE)
    return _read_passed_on(certificate) if certificate and proxy is not None and proxy.sent(environ) else None


def address_of(environ: Environ, proxy: FrontProxy | None) -> str:
    """The address from which it comes: of what the front proxy sent, the one that called the proxy."""
    peer = str(environ.get("REMOTE_ADDR", ""))
    if proxy is None or not proxy.sent(environ):
        return peer
    last = str(environ.get(_FORWARDED, "")).rpartition(",")[2].strip()
    try:
        return str(ip_address(last))
    except ValueError:
        return peer


def _is_local(peer: object) -> bool:
    """Does the peer stand on this machine? A server on a Unix socket leaves its address blank."""
    if peer == "":
        return True
    try:
        read = ip_address(str(peer))
    except ValueError:
        return False
    mapped = read.ipv4_mapped if isinstance(read, IPv6Address) else None
    return (mapped or read).is_loopback


def _read_authorization(header: str) -> Credential:
    scheme, _, value = header.partition(" ")
    value = value.strip()
    if len(header) > _LONGEST_HEADER:
        return Unreadable()
    match scheme.lower():
        case "bearer":
            return Token(value)
        case "basic":
            return _read_basic(value)
        case _:
            return Unreadable()


def _read_basic(value: str) -> Credential:
    try:
        name, colon, password = base64.b64decode(value.encode("ascii"), validate=True).decode().partition(":")
    except (ValueError, binascii.Error):
        return Unreadable()
    return Password(name, password) if colon else Unreadable()


@lru_cache(maxsize=256)
def _read_passed_on(escaped: str) -> Certificate | Unreadable:
    """The certificate as nginx passes it on: PEM, of which every byte that means something in an address is escaped."""
    if len(escaped) > _LONGEST_CERTIFICATE:
        return Unreadable()
    try:
        return read_certificate(unquote_to_bytes(escaped))
    except BadInput:
        return Unreadable()
