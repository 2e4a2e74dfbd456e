"""Three real nodes on SQLite and a hostile partner, each asked through its real TAXII door, over a network that fails; from one seed.

What is on each ledger outlives a stop, and how far it had come with each partner, perhaps an older state of that. The law is the book's: an
agreement on secrets between the three, which each ratifies and denounces. It is read once more here, from the ledger as a book, for every page.
"""

from __future__ import annotations

import json
import random
import shutil
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import comity
from comity.acts import Act, Entry, Source, sign, to_base64url
from comity.book import read_files
from comity.exchange import Asked, Caller, Collection, Delivery, Node, Page, make_node, taxii
from comity.exchange.between.acts_in_ledger import LedgerActs, WaitingInMemory
from comity.exchange.between.asking_partners import Answer, Asking, Bounds, Partner, Unreachable
from comity.exchange.between.carrying_acts import ACT_TYPE, act_objects
from comity.exchange.between.pulling import Pulled, Puller
from comity.exchange.between.raw_objects import write_envelope
from comity.exchange.between.taking_acts import TakingActs
from comity.exchange.markings import ReleaseMarking, marking_object, tlp_marking
from comity.keeping import PartedRecord, add_entries, take_in
from comity.labels import from_flat
from comity.ledger import create, open_ledger
from comity.standing import Standing
from comity.terms import Label, Moment, Verdict
from tests.exchange.federation_simulator import HOSTILE, Stopped, first_key
from tests.exchange.hostile_partners import HostilePartner

HONEST = ("AAA", "BBB", "CCC")
EVERYBODY = (*HONEST, HOSTILE)
EVERYTHING = str(uuid.UUID(int=100, version=4))
START = datetime(2026, 2, 10, 12, tzinfo=UTC)
BOUNDS = Bounds(page_bytes=100_000, page_objects=7, object_bytes=20_000, pages=60, objects=2000, tries=2, waiting=20, longest_wait=10)
_PACT = """id = "pact-0"
title = "Agreement on secrets"
short = "Pact"
concluded = 2020-01-01

[[clause]]
kind = "consent"
article = "1"
says = "By ratification."
acts = ["ratify"]

[[clause]]
kind = "entry-into-force"
article = "2"
says = "When two have ratified."
when = { kind = "consents", number = 2, acts = ["ratify"] }

[[clause]]
kind = "withdrawal"
article = "3"
says = "At once."

[[clause]]
kind = "release"
article = "4"
says = "What one marks passes among all."
policies = ["AAA", "BBB", "CCC"]
mapped = "same"
third_parties = "among-parties"
cleared_from = { AAA = "TOP", BBB = "TOP", CCC = "TOP" }
"""


def book() -> dict[str, bytes]:
    """The book that all begin with: the parties, their ladders, the agreement in force between them, and the first key of each."""
    parties = "".join(f'[[party]]\ncode = "{code}"\nkind = "state"\nnames = [{{ name = "{code.title()}land" }}]\n\n' for code in EVERYBODY)
    levels = "".join(f'[[level]]\nname = "{name}"\nrank = {rank}\n\n' for rank, name in enumerate(("OPEN", "CLOSE", "TOP")))
    ladders = {f"ladders/{code}.toml": f'policy = "{code}"\nowner = "{code}"\nsource = "Invented"\n\n{levels}'.encode() for code in HONEST}
    rows = "ref,kind,actor,agreement,made,source,details,signature\n"
    rows += "".join(f"pact-{code}-ratify,ratify,{code},pact-0,2021-01-01,Invented,,\n" for code in HONEST)
    for code in EVERYBODY:
        key = to_base64url(first_key(code)[0].public_key().public_bytes_raw())
        rows += f"{code}-key,introduce-key,{code},,2025-01-01,Invented,key={key},\n"
    return {"parties.toml": parties.encode(), "agreements/pact-0.toml": _PACT.encode(), "acts/acts.csv": rows.encode(), **ladders}


