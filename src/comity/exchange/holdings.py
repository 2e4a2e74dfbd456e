"""What a node holds: objects by their stamps, in slots; read in the order in which a partner sees them. The only place that reads an object's bytes.

Who may see which slots is not decided here: a view says it, and only the gate makes views (``letting_out``).

Source: docs/explanation/how-exchange-works.md, sections 1, 5 and 6.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from comity.exchange import schema
from comity.exchange.asking import Filters
from comity.exchange.label_keys import LabelKey, read_label_key
from comity.ledger import Prepared

T = TypeVar("T")
_OBJECT = schema.object_.c
_SOME = 500
_MOST_BATCHES = 20
_LAST, _EVERY = (0, 2), (0, 1, 2)
_MOST_PARTS = 60
"""Slots times kinds of ``newer`` up to which each is read by its own index; above, the whole table is read along."""


class Slot(NamedTuple):
    """What a row of objects shares: its home, its type, and its class."""

    home: int
    type: str
    class_: int


@dataclass(frozen=True, slots=True)
class Collection:
    """A saved filter: of which homes (by their numbers), which types (none: all); who reads and writes (``*``: every partner).

    ``label``: of what is put into it without any marking. ``four_eyes``: a second person releases what the keeper's people publish.
    """

    number: int
    id: str
    title: str
    description: str = ""
    alias: str | None = None
    homes: frozenset[int] = frozenset()
    types: frozenset[str] = frozenset()
    readers: frozenset[str] = frozenset()
    writers: frozenset[str] = frozenset()
    label: LabelKey | None = None
    four_eyes: bool = False

    def read_by(self, party: str) -> bool:
        return not self.readers.isdisjoint((party, "*"))

    def written_by(self, party: str) -> bool:
        return not self.writers.isdisjoint((party, "*"))

    def has(self, slot: Slot) -> bool:
        return slot.home in self.homes and (not self.types or slot.type in self.types)


@dataclass(frozen=True, slots=True)
class View:
    """What one partner sees: slots by their numbers, each with the stamp since which its class has been open; up to the stamp ``until``, for of what
    came later the slots are not known. None as partner: the keeper.
    """

    partner: str | None
    slots: Mapping[int, int]
    until: int


Another = Callable[["Row", bool], bool]
"""Does the view have a later (True) or an earlier (False) version of the same object?"""


class Row(NamedTuple):
    """One object version as a view has it: ``seen`` is its stamp for this partner, ``stamp`` the node's own."""

    seen: int
    stamp: int
    id: str
    version: int
    slot: int
    newer: int
    older: int
    twin: int
    spec: str
    digest: bytes = b""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Tables:
    """The small tables, as they are in memory."""

    last: int
    moves: int
    secret: bytes
    labels: Mapping[int, LabelKey]
    label_ids: Mapping[LabelKey, int]
    classes: Mapping[int, frozenset[int]]
    class_ids: Mapping[frozenset[int], int]
    slots: Mapping[int, Slot]
    slot_ids: Mapping[Slot, int]
    collections: Mapping[str, Collection] = field(default_factory=dict)


