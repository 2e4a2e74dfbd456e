"""A node in memory for the simulator of federations, as small as one can be that keeps to what is asked of a node.

It has a home of its own and one for each partner, one collection over all of them, a gate with one law (a label names addressees and a pact; the
pact's members may, by the acts that the node holds), recalls, and acts, taken as ``taking_acts`` of the room rules. What is in ``Disk`` outlives a
crash; all else does not.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.acts import Act, Entry, Source, sign
from comity.exchange.asking import ACT_TYPE, Asked, Caller, Delivery, Fate, Page, Shown, Told
from comity.exchange.between.acts_in_ledger import WaitingInMemory
from comity.exchange.between.carrying_acts import CarriedAct, act_id, act_objects, recorded_instant
from comity.exchange.between.raw_objects import read_resource
from comity.exchange.between.taking_acts import TakingActs
from comity.parties import Party, Register
from comity.standing import PartyKey, Record, Signers
from comity.terms import BadInput, Moment, NotOnRecord

COLLECTION = "everything"
RECALL = "recall-notice"
KEYS = ("introduce-key", "rotate-key", "revoke-key")
Label = dict[str, Any]
"""``originator``; ``to``: addressees, None for anybody; ``pact``: on which it rests, None for none; ``onward``: may others pass it on?"""
Key = tuple[str, str, str]
"""An object version: its home, its id, its version."""


class Kept(NamedTuple):
    """An object as a node keeps it."""

    stamp: int
    type: str
    body: bytes
    label: Label


@dataclass
class Disk:
    """What a node has committed."""

    acts: dict[str, Entry] = field(default_factory=dict)
    carried: set[str] = field(default_factory=set)
    """The ids of the objects that carry them."""
    objects: dict[Key, Kept] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    """The ids of the keeper's own objects: no version of them comes from anybody else."""
    recalled: set[tuple[str, str]] = field(default_factory=set)
    """Home and id of what was called back."""
    last: int = 0
    orders: dict[str, dict[Key, int]] = field(default_factory=dict)
    """For each partner the stamps of what is open to it."""
    looked: dict[str, int] = field(default_factory=dict)
    """For each partner up to which stamp it has looked."""
    released: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """Home and id of what was let out, and to whom."""
    notices: set[tuple[str, str, str]] = field(default_factory=set)
    """Who said that what was called back, and the act that is said to have done it; as long as that was not heeded."""
    cursors: dict[str, str] = field(default_factory=dict)


