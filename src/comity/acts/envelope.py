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
from typing import Any, Literal, get_args

from comity.terms import PUBLIC, BadInput, Label, Moment, parse_moment

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

    @property
    def simulated(self) -> bool:
        """Is the act of a simulation: does its source begin with the word *simulated*?"""
        return self.citation.casefold().startswith("simulated")


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

    @property
    def attributed_to(self) -> str:
        """Whose act it is in law: the one on whose behalf it was done, where that is said; else the one who did it.

        Source: Vienna Convention on the Law of Treaties (1969), article 7, on who represents a state; International Law Commission, Articles on
        Responsibility of States for Internationally Wrongful Acts (2001), chapter II, "Attribution of conduct to a State".
        """
        return self.on_behalf_of or self.actor

    @property
    def done(self) -> Moment | None:
        """When it was done; where that is not on record, when it was received, notified or had effect; None: none of these is."""
        return self.made or self.received or self.notified or self.effect

    @property
    def lodged(self) -> Moment | None:
        """When it reached its depositary; where that is not on record, when it was made, notified or had effect; None: none of these is."""
        return self.received or self.made or self.notified or self.effect

    @property
    def meant(self) -> Moment | None:
        """From when it is meant: the effect that it states; where it states none, when it was made, received or notified; None: none of these is."""
        return self.effect or self.made or self.received or self.notified

    @property
    def day(self) -> date | None:
        """The day on which it was done, the first that this can be; None: not on record."""
        return self.done.first if self.done is not None else None

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


_BEGINS = b"comity act 1\n"
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def canonical_bytes(act: Act) -> bytes:
    """The bytes that are hashed and signed (see the module's head)."""
    return _BEGINS + _ENCODE(to_plain(act)).encode()


def sealed(act: Act) -> tuple[str, bytes]:
    """The act's hash and the bytes that it is of, worked out together."""
    data = canonical_bytes(act)
    vars(act).setdefault("hash", "sha256:" + hashlib.sha256(data).hexdigest())
    return act.hash, data


def read_plain(canonical: bytes) -> dict[str, Any]:
    """What canonical bytes say, as ``to_plain`` gave it; BadInput if they say nothing. Whether it is an act is not looked at."""
    try:
        plain = json.loads(canonical.removeprefix(_BEGINS))
    except (ValueError, RecursionError):
        plain = None
    if not isinstance(plain, dict):
        raise BadInput("these are not the canonical bytes of an act: what holds them is damaged")
    return plain


def read_act(canonical: bytes) -> Act:
    """The act with these canonical bytes; BadInput if they are no act's."""
    plain = read_plain(canonical)
    try:
        given = {name: plain[name] for name in _WORDS if name in plain} | {name: parse_moment(plain[name]) for name in _MOMENTS if name in plain}
        label, source = plain.get("label"), plain["source"]
        act = Act(
            **given,
            counterparty=tuple(plain.get("counterparty", ())),
            territory=tuple(plain.get("territory", ())),
            details=plain.get("details", {}),
            attachments=tuple(Attachment(**{"title": "", **one}) for one in plain.get("attachments", ())),
            source=Source(source["citation"], source["basis"]),
            label=PUBLIC if label is None else _label(label),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadInput("these are not the canonical bytes of an act: what holds them is damaged") from None
    if canonical_bytes(act) != canonical:
        raise BadInput("these are not the canonical bytes of an act, but others that read alike: what holds them is damaged")
    return act


def _label(plain: Mapping[str, Any]) -> Label:
    categories, releasable_to, caveats = (tuple(plain.get(name, ())) for name in ("categories", "releasable_to", "caveats"))
    return Label(plain["policy"], plain["classification"], categories, releasable_to, caveats, plain.get("originator"))


_WORDS = (
    "kind", "actor", "ref", "agreement", "article", "on_behalf_of", "level", "as_named", "depositary", "replies_to", "registration", "nonce",
)  # fmt: skip
_MOMENTS = ("made", "received", "notified", "effect")


def to_plain(act: Act) -> dict[str, object]:
    """The envelope as plain strings, lists and objects, empty fields left out; keys in the order of RFC 8785."""
    label = act.label
    plain: dict[str, object] = {
        "actor": act.actor,
        "agreement": act.agreement,
        "article": act.article,
        "as_named": act.as_named,
        "attachments": [{"language": a.language, "media_type": a.media_type, "sha256": a.sha256, "title": a.title} for a in act.attachments],
        "counterparty": list(act.counterparty),
        "depositary": act.depositary,
        "details": act.details,
        "effect": act.effect and act.effect.written,
        "kind": act.kind,
        "label": {}
        if label.public
        else {
            "categories": list(label.categories),
            "caveats": list(label.caveats),
            "classification": label.classification,
            "originator": label.originator or "",
            "policy": label.policy,
            "releasable_to": list(label.releasable_to),
        },
        "level": act.level,
        "made": act.made and act.made.written,
        "nonce": act.nonce,
        "notified": act.notified and act.notified.written,
        "on_behalf_of": act.on_behalf_of,
        "received": act.received and act.received.written,
        "ref": act.ref,
        "registration": act.registration,
        "replies_to": act.replies_to,
        "source": {"basis": act.source.basis, "citation": act.source.citation},
        "territory": list(act.territory),
    }
    return {key: normal for key, value in plain.items() if value and (normal := _normal(value))}


def _normal(value: object) -> object:
    """Text in normal form C, what is empty left out, keys sorted by UTF-16 code unit."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [normal for item in value if (normal := _normal(item))]
    if isinstance(value, Mapping):
        named = {unicodedata.normalize("NFC", key): normal for key, item in value.items() if (normal := _normal(item))}
        return {key: named[key] for key in sorted(named, key=lambda k: k.encode("utf-16-be"))}
    return value
