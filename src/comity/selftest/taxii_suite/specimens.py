"""Objects to send: fresh ids each time, small, and valid where nothing else is said."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

Json = dict[str, Any]
TLP_AMBER = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"
TYPES = (
    "attack-pattern", "campaign", "course-of-action", "grouping", "identity", "incident", "indicator", "infrastructure", "intrusion-set", "location",
    "malware", "malware-analysis", "note", "observed-data", "opinion", "report", "threat-actor", "tool", "vulnerability", "relationship", "sighting",
    "artifact", "autonomous-system", "directory", "domain-name", "email-addr", "email-message", "file", "ipv4-addr", "ipv6-addr", "mac-addr", "mutex",
    "network-traffic", "process", "software", "url", "user-account", "windows-registry-key", "x509-certificate", "language-content",
    "marking-definition", "extension-definition",
)  # fmt: skip
"""Every type that STIX 2.1 defines."""


def fresh(type_: str) -> str:
    """An id that no object has."""
    return f"{type_}--{uuid.uuid4()}"


def indicator(id_: str = "", modified: str = "2026-03-01T10:00:00.000Z", **other: Any) -> Json:
    """An indicator; ``created`` is its day's beginning."""
    return {
        "type": "indicator", "spec_version": "2.1", "id": id_ or fresh("indicator"), "created": "2026-03-01T00:00:00.000Z", "modified": modified,
        "name": "a specimen", "pattern": "[ipv4-addr:value = '198.51.100.7']", "pattern_type": "stix", "valid_from": "2026-03-01T00:00:00Z",
        "indicator_types": ["benign"],
    } | other  # fmt: skip


def malware() -> Json:
    """A piece of malware."""
    at = "2026-03-02T00:00:00.000Z"
    return {"type": "malware", "spec_version": "2.1", "id": fresh("malware"), "created": at, "modified": at, "name": "specimen", "is_family": False}


def address() -> Json:
    """An address: an object without created or modified. Its value is chance, so that its id is fresh as the standard makes it."""
    chance = uuid.uuid4().bytes
    value = ".".join(str(part) for part in (10, *chance[:3]))
    name = f'{{"value":"{value}"}}'
    id_ = uuid.uuid5(uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7"), name)
    return {"type": "ipv4-addr", "spec_version": "2.1", "id": f"ipv4-addr--{id_}", "value": value}


def statement() -> Json:
    """A marking: an object with created and without modified."""
    return {
        "type": "marking-definition", "spec_version": "2.1", "id": fresh("marking-definition"), "created": "2026-03-03T00:00:00.000Z",
        "definition_type": "statement", "definition": {"statement": "a specimen"},
    }  # fmt: skip


def extended() -> Json:
    """An object of a type that an extension brings."""
    at = "2026-03-04T00:00:00.123456Z"
    extension = f"extension-definition--{uuid.uuid4()}"
    return {
        "type": "agreement", "spec_version": "2.1", "id": fresh("agreement"), "created": at, "modified": at, "name": "spécimen – 見本",
        "extensions": {extension: {"extension_type": "new-sdo"}},
    }  # fmt: skip


def later(text: str, **by: int) -> str:
    """A timestamp some time after another, with six digits."""
    found = instant(text)
    assert found is not None
    return (found + timedelta(**by)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant(text: object) -> datetime | None:
    """The instant that a timestamp means; None if it is none."""
    if not isinstance(text, str) or not text.endswith("Z"):
        return None
    whole, _, digits = text[:-1].partition(".")
    try:
        return datetime.strptime(f"{whole}.{(digits or '0')[:6]}", "%Y-%m-%dT%H:%M:%S.%f").replace(tzinfo=UTC)
    except ValueError:
        return None


def json_of(one: Json) -> bytes:
    """An object as it is sent."""
    return json.dumps(one).encode()
