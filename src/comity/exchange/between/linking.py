"""A node's links: what it pulls from partners and what it pushes to them, with what outlives the program kept beside its objects.

1. What came is looked through for acts first. One whose act is refused is not kept: passing on what another says is one's own act would make it one.
2. The rest is put into the home of that partner, by the partner, as any delivery is: with its own labels, and itself as the giver.
3. What is pushed is read as the partner would read it, through the gate.

Source: docs/explanation/how-exchange-works.md, section 10.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

import sqlalchemy as sa

from comity.exchange import schema
from comity.exchange.asking import Asked, Caller, Delivery, Fate, Page
from comity.exchange.between.acts_in_ledger import LedgerActs
from comity.exchange.between.asking_partners import Bounds, Partner, Send
from comity.exchange.between.carrying_acts import ACT_TYPE
from comity.exchange.between.pulling import Pulled, Puller
from comity.exchange.between.pushing import Pushed, Pusher
from comity.exchange.between.raw_objects import write_envelope
from comity.exchange.between.taking_acts import Key, TakenActs, TakingActs, WaitingAct
from comity.exchange.envelopes import read_object
from comity.exchange.holdings import Collection
from comity.exchange.node import Node
from comity.ledger import Ledger, insert
from comity.terms import BadInput

_HOMES = uuid.UUID("1d3b0d5e-3b0b-4b7e-9c58-7a6d3f5b1c24")


class KeptWords:
    """Words kept under a key, in the tables of a node."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, key: str) -> str | None:
        with self._ledger.engine.connect() as connection:
            found: str | None = connection.execute(sa.select(schema.kept.c.value).where(schema.kept.c.key == key)).scalar()
        return found

    def put(self, key: str, value: str) -> None:
        with self._ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(sa.delete(schema.kept).where(schema.kept.c.key == key))
            insert(connection, schema.kept, [(key, value)])


class KeptWaiting:
    """Acts that wait, in the tables of a node."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> Sequence[WaitingAct]:
        of = schema.waiting.c
        with self._ledger.engine.connect() as connection:
            rows = connection.execute(sa.select(schema.waiting).order_by(of.sender, of.hash, of.signature)).all()
        return [WaitingAct(row[1], row.signature or None, row.sender, bytes(row.body), row.says) for row in rows]

    def keep(self, waiting: WaitingAct) -> None:
        self.let_go(waiting.key)
        row = (waiting.sender, waiting.hash, waiting.signature or "", waiting.body, waiting.says)
        with self._ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
            insert(connection, schema.waiting, [row])

    def let_go(self, key: Key) -> None:
        sender, act_hash, signature = key
        of = schema.waiting.c
        named = sa.and_(of.sender == sender, of.hash == act_hash, of.signature == (signature or ""))
        with self._ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(sa.delete(schema.waiting).where(named))


class Links:
    """What a node and its partners give one another. For one thread at a time. ``wait`` lets seconds pass."""

    def __init__(self, node: Node, wait: Callable[[float], None], bounds: Bounds = Bounds()) -> None:
        self.node, self.wait, self.bounds = node, wait, bounds
        self.kept, self.waiting = KeptWords(node.ledger), KeptWaiting(node.ledger)
        self.acts = TakingActs(LedgerActs(node.ledger, node.keeper, node.clock), self.waiting)

    def pull(self, partner: Partner, send: Send) -> Pulled:
        """Everything that is new at a partner's server, taken in."""
        return Puller(send, self.kept, self._received, self.wait, self.node.clock, self.bounds).pull(partner)

    def push(self, partner: Partner, send: Send, root: str, theirs: str, ours: str) -> Pushed:
        """What of our collection the gate lets out for a partner, into a collection of theirs."""
        caller = Caller(f"pushed to {partner.url}", partner.party)

        def outbox(asked: Asked) -> Page:
            return self.node.read(caller, ours, replace(asked, door="push"))

        return Pusher(send, self.kept, self.wait, self.node.clock, self.bounds).push(partner, root, theirs, outbox)

    def take(self, party: str, bodies: Sequence[bytes]) -> tuple[Delivery, TakenActs]:
        """What a partner gave, put into its home; what became of the acts among it."""
        acts = [body for body in bodies if _is_act(body)]
        taken = self.acts.take(party, acts)
        wrong = {body: why for body, why in zip(acts, taken.says, strict=True) if why}
        wrong |= {body: why for body in bodies if body not in wrong and (why := _unreadable(body))}
        good = [body for body in bodies if body not in wrong]
        caller = Caller(f"pulled from {party}", party, writes=True)
        told = self.node.add(caller, self.home_of(party).id, write_envelope(good))
        refused = tuple(Fate("", "", why) for why in wrong.values())
        return replace(told, refused=(*told.refused, *refused)), taken

    def home_of(self, party: str) -> Collection:
        """Where what comes from a partner is put: made when it is first needed; nobody reads it but the node's own people."""
        wanted = str(uuid.UUID(bytes=uuid.uuid5(_HOMES, party).bytes, version=4))
        found = self.node.find_collection(wanted)
        if found is None:
            title = f"From {party}"
            found = self.node.put_collection(Collection(0, wanted, title, f"What {party} gave.", f"from-{party.lower()}", writers=frozenset({party})))
        return found

    def _received(self, party: str, collection: str, bodies: Sequence[bytes]) -> Delivery:
        return self.take(party, bodies)[0]


def _unreadable(body: bytes) -> str:
    """Why an object cannot be read by itself; blank if it can: one that cannot would keep out all that came with it."""
    try:
        found = read_object(body)
    except BadInput as problem:
        return str(problem)
    return found.says if isinstance(found, Fate) else ""


def _is_act(body: bytes) -> bool:
    """Does it say that it carries an act? Whether it does, is looked at where acts are taken."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("type") == ACT_TYPE
