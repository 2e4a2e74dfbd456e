"""By which words is an item found, without reading all of the ledger?

An act: by the agreement that it is under (a blank word if under none), and by the hash of the act that it replies to. An agreement's file:
by every agreement that it names, its own among them. What follows from an item can be worked out again, and ``ledger verify`` does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from comity.acts import DESTRUCTION, Act, read_plain
from comity.ledger.items import raw
from comity.terms import BadInput

_FIELDS = ("id", "agreement", "agreements", "amends", "parent", "protocol_to")
"""The fields of an agreement's file that hold agreements. Source: docs/reference/book-format.md."""
_LONGEST = 400


def words_of(act: Act) -> list[str]:
    """The words of an act."""
    return _words(act.agreement, act.replies_to)


def words_in(canonical: bytes) -> list[str]:
    """The words of the act with these canonical bytes; none if they are no act's."""
    try:
        plain = read_plain(canonical)
    except BadInput:
        return []
    return _words(plain.get("agreement"), plain.get("replies_to"))


def record_in(canonical: bytes) -> str | None:
    """The hash of what the act with these canonical bytes destroys; None if they are no act of destruction's."""
    if DESTRUCTION.encode() not in canonical:
        return None
    try:
        plain = read_plain(canonical)
        details = plain.get("details") if plain.get("kind") == DESTRUCTION else None
        record = str(details.get("record")) if isinstance(details, dict) else ""
        raw(record)
    except BadInput:
        return None
    return record


def words_in_file(name: str, text: bytes) -> list[str]:
    """The words of a whole file; none unless it is an agreement's, and can be read."""
    if not name.startswith("agreements/"):
        return []
    try:
        found = set(_named(tomllib.loads(text.decode())))
    except (ValueError, RecursionError):
        return []
    return sorted(word for word in found if word and len(word) <= _LONGEST)


def _words(agreement: str | None, replies_to: str | None) -> list[str]:
    return [agreement or "", *([] if replies_to is None else [replies_to])]


def _named(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _FIELDS:
                yield from (one for one in (inner if isinstance(inner, list) else [inner]) if isinstance(one, str))
            yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)