class RealNode:
    """One party's node, its homes and one collection over all of them; what is not in its ledger or its cursors is gone when it stops."""

    def __init__(self, party: str, folder: Path, template: Path, clock: Callable[[], datetime]) -> None:
        self.party, self.clock, self.url = party, clock, f"sqlite:///{folder}/{party}.db"
        shutil.copy(template, folder / f"{party}.db")
        self.cursors: dict[str, str] = {}
        self.between: Callable[[], None] = lambda: None
        make_node(open_ledger(self.url, clock), party, clock())
        self.wakes()
        homes = [self.home_of(partner) for partner in EVERYBODY]
        for partner, home in zip(EVERYBODY, homes, strict=True):
            self.node.put_collection(Collection(0, home, f"From {partner}", writers=frozenset({partner})))
        numbers = frozenset(range(1, len(homes) + 1))
        self.node.put_collection(Collection(0, EVERYTHING, "Everything", homes=numbers, readers=frozenset(EVERYBODY)))

    def wakes(self) -> None:
        self.ledger = open_ledger(self.url, self.clock)
        self.node = Node(self.ledger, self.clock)
        self.held = LedgerActs(self.ledger, self.party, self.clock)
        self.taking = TakingActs(self.held, WaitingInMemory())

    def stops(self) -> None:
        self.ledger.close()

    @staticmethod
    def home_of(partner: str) -> str:
        return str(uuid.uuid5(uuid.UUID(int=0), partner))

    @property
    def own(self) -> Caller:
        return Caller("desk", self.party, writes=True, keeper=True)

    def get(self, key: str) -> str | None:
        return self.cursors.get(key)

    def put(self, key: str, value: str) -> None:
        self.cursors[key] = value

    def receive(self, sender: str, path: str, bodies: Sequence[bytes]) -> Delivery:
        """Acts onto the record, then what is not refused into the partner's home."""
        acts = [body for body in bodies if b'"comity-act"' in body]
        says = dict(zip(acts, self.taking.take(sender, acts).says, strict=True))
        self.between()
        kept = [body for body in bodies if not says.get(body)]
        return self.node.add(Caller(f"from {sender}", sender, writes=True), self.home_of(sender), write_envelope(kept))

    def do(self, act: Act, signature: str | None) -> None:
        """An act of the keeper's, on record and published for anybody."""
        entry = Entry(act, self.clock().date(), self.clock(), signature)
        add_entries(self.ledger, [entry], "acts/own.csv")
        self.publish(*act_objects(entry))

    def publish(self, *objects: object) -> None:
        told = self.node.add(self.own, self.home_of(self.party), json.dumps({"objects": objects}).encode())
        assert not told.refused, told

    def page(self) -> Page:
        """All that the keeper sees."""
        page = self.node.read(self.own, EVERYTHING, Asked(limit=10_000))
        assert not page.more
        return page


