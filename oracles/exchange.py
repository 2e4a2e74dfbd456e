"""What does a node show to whom? A slow, literal second reading of docs/explanation/how-exchange-works.md, sections 2.6 and 4 to 8.

Objects stand in a plain list; every question goes through all of it. Nothing is shared with ``comity.exchange``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from oracles.gate import Key, Law, Ruling
from oracles.merkle import mth

Class = frozenset[Key]


@dataclass(eq=False)
class Thing:
    """One object version that a node holds. ``own``: the label keys of its own markings. ``refers``: to which ids. ``giver``: a party.

    ``version``: 0 before it is put in, if it says none; then it is its first stamp (6).
    """

    id: str
    version: int
    home: str
    own: Class
    refers: frozenset[str]
    giver: str
    body: bytes
    spec: str = "2.1"
    stamp: int = 0

    @property
    def type(self) -> str:
        return self.id.partition("--")[0]


class Collection(NamedTuple):
    """A saved filter: of which homes, which types (none: all), and who reads it."""

    id: str
    homes: frozenset[str]
    types: frozenset[str] = frozenset()
    readers: frozenset[str] = frozenset()


class Seen(NamedTuple):
    """A thing as somebody gets to see it, by the stamp that it has for them."""

    stamp: int
    thing: Thing


class Wanted(NamedTuple):
    """Which of what may be seen: each field that is not empty has to fit. ``versions``: last, first, all, or the versions themselves."""

    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    versions: tuple[str | int, ...] = ("last",)
    specs: tuple[str, ...] = ()


class Released(NamedTuple):
    """4: what a release act says: the basis, how many, the root over their digests, the first and the last stamp."""

    basis: tuple[str, ...]
    number: int
    root: str
    first: int
    last: int


@dataclass
class _Partner:
    """What was last ruled for a partner: which classes it asked for, which were open, and the stamps that it has of its own."""

    asked: frozenset[Class] = frozenset()
    opened: frozenset[Class] = frozenset()
    refused: dict[Key, tuple[str, str] | None] = field(default_factory=dict)
    stamps: dict[int, int] = field(default_factory=dict)
    day: date | None = None


class Node:
    """A keeper's node. ``now``: microseconds since 1970, set by who asks."""

    def __init__(self, law: Law, collections: Sequence[Collection] = ()) -> None:
        self.law, self.collections = law, list(collections)
        self.things: list[Thing] = []
        self.gone: list[Thing] = []
        self.recalled: set[str] = set()
        self.borne: set[Key] = set()
        self.now = self.last = 0
        self._partners: dict[str, _Partner] = {}
        self._classes: dict[int, Class] = {}

    def stamp(self) -> int:
        """1: strictly increasing over the whole node."""
        self.last = max(self.last + 1, self.now)
        return self.last

    # -- 6 and 8: what comes in, is called back, gets another label

    def put(self, delivered: Sequence[Thing]) -> list[bool]:
        """Which of them are taken? The same version again, of one giver in one home, changes nothing; with other bytes it is refused (6), or
        of the keeper's with another label, as is what is the keeper's (2.5)."""
        with self._following():
            return [self._put(thing) for thing in delivered]

    def _put(self, thing: Thing) -> bool:
        there = [held for held in self.things if (held.id, held.giver, held.home) == (thing.id, thing.giver, thing.home)]
        there = [held for held in there if thing.version in (0, held.version)]
        if there:
            again = any(held.body == thing.body for held in there)
            relabelled = thing.giver == self.law.keeper and any(self._own(held) != thing.own for held in there)
            return again and not relabelled
        known = any((held.id, held.body) == (thing.id, thing.body) for held in self.things)
        if thing.giver != self.law.keeper and any(key.originator == self.law.keeper for key in thing.own) and not known:
            return False
        first = next((held.giver for held in self.things if held.id == thing.id), thing.giver)
        if thing.giver not in (self.law.keeper, first):
            thing.own |= {Key(thing.giver, closed=True)}
        thing.stamp = self.stamp()
        thing.version = thing.version or thing.stamp
        self.things.append(thing)
        self.borne |= thing.own
        return True

    def recall(self, object_id: str) -> None:
        """8.1: all its versions."""
        with self._following():
            self.recalled.add(object_id)

    def reclassify(self, object_id: str, own: Class) -> None:
        """8.2: every version that is there."""
        self.borne |= own
        with self._following():
            self.recalled.discard(object_id)
            for thing in self.things:
                if thing.id == object_id:
                    thing.own = own

    def withdraw(self, caller: str, collection: Collection, day: date, wanted: Wanted) -> bool:
        """8.4: of what the caller is shown and wants, what it gave itself goes. Is there any?"""
        gone = [seen.thing for seen in self.read(caller, collection, day, wanted) if seen.thing.giver == caller]
        with self._following():
            self.things = [thing for thing in self.things if not any(thing is one for one in gone)]
            self.gone += gone
        return bool(gone)

    @contextmanager
    def _following(self) -> Iterator[None]:
        """8.3: whatever changes its class counts as added anew."""
        before = [(thing, self.class_of(thing)) for thing in self.things]
        yield
        self._classes.clear()
        for thing, class_ in sorted(before, key=lambda one: one[0].stamp):
            if any(thing is one for one in self.things) and self.class_of(thing) != class_:
                thing.stamp = self.stamp()
                for partner in self._partners.values():
                    partner.stamps.pop(id(thing), None)

    # -- 2.6: classes

    def class_of(self, thing: Thing) -> Class:
        """The label keys of its own, and of the classes of everything that it refers to."""
        if id(thing) not in self._classes:
            self._classes[id(thing)] = self._gathered(thing)
        return self._classes[id(thing)]

    def _gathered(self, thing: Thing) -> Class:
        reached, todo = [thing], [thing]
        while todo:
            for target in todo.pop(0).refers:
                for other in self._counting(target):
                    if not any(other is one for one in reached):
                        reached.append(other)
                        todo.append(other)
        return frozenset(key for one in reached for key in self._own(one))

    def _counting(self, target: str) -> list[Thing]:
        """Of what is referred to: the versions that were given by who gave the first, or by the keeper."""
        versions = [thing for thing in self.things if thing.id == target]
        return [thing for thing in versions if thing.giver in (self.law.keeper, versions[0].giver)]

    def _own(self, thing: Thing) -> Class:
        """8.1: what is recalled is open to nobody but the keeper, whoever originated it."""
        return frozenset({Key(self.law.keeper, closed=True)}) if thing.id in self.recalled else thing.own

    # -- 3 and 5: who sees what, in which order

    def look(self, partner: str, day: date) -> list[tuple[Key, Ruling]]:
        """Rule for a partner; the label keys, of all that were ever borne, that are refused on a ground on which they were not before (4)."""
        state = self._partners.get(partner)
        first = state is None
        state = self._partners.setdefault(partner, _Partner())
        classes = {self.class_of(thing) for thing in self.things}
        opened = {one for one in classes if self.law.rule_class(one, partner, day).opens}
        # 5.2 what closes is gone at once
        for thing in self.things:
            if self.class_of(thing) not in opened:
                state.stamps.pop(id(thing), None)
        # 5.1 what opens later, in the order of the old stamps
        later = {one for one in opened if not first and one not in state.opened and self._was_closed(one, partner, state)}
        for thing in sorted(self.things, key=lambda thing: thing.stamp):
            if self.class_of(thing) in later:
                state.stamps[id(thing)] = self.stamp()
        rulings = {key: self.law.rule(key, partner, day) for key in self.borne}
        state.asked, state.opened, state.day = frozenset(classes), frozenset(opened), day
        return [(key, ruling) for key, ruling in sorted(rulings.items(), key=repr) if self._newly_refused(state, key, ruling)]

    @staticmethod
    def _newly_refused(state: _Partner, key: Key, ruling: Ruling) -> bool:
        """4: on a ground on which it was not, when a partner was last ruled on this key."""
        ground = None if ruling.opens else (ruling.outcome, ruling.rule)
        before, state.refused[key] = state.refused.get(key), ground
        return ground is not None and ground != before

    def _was_closed(self, class_: Class, partner: str, state: _Partner) -> bool:
        """Was it closed to the partner when that last asked? A class of which nothing was there then, by what would have been said."""
        if class_ in state.asked:
            return True
        return state.day is not None and not self.law.rule_class(class_, partner, state.day).opens

    def view(self, caller: str, collection: Collection, day: date) -> list[Seen]:
        """What a caller sees of a collection, in its order: the keeper everything."""
        found = [thing for thing in self.things if thing.home in collection.homes and (not collection.types or thing.type in collection.types)]
        if caller == self.law.keeper:
            return sorted((Seen(thing.stamp, thing) for thing in _once(found)), key=lambda seen: seen.stamp)
        if not self.reads(caller, collection):
            return []
        stamps = self._partners[caller].stamps if caller in self._partners else {}
        shown = [thing for thing in found if self.law.rule_class(self.class_of(thing), caller, day).opens]
        return sorted((Seen(stamps.get(id(thing), thing.stamp), thing) for thing in _once(shown)), key=lambda seen: seen.stamp)

    # -- the doors (5, 6, 7)

    def read(self, caller: str, collection: Collection, day: date, wanted: Wanted = Wanted(), after: int = 0) -> list[Seen]:
        """Everything that fits, in order: what all pages of a read come to."""
        return fitting(self.view(caller, collection, day), wanted, after)

    def page(self, caller: str, collection: Collection, day: date, wanted: Wanted, after: int, limit: int) -> tuple[list[Seen], bool]:
        """The first so many of them, and whether there are more."""
        found = self.read(caller, collection, day, wanted, after)
        return found[:limit], len(found) > limit

    def versions(self, caller: str, collection: Collection, day: date, object_id: str) -> list[Seen]:
        """Every version of an object that the caller may see; none: it is not there, as far as the caller goes."""
        return self.read(caller, collection, day, Wanted(ids=(object_id,), versions=("all",)))

    def holds(self, caller: str, collection: Collection, day: date, object_id: str) -> bool:
        return bool(self.versions(caller, collection, day, object_id))

    def reads(self, caller: str, collection: Collection) -> bool:
        return caller == self.law.keeper or caller in collection.readers or "*" in collection.readers

    def shown(self, caller: str) -> list[str]:
        """7: the collections whose reader the caller is, whatever is in them."""
        return sorted(one.id for one in self.collections if self.reads(caller, one))

    # -- 4: what is on record of it

    def released(self, caller: str, page: Iterable[Seen], day: date) -> list[Released]:
        """The release acts that a page of objects brings about: one for each basis, in the order in which they first stand in it."""
        groups: dict[tuple[str, ...], list[Seen]] = {}
        for seen in page:
            groups.setdefault(self.law.rule_class(self.class_of(seen.thing), caller, day).basis, []).append(seen)
        return [
            Released(basis, len(some), mth([sha256(seen.thing.body).digest() for seen in some]).hex(), some[0].stamp, some[-1].stamp)
            for basis, some in groups.items()
        ]


