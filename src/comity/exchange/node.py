"""A node: the front door of the room. Every method is asked by an identified caller, and gives what that caller may have.

What a caller may not see is not there: NotOnRecord says the same of it and of what never was.

Source: docs/explanation/how-exchange-works.md.
"""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa

from comity.exchange import schema
from comity.exchange.adding import RECALLED, Adding, Given
from comity.exchange.asking import ACT_TYPE, Asked, Caller, Delivery, Fate, Filters, Page, Shown
from comity.exchange.delivering import given_in, there_already
from comity.exchange.envelopes import ReadingLimits
from comity.exchange.gate import Gate
from comity.exchange.holdings import Collection, Holdings
from comity.exchange.label_keys import LabelKey
from comity.exchange.labelling import KEEPERS_OWN
from comity.exchange.letting_out import LettingOut, head_of, written
from comity.exchange.pages_on_record import holders
from comity.exchange.writing_acts import begin, item_of
from comity.ledger import Frontier, Item, Ledger, insert, root_of
from comity.terms import BadInput, NotOnRecord

ActsFrom = Callable[[str, Sequence[bytes]], Sequence[str]]
"""Takes the acts that objects of a partner carry: of each object why it is not to be kept; blank where it is."""
_NOT_THERE = "there is no such collection or object"
MOST_BYTES, MOST_OBJECTS, MOST_A_DAY = 10_000_000, 10_000, 5_000_000
_TOO_MANY = "more objects than the node takes of one partner on one day; send it again tomorrow"
LIMITS = ReadingLimits(MOST_BYTES, MOST_OBJECTS)


def make_node(ledger: Ledger, keeper: str, now: datetime) -> None:
    """Make a ledger the node of a party: the tables of its objects. BadInput if it is one already."""
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        if sa.inspect(connection).has_table("node"):
            raise BadInput(f"the ledger at {ledger.shown_url} is a node already")
        schema.metadata.create_all(connection)
        last = int(now.timestamp() * 1_000_000)
        insert(connection, schema.node, [(1, schema.FORMAT, keeper, last, 0, secrets.token_bytes(32))])


def find_node(ledger: Ledger, clock: Callable[[], datetime]) -> Node | None:
    """The node on a ledger; None where the ledger is none's."""
    with ledger.engine.connect() as connection:
        there = sa.inspect(connection).has_table("node")
    return Node(ledger, clock) if there else None


def _none_taken(party: str, bodies: Sequence[bytes]) -> Sequence[str]:
    return ["acts are not taken in this way; send it to the node's TAXII door, or let the node pull it"] * len(bodies)


class _TakenBack(Exception):
    """What was put in to look at it is not kept."""


