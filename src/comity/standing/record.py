"""The record in memory: agreements in their versions, entries, parties, coverage; and what a question may look at.

Nothing here derives anything. A viewer and a day of knowledge select entries; what is not selected does not exist for
the rest of the room.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from comity.acts import Entry
from comity.agreements import Agreement, Coverage
from comity.agreements.clauses import Supersedes, agreements_named
from comity.parties import Register
from comity.terms import Ladder, NotOnRecord, may_see


class Holding(Protocol):
    """What questions and deriving ask of a record, however it is held."""

    @property
    def ids(self) -> list[str]: ...

    @property
    def register(self) -> Register: ...

    @property
    def answered(self) -> bool: ...

    def agreement(self, agreement_id: str, known: date | None = None) -> Agreement: ...

    def has_agreement(self, agreement_id: str, known: date) -> bool: ...

    def entries_of(self, agreement_id: str) -> Sequence[Entry]: ...

    def entries_of_kinds(self, kinds: Container[str]) -> Sequence[Entry]: ...

    def signed_entries(self) -> Sequence[Entry]: ...

    def replies_to(self, act_hash: str) -> Sequence[Entry]: ...

    def visible(self, entries: Iterable[Entry], known: date, viewer: str | None) -> list[Entry]: ...

    def superseding(self, agreement_id: str) -> Sequence[tuple[str, Supersedes]]: ...

    def party(self, code: str) -> str: ...

    @property
    def ladders(self) -> Sequence[Ladder]: ...

    def ladder(self, policy: str) -> Ladder: ...

    @property
    def coverage(self) -> tuple[Coverage, ...]: ...

    def coverage_of(self, agreement: Agreement) -> Sequence[Coverage]: ...

    def amendments_of(self, agreement_id: str) -> Sequence[str]: ...

    def with_entries(self, more: Iterable[Entry]) -> Holding: ...


@dataclass(frozen=True)
class Record:
    """Everything that was put on record, whoever may see it and whenever it was learned."""

    agreements: tuple[Agreement, ...]
    entries: tuple[Entry, ...]
    register: Register
    coverage: tuple[Coverage, ...] = ()
    title: str = ""
    ladders: tuple[Ladder, ...] = ()
    _versions: dict[str, list[Agreement]] = field(init=False, repr=False)
    _by_agreement: dict[str, list[Entry]] = field(init=False, repr=False)
    _replies: dict[str, list[Entry]] = field(init=False, repr=False)
    _later: dict[str, list[tuple[str, Supersedes]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        versions: dict[str, list[Agreement]] = defaultdict(list)
        later: dict[str, list[tuple[str, Supersedes]]] = defaultdict(list)
        for agreement in sorted(self.agreements, key=lambda a: (a.id, a.recorded or a.concluded, a.version)):
            versions[agreement.id].append(agreement)
            for clause in agreement.clauses:
                if isinstance(clause, Supersedes):
                    later[clause.agreement].append((agreement.id, clause))
        by_agreement: dict[str, list[Entry]] = defaultdict(list)
        replies: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.act.agreement is not None:
                by_agreement[entry.act.agreement].append(entry)
            if entry.act.replies_to is not None:
                replies[entry.act.replies_to].append(entry)
        object.__setattr__(self, "_versions", dict(versions))
        object.__setattr__(self, "_by_agreement", dict(by_agreement))
        object.__setattr__(self, "_replies", dict(replies))
        object.__setattr__(self, "_later", dict(later))

    @property
    def ids(self) -> list[str]:
        return sorted(self._versions)

    @property
    def answered(self) -> bool:
        """Does any act reply to another?"""
        return bool(self._replies)

    def holds(self, agreement_id: str) -> bool:
        return agreement_id in self._versions

    def agreement(self, agreement_id: str, known: date | None = None) -> Agreement:
        """The version on record on ``known`` (the latest if None); NotOnRecord offers what is near."""
        versions = self._versions.get(agreement_id)
        if not versions:
            raise none_on_record(agreement_id, self._versions)
        if known is None:
            return versions[-1]
        then = [v for v in versions if (v.recorded or v.concluded) <= known]
        if not then:
            first = versions[0].recorded or versions[0].concluded
            raise NotOnRecord(f"agreement {agreement_id!r} was not on record by {known}; it is since {first}: ask with --known {first} or later")
        return then[-1]

    def has_agreement(self, agreement_id: str, known: date) -> bool:
        return any((v.recorded or v.concluded) <= known for v in self._versions.get(agreement_id, ()))

    def party(self, code: str) -> str:
        """``code``, if it is on record; NotOnRecord offers what is near (a name finds its code)."""
        if code in self.register.parties:
            return code
        wanted = code.casefold()
        for party in self.register.parties.values():
            if party.code.casefold() == wanted or any(named.name.casefold() == wanted for named in party.names):
                raise NotOnRecord(
                    f"no party {code!r} is on record; did you mean {party.code} ({party.names[-1].name})? Parties are named by their codes"
                )
        raise NotOnRecord(f"no party {code!r} is on record{_near(code.upper(), self.register.parties)}; list them with: comity parties")

    def ladder(self, policy: str) -> Ladder:
        """The classification ladder of ``policy``; NotOnRecord offers what is near."""
        found = next((ladder for ladder in self.ladders if ladder.policy.casefold() == policy.casefold()), None)
        if found is None:
            near = _near(policy.upper(), (ladder.policy for ladder in self.ladders))
            raise NotOnRecord(f"no classification ladder of a policy {policy!r} is on record{near}; list them with: comity ladders")
        return found

    def visible(self, entries: Iterable[Entry], known: date, viewer: str | None) -> list[Entry]:
        """Entries learned by the end of ``known`` that ``viewer`` may see."""
        return [e for e in entries if e.recorded <= known and may_see(e.act.label, viewer)]

    def entries_of(self, agreement_id: str) -> Sequence[Entry]:
        return self._by_agreement.get(agreement_id, ())

    def entries_of_kinds(self, kinds: Container[str]) -> Sequence[Entry]:
        """Entries of acts of these kinds, under whatever agreement or none."""
        return [self.entries[place] for place in sorted(p for kind, places in self._by_kind.items() if kind in kinds for p in places)]

    @cached_property
    def _by_kind(self) -> dict[str, list[int]]:
        """The places of the entries of each kind."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(self.entries):
            places[entry.act.kind].append(place)
        return dict(places)

    def signed_entries(self) -> Sequence[Entry]:
        """Entries that bear their party's signature, whatever it is worth."""
        return [e for e in self.entries if e.signature is not None]

    def replies_to(self, act_hash: str) -> Sequence[Entry]:
        return self._replies.get(act_hash, ())

    def superseding(self, agreement_id: str) -> Sequence[tuple[str, Supersedes]]:
        """Agreements with a clause that takes the place of this one."""
        return self._later.get(agreement_id, ())

    def coverage_of(self, agreement: Agreement) -> list[Coverage]:
        """Coverage declared in its own file, or in the record's general list."""
        general = [c for c in self.coverage if not c.agreements or agreement.id in c.agreements]
        return [*agreement.coverage, *general]

    def amendments_of(self, agreement_id: str) -> list[str]:
        return sorted({a.id for a in self.agreements if a.amends == agreement_id})

    def depending_on(self, agreements: Iterable[str]) -> set[str]:
        """These agreements, and all whose standing, or what is told of it, depends on theirs, however far."""
        found, todo = set[str](), set(agreements)
        while todo:
            found |= todo
            todo = {other for agreement in self.agreements for other in depending(agreement, found)} - found
        return found

    def with_entries(self, more: Iterable[Entry]) -> Record:
        """The same record with entries added (for what-if)."""
        return Record(self.agreements, (*self.entries, *more), self.register, self.coverage, self.title, self.ladders)


