"""Stamps that an object had, and what they tell: to whom it was released.

A release covers the stamps between its first and its last; an object that had one of them for that partner was in it, or may have been.

Source: docs/explanation/how-exchange-works.md, sections 4, 5 and 8.
"""

from __future__ import annotations

import json

import sqlalchemy as sa

from comity.exchange import schema


def forget_backfill(connection: sa.Connection, objects: sa.ColumnElement[bool], partner: str | None = None) -> None:
    """Objects (told by a condition on their table) lose the stamps that they got for a partner, or for any; that they had them stays on record."""
    back, of = schema.backfill.c, schema.object_.c
    mine = sa.true() if partner is None else back.partner == partner
    had = sa.select(of.id, back.stamp, back.partner).join(schema.object_, of.stamp == back.object).where(objects, mine)
    connection.execute(sa.insert(schema.past).from_select(["id", "stamp", "partner"], had))
    connection.execute(sa.delete(schema.backfill).where(mine, back.object.in_(sa.select(of.stamp).where(objects))))


def holders(connection: sa.Connection, object_id: str) -> tuple[str, ...]:
    """The partners to whom an object may have been released in some version, by the access log; nobody to whom it was not is left out of doubt."""
    of, back, past, read = schema.object_.c, schema.backfill.c, schema.past.c, schema.read.c
    stamps = {("", stamp) for stamp in connection.execute(sa.select(of.stamp).where(of.id == object_id)).scalars()}
    own = sa.select(back.partner, back.stamp).join(schema.object_, of.stamp == back.object).where(of.id == object_id)
    stamps |= set(connection.execute(own).tuples())
    stamps |= set(connection.execute(sa.select(past.partner, past.stamp).where(past.id == object_id)).tuples())
    found = set[str]()
    for partner, stamp in sorted(stamps):
        covers = sa.select(read.partner, read.asked).where(read.first <= stamp, read.last >= stamp, read.outcome == "served", read.acts != "")
        if partner:
            covers = covers.where(read.partner == partner)
        found |= {who for who, asked in connection.execute(covers) if _may_be_of(json.loads(asked), object_id)}
    return tuple(sorted(found))


def _may_be_of(asked: dict[str, list[str]], object_id: str) -> bool:
    """Do the filters of a read let an object through?"""
    ids, types = asked.get("ids"), asked.get("types")
    return (not ids or object_id in ids) and (not types or object_id.partition("--")[0] in types)
