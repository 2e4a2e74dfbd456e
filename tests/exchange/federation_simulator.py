"""Five nodes that exchange, one of them hostile, over a network that fails, from one seed: ``run(seed)`` raises AssertionError if anything is amiss.

The network drops, loses answers, delays, asks twice and answers with what it answered before; links are cut for a while; a node stops at any moment
and starts again with what it had committed, perhaps with older cursors and another clock; clocks are up to a day wrong. Each node publishes,
acts, recalls. Then everything heals: within two rounds of pulls all have what the reference says; a few more, and nothing moves.

Checked throughout: nothing leaves that the law of the label and the acts on the giver's record do not allow (a second reading of that law, here); no
act comes onto a record that its author did not make; none twice.
"""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.acts import Act, Entry, Source, sign, thumbprint_of, to_base64url
from comity.exchange.asking import ACT_TYPE, Asked, Caller, Page
from comity.exchange.between.asking_partners import Answer, Asking, Bounds, Partner, Unreachable
from comity.exchange.between.pulling import Pulled, Puller
from comity.exchange.between.pushing import Pushed, Pusher
from comity.terms import Moment
from tests.exchange.federated_nodes import COLLECTION, RECALL, NodeInMemory, register_of
from tests.exchange.hostile_partners import HostilePartner
from tests.exchange.taxii_in_memory import TaxiiInMemory

HONEST, HOSTILE = ("AAA", "BBB", "CCC", "DDD"), "EVE"
HUB, SHUT_IN = "AAA", "DDD"
EVERYBODY = (*HONEST, HOSTILE)
PACTS = ("pact-0", "pact-1")
START = datetime(2026, 1, 10, tzinfo=UTC)
BOUNDS = Bounds(page_bytes=100_000, page_objects=7, object_bytes=20_000, pages=60, objects=2000, tries=2, waiting=20, longest_wait=10)


class Stopped(Exception):
    """A node stops."""


@cache
def first_key(party: str) -> tuple[Ed25519PrivateKey, Entry]:
    """The key that everybody was told of beforehand."""
    key = Ed25519PrivateKey.from_private_bytes(party.encode().ljust(32, b"."))
    details = {"key": to_base64url(key.public_key().public_bytes_raw())}
    day = date(2025, 1, 1)
    act = Act("introduce-key", party, f"{party}-key", made=Moment(day.isoformat(), day, day), source=Source("simulated"), details=details)
    return key, Entry(act, day, None, sign(act, key))


@dataclass
class Counts:
    """What happened in a run."""

    pulls: int = 0
    stops: int = 0
    acts: int = 0
    objects: int = 0
    recalls: int = 0
    let_out: int = 0
    rounds: int = 0


