"""What the record itself says of candidates and sides: alliances in force, disputes, agreements of two, treaties that name, acts of mediation.

Each is asked of standing, on its day, as known and as its viewer may see it. Source: docs/explanation/how-mediators-are-ranked.md, 2.4 to 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from comity.agreements import Agreement
from comity.agreements.obligations import Obligation
from comity.agreements.settlements import Settlement, SettlementStep
from comity.disputes import Dispute, DisputeState, disputes_of
from comity.mediators.material import Recorded
from comity.mediators.persons import Persons
from comity.mediators.rules import MediatorRules
from comity.mediators.ties import years_before
from comity.procedures import KeptAct, kept_acts
from comity.standing import Standing
from comity.terms import Answer, Label, Verdict

MEDIATING = {"mediate": "mediated", "offer-good-offices": "offered its good offices"}


class OnRecord:
    """The record of one question. ``labels``: of all that was used of it."""

    def __init__(self, standing: Standing, sides: tuple[str, str], rules: MediatorRules, persons: Persons) -> None:
        self.standing, self.sides, self.rules, self.persons = standing, sides, rules, persons
        self.labels = set[Label]()

    def all(self) -> tuple[Recorded, ...]:
        """Everything that it says of states that are candidates, each thing once."""
        disputes = disputes_of(self.standing)
        found = [*self._of_agreements(), *self._disputes(disputes), *self._mediations(disputes)]
        asked = set(self.persons.states) - set(self.sides)
        return tuple(dict.fromkeys(one for one in found if one.candidate in asked))

    def _of_agreements(self) -> Iterator[Recorded]:
        for name in self.standing.progress(self.standing.known_agreements()):
            agreement = self.standing.record.agreement(name, self.standing.known)
            promises = [c for c in agreement.clauses if isinstance(c, Obligation) and c.type in self.rules.obligations]
            naming = list(self._naming(agreement))
            if not promises and not naming and not self._is_of_few(agreement):
                continue
            parties = [party for party, verdict, _ in self.standing.status(name) if verdict is not Verdict.NO]
            bound = {self.persons.of_code(party): party for party in parties}
            there = [side for side in self.sides if side in bound]
            for side in there if promises or len(bound) == 2 else ():
                yield from self._with(agreement, promises, bound, side)
            if naming and len(there) == 2:
                yield from self._named(agreement, naming, bound)

    def _naming(self, agreement: Agreement) -> Iterator[tuple[SettlementStep, str]]:
        """Steps of settlement with each state that they name."""
        for step in (step for clause in agreement.clauses if isinstance(clause, Settlement) for step in clause.steps):
            words = (word for text in (step.body, step.appointed_by) for word in re.split(r"[+,\s]+", text or ""))
            yield from ((step, state) for word in words if (state := self.persons.of_code(word)) in self.persons.states)

    def _is_of_few(self, agreement: Agreement) -> bool:
        """Can it be an agreement of two, a side among them, so that it is worth deriving?"""
        record, known, viewer = self.standing.record, self.standing.known, self.standing.viewer
        acted = {entry.act.attributed_to for entry in record.visible(record.entries_of(agreement.id), known, viewer)}
        states = {self.persons.of_code(code) for code in acted | set(agreement.negotiating)} & set(self.persons.states)
        return len(states) == 2 and bool(states & set(self.sides))

    def _with(self, agreement: Agreement, promises: list[Obligation], bound: dict[str, str], side: str) -> Iterator[Recorded]:
        for candidate in sorted(set(bound) - set(self.sides)):
            sure = [verdict for clause in promises if (verdict := self._promised(clause, bound[candidate], bound[side])) is not Verdict.NO]
            if not sure and len(bound) != 2:
                continue
            between = self._between(bound[candidate], bound[side], agreement.id)
            if between is None:
                continue
            if sure:
                verdict = Verdict.YES if between.verdict is Verdict.YES and Verdict.YES in sure else Verdict.UNKNOWN
                yield Recorded("alliance", candidate, side, verdict, self._says(f"alliance with {side}", between), agreement.id)
            if len(bound) == 2:
                verdict = Verdict.YES if between.verdict is Verdict.YES else Verdict.UNKNOWN
                yield Recorded("agreements", candidate, side, verdict, self._says(f"agreement with {side}", between), agreement.id)

    def _promised(self, clause: Obligation, a: str, b: str) -> Verdict:
        """Does it oblige the one towards the other, either way, on the day?"""
        owed = any((not clause.owed_by or by in clause.owed_by) and (not clause.owed_to or to in clause.owed_to) for by, to in ((a, b), (b, a)))
        on, from_, until = self.standing.on, clause.from_, clause.until
        if not owed or (from_ is not None and from_.first > on) or (until is not None and until.last <= on):
            return Verdict.NO
        sure = (from_ is None or from_.last <= on) and (until is None or until.first > on) and (clause.through is None or on <= clause.through)
        return Verdict.YES if sure else Verdict.UNKNOWN

    def _named(self, agreement: Agreement, naming: list[tuple[SettlementStep, str]], bound: dict[str, str]) -> Iterator[Recorded]:
        between = self._between(bound[self.sides[0]], bound[self.sides[1]], agreement.id)
        if between is not None:
            verdict = Verdict.YES if between.verdict is Verdict.YES else Verdict.UNKNOWN
            for step, state in naming:
                says = self._says(f"named for {step.means} in article {step.article}", between)
                yield Recorded("treaty", state, None, verdict, says, agreement.id)

    def _between(self, a: str, b: str, agreement: str) -> Answer | None:
        """What is in force between the two; None: nothing."""
        found = self.standing.between(a, b, agreement)
        if found.verdict is Verdict.NO:
            return None
        self.labels.add(found.label)
        return found

    def _says(self, what: str, between: Answer) -> str:
        if between.verdict is not Verdict.YES:
            return f"{what}: {between.verdict} whether it is in force"
        return f"{what}, in force since {between.since}" if between.since is not None else f"{what}, in force"

    def _disputes(self, disputes: list[Dispute]) -> Iterator[Recorded]:
        since = date.fromordinal(years_before(self.standing.on.toordinal(), self.rules.years))
        for dispute in disputes:
            open_ = DisputeState.OPEN in dispute.states
            recent = since <= dispute.since
            if not open_ and not recent:
                continue
            sure = not dispute.absent and (recent or dispute.states == (DisputeState.OPEN,))
            for a in dispute.sides:
                for b in dispute.sides:
                    side = self.persons.of_code(b)
                    if dispute.between(a, b) and side in self.sides:
                        self.labels.add(dispute.raised.label)
                        verdict = Verdict.YES if sure else Verdict.UNKNOWN
                        says = f"dispute with {side} under {dispute.agreement}, raised on {dispute.since}, {dispute.state}"
                        yield Recorded("dispute", self.persons.of_code(a), side, verdict, says, dispute.ref)

    def _mediations(self, disputes: list[Dispute]) -> Iterator[Recorded]:
        of_sides = {act.hash for one in disputes if self._is_between_sides(one.sides) for act in one.acts}
        for kept in kept_acts(self.standing, tuple(MEDIATING)):
            if kept.first > self.standing.on:
                continue
            between = kept.act.hash in of_sides or self._is_between_sides(kept.act.counterparty)
            verdict = Verdict.UNKNOWN if kept.doubtful or kept.last > self.standing.on else Verdict.YES
            self.labels.add(kept.act.label)
            says = f"{MEDIATING[kept.kind]} {self._whom(kept, between)}, {kept.first}"
            yield Recorded("mediations", self.persons.of_code(kept.by), None, verdict, says, kept.act.ref, 2 if between else 1)

    def _is_between_sides(self, parties: tuple[str, ...]) -> bool:
        return set(self.sides) <= {self.persons.of_code(party) for party in parties}

    def _whom(self, kept: KeptAct, between: bool) -> str:
        return "between the two" if between else f"under {kept.act.agreement}"
