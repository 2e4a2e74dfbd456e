"""What a ledger holds, and the leaf that stands for each piece of it in the log.

A ledger keeps a book as it is written: whole files (agreements, parties, ladders, in their versions), and files of acts in pieces:
one for the head, one for each act, one for each blank line. Put together in their order they are the files again, byte for byte.

Leaf bytes, version 1: the line ``comity leaf 1``, a newline, then JSON with sorted keys and without white space, holding only strings:
``seq``, ``logged``, ``file``, ``text`` (SHA-256 of the bytes as written), ``whole`` where it is a file in full; for an act ``act`` (its
hash), ``recorded``, ``recorded_at`` where the instant is known, and ``signature`` where its party signed it. The text of an act whose label
is not public holds its nonce: the hash of it reveals nothing either.

Source: docs/explanation/how-the-ledger-is-kept.md, section 1.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from json.encoder import encode_basestring
from typing import NamedTuple

from comity.acts import Entry
from comity.ledger.tree import leaf_hash
from comity.terms import BadInput


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to append: a ``whole`` file, or a piece of one, with the act in it if there is one.

    ``head``: the first piece of a file, which is appended only where the file is not there: of two who begin it at once, one does.
    """

    file: str
    text: bytes
    entry: Entry | None = None
    whole: bool = False
    head: bool = False

    @property
    def digest(self) -> str:
        return digest(self.text)


class Leaf(NamedTuple):
    """What the log says of one item; the item's own bytes are kept apart."""

    seq: int
    logged: str
    file: str
    text: str
    whole: bool
    act: str | None
    recorded: str | None
    recorded_at: str | None
    signature: str | None = None

    def to_bytes(self) -> bytes:
        """The bytes that are hashed into the tree."""
        said = (
            ("act", self.act),
            ("file", self.file),
            ("logged", self.logged),
            ("recorded", self.recorded),
            ("recorded_at", self.recorded_at),
            ("seq", str(self.seq)),
            ("signature", self.signature),
            ("text", self.text),
            ("whole", "yes" if self.whole else None),
        )
        told = ",".join([f'"{name}":{encode_basestring(value)}' for name, value in said if value is not None])
        return f"comity leaf 1\n{{{told}}}".encode()

    @property
    def hash(self) -> bytes:
        """Its hash in the tree. Source: RFC 9162, 2.1.1."""
        return leaf_hash(self.to_bytes())


def leaf_of(item: Item, seq: int, logged: str) -> Leaf:
    """The leaf of an item that is appended at ``seq``."""
    entry = item.entry
    if entry is None:
        return Leaf(seq, logged, item.file, item.digest, item.whole, None, None, None)
    at = None if entry.recorded_at is None else instant(entry.recorded_at)
    return Leaf(seq, logged, item.file, item.digest, item.whole, entry.act.hash, entry.recorded.isoformat(), at, entry.signature)


def digest(text: bytes) -> str:
    return _HASH + hashlib.sha256(text).hexdigest()


_HASH = "sha256:"


def raw(written: str) -> bytes:
    """The 32 bytes of a hash that is written ``sha256:...``; BadInput if it is none."""
    try:
        found = bytes.fromhex(written.removeprefix(_HASH))
    except ValueError:
        found = b""
    if len(found) != _BYTES or written != _HASH + found.hex():
        raise BadInput(f"{written[:80]!r} is no hash; one is written sha256: and 64 hex digits")
    return found


_BYTES = 32


def instant(at: datetime) -> str:
    """UTC, to the microsecond, always as long: so that instants are in order as texts too."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def later_of(now: datetime, last: str) -> str:
    """Now; but always after ``last``: the log's clock never stands still and never goes back."""
    at = instant(now)
    if at > last:
        return at
    before = datetime.strptime(last, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return instant(before + timedelta(microseconds=1))
