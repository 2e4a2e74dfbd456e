"""Letting out: the one way in which bytes of objects leave a node. A ruling, rows, and then, under the ledger's lock, what is written down of it.

1. The ruling is taken for the partner and every label key; the slots that it opens are the view.
2. The rows of the page and their bytes are read, as far as the ruling knew of anything.
3. In one transaction under the ledger's lock: does the ruling hold? What was ruled otherwise than before is written down, and what opens
   later gets its stamps; the release acts are appended, the read goes into the log.
4. Only then are the bytes given to the door.

Source: docs/explanation/how-exchange-works.md, sections 3 to 5 and 7.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

import sqlalchemy as sa

from comity.exchange import cursors, schema
from comity.exchange.asking import Asked, Busy, Caller, Page, Told
from comity.exchange.gate import Gate, Ground, Moved, Ruling
from comity.exchange.holdings import Collection, Holdings, Row, Tables, View
from comity.exchange.pages_on_record import NOTHING_ON_IT, SERVED, page_for_record
from comity.exchange.writing_acts import begin, item_of
from comity.ledger import Frontier, Item, Prepared, insert

_TRIES = 20


class Looked(NamedTuple):
    """What a partner may look at, as ruled on a ground: the view of everything, and of each class the basis on which it is open."""

    ground: Ground
    tables: Tables
    rulings: Mapping[int, Ruling]
    view: View
    basis: Mapping[int, tuple[str, ...]]

    def within(self, collection: Collection, types: Sequence[str] = ()) -> View:
        """What of the view is in a collection, and of one of the types, where any are named."""
        slots = {
            n: since for n, since in self.view.slots.items() if collection.has(slot := self.tables.slots[n]) and (not types or slot.type in types)
        }
        return replace(self.view, slots=slots)


class LettingOut:
    """The gate and the holdings of one node, put together."""

    def __init__(self, gate: Gate, holdings: Holdings) -> None:
        self.gate, self.holdings, self.ledger, self.keeper = gate, holdings, gate.ledger, gate.keeper
        self._settled: dict[str, tuple[object, ...]] = {}
        self._looked: dict[str, Looked] = {}

    # -- 1. the ruling

    def look(self, caller: Caller) -> Looked:
        """What the caller may look at now. No other reading of the ledger is under way meanwhile: two at once would stand in a writer's way."""
        with self.ledger.engine.connect() as connection:
            tables = self.holdings.tables(connection)
        if caller.keeper:
            ground, _ = self.gate.rulings(self.keeper, ())
            return Looked(ground, tables, {}, View(None, dict.fromkeys(tables.slots, 0), tables.last), {})
        known = self._looked.get(caller.party)
        if known is not None and known.tables is tables and (ground := self.gate.ground())[1:] == known.ground[1:]:
            return known._replace(ground=ground)
        looked = self._looked[caller.party] = self._look(caller, tables)
        return looked

    def _look(self, caller: Caller, tables: Tables) -> Looked:
        ground, by_key = self.gate.rulings(caller.party, tables.label_ids)
        rulings = {number: by_key[key] for number, key in tables.labels.items()}
        basis: dict[int, tuple[str, ...]] = {}
        for number, labels in tables.classes.items():
            ruled = [rulings[label] for label in sorted(labels)]
            if all(one.opens for one in ruled):
                basis[number] = tuple(sorted({agreement for one in ruled for agreement in one.basis}))
        with self.ledger.engine.connect() as connection:
            since = _open_since(connection, caller.party)
        slots = {n: since[slot.class_] for n, slot in tables.slots.items() if slot.class_ in basis and slot.class_ in since}
        return Looked(ground, tables, rulings, View(caller.party, slots, tables.last), basis)

    # -- 2. to 4. a page

    def page(self, caller: Caller, collection: Collection, asked: Asked) -> Page:
        """A page of a collection for a caller; BadInput for a cursor that is none of this caller's and collection's."""
        for _ in range(_TRIES):
            try:
                return self._page(caller, collection, asked)
            except Moved:
                continue
        raise Busy("what may be released changes too fast to read it; try again")

    def _page(self, caller: Caller, collection: Collection, asked: Asked) -> Page:
        looked = self.settle(caller)
        secret = looked.tables.secret
        place = cursors.place_of(asked, secret, caller, collection.id)
        view = looked.within(collection, place.filters.types)
        reads = self.holdings.rows_with_bodies if asked.bodies else self.holdings.rows
        with self.ledger.engine.connect() as connection:
            rows, onward = reads(connection, view, place.filters, place.after, asked.limit)
        told = tuple(Told(row.id, row.version, row.seen, row.spec, row.body) for row in rows)
        self._write_down(caller, collection, asked, looked, rows)
        cursor = None if onward is None else cursors.cursor_of(place._replace(after=onward), secret, caller, collection.id)
        return Page(told, onward is not None, cursor, lambda: self._holds(looked))

    def _write_down(self, caller: Caller, collection: Collection, asked: Asked, looked: Looked, rows: Sequence[Row]) -> None:
        at = self.gate.clock().astimezone(UTC)
        basis = [looked.basis[looked.tables.slots[row.slot].class_] for row in rows] if asked.bodies and not caller.keeper else []
        released, row_of_log = page_for_record(rows, basis, bodies=asked.bodies)

        def work(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
            self._hold_fast(looked, head, connection)
            number = _next_read(connection)
            items = [
                item_of(
                    "release", f"read-{number}-{n}" if n else f"read-{number}", self.keeper, at,
                    {
                        "basis": ",".join(one.basis), "count": str(one.number), "root": one.root.hex(), "read": str(number),
                        "stamps": f"{one.first} to {one.last}",
                    },
                    partner=caller.party,
                )
                for n, one in enumerate(released)
            ]  # fmt: skip
            acts = ",".join(item.entry.act.hash for item in items if item.entry is not None)
            row = (*_who(caller, collection.id, asked), *row_of_log, acts, SERVED if asked.bodies else "told of")
            insert(connection, schema.read, [(number, written(at), *row)])
            if not caller.keeper:
                _HAS_LOOKED(connection, partner_code=caller.party, until=looked.tables.last)
            return [begin(), *items] if items else []

        self.ledger.append_with(work)

    def turned_away(self, caller: Caller, collection: str, asked: Asked, says: str) -> None:
        """A read that got nothing, into the log. ``collection``: as the caller named it."""
        at = written(self.gate.clock())

        def work(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
            row = (*_who(caller, collection[:_LONGEST_NAME], asked), *NOTHING_ON_IT, "", f"turned away: {says}")
            insert(connection, schema.read, [(_next_read(connection), at, *row)])
            return []

        self.ledger.append_with(work)

    # -- does it still hold?

    def _hold_fast(self, looked: Looked, head: Frontier, connection: sa.Connection) -> None:
        """Moved, unless the ruling holds, and what it was about is where it was, for as long as the ledger is locked, which it is."""
        self.gate.hold_fast(looked.ground, head, connection)
        if _MOVES.one(connection) != (looked.tables.moves,):
            raise Moved

    def _holds(self, looked: Looked) -> bool:
        with self.ledger.engine.connect() as connection:
            (moves,) = _MOVES.one(connection)
        return moves == looked.tables.moves and self.gate.holds(looked.ground)

    # -- what was ruled otherwise than before

    def settle(self, caller: Caller) -> Looked:
        """The ruling, once what it changes is written down: refusals, and stamps of what opens later."""
        looked = self.look(caller)
        if caller.keeper:
            return looked
        state = (len(looked.tables.labels), len(looked.tables.classes), looked.ground.moves, looked.ground.day)
        if self._settled.get(caller.party) == state:
            return looked
        self.ledger.append_with(lambda connection, head: self._changes(connection, head, caller, looked))
        self._settled[caller.party] = state
        return self.look(caller)

    def _changes(self, connection: sa.Connection, head: Frontier, caller: Caller, looked: Looked) -> Sequence[Item]:
        self._hold_fast(looked, head, connection)
        refusals = self._refusals(connection, caller.party, looked)
        self._open_and_close(connection, caller.party, looked)
        return [begin(), *refusals] if refusals else []

    def _refusals(self, connection: sa.Connection, partner: str, looked: Looked) -> list[Item]:
        ruled, at = schema.ruled.c, self.gate.clock().astimezone(UTC)
        before = {row.label: (bool(row.opens), row.ground) for row in connection.execute(sa.select(schema.ruled).where(ruled.partner == partner))}
        changed = {n: one for n, one in looked.rulings.items() if before.get(n) != (one.opens, one.ground)}
        connection.execute(sa.delete(schema.ruled).where(ruled.partner == partner, ruled.label.in_(list(changed))))
        insert(connection, schema.ruled, [(partner, n, one.opens, one.ground) for n, one in changed.items()])
        return [
            item_of(
                "refuse",
                f"refusal-{head_of(at)}-{partner}-{n}",
                self.keeper,
                at,
                {"label": _plain(looked.tables.labels[n].to_text()), "ground": _plain(one.ground)},
                partner=partner,
                told=False,
            )
            for n, one in sorted(changed.items())
            if not one.opens
        ]

    def _open_and_close(self, connection: sa.Connection, partner: str, looked: Looked) -> None:
        """Classes that open get their place in the partner's order; those that close lose it."""
        opened = schema.opened.c
        since = _open_since(connection, partner)
        seen = connection.execute(sa.select(schema.partner.c.looked).where(schema.partner.c.code == partner)).scalar()
        if seen is None:
            insert(connection, schema.partner, [(partner, 0)])
            seen = 0
        slots: dict[int, list[int]] = {}
        for number, slot in looked.tables.slots.items():
            slots.setdefault(slot.class_, []).append(number)
        for gone in sorted(since.keys() - looked.basis.keys()):
            connection.execute(sa.delete(schema.opened).where(opened.partner == partner, opened["class"] == gone))
            back, of = schema.backfill.c, schema.object_.c
            closed = sa.select(of.stamp).where(of.slot.in_(slots.get(gone, [])))
            connection.execute(sa.delete(schema.backfill).where(back.partner == partner, back.object.in_(closed)))
        new = sorted(looked.basis.keys() - since.keys())
        insert(connection, schema.opened, [(partner, class_, seen) for class_ in new])
        missed = [slot for class_ in new for slot in slots.get(class_, [])] if seen else []
        if missed:
            self._backfill(connection, partner, missed, seen)
        if new or since.keys() - looked.basis.keys():  # so that everybody reads anew what is open
            connection.execute(sa.update(schema.node).values(last=schema.node.c.last + 1))

    def _backfill(self, connection: sa.Connection, partner: str, slots: Sequence[int], until: int) -> None:
        """Stamps of the partner's own, after all that were given, for what is in these slots and was added up to one."""
        last = int(connection.execute(sa.select(schema.node.c.last)).scalar_one())
        last = max(last, int(self.gate.clock().timestamp() * 1_000_000))
        of = schema.object_.c
        fresh = (sa.literal(last) + sa.func.row_number().over(order_by=of.stamp)).label("fresh")
        which = sa.select(sa.literal(partner), fresh, of.stamp).where(of.slot.in_(slots), of.stamp <= until)
        given = sa.insert(schema.backfill).from_select(["partner", "stamp", "object"], which)
        made = connection.execute(given, execution_options={"preserve_rowcount": True}).rowcount
        connection.execute(sa.update(schema.node).values(last=last + made))


_LONGEST_NAME = 200
_MOVES = Prepared(sa.select(schema.node.c.moves))
_LAST_READ = Prepared(sa.select(sa.func.max(schema.read.c.number)))
_HAS_LOOKED = Prepared(
    sa.update(schema.partner)
    .where(schema.partner.c.code == sa.bindparam("partner_code", required=False), schema.partner.c.looked < sa.bindparam("until", required=False))
    .values(looked=sa.bindparam("until", required=False))
)


def _open_since(connection: sa.Connection, partner: str) -> dict[int, int]:
    """Since which stamp each class that is open to a partner has been."""
    opened = schema.opened.c
    return dict(connection.execute(sa.select(opened["class"], opened.since).where(opened.partner == partner)).tuples().all())


def written(at: datetime) -> str:
    """An instant as TAXII and the log write it: UTC, microseconds, Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def head_of(at: datetime) -> str:
    """An instant as part of a reference."""
    return at.strftime("%Y%m%dT%H%M%S%f")


def _next_read(connection: sa.Connection) -> int:
    """The number of a read that is put into the log now."""
    return 1 + (_LAST_READ.one(connection)[0] or 0)


def _who(caller: Caller, collection: str, asked: Asked) -> tuple[object, ...]:
    """Who read, and what was asked, as the log keeps it."""
    return caller.client, caller.party, asked.door, json.dumps({"collection": collection, **_told(asked)}, sort_keys=True)


def _told(asked: Asked) -> dict[str, object]:
    filters = {
        name: value for name in ("ids", "types", "versions", "spec_versions") if (value := list(getattr(asked.filters, name))) and value != ["last"]
    }
    return {"after": asked.after, "limit": asked.limit, "goes_on": asked.cursor is not None, **filters}


def _plain(text: str) -> str:
    """Text that fits into one value of an act's details."""
    return text.replace(";", ",")
