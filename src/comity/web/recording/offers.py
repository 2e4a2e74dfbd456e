"""What can be recorded next of a party under an agreement: what would change its standing, what the clauses provide for, what acts wait for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from comity.acts import CONSENT, kinds
from comity.agreements import Agreement
from comity.agreements.clauses import (
    AnyClause,
    Consent,
    Duration,
    ProvisionalApplication,
    Reservations,
    Suspension,
    Territory,
    Withdrawal,
)
from comity.standing import Current, Standing
from comity.terms import Verdict, WouldChange
from comity.web.asking import Asked

MOST_REPLIES = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that may come next. ``number``: of the clause, counted from 1, 0 for none. ``replies_to``: the reference of what it answers."""

    kind: str
    says: str
    article: str = ""
    number: int = 0
    replies_to: str = ""
    from_: date | None = None

    @property
    def gloss(self) -> str:
        return kinds()[self.kind].gloss


@dataclass(frozen=True, slots=True)
class Next:
    """``mode``: how the party stands today. ``others``: what others could do that would change whether the agreement is in force."""

    verdict: Verdict
    mode: str
    offers: tuple[Offer, ...]
    others: tuple[WouldChange, ...]


def next_acts(this: Asked, agreement_id: str, party: str) -> Next:
    """What can come next, the likeliest first."""
    return this.ask(("next acts", agreement_id, party), lambda s: _next(s, agreement_id, party))


def _next(standing: Standing, agreement_id: str, party: str) -> Next:
    agreement = standing.record.agreement(agreement_id, standing.known)
    answer, force = standing.bound(party, agreement_id), standing.in_force(agreement_id)
    acts = [current for versions in standing.current_acts(agreement_id) for current in versions]
    offers = [
        *_changing(agreement, party, (*answer.would_change, *force.would_change)),
        *_provided(agreement, party, answer.verdict, answer.mode or "", acts),
        *_answering(party, acts),
    ]
    kept = {(offer.kind, offer.replies_to): offer for offer in reversed(offers)}
    others = tuple(dict.fromkeys(change for change in force.would_change if change.by != party))
    return Next(answer.verdict, answer.mode or "", tuple(kept[key] for key in dict.fromkeys((o.kind, o.replies_to) for o in offers)), others)


def _changing(agreement: Agreement, party: str, changes: Iterable[WouldChange]) -> Iterator[Offer]:
    for change in changes:
        if change.by == party and change.on == agreement.id and change.act in kinds():
            number, clause = _clause_for(agreement, change.act)
            yield Offer(change.act, clause.says if clause else "", clause.article if clause else "", number, from_=change.from_)


def _clause_for(agreement: Agreement, kind: str) -> tuple[int, AnyClause | None]:
    """The clause that provides for an act of this kind, with its number."""
    for number, clause in enumerate(agreement.clauses, 1):
        if (isinstance(clause, Consent) and kind in CONSENT) or (isinstance(clause, Withdrawal) and kind == "denounce"):
            return number, clause
    return 0, None


def _provided(agreement: Agreement, party: str, verdict: Verdict, mode: str, acts: Iterable[Current]) -> Iterator[Offer]:
    """What the clauses provide for, as the party stands."""
    done = {current.kind for current in acts if current.act.actor == party}
    for number, clause in enumerate(agreement.clauses, 1):
        for kind in _kinds_of(clause, party, verdict is not Verdict.NO, mode, done):
            yield Offer(kind, clause.says, clause.article, number)


def _kinds_of(clause: AnyClause, party: str, bound: bool, mode: str, done: set[str]) -> tuple[str, ...]:
    match clause:
        case Consent():
            return () if bound else (*(() if "sign" in done else ("sign",)), *clause.acts)
        case Withdrawal():
            return (("revoke-denunciation", "suspend-denunciation") if "denounce" in done else ("denounce",)) if bound else ()
        case Suspension():
            return ("resume",) if mode == "suspended" else ("suspend",) if bound else ()
        case ProvisionalApplication():
            return ("end-provisional",) if mode == "provisional" else () if bound or clause.by != "act" else ("apply-provisionally",)
        case Reservations():
            return () if bound or clause.permitted == "none" else ("reserve",)
        case Territory():
            return ("extend-territory", "end-territory") if bound else ()
        case Duration():
            return ((*(("object-renewal",) if clause.renews else ()), "renew") if clause.term or clause.until else ()) if bound else ()
    discharged = getattr(clause, "discharged", None)
    owed = getattr(clause, "by", "") != "named" or party in getattr(clause, "named", ())
    return tuple(discharged.acts) if bound and owed and discharged is not None and discharged.by != "creditor" else ()


def _answering(party: str, acts: Iterable[Current]) -> Iterator[Offer]:
    """What acts of others, and the party's own, wait for."""
    replies = {"reserve": ("object", "accept-reservation"), "request": ("reply",), "propose": ("vote",)}
    own = {"reserve": ("withdraw-reservation",), "object": ("withdraw-objection",)}
    found = 0
    for act, kind, _ in reversed(list(acts)):
        for answer in (own if act.actor == party else replies).get(kind, ()):
            if found < MOST_REPLIES:
                found += 1
                yield Offer(answer, f"{act.actor} {kinds()[kind].past} the agreement: {act.ref}", replies_to=act.ref)
