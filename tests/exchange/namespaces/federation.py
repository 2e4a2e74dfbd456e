"""Four nodes and a hostile one, each in a namespace: they pull from one another while things go wrong; then all heals, and all must be there."""

from __future__ import annotations

import json
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from comity.acts import Act, sign
from comity.cli.sending import Shown
from comity.exchange import schema
from comity.ledger import check
from tests.exchange.certificates import Authority
from tests.exchange.federation_simulator import HOSTILE, first_key
from tests.exchange.ledger_nodes import LedgerNode, held_twice, lost_acts, lost_objects, make_template, unmade_acts
from tests.exchange.namespaces.ethernet import QUIET, Namespace, Switch, namespaces
from tests.exchange.namespaces.plan import EVERYBODY, HONEST, PACTS, STRANGERS, Round, Step, Visit, partners_of
from tests.exchange.namespaces.processes import NodeInNamespace, Place, authorization, end, started
from tests.exchange.namespaces.what_left import leaked
from tests.exchange.pacts_and_reports import against, book, some_act, some_report
from tests.exchange.real_federations import START

_HEALED = timedelta(days=4)


class FederationInNamespaces:
    """One run. ``counts``: what happened; ``amiss``: what ought not to have."""

    def __init__(self, seed: int, folder: Path, switch: Switch, places: dict[str, Place]) -> None:
        self.rng, self.switch, self.places = random.Random(seed), switch, places
        self.counts, self.amiss = Counter[str](), list[str]()
        self._ended = False
        self.authored: dict[str, Act] = {}
        self.reports: dict[bytes, dict[str, Any]] = {}
        self.skews = dict.fromkeys(EVERYBODY, timedelta())
        self.base = START - datetime.now(UTC)
        self._set_clocks()
        template = make_template(folder, book(HONEST, PACTS), START)
        self.nodes = {p: NodeInNamespace(places[p], LedgerNode(p, EVERYBODY, template, places[p].now)) for p in HONEST}
        self.shown = {(g, t): self.nodes[g].admit(t, self.rng.random() < 0.5 and t != HOSTILE) for g in HONEST for t in partners_of(g)}
        self.shown |= {(HOSTILE, taker): Shown(token="whatever") for taker in HONEST}
        self.gentle = folder / "gentle"
        self._hostile = self._start_hostile(seed)

    def close(self) -> None:
        end(self._hostile)
        for node in self.nodes.values():
            node.close()

    def _start_hostile(self, seed: int) -> Any:
        place = self.places[HOSTILE]
        doors = {giver: (self.places[giver].namespace.address, self.shown[giver, HOSTILE].token) for giver in HONEST}
        callers = {self.places[party].namespace.address: party for party in HONEST}
        return started(
            place.namespace, place.log, "hostile", *place.certified(), "--authority", str(place.authority.certificate), "--seed", str(seed),
            "--clock", str(place.clock_file), "--gentle", str(self.gentle), "--doors", json.dumps(doors), "--callers", json.dumps(callers),
        )  # fmt: skip

    def _set_clocks(self) -> None:
        for party, place in self.places.items():
            place.set_clock(self.base + self.skews[party])

    # -- a round

    def serve(self) -> None:
        """Everybody is up, and answers."""
        for node in self.nodes.values():
            node.wakes()
        for node in self.nodes.values():
            node.waits_until_served()

    def round(self, planned: Round) -> int:
        """Everybody pulls as planned while what is planned goes wrong: how many objects honest nodes gave."""
        self.base += timedelta(minutes=planned.minutes)
        self._set_clocks()
        self.switch.noise = planned.noise
        begun = time.monotonic()
        with ThreadPoolExecutor(len(HONEST)) as pool:
            pulling = [pool.submit(self._pulls, party, planned.visits[party]) for party in HONEST]
            try:
                for step in planned.steps:
                    time.sleep(max(0.0, begun + step.at - time.monotonic()))
                    self._takes(step)
                return sum(one.result() for one in pulling)
            except BaseException:  # nobody pulls on while all is taken down
                self._ended = True
                for node in self.nodes.values():
                    node.ends_pull()
                raise

    def _pulls(self, party: str, visits: Sequence[Visit]) -> int:
        found = 0
        for visit in visits:
            if self._ended:
                break
            done = self.nodes[party].pull(self.places[visit.giver], visit, self.shown[visit.giver, party])
            with _COUNTING:
                self.counts["pulls"] += 1
                self.counts["pulls_failed"] += bool(done.says)
                self.counts["pulls_killed"] += done.killed
                self.amiss += [f"{party} pulling from {visit.giver} broke: {done.errors}"] if done.errors else []
                if self.gentle.exists() and visit.giver != HOSTILE and done.says:
                    self.amiss.append(f"{party} could not pull from {visit.giver} when all was well: {done.says}")
            found += done.given if visit.giver != HOSTILE else 0
        return found

    # -- what goes wrong, and what is said

    def _takes(self, step: Step) -> None:
        {
            "speaks": self._speaks, "jumps": self._jumps, "dies": self._dies, "wakes": self._wakes, "falls off": self._falls_off,
            "comes back": self._comes_back, "parts": self._parts, "meets": self._meets, "forgets": self._forgets,
        }[step.what](step)  # fmt: skip

    def _speaks(self, step: Step) -> None:
        node, party, rng = self.nodes[step.who].node, step.who, self.rng
        if rng.random() < 0.92:
            objects = some_report(rng, party, EVERYBODY, node.clock())
            node.publish(*objects)
            self.reports[json.dumps(objects[-1]).encode()] = objects[-1]
            self.counts["objects_published"] += 1
        else:
            act = some_act(rng, party, [pact for pact, codes in PACTS.items() if party in codes], node.clock().date())
            signed = party in STRANGERS or rng.random() < 0.7  # what goes through others has to be signed
            self.authored[act.hash] = act
            node.do(act, sign(act, first_key(party)[0]) if signed else None)
            self.counts["acts_published"] += 1

    def _jumps(self, step: Step) -> None:
        self.skews[step.who] = timedelta(minutes=step.minutes)
        self._set_clocks()
        self.counts["clock_jumps"] += 1

    def _dies(self, step: Step) -> None:
        self.nodes[step.who].dies()
        self.counts["kills"] += 1

    def _wakes(self, step: Step) -> None:
        self.nodes[step.who].wakes()

    def _falls_off(self, step: Step) -> None:
        self._namespace(step.who).down()
        self.counts["partitions"] += 1

    def _comes_back(self, step: Step) -> None:
        self._namespace(step.who).up()

    def _parts(self, step: Step) -> None:
        self.switch.cut |= {self._between(step)}
        self.counts["partitions"] += 1

    def _meets(self, step: Step) -> None:
        self.switch.cut -= {self._between(step)}

    def _forgets(self, step: Step) -> None:
        """How far it had come with its partners: as after a backup of that was put back."""
        with self.nodes[step.who].node.ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(sa.delete(schema.kept))
        self.counts["forgotten_cursors"] += 1

    def _between(self, step: Step) -> frozenset[int]:
        return frozenset((self._namespace(step.who).file, self._namespace(step.other).file))

    def _namespace(self, party: str) -> Namespace:
        return self.places[party].namespace

    # -- in the end

    def heal(self) -> None:
        """Links, clocks and nodes as they ought to be; days later, so that nothing was done tomorrow."""
        self.gentle.touch()
        self.switch.noise, self.switch.cut = QUIET, frozenset()
        for party in EVERYBODY:
            self._namespace(party).up()
        self.base += _HEALED
        self.skews = dict.fromkeys(EVERYBODY, timedelta())
        self._set_clocks()
        self.serve()

    def look_over(self) -> dict[str, list[str]]:
        """What is lost, there twice, forged, leaked, or broken."""
        nodes = {party: one.node for party, one in self.nodes.items()}
        found: dict[str, list[str]] = {name: [] for name in ("lost", "duplicated", "forged", "leaked", "broken")}
        left = list[Mapping[str, Any]]()
        for party, node in nodes.items():
            takers = {authorization(self.shown[party, taker]): taker for taker in partners_of(party)}
            reports, leaks = leaked(node, self.nodes[party].told, takers, self.reports, PACTS)
            left += reports
            found["leaked"] += leaks
            found["lost"] += lost_acts(node, self.authored) + self._overdue(node)
            found["forged"] += unmade_acts(node, self.authored, date(2026, 1, 1))
            found["duplicated"] += held_twice(node, EVERYBODY)
            found["broken"] += [str(one) for one in check(node.ledger).touched]
            found["broken"] += [self.places[party].log.read_text()[-2000:]] if "Traceback" in self.places[party].log.read_text() else []
            for giver in HONEST:
                if giver in partners_of(party):
                    found["lost"] += lost_objects(node, nodes[giver], EVERYBODY)
        self.counts["objects_let_out"] = len(left)
        self.counts["secrets_let_out"] = sum(one["policy"] != "PUBLIC" for one in left)
        self.counts["objects_received"] = sum(len(self._received(node)) for node in nodes.values())
        return found

    def raids(self) -> int:
        """How often the hostile one went round to the others."""
        return sum(line.isdigit() for line in self.places[HOSTILE].log.read_text().splitlines())

    def _overdue(self, node: LedgerNode) -> list[str]:
        """Reports that their author ought to have given to this node, by the law as it is in the end, and that are not there."""
        here, found = self._received(node), list[str]()
        for author in set(partners_of(node.party)) & set(HONEST):
            there = self.nodes[author].node
            bound = there.is_bound(there.clock().date())
            own = {body: one for body, one in self.reports.items() if one["originator"] == author and body not in here}
            found += [
                f"{node.party} lacks {one['id']} of {author}"
                for one in own.values()
                if (one["to"] is None or node.party in one["to"]) and not against(one, author, node.party, PACTS, bound)
            ]
        return found

    def _received(self, node: LedgerNode) -> set[bytes]:
        """The reports of others that a node holds."""
        return {told.body for partner in EVERYBODY if partner != node.party for told in node.from_home(partner)} & self.reports.keys()


_COUNTING = threading.Lock()


@contextmanager
def federation(seed: int, folder: Path) -> Iterator[FederationInNamespaces]:
    """All of it, in an empty folder; nothing of it is left in the end."""
    with ExitStack() as stack:
        _as_interrupt(stack)
        made = stack.enter_context(namespaces([party.lower() for party in EVERYBODY]))
        switch = Switch([one.file for one in made], random.Random(seed))
        stack.callback(switch.close)
        authority = Authority(folder, "authority")
        places = {party: Place(party, one, folder / party.lower(), authority) for party, one in zip(EVERYBODY, made, strict=True)}
        world = FederationInNamespaces(seed, folder, switch, places)
        stack.callback(world.close)
        yield world


def _as_interrupt(stack: ExitStack) -> None:
    """Being told to end is an interrupt: what was made is taken down."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before: Callable[..., Any] | int | None = signal.signal(signal.SIGTERM, interrupt)
    stack.callback(signal.signal, signal.SIGTERM, before)