class Holdings:
    """The objects of the node in a ledger's database."""

    def __init__(self) -> None:
        self._tables: Tables | None = None

    def tables(self, connection: sa.Connection) -> Tables:
        """The small tables as this connection sees them: read again when anything was added since."""
        (last,) = _LAST_STAMP.one(connection)
        found = self._tables
        if found is None or found.last != last:
            found = _read_tables(connection)
            if connection.get_execution_options().get("writes"):  # what it has written may yet be taken back
                return found
            self._tables = found
        return found

    # -- a view's order

    def rows(self, connection: sa.Connection, view: View, filters: Filters, after: int, most: int) -> tuple[list[Row], int | None]:
        """Rows of the view that fit, seen after a stamp, ``most`` at most and in order; and after which stamp there may be more; None: there is none.

        Fewer may come than there are, even none, if many are passed over on the way. Without their bytes.
        """
        return self._rows(connection, view, filters, after, most, bodies=False)

    def rows_with_bodies(self, connection: sa.Connection, view: View, filters: Filters, after: int, most: int) -> tuple[list[Row], int | None]:
        """The same, with the bytes of each and their digest."""
        return self._rows(connection, view, filters, after, most, bodies=True)

    def _rows(self, connection: sa.Connection, view: View, filters: Filters, after: int, most: int, *, bodies: bool) -> tuple[list[Row], int | None]:
        found, batch = list[Row](), most + 1
        wanted = _Versions(filters.versions)
        for _ in range(_MOST_BATCHES):
            rows = self._candidates(connection, view, filters, wanted.newer, after, batch, bodies)
            fit = (row for row in rows if wanted.fit(row, lambda row, later: self._another(connection, view, row, later)))
            found += [row for row in fit if not (row.twin and self._is_there_before(connection, view, row))]
            if len(found) > most:
                return found[:most], found[most - 1].seen
            if len(rows) < batch:
                return found, None
            after, batch = rows[-1].seen, max(batch, _SOME)
        return found, after

    def _candidates(
        self, connection: sa.Connection, view: View, filters: Filters, newer: Sequence[int], after: int, most: int, bodies: bool
    ) -> list[Row]:
        if not view.slots:
            return []
        by_since: dict[int, list[int]] = {}
        for slot, since in sorted(view.slots.items()):
            by_since.setdefault(since, []).append(slot)
        shape = _Shape(
            tuple(map(tuple, by_since.values())), tuple(newer), view.partner is not None, len(filters.ids), len(filters.spec_versions), bodies
        )
        values: dict[str, object] = {f"start_{n}": max(after, since) for n, since in enumerate(by_since)}
        values |= {f"id_{n}": one for n, one in enumerate(filters.ids)} | {f"spec_{n}": one for n, one in enumerate(filters.spec_versions)}
        found = _candidates_of(shape)(connection, after=after, until=view.until, most=most, partner=view.partner, **values)
        return [Row(*row) for row in found]

    def _another(self, connection: sa.Connection, view: View, row: Row, later: bool) -> bool:
        """Does the view have a later (or an earlier) version of the same object?"""
        version = _OBJECT.version > row.version if later else _OBJECT.version < row.version
        return self._has(connection, view, _OBJECT.id == row.id, version)

    def _is_there_before(self, connection: sa.Connection, view: View, row: Row) -> bool:
        """Does the view have the same version of the object, of another giver or in another home, with an earlier stamp?"""
        return self._has(connection, view, _OBJECT.id == row.id, _OBJECT.version == row.version, _OBJECT.stamp < row.stamp)

    def holds(self, connection: sa.Connection, view: View, object_id: str) -> bool:
        """Does the view have any version of this object?"""
        return self._has(connection, view, _OBJECT.id == object_id)

    def _has(self, connection: sa.Connection, view: View, *which: sa.ColumnElement[bool]) -> bool:
        """Does the view have any of these? It has all of a slot: what was there before the slot's class opened has stamps of its own (backfill)."""
        return not view.slots.keys().isdisjoint(connection.execute(sa.select(_OBJECT.slot).where(*which)).scalars())

    def definitions(self, connection: sa.Connection, ids: Sequence[str], givers: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The definitions of markings that one of these gave, by their ids: for the node's own reading of labels, and for nobody else."""
        for some in chunks(ids):
            asked = sa.select(_OBJECT.id, _OBJECT.body).where(_OBJECT.id.in_(some), _OBJECT.giver.in_(list(givers))).order_by(_OBJECT.stamp.desc())
            yield from ((marking, body) for marking, body in connection.execute(asked).all() if marking.startswith("marking-definition--"))


class _Shape(NamedTuple):
    """All of a question for rows but its values: slots, by since when they are open; kinds of ``newer``; is there a partner; how many ids and
    versions of STIX are named; are the bytes wanted?
    """

    slots: tuple[tuple[int, ...], ...]
    newer: tuple[int, ...]
    partner: bool
    ids: int
    specs: int
    bodies: bool


@lru_cache(maxsize=512)
def _candidates_of(shape: _Shape) -> Prepared:
    """The rows of slots in the order in which they are seen.

    Each part comes in that order from an index, so that both databases merge them as they are read: without an order of its own PostgreSQL would
    sort all parts together, and with a limit of its own SQLite would.
    """
    slots = [slot for some in shape.slots for slot in some]
    narrowed: list[sa.ColumnElement[bool]] = []
    if shape.ids:
        narrowed.append(_OBJECT.id.in_([_open(f"id_{n}", sa.String) for n in range(shape.ids)]))
    if shape.specs:
        narrowed.append(_OBJECT.spec.in_([_open(f"spec_{n}", sa.String) for n in range(shape.specs)]))
    starts = [_open(f"start_{n}", sa.BigInteger) for n in range(len(shape.slots))]
    until = _open("until", sa.BigInteger)
    if shape.ids or len(slots) * len(shape.newer) > _MOST_PARTS:
        along = _OBJECT.slot if shape.ids else _OBJECT.slot + 0  # the sum: along the stamps, not by the index of slots
        parts = [
            [_OBJECT.stamp > start, _OBJECT.stamp <= until, along.in_(some), _OBJECT.newer.in_(shape.newer)]
            for start, some in zip(starts, shape.slots, strict=True)
        ]
    else:
        parts = [
            [_OBJECT.stamp > start, _OBJECT.stamp <= until, _OBJECT.slot == slot, _OBJECT.newer == one]
            for start, some in zip(starts, shape.slots, strict=True)
            for slot in some
            for one in shape.newer
        ]
    own = sa.select(_OBJECT.stamp.label("seen"), _OBJECT.stamp.label("stamp"))
    found = [own.where(*where, *narrowed).order_by(_OBJECT.stamp) for where in parts]
    if shape.partner:
        back = schema.backfill.c
        later = sa.select(back.stamp.label("seen"), _OBJECT.stamp.label("stamp")).join(schema.object_, _OBJECT.stamp == back.object)
        seen = (back.partner == _open("partner", sa.String), back.stamp > _open("after", sa.BigInteger), back.stamp <= until)
        fits = (*seen, _OBJECT.slot.in_(slots), _OBJECT.newer.in_(shape.newer))
        found.append(later.where(*fits, *narrowed).order_by(back.stamp))
    some = sa.union_all(*(sa.select(one.subquery()) for one in found)).order_by("seen").limit(_open("most", sa.Integer)).subquery()
    columns = (_OBJECT.id, _OBJECT.version, _OBJECT.slot, _OBJECT.newer, _OBJECT.older, _OBJECT.twin, _OBJECT.spec)
    bytes_ = (_OBJECT.digest, _OBJECT.body) if shape.bodies else ()
    told = sa.select(some.c.seen, _OBJECT.stamp, *columns, *bytes_)
    return Prepared(told.join(schema.object_, _OBJECT.stamp == some.c.stamp).order_by(some.c.seen))


def _open(name: str, of: type[sa.types.TypeEngine[Any]]) -> sa.BindParameter[Any]:
    """A value that is given each time anew."""
    return sa.bindparam(name, required=False, type_=of)


_LAST_STAMP = Prepared(sa.select(schema.node.c.last))


class _Versions:
    """Which versions are wanted, and which rows can be among them."""

    def __init__(self, wanted: Sequence[str | int]) -> None:
        self.all = not wanted or "all" in wanted
        self.last, self.first = "last" in wanted, "first" in wanted
        self.named = {one for one in wanted if isinstance(one, int)}
        self.newer: Sequence[int] = _LAST if self.last and not (self.all or self.first or self.named) else _EVERY

    def fit(self, row: Row, another: Another) -> bool:
        if self.all or row.version in self.named:
            return True
        if self.last and (row.newer == 0 or (row.newer == 2 and not another(row, True))):
            return True
        return self.first and (row.older == 0 or (row.older == 2 and not another(row, False)))


def _read_tables(connection: sa.Connection) -> Tables:
    node = connection.execute(sa.select(schema.node)).one()
    labels = {row.id: read_label_key(row.key) for row in connection.execute(sa.select(schema.label))}
    classes = {row.id: frozenset(json.loads(row.labels)) for row in connection.execute(sa.select(schema.class_))}
    slots = {row[0]: Slot(*row[1:]) for row in connection.execute(sa.select(schema.slot))}
    collections = {found.id: found for row in connection.execute(sa.select(schema.collection)) for found in [_collection(row)]}
    return Tables(node.last, node.moves, node.secret, labels, _turned(labels), classes, _turned(classes), slots, _turned(slots), collections)


def _turned(numbered: Mapping[int, T]) -> dict[T, int]:
    return {what: number for number, what in numbered.items()}


def _collection(row: sa.Row[tuple[object, ...]]) -> Collection:
    sets = {name: frozenset(json.loads(getattr(row, name))) for name in ("homes", "types", "readers", "writers")}
    label = None if row.label is None else read_label_key(row.label)
    return Collection(row.number, row.id, row.title, row.description, row.alias, label=label, four_eyes=bool(row.four_eyes), **sets)


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many as are asked for in one statement, and the next."""
    return (values[start : start + _SOME] for start in range(0, len(values), _SOME))
