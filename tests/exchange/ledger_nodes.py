"""A party's node on SQLite as its own people use it: homes for everybody, one collection over all of them; and what is amiss in what nodes hold."""

from __future__ import annotations

import json
import shutil
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import comity
from comity.acts import Act, Entry
from comity.book import read_files
from comity.exchange import Asked, Caller, Collection, Filters, Node, Told, make_node
from comity.exchange.between import Links
from comity.exchange.between.carrying_acts import act_objects
from comity.keeping import PartedRecord, add_entries, take_in
from comity.ledger import create, open_ledger
from comity.standing import Standing
from comity.terms import Verdict
from tests.exchange.federation_simulator import HOSTILE

EVERYTHING = str(uuid.UUID(int=100, version=4))
_ALL = Asked(Filters(versions=("all",)), limit=10_000)


def make_template(folder: Path, book: Mapping[str, bytes], at: datetime) -> Path:
    """A ledger that holds the book, made the day before, of which every node begins with a copy."""
    template = folder / "template.db"
    ledger = create(f"sqlite:///{template}", "node.example.org", lambda: at - timedelta(days=1))
    read = read_files(book, "the book")
    assert read.problems == (), read.problems
    take_in(read, ledger)
    ledger.close()
    return template


class LedgerNode:
    """One party's node; what is not in its ledger is gone when it stops."""

    def __init__(self, party: str, everybody: Sequence[str], template: Path, clock: Callable[[], datetime]) -> None:
        file = template.with_name(f"{party}.db")
        self.party, self.clock, self.url = party, clock, f"sqlite:///{file}"
        shutil.copy(template, file)
        ledger = open_ledger(self.url, clock)
        make_node(ledger, party, clock())
        ledger.close()
        self.wakes()
        homes = frozenset(self.links.home_of(partner).number for partner in everybody)
        self.node.put_collection(Collection(0, EVERYTHING, "Everything", homes=homes, readers=frozenset(everybody)))

    def wakes(self) -> None:
        self.ledger = open_ledger(self.url, self.clock)
        self.node = Node(self.ledger, self.clock)
        self.links = Links(self.node, lambda seconds: None)

    def stops(self) -> None:
        self.ledger.close()

    def home_of(self, partner: str) -> str:
        return self.links.home_of(partner).id

    @property
    def own(self) -> Caller:
        return Caller("desk", self.party, writes=True, keeper=True)

    def do(self, act: Act, signature: str | None) -> None:
        """An act of the keeper's, on record and published for anybody."""
        entry = Entry(act, self.clock().date(), self.clock(), signature)
        add_entries(self.ledger, [entry], "acts/own.csv")
        self.publish(*act_objects(entry))

    def publish(self, *objects: object) -> None:
        told = self.node.add(self.own, self.home_of(self.party), json.dumps({"objects": objects}).encode())
        assert not told.refused, told

    def from_home(self, partner: str) -> Sequence[Told]:
        """What a partner gave, or the keeper published: all versions."""
        page = self.node.read(self.own, self.home_of(partner), _ALL)
        assert not page.more
        return page.objects

    def open_to(self, partner: str) -> Sequence[Told]:
        """What a partner would get, by the gate."""
        page = self.node.read(Caller("check", partner), EVERYTHING, _ALL)
        assert not page.more
        return page.objects

    def is_bound(self, day: date, size: int | None = None) -> Callable[[str, str], bool]:
        """Is a party bound by a pact, on a day, as the ledger had it when it was so long; now, where that is not said?"""
        standing = Standing(PartedRecord(self.ledger, size), on=day, known=day)
        return lambda party, pact: standing.bound(party, pact).verdict is Verdict.YES


# -- what is amiss


def lost_acts(node: LedgerNode, authored: Mapping[str, Act]) -> list[str]:
    """Honest acts that are not on the record."""
    there = {entry.act.hash for entry in _acts_of(node)}
    return [f"{node.party} lacks {act}" for act_hash, act in authored.items() if act_hash not in there]


def unmade_acts(node: LedgerNode, authored: Mapping[str, Act], since: date) -> list[str]:
    """Acts on the record that their author did not make. ``since``: all that was made before stood in the book from the beginning."""
    found = []
    for act in (entry.act for entry in _acts_of(node)):
        firsts = act.made is not None and act.made.first < since
        own = act.actor == HOSTILE and act.on_behalf_of is None and act.kind in ("ratify", "denounce")
        if not (firsts or own or act.hash in authored or act.actor == node.party):
            found.append(f"{node.party} holds an act that nobody made: {act}")
    return found


def lost_objects(taker: LedgerNode, giver: LedgerNode, everybody: Iterable[str]) -> list[str]:
    """What is open to the taker at the giver, is not its own, and did not come."""
    held = {told.body for partner in everybody for told in taker.from_home(partner)}
    found = []
    for told in giver.open_to(taker.party):
        said = json.loads(told.body)
        if said["type"] == "tool" and said["originator"] != taker.party and told.body not in held:
            found.append(f"{taker.party} lacks {told.body!r} of {giver.party}")
    return found


def held_twice(node: LedgerNode, everybody: Iterable[str]) -> list[str]:
    """What stands twice: a version in one home, an act on the record."""
    acts = Counter(entry.act.hash for entry in _acts_of(node))
    versions = Counter(f"version {told.version} of {told.id} of {partner}" for partner in everybody for told in node.from_home(partner))
    return [f"{node.party} holds {one} {count} times" for found in (acts, versions) for one, count in found.items() if count > 1]


def _acts_of(node: LedgerNode) -> Sequence[Entry]:
    book = comity.open(node.url).book
    assert book.problems == (), book.problems
    return book.record.entries
