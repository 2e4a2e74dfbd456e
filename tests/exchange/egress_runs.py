"""A small world lived through: a real node on a real ledger, day by day, and beside it the slow oracle; every door asked of both.

A decision is whether one object version is shown to one partner at one door on one day. A *leak* is shown and ought not to be, a *wrong refusal*
the other way round; *else* is another order, another body, or something else on record than the text says.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from comity.acts import Act, read_act
from comity.book import read_files
from comity.exchange import Asked, Caller, Collection, Desk, Filters, Given, Node, Page, Told, make_node, schema
from comity.keeping import add_rows, take_in
from comity.ledger import Ledger, create
from comity.terms import BadInput, NotOnRecord
from oracles import exchange as oracle
from oracles.gate import Key, Law
from oracles.merkle import mth
from tests.exchange.egress_labels import Done, label_key, law_of
from tests.exchange.egress_things import COLLECTIONS, HOMES, SPECS, TYPES, UNVERSIONED, own_keys, things_of
from tests.exchange.interrupted_reads import BeforeRows, Interrupted, of_no_weight
from tests.exchange.small_egress_worlds import FIRST, KEEPER, PARTNERS, csv_of, world

DIFFERENT = 60
"""So many labels the objects of a world have."""
KEEPERS = Caller("desk", KEEPER, keeper=True)


def run(seed: int, folder: Path, *, objects: int = 400, days: int = 5, law: Law | None = None, first: bool = False) -> Done:
    """Live through the world of a seed, on a ledger in an empty folder; ``law``: the oracle's, where it is at hand. ``first``: as of Done."""
    return _Run(seed, folder, objects, days, law, Done(seed, first=first)).live()


class _Seen(NamedTuple):
    """What a partner saw of a collection when it last looked at all of it, by their bytes: its stamps, the node's own, and the last it ever saw."""

    stamps: dict[bytes, int]
    own: dict[bytes, int]
    last: int


