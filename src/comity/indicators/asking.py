"""Does what is asked of an indicator make sense; and the evidence for it.

Source: docs/explanation/how-indicators-are-read.md, 1.1.
"""

from __future__ import annotations

from datetime import date, timedelta

from comity.indicators.gathering import RecordEvidence
from comity.indicators.listing import ANY_NAME, Indicator
from comity.indicators.readings import Asked, By
from comity.standing import Standing
from comity.terms import BadInput

PER_YEAR = {"year": 1, "quarter": 4}
MOST_STRETCHES = 1000
"""A series has at most about so many."""
YEARS_BACK = timedelta(days=5 * 365 + 1)


def usual_since(last: date) -> date:
    """From which day, where none is said: five years before the last. A convention."""
    return date.min if last - date.min < YEARS_BACK else last - YEARS_BACK


def evidence_for(standing: Standing, found: Indicator, asked: Asked, by: By | None = None) -> RecordEvidence:
    """What is gathered, once what is asked makes sense. Errors: BadInput, NotOnRecord where it does not."""
    if asked.since > asked.until:
        raise BadInput(f"from {asked.since} until {asked.until}: the days run backwards; give the earlier one first")
    if by is not None and (asked.until.year - asked.since.year) * PER_YEAR[by] > MOST_STRETCHES:
        raise BadInput(f"more than {MOST_STRETCHES} stretches from {asked.since} to {asked.until}; ask for fewer days")
    for code in (asked.party, *(() if asked.partner is None else (asked.partner,)), *(code for code, _ in asked.key)):
        standing.record.party(code)
    if asked.agreement is not None:
        standing.record.agreement(asked.agreement, standing.known)
    if asked.kind is not None and found.kinds != ANY_NAME and asked.kind not in found.kinds:
        raise BadInput(f"{found.id}: no kind {asked.kind!r}; " + (f"choose from: {', '.join(found.kinds)}" if found.kinds else "it has no kinds"))
    evidence = RecordEvidence(standing, asked.since, min(asked.until, max(standing.on, asked.since)), asked.party, asked.agreement)
    if asked.partner is not None and evidence.person(asked.party) == evidence.person(asked.partner):
        raise BadInput(f"{asked.party} and {asked.partner} are one person; name two different parties")
    return evidence
