"""A TAXII server without sockets over anything that has collections, for tests of the client: discovery, one root, collections, objects, statuses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

from comity.exchange.asking import Asked, Caller, Delivery, Filters, Page, Shown
from comity.exchange.between.asking_partners import MEDIA_TYPE, Answer, Asking
from comity.exchange.between.raw_objects import write_envelope
from comity.terms import BadInput, NotOnRecord

_START = datetime(1970, 1, 1, tzinfo=UTC)


class ServedNode(Protocol):
    """What of a node is asked."""

    def collections(self, caller: Caller) -> tuple[Shown, ...]: ...

    def read(self, caller: Caller, collection: str, asked: Asked) -> Page: ...

    def add(self, caller: Caller, collection: str, body: bytes) -> Delivery: ...


class TaxiiInMemory:
    """Answers what one caller asks of a node."""

    def __init__(self, node: ServedNode, caller: Caller, most_objects: int = 1000, most_bytes: int = 1 << 20) -> None:
        self.node, self.caller, self.most_objects, self.most_bytes = node, caller, most_objects, most_bytes

    @staticmethod
    def stamp_of(text: str) -> int:
        return stamp_of(text)

    def __call__(self, asking: Asking) -> Answer:
        query, parts = dict(asking.query), asking.path.strip("/").split("/")
        try:
            if parts == ["taxii2"]:
                return said({"title": "in memory", "api_roots": ["/api/"]})
            if parts == ["api"]:
                return said({"title": "api", "versions": [MEDIA_TYPE], "max_content_length": self.most_bytes})
            if parts == ["api", "collections"]:
                return said({"collections": [_told(one) for one in self.node.collections(self.caller)]})
            if parts[:2] == ["api", "collections"] and parts[3:] == ["objects"]:
                return self._objects(parts[2], query) if asking.method == "GET" else self._add(parts[2], asking.body)
        except NotOnRecord as problem:
            return said({"title": str(problem)}, 404)
        except BadInput as problem:
            return said({"title": str(problem)}, 400)
        return said({"title": "no such endpoint"}, 404)

    def _objects(self, collection: str, query: Mapping[str, str]) -> Answer:
        limit = min(int(query.get("limit", self.most_objects)), self.most_objects)
        after = self.stamp_of(query["added_after"]) if "added_after" in query else None
        asked = Asked(Filters(versions=("all",)), after, limit, query.get("next"))
        page = self.node.read(self.caller, collection, asked)
        body = write_envelope([told.body for told in page.objects])
        if page.more:
            body = body[:-1] + b',"more":true,"next":' + json.dumps(page.cursor).encode() + b"}"
        dates = {} if not page.objects else {"X-TAXII-Date-Added-Last": stamped(page.objects[-1].stamp)}
        return Answer(200, {"Content-Type": MEDIA_TYPE, **dates}, body)

    def _add(self, collection: str, body: bytes) -> Answer:
        if len(body) > self.most_bytes:
            return said({"title": "too large"}, 413)
        delivery = self.node.add(self.caller, collection, body)
        failures = [{"id": fate.id, "version": fate.version, "message": fate.says} for fate in delivery.refused]
        count = len(delivery.taken) + len(delivery.refused)
        told = {"id": delivery.id, "status": "complete", "total_count": count, "failure_count": len(failures), "failures": failures}
        return said(told, 202)


def said(resource: Mapping[str, object], status: int = 200) -> Answer:
    """A resource as a server sends it."""
    return Answer(status, {"Content-Type": MEDIA_TYPE}, json.dumps(resource).encode())


def stamped(stamp: int) -> str:
    """Microseconds since 1970 as TAXII writes them."""
    return (_START + timedelta(microseconds=stamp)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def stamp_of(text: str) -> int:
    """The other way round."""
    return (datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC) - _START) // timedelta(microseconds=1)


def _told(shown: Shown) -> dict[str, object]:
    return {"id": shown.id, "title": shown.title, "can_read": shown.reads, "can_write": shown.writes}
