"""Asking the TAXII door without HTTP: a request in words, the answer in full."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from comity.exchange import Caller
from comity.exchange.taxii import Request, answer
from tests.exchange.fake_node import FakeNode
from tests.exchange.serving_taxii import CALLERS, SHARED

TAXII = "application/taxii+json;version=2.1"
DEU, FRA, EST = CALLERS["deu-soc:secret"], CALLERS["fra-soc:secret"], CALLERS["est-desk:secret"]
OBJECTS = f"/deu/collections/{SHARED}/objects/"
MANIFEST = f"/deu/collections/{SHARED}/manifest/"


@dataclass(frozen=True)
class Answer:
    """The answer with its body put together."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def ids(self) -> list[str]:
        return [one["id"] for one in self.json.get("objects", ())]

    @property
    def dates(self) -> tuple[str | None, str | None]:
        return self.headers.get("X-TAXII-Date-Added-First"), self.headers.get("X-TAXII-Date-Added-Last")


def ask(node: FakeNode, path: str, query: str = "", *, method: str = "GET", caller: Caller | None = DEU, body: bytes = b"", **headers: str) -> Answer:
    """``headers``: with underscores in place of hyphens; Accept is TAXII's unless said."""
    named = {"accept": TAXII} | {name.replace("_", "-"): value for name, value in headers.items()}
    got = answer(Request(method, path, query, named, body), node, caller)
    whole = Answer(got.status, dict(got.headers), b"".join(got.body))
    if method != "HEAD" and "Content-Length" in whole.headers:
        assert int(whole.headers["Content-Length"]) == len(whole.body)
    return whole


def post(node: FakeNode, *objects: object, path: str = OBJECTS, caller: Caller | None = DEU, **headers: str) -> Answer:
    """Deliver these objects."""
    body = json.dumps({"objects": objects}).encode()
    return ask(
        node, path, method="POST", caller=caller, body=body, **({"content_type": TAXII, "content_length": str(len(body))} | headers)
    )  # fmt: skip


def indicator(number: int, modified: str = "2026-03-01T10:00:00.000Z", type_: str = "indicator") -> dict[str, Any]:
    """An object that can be told from others by its number."""
    id_ = f"{type_}--{number:08d}-0000-4000-8000-000000000000"
    return {"type": type_, "spec_version": "2.1", "id": id_, "modified": modified, "created": "2026-03-01T10:00:00.000Z", "pattern": "x"}