class _Run:
    def __init__(self, seed: int, folder: Path, objects: int, days: int, law: Law | None, done: Done) -> None:
        self.rng, self.drawn, self.done = random.Random(f"run {seed}"), world(seed), done
        self.now = datetime.combine(FIRST - timedelta(days=1), time(12), UTC)
        self.ledger: Ledger = create(f"sqlite:///{folder / 'node.db'}", "small.example.org", self.clock)
        take_in(read_files(self.drawn.files(FIRST - timedelta(days=1)), "small world"), self.ledger)
        make_node(self.ledger, KEEPER, self.now)
        self.node = Node(self.ledger, self.clock)
        self.slow = oracle.Node(law or law_of(self.drawn), COLLECTIONS)
        self.days = self.drawn.days(days)
        self.labels = [own_keys(self.rng) for _ in range(DIFFERENT)]
        self.plan = things_of(self.rng, objects, len(self.days), self.labels)
        numbers: dict[str, int] = {}
        for one in COLLECTIONS:
            homes = frozenset(numbers[home] for home in one.homes if home in numbers) if len(one.homes) > 1 else frozenset[int]()
            made = self.node.put_collection(
                Collection(0, one.id, "Some", alias=one.id[-4:], homes=homes, types=one.types, readers=one.readers, writers=frozenset(PARTNERS))
            )
            if not homes:
                numbers[next(iter(one.homes))] = made.number
        self.recorded = FIRST - timedelta(days=1)
        self.seen: dict[tuple[str, str], _Seen] = {}
        self.touched: set[bytes] = set()
        self.released: defaultdict[str, set[str]] = defaultdict(set)
        self.pages: dict[int, list[tuple[str, int]]] = {}
        self.grounds: dict[tuple[tuple[str, ...], str], str] = {}

    def clock(self) -> datetime:
        return self.now

    def live(self) -> Done:
        """Day after day: what came on record, what is put in, called back, labelled anew; then every door."""
        try:
            for place, day in enumerate(self.days):
                self.now = datetime.combine(day, time(12), UTC)
                before = {thing.body: (thing.own, self.slow.class_of(thing)) for thing in self.slow.things}
                self._put(self.plan[place])
                self._change({thing.id for some in self.plan[place + 1 :] for thing in some})
                for partner in PARTNERS:  # what is ruled today, before what comes today
                    self.node.letting_out.look(Caller(f"{partner.lower()}-1", partner))
                self._record(day)
                self._withdraw(day)
                self.touched |= {t.body for t in self.slow.things if before.get(t.body) != (t.own, self.slow.class_of(t))}
                for partner in PARTNERS:
                    if self.rng.random() < 0.85:
                        self._ask(partner, day)
                self._compare_all("the keeper's own view", KEEPERS, COLLECTIONS[2], day, oracle.Wanted(versions=("all",)), bodies=True)
                self._compare_between(day)
                self._compare_older_pages()
        finally:
            self.ledger.engine.dispose()
        return self.done

    # -- what comes

    def _record(self, day: date) -> None:
        rows = [row for row in self.drawn.rows if self.recorded < date.fromisoformat(row["recorded"]) <= day]
        self.recorded = day
        if rows:
            add_rows(self.ledger, csv_of(rows), "more.csv", day)

    def _put(self, things: Sequence[oracle.Thing]) -> None:
        """A delivery for each home and giver; some of it comes again, some of that with other bytes."""
        for home, collection in HOMES.items():
            for giver in (KEEPER, *PARTNERS):
                some = [thing for thing in things if (thing.home, thing.giver) == (home, giver)]
                if not some:
                    continue
                held = [thing for thing in self.slow.things if (thing.home, thing.giver) == (home, giver)]
                for thing in self.rng.sample(held, min(len(held), self.rng.choice((0, 2)))):
                    some.append(replace(thing, version=_known(thing.id, thing.version)[1], body=thing.body + self.rng.choice((b"", b" "))))
                self._tick()
                wanted = self.slow.put(some)
                caller = KEEPERS if giver == KEEPER else Caller(f"{giver.lower()}-1", giver, writes=True)
                told = self.node.put(caller, collection, [_given(thing) for thing in some])
                if len(told.taken) != sum(wanted):
                    self._differs("else_", f"put into {home}: {len(told.taken)} taken, oracle {sum(wanted)}")

    def _change(self, later: set[str]) -> None:
        """Something is called back, though nothing of which there will be ``later`` versions; something gets another label."""
        if self.rng.random() < 0.6:
            self._recall(self.rng.choice([thing for thing in self.slow.things if thing.id not in later]).id)
        for _ in range(self.rng.choice((0, 1, 3))):
            thing = self.rng.choice(self.slow.things)
            if thing.id not in self.slow.recalled:
                own = self.rng.choice(self.labels)
                self._tick()
                self.slow.reclassify(thing.id, own)
                self.node.reclassify(thing.id, frozenset(map(label_key, own)), "another")

    def _withdraw(self, day: date) -> None:
        """Somebody takes out what it gave, or tries to with what another did."""
        for _ in range(self.rng.choice((0, 1, 2))):
            thing, asked = self.rng.choice(self.slow.things), self.rng.choice((("all",), ("last",), ("first",)))
            who = self.rng.choice((thing.giver, thing.giver, *PARTNERS))
            collection = next((one for one in COLLECTIONS if thing.home in one.homes and (who == KEEPER or self.slow.reads(who, one))), None)
            if collection is None:
                continue
            self._tick()
            if who != KEEPER:
                self.slow.look(who, day)
            caller = KEEPERS if who == KEEPER else Caller(f"{who.lower()}-1", who, writes=True)
            wanted = self.slow.withdraw(who, collection, day, oracle.Wanted(ids=(thing.id,), versions=asked))
            try:
                self.node.withdraw(caller, collection.id, thing.id, Filters(versions=asked))
            except NotOnRecord:
                wanted = not wanted
            if not wanted:
                self._differs("else_", f"{who} takes out {thing.id} {asked}: not as the oracle has it")

    def _recall(self, object_id: str) -> None:
        self._tick()
        self.slow.recall(object_id)
        told = self.node.recall(object_id)
        if tuple(sorted(self.released[object_id])) != told:
            self._differs("else_", f"recall of {object_id}: released to {sorted(self.released[object_id])}, told of {told}")

    def _tick(self) -> None:
        self.now += timedelta(seconds=1)
        self.slow.now = int(self.now.timestamp()) * 1_000_000

    # -- every door

    def _ask(self, partner: str, day: date) -> None:
        caller, rng = Caller(f"{partner.lower()}-1", partner), self.rng
        self._tick()
        refused = self.slow.look(partner, day)
        size = self.ledger.head().size
        listed = [shown.id for shown in self.node.collections(caller)]
        if listed != self.slow.shown(partner):
            self._differs("else_", f"{partner} {day}: collections {listed}, oracle {self.slow.shown(partner)}")
        for number, collection in enumerate(COLLECTIONS):
            if not self.slow.reads(partner, collection):
                self._not_there(caller, collection)
                continue
            name = f"{partner} {day} collection {number + 1}"
            page = self._compare_all(f"{name} all", caller, collection, day, oracle.Wanted(versions=("all",)), bodies=True)
            self._compare_stamps(name, partner, collection, page)
            if number == 0:
                self._compare_refusals(name, refused, size)
            for versions in (("last",), ("first",), ("first", "last")):
                self._compare_all(f"{name} {versions}", caller, collection, day, oracle.Wanted(versions=versions), bodies=rng.random() < 0.3)
            some = tuple(sorted({thing.version for thing in rng.sample(self.slow.things, 5) if thing.type != UNVERSIONED}))
            types = tuple(rng.sample(TYPES, 2))
            self._compare_all(f"{name} of versions", caller, collection, day, oracle.Wanted(types=types, versions=some), bodies=False)
            self._compare_all(f"{name} of the last and versions", caller, collection, day, oracle.Wanted(versions=("last", *some[:2])), bodies=False)
            self._compare_all(f"{name} of a spec", caller, collection, day, oracle.Wanted(specs=(rng.choice(SPECS),)), bodies=False)
            self._compare_pages(f"{name} in pages", caller, collection, day)
            self._compare_objects(name, caller, collection, day)

    def _compare_all(self, name: str, caller: Caller, collection: oracle.Collection, day: date, wanted: oracle.Wanted, *, bodies: bool) -> Page:
        size = self.ledger.head().size
        page = self.node.read(caller, collection.id, Asked(_filters(wanted), limit=10_000, bodies=bodies))
        want = self.slow.read(caller.party, collection, day, wanted)
        if page.more:
            self._differs("else_", f"{name}: says that there is more")
        self._compare(name, page.objects, want, collection, bodies=bodies)
        self._compare_log(name, caller, page, bodies=bodies)
        if not caller.keeper:
            self._compare_releases(name, caller.party, page, want, day, size, bodies=bodies)
        return page

    def _compare_log(self, name: str, caller: Caller, page: Page, *, bodies: bool) -> None:
        """4: the row of the access log about a page."""
        one = Desk(self.node).log(caller.party, 1)[0]
        root = mth([sha256(told.body).digest() for told in page.objects]).hex() if bodies and page.objects else None
        want = (caller.client, caller.party, len(page.objects), root, "served" if bodies else "told of")
        if (one.client, one.partner, one.count, one.root, one.outcome) != want:
            self._differs("else_", f"{name}: the log has {one}")
        again = Desk(self.node).page(one.number)
        if not again.holds or [(left.id, left.version) for left in again.left] != [(told.id, told.version) for told in page.objects]:
            self._differs("else_", f"{name}: put together again it is another page")
        self.pages[one.number] = [(told.id, told.version) for told in page.objects]
        released = sum(act.count for act in again.acts)
        if not all(act.holds for act in again.acts) or released != (len(page.objects) if bodies and not caller.keeper else 0):
            self._differs("else_", f"{name}: put together again it is not what the release acts say: {again.acts}")
        if bodies and not caller.keeper:
            for told in page.objects:
                self.released[told.id].add(caller.party)

    def _compare_older_pages(self) -> None:
        """4: what was on a page is told as it was, whatever became of it since, and whether it is still where it was."""
        with self.ledger.engine.connect() as connection:
            there = set(connection.execute(sa.select(schema.object_.c.stamp)).scalars())
        for number in self.rng.sample(sorted(self.pages), min(len(self.pages), 5)):
            again = Desk(self.node).page(number)
            if not again.holds or [(left.id, left.version) for left in again.left] != self.pages[number] or not all(act.holds for act in again.acts):
                self._differs("else_", f"page {number} is another one by now")
            if any(left.here != (left.stamp in there) for left in again.left):
                self._differs("else_", f"page {number}: what is still where it was is not told")

    def _compare_between(self, day: date) -> None:
        """4.2 and 4.3: what comes between a ruling and what is written down of it, or after: if it can change a ruling, the ruling is taken anew."""
        home = self.node.find_collection(COLLECTIONS[2].id)
        assert home is not None
        noon, thing = self.now, self.rng.choice([thing for thing in self.slow.things if thing.id not in self.slow.recalled])
        own = self.rng.choice([own for own in self.labels if own != thing.own])

        def nothing() -> None:
            pass

        def publish() -> None:
            again = [one for one in self.slow.things if (one.giver, one.home) == (KEEPER, "one") and one.id not in self.slow.recalled]
            self.node.put(KEEPERS, HOMES["one"], [_given(one) for one in again[:1]])

        def turn() -> None:
            self.now = noon + timedelta(days=1)

        def act() -> None:
            add_rows(self.ledger, csv_of([of_no_weight(day)]), "more.csv", day)

        def relabel() -> None:
            before = {thing.body: self.slow.class_of(thing) for thing in self.slow.things}
            self._tick()
            self.slow.reclassify(thing.id, own)
            self.node.reclassify(thing.id, frozenset(map(label_key, own)), "another")
            self.touched |= {one.body for one in self.slow.things if self.slow.class_of(one) != before[one.body]}

        def both() -> None:
            publish()
            add_rows(self.ledger, csv_of([of_no_weight(day, "both")]), "more.csv", day)

        for comes, anew in ((nothing, False), (publish, False), (turn, True), (act, True), (relabel, True), (both, True)):
            reading = Interrupted(self.node, comes if comes is not act else nothing)
            page = reading.page(KEEPERS, home, Asked(limit=10))
            if reading.rulings != 1 + (anew and comes is not act):
                self._differs("else_", f"{day}: {reading.rulings} rulings on a page between which comes: {comes.__name__}")
            if comes is act:
                comes()
            if page.holds() == (comes is act):
                self._differs("else_", f"{day}: a page, {comes.__name__}, and holds is {page.holds()}")
            if comes is turn:
                self.now = noon
                if page.holds():
                    self._differs("else_", f"{day}: a page of another day holds")
        self._compare_what_comes_meanwhile(home)
        again = Interrupted(self.node, lambda: add_rows(self.ledger, csv_of([of_no_weight(day, "again")]), "more.csv", day))
        again.page(KEEPERS, home, Asked(limit=10))
        if again.rulings != 2:
            self._differs("else_", f"{day}: an act came between, and a page left on {again.rulings} rulings")

    def _compare_what_comes_meanwhile(self, home: Collection) -> None:
        """4.1: what is put in between a ruling and its rows is not on the page, asked for by id, by type or not; it is afterwards."""
        for by in ("all", "id", "type"):
            body = f'{{"id": "report--{UUID(int=self.rng.getrandbits(128), version=4)}"}}'.encode()
            thing = oracle.Thing(body[8:-2].decode(), 1, "one", self.rng.choice(self.labels), frozenset(), KEEPER, body)

            def comes(thing: oracle.Thing = thing) -> None:
                self._tick()
                self.slow.put([thing])
                self.node.put(KEEPERS, HOMES["one"], [_given(thing)])

            asked = Asked(Filters((thing.id,) if by == "id" else (), (thing.type,) if by == "type" else (), ("all",)), limit=10_000)
            page = BeforeRows(self.node, comes).page(KEEPERS, home, asked)
            if any(told.id == thing.id for told in page.objects):
                self._differs("else_", f"{thing.id} came after the ruling, and is on the page")
            if not any(told.id == thing.id for told in self.node.read(KEEPERS, home.id, asked).objects):
                self._differs("else_", f"{thing.id} came, and is not there")

    def _compare_stamps(self, name: str, partner: str, collection: oracle.Collection, page: Page) -> None:
        """5: what opens, or comes, stands after everything that was seen; what stays open stays where it is, unless it came anew."""
        own = {one.body: one.stamp for one in self.node.read(KEEPERS, collection.id, Asked(Filters(versions=("all",)), limit=10_000)).objects}
        # of several that are the same version now this one is shown and now that
        each = Counter(_known(thing.id, thing.version) for thing in (*self.slow.things, *self.slow.gone))
        now = {one.body: one.stamp for one in page.objects if each[_known(one.id, one.version)] == 1}
        seen = self.seen.get((partner, collection.id))
        if seen is None:
            late = [body for body, stamp in now.items() if stamp != own[body]]
        else:
            late = [body for body, stamp in now.items() if body not in seen.stamps and stamp <= seen.last]
            late += [body for body, stamp in now.items() if seen.stamps.get(body, stamp) != stamp and (stamp != own[body] or seen.own[body] == stamp)]
        for body in late[:3]:
            self._differs(
                "else_", f"{name}: a stamp {now[body]}, its own is {own[body]}, last seen {seen and (seen.stamps.get(body), seen.last)}: {body!r}"
            )
        back = [own[body] for body, stamp in sorted(now.items(), key=lambda one: one[1]) if seen and body not in seen.stamps and stamp != own[body]]
        if back != sorted(back):
            self._differs("else_", f"{name}: what opens later does not keep its order")
        for body, stamp in own.items():
            if seen and seen.own.get(body, stamp) != stamp and body not in self.touched:
                self._differs("else_", f"{name}: {body!r} came anew for no reason")
        self.seen[partner, collection.id] = _Seen(now, own, max([*now.values(), seen.last if seen else 0]))

    def _compare_pages(self, name: str, caller: Caller, collection: oracle.Collection, day: date) -> None:
        """In pages by cursors, and then what is new since one of the objects in between."""
        many = len(self.slow.things)
        limit, wanted = self.rng.randrange(many // 10 + 1, many // 3 + 2), oracle.Wanted(versions=self.rng.choice((("all",), ("last",), ("first",))))
        got: list[Told] = []
        there = len(self.slow.read(caller.party, collection, day, wanted))
        asked, more = Asked(_filters(wanted), limit=limit, bodies=False), True
        while more:
            page = self.node.read(caller, collection.id, asked)
            if len(page.objects) > limit or (page.more and page.cursor is None):
                self._differs("else_", f"{name}: {len(page.objects)} of {limit}, more {page.more}")
                return
            if page.more != (len(got) + len(page.objects) < there):
                self._differs("else_", f"{name}: {len(got)} and {len(page.objects)} of {there}, and more is {page.more}")
                return
            if self.rng.random() < 0.3 and self.node.read(caller, collection.id, asked) != page:
                self._differs("else_", f"{name}: asked again it is another page")
            if page.cursor is not None and not got:
                self._compare_cursors(name, caller, collection, asked, page.cursor)
            got += page.objects
            if len(got) > len(self.slow.things):
                self._differs("else_", f"{name}: more comes than there is")
                return
            asked, more = Asked(_filters(wanted), limit=limit, bodies=False, cursor=page.cursor), page.more
        self._compare(name, got, self.slow.read(caller.party, collection, day, wanted), collection, bodies=False)
        if got:
            middle = self.rng.randrange(len(got))
            new = self.node.read(caller, collection.id, Asked(_filters(wanted), after=got[middle].stamp, limit=10_000, bodies=False))
            if list(new.objects) != got[middle + 1 :]:
                self._differs("else_", f"{name}: after {middle} of {len(got)} come {len(new.objects)}")

    def _compare_cursors(self, name: str, caller: Caller, collection: oracle.Collection, asked: Asked, cursor: str) -> None:
        """5.4: a cursor is of one partner, one collection and these filters, and whole."""
        place = self.rng.randrange(len(cursor))
        altered = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
        whole = replace(asked, cursor=cursor)
        other = next(one for one in COLLECTIONS if one != collection and self.slow.reads(caller.party, one))
        wrong = [
            (caller, collection, replace(asked, cursor=altered)),
            (caller, other, whole),
            (KEEPERS, collection, whole),
            (caller, collection, replace(whole, after=1)),
            (caller, collection, replace(whole, filters=replace(asked.filters, types=("report",)))),
        ]
        for who, where, one in wrong:
            try:
                self.node.read(who, where.id, one)
            except BadInput:
                self._compare_turned_away(who, where)
                continue
            self._differs("leaks", f"{name}: a cursor is taken that is not theirs: {who.client} {where.id} {one}")
        if self.node.read(caller, collection.id, replace(whole, filters=Filters())) != self.node.read(caller, collection.id, whole):
            self._differs("else_", f"{name}: a cursor goes on otherwise without its filters")

    def _compare_objects(self, name: str, caller: Caller, collection: oracle.Collection, day: date) -> None:
        """Objects by their ids, all versions, and whether there is any at all; one that never was among them."""
        some = self.rng.sample(sorted({thing.id for thing in self.slow.things}), 3)
        for object_id in [*some, f"malware--{UUID(int=0, version=4)}"]:
            want = self.slow.versions(caller.party, collection, day, object_id)
            asked = Asked(Filters(ids=(object_id,), versions=("all",)), bodies=False, door="versions")
            self._compare(
                f"{name} {object_id}", self.node.read(caller, collection.id, asked).objects, want, collection, bodies=False, ids=(object_id,)
            )
            for who, held in ((caller, bool(want)), (KEEPERS, bool(self.slow.versions(KEEPER, collection, day, object_id)))):
                if self.node.holds(who, collection.id, object_id) != held:
                    self._differs("else_", f"{name}: {who.client} holds {object_id} is {not held}")

    def _not_there(self, caller: Caller, collection: oracle.Collection) -> None:
        try:
            self.node.read(caller, collection.id, Asked())
        except NotOnRecord:
            self._compare_turned_away(caller, collection)
            return
        self._differs("leaks", f"{caller.party} reads {collection.id}")

    def _compare_turned_away(self, caller: Caller, collection: oracle.Collection) -> None:
        """4: who was turned away, and from what, is on record."""
        one = Desk(self.node).log(caller.party, 1)[0]
        have = (one.client, one.asked["collection"], one.count, one.root, one.acts, one.outcome.partition(":")[0])
        if have != (caller.client, collection.id, 0, None, (), "turned away"):
            self._differs("else_", f"{caller.party} is turned away, and the log has {one}")

    # -- both beside one another

    def _compare(
        self, name: str, got: Sequence[Told], want: Sequence[oracle.Seen], collection: oracle.Collection, *, bodies: bool, ids: tuple[str, ...] = ()
    ) -> None:
        asked = [thing for thing in self.slow.things if thing.home in collection.homes and (not ids or thing.id in ids)]
        self.done.decisions += len(asked)
        self.done.shown += len(want)
        have = [(*_known(one.id, one.version), one.body if bodies else b"") for one in got]
        ought = [(*_known(seen.thing.id, seen.thing.version), seen.thing.body if bodies else b"") for seen in want]
        more, less = Counter(have) - Counter(ought), Counter(ought) - Counter(have)
        for one in more:
            self._differs("leaks", f"{name}: {self._told(one[:2])}")
        if not bodies and any(told.body for told in got):
            self._differs("leaks", f"{name}: bytes of what was to be told of alone")
        for one in less:
            self._differs("refusals", f"{name}: {self._told(one[:2])}")
        if any(one.stamp >= later.stamp for one, later in pairwise(got)):
            self._differs("else_", f"{name}: stamps do not rise")

    def _compare_releases(self, name: str, partner: str, page: Page, want: Sequence[oracle.Seen], day: date, size: int, *, bodies: bool) -> None:
        """4: what is on record of a page."""
        place = {one.body: number for number, one in enumerate(page.objects)}
        want = sorted(want, key=lambda seen: place.get(seen.thing.body, -1))
        ought = {(released.basis, released.number, released.root) for released in self.slow.released(partner, want, day)} if bodies else set()
        acts = [act for act in self._acts(size) if act.kind == "release"]
        have = {(tuple(sorted(act.listed("basis"))), int(act.details["count"]), act.details["root"]) for act in acts}
        if have != ought or any(act.counterparty != (partner,) for act in acts):
            self._differs("else_", f"{name}: released {sorted(have - ought)[:2]} for {sorted(ought - have)[:2]}")
        stamps = {one.stamp for one in page.objects}
        if any(not stamps.issuperset(map(int, act.details["stamps"].split(" to "))) for act in acts):
            self._differs("else_", f"{name}: a release tells of stamps that are not in it")

    def _compare_refusals(self, name: str, refused: Iterable[tuple[Key, object]], size: int) -> None:
        """4: each label key that is now refused on a ground on which it was not before is on record."""
        acts = [act for act in self._acts(size) if act.kind == "refuse"]
        have = {act.details["label"] for act in acts}
        ought = {label_key(key).to_text().replace(";", ",") for key, _ in refused}
        lacking = {text for text in ought - have if '"closed":""' in text}
        if lacking:
            self._differs("else_", f"{name}: not on record as refused: {sorted(lacking)[:2]}")
        grounds = {(act.counterparty, act.details["label"]): act.details["ground"] for act in acts}
        again = {label for (who, label), ground in grounds.items() if label not in ought and self.grounds.get((who, label)) == ground}
        self.grounds |= grounds
        if any('"closed":""' in text for text in again):
            self._differs("else_", f"{name}: on record as refused, and nothing is new: {sorted(again)[:2]}")
        if any(act.label is None or act.label.releasable_to for act in acts):
            self._differs("else_", f"{name}: a partner may see what was refused to it")

    def _acts(self, since: int) -> list[Act]:
        return [read_act(held.act) for held in self.ledger.items(since) if held.act is not None]

    def _told(self, what: tuple[str, int]) -> str:
        """An object version in words: its own labels, and those of its class."""
        found = [thing for thing in self.slow.things if _known(thing.id, thing.version) == what]
        return "; ".join(
            f"{thing.id[-4:]} v{thing.version % 100} own {_short(thing.own)} class {_short(self.slow.class_of(thing))}" for thing in found
        )

    def _differs(self, which: str, says: str) -> None:
        self.done.differs(which, says)


def _short(keys: frozenset[Key]) -> str:
    return " & ".join(sorted(str(tuple(key)) for key in keys))


def _known(object_id: str, version: int) -> tuple[str, int]:
    """What an object version is known by on both sides: one that says no version has its stamp for one, which is each side's own."""
    return object_id, 0 if object_id.startswith(UNVERSIONED) else version


def _filters(wanted: oracle.Wanted) -> Filters:
    return Filters(wanted.ids, wanted.types, wanted.versions, wanted.specs)


def _given(thing: oracle.Thing) -> Given:
    own = frozenset(map(label_key, thing.own))
    return Given(thing.id, thing.type, *_known(thing.id, thing.version)[1:], thing.spec, thing.body, own, thing.refers, thing.giver, 0)


# -- what is put in
