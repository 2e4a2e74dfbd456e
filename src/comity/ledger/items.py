"""What a ledger holds, and the leaf that stands for each piece of it in the log.

A ledger keeps a book as it is written: whole files (agreements, parties, ladders, in their versions), and files of acts in pieces:
one for the head, one for each act, one for each blank line. Put together in their order they are the files again, byte for byte.

Leaf bytes, version 1: the line ``comity leaf 1``, a newline, then JSON with sorted keys and without white space, holding only strings:
``seq``, ``logged``, ``file``, ``text`` (SHA-256 of the bytes as written), ``whole`` where it is a file in full; for an act ``act`` (its
hash), ``recorded``, and ``recorded_at`` where the instant is known. The text of an act whose label is not public holds its nonce: the
hash of it reveals nothing either.

Source: docs/explanation/how-the-ledger-is-kept.md, section 1.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from comity.acts import Entry


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

    def to_bytes(self) -> bytes:
        """The bytes that are hashed into the tree."""
        said = {
            "seq": str(self.seq),
            "logged": self.logged,
            "file": self.file,
            "text": self.text,
            "whole": "yes" if self.whole else None,
            "act": self.act,
            "recorded": self.recorded,
            "recorded_at": self.recorded_at,
        }
        kept = {name: value for name, value in said.items() if value is not None}
        return b"comity leaf 1\n" + json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def leaf_of(item: Item, seq: int, logged: str) -> Leaf:
    """The leaf of an item that is appended at ``seq``."""
    entry = item.entry
    at = None if entry is None or entry.recorded_at is None else instant(entry.recorded_at)
    act, recorded = (None, None) if entry is None else (entry.act.hash, entry.recorded.isoformat())
    return Leaf(seq, logged, item.file, item.digest, item.whole, act, recorded, at)


def digest(text: bytes) -> str:
    return "sha256:" + hashlib.sha256(text).hexdigest()


def instant(at: datetime) -> str:
    """UTC, to the microsecond, always as long: so that instants are in order as texts too."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def later_of(now: datetime, last: str) -> str:
    """Now; but always after ``last``: the log's clock never stands still and never goes back."""
    at = instant(now)
    if at > last:
        return at
    before = datetime.strptime(last, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return instant(before + timedelta(microseconds=1))
