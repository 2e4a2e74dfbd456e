"""Which dispute an act belongs to, what it answers, and which step it is about.

Source: how-disputes-are-followed.md, sections 1 to 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from comity.agreements import Agreement, Coverage
from comity.agreements.settlements import Settlement, SettlementStep
from comity.disputes.stages import (
    APPOINT,
    ASK,
    AWARD,
    CONSULT,
    FAIL,
    MEDIATE,
    MEET,
    OFFER,
    RAISE,
    REPLY,
    REPORT,
    REQUEST,
    SETTLE,
    STAY_AWAY,
    WITHDRAW,
    Place,
)
from comity.procedures import KeptAct
from comity.standing import Standing

ASKING = (REQUEST, ASK, OFFER)
STARTING: dict[str, tuple[str, ...]] = {
    CONSULT: ("consultation", "negotiation"),
    MEDIATE: ("good-offices", "mediation"),
    MEET: ("consultation", "negotiation", "joint-commission", "organ"),
}
"""The means that an act of the kind is about."""
ANSWERING = (APPOINT, REPLY, REPORT, STAY_AWAY, FAIL, AWARD)
OWN_KINDS = (ASK, OFFER, APPOINT, FAIL, STAY_AWAY, SETTLE, WITHDRAW)
"""Kinds that only disputes have."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A dispute before anything of it is followed: who the sides are, its steps, its acts, and what each of them is about and answers."""

    root: KeptAct
    agreement: Agreement
    coverage: Sequence[Coverage]
    sides: tuple[str, ...]
    places: tuple[Place, ...]
    acts: tuple[KeptAct, ...]
    about: dict[str, int | None]
    answers: dict[str, KeptAct | None]


def places_of(agreement: Agreement, clause: str | None = None) -> tuple[Place, ...]:
    """The steps of its settlement clauses; of the one named alone, where it has that."""
    clauses = [one for one in agreement.clauses if isinstance(one, Settlement)]
    named = [one for one in clauses if one.id == clause] or clauses
    return tuple(Place(one, number, step) for one in named for number, step in enumerate(one.steps, 1))


class Chains:
    """The acts that count, and where their replies lead."""

    def __init__(self, standing: Standing, kept: Sequence[KeptAct]) -> None:
        self.standing, self.kept = standing, kept
        self.by_hash = {one.act.hash: one for one in kept}

    def matters(self) -> list[Matter]:
        """Every dispute with the acts that belong to it."""
        belonging = defaultdict[str, list[KeptAct]](list)
        for one in self.kept:
            root = self.root_of(one)
            if root is not None:
                belonging[root.act.hash].append(one)
        return [matter for root, acts in belonging.items() if (matter := self._matter(self.by_hash[root], acts)) is not None]

    def strays(self) -> list[KeptAct]:
        """Those of a kind that only disputes have, which lead to none."""
        return [one for one in self.kept if one.kind in OWN_KINDS and self.root_of(one) is None]

    def root_of(self, act: KeptAct) -> KeptAct | None:
        """The act that raised the dispute to which this one belongs: itself, or the nearest to which it replies."""
        last = act
        while act.kind != RAISE:
            before = self.by_hash.get(act.act.replies_to or "")
            if before is None:
                return self._raised_by_request(last)
            act = before
        return act

    def _raised_by_request(self, act: KeptAct) -> KeptAct | None:
        """The topmost request of those to which this one replies, itself among them, that raises a dispute by itself."""
        found: KeptAct | None = None
        while True:
            if self._asks(act):
                found = act
            before = self.by_hash.get(act.act.replies_to or "")
            if before is None:
                return found
            act = before

    def agreement_of(self, act: KeptAct) -> Agreement | None:
        """The agreement that it names, where that is on record as known."""
        name, record, known = act.act.agreement, self.standing.record, self.standing.known
        return record.agreement(name, known) if name is not None and record.has_agreement(name, known) else None

    def _asks(self, act: KeptAct) -> bool:
        if act.kind != REQUEST or "subject" not in act.act.details:
            return False
        agreement = self.agreement_of(act)
        return agreement is not None and any(place.step.asked_as == act.act.details["subject"] for place in places_of(agreement))

    def _matter(self, root: KeptAct, acts: Sequence[KeptAct]) -> Matter | None:
        agreement = self.agreement_of(root)
        if agreement is None:
            return None
        places = places_of(agreement, root.act.details.get("clause"))
        answers = {one.act.hash: self.answered(one) for one in acts}
        about = {one.act.hash: self.about(one, places) for one in acts}
        sides = tuple(dict.fromkeys((root.by, *root.act.counterparty)))
        return Matter(root, agreement, self.standing.coverage_of(agreement.id), sides, places, tuple(acts), about, answers)

    def answered(self, act: KeptAct) -> KeptAct | None:
        """What it answers: the nearest act to which it replies that asks for a means, begins one, or says that the dispute is settled."""
        before = self.by_hash.get(act.act.replies_to or "")
        while before is not None and before.kind not in (*ASKING, *STARTING, SETTLE):
            before = None if before.kind == RAISE else self.by_hash.get(before.act.replies_to or "")
        return before

    def about(self, act: KeptAct, places: Sequence[Place]) -> int | None:
        """The step that it is about, by its place among them."""
        details = act.act.details
        if act.kind == REQUEST:
            return _first(places, lambda step: step.asked_as is not None and step.asked_as == details.get("subject"))
        if act.kind == ASK:
            return _first(places, lambda step: step.means == details["means"] and details.get("body", step.body) == step.body)
        if act.kind == OFFER:
            return _first(places, lambda step: step.means == "good-offices")
        answered = self.answered(act)
        own = None if answered is None else self.about(answered, places)
        if act.kind in STARTING:
            means = STARTING[act.kind]
            return own if own is not None and places[own].step.means in means else _first(places, lambda step: step.means in means)
        if act.kind == FAIL and answered is None:
            return _first(places, lambda step: step.means == details.get("means"))
        return own if act.kind in ANSWERING else None


def _first(places: Sequence[Place], fits: Callable[[SettlementStep], bool]) -> int | None:
    return next((number for number, place in enumerate(places) if fits(place.step)), None)
