"""Acts as STIX 2.1 objects of the type ``comity-act``, both ways, so that any TAXII tool can carry them.

The object holds the act's canonical bytes as text (they are UTF-8 in Unicode normal form C, so no tool that reads JSON changes them), its hash, and
its maker's signature where it bears one. Its id follows from the hash. Reading believes nothing: the hash must fit, every field must be of its kind,
and whatever else the object says of the act is passed over.

Source: docs/explanation/how-exchange-works.md, section 10.2; STIX 2.1, 3.2 and 7.3 (new-sdo); docs/explanation/how-acts-are-signed.md, section 1.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any

from comity.acts import Act, Entry, canonical_bytes, read_act, read_plain, read_signature
from comity.exchange.asking import ACT_TYPE
from comity.exchange.markings import COMITY, NAMESPACE, ReleaseMarking, marking_object, tlp_marking
from comity.labels import from_flat
from comity.terms import BadInput

LARGEST_ACT = 64 * 1024
"""So many canonical bytes an act may have that comes from elsewhere."""
_HASH = "sha256:"
_EXTENSION = f"extension-definition--{uuid.uuid5(NAMESPACE, 'act')}"
_SINCE = "2026-11-22T00:00:00.000Z"
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_CLEAR = str(tlp_marking("CLEAR"))
_SAYS = """An act of a state or an organisation, as Comity records it. Properties: `act` (string, required): the canonical bytes of the act, version
1: the line `comity act 1`, a newline, then JSON in the form of RFC 8785; `sha256` (string, required): `sha256:` and the 64 hex digits of
their SHA-256; `signature` (string, optional): a JSON Web Signature (RFC 7515, Ed25519) in compact form with the payload left out (appendix F).
The UUID of the id follows from the hash."""


@dataclass(frozen=True, slots=True)
class CarriedAct:
    """An act as it came from elsewhere, with the signature that it bears. When its sender learned of it is not believed."""

    act: Act
    signature: str | None = None


# -- writing


def act_id(act_hash: str) -> str:
    """The id of the object that carries the act with this hash."""
    return f"{ACT_TYPE}--{uuid.uuid5(NAMESPACE, act_hash)}"


def act_objects(entry: Entry, modified: datetime | None = None) -> tuple[dict[str, Any], ...]:
    """The act as an object, after the marking that states its label where that is not one of the fixed ones: both go together.

    ``modified``: when it was signed anew. A key that was given up signs for nobody who has learned of that, so whoever rotates a key offers what
    was signed with the old one again, signed with the new one: a later version of the same object.
    A public act is TLP:CLEAR. Of any other label the originator is the one that it names, else the act's author. BadInput for a label that joins
    several policies.
    """
    act, at = entry.act, recorded_instant(entry)
    label = act.label if act.label.originator is not None else replace(act.label, originator=act.attributed_to)
    markings = () if act.label.public else (marking_object(ReleaseMarking(label=from_flat(label, at))),)
    said: dict[str, Any] = {
        "type": ACT_TYPE,
        "spec_version": "2.1",
        "id": act_id(act.hash),
        "created": _written(at),
        "modified": _written(at if modified is None else max(at, modified)),
        "object_marking_refs": [marking["id"] for marking in markings] or [_CLEAR],
        "extensions": {_EXTENSION: {"extension_type": "new-sdo"}},
        "sha256": act.hash,
        "act": canonical_bytes(act).decode(),
    }
    return *markings, said if entry.signature is None else {**said, "signature": entry.signature}


def act_extension() -> dict[str, Any]:
    """What tells any tool what a ``comity-act`` is, TLP:CLEAR; who defines it is among the objects of ``markings.extension_objects``."""
    return {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": _EXTENSION,
        "created_by_ref": COMITY,
        "created": _SINCE,
        "modified": _SINCE,
        "name": "Acts of states",
        "description": "An act of a state or an organisation, with its hash and its maker's signature.",
        "schema": " ".join(_SAYS.split()),
        "version": "1.0.0",
        "extension_types": ["new-sdo"],
        "object_marking_refs": [_CLEAR],
    }


def recorded_instant(entry: Entry) -> datetime:
    """When the record's keeper learned of the act, as STIX can say it (not before 1970); of a day alone, its beginning (UTC)."""
    at = entry.recorded_at or datetime.combine(entry.recorded, time(), UTC)
    return max(at.astimezone(UTC), _EARLIEST) if entry.recorded.year > 1 else _EARLIEST


