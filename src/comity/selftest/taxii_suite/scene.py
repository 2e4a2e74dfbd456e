"""What the checks are played on: the server's root and collections as found, and a few objects of our own in one of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from comity.selftest.taxii_suite import specimens
from comity.selftest.taxii_suite.judging import FORMLESS, Failed, Untested, ensure
from comity.selftest.taxii_suite.specimens import Json
from comity.selftest.taxii_suite.talking import Connection, Reply

MANY = 12
VERSIONS = ("2026-03-01T10:00:00.000Z", "2026-03-02T10:00:00.000Z", "2026-03-03T10:00:00.123456Z")
PATIENCE = 30
MOST_PAGES = 60


class Scene:
    """One server under test. ``api_root`` and ``collection``: paths, each with a slash at its end."""

    def __init__(self, line: Connection, discovery: str = "/taxii2/", api_root: str = "", collection: str = "") -> None:
        self.line, self.discovery, self.named_root, self.named_collection = line, discovery, api_root, collection
        self.api_root = self.collection = ""
        self.shown: list[Json] = []
        self.added: Json = {}
        self.ours: list[str] = []
        self.versioned = specimens.fresh("indicator")
        self.many = [specimens.indicator(name=f"specimen {n}") for n in range(MANY)]
        self.malware, self.address, self.statement, self.extended = (
            specimens.malware(),
            specimens.address(),
            specimens.statement(),
            specimens.extended(),
        )
        self.versions = [specimens.indicator(self.versioned, at) for at in VERSIONS]

    @property
    def objects(self) -> str:
        """The path of the objects of the collection that is written to."""
        return f"{self.written()}objects/"

    @property
    def manifest(self) -> str:
        """The path of its manifest."""
        return f"{self.written()}manifest/"

    def written(self) -> str:
        """The path of the collection that is read and written; Failed if nothing could be added to one."""
        ensure(self.added, "there is no collection that this login may read and write, or nothing could be added to it")
        return self.collection

    def find(self) -> None:
        """Look for the root and for a collection to write to, and put the objects there. What fails here is found again by the checks."""
        try:
            self.api_root = self.named_root or self.rooted()
            self.shown = self.line.get(f"{self.api_root}collections/").expect(200).json().get("collections", [])
            both = [one for one in self.shown if one.get("can_read") is True and one.get("can_write") is True]
            chosen = [one for one in both if self.named_collection in ("", one.get("id"), one.get("alias"))]
            if chosen:
                self.collection = f"{self.api_root}collections/{chosen[0]['id']}/"
                self.lay_out()
        except (Failed, *FORMLESS):
            return

    def rooted(self) -> str:
        """The path of the default root, or the first that stands on this server."""
        told = self.line.get(self.discovery).expect(200).json()
        for root in (told.get("default"), *told.get("api_roots", ())):
            if isinstance(root, str):
                whole = urljoin(self.line.origin + self.discovery, root)
                return urlsplit(whole).path
        raise Failed("discovery names no root")

    def lay_out(self) -> None:
        """Put the objects there: one delivery for each version, since some servers keep one of an envelope."""
        first = [self.versions[0], *self.many, self.malware, self.address, self.statement]
        path = f"{self.collection}objects/"
        self.ours += [one["id"] for one in first]
        reply = self.line.post(path, {"objects": first}).expect(202, 200)
        for version in self.versions[1:]:
            self.line.post(path, {"objects": [version]}).expect(202, 200)
        self.added = reply.json()
        self.settle(self.added)

    def settle(self, status: Json) -> Json:
        """The status when nothing of it is pending any more."""
        until = time.monotonic() + PATIENCE
        while status.get("status") == "pending" and time.monotonic() < until:
            time.sleep(0.5)
            status = self.line.get(f"{self.api_root}status/{status.get('id')}/").expect(200).json()
        return status

    def add(self, *objects: object) -> tuple[Reply, Json]:
        """Put further objects there; the reply, and the status when it is complete (empty where the delivery was refused)."""
        self.ours += [one["id"] for one in objects if isinstance(one, Mapping) and isinstance(one.get("id"), str)]
        reply = self.line.post(self.objects, {"objects": list(objects)})
        return reply, self.settle(reply.json()) if reply.status in (200, 202) else {}

    def ids(self) -> str:
        """The ids of the many, as a filter takes them."""
        return ",".join(one["id"] for one in self.many)

    def got(self, query: object, path: str = "") -> list[Json]:
        """The objects that a query gives."""
        found = self.line.get(path or self.objects, query).expect(200).json().get("objects", [])
        assert isinstance(found, list)
        return found

    def records(self, query: object) -> list[Json]:
        """The records of the manifest that a query gives."""
        return self.got(query, self.manifest)

    def of_versioned(self, version: str) -> list[str]:
        """The versions of the versioned object that a filter gives, as the objects themselves say them."""
        return [str(one.get("modified")) for one in self.got({"match[id]": self.versioned, "match[version]": version})]

    def pages(self, path: str, query: Mapping[str, object]) -> Iterator[tuple[Reply, Json]]:
        """Every page of a query by ``next``; by ``added_after`` where the server gives none."""
        going: dict[str, object] = dict(query)
        for _ in range(MOST_PAGES):
            reply = self.line.get(path, going).expect(200)
            page = reply.json()
            yield reply, page
            if page.get("more") is not True:
                return
            if page.get("next"):
                going["next"] = page["next"]
            else:
                going["added_after"] = reply.headers.get("x-taxii-date-added-last", "")
        raise Failed(f"after {MOST_PAGES} pages of {path} there is still more: a client would go on for ever")

    def with_rights(self, *, reads: bool, writes: bool) -> str:
        """The path of a collection with exactly these rights; Untested if there is none."""
        for one in self.shown:
            if (one.get("can_read"), one.get("can_write")) == (reads, writes):
                return f"{self.api_root}collections/{one['id']}/"
        raise Untested(f"no collection is listed with can_read {reads} and can_write {writes}".lower())

    def clean(self) -> None:
        """Delete what was put there, as far as the server lets one."""
        if not self.added:
            return
        for id_ in dict.fromkeys(self.ours):
            try:
                reply = self.line.delete(f"{self.collection}objects/{id_}/", {"match[version]": "all"})
                if reply.status >= 400 and reply.status != 404:
                    self.line.delete(f"{self.collection}objects/{id_}/")
            except (Failed, *FORMLESS):
                continue
