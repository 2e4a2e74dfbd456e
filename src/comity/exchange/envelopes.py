"""Deliveries read: the objects of a TAXII envelope or a STIX bundle, each with its very bytes.

1. Size, encoding and depth are looked at before anything is parsed.
2. The top level is walked by hand, so that it is known where each object begins and ends; what is in between is I-JSON, or all is refused.
3. Of an object only what the node keeps it by is asked here: its id, type, version. One that lacks it is told of; the others stand.

Source: TAXII 2.1, 3.7; STIX 2.1, 2.9, 3.2, 3.6 and 8 (bundle); RFC 7493 (I-JSON), 2; RFC 8259.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from comity.exchange.asking import Fate
from comity.exchange.timestamps import microseconds_of
from comity.terms import BadInput


class TooLarge(BadInput):
    """More than is read at once; send it in smaller parts."""


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """How much is read at once: bytes and objects of a delivery, bytes of an object, levels of brackets within brackets."""

    octets: int = 10_000_000
    objects: int = 10_000
    object_octets: int = 1_000_000
    depth: int = 64


@dataclass(frozen=True, slots=True)
class RawObject:
    """One object as it came. ``version``: microseconds since 1970, 0 where it has none; ``spec_version``: of STIX; ``data``: what ``body`` says."""

    id: str
    type: str
    version: int
    spec_version: str
    body: bytes
    data: dict[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What was in a delivery: the objects that can be kept, and those that cannot, with the reason."""

    objects: tuple[RawObject, ...] = ()
    refused: tuple[Fate, ...] = ()


OBSERVABLES = frozenset({
    "artifact", "autonomous-system", "directory", "domain-name", "email-addr", "email-message", "file", "ipv4-addr", "ipv6-addr", "mac-addr", "mutex",
    "network-traffic", "process", "software", "url", "user-account", "windows-registry-key", "x509-certificate",
})  # fmt: skip
"""The types of STIX 2.1 that may leave out spec_version (STIX 2.1, 3.2 and 6)."""
MOST = 2**53 - 1
_DEEP, _MARKINGS = (dict, list), ("object_marking_refs", "granular_markings")
_ID = re.compile(r"([a-z0-9-]{3,250})--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").fullmatch
_BLANK = re.compile(r"[ \t\n\r]*").match
_MAYBE_ALONE = re.compile(r"\\u[dD][89a-fA-F]").search
_BRACKETS = bytes.maketrans(b"{}", b"[]")
_MOST_AT_THE_TOP = 64
_OPENS = ord("[")
_OTHERS = bytes(byte for byte in range(256) if byte not in b'"[]{}')


def read_envelope(body: bytes, limits: ReadingLimits | None = None, where: str = "the delivery") -> Envelope:
    """The objects of an envelope or a bundle. BadInput where it cannot be told for sure what all of it says; TooLarge where it is too much."""
    limits = limits or ReadingLimits()
    text = _decoded(body, limits, where)
    top, found = _walk(text, limits, where)
    if "type" in top and top["type"] != "bundle":
        raise BadInput(f'{where} is a single object of the type {top["type"]!r:.60}; put it into a list: {{"objects": [...]}}')
    plain, objects, refused = text.isascii(), [], []
    for start, end, data in found:
        one = _raw(data, body[start:end] if plain else text[start:end].encode(), limits)
        if isinstance(one, Fate):
            refused.append(one)
        else:
            objects.append(one)
    return Envelope(tuple(objects), tuple(refused))


def read_json(body: bytes, limits: ReadingLimits | None = None, where: str = "the file") -> Any:
    """What a JSON document says, read as strictly as an envelope is."""
    text = _decoded(body, limits or ReadingLimits(), where)
    value, end = _value(text, _skip(text, 0), where)
    _at_end(text, end, where)
    _check_alone(text, value, where)
    return value


def read_object(body: bytes, limits: ReadingLimits | None = None, where: str = "the object") -> RawObject | Fate:
    """One object that stands alone."""
    limits = limits or ReadingLimits()
    return _raw(read_json(body, limits, where), body.strip(b" \t\r\n"), limits)


