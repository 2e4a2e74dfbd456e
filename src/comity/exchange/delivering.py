"""From what was delivered to what is put in: each object with its very bytes, the label keys of its markings, and what it refers to.

Source: docs/explanation/how-exchange-works.md, section 2.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from comity.exchange import schema
from comity.exchange.adding import Given
from comity.exchange.asking import Fate
from comity.exchange.envelopes import Envelope, RawObject, ReadingLimits, read_envelope, references
from comity.exchange.holdings import Collection, Holdings, chunks
from comity.exchange.label_keys import LabelKey
from comity.exchange.labelling import Labelling, markings_of
from comity.exchange.stix_types import lacking
from comity.standing import Standing
from comity.terms import BadInput


def given_in(
    body: bytes, holdings: Holdings, connection: sa.Connection, standing: Standing, home: Collection, *, giver: str, keeper: str,
    by_publisher: LabelKey | None = None, limits: ReadingLimits | None = None,
) -> tuple[list[Given], tuple[Fate, ...]]:  # fmt: skip
    """The objects of an envelope or a bundle, as they are put into a home; and those that cannot be, with the reason.

    A marking is looked up among what the giver or the keeper gave before, then in the delivery. BadInput where it is no envelope.
    """
    read = read_envelope(body, limits)
    wrong = {place: says for place, one in enumerate(read.objects) if (says := lacking(one.data, one.spec_version))}
    refused = [Fate(read.objects[place].id, str(read.objects[place].data.get("modified", "")), says) for place, says in wrong.items()]
    envelope = Envelope(tuple(one for place, one in enumerate(read.objects) if place not in wrong), (*read.refused, *refused))
    own = {one.id: one.data for one in envelope.objects if one.type == "marking-definition"}
    held = _held_markings(envelope.objects, holdings, connection, {giver, keeper})
    there = there_already([one.id for one in envelope.objects], connection) if giver != keeper else set()
    ways = {
        known: Labelling(
            lambda marking: held.get(marking) or own.get(marking), giver=giver, keeper=keeper, by_publisher=by_publisher, default=home.label,
            held_already=known, party=standing.record.party,
        )
        for known in (False, True)
    }  # fmt: skip
    found = [
        Given(
            one.id, one.type, one.version, one.spec_version, one.body, ways[(one.id, _digest(one)) in there].keys_of(one.data),
            references(one.data), giver, home.number,
        )
        for one in envelope.objects
    ]  # fmt: skip
    return found, envelope.refused


def _digest(one: RawObject) -> bytes:
    return hashlib.sha256(one.body).digest()


def there_already(ids: Sequence[str], connection: sa.Connection) -> set[tuple[str, bytes]]:
    """What the node holds of these objects: each id with the SHA-256 of its bytes."""
    of, found = schema.object_.c, set[tuple[str, bytes]]()
    for some in chunks(ids):
        found |= {(row.id, bytes(row.digest)) for row in connection.execute(sa.select(of.id, of.digest).where(of.id.in_(some)))}
    return found


def _held_markings(objects: tuple[RawObject, ...], holdings: Holdings, connection: sa.Connection, givers: set[str]) -> dict[str, dict[str, Any]]:
    """The definitions of markings that the objects bear, as the node holds them: first given first, so that no later one with its id is laxer."""
    wanted = set[str]()
    for one in objects:
        try:
            wanted |= set(markings_of(one.data))
        except BadInput:
            continue  # said when its label is read
    return {marking: json.loads(body) for marking, body in holdings.definitions(connection, sorted(wanted), givers)}