@dataclass
class Federation:
    """One run."""

    seed: int
    make: Callable[[Federation, str], NodeInMemory] = field(default=lambda world, party: world.in_memory(party))
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.mesh = self.rng.random() < 0.6
        self.at = START
        self.skews = {party: self._skew() for party in HONEST}
        self.healed = False
        self.cut: set[frozenset[str]] = set()
        self.before: dict[tuple[str, str, str, tuple[tuple[str, str], ...]], Answer] = {}
        self.authored: dict[str, Act] = {}
        self.bodies: dict[bytes, str] = {}
        self.versions: dict[str, int] = {}
        self.older: dict[str, dict[str, str]] = {}
        self.busy: list[str] = []
        self.nodes = {party: self.make(self, party) for party in HONEST}
        self.eve = HostilePartner(HOSTILE, first_key(HOSTILE)[0], self.rng, lambda: int(self.at.timestamp() * 1_000_000))
        self.hoard: list[bytes] = []

    def in_memory(self, party: str) -> NodeInMemory:
        keys = [first_key(one)[1] for one in EVERYBODY]
        return NodeInMemory(party, register_of(EVERYBODY), keys, first_key(party)[0], lambda: self.at + self.skews[party])

    def _skew(self) -> timedelta:
        return timedelta(minutes=self.rng.randrange(-1440, 1441))

    # -- who pulls from whom

    def links(self) -> Iterator[tuple[str, str]]:
        """Who pulls, and from whom. In a star all pull from the hub, and the hub from all but the one that nobody reaches: that one pushes."""
        for puller in HONEST:
            for giver in HONEST:
                if puller != giver and (self.mesh or giver == HUB or (puller == HUB and giver != SHUT_IN)):
                    yield puller, giver

    def allowed(self, giver: str, taker: str, told: bytes) -> bool:
        """The law once more, read slowly: may the giver, by the acts on its record, let this out to the taker?"""
        said = json.loads(told)
        if said["type"] == ACT_TYPE:
            return True
        label, node = said["label"], self.nodes[giver]
        if any(home_and_id[1] == said["id"] for home_and_id in node.disk.recalled) and all(
            (home, said["id"]) in node.disk.recalled for home, id_, _ in node.disk.objects if id_ == said["id"]
        ):
            return False
        if label["to"] is None or label["originator"] == taker:
            return True
        if taker not in label["to"]:
            return False
        if label["pact"] is None:
            return bool(giver == label["originator"])
        bound = {giver, taker} | ({label["originator"]} if giver != label["originator"] else set())
        if giver != label["originator"] and not label["onward"]:
            return False
        for party in bound:
            said_so = [e.act for e in node.disk.acts.values() if (e.act.actor, e.act.agreement) == (party, label["pact"])]
            days = [(act.made.last, act.kind) for act in said_so if act.made is not None and act.kind in ("ratify", "denounce")]
            if not days or "denounce" in {kind for day, kind in days if day == max(days)[0]}:
                return False
        return True

    # -- the network

    def send(self, puller: str, giver: str) -> Callable[[Asking], Answer]:
        return lambda asking: self._carry(puller, giver, asking)

    def _carry(self, puller: str, giver: str, asking: Asking) -> Answer:
        rng, key = self.rng, (puller, giver, asking.path, asking.query)
        if self.healed:
            return self._serve(puller, giver, asking)
        self.at += timedelta(seconds=rng.randrange(60))
        if frozenset((puller, giver)) in self.cut or rng.random() < 0.07:
            raise Unreachable("dropped")
        if rng.random() < 0.1 and giver in HONEST and asking.method == "GET":
            self.something(giver)
        if rng.random() < 0.04 and key in self.before and asking.method == "GET":
            return self.before[key]
        answer = self.before[key] = self._serve(puller, giver, asking)
        if rng.random() < 0.05:
            answer = self._serve(puller, giver, asking)
        if rng.random() < 0.05:
            raise Unreachable("the answer was lost")
        return answer

    def _serve(self, puller: str, giver: str, asking: Asking) -> Answer:
        if giver == HOSTILE:
            return self.eve.answers(asking, puller)
        caller = Caller(f"{puller}-node", puller, writes=puller == SHUT_IN and not self.mesh)
        return TaxiiInMemory(_Watched(self, giver), caller, most_objects=self.rng.randrange(1, 9), most_bytes=3000)(asking)

    # -- what happens

    def pull(self, puller: str, giver: str) -> Pulled | None:
        """One pull; None: the node stopped meanwhile."""
        if puller in self.busy:
            return None
        self.busy.append(puller)
        self.counts.pulls += 1
        node = self.nodes[puller]
        node.between = self._may_stop

        def receive(sender: str, path: str, bodies: Sequence[bytes]) -> object:
            self._may_stop()
            told = node.receive(sender, bodies)
            self._may_stop()
            return told

        try:
            return Puller(self.send(puller, giver), node, receive, self._wait, node.clock, BOUNDS).pull(Partner(giver, f"https://{giver}.example"))  # type: ignore[arg-type]
        except Stopped:
            self._starts_again(puller)
            return None
        finally:
            node.between = lambda: None
            self.busy.remove(puller)

    def push(self, giver: str, taker: str) -> Pushed:
        """What the node that nobody reaches lets out for the hub, delivered there."""
        outbox: Callable[[Asked], Page] = lambda asked: _Watched(self, giver).read(Caller("own", taker), COLLECTION, asked)  # noqa: E731
        node = self.nodes[giver]
        return Pusher(self.send(giver, taker), node, self._wait, node.clock, BOUNDS).push(
            Partner(taker, f"https://{taker}.example"), "/api/", COLLECTION, outbox
        )

    def _wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def _may_stop(self) -> None:
        if not self.healed and self.rng.random() < 0.03:
            raise Stopped

    def _starts_again(self, party: str) -> None:
        self.counts.stops += 1
        node = self.nodes[party]
        if self.rng.random() < 0.5:
            node.disk.cursors = dict(self.older.get(party, {}))
        self.skews[party] = self._skew()
        node.wakes()

    def something(self, party: str) -> None:
        """A node's own people do something."""
        node, rng = self.nodes[party], self.rng
        drawn = rng.random()
        if drawn < 0.45:
            self._publish(node)
        elif drawn < 0.75:
            kind = rng.choice(("ratify", "ratify", "denounce"))
            self._did(node.do(kind, self._ref(party), rng.choice(PACTS), signed=not self.mesh or rng.random() < 0.8))
        elif drawn < 0.8:
            self._new_key(node)
        elif own := sorted({(id_, kept.type) for (home, id_, _), kept in node.disk.objects.items() if home == party and kept.type == "report"}):
            object_id, _ = rng.choice(own)
            if (party, object_id) not in node.disk.recalled:
                self.counts.recalls += 1
                act = node.do("recall", self._ref(party), details={"item": object_id})
                self._did(act)
                node.recall(party, object_id, act.hash)

    def _publish(self, node: NodeInMemory) -> None:
        rng = self.rng
        name = str(uuid.UUID(int=rng.getrandbits(128)))
        if self.versions and rng.random() < 0.3:
            other = rng.choice(sorted(self.versions))
            name = other[3:] if other.startswith(node.party) and (node.party, f"report--{other[3:]}") not in node.disk.recalled else name
        version = self.versions[node.party + name] = self.versions.get(node.party + name, -1) + 1
        to = None if rng.random() < 0.2 else sorted(rng.sample(EVERYBODY, rng.randrange(1, 4)))
        label = {"originator": node.party, "to": to, "pact": rng.choice(PACTS), "onward": rng.random() < 0.6}
        self.bodies[node.publish("report", name, version, label)] = node.party
        self.counts.objects += 1

    def _new_key(self, node: NodeInMemory) -> None:
        key = Ed25519PrivateKey.from_private_bytes(self.rng.randbytes(32))
        old, new = (one.public_key().public_bytes_raw() for one in (node.key, key))
        self._did(node.do("rotate-key", self._ref(node.party), details={"old": thumbprint_of(old), "key": to_base64url(new)}))
        node.takes_key(key)

    def _did(self, act: Act) -> None:
        self.counts.acts += 1
        self.authored[act.hash] = act

    def _ref(self, party: str) -> str:
        return f"{party}-{self.rng.getrandbits(64):x}"

    # -- the run

    def storm(self, steps: int = 45) -> None:
        """Everything at random."""
        links, rng = [*self.links(), *((party, HOSTILE) for party in HONEST)], self.rng
        for _ in range(steps):
            self.at += timedelta(minutes=rng.randrange(180))
            drawn = rng.random()
            if drawn < 0.4:
                self.something(rng.choice(HONEST))
            elif drawn < 0.75:
                self.pull(*rng.choice(links))
            elif drawn < 0.8:
                self.eve_pulls(rng.choice(HONEST))
            elif drawn < 0.85 and not self.mesh:
                self.push(SHUT_IN, HUB)
            elif drawn < 0.9:
                self.cut ^= {frozenset(rng.sample(HONEST, 2))}
            elif drawn < 0.95:
                party = rng.choice(HONEST)
                self.older[party] = dict(self.nodes[party].disk.cursors)
            else:
                self._starts_again(rng.choice(HONEST))

    def eve_pulls(self, giver: str) -> None:
        """The hostile one takes what it gets, and makes use of it."""
        page = _Watched(self, giver).read(Caller("eve", HOSTILE), COLLECTION, Asked(limit=100))
        for told in page.objects:
            if told.id.startswith(ACT_TYPE):
                entry = next((e for e in self.nodes[giver].disk.acts.values() if e.act.ref in told.body.decode()), None)
                if entry is not None:
                    self.eve.heard[entry.act.hash] = entry.act, entry.signature
            elif told.id.startswith("report"):
                self.eve.seen.append(told.body)

    def heal(self) -> None:
        """Links, clocks and nodes as they ought to be; days later, so that every key that was announced signs."""
        self.healed, self.eve.gentle = True, True
        self.cut.clear()
        self.at += timedelta(days=4)

    def round(self) -> int:
        """Everybody pulls once from everybody: how many objects were given."""
        given = 0
        order = sorted(self.links(), key=lambda link: (link[0] != HUB, self.rng.random())) if not self.mesh else self._shuffled()
        if not self.mesh:
            pushed = self.push(SHUT_IN, HUB)
            assert not pushed.says, pushed
            given += pushed.delivered
        for puller, giver in order:
            pulled = self.pull(puller, giver)
            assert pulled is not None
            assert pulled.whole, pulled
            given += sum(one.given for one in pulled.collections)
        for party in HONEST:
            assert self.pull(party, HOSTILE) is not None
        self.counts.rounds += 1
        return given

    def _shuffled(self) -> list[tuple[str, str]]:
        links = list(self.links())
        self.rng.shuffle(links)
        return links


