"""What is open to two states, dispute by dispute and agreement by agreement; and what runs meanwhile.

Source: how-disputes-are-followed.md, sections 5 to 8.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from comity.acts import Act, Source
from comity.agreements.settlements import Settlement
from comity.disputes.cases import dispute_of, disputes_of
from comity.disputes.concerning import Chains
from comity.disputes.stages import RAISE, Dispute, DisputeState
from comity.duties import DutyStatus, must
from comity.procedures import KeptAct
from comity.standing import Standing
from comity.terms import BadInput, Verdict, parse_moment


@dataclass(frozen=True, slots=True)
class OpenWay:
    """A dispute between the two; ``supposed``: none is on record, and this is what one raised on the day would have open."""

    dispute: Dispute
    supposed: bool


def ways_between(standing: Standing, a: str, b: str, agreement: str | None = None) -> list[OpenWay]:
    """What is open to the two: in every dispute between them that is not over; and, as if raised today, under every agreement without one.

    An agreement that is not in force between them is left out, unless it is the one asked about.
    """
    record = standing.record
    record.party(a)
    record.party(b)
    if a == b:
        raise BadInput(f"between {a} and {b}: name two different parties")
    running = [one for one in disputes_of(standing) if one.between(a, b) and DisputeState.OPEN in one.states]
    found = []
    for name in [agreement] if agreement is not None else standing.known_agreements():
        if not has_settlement(standing, name):
            if agreement is not None:
                raise BadInput(f"{name} has no clause on record that settles disputes; leave it out to see what others the two have")
            continue
        there = [OpenWay(one, False) for one in running if one.agreement == name]
        found += there or _supposed(standing, a, b, name, whatever=agreement is not None)
    return found


def has_settlement(standing: Standing, agreement: str) -> bool:
    """Has the agreement a clause that settles disputes?"""
    return any(isinstance(clause, Settlement) for clause in standing.record.agreement(agreement, standing.known).clauses)


def _supposed(standing: Standing, a: str, b: str, agreement: str, whatever: bool) -> list[OpenWay]:
    if not whatever and standing.between(a, b, agreement).verdict is Verdict.NO:
        return []
    dispute = suppose_raised(standing, a, b, agreement)
    return [] if dispute is None else [OpenWay(dispute, True)]


def suppose_raised(standing: Standing, a: str, b: str, agreement: str, clause: str | None = None) -> Dispute | None:
    """The dispute as it would stand were it raised today."""
    act = Act(
        kind=RAISE, actor=a, ref="supposed", agreement=agreement, counterparty=(b,), made=parse_moment(standing.on.isoformat()),
        details={} if clause is None else {"clause": clause}, source=Source("supposed"),
    )  # fmt: skip
    root = KeptAct(act, RAISE, standing.on, standing.on, False)
    return next((dispute_of(standing, matter) for matter in Chains(standing, [root]).matters()), None)


def duties_meanwhile(standing: Standing, parties: Iterable[str], agreement: str, refs: Iterable[str] = ()) -> list[DutyStatus]:
    """What these owe under the agreement meanwhile: due within 90 days or not done; and all that acts with these references brought about."""
    known, brought = standing.record.register.parties, frozenset(refs)
    found = {}
    for party in parties:
        if party in known:
            for row in must(standing, party, within=timedelta(days=90), agreement=agreement):
                found[row.key] = row
            if brought:
                every = must(standing, party, past=timedelta(days=36_500), agreement=agreement, everything=True)
                found.update({row.key: row for row in every if row.brought_about_by in brought})
    return list(found.values())
