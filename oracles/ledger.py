"""The ledger, read slowly: which rows its tables hold after all that was appended, and what in them is not as it was appended.

Rows are plain tuples, as ``sqlite3`` reads them. Nothing is carried along from item to item: every question is put to whole lists again.

Source: docs/explanation/how-the-ledger-is-kept.md, sections 1, 2, 4, 8 and 9; docs/adr/0009-ledger.md, 2, 5 and 6.
"""

from __future__ import annotations

import base64
import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple

from oracles import merkle

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
"""The rows of each table, by its name."""
VERSION = 2
DESTRUCTION = "destroy-record"


class Sent(NamedTuple):
    """An item as it was handed over; ``act``: the canonical bytes of its act, with the days that its keeper says it was recorded on."""

    file: str
    text: bytes
    act: bytes | None = None
    recorded: date | None = None
    recorded_at: datetime | None = None
    signature: str | None = None
    whole: bool = False
    head: bool = False


class Leaf(NamedTuple):
    """A row of the log, in the order of its columns."""

    seq: int
    logged: str
    file: str
    text: bytes
    whole: int
    act: bytes | None = None
    recorded: str | None = None
    recorded_at: str | None = None
    signature: str | None = None

    def data(self) -> bytes:
        """The bytes that are hashed into the tree. Source: section 1, 3."""
        said = {"seq": str(self.seq), "logged": self.logged, "file": self.file, "text": _written(self.text)}
        said |= {"whole": "yes"} if self.whole else {}
        said |= {} if self.act is None else {"act": _written(self.act)}
        known = {"recorded": self.recorded, "recorded_at": self.recorded_at, "signature": self.signature}
        said |= {name: value for name, value in known.items() if value is not None}
        return b"comity leaf 1\n" + json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    def is_named_by(self, record: bytes | None) -> bool:
        """Is it the act with this hash, or a whole file that reads so? Source: section 9."""
        return record is not None and (self.act == record or (bool(self.whole) and self.text == record))


Bytes = tuple[bytes | None, bytes]
"""The bytes of an item: those of its act, and those of its text."""


# -- what the tables hold


def holds(batches: Iterable[tuple[datetime, Sequence[Sent]]]) -> tuple[Rows, list[list[int] | None]]:
    """The rows after these batches, each with what the clock said; and the numbers that each batch was told, None if it was refused."""
    log: list[Leaf] = []
    there: dict[int, Bytes] = {}
    told: list[list[int] | None] = []
    for now, batch in batches:
        numbers, after, then = _appended(now, batch, log, there)
        destroyed = _destroyed_by([then[leaf.seq][0] for leaf in after[len(log) :]], after, then)
        if destroyed is None:
            told.append(None)
            continue
        log, there = after, {seq: both for seq, both in then.items() if seq not in destroyed}
        told.append(numbers)
    rows: Rows = {
        "leaf": [tuple(leaf) for leaf in log],
        "payload": [(seq, *there[seq]) for seq in sorted(there)],
        "mention": sorted((word, seq) for seq in there for word in _words(log[seq], *there[seq])),
        "subtree": sorted((level, place, value) for (level, place), value in _subtrees(log).items()),
        "head": [(len(log), b"".join(_peaks(log)), log[-1].logged if log else None)],
    }
    return rows, told


def _appended(now: datetime, batch: Sequence[Sent], log: list[Leaf], there: dict[int, Bytes]) -> tuple[list[int], list[Leaf], dict[int, Bytes]]:
    """What is there already keeps its number, the rest is numbered from 0 without a gap. Source: section 1, 2 and 4; section 9."""
    numbers, after, then = [], list(log), dict(there)
    for sent in batch:
        known = [leaf.seq for leaf in after if _is_there(sent, leaf, then)]
        numbers.append(min(known, default=len(after)))
        if not known:
            at = None if sent.recorded_at is None else _instant(sent.recorded_at)
            act = _hash_of(sent.act)
            day = None if sent.recorded is None else sent.recorded.isoformat()
            logged = _instant(now)
            if after and logged <= after[-1].logged:
                logged = _instant(datetime.fromisoformat(after[-1].logged) + timedelta(microseconds=1))
            then[len(after)] = (sent.act, sent.text)
            after.append(Leaf(len(after), logged, sent.file, _hash(sent.text), int(sent.whole), act, day, at, sent.signature))
    return numbers, after, then


