"""Three real nodes on SQLite and a hostile partner, each asked through its real TAXII door, over a network that fails; from one seed.

What is on each ledger outlives a stop, and how far it had come with each partner, perhaps an older state of that. The law is the book's: an
agreement on secrets between the three, which each ratifies and denounces. It is read once more here, from the ledger as a book, for every page.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from comity.acts import Act, sign
from comity.exchange import Caller, Delivery, taxii
from comity.exchange.between.asking_partners import Answer, Asking, Bounds, Partner, Unreachable
from comity.exchange.between.pulling import Pulled, Puller
from tests.exchange.federation_simulator import HOSTILE, Stopped, first_key
from tests.exchange.hostile_partners import HostilePartner
from tests.exchange.ledger_nodes import LedgerNode, held_twice, lost_acts, lost_objects, make_template, unmade_acts
from tests.exchange.pacts_and_reports import against, book, some_act, some_report

HONEST = ("AAA", "BBB", "CCC")
EVERYBODY = (*HONEST, HOSTILE)
START = datetime(2026, 2, 10, 12, tzinfo=UTC)
BOUNDS = Bounds(page_bytes=100_000, page_objects=7, object_bytes=20_000, pages=60, objects=2000, tries=2, waiting=20, longest_wait=10)
PACTS = {"pact-0": HONEST}


class RealNode(LedgerNode):
    """One party's node; what is not in its ledger or its cursors is gone when it stops."""

    def __init__(self, party: str, template: Path, clock: Callable[[], datetime]) -> None:
        self.cursors: dict[str, str] = {}
        self.between: Callable[[], None] = lambda: None
        super().__init__(party, EVERYBODY, template, clock)

    def wakes(self) -> None:
        super().wakes()
        takes = self.node.acts_from

        def acts_from(party: str, bodies: Sequence[bytes]) -> Sequence[str]:
            says = takes(party, bodies)
            self.between()
            return says

        self.node.acts_from = acts_from

    def get(self, key: str) -> str | None:
        return self.cursors.get(key)

    def put(self, key: str, value: str) -> None:
        self.cursors[key] = value

    def receive(self, sender: str, path: str, bodies: Sequence[bytes]) -> Delivery:
        """Acts onto the record, then what is not refused into the partner's home."""
        return self.links.take(sender, bodies)


class RealFederation:
    """One run."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.rng, self.at, self.healed = random.Random(seed), START, False
        template = make_template(folder, book(HONEST, PACTS), START)
        self.skews = {party: timedelta(minutes=self.rng.randrange(-1440, 1441)) for party in HONEST}
        self.nodes = {party: RealNode(party, template, self._clock(party)) for party in HONEST}
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
        reports = [one for one in objects if one["type"] == "tool"]
        self.secrets += sum(one["policy"] != "PUBLIC" for one in reports)
        if reports:
            node = self.nodes[giver]
            bound = node.is_bound(node.clock().date())
            for one in reports:
                assert not (says := against(one, giver, taker, PACTS, bound)), (giver, taker, says, one)

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

    def something(self, party: str) -> None:
        node, rng = self.nodes[party], self.rng
        if rng.random() < 0.65:
            node.publish(*some_report(rng, party, EVERYBODY, self.at))
        else:
            act = some_act(rng, party, tuple(PACTS), node.clock().date())
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
    """Every honest act on every record; none there that its author did not make; what is open over any link on its other side, once."""
    for taker in world.nodes.values():
        amiss = [*lost_acts(taker, world.authored), *unmade_acts(taker, world.authored, date(2026, 1, 1)), *held_twice(taker, EVERYBODY)]
        amiss += [one for giver in world.nodes.values() if giver is not taker for one in lost_objects(taker, giver, EVERYBODY)]
        assert not amiss, amiss[0]
