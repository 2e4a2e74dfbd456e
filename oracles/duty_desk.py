"""What one who looks at a desk is told, on the day asked about: the slow reading of how-duties-are-derived.md, 6.1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from comity.agreements.requirements import Duty
from comity.terms import Verdict
from oracles.duty_record import Question, Reading, Row


@dataclass(frozen=True)
class View:
    """Whose desk (None: everybody's), days ahead and days past, and whether what is settled is told too."""

    party: str | None = None
    within: int = 90
    past: int = 365
    everything: bool = False


def shown(question: Question, rows: Sequence[Row], view: View) -> list[Row]:
    """Which of ``rows``, every one that is due by the last day looked at, are told."""
    reading = Reading(question)
    clauses = {c.id: c for c in question.agreement.clauses if isinstance(c, Duty)}
    return [r for r in rows if _is_of(reading, clauses[r.duty], r, view.party) and _is_told(question, r, view)]


def _is_of(reading: Reading, duty: Duty, row: Row, party: str | None) -> bool:
    """Owed by the party alone, under whatever code, or together with the others while it is bound."""
    if party is None:
        return True
    if row.debtor:
        return reading.same(row.debtor, party)
    return reading.stands(duty, party, reading.q.on if row.due is None else row.due)[0] is not Verdict.NO


def _is_told(question: Question, row: Row, view: View) -> bool:
    soon = row.due is None or row.due <= question.on + timedelta(days=view.within)
    lately = row.due is None or row.due >= question.on - timedelta(days=view.past)
    if row.state in ("overdue", "exceeded"):
        return soon
    return soon and lately and (view.everything or row.state in ("open", "not known", "contested"))
