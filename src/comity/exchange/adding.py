"""Putting objects into a node, within a transaction that holds the ledger's lock: stamps, slots, versions, and what refers to what.

1. What is there already with the same bytes changes nothing; with other bytes it is refused.
2. References are kept, by ids.
3. The class of each object: the label keys of its own, and those of everything that it refers to, however far.
4. Rows with new stamps; of each object with several versions, which is the last and which the first.
5. What refers to something that came, or that another label came to, follows: it counts as added anew, in its new class.

Source: docs/explanation/how-exchange-works.md, sections 1, 2.6 and 6.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from comity.exchange import schema
from comity.exchange.holdings import Slot, Tables, chunks
from comity.exchange.label_keys import LabelKey
from comity.exchange.pages_on_record import keep
from comity.ledger import insert

_CHANGED = "this version is here already, with other content; give a later version"
_RELABELLED = "it is here already, with another label; change that with: exchange reclassify"
RECALLED = "recalled"
"""Why what was recalled goes to nobody."""
ANOTHERS = "the object is another's, who gave it first"
"""Why a version goes to nobody but its giver."""
_BEGUN = -1
_OBJECT, _REFERENCE = schema.object_.c, schema.reference.c


@dataclass(frozen=True, slots=True)
class Given:
    """One object version that is put in. ``labels``: the keys of its own markings. ``refers``: to which ids. ``giver``: a party."""

    id: str
    type: str
    version: int
    spec: str
    body: bytes
    labels: frozenset[LabelKey]
    refers: frozenset[str]
    giver: str
    home: int

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.body).digest()


@dataclass(slots=True)
class _Version:
    """A version that the node holds. ``arrived``: the first stamp that it had, which is its for good."""

    stamp: int
    arrived: int
    id: str
    version: int
    slot: int
    own: int
    giver: str
    digest: bytes


class Adding:
    """One transaction's additions; ``last`` is the last stamp that was given."""

    def __init__(self, connection: sa.Connection, tables: Tables, keeper: str, now: datetime) -> None:
        self.connection, self.keeper = connection, keeper
        self.moved = False
        self.last = max(tables.last, int(now.timestamp() * 1_000_000))
        self._labels, self._classes, self._slots = dict(tables.label_ids), dict(tables.class_ids), dict(tables.slot_ids)
        self._recalled = {number for number, key in tables.labels.items() if key.closed == RECALLED}
        self._numbered = {number: slot for slot, number in self._slots.items()}
        self._labels_of: dict[int, frozenset[int]] = {number: labels for labels, number in self._classes.items()}
        self._versions: dict[str, list[_Version]] = {}
        self._refers: dict[str, dict[int, set[str]]] = {}
        self._homes: dict[int, int] = {}

    def add(self, objects: Sequence[Given]) -> list[str]:
        """Put them in: of each, why it was refused, or a blank."""
        self._look_up(one.id for one in objects)
        # 1. what is there already
        told, new = list[str](), list[tuple[Given, _Version]]()
        for one in objects:
            digest = one.digest
            held = self._held(one)
            if held is None:
                new.append((one, self._begun(one, digest)))
                told.append("")
            else:
                told.append(_CHANGED if held.digest != digest else _RELABELLED if self._is_relabelled(one, held) else "")
        # 2. references
        insert(self.connection, schema.reference, sorted((target, held.arrived, one.id) for one, held in new for target in one.refers))
        # 3. and 4. classes and rows
        rows = list[tuple[object, ...]]()
        for one, held in new:
            held.slot = self._slot(Slot(one.home, one.type, self._effective(held)))
            rows.append((held.stamp, one.id, held.version, held.slot, 0, 0, 0, held.own, held.arrived, one.spec, one.giver, held.digest, one.body))
        insert(self.connection, schema.object_, rows)
        for object_id in {one.id for one, _ in new}:
            if len(self._versions[object_id]) > 1:
                self._tell_versions_apart(object_id)
        # 5. what follows
        self.follow(one.id for one, _ in new)
        return told

    def _held(self, one: Given) -> _Version | None:
        """The same version, of the same giver, in the same home; of something without a version, whatever there is."""
        alike = (v for v in self._versions[one.id] if v.giver == one.giver and self._home_of(v) == one.home)
        return next((v for v in alike if one.version in (0, v.version)), None)

    def _begun(self, one: Given, digest: bytes) -> _Version:
        self.last += 1
        before, refers = self._versions[one.id], self._refers_of(one.id)
        recalled = {label for v in before for label in self._labels_of[v.own]} & self._recalled
        first = min(before, key=lambda v: v.arrived, default=None)
        foreign = {LabelKey(originator=one.giver, closed=ANOTHERS)} if first is not None and one.giver not in (self.keeper, first.giver) else set()
        own = self._class({self._label(key) for key in one.labels | foreign} | recalled)
        held = _Version(self.last, self.last, one.id, one.version or self.last, _BEGUN, own, one.giver, digest)
        self._homes[held.arrived] = one.home
        before.append(held)
        refers[held.arrived] = set(one.refers)
        return held

    def labels_of(self, object_id: str) -> frozenset[LabelKey]:
        """The label keys of the classes in which the versions of an object stand."""
        keys = {number: key for key, number in self._labels.items()}
        self._look_up([object_id])
        return frozenset(keys[label] for v in self._versions[object_id] for label in self._labels_of[self._numbered[v.slot].class_])

    def relabel(self, object_id: str, labels: frozenset[LabelKey]) -> int:
        """Every version of an object bears these of its own from now on: how many versions those are."""
        self._look_up([object_id])
        own = self._class({self._label(key) for key in labels})
        for held in self._versions[object_id]:
            held.own = own
        self.connection.execute(sa.update(schema.object_).where(_OBJECT.id == object_id).values(own=own))
        self._move([object_id])
        self.follow([object_id])
        return len(self._versions[object_id])

    def take_out(self, stamps: Iterable[int], object_id: str) -> None:
        """These versions of an object are no longer there."""
        self._look_up([object_id])
        for stamp in stamps:
            self._let_go(stamp)
            for gone in [v for v in self._versions[object_id] if v.stamp == stamp]:
                self.connection.execute(sa.delete(schema.reference).where(_REFERENCE.arrived == gone.arrived))
                self._versions[object_id].remove(gone)
            self.connection.execute(sa.delete(schema.object_).where(_OBJECT.stamp == stamp))
        self._refers.pop(object_id, None)
        self._tell_versions_apart(object_id)
        self.follow([object_id])
        self.last += 1

    def finish(self) -> None:
        """The last stamp, so that everybody reads the small tables again."""
        moves = schema.node.c.moves + (1 if self.moved else 0)
        self.connection.execute(sa.update(schema.node).values(last=self.last, moves=moves))

    def _is_relabelled(self, one: Given, held: _Version) -> bool:
        """Does the keeper publish what is there with another label? What a partner delivers again is labelled as it was."""
        return one.giver == self.keeper and held.own != self._class({self._label(key) for key in one.labels})

    # -- what refers to what

    def follow(self, ids: Iterable[str]) -> None:
        """Earlier versions of these, and everything that refers to one of them, however far, in the class that they have now."""
        seen = set(ids)
        self._move(sorted(object_id for object_id in seen if len(self._versions[object_id]) > 1))
        todo = sorted(seen)
        while todo:
            found = set[str]()
            for some in chunks(todo):
                found |= set(self.connection.execute(sa.select(_REFERENCE.source).where(_REFERENCE.target.in_(some))).scalars())
            todo = sorted(found - seen)
            seen |= found
            self._look_up(todo)
            self._move(todo)

    def _refers_of(self, object_id: str) -> dict[int, set[str]]:
        """To which ids each version of an object refers, by when it arrived."""
        found = self._refers.get(object_id)
        if found is None:
            found = self._refers[object_id] = {}
            if self._versions[object_id]:
                asked = sa.select(_REFERENCE.arrived, _REFERENCE.target).where(_REFERENCE.source == object_id)
                for arrived, target in self.connection.execute(asked):
                    found.setdefault(arrived, set()).add(target)
        return found

    def _counted(self, object_id: str) -> list[_Version]:
        """The versions of an object that close what refers to it: those of who gave the first, and the keeper's."""
        versions = self._versions[object_id]
        first = min(versions, key=lambda v: v.arrived, default=None)
        return [] if first is None else [v for v in versions if v.giver in (self.keeper, first.giver)]

    def _effective(self, held: _Version) -> int:
        """The class of a version: its own label keys, and those of everything that it refers to."""
        labels, reached = set(self._labels_of[held.own]), set[str]()
        todo = set(self._refers_of(held.id).get(held.arrived, ()))
        while todo:
            reached |= todo
            self._look_up(todo)
            further = set[str]()
            for target in todo:
                for version in self._counted(target):
                    labels |= self._labels_of[version.own]
                    further |= self._refers_of(target).get(version.arrived, set())
            todo = further - reached
        return self._class(labels)

    def _move(self, ids: Iterable[str]) -> None:
        """Versions whose class is another than the one of their slot, as added anew."""
        for object_id in ids:
            moved = False
            for held in self._versions[object_id]:
                class_ = self._effective(held)
                slot = self._numbered[held.slot]
                if class_ == slot.class_:
                    continue
                self.last += 1
                self._let_go(held.stamp)
                new = {"stamp": self.last, "slot": self._slot(slot._replace(class_=class_))}
                self.connection.execute(sa.update(schema.object_).where(_OBJECT.stamp == held.stamp).values(new))
                held.stamp, held.slot, moved = new["stamp"], new["slot"], True
            if moved:
                self._tell_versions_apart(object_id)

    def _let_go(self, stamp: int) -> None:
        """The object has this stamp no longer, but had it."""
        self.moved = True
        self.connection.execute(sa.delete(schema.backfill).where(schema.backfill.c.object == stamp))
        keep(self.connection, stamp)

    # -- versions

    def _look_up(self, ids: Iterable[str]) -> None:
        unknown = sorted({object_id for object_id in ids if object_id not in self._versions})
        for some in chunks(unknown):
            self._versions |= {object_id: [] for object_id in some}
            asked = sa.select(_OBJECT.stamp, _OBJECT.arrived, _OBJECT.id, _OBJECT.version, _OBJECT.slot, _OBJECT.own, _OBJECT.giver, _OBJECT.digest)
            for row in self.connection.execute(asked.where(_OBJECT.id.in_(some))):
                self._versions[row.id].append(_Version(*row))

    def _tell_versions_apart(self, object_id: str) -> None:
        """Of each version: is there a later, an earlier one, in its own slot or in others? Was it there before, of another giver or home?"""
        held = self._versions[object_id]
        for one in held:
            twins = [v for v in held if v.version == one.version and v.stamp < one.stamp]
            later, earlier = ([v for v in held if (v.version - one.version) * way > 0] for way in (1, -1))
            newer, older = (0 if not others else 1 if any(v.slot == one.slot for v in others) else 2 for others in (later, earlier))
            flags = {"newer": newer, "older": older, "twin": 1 if twins else 0}
            self.connection.execute(sa.update(schema.object_).where(_OBJECT.stamp == one.stamp).values(flags))

    # -- the small tables

    def _home_of(self, held: _Version) -> int:
        return self._homes[held.arrived] if held.slot == _BEGUN else self._numbered[held.slot].home

    def _label(self, key: LabelKey) -> int:
        return self._kept(self._labels, key, schema.label, lambda: (key.to_text(),))

    def _class(self, labels: Iterable[int]) -> int:
        wanted = frozenset(labels)
        number = self._kept(self._classes, wanted, schema.class_, lambda: (json.dumps(sorted(wanted)),))
        self._labels_of[number] = wanted
        return number

    def _slot(self, slot: Slot) -> int:
        number = self._kept(self._slots, slot, schema.slot, lambda: tuple(slot))
        self._numbered[number] = slot
        return number

    def _kept(self, known: dict[Any, int], what: Any, table: sa.Table, row: Callable[[], tuple[object, ...]]) -> int:
        found = known.get(what)
        if found is None:
            found = known[what] = max(known.values(), default=0) + 1
            insert(self.connection, table, [(found, *row())])
        return found