def _is_there(sent: Sent, leaf: Leaf, there: dict[int, Bytes]) -> bool:
    """An act by its hash; a whole file only if it was destroyed, else it is a later version; the head of a file once the file is begun."""
    if sent.act is not None:
        return leaf.act == _hash(sent.act)
    if sent.whole:
        return leaf.is_named_by(_hash(sent.text)) and leaf.seq not in there
    return sent.head and leaf.act is None and leaf.file == sent.file


def _destroyed_by(acts: Sequence[bytes | None], log: Sequence[Leaf], there: dict[int, Bytes]) -> set[int] | None:
    """The items whose bytes these acts destroy; None if one names no hash, or another act of destruction."""
    found = set()
    for act in acts:
        if _read(act).get("kind") == DESTRUCTION:
            record = _record(act)
            gone = {leaf.seq for leaf in log if leaf.is_named_by(record) and leaf.seq in there}
            if record is None or any(_read(there[seq][0]).get("kind") == DESTRUCTION for seq in gone):
                return None
            found |= gone
    return found


def _words(leaf: Leaf, act: bytes | None, text: bytes | None) -> set[str]:
    """What an item names: an act its agreement and what it replies to, an agreement's file the agreements in it. Source: ADR 9, 6."""
    if leaf.act is not None:
        plain = _read(act)
        return {plain.get("agreement", ""), *({plain["replies_to"]} if "replies_to" in plain else ())} if plain else set()
    if not leaf.whole or text is None or not leaf.file.startswith("agreements/"):
        return set()
    try:
        fields = list(_fields(tomllib.loads(text.decode())))
    except ValueError:
        return set()
    naming = ("id", "agreement", "agreements", "amends", "parent", "protocol_to")
    return {word for name, word in fields if name in naming and 0 < len(word) <= 400}