class _Watched:
    """A node whose every page is looked over as it leaves."""

    def __init__(self, world: Federation, giver: str) -> None:
        self.world, self.giver, self.node = world, giver, world.nodes[giver]
        self.collections, self.add = self.node.collections, self.node.add

    def read(self, caller: Caller, collection: str, asked: Asked) -> Page:
        page = self.node.read(caller, collection, asked)
        for told in page.objects:
            assert self.world.allowed(self.giver, caller.party, told.body), f"{self.giver} gave {caller.party} {told.body!r}"
        self.world.counts.let_out += len(page.objects)
        return page


# -- what must hold


def run(seed: int, make: Callable[[Federation, str], NodeInMemory] | None = None) -> Counts:
    """One run from its seed; AssertionError tells what is amiss."""
    world = Federation(seed) if make is None else Federation(seed, make)
    world.storm()
    check_acts(world)
    world.heal()
    world.round()
    world.round()
    check_acts(world)
    check_all_there(world, "report")
    for _ in range(8):
        if world.round() == 0:
            break
    else:
        raise AssertionError(f"seed {seed}: after {world.counts.rounds} rounds something moves still")
    check_acts(world)
    check_all_there(world, "report", RECALL)
    check_recalls(world)
    return world.counts


def check_acts(world: Federation) -> None:
    """No act on any record that its author did not make; none of the hostile one's in anybody else's name."""
    firsts = {first_key(party)[1].act.hash for party in EVERYBODY}
    for party, node in world.nodes.items():
        for act_hash, entry in node.disk.acts.items():
            if act_hash in firsts or entry.act.kind == "receive-information":
                assert entry.act.actor in HONEST or act_hash in firsts, f"{party}: {entry.act}"
                continue
            known = world.authored.get(act_hash) or world.eve.genuine.get(act_hash)
            own = entry.act.actor == HOSTILE and entry.act.on_behalf_of is None and entry.act.kind in ("ratify", "denounce")
            assert known == entry.act or own, f"{party} holds an act that nobody made: {entry.act}"