class NodeInMemory:
    """One party's node. ``clock`` is its own, which may be wrong."""

    def __init__(self, party: str, register: Register, first_keys: Sequence[Entry], key: Ed25519PrivateKey, clock: Callable[[], datetime]) -> None:
        self.party, self.register, self.clock, self.key = party, register, clock, key
        self.between: Callable[[], None] = lambda: None
        self._offered = 0
        self.disk = Disk()
        for entry in first_keys:
            self.disk.acts[entry.act.hash] = entry
        self.wakes()

    def wakes(self) -> None:
        """Started anew: what waited is looked up again in what is on disk."""
        self._signers: tuple[int, date, tuple[PartyKey, ...]] | None = None
        self._recorded: dict[str, Entry] = {}
        self._members: dict[str, tuple[int, frozenset[str]]] = {}
        self.taking = TakingActs(self, WaitingInMemory())
        for home in sorted({home for home, _, _ in self.disk.objects} - {self.party}):
            bodies = [kept.body for (of, _, _), kept in self.disk.objects.items() if of == home and kept.type == ACT_TYPE]
            self.taking.take(home, bodies)

    # -- what taking acts asks of a record

    @property
    def keeper(self) -> str:
        return self.party

    @property
    def today(self) -> date:
        return self.clock().date()

    @property
    def size(self) -> int:
        return len(self.disk.acts)

    def there(self, hashes: Iterable[str]) -> set[str]:
        return {one for one in hashes if one in self.disk.acts}

    def act(self, act_hash: str) -> Act | None:
        found = self.disk.acts.get(act_hash)
        return None if found is None else found.act

    def keys(self) -> Iterable[PartyKey]:
        entries = [entry for entry in self.disk.acts.values() if entry.act.kind in KEYS]
        if self._signers is None or self._signers[:2] != (len(entries), self.today):
            self._signers = len(entries), self.today, Signers(Record((), tuple(entries), self.register), self.today, None).keys
        return self._signers[2]

    def part_of(self, code: str) -> str | None:
        return None

    def bearer(self, ref: str) -> str | None:
        return next((entry.act.actor for entry in self.disk.acts.values() if entry.act.ref == ref), None)

    def taking_part(self, agreement: str) -> set[str]:
        return {entry.act.actor for entry in self.disk.acts.values() if entry.act.agreement == agreement and entry.act.kind != "deny"}

    def misread(self, acts: Sequence[CarriedAct]) -> Mapping[str, str]:
        return {one.act.hash: "no such agreement" for one in acts if (one.act.agreement or "pact-0") not in ("pact-0", "pact-1")}

    def append(self, acts: Sequence[CarriedAct], sender: str) -> None:
        for one in acts:
            assert one.act.hash not in self.disk.acts, "an act is put on record twice"
            self._record(one.act, one.signature)

    def _record(self, act: Act, signature: str | None) -> Entry:
        entry = self.disk.acts[act.hash] = Entry(act, self.today, self.clock(), signature)
        self.disk.carried.add(act_id(act.hash))
        return entry

    # -- what its own people do

    def do(self, kind: str, ref: str, pact: str | None = None, signed: bool = True, **more: Any) -> Act:
        """An act of the keeper's, on record, and published for anybody."""
        day = self.today
        act = Act(kind, self.party, ref, pact, made=Moment(day.isoformat(), day, day), source=Source("simulated", "text"), **more)
        self._offer(self._record(act, sign(act, self.key) if signed else None))
        return act

    def takes_key(self, key: Ed25519PrivateKey) -> None:
        """From now on it signs with this one; what it did is offered again, signed with it, but for what brings in keys: old ones vouch for it."""
        self.key = key
        for entry in list(self.disk.acts.values()):
            if entry.act.actor == self.party and entry.signature is not None and entry.act.kind not in KEYS:
                again = replace(entry, signature=sign(entry.act, key))
                self._offered += 1
                self._offer(again, max(self.clock(), recorded_instant(entry)) + timedelta(seconds=1, milliseconds=self._offered))

    def _offer(self, entry: Entry, modified: datetime | None = None) -> None:
        (carried,) = act_objects(entry, modified)
        self._keep((self.party, carried["id"], carried["modified"]), ACT_TYPE, json.dumps(carried).encode(), anybody(self.party))

    def publish(self, kind: str, name: str, version: int, label: Label, **more: object) -> bytes:
        """An object of the keeper's own: its bytes."""
        said = {"type": kind, "id": f"{kind}--{name}", "modified": f"2026-01-01T00:00:{version:02}.000Z", "label": label, **more}
        body = json.dumps(said).encode()
        self._keep((self.party, said["id"], said["modified"]), kind, body, label)  # type: ignore[arg-type]
        return body

    def recall(self, home: str, object_id: str, act_hash: str) -> None:
        """Close an object, and tell everybody who got it."""
        if (home, object_id) in self.disk.recalled:
            return
        self.disk.recalled.add((home, object_id))
        for partner in sorted(self.disk.released.get((home, object_id), set()) - {home}):
            name = str(uuid.uuid5(uuid.UUID(int=0), f"{self.party} {home} {object_id} {partner}"))
            self.publish(RECALL, name, 0, {"originator": self.party, "to": [partner], "pact": None, "onward": False}, item=object_id, act=act_hash)

    # -- the gate

    def members(self, pact: str) -> frozenset[str]:
        """Who is in: whose latest act says so; of two of one day, the denunciation."""
        found = self._members.get(pact)
        if found is None or found[0] != self.size:
            latest: dict[str, tuple[date, bool]] = {}
            for entry in self.disk.acts.values():
                act = entry.act
                if act.agreement == pact and act.kind in ("ratify", "denounce") and act.made is not None:
                    said = act.made.last, act.kind == "denounce"
                    latest[act.actor] = max(latest.get(act.actor, said), said)
            found = self._members[pact] = self.size, frozenset(party for party, (_, out) in latest.items() if not out)
        return found[1]

    def is_open(self, partner: str, key: Key, kept: Kept) -> bool:
        label = kept.label
        if key[:2] in self.disk.recalled or (kept.type == ACT_TYPE and key[1] not in self.disk.carried):
            return False
        if partner == label["originator"] or label["to"] is None:
            return True
        if partner not in label["to"]:
            return False
        if label["pact"] is None:
            return bool(self.party == label["originator"])
        inside = self.members(label["pact"])
        if not {self.party, partner} <= inside:
            return False
        return self.party == label["originator"] or (label["onward"] and label["originator"] in inside)

    # -- what a partner asks

    def collections(self, caller: Caller) -> tuple[Shown, ...]:
        return (Shown(COLLECTION, "Everything", writes=caller.writes),)

    def read(self, caller: Caller, collection: str, asked: Asked) -> Page:
        if collection != COLLECTION:
            raise NotOnRecord("there is no such collection")
        order = self.disk.orders.setdefault(caller.party, {})
        looked, given = self.disk.looked.get(caller.party, 0), set[bytes]()
        for key, kept in self.disk.objects.items():  # in the order of their stamps
            if key[0] == caller.party or kept.body in given or not self.is_open(caller.party, key, kept):
                order.pop(key, None)
                continue
            given.add(kept.body)
            if key not in order:
                order[key] = kept.stamp if kept.stamp > looked else self._stamp()
        self.disk.looked[caller.party] = self.disk.last
        after = int(asked.cursor) if asked.cursor is not None else asked.after or 0
        rows = sorted((stamp, key) for key, stamp in order.items() if stamp > after)
        page, more = rows[: asked.limit], len(rows) > asked.limit
        for _, (home, object_id, _) in page:
            self.disk.released.setdefault((home, object_id), set()).add(caller.party)
        told = tuple(Told(key[1], 0, stamp, "2.1", self.disk.objects[key].body) for stamp, key in page)
        return Page(told, more, str(page[-1][0]) if more else None)

    def add(self, caller: Caller, collection: str, body: bytes) -> Delivery:
        if collection != COLLECTION or not caller.writes:
            raise NotOnRecord("there is no such collection")
        return self.receive(caller.party, [raw for raw, _ in read_resource(body)[1]])

    # -- what comes in

    def receive(self, sender: str, bodies: Sequence[bytes]) -> Delivery:
        """Objects of a partner's: the acts among them onto the record, then all that are not refused into its home."""
        acts = [body for body in bodies if b'"comity-act"' in body]
        says = dict(zip(acts, self.taking.take(sender, acts).says, strict=True))
        self.between()
        taken, refused = list[Fate](), list[Fate]()
        for body in bodies:
            try:
                said = json.loads(body)
                label = anybody(sender) if said["type"] == ACT_TYPE else _label(said.get("label"))
                if label["originator"] == self.party or said["id"] in self.disk.own or says.get(body):
                    raise BadInput(says.get(body) or "it is the keeper's own")
                key = (sender, said["id"], str(said["modified"]))
                there = self.disk.objects.get(key)
                if there is not None and there.body != body:
                    raise BadInput("this version is here already, with other content")
                if there is None:
                    self._keep(key, said["type"], body, label)
                    if said["type"] == RECALL:
                        self.disk.notices.add((sender, said["item"], said["act"]))
                taken.append(Fate(said["id"], key[2]))
            except (BadInput, KeyError, TypeError) as problem:
                refused.append(Fate("", "", str(problem)))
        self._heed_notices()
        return Delivery(str(uuid.UUID(int=0)), "", tuple(taken), tuple(refused))

    def _heed_notices(self) -> None:
        """A notice closes what it names, is passed on and acknowledged, once the act is on record that it names, and that is its giver's or
        originator's. The notice itself proves nothing: anybody's may have been passed on."""
        for sender, item, act_hash in sorted(self.disk.notices):
            act = self.act(act_hash)
            originators = {kept.label["originator"] for (home, id_, _), kept in self.disk.objects.items() if (home, id_) == (sender, item)}
            if act is not None and act.kind == "recall" and act.details.get("item") == item and act.actor in {sender, *originators}:
                self.disk.notices.remove((sender, item, act_hash))
                self.recall(sender, item, act_hash)
                self.do("receive-information", f"{self.party}-has-{item[-12:]}-of-{sender}", replies_to=act_hash, details={"item": item})

    # -- the disk

    def _keep(self, key: Key, kind: str, body: bytes, label: Label) -> None:
        if key[0] == self.party:
            self.disk.own.add(key[1])
        self.disk.objects[key] = Kept(self._stamp(), kind, body, label)

    def _stamp(self) -> int:
        self.disk.last = max(self.disk.last + 1, int(self.clock().timestamp() * 1_000_000))
        return self.disk.last

    # -- how far it has come with each partner

    def get(self, key: str) -> str | None:
        return self.disk.cursors.get(key)

    def put(self, key: str, value: str) -> None:
        self.disk.cursors[key] = value


def anybody(originator: str) -> Label:
    return {"originator": originator, "to": None, "pact": None, "onward": True}


def _label(said: object) -> Label:
    if not isinstance(said, dict) or set(said) != {"originator", "to", "pact", "onward"} or not isinstance(said["originator"], str):
        raise BadInput("its label cannot be read")
    return said


def register_of(parties: Sequence[str]) -> Register:
    return Register({code: Party(code, "state", ()) for code in parties})
