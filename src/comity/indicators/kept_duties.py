"""Duties kept on time, and notices given in time.

Source: docs/explanation/how-indicators-are-read.md, sections 2 and 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from comity.duties import DutyStatus, State
from comity.indicators.counting import Case, earliest, settled, share
from comity.indicators.evidence import Evidence, Found
from comity.indicators.readings import Asked
from comity.terms import Verdict

NOTICE = "notify"
SAYS = {
    State.DONE: Verdict.YES, State.LATE: Verdict.NO, State.OVERDUE: Verdict.NO, State.NOT_KNOWN: Verdict.UNKNOWN, State.CONTESTED: Verdict.UNKNOWN,
}  # fmt: skip
"""Was it kept on time? States that are not here are not counted. Source: 2.2."""


def duties_on_time(evidence: Evidence, asked: Asked) -> Found:
    """The share of duties that were done by their day."""
    return _kept(evidence, asked, asked.kind, "no duty of its own fell due in these days")


def notices_given(evidence: Evidence, asked: Asked) -> Found:
    """The share of notices that were given by their day."""
    return _kept(evidence, asked, NOTICE, "no notice of its own fell due in these days")


def _kept(evidence: Evidence, asked: Asked, does: str | None, nothing: str) -> Found:
    cases = list(_cases(evidence, asked, does))
    found = share(cases, nothing)
    reaches = (max((c.through for c in evidence.coverage(agreement)), default=None) for agreement in found.agreements)
    return replace(found, reach=earliest(reaches))


def _cases(evidence: Evidence, asked: Asked, does: str | None) -> Iterator[Case]:
    party = evidence.person(asked.party)
    for row in evidence.duties(asked.since, asked.until):
        says, due = SAYS.get(row.state), row.due
        if says is None or due is None or row.option or row.owed_by is None or evidence.person(row.owed_by) != party:
            continue
        if (does is not None and row.does != does) or asked.agreement not in (None, row.agreement):
            continue
        owed = _owed_to(evidence, row, asked.partner, due)
        if owed is Verdict.NO:
            continue
        acts = tuple(ref for ref in (row.brought_about_by, *row.discharged_by) if ref is not None)
        under = (row.does, *(f"towards {code}" for code in row.owed_to))
        yield Case(due, row.key, says if owed is Verdict.YES else Verdict.UNKNOWN, acts, row.agreement, under)


def _owed_to(evidence: Evidence, row: DutyStatus, partner: str | None, due: date) -> Verdict:
    """Is it owed to the partner: named, or, where it is owed to all others, bound on the day?"""
    if partner is None:
        return Verdict.YES
    if row.owed_to:
        return Verdict.YES if evidence.person(partner) in {evidence.person(one) for one in row.owed_to} else Verdict.NO
    return settled(evidence.bound(partner, row.agreement, due))