def references(data: dict[str, Any]) -> frozenset[str]:
    """The id of everything that an object refers to, at whatever depth; its markings are not among them, nor is it itself."""
    found: set[str] = set()
    waiting: list[Any] = [{name: value for name, value in data.items() if name not in _MARKINGS}]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            for name, inner in value.items():
                if name.endswith(("_ref", "_refs")):
                    found.update(_ids(inner))
                if type(inner) in _DEEP:
                    waiting.append(inner)
        else:
            waiting.extend(inner for inner in value if type(inner) in _DEEP)
    found.discard(data.get("id", ""))
    return frozenset(found)


def is_id(text: object) -> bool:
    """Is it an identifier of STIX: a type, two hyphens, a UUID in lower case?"""
    return isinstance(text, str) and _ID(text) is not None


def _ids(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else (value,):
        if isinstance(one, str) and _ID(one):
            yield one


def _decoded(body: bytes, limits: ReadingLimits, where: str) -> str:
    """1. Size, encoding, depth."""
    if len(body) > limits.octets:
        raise TooLarge(f"{where} has {len(body)} bytes; at most {limits.octets} are read at once, send it in parts")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise BadInput(f"{where} is not UTF-8 (byte {problem.start + 1}); send it as UTF-8") from None
    if not _is_within(body, limits.depth):
        raise BadInput(f"{where}: its brackets do not match, or are nested deeper than {limits.depth}; is it cut off?")
    return text


def _is_within(body: bytes, depth: int) -> bool:
    """Do the brackets outside strings pair off, in at most so many levels?

    Strings are cut out by their quotes: escaped ones go first, then quotes with nothing of interest between them. A few rounds, each of which takes
    the innermost pairs away, leave nothing of most deliveries; what is left is counted.
    """
    quoted = body.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in body else body
    kept = quoted.translate(_BRACKETS, _OTHERS).replace(b'""', b"")
    left = b"".join(kept.split(b'"')[::2])
    rounds = min(depth, 4)
    for _ in range(rounds):
        left = left.replace(b"[]", b"")
    now = 0
    for sign in left:
        now += 1 if sign == _OPENS else -1
        if not 0 <= now <= depth - rounds:
            return False
    return now == 0


def _walk(text: str, limits: ReadingLimits, where: str) -> tuple[dict[str, Any], list[tuple[int, int, Any]]]:
    """2. What stands at the top, and of each object where it begins, where it ends and what it says."""
    top: dict[str, Any] = {}
    found: list[tuple[int, int, Any]] = []
    at = _skip(text, 0)
    if text[at : at + 1] != "{":
        raise BadInput(f'{where} is no envelope; send {{"objects": [...]}} or a bundle')
    at = _skip(text, at + 1)
    if text[at : at + 1] != "}":
        while True:
            name, at = _name(text, at, where)
            if name in top:
                raise BadInput(f"{where}: the key {name!r:.60} stands twice in one object; which of the two is meant?")
            if len(top) == _MOST_AT_THE_TOP:
                raise TooLarge(f"{where} has more than {_MOST_AT_THE_TOP} keys beside its objects; leave out what no envelope needs")
            if name == "objects" and text[at : at + 1] == "[":
                top[name], at = None, _list(text, at, found, limits, where)
            else:
                top[name], at = _value(text, at, where)
            at = _skip(text, at)
            if text[at : at + 1] == "}":
                break
            at = _skip(text, _past(text, at, ",", where))
    _at_end(text, at + 1, where)
    _check_alone(text, top, where)
    if top.get("objects") is not None:
        raise BadInput(f"{where}: its objects are {top['objects']!r:.60}; write a list")
    _check_alone(text, [data for _, _, data in found], where)
    return top, found


def _list(text: str, at: int, found: list[tuple[int, int, Any]], limits: ReadingLimits, where: str) -> int:
    at = _skip(text, at + 1)
    if text[at : at + 1] == "]":
        return at + 1
    while True:
        if len(found) == limits.objects:
            raise TooLarge(f"{where} has more than {limits.objects} objects; send it in parts")
        data, end = _value(text, at, where)
        found.append((at, end, data))
        at = _skip(text, end)
        if text[at : at + 1] == "]":
            return at + 1
        at = _skip(text, _past(text, at, ",", where))


def _skip(text: str, at: int) -> int:
    found = _BLANK(text, at)
    return at if found is None else found.end()


def _past(text: str, at: int, sign: str, where: str) -> int:
    if text[at : at + 1] != sign:
        raise BadInput(f"{where} is not JSON: {sign!r} is missing {_place(text, at)}")
    return at + 1


def _name(text: str, at: int, where: str) -> tuple[str, int]:
    _past(text, at, '"', where)
    name, at = _value(text, at, where)
    return name, _skip(text, _past(text, _skip(text, at), ":", where))


def _value(text: str, at: int, where: str) -> tuple[Any, int]:
    try:
        value, end = _decode(text, at)
    except json.JSONDecodeError as problem:
        says = "a value is missing" if problem.msg == "Expecting value" else problem.msg.removesuffix(" at")
        raise BadInput(f"{where} is not JSON: {says} {_place(text, problem.pos)}") from None
    except BadInput as problem:
        raise BadInput(f"{where}, in what begins {_place(text, at)}: {problem}") from None
    return value, end


def _place(text: str, at: int) -> str:
    before = text.count("\n", 0, at)
    return f"at line {before + 1}, column {at - text.rfind(chr(10), 0, at)}"


def _at_end(text: str, at: int, where: str) -> None:
    at = _skip(text, at)
    if at < len(text):
        raise BadInput(f"{where} is not JSON: there is more after its end {_place(text, at)}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1) if len(names) < 1000 else "(one of many)"
        raise BadInput(f"the key {twice!r:.60} stands twice in one object; which of the two is meant?")
    return found


def _integer(text: str) -> int:
    value = int(text) if len(text) <= 17 else MOST + 1
    if not -MOST <= value <= MOST:
        raise BadInput(f"the number {text:.24}{'...' if len(text) > 24 else ''} is beyond 2^53 - 1, the most that JSON can carry for sure")
    return value


def _number(text: str) -> float:
    value = float(text) if len(text) <= 64 else float("inf")
    if value in (float("inf"), float("-inf")):
        raise BadInput(f"the number {text:.24}{'...' if len(text) > 24 else ''} is beyond what JSON can carry for sure")
    return value


def _constant(text: str) -> float:
    raise BadInput(f"{text} is no number of JSON")


_decode = json.JSONDecoder(object_pairs_hook=_once, parse_int=_integer, parse_float=_number, parse_constant=_constant).raw_decode


def _check_alone(text: str, value: Any, where: str) -> None:
    """Half of a character (a surrogate without its other one) is no text."""
    if _MAYBE_ALONE(text):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise BadInput(f"{where}: a text in it has half of a character (\\ud800 to \\udfff without its other half); mend it") from None


def _raw(data: Any, body: bytes, limits: ReadingLimits) -> RawObject | Fate:
    """3. What the node keeps an object by."""
    if not isinstance(data, dict):
        return Fate("", "", f"{data!r:.60} is no object of STIX")
    own, kind = data.get("id"), data.get("type")
    match = _ID(own) if isinstance(own, str) else None
    if match is None:
        return _fate(data, "it has no id" if own is None else f"its id {own!r:.60} is no type, two hyphens and a UUID in lower case")
    if match[1] != kind:
        return _fate(data, f"its type is {kind!r:.60}, and its id says {match[1]}" if kind is not None else "it has no type")
    spec = data.get("spec_version", "2.1" if kind in OBSERVABLES or "created" not in data else "2.0")
    if spec not in ("2.0", "2.1"):
        return _fate(data, f"its spec_version is {spec!r:.60}; 2.0 and 2.1 are read")
    if len(body) > limits.object_octets:
        return _fate(data, f"it has {len(body)} bytes; at most {limits.object_octets} are taken")
    said = "modified" if "modified" in data else "created" if "created" in data else None
    try:
        version = 0 if said is None else microseconds_of(data[said], said)
    except BadInput as problem:
        return _fate(data, str(problem))
    return RawObject(match[0], match[1], version, spec, body, data)


def _fate(data: dict[str, Any], says: str) -> Fate:
    own, version = data.get("id", ""), data.get("modified", data.get("created", ""))
    return Fate(f"{own:.300}" if isinstance(own, str) else "", f"{version:.60}" if isinstance(version, str) else "", says)
