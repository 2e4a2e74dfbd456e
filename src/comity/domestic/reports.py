"""Was the legislature told in time of what the state signed?

Source: how-domestic-procedure-is-followed.md, 5.5; 1 U.S.C. 112b(a)(1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from comity.acts import Act
from comity.agreements import Coverage
from comity.domestic.courses import NOTIFY
from comity.procedures import KeptAct, is_complete


class ReportState(StrEnum):
    """How a report to the legislature stands."""

    NONE = "nothing due"
    DONE = "done"
    LATE = "done late"
    OPEN = "open"
    OVERDUE = "overdue"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class HomeReport:
    """A report to the legislature: what it can be, the day by which (the earliest), and the notifications that possibly count."""

    states: tuple[ReportState, ...]
    due: date | None
    discharged_by: tuple[Act, ...]


def report_of(signed: Sequence[KeptAct], acts: Sequence[KeptAct], declared: Sequence[Coverage], on: date) -> HomeReport:
    """The report on what the state signed, on a day."""
    signatures = [one for one in signed if one.kind == "sign"]
    told = [one for one in acts if one.kind == NOTIFY]
    found = {_state(signatures, told, declared, on, last) for last in (False, True)}
    dues = [end_of_next_month(one.first) for one in signatures if one.first <= on]
    return HomeReport(
        states=tuple(one for one in ReportState if one in found),
        due=min(dues, default=None),
        discharged_by=tuple(one.act for one in sorted(told, key=lambda one: (one.first, one.act.ref, one.act.hash)) if one.first <= on),
    )


def end_of_next_month(day: date) -> date:
    """The last day of the month after that of the day."""
    months = day.year * 12 + day.month + 1  # whole months before the one after the next
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def _state(signatures: Sequence[KeptAct], told: Sequence[KeptAct], declared: Sequence[Coverage], on: date, last: bool) -> ReportState:
    days = [day for one in signatures if (day := one.day(last)) <= on]
    if not days:
        return ReportState.NONE
    due = end_of_next_month(min(days))
    reported = [day for one in told if (day := one.day(last)) <= on]
    if reported:
        return ReportState.DONE if min(reported) <= due else ReportState.LATE
    if on <= due:
        return ReportState.OPEN
    return ReportState.OVERDUE if is_complete(declared, (NOTIFY,), min(days), due) else ReportState.NOT_KNOWN
