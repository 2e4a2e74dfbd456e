"""What an object of a STIX type has to have, so that whatever is served is STIX: the properties that its type requires, of the right sort.

It is no full validation (vocabularies, patterns and lengths are not looked at): it keeps out what no client could read.

Source: STIX 2.1, 3.2 (common properties), 4 to 6 (types), 7.3 (extensions).
"""

from __future__ import annotations

from typing import Any

from comity.exchange.envelopes import OBSERVABLES

_REQUIRED: dict[str, str] = {
    "attack-pattern": "name", "campaign": "name", "course-of-action": "name",
    "extension-definition": "created_by_ref name schema version extension_types",
    "grouping": "context object_refs", "identity": "name", "incident": "name", "indicator": "pattern pattern_type valid_from",
    "infrastructure": "name", "intrusion-set": "name", "language-content": "object_ref contents", "location": "", "malware": "is_family",
    "malware-analysis": "product", "marking-definition": "", "note": "content object_refs",
    "observed-data": "first_observed last_observed number_observed", "opinion": "opinion object_refs",
    "relationship": "relationship_type source_ref target_ref", "report": "name published object_refs", "sighting": "sighting_of_ref",
    "threat-actor": "name", "tool": "name", "vulnerability": "name",
    "artifact": "", "autonomous-system": "number", "directory": "path", "domain-name": "value", "email-addr": "value",
    "email-message": "is_multipart", "file": "", "ipv4-addr": "value", "ipv6-addr": "value", "mac-addr": "value", "mutex": "name",
    "network-traffic": "protocols", "process": "", "software": "name", "url": "value", "user-account": "", "windows-registry-key": "",
    "x509-certificate": "",
}  # fmt: skip
"""Of each type, the properties that it requires beside those that all have."""
_ONE_OF: dict[str, tuple[str, ...]] = {
    "location": ("region", "country", "latitude"),
    "malware-analysis": ("result", "analysis_sco_refs"),
    "observed-data": ("objects", "object_refs"),
    "artifact": ("payload_bin", "url"),
    "file": ("hashes", "name"),
    "marking-definition": ("definition", "extensions", "name"),
}
"""Of some, properties of which at least one is there."""
_LISTS = frozenset(["object_refs", "extension_types", "protocols"])
_TRUTHS = frozenset({"is_family", "is_multipart"})
_NUMBERS = frozenset({"number", "number_observed"})
_TABLES = frozenset({"contents"})
_COMMON_LISTS = ("labels", "external_references", "object_marking_refs", "granular_markings")
_DATED = frozenset(_REQUIRED.keys() - OBSERVABLES - {"marking-definition"})
"""The types that are created and modified: domain objects, relationships and the like; not observables."""


def lacking(data: dict[str, Any], spec_version: str) -> str:
    """What an object lacks of what its type requires, in a few words; blank where nothing is lacking, or the type is none of STIX 2.1's."""
    kind = data.get("type")
    if kind not in _REQUIRED or spec_version != "2.1":
        return ""
    required = [*(("created", "modified") if kind in _DATED else ("created",) if kind == "marking-definition" else ()), *_REQUIRED[kind].split()]
    for name in required:
        if name not in data:
            return f"a {kind} has to have {name}"
        if not _fits(name, data[name]):
            return f"its {name} is {str(data[name])[:40]!r}, which it cannot be"
    choice = _ONE_OF.get(kind, ())
    if choice and not any(name in data for name in choice):
        return f"a {kind} has to have one of {', '.join(choice)}"
    empty = next((name for name in _COMMON_LISTS if name in data and (not isinstance(data[name], list) or not data[name])), None)
    return "" if empty is None else f"its {empty} is no list, or an empty one: leave it out"


def _fits(name: str, value: object) -> bool:
    if name in _LISTS:
        return isinstance(value, list) and bool(value)
    if name in _TRUTHS:
        return isinstance(value, bool)
    if name in _NUMBERS:
        return isinstance(value, int) and not isinstance(value, bool)
    if name in _TABLES:
        return isinstance(value, dict)
    return isinstance(value, str) and bool(value)
