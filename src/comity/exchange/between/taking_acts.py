"""Which of the acts that a partner sends come into the own ledger, which wait, and which never will.

Of each act, in order:
1. It is there already: nothing changes.
2. Its kind is one that travels. What a keeper says of its own record, of its own partners and clients, and facts, which each keeper establishes for
   itself, do not.
3. It is not the keeper's own: those are never news.
4. Everyone in whose name it is done vouches for it: is the sender, or part of the sender (an organ, a force), or signed it with a key that the own
   record holds and that signs today. A key that the act itself brings vouches for nothing.
5. A correction is of an act of the same author.
6. Its reference is not borne by an act of another author, for records of one reference are read as records of one act; unless the reference
   names this author, and not the other, who then took it to keep this act out.
7. What it replies to is there, or comes with it, and the own book reads it: agreement, parties, documents.
8. A denial is by one whom the denied act concerns: that did it or is named in it, or takes part in the agreement that it is under. Anybody else's
   would make contested, and so close, what two others have settled between them.

What fails 1 to 3, 5, or 4 without a signature that could yet be checked, is refused for good. Everything else waits, with the reason, and is looked
at again when something has come. An object whose act is refused must not be kept either: a node that passed on what another says is the node's own
act would make it one. Bounded: so many acts of each sender wait, each of so many bytes, and so often one delivery is gone through.

Source: docs/explanation/how-exchange-works.md, section 10.2 and 10.3; docs/explanation/how-acts-are-signed.md.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple, Protocol

from comity.acts import Act, is_signed_by, read_signature
from comity.exchange.between.carrying_acts import CarriedAct, SealedAct, sealed_act
from comity.standing import PartyKey
from comity.terms import BadInput

STAYS = frozenset({"admit-client", "dismiss-client", "admit-partner", "dismiss-partner", "destroy-record", "record-text", "establish-fact"})
"""The kinds of act that do not travel."""
MOST_WAITING = 1000
"""So many acts of one sender wait; what is over is refused, and can be sent again."""
_CORRECTIONS = frozenset({"replace", "retract"})
_ABOUT_KEYS = frozenset({"introduce-key", "rotate-key", "revoke-key"})
_MOST_ROUNDS = 8
Key = tuple[str, str, str | None]
"""Who sent an act, its hash, and with which signature: one may fit where another does not."""


class HeldActs(Protocol):
    """What is asked of the own record, and where acts are put."""

    @property
    def keeper(self) -> str: ...

    @property
    def today(self) -> date: ...

    @property
    def size(self) -> int:
        """How much there is: it grows when anything comes."""
        ...

    def there(self, hashes: Iterable[str]) -> set[str]:
        """Which of these acts are held."""
        ...

    def act(self, act_hash: str) -> Act | None:
        """The act with this hash, if it is held."""
        ...

    def keys(self) -> Iterable[PartyKey]:
        """The keys of all parties as known today."""
        ...

    def part_of(self, code: str) -> str | None:
        """Of whom a party is a part, if it is one."""
        ...

    def bearer(self, ref: str) -> str | None:
        """The author of the act that bears this reference, if one does."""
        ...

    def taking_part(self, agreement: str) -> set[str]:
        """The parties that negotiated an agreement, or have an act of their own under it."""
        ...

    def misread(self, acts: Sequence[CarriedAct]) -> Mapping[str, str]:
        """Which of these, by their hashes, the own book would not read, and why."""
        ...

    def append(self, acts: Sequence[CarriedAct], sender: str) -> None:
        """Put these on record as of today, as having come from the sender; all or none."""
        ...


@dataclass(frozen=True, slots=True)
class WaitingAct:
    """An act that is kept aside: its hash, with which signature, who sent it, the object as it came, and for what it waits."""

    hash: str
    signature: str | None
    sender: str
    body: bytes
    says: str

    @property
    def key(self) -> Key:
        return self.sender, self.hash, self.signature


class WaitingActs(Protocol):
    """Where acts wait, by their keys."""

    def all(self) -> Sequence[WaitingAct]: ...

    def keep(self, waiting: WaitingAct) -> None:
        """Keep it; another with the same key gives way to it."""
        ...

    def let_go(self, key: Key) -> None: ...


@dataclass(frozen=True, slots=True)
class TakenActs:
    """What became of acts, by their hashes, in order: put on record; there already; waiting and refused, each with the reason.

    ``says``: of each of the objects, why it carries no act or one that is refused, so that it is not to be kept; blank for all others.
    """

    appended: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    waiting: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    says: tuple[str, ...] = ()


class _Fate(Enum):
    GOOD = "good"
    WAITS = "waits"
    REFUSED = "refused"


class _Ruled(NamedTuple):
    """What becomes of an act, and why."""

    fate: _Fate
    says: str = ""


class _Coming(NamedTuple):
    """An act that has come, from whom, in which bytes, and whether it waited already."""

    carried: CarriedAct
    sender: str
    body: bytes
    waited: bool

    @property
    def hash(self) -> str:
        return self.carried.act.hash

    @property
    def key(self) -> Key:
        return self.sender, self.carried.act.hash, self.carried.signature


class TakingActs:
    """The acts that come to one node. For one thread at a time."""

    def __init__(self, held: HeldActs, waiting: WaitingActs) -> None:
        self.held, self.waiting = held, waiting
        self._looked_at: tuple[int, date] | None = None

    def take(self, sender: str, bodies: Sequence[bytes] = ()) -> TakenActs:
        """Take the acts of these objects, which the sender has sent; what waits is looked at again, if anything has changed since."""
        sealed, unread = dict[int, SealedAct](), dict[int, str]()
        for place, body in enumerate(bodies):
            try:
                sealed[place] = sealed_act(body)
            except BadInput as problem:
                unread[place] = str(problem)
        known = self.held.there({one.hash for one in sealed.values()})
        coming = list[_Coming]()
        for place, one in sealed.items():
            if one.hash not in known:
                try:
                    coming.append(_Coming(one.read(), sender, bodies[place], waited=False))
                except BadInput as problem:
                    unread[place] = str(problem)
        appended, there = list[str](), [one.hash for one in sealed.values() if one.hash in known]
        waiting, refused = dict[Key, str](), dict[Key, str]()
        todo = coming if self._looked_at == (self.held.size, self.held.today) else [*coming, *self._waiting()]
        for _ in range(_MOST_ROUNDS):
            good, fates = self._sorted_out(todo)
            for name in dict.fromkeys(one.sender for one in good):
                self.held.append([one.carried for one in good if one.sender == name], name)
            appended += [one.hash for one in good]
            self._put_aside(todo, set(appended), fates, waiting, refused)
            todo = self._waiting() if good else []
            if not todo:
                break
        self._looked_at = self.held.size, self.held.today
        says = [unread.get(place) or refused.get((sender, sealed[place].hash, sealed[place].signature), "") for place in range(len(bodies))]
        waits = {key[1]: why for key, why in waiting.items() if key[1] not in appended}
        never = {key[1]: why for key, why in refused.items() if key[1] not in appended and key[1] not in waits}
        return TakenActs(tuple(appended), tuple(dict.fromkeys(there)), waits, never, tuple(says))

    def _waiting(self) -> list[_Coming]:
        """What waits, but for what has come onto the record meanwhile."""
        found = self.waiting.all()
        known = self.held.there({one.hash for one in found})
        for one in found:
            if one.hash in known:
                self.waiting.let_go(one.key)
        return [_Coming(sealed_act(one.body).read(), one.sender, one.body, waited=True) for one in found if one.hash not in known]

    # -- one round

    def _sorted_out(self, todo: Sequence[_Coming]) -> tuple[list[_Coming], dict[Key, _Ruled]]:
        """Those that can be put on record now, each once; and of all, by their keys, what becomes of them."""
        keys = defaultdict[str, list[PartyKey]](list)
        for key in self.held.keys() if any(one.carried.signature for one in todo) else ():
            keys[key.thumbprint].append(key)
        fates = {one.key: self._vouched_for(one, keys) for one in todo}
        good: dict[str, _Coming] = {}
        refs: dict[str, str] = {}
        held_back: dict[str, _Ruled] = {}
        for one in todo:
            if fates[one.key].fate is _Fate.GOOD and one.hash not in good:
                act = one.carried.act
                bearer = refs.setdefault(act.ref, self.held.bearer(act.ref) or act.attributed_to)
                if bearer == act.attributed_to or (_names(act.ref, act.attributed_to) and not _names(act.ref, bearer)):
                    good[one.hash] = one
                else:
                    held_back[one.hash] = _Ruled(_Fate.WAITS, f"its reference {act.ref!r} is borne by an act of {bearer}")
        for act_hash, says in self.held.misread([one.carried for one in good.values()]).items() if good else ():
            del good[act_hash]
            held_back[act_hash] = _Ruled(_Fate.WAITS, says)
        self._hold_back_replies(good, held_back)
        ruled = {key: held_back.get(key[1], fate) if fate.fate is _Fate.GOOD else fate for key, fate in fates.items()}
        return list(good.values()), ruled

    def _vouched_for(self, one: _Coming, keys: Mapping[str, Sequence[PartyKey]]) -> _Ruled:
        """Points 2 to 4."""
        act, signature = one.carried.act, one.carried.signature
        makers = [code for code in (act.actor, act.on_behalf_of) if code is not None]
        for kind in (act.kind, act.details.get("kind", "") if act.kind in _CORRECTIONS else ""):
            if kind in STAYS:
                return _Ruled(_Fate.REFUSED, f"acts of the kind {kind!r} do not travel")
        if any(self._is_part_of(maker, self.held.keeper) for maker in makers):
            return _Ruled(_Fate.REFUSED, "it is said to be an act of this record's own keeper, which comes from nobody else")
        signers = set[str]()
        unknown = False
        if signature is not None:
            named = keys.get(read_signature(signature).thumbprint, ())
            unknown = not any(key.party in makers for key in named)
            fits = [key for key in named if is_signed_by(act, read_signature(signature), key.key)]
            if named and not fits:
                return _Ruled(_Fate.REFUSED, "its signature does not fit: the act or the signature was changed")
            signers = {key.party for key in fits if key.signs_on(self.held.today)}
            unknown = unknown or any(key.party in makers and self.held.today < key.since for key in fits)
        strangers = [maker for maker in makers if maker not in signers and not self._is_part_of(maker, one.sender)]
        if not strangers:
            return _Ruled(_Fate.GOOD)
        if signature is None:
            return _Ruled(_Fate.REFUSED, f"it is said to be an act of {strangers[0]}, is sent by {one.sender}, and bears no signature")
        if unknown:
            return _Ruled(_Fate.WAITS, f"it is signed with a key that is not on record here as one that signs for {strangers[0]} today")
        return _Ruled(_Fate.REFUSED, f"it is said to be an act of {strangers[0]}, whose key did not sign it, or signs no more")

    def _is_part_of(self, code: str, whole: str) -> bool:
        """Is a party this one, or a part of it?"""
        seen, at = set[str](), code
        while at not in seen:
            if at == whole:
                return True
            seen.add(at)
            at = self.held.part_of(at) or at
        return False

    def _hold_back_replies(self, good: dict[str, _Coming], held_back: dict[str, _Ruled]) -> None:
        """Points 5, 7 and 8: take out what corrects or denies what it may not, what replies to what is not there, and what replies to that."""
        replied = {one.carried.act.replies_to for one in good.values()} - {None}
        there = self.held.there({reply for reply in replied if reply is not None and reply not in good})
        replies = defaultdict[str, list[str]](list)
        todo = list[tuple[str, _Ruled]]()
        for act_hash, one in good.items():
            act = one.carried.act
            if act.replies_to is None:
                continue
            replies[act.replies_to].append(act_hash)
            if act.replies_to not in good and act.replies_to not in there:
                todo.append((act_hash, _lacks(act.replies_to)))
            elif act.kind in _CORRECTIONS or act.kind == "deny":
                target = good[act.replies_to].carried.act if act.replies_to in good else self.held.act(act.replies_to)
                if act.kind in _CORRECTIONS and (target is None or target.attributed_to != act.attributed_to):
                    todo.append((act_hash, _Ruled(_Fate.REFUSED, "it corrects the record of another's act")))
                elif act.kind == "deny" and (target is None or not self._concerns(target, act.attributed_to)):
                    todo.append((act_hash, _Ruled(_Fate.WAITS, f"it denies an act that does not concern {act.attributed_to}")))
        while todo:
            act_hash, ruled = todo.pop()
            if good.pop(act_hash, None) is not None:
                held_back[act_hash] = ruled
                todo += [(reply, _lacks(act_hash)) for reply in replies[act_hash]]

    def _concerns(self, act: Act, party: str) -> bool:
        """Point 8."""
        named = {act.actor, act.attributed_to, *act.counterparty}
        return party in named or (act.agreement is not None and party in self.held.taking_part(act.agreement))

    def _put_aside(
        self, todo: Sequence[_Coming], done: set[str], fates: Mapping[Key, _Ruled], waiting: dict[Key, str], refused: dict[Key, str]
    ) -> None:
        """Keep what waits, and let go of what does not any more."""
        count = Counter(one.sender for one in self.waiting.all())
        for one in todo:
            fate, says = fates[one.key]
            waiting.pop(one.key, None)
            if one.waited and (one.hash in done or fate is _Fate.REFUSED):
                self.waiting.let_go(one.key)
            if fate is _Fate.REFUSED:
                refused[one.key] = says
            elif one.hash in done:
                continue
            elif not one.waited and count[one.sender] >= MOST_WAITING:
                refused[one.key] = f"{says}; and {MOST_WAITING} acts of {one.sender} wait already"
            else:
                count[one.sender] += not one.waited
                self.waiting.keep(WaitingAct(one.hash, one.carried.signature, one.sender, one.body, says))
                waiting[one.key] = says


def _lacks(act_hash: str) -> _Ruled:
    return _Ruled(_Fate.WAITS, f"it replies to {act_hash}, which is not on record here")


def _names(ref: str, code: str) -> bool:
    """Does a party's code stand in a reference as a word?"""
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(code)}(?![A-Za-z0-9])", ref) is not None
