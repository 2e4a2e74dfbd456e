"""Section 1 of the contract: which acts count, and on which days; and which agreements are on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from comity.acts import Act, Entry
from comity.agreements.clauses import Agreement, Consent, Dependence, Duration, EntryIntoForce, Supersedes, Withdrawal
from comity.agreements.conditions import AllOf, AnyOf, Condition, Consents, InForce, NoAct, PartySet, Waivable
from comity.parties import Register
from comity.terms import Moment, may_see, parse_moment

CORRECTIONS = ("retract", "replace")


@dataclass(frozen=True)
class Deed:
    """An act as one world has it: every day exact, *made*, *received* and *notified* filled in by 1.4."""

    id: str
    ref: str
    kind: str
    actor: str
    made: date
    received: date
    notified: date
    effect: date | None
    details: Mapping[str, str]
    counterparty: tuple[str, ...]
    depositary: str | None
    replies_to: str | None
    article: str | None
    territory: tuple[str, ...]

    def articles(self) -> tuple[str, ...]:
        """The articles it names; else its article, else all (9.2)."""
        return self.listed("articles") or (self.article or "all",)

    def listed(self, name: str) -> tuple[str, ...]:
        return tuple(item.strip() for item in self.details.get(name, "").split(",") if item.strip())

    def flag(self, name: str) -> bool:
        return self.details.get(name) == "yes"

    def answers(self, other: Deed) -> bool:
        return self.replies_to is not None and self.replies_to in (other.id, other.ref)


@dataclass(frozen=True)
class Kept:
    """An act that counts: ``id`` is its hash as recorded, ``act`` what it reads after corrections."""

    id: str
    act: Act
    recorded: date

    @property
    def actor(self) -> str:
        # 1.2 the actor in law is the one on whose behalf it was done
        return self.act.on_behalf_of or self.act.actor

    def moments(self) -> list[Moment]:
        act = self.act
        return [m for m in (act.made, act.received, act.notified, act.effect) if m is not None]

    def uncertain(self, zone: str | None) -> bool:
        return any(first != last for first, last in (m.days_in(zone) for m in self.moments()))

    def deed(self, zone: str | None, last: bool) -> Deed | None:
        """The act on its first (or last) days; None where it has no moment."""
        act = self.act

        def day(moment: Moment) -> date:
            return moment.days_in(zone)[1 if last else 0]

        def first_of(*moments: Moment | None) -> date | None:
            return next((day(m) for m in moments if m is not None), None)

        # 1.4 one moment stands in for another; an act with only an effect counts as made on that day
        made = first_of(act.made, act.received, act.notified, act.effect)
        received = first_of(act.received, act.made, act.notified, act.effect)
        notified = first_of(act.notified, act.received, act.made, act.effect)
        if made is None or received is None or notified is None:
            return None
        effect = None if act.effect is None else day(act.effect)
        return Deed(
            self.id, act.ref, act.kind, self.actor, made, received, notified, effect,
            act.details, act.counterparty, act.depositary, act.replies_to, act.article, act.territory,
        )  # fmt: skip


@dataclass(frozen=True)
class View:
    """What one viewer knew on one day; ``worlds``: those that questions about it have been put in, to be asked again."""

    agreements: Mapping[str, Agreement]
    acts: Mapping[str, Sequence[Kept]]
    denials: Sequence[Kept]
    register: Register
    worlds: dict[object, Any] = field(default_factory=dict, compare=False)


class Record:
    """Agreements, entries and parties: all that is ever on record."""

    def __init__(self, agreements: Sequence[Agreement], entries: Sequence[Entry], register: Register) -> None:
        self.agreements = list(agreements)
        self.entries = list(entries)
        self.register = register
        self._views: dict[tuple[date, str | None], View] = {}

    def view(self, known: date, viewer: str | None) -> View:
        if (known, viewer) not in self._views:
            self._views[known, viewer] = self._seen(known, viewer)
        return self._views[known, viewer]

    def _seen(self, known: date, viewer: str | None) -> View:
        # 1.1 recorded by the end of the day, and visible
        seen = [e for e in self.entries if e.recorded <= known and may_see(e.act.label, viewer)]
        once: dict[str, Entry] = {}
        for entry in sorted(seen, key=lambda e: e.recorded):
            once.setdefault(entry.act.hash, entry)
        kept = corrected(list(once.values()))
        by_agreement: dict[str, list[Kept]] = {}
        for item in sorted(kept, key=lambda k: (k.act.ref, k.recorded, k.id)):
            if item.act.agreement is not None and item.act.kind != "deny":
                by_agreement.setdefault(item.act.agreement, []).append(item)
        denials = [k for k in kept if k.act.kind == "deny" and k.moments()]
        return View(self._versions(known), by_agreement, denials, self.register)

    def _versions(self, known: date) -> dict[str, Agreement]:
        # 1.3 of several versions the latest recorded by K
        latest: dict[str, Agreement] = {}
        for agreement in sorted(self.agreements, key=lambda a: (a.recorded or date.min, a.version)):
            if agreement.recorded is None or agreement.recorded <= known:
                latest[agreement.id] = agreement
        return latest


def corrected(entries: list[Entry]) -> list[Kept]:
    """What is left of these entries, each as last corrected."""
    # 1.2 the latest recorded correction wins, ties by reference, then by hash; corrections take no further part
    corrections = sorted((e for e in entries if e.act.kind in CORRECTIONS), key=lambda e: (e.recorded, e.act.ref, e.act.hash))
    kept = []
    for entry in entries:
        act = entry.act
        if act.kind in CORRECTIONS:
            continue
        mine = [c.act for c in corrections if c.act.replies_to in (act.hash, act.ref)]
        if mine and mine[-1].kind == "retract":
            continue
        kept.append(Kept(act.hash, _replaced(act, mine[-1]) if mine else act, entry.recorded))
    return kept


def _replaced(act: Act, correction: Act) -> Act:
    says = correction.details

    def moment(name: str, old: Moment | None) -> Moment | None:
        return parse_moment(says[name]) if name in says else old

    return replace(
        act,
        kind=says.get("kind", act.kind),
        made=moment("made", act.made),
        received=moment("received", act.received),
        notified=moment("notified", act.notified),
        effect=moment("effect", act.effect),
    )


# -- which agreements lean on which -----------------------------------------------------------------------------------


def _of_set(which: PartySet) -> set[str]:
    return {which.agreement} if which.of == "members" and which.agreement else set()


def _of_condition(condition: Condition | None) -> set[str]:
    if isinstance(condition, AllOf | AnyOf):
        return {name for part in condition.of for name in _of_condition(part)}
    if isinstance(condition, Waivable):
        return _of_condition(condition.condition)
    if isinstance(condition, Consents | NoAct):
        return _of_set(condition.by)
    return {condition.agreement} if isinstance(condition, InForce) else set()


def leans_on(agreement: Agreement, view: View) -> set[str]:
    """The agreements whose standing this one's standing needs."""
    names: set[str] = set()
    for clause in agreement.clauses:
        if isinstance(clause, EntryIntoForce):
            names |= _of_condition(clause.when) | _of_condition(clause.floor)
        elif isinstance(clause, Consent):
            names |= _of_condition(clause.accession_needs)
        elif isinstance(clause, Duration):
            names |= _of_condition(clause.while_)
        elif isinstance(clause, Withdrawal):
            names |= _of_condition(clause.not_while)
        elif isinstance(clause, Dependence):
            names.add(clause.agreement)
    if agreement.amends:
        names.add(agreement.amends)  # 9.6, 40(5)
    if agreement.parent and agreement.form == "administrative":
        names.add(agreement.parent)
    return (names | {later.id for later in superseders(agreement.id, view)}) & set(view.agreements)


def superseders(agreement_id: str, view: View) -> list[Agreement]:
    found = [a for a in view.agreements.values() if any(isinstance(c, Supersedes) and c.agreement == agreement_id for c in a.clauses)]
    return sorted(found, key=lambda a: a.id)


def amendments(agreement_id: str, view: View) -> list[Agreement]:
    # 9.6 in the order of conclusion
    return sorted((a for a in view.agreements.values() if a.amends == agreement_id), key=lambda a: (a.concluded, a.id))


def closure(agreement_id: str, view: View) -> list[str]:
    """The agreement asked about and all it leans on."""
    found: list[str] = []
    todo = [agreement_id]
    while todo:
        name = todo.pop()
        if name in found:
            continue
        found.append(name)
        todo += sorted(leans_on(view.agreements[name], view))
    return sorted(found)
