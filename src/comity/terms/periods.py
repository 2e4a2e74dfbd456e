"""Adding days, months and years to a day as clauses do, and half-open periods.

Months have different lengths, so "six months after 31 August" needs a rule. The rule is declared where the delay is
written (``end_of_month``), never guessed:

    clip    the last day of the shorter month (31 August + 6 months = 28 or 29 February)
    next    the first day of the month after it (31 August + 6 months = 1 March)
    refuse  an error: the clause's author must decide

Source: the final clauses cited in docs/rules/entry-into-force.md; ISO 8601 calendar arithmetic.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from comity.terms.errors import BadInput

EndOfMonth = Literal["clip", "next", "refuse"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a delay; exactly one of the numbers is set.

    ``days``: that many days later ("on the 30th day following" is day + 30). ``months`` / ``years``: the same day of a
    later month, by ``end_of_month`` where it has no such day. ``month_start``: the first day of the Nth month after the
    month the day falls in (1 = the first day of the next month).
    """

    days: int | None = None
    months: int | None = None
    years: int | None = None
    month_start: int | None = None
    end_of_month: EndOfMonth = "clip"


Delay = tuple[Step, ...]


def add(day: date, delay: Delay) -> date:
    """The day that lies ``delay`` after ``day``; BadInput if the calendar has no such day or ends before it."""
    try:
        for step in delay:
            day = _add_step(day, step)
    except (OverflowError, ValueError) as problem:
        raise BadInput(f"{day} plus {describe(delay)} is not a day of the calendar ({problem})") from None
    return day


def _add_step(day: date, step: Step) -> date:
    if step.days is not None:
        return day + timedelta(days=step.days)
    if step.month_start is not None:
        year, month = _month_after(day, step.month_start)
        return date(year, month, 1)
    months = (step.months or 0) + 12 * (step.years or 0)
    year, month = _month_after(day, months)
    length = monthrange(year, month)[1]
    if day.day <= length:
        return date(year, month, day.day)
    if step.end_of_month == "clip":
        return date(year, month, length)
    if step.end_of_month == "next":
        return date(year, month, length) + timedelta(days=1)
    raise BadInput(f"{day} plus {months} months falls on no day; set end_of_month to clip or next in the clause")


def _month_after(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def describe(delay: Delay) -> str:
    """The delay in words: '180 days', 'the first day of the 6th month after'."""
    return ", then ".join(_describe_step(step) for step in delay) or "no delay"


def _describe_step(step: Step) -> str:
    if step.month_start is not None:
        return f"the first day of month {step.month_start} after that month"
    for number, unit in ((step.days, "day"), (step.months, "month"), (step.years, "year")):
        if number is not None:
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "no time"
