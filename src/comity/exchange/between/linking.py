"""A node's links: what it pulls from partners and what it pushes to them, with what outlives the program kept beside its objects.

1. What came is put into the home of that partner, by the partner, as any delivery is: with its own labels, and itself as the giver.
2. What is pushed is read as the partner would read it, through the gate.

Source: docs/explanation/how-exchange-works.md, section 10.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

from comity.exchange.asking import Asked, Caller, Delivery, Fate, Page
from comity.exchange.between.asking_partners import Bounds, Partner, Send
from comity.exchange.between.delivered_acts import take_acts
from comity.exchange.between.kept_here import KeptWords
from comity.exchange.between.pulling import Pulled, Puller
from comity.exchange.between.pushing import Pushed, Pusher
from comity.exchange.between.raw_objects import write_envelope
from comity.exchange.envelopes import read_object
from comity.exchange.holdings import Collection
from comity.exchange.node import Node
from comity.terms import BadInput

_HOMES = uuid.UUID("1d3b0d5e-3b0b-4b7e-9c58-7a6d3f5b1c24")


class Links:
    """What a node and its partners give one another. For one thread at a time. ``wait`` lets seconds pass."""

    def __init__(self, node: Node, wait: Callable[[float], None], bounds: Bounds = Bounds()) -> None:
        self.node, self.wait, self.bounds = node, wait, bounds
        self.kept = KeptWords(node.ledger)
        take_acts(node)

    def pull(self, partner: Partner, send: Send) -> Pulled:
        """Everything that is new at a partner's server, taken in."""
        return Puller(send, self.kept, self._received, self.wait, self.node.clock, self.bounds).pull(partner)

    def push(self, partner: Partner, send: Send, root: str, theirs: str, ours: str) -> Pushed:
        """What of our collection the gate lets out for a partner, into a collection of theirs."""
        caller = Caller(f"pushed to {partner.url}", partner.party)

        def outbox(asked: Asked) -> Page:
            return self.node.read(caller, ours, replace(asked, door="push"))

        return Pusher(send, self.kept, self.wait, self.node.clock, self.bounds).push(partner, root, theirs, outbox)

    def take(self, party: str, bodies: Sequence[bytes]) -> Delivery:
        """What a partner gave, put into its home: each object by itself, and the acts among it onto the record."""
        wrong = {body: why for body in bodies if (why := _unreadable(body))}
        caller = Caller(f"pulled from {party}", party, writes=True)
        told = self.node.add(caller, self.home_of(party).id, write_envelope([body for body in bodies if body not in wrong]))
        return replace(told, refused=(*told.refused, *(Fate("", "", why) for why in wrong.values())))

    def home_of(self, party: str) -> Collection:
        """Where what comes from a partner is put: made when it is first needed; nobody reads it but the node's own people."""
        wanted = str(uuid.UUID(bytes=uuid.uuid5(_HOMES, party).bytes, version=4))
        found = self.node.find_collection(wanted)
        if found is None:
            title = f"From {party}"
            found = self.node.put_collection(Collection(0, wanted, title, f"What {party} gave.", f"from-{party.lower()}", writers=frozenset({party})))
        return found

    def _received(self, party: str, collection: str, bodies: Sequence[bytes]) -> Delivery:
        return self.take(party, bodies)


def _unreadable(body: bytes) -> str:
    """Why an object cannot be read by itself; blank if it can: one that cannot would keep out all that came with it."""
    try:
        found = read_object(body)
    except BadInput as problem:
        return str(problem)
    return found.says if isinstance(found, Fate) else ""