def _fields(table: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Every text in a file, at any depth, with the name of the field that holds it."""
    for name, value in table.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                yield name, one
        inner: list[Any] = [value]
        while inner:
            one = inner.pop()
            inner += one if isinstance(one, list) else []
            yield from _fields(one) if isinstance(one, dict) else ()


def _subtrees(log: Sequence[Leaf]) -> dict[tuple[int, int], bytes]:
    """The complete subtrees that are kept: of 256, 65,536, ... leaves."""
    data = [leaf.data() for leaf in log]
    sizes = [(level, 2**level) for level in range(8, 64, 8)]
    return {(level, place): merkle.mth(data[place * n : (place + 1) * n]) for level, n in sizes for place in range(len(data) // n)}


def _peaks(log: Sequence[Leaf]) -> Iterable[bytes]:
    """The hashes of the largest complete subtrees, from the largest to the smallest."""
    data = [leaf.data() for leaf in log]
    while data:
        n = merkle.largest_power_of_two_below(len(data) + 1)
        yield merkle.mth(data[:n])
        data = data[n:]


# -- what was touched


def touched(rows: Rows) -> set[str]:
    """What looking the ledger over names: ``item 5``, ``items``, ``mentions``, ``subtree 8/0``, ``checkpoint 7``, ``head``. Source: section 4."""
    there: dict[int, Row] = {seq: tuple(both) for seq, *both in rows["payload"]}
    log = followed(rows)
    found = {f"item {leaf.seq}" for leaf in log if leaf.whole not in (0, 1)}
    numbers = sorted(seq for seq, *_ in rows["leaf"] if seq >= 0)
    found |= {f"item {seq}" for seq in numbers[len(log) :][:1]} | ({"items"} if len(log) < len(rows["leaf"]) else set())
    # numbers without a gap, instants that only grow
    found |= {f"item {log[0].seq}"} if log and log[0].seq != 0 else set()
    found |= {f"item {leaf.seq}" for before, leaf in pairwise(log) if leaf.seq != before.seq + 1 or leaf.logged <= before.logged}
    # bytes against leaves, acts against their hashes, and what was destroyed
    held = {leaf.seq: there[leaf.seq] for leaf in log if leaf.seq in there}
    texts = {leaf.seq: held[leaf.seq][1] for leaf in log if leaf.seq in held and _hash(held[leaf.seq][1]) == leaf.text}
    acts = {leaf.seq: held[leaf.seq][0] for leaf in log if leaf.seq in held and _hash_of(held[leaf.seq][0]) == leaf.act}
    found |= {f"item {seq}" for seq in held if seq not in texts or seq not in acts}
    records = [(seq, record) for seq, act in acts.items() if (record := _record(act)) is not None]
    for leaf in log:
        named = [seq for seq, record in records if leaf.is_named_by(record)]
        if not named and leaf.seq not in held:
            found.add(f"item {leaf.seq}")
        if leaf.seq in held and any(leaf.seq < seq for seq in named):
            found.add(f"item {leaf.seq}")
    # each text has its leaf, each word is an item's
    found |= {"items"} if set(there) != set(held) else set()
    words = {(word, leaf.seq) for leaf in log for word in _words(leaf, acts.get(leaf.seq), texts.get(leaf.seq))}
    found |= {"mentions"} if words != set(rows["mention"]) else set()
    return found | _touched_above(log, rows)


def _touched_above(log: Sequence[Leaf], rows: Rows) -> set[str]:
    """The tree over the leaves, against the kept subtrees, every checkpoint, and the head."""
    subtrees = {(level, place): value for level, place, value in rows["subtree"]}, _subtrees(log)
    found = {f"subtree {level}/{place}" for level, place in {*subtrees[0], *subtrees[1]} if len({s.get((level, place)) for s in subtrees}) > 1}
    data = [leaf.data() for leaf in log]
    origins = {origin for _, _, origin, *_ in rows["head"]}
    for size, note in rows["checkpoint"]:
        said = re.fullmatch(r"([^\n]+)\n(0|[1-9][0-9]*)\n([A-Za-z0-9+/]{43}=)\n\n(— [^\n]+\n)+", str(note))
        root = None if size not in range(len(log) + 1) else base64.b64encode(merkle.mth(data[:size])).decode()
        if said is None or (origins and said[1] not in origins) or said[2] != str(size) or said[3] != root:
            found.add(f"checkpoint {size}")
    logged = log[-1].logged if log else None
    for _, version, _, size, peaks, last in rows["head"]:
        if (size, peaks) != (len(log), b"".join(_peaks(log))) or (log and last != logged):
            found.add("head")
        if version != VERSION or rows["alembic_version"] != [(f"{VERSION:04}",)]:
            found.add("head")
    return found if len(rows["head"]) == 1 else found | {"head"}


def followed(rows: Rows) -> list[Leaf]:
    """The log in the order of its numbers, from 0 up to the first item with a value that no column of its kind can hold."""
    there = {seq: both for seq, *both in rows["payload"]}
    log = []
    for leaf in map(Leaf._make, sorted((row for row in rows["leaf"] if row[0] >= 0), key=lambda row: int(row[0]))):
        act, text = there.get(leaf.seq, (None, b""))
        texts, blobs = (leaf.recorded, leaf.recorded_at, leaf.signature), (leaf.act, act)
        if not all(isinstance(value, str) for value in (leaf.logged, leaf.file, *(one for one in texts if one is not None))):
            break
        if not all(isinstance(value, bytes) for value in (leaf.text, text, *(one for one in blobs if one is not None))):
            break
        log.append(leaf)
    return log


# -- hashes and instants


def _read(act: bytes | None) -> dict[str, Any]:
    """What an act's canonical bytes say; nothing, if they are no act's. Source: docs/adr/0002-canonical-bytes.md."""
    line, _, said = (act or b"").partition(b"\n")
    try:
        plain = json.loads(said) if line == b"comity act 1" else None
    except ValueError:
        plain = None
    return plain if isinstance(plain, dict) else {}


def _record(act: bytes | None) -> bytes | None:
    """The hash of what an act destroys, if it is an act of destruction and names one."""
    plain = _read(act)
    details = plain.get("details")
    record = details.get("record") if plain.get("kind") == DESTRUCTION and isinstance(details, dict) else None
    return bytes.fromhex(record[7:]) if isinstance(record, str) and re.fullmatch(r"sha256:[0-9a-f]{64}", record) else None


def _hash(data: bytes) -> bytes:
    return sha256(data).digest()


def _hash_of(act: bytes | None) -> bytes | None:
    return None if act is None else _hash(act)


def _written(hashed: bytes) -> str:
    return "sha256:" + hashed.hex()


def _instant(at: datetime) -> str:
    """UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
