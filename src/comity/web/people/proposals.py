"""Proposals kept, voted on, and carried out once enough people approve: what is done then is looked up in ``KINDS``.

An approval is kept before anything is done, so that what fails can be done again; it is done by one request at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from comity.terms import BadInput, ComityError, NotOnRecord
from comity.web.holding import Held
from comity.web.people.approving import Proposed, State, Word, state, take
from comity.web.people.models import Person, Proposal, Vote
from comity.web.readers import NotAllowed, Reader, Role

Doing = Callable[[Held, Mapping[str, Any]], str]
"""Given all that is held and the payload; says in a line what was done. Asked twice, it does nothing twice."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of proposal: what it is called, how many of which role approve it, and what is done then."""

    says: str
    needed: int
    role: Role
    carry_out: Doing


KINDS: Mapping[str, Kind] = {}
"""Every kind of proposal."""


def propose(kind: str, title: str, payload: Mapping[str, Any], by: Person, agreement: str = "") -> Proposal:
    """A new proposal, of which nobody has said anything yet."""
    found = _kind(kind)
    return Proposal.objects.create(
        kind=kind, title=title, payload=dict(payload), agreement=agreement, by=by, needed=found.needed, role=found.role.value
    )


def proposed(proposal: Proposal) -> Proposed:
    """The proposal as the rules look at it."""
    votes = proposal.votes.select_related("by__user")
    words = tuple(Word(v.by.name, v.by.grant.roles if v.by.grant.in_use else (), v.approves, v.reason) for v in votes)
    return Proposed(proposal.by.name, proposal.needed, Role(proposal.role), words)


def vote(number: int, by: Person, approves: bool, reason: str, held: Held) -> Proposal:
    """One person's word; if it is the last that was needed, what was proposed is done."""
    with transaction.atomic():
        proposal = _locked(number)
        take(proposed(proposal), Word(by.name, by.grant.roles, approves, reason))
        Vote.objects.create(proposal=proposal, by=by, approves=approves, reason=reason.strip())
        proposal.state = state(proposed(proposal)).value
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
        try:
            proposal.outcome = _kind(proposal.kind).carry_out(held, proposal.payload)
            proposal.state = State.DONE.value
        except ComityError as problem:
            proposal.outcome = f"not carried out: {problem}"
        proposal.save()
    return proposal


def seen_by(reader: Reader, proposal: Proposal) -> bool:
    """May the reader see it: is it about nothing that they are kept from?"""
    return not proposal.agreement or reader.agreements is None or proposal.agreement in reader.agreements


def one(number: int, reader: Reader) -> Proposal:
    """The proposal, if the reader may see it; NotOnRecord otherwise."""
    found = Proposal.objects.select_related("by__user").filter(pk=number).first()
    if found is None or not seen_by(reader, found):
        raise NotOnRecord(f"no proposal {number}; look it up under Proposals")
    return found


def _locked(number: int) -> Proposal:
    return Proposal.objects.select_for_update().select_related("by__user").get(pk=number)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise BadInput(f"no kind of proposal is called {name!r}; choose among {', '.join(KINDS) or 'none'}")
    return KINDS[name]