def check_all_there(world: Federation, *kinds: str) -> None:
    """Every honest act is on every honest record, and what of these kinds is open over any link is on its other side."""
    for party, node in world.nodes.items():
        lost = [act for act_hash, act in world.authored.items() if act_hash not in node.disk.acts]
        assert not lost, f"{party} lacks {lost[0]}"
        genuine = {h for other in world.nodes.values() for h, e in other.disk.acts.items() if h in world.eve.genuine and e.signature}
        assert genuine <= node.disk.acts.keys(), f"{party} lacks what others know of the hostile one"
    for puller, giver in [*world.links(), *([] if world.mesh else [(HUB, SHUT_IN)])]:
        taker, node = world.nodes[puller], world.nodes[giver]
        held = {kept.body for kept in taker.disk.objects.values()}
        versions = {key[1:] for key in taker.disk.objects if key[0] == giver}
        for key, kept in node.disk.objects.items():
            if (
                kept.type in kinds
                and key[0] != puller
                and key[1] not in taker.disk.own
                and kept.label["originator"] != puller
                and node.is_open(puller, key, kept)
            ):
                assert kept.body in held or key[1:] in versions, f"{puller} lacks {kept.body!r} of {giver}"
                if world.bodies.get(kept.body) == giver:
                    assert kept.body in held, f"{puller} has another content of {key} of {giver}"


def check_recalls(world: Federation) -> None:
    """What was recalled is closed wherever it came to over honest links, and whoever got it from its originator said so."""
    links = {*world.links(), *(() if world.mesh else ((HUB, SHUT_IN),))}
    for party, node in world.nodes.items():
        recalls = {(e.act.details["item"], e.act.actor): e.act.hash for e in node.disk.acts.values() if e.act.kind == "recall"}
        for (home, object_id), takers in node.disk.released.items():
            for taker in takers & set(HONEST) if (home, object_id) in node.disk.recalled else ():
                if (taker, party) not in links or taker == home:
                    continue
                there = world.nodes[taker].disk
                originators = {kept.label["originator"] for (of, id_, _), kept in there.objects.items() if (of, id_) == (party, object_id)}
                if taker not in originators and any((object_id, one) in recalls for one in originators):
                    assert (party, object_id) in there.recalled, f"{taker} still has {object_id}, which {party} recalled"
                if home == party:
                    said = [e.act for e in node.disk.acts.values() if (e.act.actor, e.act.replies_to) == (taker, recalls[object_id, party])]
                    assert said, f"{taker} never acknowledged the recall of {object_id} to {party}"
