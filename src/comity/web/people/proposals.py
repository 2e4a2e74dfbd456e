"""Proposals kept, voted on, and carried out once enough people approve: what is done then is looked up in ``KINDS``.

An approval is kept before anything is done, so that what fails can be done again; it is done by one request at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from comity.terms import BadInput, ComityError, Label, NotOnRecord, may_see
from comity.web.confining import is_cleared
from comity.web.holding import Held
from comity.web.people.approving import Proposed, State, Word, state, take
from comity.web.people.models import Person, Proposal, Vote
from comity.web.readers import NotAllowed, Reader, Role

Doing = Callable[[Held, Proposal], str]
"""Given all that is held; says in a line what was done. Asked twice, it does nothing twice."""
Resting = Callable[[Held, Proposal, Reader], str]
"""Given all that is held: a digest of what a proposal rests on, as far as this reader may see it."""


class GoneBack(BadInput):
    """Whoever proposed it may do so no more."""


def _nothing(held: Held, proposal: Proposal, reader: Reader) -> str:
    """What is proposed depends on nothing on record."""
    return ""


def _never(held: Held, proposal: Proposal) -> bool:
    """What is done is kept together with that it was done."""
    return False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of proposal: what it is called, how many of which role approve it, and what is done then. ``base``: a digest of what it rests on.
    ``is_done``: was it done, though that could not be kept?
    """

    says: str
    needed: int
    role: Role
    carry_out: Doing
    base: Resting = _nothing
    is_done: Callable[[Held, Proposal], bool] = _never


DECIDED = "this proposal is decided"
LAPSED = "not carried out: the record changed since it was approved; it has to be approved again"
OPEN_YET = (State.OPEN, State.APPROVED)
KINDS: dict[str, Kind] = {}
"""Every kind of proposal, as the modules of this room that carry them out add them when accounts are loaded."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How many of which role approve it, where that is not as its kind has it; the agreements (blank: none) and labels of which it speaks; the form
    by which it was made.
    """

    needed: int | None = None
    role: Role | None = None
    agreements: Sequence[str] = ()
    labels: Sequence[Label] = ()
    token: str | None = None


GONE = "-"
"""It rests on nothing any more."""


def propose(kind: str, title: str, payload: Mapping[str, Any], by: Person, terms: Terms | None = None) -> Proposal:
    """A new proposal, of which nobody has said anything yet; made before by the same form, it is that one."""
    found, terms = _kind(kind), terms or Terms()
    names = {"agreements": sorted({*terms.agreements}), "labels": [label_to_plain(label) for label in dict.fromkeys(terms.labels)]}
    told = {"kind": kind, "title": title[:300], "payload": dict(payload), "party": by.party, "names": names}
    decided = {"needed": terms.needed or found.needed, "role": (terms.role or found.role).value}
    if terms.token is None:
        return Proposal.objects.create(by=by, **told, **decided)
    return Proposal.objects.get_or_create(by=by, token=terms.token, defaults={**told, **decided})[0]


def proposed(proposal: Proposal, held: Held) -> Proposed:
    """The proposal as the rules look at it: the word of who may not see it any more is nobody's."""
    bases = dict[tuple[Any, ...], str]()

    def word(vote: Vote) -> Word:
        reader, stands = vote.by.reader, True
        if proposal.state in OPEN_YET:
            eyes = (reader.party, reader.agreements, reader.cleared)
            if eyes not in bases:
                bases[eyes] = base_of(proposal, held, reader)
            stands = vote.seen == bases[eyes]
        counts = vote.by.grant.in_use and seen_by(reader, proposal, held)
        return Word(vote.by.name, reader.roles if counts else (), vote.approves, vote.reason, stands)

    return Proposed(proposal.by.name, proposal.needed, Role(proposal.role), tuple(word(v) for v in proposal.votes.select_related("by__user")))


