"""Labels as STIX 2.1 marking definitions, both ways.

TLP 1 and TLP 2.0 are the fixed objects and nothing else; any other label is a statement marking whose text is the marking
line and which carries the whole label in a property extension, so that nothing is lost. A marking definition by somebody
else is kept as it came: what it says is told, and it is not turned into a label by guessing.

Source: STIX 2.1 7.2.1 (marking definitions, TLP 1 instances), 7.3 (extensions); the TLP 2.0 objects of the STIX common
objects repository of OASIS (read in secondary sources).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from comity.labels.confidentiality import ConfidentialityLabel, PolicyName
from comity.labels.instants import parse_instant
from comity.labels.marking_text import marking_of
from comity.labels.plain import label_from_plain, label_to_plain, without_empty
from comity.terms import BadInput

TLP1, TLP2 = PolicyName("TLP 1"), PolicyName("TLP 2.0")
_TLP2_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_CREATED = {TLP1: "2017-01-20T00:00:00.000Z", TLP2: "2022-10-01T00:00:00.000Z"}
_IDS = {
    (TLP1, "WHITE"): "613f2e26-407d-48c7-9eca-b8e91df99dc9",
    (TLP1, "GREEN"): "34098fce-860f-48ae-8e50-ebd3cc5e41da",
    (TLP1, "AMBER"): "f88d31f6-486f-44da-b317-01333bde0b82",
    (TLP1, "RED"): "5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
    (TLP2, "CLEAR"): "94868c89-83c2-464b-929b-a1a8aa3c8487",
    (TLP2, "GREEN"): "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    (TLP2, "AMBER"): "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    (TLP2, "AMBER+STRICT"): "939a9414-2ddd-4d32-a0cd-375ea402b003",
    (TLP2, "RED"): "e828b379-4e03-4974-9ac4-e53a884c97c1",
}
_OWN = uuid.UUID("6f0c1c5e-6a35-5d5e-9a53-2f6d7c0f5a11")
LABEL_EXTENSION = f"extension-definition--{uuid.uuid5(_OWN, 'confidentiality label')}"


@dataclass(frozen=True, slots=True)
class StixMarking:
    """One marking definition. ``label``: what it is as a label, None where only its author knows; ``raw``: the object as it came."""

    id: str
    says: str
    label: ConfidentialityLabel | None
    raw: dict[str, Any] = field(hash=False)
    extension: ClassVar[str] = LABEL_EXTENSION
    """Under which a label is carried whole."""

    @staticmethod
    def fixed() -> tuple[StixMarking, ...]:
        """The nine fixed TLP objects, each as its standard has it."""
        return tuple(StixMarking(own, f"TLP:{label.classification}", label, _tlp_object(own, label)) for own, label in _BY_ID.items())


def tlp_label(version: PolicyName, level: str) -> ConfidentialityLabel:
    """The label that one of the fixed TLP objects is."""
    return ConfidentialityLabel(policy=version, classification=level, created=parse_instant(_CREATED[version]))


_BY_ID = {f"marking-definition--{uid}": tlp_label(version, level) for (version, level), uid in _IDS.items()}


def write_stix(labels: Sequence[ConfidentialityLabel]) -> bytes:
    """The labels as marking definitions: one object, or a bundle of several."""
    objects = [stix_object(label) for label in labels]
    document: Any = objects[0]
    if len(objects) > 1:
        document = {"type": "bundle", "id": f"bundle--{uuid.uuid5(_OWN, ' '.join(o['id'] for o in objects))}", "objects": objects}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def stix_object(label: ConfidentialityLabel) -> dict[str, Any]:
    """The label as one marking definition: a fixed TLP object where it is exactly that, else a statement with the label in it."""
    fixed = next((known_id for known_id, known in _BY_ID.items() if known == label), None)
    return _statement(label) if fixed is None else _tlp_object(fixed, label)


def _tlp_object(fixed: str, label: ConfidentialityLabel) -> dict[str, Any]:
    level, created = label.classification.lower(), label.created.written
    common = {"type": "marking-definition", "spec_version": "2.1", "id": fixed, "created": created}
    if label.policy == TLP1:
        return common | {"definition_type": "tlp", "name": f"TLP:{label.classification}", "definition": {"tlp": level}}
    extension = {"extension_type": "property-extension", "tlp_2_0": level}
    return common | {"name": f"TLP:{label.classification}", "extensions": {_TLP2_EXTENSION: extension}}


def _statement(label: ConfidentialityLabel) -> dict[str, Any]:
    plain = label_to_plain(label)
    name = json.dumps(plain, ensure_ascii=True, sort_keys=True)
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": f"marking-definition--{uuid.uuid5(_OWN, name)}",
        "created": label.created.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "definition_type": "statement",
        "definition": {"statement": marking_of(label)},
        "extensions": {LABEL_EXTENSION: {"extension_type": "property-extension", "label": without_empty(plain)}},
    }


def read_stix(document: object, where: str = "STIX") -> tuple[StixMarking, ...]:
    """The marking definitions of a JSON document: one, or those of a bundle."""
    if not isinstance(document, dict):
        raise BadInput(f"{where}: {document!r:.40} is no STIX object; give a marking-definition or a bundle")
    objects = document.get("objects", []) if document.get("type") == "bundle" else [document]
    if not isinstance(objects, list):
        raise BadInput(f"{where}: the bundle's objects are {objects!r:.40}; write a list")
    found = tuple(_marking(o, where) for o in objects if isinstance(o, dict) and o.get("type") == "marking-definition")
    if not found:
        raise BadInput(f"{where}: no marking-definition in it; give one, or a bundle that has some")
    return found


def _marking(raw: dict[str, Any], where: str) -> StixMarking:
    own = raw.get("id")
    if not isinstance(own, str) or not own.startswith("marking-definition--"):
        raise BadInput(f"{where}: a marking-definition has the id {own!r:.60}; it starts with marking-definition--")
    label = _BY_ID.get(own)
    if label is not None:
        _same_level(raw, label, where)
        return StixMarking(own, f"TLP:{label.classification}", label, raw)
    if raw.get("definition_type") == "tlp" or _inside(raw, "extensions", _TLP2_EXTENSION):
        raise BadInput(f"{where}: {own} says that it is TLP, but TLP has only its own fixed objects; refer to one of them")
    statement = _inside(raw, "definition", "statement")
    says = statement if isinstance(statement, str) else f"a marking of the type {raw.get('definition_type', 'of an extension')}"
    carried = _inside(raw, "extensions", LABEL_EXTENSION)
    label = None if carried is None else label_from_plain(_inside(raw, "extensions", LABEL_EXTENSION, "label"), f"{where}: {own}")
    return StixMarking(own, says, label, raw)


def _same_level(raw: dict[str, Any], label: ConfidentialityLabel, where: str) -> None:
    """A fixed id whose object says another level has been tampered with."""
    said = _inside(raw, "definition", "tlp") or _inside(raw, "extensions", _TLP2_EXTENSION, "tlp_2_0")
    if said != label.classification.lower():
        raise BadInput(f"{where}: {raw['id']} is {label.policy} {label.classification}, but the object says {said!r:.40}; one of the two is wrong")


def _inside(data: object, *keys: str) -> object:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data
