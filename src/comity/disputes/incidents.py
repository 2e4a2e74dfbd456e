"""Incidents, protests and calls over a link: what was said to whom, whether it was acknowledged, and whether it was answered.

Source: how-disputes-are-followed.md, section 9.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.acts import Act
from comity.disputes.concerning import Chains
from comity.disputes.stages import CONSULT, DISPUTE_KINDS, FAIL, MEET, REPLY
from comity.procedures import KeptAct, kept_acts
from comity.standing import Standing
from comity.terms import Finding, Verdict, any_of

SAID = ("report-incident", "protest", "contact-hotline")
ACKNOWLEDGE, ANSWER = "acknowledge", "answer-incident"
INCIDENT_KINDS = (*SAID, ACKNOWLEDGE, ANSWER, REPLY, CONSULT, MEET, FAIL)
"""In the order in which those of one day are told."""
_ANSWERS = (ANSWER, REPLY, CONSULT, MEET)
_BACK = (ACKNOWLEDGE, *_ANSWERS)


@dataclass(frozen=True, slots=True)
class Said:
    """One report, protest or call: to whom it was addressed, whether that one acknowledged it, and whether it answered."""

    act: Act
    to: str
    acknowledged: Verdict
    answered: Verdict


@dataclass(frozen=True, slots=True)
class Incident:
    """What began with one report, protest or call: its acts up to the day in their order, and what was said to whom."""

    began: Act
    by: str
    since: date
    acts: tuple[Act, ...]
    said: tuple[Said, ...]

    @property
    def ref(self) -> str:
        """The reference of the act that began it."""
        return self.began.ref

    @property
    def subject(self) -> str:
        """What it is about, where the act says so."""
        return self.began.details.get("subject", "")


def incidents_of(standing: Standing) -> list[Incident]:
    """Every incident that began by the day, by reference."""
    threads, _ = _threads(standing)
    found = [_incident(thread, standing.on) for thread in threads if thread[0].first <= standing.on]
    return sorted(found, key=lambda one: (one.began.ref, one.began.hash))


def incident_strays(standing: Standing) -> tuple[Finding, ...]:
    """Acknowledgements and answers that lead to nothing that was said."""
    _, strays = _threads(standing)
    says, where = "replies to nothing that is on record as an incident, a protest or a call", "how-disputes-are-followed.md, 9.2"
    return tuple(Finding("incident-stray", says, one.act.ref, one.act.agreement, where) for one in strays if one.kind in (ACKNOWLEDGE, ANSWER))


def _threads(standing: Standing) -> tuple[list[list[KeptAct]], list[KeptAct]]:
    """The acts of each incident, that which began it first; and those that lead to none."""
    acts = _apart_from_disputes(standing)
    by_hash = {one.act.hash: one for one in acts}
    threads, strays = defaultdict[str, list[KeptAct]](list), list[KeptAct]()
    for one in acts:
        top = one
        while (before := by_hash.get(top.act.replies_to or "")) is not None:
            top = before
        if top.kind not in SAID:
            strays.append(one)
        elif top is one:
            threads[one.act.hash].insert(0, one)
        else:
            threads[top.act.hash].append(one)
    return list(threads.values()), strays


def _apart_from_disputes(standing: Standing) -> Sequence[KeptAct]:
    chains = Chains(standing, kept_acts(standing, DISPUTE_KINDS))
    taken = {one.act.hash for one in chains.kept if chains.root_of(one) is not None}
    return [one for one in kept_acts(standing, INCIDENT_KINDS) if one.act.hash not in taken]


def _incident(thread: Sequence[KeptAct], on: date) -> Incident:
    root, by_hash = thread[0], {one.act.hash: one for one in thread}
    by_now = sorted((one for one in thread if one.first <= on), key=_order)
    said = (
        Said(one.act, to, _best(back, _BACK, on), _best(back, _ANSWERS, on))
        for one in by_now
        if one.kind in SAID
        for to in one.act.counterparty
        for back in [[other for other in thread if other.by == to and _replies(other, one, by_hash)]]
    )
    return Incident(root.act, root.by, root.first, tuple(one.act for one in by_now), tuple(said))


def _order(one: KeptAct) -> tuple[date, int, str, str]:
    return one.first, INCIDENT_KINDS.index(one.kind), one.act.ref, one.act.hash


def _replies(act: KeptAct, to: KeptAct, by_hash: dict[str, KeptAct]) -> bool:
    before = by_hash.get(act.act.replies_to or "")
    while before is not None and before is not to:
        before = by_hash.get(before.act.replies_to or "")
    return before is to


def _best(back: Iterable[KeptAct], kinds: Collection[str], on: date) -> Verdict:
    return any_of(_verdict(one, on) for one in back if one.kind in kinds)


def _verdict(one: KeptAct, on: date) -> Verdict:
    if one.first > on:
        return Verdict.NO
    if one.doubtful:
        return Verdict.CONTESTED
    return Verdict.UNKNOWN if one.last > on else Verdict.YES
