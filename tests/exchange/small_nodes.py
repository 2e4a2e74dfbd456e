"""A node of Alfaria's on the small book of the permissions' tests, with a clock that is set by hand."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from comity.book import COLUMNS, read_book, write_rows
from comity.exchange import Asked, Caller, Collection, Filters, Given, LabelKey, Node, Page, make_node
from comity.keeping import add_rows, take_in
from comity.ledger import create

BOOK = Path(__file__).parents[1] / "permissions" / "book"
KEEPER = Caller("desk", "ALF", writes=True, keeper=True)
BET, GAM = Caller("bet-node", "BET"), Caller("gam-node", "GAM")
OPEN = LabelKey(originator="ALF", limited=False)
CLOSE = LabelKey(originator="ALF", policy="ALF", level="CLOSE", limited=False)
TO_BET = LabelKey(originator="ALF", releasable_to=("BET",))
DEEP = LabelKey(originator="ALF", policy="ALF", level="DEEP", limited=False)


class Clock:
    """Says what it is set to, a microsecond later each time."""

    def __init__(self, day: str = "2022-01-10") -> None:
        self.at = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(microseconds=1)
        return self.at

    def set(self, day: str) -> None:
        self.at = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)


class SmallNode:
    """A node, one collection that Betonia and Gammany read, and words to work on it."""

    def __init__(self, url: str, day: str = "2022-01-10") -> None:
        self.clock = Clock(day)
        self.ledger = create(url, "node.example.org", self.clock)
        take_in(read_book(BOOK), self.ledger)
        make_node(self.ledger, "ALF", self.clock())
        self.node = Node(self.ledger, self.clock)
        self.home = self.node.put_collection(
            Collection(0, str(uuid.UUID(int=1, version=4)), "Warnings", readers=frozenset({"BET", "GAM"}), writers=frozenset({"BET"}))
        ).id

    def act(self, ref: str, kind: str, actor: str, **given: str) -> None:
        row = {**dict.fromkeys(COLUMNS, ""), "ref": ref, "kind": kind, "actor": actor, "source": "Invented", "basis": "text", **given}
        add_rows(self.ledger, write_rows([row]), "added", self.clock().date())

    def vouch(self, partner: str, details: str, day: str = "2021-01-01") -> None:
        self.act(f"vouch-{partner}-{day}", "admit-partner", "ALF", counterparty=partner, details=details, made=day)

    def put(self, *objects: Given, by: Caller = KEEPER) -> None:
        self.node.put(by, self.home, objects)

    def read(self, caller: Caller, limit: int = 100, cursor: str | None = None, after: int | None = None, **filters: object) -> Page:
        return self.node.read(caller, self.home, Asked(Filters(**filters), after, limit, cursor))  # type: ignore[arg-type]

    def ids(self, caller: Caller, **asked: object) -> list[str]:
        return [told.id.partition("--")[2] for told in self.read(caller, **asked).objects]  # type: ignore[arg-type]


def thing(name: str, *labels: LabelKey, version: int = 1, refers: tuple[str, ...] = (), giver: str = "ALF") -> Given:
    """An object called ``thing--NAME``, with a version and what it refers to."""
    body = json.dumps({"id": f"thing--{name}", "version": version}).encode()
    return Given(f"thing--{name}", "thing", version, "2.1", body, frozenset(labels), frozenset(f"thing--{one}" for one in refers), giver, 0)


INDICATOR = {
    "type": "indicator", "spec_version": "2.1", "created": "2022-01-01T00:00:00.000Z", "modified": "2022-01-01T00:00:00.000Z",
    "pattern": "[ipv4-addr:value = '198.51.100.1']", "pattern_type": "stix", "valid_from": "2022-01-01T00:00:00Z",
}  # fmt: skip


def indicator(number: int, **more: object) -> dict[str, object]:
    """A STIX indicator with this number in its id."""
    return INDICATOR | {"id": f"indicator--00000000-0000-4000-8000-{number:012}"} | more
