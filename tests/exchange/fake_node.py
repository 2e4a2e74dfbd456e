"""A node in memory, as simple as one can be that keeps the contract: collections with readers and writers, stamps, versions, bound cursors."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass, field, replace
from itertools import count

from comity.exchange import Asked, Caller, Delivery, Fate, Filters, Page, Shown, Told
from comity.exchange.taxii.instants import as_timestamp, read_instant
from comity.terms import BadInput, NotOnRecord

START = 1_790_000_000_000_000
"""The stamp before the first: in September 2026."""
KEY = b"of this fake alone"


@dataclass(frozen=True, slots=True)
class Kept:
    """One version of an object in a collection."""

    told: Told
    type: str
    party: str


@dataclass(slots=True)
class Holding:
    """A collection: who reads it, who writes to it, and what is in it, in the order of stamps."""

    shown: Shown
    readers: frozenset[str]
    writers: frozenset[str]
    objects: list[Kept] = field(default_factory=list)


class FakeNode:
    """Satisfies NodeDoor. ``lets``: how often ``still`` says yes; None: always. ``asked``: every read, as it was asked."""

    def __init__(self, most_bytes: int = 1_000_000, most_objects: int = 1000) -> None:
        self.keeper, self.most_bytes, self.most_objects = "EST", most_bytes, most_objects
        self.holdings: list[Holding] = []
        self.deliveries: dict[str, tuple[str, Delivery]] = {}
        self.stamps = count(START + 1)
        self.lets: int | None = None
        self.asked: list[tuple[Caller, Asked]] = []

    def with_collection(self, id_: str, readers: str = "", writers: str = "", alias: str | None = None, title: str = "") -> Holding:
        """Another collection; ``readers`` and ``writers``: codes of parties between spaces."""
        held = Holding(Shown(id_, title or f"Collection {id_[:4]}", alias=alias), frozenset(readers.split()), frozenset(writers.split()))
        self.holdings = sorted([*self.holdings, held], key=lambda one: one.shown.id)
        return held

    # what NodeDoor asks

    def title(self) -> str:
        return "Estonia's node"

    def at_root(self, caller: Caller, party: str) -> Caller:
        if party not in {code for held in self.holdings for code in held.readers | held.writers}:
            raise NotOnRecord(f"there is no partner {party}")
        return replace(caller, party=party, writes=False, keeper=False)

    def collections(self, caller: Caller) -> tuple[Shown, ...]:
        seen = (self._seen(caller, held) for held in self.holdings)
        return tuple(shown for shown in seen if shown.reads or shown.writes)

    def collection(self, caller: Caller, collection: str) -> Shown:
        return self._seen(caller, self._held(caller, collection))

    def read(self, caller: Caller, collection: str, asked: Asked) -> Page:
        held = self._held(caller, collection)
        if not self._seen(caller, held).reads:
            raise NotOnRecord("not readable")
        self.asked.append((caller, asked))
        after = max(asked.after or 0, self._cursor(caller, held, asked))
        found = [told for told in self._matching(held, asked.filters) if told.stamp > after]
        page = tuple(told if asked.bodies else told._replace(body=b"") for told in found[: asked.limit])
        more = len(found) > asked.limit
        return Page(page, more, self._made(caller, held, asked, page[-1].stamp) if more else None, holds=self.still)

    def holds(self, caller: Caller, collection: str, object_id: str) -> bool:
        return any(kept.told.id == object_id for kept in self._held(caller, collection).objects)

    def add(self, caller: Caller, collection: str, body: bytes) -> Delivery:
        held = self._held(caller, collection)
        try:
            objects = json.loads(body)["objects"]
        except (ValueError, KeyError, TypeError):
            raise BadInput("the body is no envelope; send a JSON object with a list called objects") from None
        if not isinstance(objects, list):
            raise BadInput("objects is no list; send a list of STIX objects")
        at = as_timestamp(next(self.stamps))
        taken: list[Fate] = []
        refused: list[Fate] = []
        for one in objects:
            fate = self._put(held, caller.party, one)
            (refused if fate.says else taken).append(fate)
        delivery = Delivery(str(uuid.uuid4()), at, tuple(taken), tuple(refused))
        self.deliveries[delivery.id] = caller.client, delivery
        return delivery

    def withdraw(self, caller: Caller, collection: str, object_id: str, filters: Filters) -> None:
        held = self._held(caller, collection)
        gone = {(told.id, told.version) for told in self._matching(held, filters)}
        if not gone:
            raise NotOnRecord("no such object")
        held.objects = [kept for kept in held.objects if (kept.told.id, kept.told.version) not in gone]

    def delivery(self, caller: Caller, delivery: str) -> Delivery:
        client, found = self.deliveries.get(delivery, ("", None))
        if found is None or client != caller.client:
            raise NotOnRecord("no such delivery")
        return found

    def still(self) -> bool:
        if self.lets is None:
            return True
        self.lets -= 1
        return self.lets >= 0

    # how it does it

    def _seen(self, caller: Caller, held: Holding) -> Shown:
        return replace(held.shown, reads=caller.party in held.readers and caller.reads, writes=caller.party in held.writers and caller.writes)

    def _held(self, caller: Caller, name: str) -> Holding:
        for held in self.holdings:
            if name in (held.shown.id, held.shown.alias) and caller.party in held.readers | held.writers:
                return held
        raise NotOnRecord(f"there is no collection {name}")

    def _matching(self, held: Holding, filters: Filters) -> list[Told]:
        fits = [
            kept.told
            for kept in held.objects
            if (not filters.ids or kept.told.id in filters.ids)
            and (not filters.types or kept.type in filters.types)
            and (not filters.spec_versions or kept.told.spec_version in filters.spec_versions)
        ]
        versions: dict[str, list[int]] = {}
        for told in fits:
            versions.setdefault(told.id, []).append(told.version)
        ends = {"last": max, "first": min}
        wanted = {one for one in filters.versions if isinstance(one, int)}
        pick = [ends[one] for one in filters.versions if one in ("last", "first") and isinstance(one, str)]
        return [
            told
            for told in fits
            if "all" in filters.versions or told.version in wanted or any(told.version == end(versions[told.id]) for end in pick)
        ]

    def _put(self, held: Holding, party: str, one: object) -> Fate:
        if not isinstance(one, dict):
            return Fate("", "", "this is no object")
        id_, type_ = str(one.get("id", "")), str(one.get("type", ""))
        said = str(one.get("modified", one.get("created", "")))
        if not type_ or not id_.startswith(f"{type_}--"):
            return Fate(id_, said, "the id is missing, or it is not that of an object of its type")
        if type_ == "indicator" and "pattern" not in one:
            return Fate(id_, said, "an indicator has a pattern")
        body = json.dumps(one, ensure_ascii=False).encode()
        stamp = next(self.stamps)
        version = (read_instant(said) or 0) if said else stamp
        for kept in held.objects:
            if kept.told.id == id_ and (kept.told.version == version or not said):
                same = kept.told.body == body
                return Fate(id_, said or as_timestamp(kept.told.version), "" if same else "this version is here already, with other content")
        spec = str(one.get("spec_version", "2.1"))
        held.objects.append(Kept(Told(id_, version, stamp, spec, body), type_, party))
        return Fate(id_, said or as_timestamp(version))

    def _made(self, caller: Caller, held: Holding, asked: Asked, stamp: int) -> str:
        bound = f"{stamp}|{caller.party}|{held.shown.id}|{asked.filters}".encode()
        return base64.urlsafe_b64encode(stamp.to_bytes(8, "big") + hmac.digest(KEY, bound, hashlib.sha256)[:16]).decode()

    def _cursor(self, caller: Caller, held: Holding, asked: Asked) -> int:
        if asked.cursor is None:
            return 0
        try:
            stamp = int.from_bytes(base64.urlsafe_b64decode(asked.cursor)[:8], "big")
        except ValueError:
            stamp = 0
        if not hmac.compare_digest(self._made(caller, held, asked, stamp).encode(), asked.cursor.encode("utf-8", "surrogatepass")):
            raise BadInput("next is not one of this query's; give it with the filters of the page before")
        return stamp
