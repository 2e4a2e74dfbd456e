"""One act, as it is recorded for good: the envelope, its canonical bytes and its hash.

The field set is closed: what is hashed can never change. Legal effects are never stored; they are derived.

Canonical bytes, version 1: the line ``comity act 1``, a newline, then the JSON of the envelope in the form of RFC 8785
(keys sorted by UTF-16 code unit, no white space, shortest escapes, UTF-8), holding only strings, arrays and objects; fields that are empty are left
out; text is in Unicode normal form C. The hash is SHA-256 of those bytes, written ``sha256:`` and 64 hex digits.
Neither clock of knowledge (recorded, logged) is part of the act, nor is its signature: they belong to the entry that holds it.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal, get_args

from comity.terms import PUBLIC, BadInput, Label, Moment

Level = Literal["state", "government", "ministry", "force", "organisation", "organ"]
LEVELS: tuple[str, ...] = get_args(Level)
BASES = ("text", "depositary", "register", "official", "secondary", "memory")
_NONCE = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the record of an act comes from.

    ``basis``: text (the instrument itself), depositary, register, official (a government's or organisation's page),
    secondary, or memory (not yet verified; an answer resting on it says so).
    """

    citation: str
    basis: str = "official"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that belongs to the act, by hash; its bytes live elsewhere."""

    sha256: str
    media_type: str
    language: str
    title: str = ""


@dataclass(frozen=True, eq=True)
class Act:
    """One dated thing that one actor did.

    ``ref`` is the file reference by which people cite the act; ``replies_to`` the hash of the act it answers or replaces. ``depositary`` is the
    one it was lodged with. ``made`` / ``received`` / ``notified`` are when it was done, when the depositary (or addressee)
    received it, when the others were told; ``effect`` is a date the act itself states. Blank moments are not known to
    differ: see docs/reference/book-format.md for the order in which they stand in for one another.
    """

    kind: str
    actor: str
    ref: str
    agreement: str | None = None
    article: str | None = None
    on_behalf_of: str | None = None
    level: str | None = None
    as_named: str | None = None
    counterparty: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    made: Moment | None = None
    received: Moment | None = None
    notified: Moment | None = None
    effect: Moment | None = None
    depositary: str | None = None
    replies_to: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    registration: str | None = None
    source: Source = Source("", "memory")
    label: Label = PUBLIC
    nonce: str | None = None

    def __post_init__(self) -> None:
        if not self.label.public and self.nonce is None:
            raise BadInput(
                f"{self.ref}: an act whose label is not public needs a nonce of 128 random bits (32 hex digits), so that its hash reveals nothing"
            )
        if self.nonce is not None and not _NONCE.fullmatch(self.nonce):
            raise BadInput(f"{self.ref}: the nonce {self.nonce!r} is not 32 hex digits")

    @cached_property
    def hash(self) -> str:
        """``sha256:...`` of the canonical bytes."""
        return "sha256:" + hashlib.sha256(canonical_bytes(self)).hexdigest()

    def __hash__(self) -> int:
        return hash(self.hash)

    def flag(self, name: str) -> bool:
        """Is the yes/no detail ``name`` set?"""
        return self.details.get(name) == "yes"

    def listed(self, name: str) -> tuple[str, ...]:
        """The list detail ``name``, split at commas."""
        return tuple(item.strip() for item in self.details.get(name, "").split(",") if item.strip())


@dataclass(frozen=True, slots=True)
class Entry:
    """An act as one record holds it: with the instant its keeper learned of it. ``recorded`` and the party's ``signature`` travel with the entry."""

    act: Act
    recorded: date
    recorded_at: datetime | None = None
    signature: str | None = None


def canonical_bytes(act: Act) -> bytes:
    """The bytes that are hashed and signed (see the module's head)."""
    return b"comity act 1\n" + json.dumps(_sorted(to_plain(act)), ensure_ascii=False, separators=(",", ":")).encode()


def sealed(act: Act) -> tuple[str, bytes]:
    """The act's hash and the bytes that it is of, worked out together."""
    data = canonical_bytes(act)
    vars(act).setdefault("hash", "sha256:" + hashlib.sha256(data).hexdigest())
    return act.hash, data


def to_plain(act: Act) -> dict[str, object]:
    """The envelope as plain strings, lists and objects, empty fields left out."""
    label = act.label
    plain: dict[str, object] = {
        "kind": act.kind,
        "actor": act.actor,
        "ref": act.ref,
        "agreement": act.agreement,
        "article": act.article,
        "on_behalf_of": act.on_behalf_of,
        "level": act.level,
        "as_named": act.as_named,
        "counterparty": list(act.counterparty),
        "territory": list(act.territory),
        "made": act.made and act.made.written,
        "received": act.received and act.received.written,
        "notified": act.notified and act.notified.written,
        "effect": act.effect and act.effect.written,
        "depositary": act.depositary,
        "replies_to": act.replies_to,
        "details": dict(act.details),
        "attachments": [{"sha256": a.sha256, "media_type": a.media_type, "language": a.language, "title": a.title} for a in act.attachments],
        "registration": act.registration,
        "source": {"citation": act.source.citation, "basis": act.source.basis},
        "label": {}
        if label.public
        else {
            "policy": label.policy,
            "classification": label.classification,
            "categories": list(label.categories),
            "releasable_to": list(label.releasable_to),
            "caveats": list(label.caveats),
            "originator": label.originator or "",
        },
        "nonce": act.nonce,
    }
    return {key: normal for key, value in plain.items() if (normal := _normal(value))}


def _normal(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [normal for item in value if (normal := _normal(item))]
    if isinstance(value, dict):
        return {_normal(key): normal for key, item in value.items() if (normal := _normal(item))}
    return value


def _sorted(value: object) -> object:
    """Keys by UTF-16 code unit, as RFC 8785 wants them."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value, key=lambda k: k.encode("utf-16-be"))}
    return [_sorted(item) for item in value] if isinstance(value, list) else value
