"""STIX objects that Comity itself makes out of what was imported: the same input is the same bytes every time.

Source: STIX 2.1, 2.9 (identifiers), 3.2, 4.7 (indicator), 4.5 (identity), 4.16 (report).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from comity.exchange.envelopes import RawObject
from comity.exchange.markings import NAMESPACE
from comity.exchange.timestamps import microseconds_of, timestamp_of

_IDENTITY_SINCE = "2020-01-01T00:00:00.000Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One indicator. ``key``: what tells it from the others of its maker. Times in microseconds since 1970. ``markings``: ids."""

    key: str
    pattern: str
    created: int
    modified: int
    valid_from: int
    valid_until: int | None = None
    name: str = ""
    description: str = ""
    confidence: int | None = None
    labels: tuple[str, ...] = ()
    markings: tuple[str, ...] = ()


def id_of(kind: str, *what: str) -> str:
    """The identifier of an object of this type: always the same for the same."""
    return f"{kind}--{uuid.uuid5(NAMESPACE, json.dumps([kind, *what]))}"


def identity(name: str, *more: str) -> RawObject:
    """Who it comes from. ``more``: what tells one from others of its name."""
    return as_object({
        "type": "identity", "spec_version": "2.1", "id": id_of("identity", name, *more), "created": _IDENTITY_SINCE, "modified": _IDENTITY_SINCE,
        "name": name, "identity_class": "organization",
    })  # fmt: skip


def indicator(observed: Observed, by: str) -> RawObject:
    """The indicator, made by an identity."""
    return as_object({
        "type": "indicator", "spec_version": "2.1", "id": id_of("indicator", by, observed.key), "created_by_ref": by,
        "created": timestamp_of(observed.created), "modified": timestamp_of(observed.modified),
        "name": observed.name, "description": observed.description, "pattern": observed.pattern, "pattern_type": "stix",
        "valid_from": timestamp_of(observed.valid_from),
        "valid_until": None if observed.valid_until is None else timestamp_of(observed.valid_until),
        "confidence": observed.confidence, "labels": list(observed.labels), "object_marking_refs": list(observed.markings),
    })  # fmt: skip


def report(
    key: str, by: str, name: str, times: tuple[int, int, int], about: Sequence[str], labels: Sequence[str], markings: Sequence[str]
) -> RawObject:
    """What holds several indicators together. ``times``: created, modified, published."""
    created, modified, published = (timestamp_of(time) for time in times)
    return as_object({
        "type": "report", "spec_version": "2.1", "id": id_of("report", by, key), "created_by_ref": by, "created": created, "modified": modified,
        "name": name, "report_types": ["indicator"], "published": published, "object_refs": list(about),
        "labels": list(labels), "object_marking_refs": list(markings),
    })  # fmt: skip


def as_object(data: dict[str, Any]) -> RawObject:
    """The object with its bytes; what is empty is left out."""
    told = {name: value for name, value in data.items() if value not in (None, "", [])}
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    written = told.get("modified", told.get("created"))
    return RawObject(told["id"], told["type"], 0 if written is None else microseconds_of(written), "2.1", body, told)
