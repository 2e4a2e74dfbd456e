"""TAXII resources read with the bytes of every object as they came, and envelopes written: what is signed and hashed later is what was sent.

Unlike a delivery (``envelopes``), which is refused where it cannot be told for sure what all of it says, a partner's page is read as far as it goes:
what is wrong within an object is that object's own fault, and must not keep out what stands beside it, or stop the pull for good.

Source: TAXII 2.1, 3.7; RFC 8259 and 7493 (no member twice, no NaN).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from comity.terms import BadInput

_BLANK = re.compile(r"[ \t\r\n]*")


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def read_fields(body: bytes) -> dict[str, Any]:
    """The fields of a JSON object; BadInput says in a few words why it is none."""
    return _read(body)[0]


def read_resource(body: bytes) -> tuple[dict[str, Any], list[tuple[bytes, Any]]]:
    """The fields of an envelope, and each of its objects: its bytes as they came, and what they say. BadInput says why it is none."""
    return _read(body)


def write_envelope(objects: Sequence[bytes]) -> bytes:
    """The envelope of these objects."""
    return b'{"objects":[' + b",".join(objects) + b"]}"


def deeper_than(value: object, most: int) -> bool:
    """Do lists and objects stand in one another more than ``most`` deep?"""
    level: list[object] = [value]
    for _ in range(most + 1):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _read(body: bytes) -> tuple[dict[str, Any], list[tuple[bytes, Any]]]:
    try:
        text = body.decode("utf-8")
        fields, objects, end = _fields(text)
        if end != len(text):
            raise ValueError
    except UnicodeDecodeError:
        raise BadInput("it is not UTF-8") from None
    except RecursionError:
        raise BadInput("it is nested too deep") from None
    except (ValueError, IndexError):
        raise BadInput("it is no JSON object, or says one thing twice") from None
    return fields, objects


def _fields(text: str) -> tuple[dict[str, Any], list[tuple[bytes, Any]], int]:
    """Member by member, so that the objects' own bytes can be kept."""
    fields, objects = dict[str, Any](), list[tuple[bytes, Any]]()
    at = _after(text, _skip(text, 0), "{")
    while text[at] != "}":
        if fields:
            at = _after(text, at, ",")
        name, at = _DECODER.raw_decode(text, at)
        if not isinstance(name, str) or name in fields:
            raise ValueError(name)
        at = _after(text, _skip(text, at), ":")
        if name == "objects" and text[at] == "[":
            objects, at = _items(text, at)
            fields[name] = [item for _, item in objects]
        else:
            fields[name], at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
    return fields, objects, _skip(text, at + 1)


def _items(text: str, at: int) -> tuple[list[tuple[bytes, Any]], int]:
    items = list[tuple[bytes, Any]]()
    at = _after(text, at, "[")
    while text[at] != "]":
        if items:
            at = _after(text, at, ",")
        item, end = _DECODER.raw_decode(text, at)
        items.append((text[at:end].encode(), item))
        at = _skip(text, end)
    return items, at + 1


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return at if found is None else found.end()


def _after(text: str, at: int, mark: str) -> int:
    """Where the text goes on after a mark that must stand there."""
    if text[at] != mark:
        raise ValueError(mark)
    return _skip(text, at + 1)
