"""TAXII's resources in JSON: what the standard calls required is there, and a list that would be empty is left out.

Source: TAXII 2.1, 3.7, 4.1.1, 4.2.1, 4.3.1, 5.1.1, 5.2.1, 5.3.1 and 5.8.1.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from json.encoder import encode_basestring_ascii as quoted

from comity.exchange.asking import Delivery, Fate, Page, Shown, Told
from comity.exchange.taxii.instants import as_timestamp, as_version
from comity.exchange.taxii.negotiating import STIX, TAXII

Plain = dict[str, object]


def written(resource: Plain) -> bytes:
    """A resource as it is sent."""
    return json.dumps(resource, ensure_ascii=False, separators=(",", ":")).encode("utf-8", errors="replace")


def discovery(title: str, keeper: str, root: str) -> Plain:
    """What is here, and the one root that is the caller's (4.1.1). Roots are relative, so that they hold behind any name and port."""
    return {"title": title, "description": f"Objects that {keeper} exchanges with its partners", "default": root, "api_roots": [root]}


def api_root(title: str, keeper: str, party: str, most_bytes: int) -> Plain:
    """One party's root (4.2.1)."""
    says = f"What {keeper} holds, for its own people" if party == keeper else f"What {keeper} lets out to {party}, and takes from it"
    return {"title": f"{title}: {party}", "description": says, "versions": [TAXII], "max_content_length": most_bytes}


def collection(shown: Shown) -> Plain:
    """A collection as the caller gets to see it (5.2.1)."""
    told: Plain = {"id": shown.id, "title": shown.title, "can_read": shown.reads, "can_write": shown.writes, "media_types": [STIX]}
    return told | {name: value for name, value in (("description", shown.description), ("alias", shown.alias)) if value}


def collections(shown: Sequence[Shown]) -> Plain:
    """All of them (5.1.1)."""
    return {"collections": [collection(one) for one in shown]} if shown else {}


def status(delivery: Delivery) -> Plain:
    """What became of a delivery (4.3.1): here it is always known at once."""
    told: Plain = {
        "id": delivery.id,
        "status": "complete",
        "request_timestamp": delivery.at,
        "total_count": len(delivery.taken) + len(delivery.refused),
        "success_count": len(delivery.taken),
        "failure_count": len(delivery.refused),
        "pending_count": 0,
    }
    for name, fates in (("successes", delivery.taken), ("failures", delivery.refused)):
        if fates:
            told[name] = [_details(fate) for fate in fates]
    return told


def _details(fate: Fate) -> Plain:
    told: Plain = {"id": fate.id or "unknown", "version": fate.version or "unknown"}
    return told | ({"message": fate.says} if fate.says else {})


def opening(page: Page, name: str) -> bytes:
    """What stands before the list of a page: whether more is to come, and how to go on. ``name``: of the list."""
    more = b'"more":true,' if page.more else b""
    if page.more and page.cursor:
        more += b'"next":' + quoted(page.cursor).encode() + b","
    return b"{" + more + b'"' + name.encode() + b'":['


def without_list(page: Page) -> bytes:
    """A page on which nothing is (3.7, 5.3.1, 5.8.1)."""
    return written(({"more": True} | ({"next": page.cursor} if page.cursor else {})) if page.more else {})


def record(told: Told) -> bytes:
    """One version in a manifest (5.3.1)."""
    return (
        f'{{"id":{quoted(told.id)},"date_added":"{as_timestamp(told.stamp)}","version":"{as_version(told.version)}",'
        f'"media_type":"application/stix+json;version={told.spec_version}"}}'
    ).encode()


def version(told: Told) -> bytes:
    """One version in a list of versions (5.8.1)."""
    return f'"{as_version(told.version)}"'.encode()
