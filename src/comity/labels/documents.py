"""Files with labels, in whatever format: recognised by what is in them, not by their names.

Source: the formats are those of label_xml, binding, plain and stix_markings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from comity.labels.binding import Binding, DataReference, binding_of, is_binding, write_binding
from comity.labels.confidentiality import ConfidentialityLabel
from comity.labels.label_xml import label_of, write_label_xml
from comity.labels.marking_text import lost_in_marking, marking_of
from comity.labels.markup import LABEL_LIMITS, parse
from comity.labels.plain import labels_from_json, labels_from_toml, labels_to_json, labels_to_toml
from comity.labels.stix_markings import StixMarking, read_stix, write_stix
from comity.terms import BadInput

Format = Literal["xml", "toml", "json", "stix", "bdo", "marking"]
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class LabelDocument:
    """What a file holds: its labels, and what it says besides (a binding's data, the marking definitions as they came)."""

    format: Format
    labels: tuple[ConfidentialityLabel, ...]
    binding: Binding | None = None
    markings: tuple[StixMarking, ...] = ()


def read_labels(data: bytes, where: str = "label") -> LabelDocument:
    """The labels of a file; BadInput says in one line why it can't be read."""
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _xml(data, where)
    if start == b"{" and not _is_stix(data):
        return LabelDocument("json", labels_from_json(data, where))
    if start == b"{":
        markings = read_stix(json.loads(data), where)
        return LabelDocument("stix", tuple(m.label for m in markings if m.label is not None), markings=markings)
    return LabelDocument("toml", labels_from_toml(data, where))


def _xml(data: bytes, where: str) -> LabelDocument:
    root = parse(data, where=where)
    if is_binding(root):
        binding = binding_of(root, where)
        return LabelDocument("bdo", binding.labels, binding=binding)
    return LabelDocument("xml", (label_of(root, where),))


def _is_stix(data: bytes) -> bool:
    """A JSON object with a type is a STIX object; what cannot be read at all is told by the reader of labels."""
    if len(data) > LABEL_LIMITS.octets:
        return False
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and "type" in document


def write_labels(labels: Sequence[ConfidentialityLabel], target: Format, data: Sequence[DataReference] = ()) -> bytes:
    """The labels as a file of this format. ``data``: what a binding is about."""
    if target == "xml":
        if len(labels) != 1:
            raise BadInput(f"{len(labels)} labels do not go into one 4774 document; choose bdo, toml, json or stix, or give one label")
        return write_label_xml(labels[0])
    if target == "bdo":
        return write_binding(labels, data)
    if target == "marking":
        return "".join(f"{marking_of(label)}\n" for label in labels).encode()
    return {"toml": labels_to_toml, "json": labels_to_json, "stix": write_stix}[target](labels)


def lost_in(document: LabelDocument, target: Format) -> tuple[str, ...]:
    """What a file in this format would not carry of the document."""
    lost = [f"the marking {m.id} ({m.says}): it carries no label" for m in document.markings if m.label is None]
    if target == "marking":
        lost += dict.fromkeys(what for label in document.labels for what in lost_in_marking(label))
    if document.binding is not None:
        lost += ["metadata and data of other kinds in the binding"] if document.binding.other else []
        lost += ["the signature: what is written anew is not what was signed"] if document.binding.signed else []
        lost += ["the names of the data that the labels are about"] if target != "bdo" else []
    return tuple(lost)