def none_on_record(agreement_id: str, known: Iterable[str]) -> NotOnRecord:
    """The error where an agreement is asked for that is not among those known; it offers what is near."""
    return NotOnRecord(f"no agreement {agreement_id!r} is on record{_near(agreement_id, known)}; list them with: comity agreements")


def needs(agreement: Agreement, superseded_by: Iterable[str] = ()) -> set[str]:
    """The agreements whose standing this one's depends on."""
    found = {*superseded_by, *agreements_named(agreement)}
    if agreement.form == "administrative" and agreement.parent:
        found.add(agreement.parent)
    if agreement.amends:
        found.add(agreement.amends)
    return found - {agreement.id}


def depending(agreement: Agreement, on: set[str]) -> set[str]:
    """The agreement if it needs one of these; and if it is one of these, what it takes the place of or amends."""
    found = {agreement.id} if needs(agreement) & on else set[str]()
    return found | added_to(agreement) if agreement.id in on else found


def added_to(agreement: Agreement) -> set[str]:
    """The agreements that this one takes the place of or amends."""
    superseded = {clause.agreement for clause in agreement.clauses if isinstance(clause, Supersedes)}
    return superseded | ({agreement.amends} if agreement.amends else set())


def _near(wanted: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(wanted, list(known), n=3, cutoff=0.5)
    return f"; did you mean {', '.join(close)}?" if close else ""
