"""Observed values, and the STIX pattern that finds each: written here with every value checked and quoted, never taken over as text.

Source: STIX 2.1, 9 (patterning), 10.7 (hashing algorithms); the names of MISP's attribute types beside those of STIX.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from comity.terms import BadInput

MOST = 4096
_HASHES = {"md5": ("MD5", 32), "sha1": ("'SHA-1'", 40), "sha256": ("'SHA-256'", 64), "sha512": ("'SHA-512'", 128)}
_DEFANGED = re.compile(r"\[\.\]|\[:\]|\(dot\)|\[dot\]|\[at\]|\[@\]|^hxxp|^meow", re.IGNORECASE)
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(//)?[^\s/]\S*")
_HOST = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_EMAIL = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


def quoted(value: str) -> str:
    """A text of the pattern language."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def pattern_of(kind: str, value: str) -> str:
    """The pattern that finds a value of this kind (``KINDS``). BadInput says what such a value looks like."""
    write = KINDS.get(kind)
    if write is None:
        raise BadInput(f"values of the type {kind!r:.40} are not read; there are {', '.join(KINDS)}")
    if not value or len(value) > MOST or any(ord(sign) < 32 or ord(sign) == 127 or 0xD800 <= ord(sign) < 0xE000 for sign in value):
        raise BadInput(f"{value!r:.60} is empty, longer than {MOST} signs or has a control character in it")
    if _DEFANGED.search(value) and not kind.startswith("filename"):
        raise BadInput(f"{value!r:.60} is written so that nobody opens it by mistake; write it as it is")
    return f"[{write(value)}]"


def _address(value: str, versions: tuple[int, ...] = (4, 6)) -> str:
    try:
        one = ipaddress.ip_interface(value) if "/" in value else ipaddress.ip_address(value)
    except ValueError:
        raise BadInput(f"{value!r:.60} is no address; write it as 198.51.100.7, 2001:db8::7 or 198.51.100.0/24") from None
    if one.version not in versions or "%" in value:
        raise BadInput(f"{value!r:.60} is an address of IPv{one.version}{' with a zone' if '%' in value else ''}, not one of IPv{versions[0]}")
    if isinstance(one, (ipaddress.IPv4Interface, ipaddress.IPv6Interface)) and one.network.num_addresses > 1:
        if one.ip != one.network.network_address:
            raise BadInput(f"{value!r:.60} is no network: its first address is {one.network}")
        return f"ipv{one.version}-addr:value ISSUBSET {quoted(str(one.network))}"
    return f"ipv{one.version}-addr:value = {quoted(str(getattr(one, 'ip', one)))}"


def _ipv4(value: str) -> str:
    return _address(value, (4,))


def _ipv6(value: str) -> str:
    return _address(value, (6,))


def _domain(value: str) -> str:
    name = value.lower()
    parts = name.split(".")
    if len(name) > 253 or len(parts) < 2 or not all(_HOST.fullmatch(part) for part in parts) or parts[-1].isdigit():
        raise BadInput(f"{value!r:.60} is no name of a domain or a host; write it as www.example.org")
    return f"domain-name:value = {quoted(name)}"


def _url(value: str) -> str:
    if not _URL.fullmatch(value):
        raise BadInput(f"{value!r:.60} is no URL; write it whole, as https://www.example.org/page")
    return f"url:value = {quoted(value)}"


def _email(path: str) -> Callable[[str], str]:
    def write(value: str) -> str:
        if not _EMAIL.fullmatch(value):
            raise BadInput(f"{value!r:.60} is no e-mail address; write it as name@example.org")
        return f"{path} = {quoted(value)}"

    return write


def _hash(kind: str) -> Callable[[str], str]:
    name, length = _HASHES[kind]

    def write(value: str) -> str:
        if not re.fullmatch(rf"[0-9a-fA-F]{{{length}}}", value):
            raise BadInput(f"{value!r:.60} is no {kind}; it has {length} hexadecimal digits")
        return f"file:hashes.{name} = {quoted(value.lower())}"

    return write


def _filename(value: str) -> str:
    return f"file:name = {quoted(value)}"


def _file(kind: str) -> Callable[[str], str]:
    def write(value: str) -> str:
        name, bar, digest = value.rpartition("|")
        if not bar or not name:
            raise BadInput(f"{value!r:.60} is no file name and {kind}; write them with | between them")
        return f"{_filename(name)} AND {_hash(kind)(digest)}"

    return write


KINDS: dict[str, Callable[[str], str]] = {
    "ip-src": _address,
    "ip-dst": _address,
    "ip": _address,
    "ipv4-addr": _ipv4,
    "ipv6-addr": _ipv6,
    "domain": _domain,
    "domain-name": _domain,
    "hostname": _domain,
    "url": _url,
    **{kind: _hash(kind) for kind in _HASHES},
    "filename": _filename,
    **{f"filename|{kind}": _file(kind) for kind in _HASHES},
    "email": _email("email-addr:value"),
    "email-addr": _email("email-addr:value"),
    "email-src": _email("email-message:from_ref.value"),
    "email-dst": _email("email-message:to_refs[*].value"),
}
"""The types of value that are understood, and how each is written."""
