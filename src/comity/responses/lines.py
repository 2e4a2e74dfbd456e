"""Which obligations are looked at when a state is attacked, between whom: from the clauses and the standing of a day to lines.

Source: how-obligations-to-respond-are-derived.md, section 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from comity.agreements import Agreement
from comity.agreements.obligations import Obligation
from comity.responses.attacks import Attack, Line, Side
from comity.responses.invocations import Invocation
from comity.responses.persons import Persons
from comity.standing import Standing
from comity.terms import Answer, Verdict

TO_ATTACKED = ("defence", "consultation", "neutrality", "non-aggression", "offence")
TO_ATTACKER = ("offence", "neutrality", "non-aggression")


class Lines:
    """The lines of one standing on its day, pair by pair; what stands between two is asked once."""

    def __init__(self, standing: Standing, attack: Attack, persons: Persons, invoked: Iterable[Invocation]) -> None:
        self.standing, self.attack, self.persons = standing, attack, persons
        self.asked = {i.agreement for i in invoked if i.certain}
        self.settled = {i.agreement for i in invoked if i.settles}
        self.between = lru_cache(None)(standing.between)

    def all(self, looked_at: Sequence[str]) -> list[Line]:
        """Every line of these agreements, by side, type, agreement and debtor."""
        found: list[Line] = []
        for name in self.standing.progress(looked_at):
            agreement = self.standing.record.agreement(name, self.standing.known)
            clauses = [(place, self.persons.in_clause(c)) for place, c in enumerate(agreement.clauses) if isinstance(c, Obligation) and _told(c)]
            if clauses:
                found += self._of(agreement, clauses)
        order = {name: number for number, name in enumerate(TO_ATTACKED)}
        return sorted(found, key=lambda line: (line.side == "attacker", order[line.clause.type], line.agreement, line.place, line.debtor))

    def answer(self, line: Line) -> Answer:
        """What stands between the two of a line, and why."""
        return self.between(line.debtor, line.creditor, line.agreement)

    def _of(self, agreement: Agreement, clauses: Iterable[tuple[int, Obligation]]) -> Iterator[Line]:
        status = {party: verdict for party, verdict, _ in self.standing.status(agreement.id) if verdict is not Verdict.NO}
        asked = [(self.attack.attacked, "attacked"), *((party, "attacker") for party in self.attack.by)]
        sides: list[tuple[str, Side]] = [(party, "attacked" if side == "attacked" else "attacker") for party, side in asked if party in status]
        for place, clause in clauses if sides else ():
            for creditor, side in sides:
                for debtor in sorted(status):
                    line = self._line(agreement.id, place, clause, debtor, creditor, side, frozenset(status))
                    if line is not None:
                        yield line

    def _line(
        self, agreement: str, place: int, clause: Obligation, debtor: str, creditor: str, side: Side, parties: frozenset[str]
    ) -> Line | None:  # fmt: skip
        if clause.type not in (TO_ATTACKED if side == "attacked" else TO_ATTACKER) or debtor == creditor:
            return None
        if side == "attacker" and debtor in (self.attack.attacked, *self.attack.by):
            return None
        if (clause.owed_by and debtor not in clause.owed_by) or (clause.owed_to and creditor not in clause.owed_to):
            return None
        verdict = self.between(debtor, creditor, agreement).verdict
        if verdict is Verdict.NO:
            return None
        return Line(agreement, place, clause, debtor, creditor, side, verdict, parties, agreement in self.asked, agreement in self.settled)


def _told(clause: Obligation) -> bool:
    return clause.type in TO_ATTACKED and clause.upon != "regular"