def _once(things: Iterable[Thing]) -> list[Thing]:
    """6: a version that several gave, or that stands in several homes, once: the one with the earliest stamp."""
    found: dict[tuple[str, int], Thing] = {}
    for thing in sorted(things, key=lambda thing: thing.stamp):
        found.setdefault((thing.id, thing.version), thing)
    return list(found.values())


def fitting(view: Sequence[Seen], wanted: Wanted, after: int) -> list[Seen]:
    """Those of a view that are wanted, with a stamp later than one; which version is the last is said of the whole view (6)."""
    versions: dict[str, list[int]] = {}
    for seen in view:
        versions.setdefault(seen.thing.id, []).append(seen.thing.version)
    return [
        seen for seen in view
        if seen.stamp > after
        and (not wanted.ids or seen.thing.id in wanted.ids)
        and (not wanted.types or seen.thing.type in wanted.types)
        and (not wanted.specs or seen.thing.spec in wanted.specs)
        and _version_fits(seen.thing.version, versions[seen.thing.id], wanted.versions)
    ]  # fmt: skip


def _version_fits(version: int, there: Sequence[int], wanted: Sequence[str | int]) -> bool:
    return (
        not wanted
        or "all" in wanted
        or version in wanted
        or ("last" in wanted and version == max(there))
        or ("first" in wanted and version == min(there))
    )