def base_of(proposal: Proposal, held: Held, reader: Reader) -> str:
    """What it rests on, as the record is now and the reader may see it; nothing once it is decided."""
    if proposal.state not in OPEN_YET:
        return ""
    try:
        return _kind(proposal.kind).base(held, proposal, reader)
    except GoneBack:  # which is told when it is to be carried out
        return GONE


def vote(number: int, by: Person, approves: bool, reason: str, held: Held, seen: str | None = None) -> Proposal:
    """One person's word; if it is the last that was needed, what was proposed is done. ``seen``: the base that they were shown."""
    with transaction.atomic():
        proposal = one(number, by.reader, held, locked=True)
        if proposal.state != State.OPEN:
            raise NotAllowed(DECIDED)
        now = base_of(proposal, held, by.reader)
        looked, word = proposed(proposal, held), Word(by.name, by.grant.roles, approves, reason, seen in (None, now))
        take(looked, word)
        said = {"approves": approves, "reason": reason.strip(), "seen": now, "at": timezone.now()}
        Vote.objects.update_or_create(proposal=proposal, by=by, defaults=said)
        proposal.state = state(replace(looked, words=(*(one for one in looked.words if one.by != by.name), word))).value
        proposal.save()
    return carry_out(number, by, held) if proposal.state == State.APPROVED else proposal


def carry_out(number: int, by: Person, held: Held) -> Proposal:
    """Do what was approved; what hinders it is kept with the proposal, and it can be asked for again."""
    with transaction.atomic():
        proposal = one(number, by.reader, held, locked=True)
        if proposal.state != State.APPROVED:
            raise BadInput("this proposal is not approved, or is carried out already; look at it again")
        if Role(proposal.role) not in by.grant.roles:
            raise NotAllowed(f"{by.name} is no {proposal.role}, who decide this")
        kind = _kind(proposal.kind)
        if state(proposed(proposal, held)) is not State.APPROVED and not kind.is_done(held, proposal):
            proposal.state, proposal.outcome = State.OPEN.value, LAPSED
            proposal.save()
            return proposal
        try:
            proposal.outcome = kind.carry_out(held, proposal)
            proposal.state = State.DONE.value
        except ComityError as problem:
            proposal.outcome = f"not carried out: {problem}"
        proposal.save()
    return proposal


def seen_by(reader: Reader, proposal: Proposal, held: Held) -> bool:
    """Is it there for the reader: of their own side, and of nothing that they are kept from?"""
    ladders = held.opened.book.record.ladders
    labels = [label_of(told) for told in proposal.names["labels"]]
    within = reader.agreements is None or {*proposal.names["agreements"]} <= reader.agreements
    mine = proposal.party == (reader.party or "")
    return mine and within and all(may_see(label, reader.party) and is_cleared(label, reader.cleared, ladders) for label in labels)


def label_to_plain(label: Label) -> dict[str, Any]:
    """A label, as it is kept with a proposal."""
    told = {name: getattr(label, name) for name in ("policy", "classification", "originator")}
    return {**told, **{name: list(getattr(label, name)) for name in ("categories", "releasable_to", "caveats")}}


def label_of(told: Mapping[str, Any]) -> Label:
    several = {name: tuple(told[name]) for name in ("categories", "releasable_to", "caveats")}
    return Label(told["policy"], told["classification"], originator=told["originator"], **several)


def one(number: int, reader: Reader, held: Held, locked: bool = False) -> Proposal:
    """The proposal, if the reader may see it; NotOnRecord otherwise. ``locked``: nobody else changes it meanwhile."""
    every = Proposal.objects.select_for_update() if locked else Proposal.objects
    found = every.select_related("by__user").filter(pk=number).first()
    if found is None or not seen_by(reader, found, held):
        raise NotOnRecord(f"no proposal {number}; look it up under Proposals")
    return found


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise BadInput(f"no kind of proposal is called {name!r}; choose among {', '.join(KINDS) or 'none'}")
    return KINDS[name]
