"""Comity's own marking definitions: the whole label of STANAG 4774, to whom it may be released, and the agreement and clause that allow it.

Others read the statement (the marking line) and the second extension, which says in plain words what decides; Comity reads the label.
Where the two do not agree, the marking is refused.

Source: STIX 2.1, 7.2.1 (marking definitions) and 7.3 (extensions); ADatP-4774 edition A for the label; docs/explanation/how-exchange-works.md, 2.2.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from comity.labels import (
    FIXED_LADDERS,
    Category,
    CategoryType,
    ConfidentialityLabel,
    PolicyName,
    StixMarking,
    is_limited,
    parse_instant,
    read_stix,
    to_flat,
    write_stix,
)
from comity.terms import PUBLIC, BadInput

NAMESPACE = uuid.UUID("3d1f0a52-8d5e-5c0b-9e4f-7a6b1c2d9e30")
"""Of the identifiers that Comity gives: each is version 5, out of what it stands for, so that the same thing gets the same twice."""
COMITY = f"identity--{uuid.uuid5(NAMESPACE, 'comity')}"
RELEASE_EXTENSION = f"extension-definition--{uuid.uuid5(NAMESPACE, 'release')}"
TLP = tuple(ladder.policy for ladder in FIXED_LADDERS if ladder.owner == "FIRST")
"""The policies of the Traffic Light Protocol."""
_SAID = ("policy", "classification", "categories", "caveats", "limited", "releasable_to", "originator")
_SINCE = "2026-11-22T00:00:00.000Z"
_FIXED = {marking.id: marking for marking in StixMarking.fixed()}
_BY_NAME = {marking.says: marking.id for marking in StixMarking.fixed()}  # of two versions with one name, the later (2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseMarking:
    """A marking of Comity's own. ``agreement``, ``clause``: which allow the release, by their names on record; ``created_by``: an identity."""

    label: ConfidentialityLabel
    agreement: str | None = None
    clause: str | None = None
    created_by: str | None = None


def tlp_marking(text: str) -> str | None:
    """The fixed marking that a TLP name means (``TLP:AMBER``, ``amber``, ``tlp:amber+strict``); None: there is no such level."""
    level = text.strip().casefold().removeprefix("tlp:").strip().replace(" ", "").upper()
    return _BY_NAME.get(f"TLP:{level}")


def fixed_marking(marking_id: str) -> StixMarking | None:
    """The fixed TLP object of this id, of TLP 1 or 2.0; None: it is none of them."""
    return _FIXED.get(marking_id)


def is_open_to_all(label: ConfidentialityLabel) -> bool:
    """Does it set no condition on who may have what bears it: public, or TLP:CLEAR or WHITE, and no category, caveat or addressee beside that?"""
    flat = to_flat(label)
    public = flat.public or (flat.policy in TLP and flat.classification in ("CLEAR", "WHITE"))
    return public and not (flat.categories or flat.caveats or is_limited(label))


def marking_object(marking: ReleaseMarking) -> dict[str, Any]:
    """The marking definition; the same marking is the same object every time."""
    written: dict[str, Any] = json.loads(write_stix([marking.label]))
    if written["id"] in _FIXED:
        raise BadInput(f"{written['name']} has its own fixed marking, {written['id']}; refer to that")
    told = _told(marking)
    name = json.dumps([written["id"], told, marking.created_by], sort_keys=True)
    written["id"] = f"marking-definition--{uuid.uuid5(NAMESPACE, name)}"
    if marking.created_by:
        written["created_by_ref"] = marking.created_by
    written["extensions"][RELEASE_EXTENSION] = {"extension_type": "property-extension"} | told
    return written


def read_marking(data: object, where: str = "marking") -> ReleaseMarking | None:
    """The marking that an object is, None where it carries no label of Comity's. BadInput: it says two things that do not agree."""
    (read,) = read_stix(data, where)
    if read.label is None or read.id in _FIXED:
        return None
    extension = read.raw["extensions"].get(RELEASE_EXTENSION)
    told = extension if isinstance(extension, dict) else {}
    marking = ReleaseMarking(
        label=read.label,
        agreement=_text(told, "agreement", where),
        clause=_text(told, "clause", where),
        created_by=_text(read.raw, "created_by_ref", where),
    )
    if extension is not None:
        _check_same(told, _told(marking), f"{where}: {read.id}")
    return marking


def _told(marking: ReleaseMarking) -> dict[str, Any]:
    """What the second extension says; an empty list is left out, as STIX asks."""
    flat = to_flat(marking.label)
    told = {
        "policy": flat.policy,
        "classification": flat.classification,
        "categories": list(flat.categories),
        "caveats": list(flat.caveats),
        "limited": not is_open_to_all(marking.label),
        "releasable_to": list(flat.releasable_to),
        "originator": flat.originator,
        "agreement": marking.agreement,
        "clause": marking.clause,
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def _check_same(said: dict[str, Any], label_says: dict[str, Any], where: str) -> None:
    for name in _SAID:
        if said.get(name) != label_says.get(name):
            here, there = said.get(name), label_says.get(name)
            raise BadInput(f"{where} says {name} {here!r:.60}, and the label that it carries says {there!r:.60}; one is wrong")


def _text(table: dict[str, Any], name: str, where: str) -> str | None:
    value = table.get(name)
    if value is not None and not isinstance(value, str):
        raise BadInput(f"{where}: {name} is {value!r:.60}; write a text")
    return value


def to_nobody() -> dict[str, Any]:
    """The marking of what no policy classifies and nobody is to be given."""
    nobody = Category(tag="Releasable To", type=CategoryType.PERMISSIVE)
    label = ConfidentialityLabel(policy=PolicyName(PUBLIC.policy), classification="UNMARKED", created=parse_instant(_SINCE), categories=(nobody,))
    return marking_object(ReleaseMarking(label=label))


def extension_objects() -> tuple[dict[str, Any], ...]:
    """What the two extensions are, for those who receive them, with the identity in whose name: to be given to anybody."""
    common = {"spec_version": "2.1", "created": _SINCE, "modified": _SINCE, "object_marking_refs": [_BY_NAME["TLP:CLEAR"]]}
    identity = {"type": "identity", "id": COMITY} | common | {"name": "Comity", "identity_class": "system"}
    return identity, *(
        {"type": "extension-definition", "id": own} | common | {
            "created_by_ref": COMITY, "name": f"Comity {name}", "description": what, "schema": schema, "version": "1.0",
            "extension_types": ["property-extension"],
        }
        for own, name, what, schema in _DEFINED
    )  # fmt: skip


_DEFINED = (
    (
        StixMarking.extension, "confidentiality label", "The whole label of STANAG 4774 that a marking definition stands for.",
        "label: the label as JSON: role, policy (name, uri), classification, privacy_mark, categories (tag, type, values, uri), originator (id, "
        "type), created, review, succession (at, label). What says nothing is left out.",
    ),
    (
        RELEASE_EXTENSION, "release", "Who may be given what bears the marking, and which clause of which agreement allows it.",
        "policy, classification: texts. categories, caveats, releasable_to (codes of states and organisations), each a list of texts, left out "
        "where empty. limited: true, only those in releasable_to, and where there are none nobody but the originator. originator: the code of "
        "who set the marking. agreement, clause: texts, what allows the release.",
    ),
)  # fmt: skip
