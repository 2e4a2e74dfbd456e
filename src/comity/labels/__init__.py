"""Confidentiality labels in their formats, and the security policies that say what they mean.

This room owns: the label of STANAG 4774 and its succession; XML, sidecar binding with signature, TOML, JSON, STIX and the
marking line, read and written; the policy (XML SPIF 2.1) with what it allows, maps and decides; the join and the linter.
It does not own: the flat label of acts and ladders (terms), who may release what to whom under which agreement, any file.
Law: ADatP-4774 and 4778, edition A; XML SPIF 2.1; STIX 2.1 and FIRST TLP for their markings.
"""

from comity.labels.binding import Binding, DataReference, read_binding, write_binding
from comity.labels.confidentiality import (
    Category,
    CategoryType,
    ConfidentialityLabel,
    Originator,
    PolicyName,
    Succession,
    label_on,
    same_policy,
)
from comity.labels.deciding import AccessTest, Clearance, Decision, decide
from comity.labels.documents import FORMATS, Format, LabelDocument, lost_in, read_labels, write_labels
from comity.labels.flattening import from_flat, is_limited, to_flat
from comity.labels.instants import Instant, parse_instant
from comity.labels.joining import Joined, join
from comity.labels.label_xml import read_label_xml, write_label_xml
from comity.labels.ladders import FIXED_LADDERS, ladder_of, policy_of
from comity.labels.linting import CODES, lint
from comity.labels.mapping import Mapped, map_label
from comity.labels.marking_text import marking_of
from comity.labels.plain import label_from_plain, label_to_plain
from comity.labels.policies import SecurityPolicy
from comity.labels.signing import SignatureCheck, check_signature, sign_binding
from comity.labels.spif_reading import read_spif
from comity.labels.spif_writing import write_spif
from comity.labels.stix_markings import StixMarking, read_stix, write_stix
from comity.labels.validating import validate

__all__ = [
    "CODES",
    "FIXED_LADDERS",
    "FORMATS",
    "Binding",
    "Category",
    "CategoryType",
    "Clearance",
    "ConfidentialityLabel",
    "DataReference",
    "Decision",
    "Format",
    "Instant",
    "Joined",
    "LabelDocument",
    "Mapped",
    "Originator",
    "PolicyName",
    "SecurityPolicy",
    "SignatureCheck",
    "StixMarking",
    "Succession",
    "AccessTest",
    "check_signature",
    "decide",
    "from_flat",
    "is_limited",
    "join",
    "label_from_plain",
    "label_on",
    "label_to_plain",
    "ladder_of",
    "lint",
    "lost_in",
    "map_label",
    "marking_of",
    "parse_instant",
    "policy_of",
    "read_binding",
    "read_label_xml",
    "read_labels",
    "read_spif",
    "read_stix",
    "same_policy",
    "sign_binding",
    "to_flat",
    "validate",
    "write_binding",
    "write_label_xml",
    "write_labels",
    "write_spif",
    "write_stix",
]