class RealFederation:
    """One run."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.rng, self.at, self.healed = random.Random(seed), START, False
        template = folder / "template.db"
        ledger = create(f"sqlite:///{template}", "node.example.org", lambda: START - timedelta(days=1))
        read = read_files(book(), "the book")
        assert read.problems == (), read.problems
        take_in(read, ledger)
        ledger.close()
        self.skews = {party: timedelta(minutes=self.rng.randrange(-1440, 1441)) for party in HONEST}
        self.nodes = {party: RealNode(party, folder, template, self._clock(party)) for party in HONEST}
        self.eve = HostilePartner(HOSTILE, first_key(HOSTILE)[0], self.rng, lambda: int(self.at.timestamp() * 1_000_000))
        self.authored: dict[str, Act] = {}
        self.let_out = self.secrets = 0

    def _clock(self, party: str) -> Callable[[], datetime]:
        return lambda: self.at + self.skews[party]

    # -- the network

    def _carry(self, puller: str, giver: str, asking: Asking) -> Answer:
        rng = self.rng
        self.at += timedelta(milliseconds=1)
        if not self.healed and rng.random() < 0.06:
            raise Unreachable("dropped")
        if giver == HOSTILE:
            return self.eve.answers(asking, puller)
        if not self.healed and rng.random() < 0.1:
            self.something(giver)
        answer = self._ask(puller, giver, asking)
        if not self.healed and rng.random() < 0.04:
            answer = self._ask(puller, giver, asking)
        if not self.healed and rng.random() < 0.05:
            raise Unreachable("the answer was lost")
        return answer

    def _ask(self, puller: str, giver: str, asking: Asking) -> Answer:
        headers = {name.lower(): value for name, value in asking.headers.items()}
        asked = taxii.Request(asking.method, asking.path, urlencode(asking.query), headers, asking.body)
        response = taxii.answer(asked, self.nodes[giver].node, Caller(f"{puller}-node", puller))
        body = b"".join(response.body)
        if asking.path.endswith("/objects/") and response.status == 200:
            self._look_over(giver, puller, json.loads(body).get("objects", []))
        return Answer(response.status, dict(response.headers), body)

    def _look_over(self, giver: str, taker: str, objects: Sequence[dict[str, object]]) -> None:
        """May all of this leave, by the book that the giver's ledger is?"""
        self.let_out += len(objects)
        marked = [one for one in objects if one["type"] == "tool" and one["policy"] != "PUBLIC"]
        for one in objects:
            assert one["type"] != "tool" or one["to"] is None or taker in (*one["to"], one["originator"]), (giver, taker, one)  # type: ignore[misc]
        self.secrets += len(marked)
        if marked:
            node = self.nodes[giver]
            today = node.clock().date()
            standing = Standing(PartedRecord(node.ledger), on=today, known=today)
            for one in marked:
                for party in (giver, taker) if taker != one["originator"] else ():  # whoever owns the policy need not be bound any more
                    assert standing.bound(party, "pact-0").verdict is Verdict.YES, (party, standing.bound(party, "pact-0").verdict, giver, taker, one)

    # -- what happens

    def pull(self, puller: str, giver: str) -> Pulled | None:
        node = self.nodes[puller]
        node.between = self._may_stop

        def receive(sender: str, path: str, bodies: Sequence[bytes]) -> Delivery:
            self._may_stop()
            told = node.receive(sender, path, bodies)
            self._may_stop()
            return told

        try:
            puller_of = Puller(lambda asking: self._carry(puller, giver, asking), node, receive, self._wait, node.clock, BOUNDS)
            return puller_of.pull(Partner(giver, f"https://{giver}.example"))
        except Stopped:
            self._starts_again(puller)
            return None
        finally:
            node.between = lambda: None

    def _wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def _may_stop(self) -> None:
        if not self.healed and self.rng.random() < 0.04:
            raise Stopped

    def _starts_again(self, party: str) -> None:
        node = self.nodes[party]
        node.stops()
        if self.rng.random() < 0.5:
            node.cursors.clear()
        self.skews[party] = timedelta(minutes=self.rng.randrange(-1440, 1441))
        node.wakes()
        for sender in EVERYBODY:  # what waited
            told = node.node.read(node.own, node.home_of(sender), Asked(limit=10_000)).objects if sender != party else ()
            node.taking.take(sender, [one.body for one in told if one.id.startswith(ACT_TYPE)])

    def something(self, party: str) -> None:
        node, rng = self.nodes[party], self.rng
        if rng.random() < 0.65:
            to = None if rng.random() < 0.3 else sorted(rng.sample(EVERYBODY, 2))
            policy = "PUBLIC" if to is None or rng.random() < 0.3 else party
            flat = Label(policy, "UNCLASSIFIED" if policy == "PUBLIC" else "CLOSE", releasable_to=tuple(to or ()), originator=party)
            marking = None if to is None else marking_object(ReleaseMarking(label=from_flat(flat, self.at)))
            report = {
                "type": "tool", "spec_version": "2.1", "id": f"tool--{uuid.UUID(int=rng.getrandbits(128), version=4)}",
                "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z", "originator": party, "to": to, "policy": policy,
                "name": "x",
                "object_marking_refs": [str(tlp_marking("CLEAR")) if marking is None else marking["id"]],
            }  # fmt: skip
            node.publish(*(() if marking is None else (marking,)), report)
        else:
            day, kind = node.clock().date(), rng.choice(("ratify", "denounce"))
            act = Act(
                kind, party, f"{party}-{rng.getrandbits(64):x}", "pact-0", made=Moment(day.isoformat(), day, day), source=Source("simulated", "text")
            )
            self.authored[act.hash] = act
            node.do(act, sign(act, first_key(party)[0]) if rng.random() < 0.7 else None)

    def storm(self, steps: int = 14) -> None:
        for _ in range(steps):
            self.at += timedelta(minutes=self.rng.randrange(180))
            drawn = self.rng.random()
            if drawn < 0.45:
                self.something(self.rng.choice(HONEST))
            elif drawn < 0.9:
                puller = self.rng.choice(HONEST)
                self.pull(puller, self.rng.choice([one for one in EVERYBODY if one != puller]))
            else:
                self._starts_again(self.rng.choice(HONEST))

    def heal(self) -> None:
        self.healed = self.eve.gentle = True
        self.at += timedelta(days=4)

    def round(self) -> int:
        """Everybody pulls once from everybody: how many objects were given."""
        links = [(puller, giver) for puller in HONEST for giver in HONEST if puller != giver]
        self.rng.shuffle(links)
        given = 0
        for puller, giver in links:
            pulled = self.pull(puller, giver)
            assert pulled is not None
            assert pulled.whole, pulled
            given += sum(one.given for one in pulled.collections)
        return given


def run(seed: int, folder: Path) -> RealFederation:
    """One run from its seed, in an empty folder; AssertionError tells what is amiss."""
    world = RealFederation(seed, folder)
    world.storm()
    world.heal()
    world.round()
    world.round()
    check(world)
    while world.round():
        assert world.at < START + timedelta(days=30), "something moves still"
    check(world)
    for node in world.nodes.values():
        node.stops()
    return world


def check(world: RealFederation) -> None:
    """Every honest act on every record; none there that its author did not make; what is open over any link on its other side."""
    for party, node in world.nodes.items():
        there = {entry.act.hash: entry.act for entry in comity.open(node.url).book.record.entries}
        assert comity.open(node.url).book.problems == ()
        lost = [act for act_hash, act in world.authored.items() if act_hash not in there]
        assert not lost, f"{party} lacks {lost[0]}"
        for act_hash, act in there.items():
            firsts = act.made is not None and act.made.first < date(2026, 1, 1)
            own = act.actor == HOSTILE and act.on_behalf_of is None and act.kind in ("ratify", "denounce")
            assert firsts or own or act_hash in world.authored or act.actor == party, f"{party} holds an act that nobody made: {act}"
    for puller, taker in world.nodes.items():
        held = {told.body for told in taker.page().objects}
        for giver, node in world.nodes.items():
            if giver != puller:
                page = node.node.read(Caller("check", puller), EVERYTHING, Asked(limit=10_000))
                for told in page.objects:
                    said = json.loads(told.body)
                    if said["type"] == "tool" and said["originator"] != puller:
                        assert told.body in held, f"{puller} lacks {told.body!r} of {giver}"
