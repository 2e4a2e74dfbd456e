"""The desk of a node: what waits for a second pair of eyes, the access log, what was called back and is not acknowledged.

Source: docs/explanation/how-exchange-works.md, sections 4 and 8.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from comity.acts import Act, read_act
from comity.exchange import schema
from comity.exchange.asking import Caller, Delivery
from comity.exchange.envelopes import read_envelope
from comity.exchange.label_keys import LabelKey, read_label_key
from comity.exchange.letting_out import written
from comity.exchange.node import LIMITS, Node
from comity.exchange.pages_on_record import Left, left_on
from comity.exchange.writing_acts import FILE
from comity.ledger import insert, root_of
from comity.terms import BadInput, NotOnRecord


@dataclass(frozen=True, slots=True)
class Recalled:
    """A recall as one partner is told of it: of which object, the act, and the act by which the partner acknowledged it; None: that is owed."""

    item: str
    partner: str
    act: Act
    acknowledged: str | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """What somebody wants to publish and a second person has to look at."""

    number: int
    at: str
    by: str
    collection: str
    label: LabelKey | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Logged:
    """One read in the access log: by which client of whom, through which door, asking what; how much left, its root, and the release acts."""

    number: int
    at: str
    client: str
    partner: str
    door: str
    asked: Mapping[str, Any]
    count: int
    outcome: str
    root: str | None
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActOfPage:
    """A release act of a page: its basis, how many it says and their root; whether both are those of what the log has under it."""

    act: str
    basis: tuple[str, ...]
    count: int
    root: str
    holds: bool


@dataclass(frozen=True, slots=True)
class PageAgain:
    """A page put together again: the read, what was on it in its order, whether that comes to the root in the log, and the release acts."""

    read: Logged
    left: tuple[Left, ...]
    holds: bool
    acts: tuple[ActOfPage, ...]


class Desk:
    """What the keeper's own people do at a node, beside publishing and reading."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def log(self, partner: str | None = None, most: int = 100) -> tuple[Logged, ...]:
        """The latest reads, the newest first; of one partner, if it is named."""
        of = schema.read.c
        asked = sa.select(schema.read).order_by(of.number.desc()).limit(most)
        if partner is not None:
            asked = asked.where(of.partner == partner)
        with self.node.ledger.engine.connect() as connection:
            return tuple(_logged(row) for row in connection.execute(asked).all())

    def page(self, number: int) -> PageAgain:
        """What was on the page of a read, put together from the access log and held beside its release acts; NotOnRecord without such a read."""
        with self.node.ledger.engine.connect() as connection:
            row = connection.execute(sa.select(schema.read).where(schema.read.c.number == number)).first()
            if row is None:
                raise NotOnRecord(f"no read has the number {number}; list them with: comity exchange log")
            left = () if row.stamps is None else tuple(left_on(connection, bytes(row.stamps)))
        read = _logged(row)
        holds = len(left) == read.count and read.root in (None, root_of([one.digest for one in left]).hex())
        return PageAgain(read, left, holds, tuple(self._act_of_page(act, left, place) for place, act in enumerate(read.acts)))

    def _act_of_page(self, act: str, left: Sequence[Left], place: int) -> ActOfPage:
        held = next((one.act for one in self.node.ledger.held_as(act) if one.act is not None), None)
        if held is None:
            return ActOfPage(act, (), 0, "", holds=False)
        details, under = read_act(held).details, [one.digest for one in left if one.act == place]
        holds = (int(details["count"]), details["root"]) == (len(under), root_of(under).hex())
        return ActOfPage(act, tuple(filter(None, details.get("basis", "").split(","))), int(details["count"]), details["root"], holds)

    # -- a second pair of eyes

    def has_four_eyes(self, collection: str) -> bool:
        """Does what is published there wait for a second person?"""
        return self.node.named(collection).four_eyes

    def propose(self, by: str, collection: str, body: bytes, by_publisher: LabelKey | None = None) -> int:
        """Put what is to be published where a second person looks at it: its number in the queue. BadInput where it is no envelope."""
        one = self.node.named(collection)
        read_envelope(body, LIMITS)
        label = None if by_publisher is None else by_publisher.to_text()
        with self.node.ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
            number = 1 + int(connection.execute(sa.select(sa.func.max(schema.queue.c.number))).scalar() or 0)
            insert(connection, schema.queue, [(number, written(self.node.clock()), by, one.id, label, body)])
        return number

    def proposed(self) -> tuple[Proposed, ...]:
        """What waits in the queue."""
        of = schema.queue.c
        with self.node.ledger.engine.connect() as connection:
            rows = connection.execute(sa.select(schema.queue).order_by(of.number)).all()
        labels = (None if row.label is None else read_label_key(row.label) for row in rows)
        return tuple(Proposed(row.number, row.at, row.by, row.collection, label, bytes(row.body)) for row, label in zip(rows, labels, strict=True))

    def approve(self, number: int, by: str) -> Delivery:
        """Publish what waits under a number. BadInput where the one who approves is the one who proposed it."""
        one = self._waiting(number)
        if one.by.casefold() == by.casefold():
            raise BadInput(f"number {number} was proposed by {one.by}; it takes another person to approve it")
        told = self.node.add(Caller(by, self.node.keeper, writes=True, keeper=True), one.collection, one.body, by_publisher=one.label)
        self.dismiss(number)
        return told

    def dismiss(self, number: int) -> None:
        """Take what waits under a number out of the queue."""
        self._waiting(number)
        with self.node.ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(sa.delete(schema.queue).where(schema.queue.c.number == number))

    def _waiting(self, number: int) -> Proposed:
        found = next((one for one in self.proposed() if one.number == number), None)
        if found is None:
            raise NotOnRecord(f"nothing waits under number {number}; list what does with: comity exchange queue")
        return found

    # -- what was called back

    def recalls(self) -> tuple[Recalled, ...]:
        """Every recall of which a partner is told, and whether it acknowledged it: what is not acknowledged is owed."""
        acts = (read_act(held.act) for held in self.node.ledger.items() if held.act is not None and held.leaf.file == FILE)
        told = [act for act in acts if act.kind == "recall" and act.counterparty]
        naming = ((word, read_act(held.act)) for word, held in self.node.ledger.naming([act.hash for act in told]) if held.act is not None)
        answers = {(word, act.actor): act.hash for word, act in naming if act.kind == "receive-information"}
        return tuple(Recalled(act.details["item"], act.counterparty[0], act, answers.get((act.hash, act.counterparty[0]))) for act in told)


def _logged(row: sa.Row[Any]) -> Logged:
    root = None if row.root is None else bytes(row.root).hex()
    acts = tuple(filter(None, row.acts.split(",")))
    return Logged(row.number, row.at, row.client, row.partner, row.door, json.loads(row.asked), row[6], row.outcome, root, acts)
