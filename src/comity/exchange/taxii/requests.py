"""Requests and responses as plain data, and which resource a path names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl

from comity.exchange.taxii.errors import Refused, malformed, not_found

MOST_PARAMETERS = 100
Kind = Literal["discovery", "root", "collections", "collection", "manifest", "objects", "object", "versions", "status"]
READ = ("GET", "HEAD", "OPTIONS")
ALLOWS: Mapping[Kind, tuple[str, ...]] = {
    "discovery": READ, "root": READ, "collections": READ, "collection": READ, "manifest": READ, "versions": READ, "status": READ,
    "objects": (*READ, "POST"), "object": (*READ, "DELETE"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """``path``: decoded. ``query``: as it came, without the question mark. ``headers``: their names in lower case."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """``body``: in pieces; taking the next one may raise BrokenOff, and then the transfer has to break off visibly."""

    status: int
    headers: Mapping[str, str]
    body: Iterable[bytes] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """What a path names: the root's first segment, and the ids in it."""

    kind: Kind
    root: str = ""
    collection: str = ""
    id: str = ""


def named(path: str) -> Path:
    """The resource that a path names; 404 if it names none. A path that lacks the slash at its end names none: a redirect loses credentials."""
    segments = path.split("/")
    if len(segments) < 3 or segments[0] or segments[-1] or not all(segments[1:-1]) or not path.isprintable():
        raise not_found()
    match segments[1:-1]:
        case ["taxii2"]:
            return Path("discovery")
        case [root]:
            return Path("root", root)
        case [root, "collections"]:
            return Path("collections", root)
        case [root, "collections", collection]:
            return Path("collection", root, collection)
        case [root, "collections", collection, "manifest"]:
            return Path("manifest", root, collection)
        case [root, "collections", collection, "objects"]:
            return Path("objects", root, collection)
        case [root, "collections", collection, "objects", id_]:
            return Path("object", root, collection, id_)
        case [root, "collections", collection, "objects", id_, "versions"]:
            return Path("versions", root, collection, id_)
        case [root, "status", id_]:
            return Path("status", root, id=id_)
    raise not_found()


def parameters(query: str) -> dict[str, str]:
    """The parameters of a query by name; 400 if one of TAXII's stands there twice, or it cannot be read."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError:
        raise malformed("the query cannot be read; write it in UTF-8, percent-encoded, with at most 100 parameters") from None
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found and is_filter(name):
            raise malformed(f"{name} stands there twice; give it once, with several values between commas where it takes them")
        if is_filter(name) and not value.isprintable():
            raise malformed(f"{name} holds a character that is not printable; leave it out")
        found[name] = value
    return found


def is_filter(name: str) -> bool:
    """Is the parameter one of TAXII's own (known or not)?"""
    return name in ("added_after", "limit", "next") or name.startswith("match[")


def body_of(request: Request, most_bytes: int) -> bytes:
    """The body of a delivery; 411, 413 or 400 if its length is not given, too much, or not what came."""
    declared = request.headers.get("content-length", "").strip()
    if not declared and not request.body:
        raise Refused(411, "length-required", "Length required", "say in Content-Length how many bytes the body has")
    if declared and not (declared.isascii() and declared.isdigit() and len(declared) <= 18):
        raise malformed("Content-Length is no number; say how many bytes the body has")
    if max(len(request.body), int(declared or 0)) > most_bytes:
        raise Refused(413, "too-large", "Too large", f"a body has at most {most_bytes} bytes here; send the objects in several envelopes")
    if declared and len(request.body) != int(declared):
        raise malformed(f"{len(request.body)} bytes came where Content-Length says {int(declared)}; send them again")
    return request.body
