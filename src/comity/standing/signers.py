"""Who signed an act? What an entry's signature is worth, and what is odd about signatures and keys.

As known on a day, as one viewer may see it. The clock that counts is the keeper's: whoever stole a key writes what day he likes on an act, so a
signature holds if its key signed for the party on the day on which the act was recorded.

Source: how-acts-are-signed.md, sections 2 and 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from comity.acts import Act, Entry, is_signed_by, read_signature, thumbprint_of
from comity.standing.party_keys import KEY_KINDS, End, PartyKey, ended_by, introduced_by, is_about, keys_in, lacking
from comity.standing.record import Holding
from comity.terms import Finding


@dataclass(frozen=True, slots=True)
class Signed:
    """What an act's signature is worth: the key that it names; whose it is, if it holds; else what is wrong, as a code and in words."""

    thumbprint: str
    party: str | None = None
    wrong: str | None = None
    says: str = ""


class Signers:
    """The keys of all parties as known on a day, as one viewer may see them."""

    def __init__(self, record: Holding, known: date, viewer: str | None) -> None:
        self._record, self._known, self._viewer = record, known, viewer
        self._by_thumbprint: dict[str, dict[str, PartyKey]] = defaultdict(dict)
        self._ends: dict[tuple[str, str], list[End]] = defaultdict(list)
        self._odd: list[Finding] = []
        whole = [entry for entry in self._key_acts() if self._is_whole(entry.act)]
        revocations = [(entry, entry.act.details["thumbprint"]) for entry in whole if entry.act.kind == "revoke-key"]
        for entry, thumbprint in revocations:
            self._ends[entry.act.actor, thumbprint].append(ended_by(entry))
        self._introduce([entry for entry in whole if entry.act.kind != "revoke-key"])
        for entry, thumbprint in revocations:
            self._is_theirs(entry.act, thumbprint)

    @cached_property
    def keys(self) -> tuple[PartyKey, ...]:
        """Every key, by party and the day from which it signs."""
        found = (key for named in self._by_thumbprint.values() for key in named.values())
        return tuple(sorted(found, key=lambda k: (k.party, k.since, k.thumbprint)))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is odd about the acts that bear a signature, and about those that introduce, rotate and revoke keys."""
        found = set(self._odd)
        for entry in self._visible(self._record.signed_entries()):
            signed = self.signed(entry)
            if signed is not None and signed.wrong is not None:
                found.add(Finding(signed.wrong, signed.says, entry.act.ref, entry.act.agreement, "How acts are signed, 3"))
        return tuple(sorted(found, key=lambda f: (f.where, f.code, f.says)))

    def unsigned(self, entries: Iterable[Entry]) -> int:
        """How many acts bear no signature although their party had a key that signed on the day on which they were recorded?"""
        keys: dict[str, list[PartyKey]] = defaultdict(list)
        for key in self.keys:
            keys[key.party].append(key)
        bare = (e for e in self._visible(entries) if e.signature is None and e.act.actor in keys)
        return sum(any(key.signs_on(entry.recorded) for key in keys[entry.act.actor]) for entry in bare)

    def signed(self, entry: Entry) -> Signed | None:
        """What is the entry's signature worth? None: it bears none."""
        if entry.signature is None:
            return None
        signature, act = read_signature(entry.signature), entry.act
        name, named = signature.thumbprint, self._by_thumbprint.get(signature.thumbprint, {})
        own = (key for key in keys_in(act) if thumbprint_of(key) == name)
        key = next(own, None) or next((kept.key for kept in named.values()), None)
        if key is None:
            return Signed(name, wrong="key-unknown", says=f"it is signed with the key {name}, which nobody introduced")
        if not is_signed_by(act, signature, key):
            return Signed(name, wrong="signature-misfit", says=f"its signature with the key {name} does not fit: act or signature was changed")
        if is_about(act, name) and (act.actor in named or act.kind != "revoke-key"):
            return Signed(name, act.actor)
        theirs = next((named[party] for party in (act.actor, act.on_behalf_of) if party in named), None)
        if theirs is None:
            return Signed(name, wrong="key-of-another", says=f"it is signed with the key {name} of {', '.join(sorted(named))}, not of {act.actor}")
        return _on_the_day(theirs, entry.recorded)

    # -- the keys

    def _key_acts(self) -> list[Entry]:
        """The acts about keys in the order in which the keeper learned of them, as they were made: no correction takes a revocation back."""
        found = self._visible(self._record.entries_of_kinds(KEY_KINDS))
        return sorted(found, key=lambda e: (e.recorded, e.act.ref, e.act.hash))

    def _visible(self, entries: Iterable[Entry]) -> list[Entry]:
        return self._record.visible(entries, self._known, self._viewer)

    def _key(self, party: str, thumbprint: str) -> PartyKey | None:
        return self._by_thumbprint.get(thumbprint, {}).get(party)

    def _introduce(self, waiting: list[Entry]) -> None:
        """Each key after those on which its introduction rests, whatever stands first."""
        while waiting:
            self._introduce_one(waiting.pop(next((at for at, entry in enumerate(waiting) if self._rests_on_known(entry)), 0)))

    def _rests_on_known(self, entry: Entry) -> bool:
        act, old = entry.act, entry.act.details.get("old")
        by = None if entry.signature is None else read_signature(entry.signature).thumbprint
        return (old is None or self._key(act.actor, old) is not None) and (by is None or by in self._by_thumbprint or is_about(act, by))

    def _introduce_one(self, entry: Entry) -> None:
        act, old = entry.act, entry.act.details.get("old")
        if old is not None and not self._is_theirs(act, old):
            return
        signed = self.signed(entry)
        if signed is not None and signed.wrong is not None:
            return
        key = introduced_by(entry)
        if (signed is None or is_about(act, signed.thumbprint)) and any(act.actor in named for named in self._by_thumbprint.values()):
            self._find("key-unvouched", f"no earlier key of {act.actor} vouches for it: ask {act.actor} whether {key.thumbprint} is its key", act)
        if old is not None:
            self._ends[act.actor, old].append(ended_by(entry))
            self._end(act.actor, old)
        self._by_thumbprint[key.thumbprint].setdefault(act.actor, key)
        self._end(act.actor, key.thumbprint)

    def _end(self, party: str, thumbprint: str) -> None:
        """The key ends on the earliest of the days on which it is said to."""
        if ends := self._ends[party, thumbprint]:
            named, first = self._by_thumbprint[thumbprint], min(ends)
            named[party] = replace(named[party], until=first.day, ended_by=first.ref, reason=first.reason)

    # -- findings

    def _is_whole(self, act: Act) -> bool:
        """Does it name the keys that it is about?"""
        if blank := lacking(act):
            self._find("key-unnamed", f"it changes nothing: it lacks the detail {' and '.join(blank)}", act)
        return not blank

    def _is_theirs(self, act: Act, thumbprint: str) -> bool:
        """Is the key that it rotates or revokes one of the actor's?"""
        theirs = self._key(act.actor, thumbprint) is not None
        if not theirs:
            self._find("key-not-theirs", f"it changes nothing: the key {thumbprint} is none of {act.actor}", act)
        return theirs

    def _find(self, code: str, says: str, act: Act) -> None:
        self._odd.append(Finding(code, says, act.ref, act.agreement, "How acts are signed, 2"))


def _on_the_day(key: PartyKey, day: date) -> Signed:
    """What a signature that fits is worth for an act recorded on that day."""
    if day < key.since:
        says = f"it was recorded on {day} and is signed with the key {key.thumbprint}, which signs from {key.since} ({key.introduced_by})"
        return Signed(key.thumbprint, wrong="key-not-yet", says=says)
    if not key.signs_on(day):
        says = f"it was recorded on {day} and is signed with the key {key.thumbprint}, {key.reason} from {key.until} ({key.ended_by})"
        return Signed(key.thumbprint, wrong="key-revoked", says=says)
    return Signed(key.thumbprint, key.party)
