"""How far the record is complete for what an answer rests on.

*No* because an act is absent holds only inside declared coverage. A kind or period never covered: unknown, naming it.
Past the end of coverage the last standing is presumed to go on, and the answer carries ``reach``.

Source: docs/reference/book-format.md, "Coverage and silence".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from comity.agreements import Agreement, Coverage
from comity.agreements.clauses import Consent
from comity.standing.record import Holding

CONSENT_KINDS = ("ratify", "accept", "approve", "accede")
EXIT_KINDS = ("denounce",)


@dataclass(frozen=True, slots=True)
class Reach:
    """To which day the record is complete (None: never covered), and what is missing where it is not."""

    through: date | None
    missing: str = ""


def reach_of(record: Holding, agreement: Agreement, kinds: tuple[str, ...], party: str | None, start: date | None = None) -> Reach:
    """To which day, counted without a gap from ``start`` (default: conclusion), are these kinds covered for ``party`` (None: for all)?"""
    since = start or agreement.concluded
    reaches = [_kind_reach(record, agreement, kind, party, since) for kind in kinds]
    missing = [kind for kind, reach in zip(kinds, reaches, strict=True) if reach is None]
    if missing:
        who = f" by {party}" if party else ""
        return Reach(None, f"acts of kind {', '.join(missing)}{who} under {agreement.id} since {since} were never covered by a source on record")
    return Reach(min((r for r in reaches if r is not None), default=None))


def _kind_reach(record: Holding, agreement: Agreement, kind: str, party: str | None, since: date) -> date | None:
    relevant = sorted((c for c in record.coverage_of(agreement) if _covers(c, kind, party)), key=lambda c: (c.from_ or date.min, c.through))
    reached: date | None = None
    for coverage in relevant:
        start = coverage.from_ or date.min
        if reached is None:
            if start <= since <= coverage.through:
                reached = coverage.through
        elif start <= reached + timedelta(days=1):
            reached = max(reached, coverage.through)
    return reached


def _covers(coverage: Coverage, kind: str, party: str | None) -> bool:
    if coverage.kinds and kind not in coverage.kinds:
        return False
    return not coverage.parties or (party is not None and party in coverage.parties)


def consent_kinds(agreement: Agreement) -> tuple[str, ...]:
    """The means of consent whose absence matters under this agreement."""
    clause = next((c for c in agreement.clauses if isinstance(c, Consent)), None)
    if clause is None:
        return CONSENT_KINDS
    kinds = tuple(k for k in clause.acts if k not in ("succeed", "confirm"))
    if set(CONSENT_KINDS) < set(kinds):
        return CONSENT_KINDS
    return (*kinds, "sign") if clause.signature_binds else kinds


def least(*reaches: Reach) -> Reach:
    """The least of several reaches; one never covered makes it so."""
    missing = [r for r in reaches if r.through is None]
    if missing:
        return next((r for r in missing if r.missing), missing[0])
    return min(reaches, key=lambda r: r.through or date.max)