def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds" if at.microsecond % 1000 == 0 else "microseconds").replace("+00:00", "Z")


# -- reading


@dataclass(frozen=True, slots=True)
class SealedAct:
    """What an object says is an act's canonical bytes, which have the hash that it gives; whether they are an act's is not looked at yet."""

    hash: str
    canonical: bytes
    signature: str | None = None

    def read(self) -> CarriedAct:
        """The act; BadInput says in one line why it is none."""
        try:
            _check_fields(read_plain(self.canonical))
            if self.signature is not None:
                read_signature(self.signature)
            return CarriedAct(read_act(self.canonical), self.signature)
        except BadInput as problem:
            raise BadInput(f"the act cannot be read: {ascii(str(problem))[1:200]}") from None


def read_act_object(body: bytes) -> CarriedAct:
    """The act that an object carries; BadInput says in one line why it carries none."""
    return sealed_act(body).read()


def sealed_act(body: bytes) -> SealedAct:
    """The act that an object carries, as far as its hash; BadInput says in one line why it carries none."""
    if len(body) > 4 * LARGEST_ACT:
        raise BadInput(f"this object has {len(body)} bytes: an act as an object has no more than {4 * LARGEST_ACT}")
    try:
        said = json.loads(body, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise BadInput("this object is not JSON, or says one thing twice") from None
    if not isinstance(said, dict) or said.get("type") != ACT_TYPE:
        raise BadInput(f"this object is no {ACT_TYPE}")
    given, hashed, signature = said.get("act"), said.get("sha256"), said.get("signature")
    if not isinstance(given, str) or not isinstance(hashed, str) or not isinstance(signature, str | None):
        raise BadInput(f"a {ACT_TYPE} needs the texts act and sha256, and may have the text signature")
    if said.get("id") != act_id(hashed):
        raise BadInput(f"the id of this {ACT_TYPE} does not follow from the hash that it gives")
    try:
        canonical = given.encode()
    except UnicodeEncodeError:
        raise BadInput("the act holds half a character (a lone surrogate)") from None
    if len(canonical) > LARGEST_ACT:
        raise BadInput(f"the act has {len(canonical)} bytes: one from elsewhere may have {LARGEST_ACT}")
    if hashed != _HASH + hashlib.sha256(canonical).hexdigest():
        raise BadInput("the act does not have the hash that is given: it was changed on the way, or never had it")
    return SealedAct(hashed, canonical, signature)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


_TEXTS = frozenset(
    {
        "actor", "agreement", "article", "as_named", "depositary", "effect", "kind", "level", "made", "nonce", "notified", "on_behalf_of", "received",
        "ref", "registration", "replies_to",
    }
)  # fmt: skip
_LISTS = frozenset({"counterparty", "territory"})
_RECORDS = {
    "source": {"basis": False, "citation": False},
    "label": {"policy": False, "classification": False, "originator": False, "categories": True, "releasable_to": True, "caveats": True},
}
"""The fields of these, and whether each is a list."""
_DOCUMENT = {"language", "media_type", "sha256", "title"}


def _check_fields(plain: dict[str, Any]) -> None:
    """Every field must be of its kind: whoever wrote these bytes need not be one of us."""
    for name, value in plain.items():
        if name in _TEXTS:
            good = isinstance(value, str)
        elif name in _LISTS:
            good = _texts(value)
        elif name in _RECORDS:
            fields = _RECORDS[name]
            good = isinstance(value, dict) and all(
                key in fields and (_texts(item) if fields[key] else isinstance(item, str)) for key, item in value.items()
            )
        elif name == "details":
            good = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
        elif name == "attachments":
            good = isinstance(value, list) and all(isinstance(one, dict) and set(one) <= _DOCUMENT and _texts(list(one.values())) for one in value)
        else:
            good = False
        if not good:
            raise BadInput(f"the act's field {name[:40]!r} is none that an act has, or not written as one has it")


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
