"""One request to an address that somebody typed in, which must never reach anything within: server-side request forgery.

1. The address is https, on port 443 or 8443, with a name and nothing beside (no user, no password).
2. The name is resolved once. Where any of its addresses is not one of the open internet, nothing is asked.
3. The connection goes to the very address that was looked at, whatever the name resolves to by then; TLS is held to the name.
4. No redirect is followed, no proxy is asked, and no more than a few bytes are read, within a few seconds in all.

Hosts on an allow list, which the keeper of the machine gives, are asked on any port and address, over http as well.

Source: OWASP, Server Side Request Forgery Prevention; RFC 6890 and the IANA registries of special-purpose addresses; RFC 6052; RFC 3056.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple, cast
from urllib.parse import urlsplit

from comity.terms import BadInput

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
PORTS = (443, 8443)
LONGEST, MOST_BYTES, LONGEST_URL = 10.0, 4096, 500
_INSIDE = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
"""What is no address of the open internet; 168.63.129.16 answers within one cloud with what a machine there may do."""
_OUTSIDE = ipaddress.ip_network("2000::/3")
_INSIDE_SIX = tuple(
    ipaddress.ip_network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3ffe::/16", "3fff::/20", "5f00::/16")
)
"""Of what IPv6 gives out at all, what is none, or holds an address of IPv4: Teredo, 6to4. NAT64 and mapped ones are outside of it anyway."""


class Refused(BadInput):
    """The address is not one to be asked."""


class Answer(NamedTuple):
    """The status that came back, and nothing else of it."""

    status: int


class Target(NamedTuple):
    """An address as it was typed, read."""

    secure: bool
    host: str
    port: int
    path: str
    allowed: bool


def read(url: str, allow: Collection[str] = ()) -> Target:
    """The address, if it is one that may be asked for; nothing is resolved yet."""
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url or len(url) > LONGEST_URL:
        raise Refused(f"{url[:60]!r} is no address; write it as https://host/path, in ASCII")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise Refused(f"{url[:60]!r} is no address; write it as https://host/path") from None
    allowed = host in allow or f"{host}:{port}" in allow
    if not host or parts.username is not None or parts.password is not None or parts.fragment:
        raise Refused(f"{url[:60]!r}: write https://host/path, without a user, password or fragment")
    if parts.scheme != "https" and not (parts.scheme == "http" and allowed):
        raise Refused(f"{url[:60]!r} is asked without TLS; write https://")
    number = port or (443 if parts.scheme == "https" else 80)
    if number not in PORTS and not allowed:
        raise Refused(f"port {number}; choose one of {', '.join(map(str, PORTS))}")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", host, number, path, allowed)


def is_outside(text: str) -> bool:
    """Is it an address of the open internet?"""
    found: Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(found, ipaddress.IPv4Address):
        return found.is_global and not any(found in network for network in _INSIDE)
    return found in _OUTSIDE and found.is_global and not any(found in network for network in _INSIDE_SIX)


def resolved(host: str, port: int) -> list[str]:
    """Every address of a name."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def checked(target: Target, resolve: Resolve) -> list[str]:
    """The addresses to connect to; Refused where any of them is within."""
    found = resolve(target.host, target.port)
    if not found:
        raise Refused(f"{target.host} has no address")
    if not target.allowed and not all(is_outside(one) for one in found):
        raise Refused(f"{target.host} leads to an address that is not of the open internet")
    return found


def post(
    url: str, headers: Mapping[str, str], body: bytes, allow: Collection[str] = (), resolve: Resolve = resolved, trust: ssl.SSLContext | None = None
) -> Answer:
    """Send it; Refused where the address is not to be asked, OSError or HTTPException where no answer came."""
    target = read(url, allow)
    lines = [_connected(target, checked(target, resolve))]
    ending = threading.Timer(LONGEST, lambda: _cut(lines[-1]))
    ending.daemon = True
    ending.start()
    try:
        if target.secure:
            context = trust or ssl.create_default_context()
            lines.append(context.wrap_socket(lines[0], server_hostname=target.host, do_handshake_on_connect=False))
            cast(ssl.SSLSocket, lines[-1]).do_handshake()
        return _asked(lines[-1], target, headers, body)
    finally:
        ending.cancel()
        lines[-1].close()


def _connected(target: Target, addresses: Sequence[str]) -> socket.socket:
    """A connection to the first of the addresses that takes one."""
    for last, address in enumerate(addresses, 1 - len(addresses)):
        try:
            return socket.create_connection((address, target.port), timeout=LONGEST / 2)
        except OSError:
            if last == 0:
                raise
    raise OSError("it has no address")


def _cut(line: socket.socket) -> None:
    """However steadily an answer drips, it ends here; a socket under TLS is cut beneath it."""
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _asked(line: socket.socket, target: Target, headers: Mapping[str, str], body: bytes) -> Answer:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = line
    name = f"[{target.host}]" if ":" in target.host else target.host
    usual = target.port == (443 if target.secure else 80)
    connection.putrequest("POST", target.path, skip_host=True, skip_accept_encoding=True)
    sent = {"Host": name if usual else f"{name}:{target.port}", "Content-Length": str(len(body)), "Connection": "close", **headers}
    for key, value in sent.items():
        connection.putheader(key, value)
    connection.endheaders(body)
    response = connection.getresponse()
    response.read(MOST_BYTES)
    return Answer(response.status)
