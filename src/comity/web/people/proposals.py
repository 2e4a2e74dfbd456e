"""Proposals kept, voted on, and carried out once enough people approve: what is done then is looked up in ``KINDS``.

An approval is kept before anything is done, so that what fails can be done again; it is done by one request at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from comity.terms import BadInput, ComityError, Label, Ladder, NotOnRecord, may_see
from comity.web.confining import is_cleared
from comity.web.holding import Held
from comity.web.people.approving import Proposed, State, Word, state, take
from comity.web.people.models import Person, Proposal, Vote
from comity.web.readers import NotAllowed, Reader, Role

Doing = Callable[[Held, Proposal], str]
"""Given all that is held; says in a line what was done. Asked twice, it does nothing twice."""


def _nothing(held: Held, proposal: Proposal) -> str:
    """What is proposed depends on nothing on record."""
    return ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of proposal: what it is called, how many of which role approve it, and what is done then. ``base``: a digest of what it rests on."""

    says: str
    needed: int
    role: Role
    carry_out: Doing
    base: Doing = _nothing


DECIDED = "this proposal is decided"
LAPSED = "not carried out: the record changed since it was approved; it has to be approved again"
KINDS: dict[str, Kind] = {}
"""Every kind of proposal, as the modules of this room that carry them out add them when accounts are loaded."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How many of which role approve it, where that is not as its kind has it; the agreement that it is about; the form by which it was made."""

    needed: int | None = None
    role: Role | None = None
    agreement: str = ""
    token: str | None = None


GONE = "-"
"""It rests on nothing any more."""


def propose(kind: str, title: str, payload: Mapping[str, Any], by: Person, terms: Terms | None = None) -> Proposal:
    """A new proposal, of which nobody has said anything yet; made before by the same form, it is that one."""
    found, terms = _kind(kind), terms or Terms()
    told = {"kind": kind, "title": title[:300], "payload": dict(payload), "agreement": terms.agreement}
    decided = {"needed": terms.needed or found.needed, "role": (terms.role or found.role).value}
    if terms.token is None:
        return Proposal.objects.create(by=by, **told, **decided)
    return Proposal.objects.get_or_create(by=by, token=terms.token, defaults={**told, **decided})[0]


def proposed(proposal: Proposal, now: str = "") -> Proposed:
    """The proposal as the rules look at it. ``now``: its base as the record is."""
    votes = proposal.votes.select_related("by__user")
    words = tuple(Word(v.by.name, v.by.grant.roles if v.by.grant.in_use else (), v.approves, v.reason, v.seen) for v in votes)
    return Proposed(proposal.by.name, proposal.needed, Role(proposal.role), words, now)


def base_of(proposal: Proposal, held: Held) -> str:
    """What it rests on, as the record is now; nothing once it is decided."""
    if proposal.state not in (State.OPEN, State.APPROVED):
        return ""
    try:
        return _kind(proposal.kind).base(held, proposal)
    except ComityError:  # whoever proposed it may do so no more, which is told when it is to be carried out
        return GONE


def vote(number: int, by: Person, approves: bool, reason: str, held: Held, seen: str | None = None) -> Proposal:
    """One person's word; if it is the last that was needed, what was proposed is done. ``seen``: the base that they were shown."""
    with transaction.atomic():
        proposal = _locked(number)
        if proposal.state != State.OPEN:
            raise NotAllowed(DECIDED)
        now = base_of(proposal, held)
        word = Word(by.name, by.grant.roles, approves, reason, now if seen is None else seen)
        take(proposed(proposal, now), word)
        said = {"approves": approves, "reason": reason.strip(), "seen": now, "at": timezone.now()}
        Vote.objects.update_or_create(proposal=proposal, by=by, defaults=said)
        proposal.state = state(proposed(proposal, now)).value
        proposal.save()
    return carry_out(number, by, held) if proposal.state == State.APPROVED else proposal


def carry_out(number: int, by: Person, held: Held) -> Proposal:
    """Do what was approved; what hinders it is kept with the proposal, and it can be asked for again."""
    with transaction.atomic():
        proposal = _locked(number)
        if proposal.state != State.APPROVED:
            raise BadInput("this proposal is not approved, or is carried out already; look at it again")
        if Role(proposal.role) not in by.grant.roles:
            raise NotAllowed(f"{by.name} is no {proposal.role}, who decide this")
        found = state(proposed(proposal, base_of(proposal, held)))
        if found is not State.APPROVED:
            proposal.state, proposal.outcome = (
                State.OPEN.value,
                LAPSED,
            )
            proposal.save()
            return proposal
        try:
            proposal.outcome = _kind(proposal.kind).carry_out(held, proposal)
            proposal.state = State.DONE.value
        except ComityError as problem:
            proposal.outcome = f"not carried out: {problem}"
        proposal.save()
    return proposal


def seen_by(reader: Reader, proposal: Proposal, ladders: Sequence[Ladder] = ()) -> bool:
    """May the reader see it: is it about nothing that they are kept from?"""
    named = {proposal.agreement, *proposal.payload.get("agreements", ())} - {""}
    labels = [label_of(told) for told in proposal.payload.get("labels", ())]
    within = reader.agreements is None or named <= reader.agreements
    return within and all(may_see(label, reader.party) and is_cleared(label, reader.cleared, ladders) for label in labels)


def label_to_plain(label: Label) -> dict[str, Any]:
    """A label, as it is kept with a proposal."""
    told = {name: getattr(label, name) for name in ("policy", "classification", "originator")}
    return {**told, **{name: list(getattr(label, name)) for name in ("categories", "releasable_to", "caveats")}}


def label_of(told: Mapping[str, Any]) -> Label:
    several = {name: tuple(told[name]) for name in ("categories", "releasable_to", "caveats")}
    return Label(told["policy"], told["classification"], originator=told["originator"], **several)


def one(number: int, reader: Reader, ladders: Sequence[Ladder] = ()) -> Proposal:
    """The proposal, if the reader may see it; NotOnRecord otherwise."""
    found = Proposal.objects.select_related("by__user").filter(pk=number).first()
    if found is None or not seen_by(reader, found, ladders):
        raise NotOnRecord(f"no proposal {number}; look it up under Proposals")
    return found


def _locked(number: int) -> Proposal:
    return Proposal.objects.select_for_update().select_related("by__user").get(pk=number)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise BadInput(f"no kind of proposal is called {name!r}; choose among {', '.join(KINDS) or 'none'}")
    return KINDS[name]
