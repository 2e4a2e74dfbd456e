"""First days of the steps of a dispute, read slowly from how-disputes-are-followed.md, section 11, on what the slow reading has of each step.

Imports types alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from comity.agreements.requirements import Lead
from comity.agreements.settlements import SettlementStep
from comity.terms import Verdict
from oracles.disputes import StepTold, Told

Later = Callable[[date, Lead], date | None]
"""The day to which so long after a day leads, None beyond the calendar."""


def first_days(
    dispute: Told, says: Mapping[tuple[str, int], SettlementStep], since: Mapping[tuple[str, int], date | None], on: date, later: Later
) -> dict[tuple[str, int], date]:
    """All that have one. ``since``: of each step, since when it is as it is."""
    days: dict[tuple[str, int], date] = {}
    for step in dispute.steps:
        day = _day(step, dispute, says, since, days, on, later)
        if day is not None and step.law in (Verdict.YES, Verdict.UNKNOWN, Verdict.CONTESTED):
            days[step.clause, step.number] = day
    return days


def _day(
    step: StepTold, dispute: Told, says: Mapping[tuple[str, int], SettlementStep], since: Mapping[tuple[str, int], date | None],
    days: Mapping[tuple[str, int], date], on: date, later: Later,
) -> date | None:  # fmt: skip
    if any(state != "not-begun" for state in step.states):
        return since[step.clause, step.number] if step.asked is None else step.asked
    if step.since is not None:
        return on if step.since < on else step.since
    mine = says[step.clause, step.number]
    best: date | None = None
    for other in dispute.steps:
        its = says[other.clause, other.number]
        if other.clause != step.clause or other.number not in mine.follows or (other.clause, other.number) not in days:
            continue
        for time in (mine.after, its.within, its.answer, its.organised):
            if time is not None:
                end = later(days[other.clause, other.number], time)
                if end is not None and (best is None or end + timedelta(days=1) < best):
                    best = end + timedelta(days=1)
                break
    return best