class Node:
    """The node of a party, on its ledger. Any thread may ask."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime], *, strict: bool = False) -> None:
        self.ledger, self.clock = ledger, clock
        with ledger.engine.connect() as connection:
            there = sa.inspect(connection).has_table("node")
            found = connection.execute(sa.select(schema.node.c.keeper, schema.node.c.format)).first() if there else None
        if found is None:
            raise BadInput(f"the ledger at {ledger.shown_url} is no node's; make it one with: comity --ledger {ledger.shown_url} exchange init PARTY")
        if found.format != schema.FORMAT:
            raise BadInput(
                f"the node at {ledger.shown_url} is of version {found.format}, this program knows {schema.FORMAT}; use the Comity that wrote it"
            )
        self.keeper: str = found.keeper
        self.gate = Gate(ledger, self.keeper, clock, strict=strict)
        self.holdings = Holdings()
        self.letting_out = LettingOut(self.gate, self.holdings)
        self.acts_from: ActsFrom = _none_taken

    most_bytes, most_objects, most_a_day = MOST_BYTES, MOST_OBJECTS, MOST_A_DAY

    @property
    def takes_acts(self) -> bool:
        """Are acts of what partners deliver looked at here? Where they are not, none is kept."""
        return self.acts_from is not _none_taken

    def title(self) -> str:
        """What the node is called."""
        return f"Node of {self.keeper}"

    def at_root(self, caller: Caller, party: str) -> Caller:
        """One of the keeper's own people, looking at a partner's root as that partner; NotOnRecord if there is none."""
        if not caller.keeper or party not in self.partners():
            raise NotOnRecord(_NOT_THERE)
        return Caller(f"{caller.client}, as {party}", party, reads=True, writes=False)

    # -- who would get what

    def labels_of(self, collection: str, body: bytes, by_publisher: LabelKey | None = None) -> dict[str, frozenset[LabelKey]]:
        """The label keys of each object of an envelope, and of everything that it refers to, by its id, as if the keeper published it there.

        It is put in, and taken back: nothing is kept.
        """
        one, standing = self.named(collection), self.gate.standing()
        with self.ledger.engine.connect() as connection:
            found, refused = given_in(
                body, self.holdings, connection, standing, one, giver=self.keeper, keeper=self.keeper, by_publisher=by_publisher, limits=LIMITS
            )
        if refused:
            raise BadInput(f"{refused[0].id or 'an object'} cannot be published: {refused[0].says}")
        labels = dict[str, frozenset[LabelKey]]()

        def work(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
            adding = Adding(connection, self.holdings.tables(connection), self.keeper, self.clock())
            adding.add(found)
            labels.update((given.id, adding.labels_of(given.id)) for given in found)
            raise _TakenBack

        with suppress(_TakenBack):
            self.ledger.append_with(work)
        return labels

    def partners(self, collection: str | None = None) -> tuple[str, ...]:
        """The parties that are admitted or that a collection names as its readers, in order."""
        standing = self.gate.standing()
        admitted = {code for act, _ in standing.acts_of(("admit-partner", "admit-client")) if act.actor == self.keeper for code in act.counterparty}
        with self.ledger.engine.connect() as connection:
            of = self.holdings.tables(connection).collections.values()
        named = [one for one in of if collection is None or collection in (one.id, one.alias)]
        readers = {code for one in named for code in one.readers}
        return tuple(sorted(((admitted if "*" in readers or collection is None else set()) | readers) - {"*", self.keeper}))

    # -- collections

    def put_collection(self, wanted: Collection) -> Collection:
        """A new collection: its number is given here, and where no homes are named it is a home of its own. BadInput if id or alias is taken."""
        with self.ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
            of = schema.collection.c
            same = (of.id == wanted.id) if wanted.alias is None else (of.id == wanted.id) | (of.alias == wanted.alias)
            taken = connection.execute(sa.select(of.id).where(same)).first()
            if taken is not None:
                raise BadInput(f"a collection with the id {wanted.id} or the alias {wanted.alias!r} is there already; give another")
            number = 1 + (connection.execute(sa.select(sa.func.max(of.number))).scalar() or 0)
            made = replace(wanted, number=number, homes=wanted.homes or frozenset({number}))
            sets = [json.dumps(sorted(one)) for one in (made.homes, made.types, made.readers, made.writers)]
            label = None if made.label is None else made.label.to_text()
            insert(connection, schema.collection, [(number, made.id, made.alias, made.title, made.description, *sets, label, made.four_eyes)])
            connection.execute(sa.update(schema.node).values(last=schema.node.c.last + 1))
        return made

    def collections(self, caller: Caller) -> tuple[Shown, ...]:
        """Those that the caller may read or write, by their ids."""
        with self.ledger.engine.connect() as connection:
            found = self.holdings.tables(connection).collections
        return tuple(shown for _, one in sorted(found.items()) if (shown := _shown(one, caller)) is not None)

    def collection(self, caller: Caller, name: str) -> Shown:
        """The collection of this id or alias."""
        shown = _shown(self.named(name), caller)
        if shown is None:
            raise NotOnRecord(_NOT_THERE)
        return shown

    def find_collection(self, name: str) -> Collection | None:
        """The collection of this id or alias, for the node's own use; None if there is none."""
        with self.ledger.engine.connect() as connection:
            found = self.holdings.tables(connection).collections
        return found.get(name) or next((c for c in found.values() if c.alias == name), None)

    def named(self, name: str) -> Collection:
        """The same; NotOnRecord if there is none."""
        one = self.find_collection(name)
        if one is None:
            raise NotOnRecord(_NOT_THERE)
        return one

    def _readable(self, caller: Caller, name: str) -> Collection:
        one = self.named(name)
        shown = _shown(one, caller)
        if shown is None or not shown.reads:
            raise NotOnRecord(_NOT_THERE)
        return one

    def _writable(self, caller: Caller, name: str) -> Collection:
        one = self.named(name)
        shown = _shown(one, caller)
        if shown is None or not shown.writes:
            raise NotOnRecord(_NOT_THERE)
        return one

    # -- reading

    def read(self, caller: Caller, collection: str, asked: Asked) -> Page:
        """A page of a collection: of objects, or of what is told of them. One who is turned away stands in the log too."""
        try:
            return self.letting_out.page(caller, self._readable(caller, collection), asked)
        except NotOnRecord:
            self.letting_out.turned_away(caller, collection, asked, "not there for it")
            raise
        except BadInput:
            self.letting_out.turned_away(caller, collection, asked, "not its cursor")
            raise

    def holds(self, caller: Caller, collection: str, object_id: str) -> bool:
        """Is there any version of an object in a collection that the caller may see?"""
        one = self._readable(caller, collection)
        looked = self.letting_out.look(caller)
        with self.ledger.engine.connect() as connection:
            return self.holdings.holds(connection, looked.within(one), object_id)

    # -- putting in

    def add(self, caller: Caller, collection: str, body: bytes, *, by_publisher: LabelKey | None = None) -> Delivery:
        """What was delivered, an envelope or a bundle, into a collection that the caller may write; BadInput where it is none.

        ``by_publisher``: the label that the keeper, who publishes, gives beside the markings.
        """
        one = self._writable(caller, collection)
        standing = self.gate.standing()
        giver = self.keeper if caller.keeper else caller.party
        with self.ledger.engine.connect() as connection:
            found, refused = given_in(
                body, self.holdings, connection, standing, one, giver=giver, keeper=self.keeper, by_publisher=by_publisher, limits=LIMITS
            )
        return self.put(caller, collection, found, refused)

    def _with_acts_looked_at(self, giver: str, found: Sequence[Given], refused: Iterable[Fate]) -> tuple[list[Given], tuple[Fate, ...]]:
        """What a partner delivers, without those acts that may not be kept (10.2)."""
        acts = [one for one in found if one.type == ACT_TYPE]
        wrong = {one: says for one, says in zip(acts, self.acts_from(giver, [one.body for one in acts]), strict=True) if says} if acts else {}
        told = (Fate(one.id, written_version(one.version), says) for one, says in wrong.items())
        return [one for one in found if one not in wrong], (*refused, *told)

    def put(self, caller: Caller, collection: str, objects: Sequence[Given], refused: Iterable[Fate] = ()) -> Delivery:
        """Objects into a collection that the caller may write, each taken or refused by itself; on record as published, or as received."""
        one, at = self._writable(caller, collection), self.clock().astimezone(UTC)
        if not caller.keeper:
            objects, refused = self._with_acts_looked_at(caller.party, objects, refused)
        taken, not_taken, number = list[Fate](), list(refused), str(uuid.uuid4())
        giver, homed = self.keeper if caller.keeper else caller.party, list[Given]()
        keepers = [
            given.id for given in objects if giver != self.keeper and any(key.originator == self.keeper and not key.closed for key in given.labels)
        ]
        with self.ledger.engine.connect() as connection:
            known = there_already(keepers, connection)
        for given in objects:
            if given.id in keepers and (given.id, given.digest) not in known:
                not_taken.append(Fate(given.id, written_version(given.version), KEEPERS_OWN))
            else:
                homed.append(replace(given, home=one.number, giver=giver))

        def work(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
            if giver != self.keeper:
                left = self._left_today(connection, giver, at, len(homed))
                not_taken.extend(Fate(over.id, written_version(over.version), _TOO_MANY) for over in homed[left:])
                del homed[left:]
            adding = Adding(connection, self.holdings.tables(connection), self.keeper, at)
            told = adding.add(homed)
            adding.finish()
            for given, says in zip(homed, told, strict=True):
                (not_taken if says else taken).append(Fate(given.id, written_version(given.version), says))
            kept = Delivery(number, written(at), tuple(taken), tuple(not_taken))
            insert(connection, schema.delivery, [(number, caller.party, json.dumps(_plain(kept)))])
            if not taken:
                return []
            digests = [given.digest for given, says in zip(homed, told, strict=True) if not says]
            kind, partner = ("publish", None) if caller.keeper else ("receive-information", caller.party)
            told_of = {"count": str(len(digests)), "root": root_of(digests).hex(), "home": one.alias or one.id}
            return [begin(), item_of(kind, f"delivery-{number}", self.keeper, at, told_of, partner=partner)]

        self.ledger.append_with(work)
        return Delivery(number, written(at), tuple(taken), tuple(not_taken))

    def _left_today(self, connection: sa.Connection, giver: str, at: datetime, wanted: int) -> int:
        """How many of so many objects a partner may still give on this day; that many are counted."""
        kept, key = schema.kept.c, f"given today {giver}"
        found = connection.execute(sa.select(kept.value).where(kept.key == key)).scalar()
        day, number = (at.date().isoformat(), 0) if found is None else (found[:10], int(found[11:]))
        given = number if day == at.date().isoformat() else 0
        left = max(min(wanted, self.most_a_day - given), 0)
        connection.execute(sa.delete(schema.kept).where(kept.key == key))
        insert(connection, schema.kept, [(key, f"{at.date().isoformat()} {given + left}")])
        return left

    def delivery(self, caller: Caller, number: str) -> Delivery:
        """What became of a delivery of this caller's."""
        of = schema.delivery.c
        with self.ledger.engine.connect() as connection:
            found = connection.execute(sa.select(of.told).where(of.id == number, of.partner == caller.party)).scalar()
        if found is None:
            raise NotOnRecord("there is no such delivery")
        told = json.loads(found)
        fates = {name: tuple(Fate(**fate) for fate in told[name]) for name in ("taken", "refused")}
        return Delivery(told["id"], told["at"], **fates)

    def withdraw(self, caller: Caller, collection: str, object_id: str, filters: Filters) -> None:
        """Take out versions of an object that the caller itself put in; NotOnRecord if it put in none that fit."""
        one = self._readable(caller, collection)
        self._writable(caller, collection)
        looked, gone = self.letting_out.settle(caller), list[int]()

        def work(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
            rows, _ = self.holdings.rows(connection, looked.within(one), replace(filters, ids=(object_id,)), 0, MOST_OBJECTS)
            own = set(
                connection.execute(
                    sa.select(schema.object_.c.stamp).where(schema.object_.c.id == object_id, schema.object_.c.giver == caller.party)
                ).scalars()
            )
            gone.extend(row.stamp for row in rows if row.stamp in own)
            if gone:
                adding = Adding(connection, self.holdings.tables(connection), self.keeper, self.clock())
                adding.take_out(gone, object_id)
                adding.finish()
            return []

        self.ledger.append_with(work)
        if not gone:
            raise NotOnRecord(_NOT_THERE)

    # -- calling back, labelling anew

    def recall(self, object_id: str) -> tuple[str, ...]:
        """Close an object, in all its versions, to everybody but the keeper: the partners to whom it was released, each told by an act."""
        closed, found = frozenset({LabelKey(originator=self.keeper, closed=RECALLED)}), self.holders(object_id)
        self._relabel(object_id, closed, "recall", {"item": object_id}, found)
        return found

    def reclassify(self, object_id: str, labels: frozenset[LabelKey], marking: str) -> None:
        """An object bears another label from now on; ``marking``: in words, for the record."""
        self._relabel(object_id, labels, "reclassify", {"item": object_id, "label": marking.replace(";", ",")})

    def _relabel(self, object_id: str, labels: frozenset[LabelKey], kind: str, details: Mapping[str, str], partners: Sequence[str] = ()) -> None:
        at = self.clock().astimezone(UTC)

        def work(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
            adding = Adding(connection, self.holdings.tables(connection), self.keeper, at)
            if not adding.relabel(object_id, labels):
                raise NotOnRecord(f"the node holds no object {object_id}")
            adding.finish()
            ref = f"{kind}-{head_of(at)}"
            told = [item_of(kind, f"{ref}-{partner}", self.keeper, at, details, partner=partner) for partner in partners]
            return [begin(), *(told or [item_of(kind, ref, self.keeper, at, details)])]

        self.ledger.append_with(work)

    def homes_of(self, object_id: str) -> tuple[str, ...]:
        """The collections into which versions of an object were put, by their ids."""
        of = schema.object_.c
        with self.ledger.engine.connect() as connection:
            tables = self.holdings.tables(connection)
            slots = set(connection.execute(sa.select(of.slot).where(of.id == object_id)).scalars())
        homes = {tables.slots[slot].home for slot in slots}
        return tuple(sorted(one.id for one in tables.collections.values() if one.number in homes))

    def holders(self, object_id: str) -> tuple[str, ...]:
        """The partners to whom some version of an object was released, by the access log."""
        with self.ledger.engine.connect() as connection:
            return holders(connection, object_id, self.keeper)


def _shown(one: Collection, caller: Caller) -> Shown | None:
    reads, writes = (caller.keeper or (may and of(caller.party)) for may, of in ((caller.reads, one.read_by), (caller.writes, one.written_by)))
    return Shown(one.id, one.title, one.description, one.alias, reads, writes) if reads or writes else None


def _plain(kept: Delivery) -> dict[str, object]:
    """A delivery as it is kept: ``dataclasses.asdict`` would copy every text in it on the way."""
    taken, refused = ([{"id": fate.id, "version": fate.version, "says": fate.says} for fate in fates] for fates in (kept.taken, kept.refused))
    return {"id": kept.id, "at": kept.at, "taken": taken, "refused": refused}


def written_version(version: int) -> str:
    """A version as an instant; blank where it has none."""
    if not version:
        return ""
    return written(datetime.fromtimestamp(version // 1_000_000, UTC).replace(microsecond=version % 1_000_000))
