"""Shares of what is known, with what is not known at its best and worst; medians of spans of which some have not ended; where the record is complete.

Source: docs/explanation/how-indicators-are-read.md, 1.3 to 1.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from comity.indicators.evidence import Evidence, Found
from comity.indicators.readings import Part
from comity.procedures import complete_through
from comity.terms import Verdict


class Case(NamedTuple):
    """One thing that is counted: the day and name that order it, whether it is so, the acts behind it, the parts that it is told under."""

    day: date
    name: str
    says: Verdict
    acts: tuple[str, ...] = ()
    agreement: str | None = None
    under: tuple[str, ...] = ()


class Lasted(NamedTuple):
    """How many days something took, or has taken so far."""

    days: int
    ended: bool


def settled(verdict: Verdict) -> Verdict:
    """What is contested is not known, where things are counted."""
    return Verdict.UNKNOWN if verdict is Verdict.CONTESTED else verdict


def within(first: date, last: date, since: date, until: date) -> Verdict:
    """Does a day that is one of first to last lie in these days?"""
    if last < since or first > until:
        return Verdict.NO
    return Verdict.YES if since <= first and last <= until else Verdict.UNKNOWN


def share(cases: Iterable[Case], nothing: str) -> Found:
    """The share of those that are so among those of which it is known (1.3); ``nothing``: what to say where there are none."""
    counted = sorted(cases, key=lambda case: (case.day, case.name))
    yes, known = _counts(counted)
    unknown = len(counted) - known
    if not counted:
        return Found(None, 0, why=nothing)
    value, why = (yes / known, "") if known else (None, f"it is known of none of the {unknown} that there are")
    names = sorted({name for case in counted for name in case.under})
    parts = (Part(name, *_counts([case for case in counted if name in case.under])) for name in names)
    between = (yes / len(counted), (yes + unknown) / len(counted))
    return Found(
        value, known, unknown, why, acts_of(counted), agreements_of(counted), between=between, parts=tuple(parts)
    )  # fmt: skip


def _counts(cases: Sequence[Case]) -> tuple[int, int]:
    """How many are so, and of how many it is known."""
    return sum(case.says is Verdict.YES for case in cases), sum(case.says is not Verdict.UNKNOWN for case in cases)


def acts_of(cases: Iterable[Case]) -> tuple[str, ...]:
    """The acts behind them, each once, in their order."""
    return tuple(dict.fromkeys(ref for case in cases for ref in case.acts))


def agreements_of(cases: Iterable[Case]) -> tuple[str, ...]:
    """The agreements that they are under."""
    return tuple(sorted({case.agreement for case in cases if case.agreement is not None}))


def median(spans: Iterable[Lasted]) -> int | None:
    """The days after which half have ended, those that have not ended counting for as long as they have gone on; None: fewer than half have.

    Source: Kaplan and Meier, Journal of the American Statistical Association 53 (1958), 457-481.
    """
    listed = list(spans)
    going_on = 1.0
    for days in sorted({span.days for span in listed if span.ended}):
        there = sum(span.days >= days for span in listed)
        ended = sum(span.ended and span.days == days for span in listed)
        going_on *= (there - ended) / there
        if going_on <= 0.5 + 1e-12:
            return days
    return None


def left_out(unknown: int) -> tuple[str, ...]:
    """What is said with a median where some are left out of it: what has not ended is the longest, and the likeliest not to be known."""
    return (f"{unknown} more, of which it is not known, are left out: with them it may take longer",) if unknown else ()


def reach_of(evidence: Evidence, kind: str, code: str | None, start: date, agreement: str | None = None) -> date | None:
    """To which day, without a gap from ``start``, is the record complete for acts of the kind by the party (None: by anybody)?"""
    declared = evidence.coverage(agreement)
    if code is None:
        return complete_through(declared, kind, start)
    person = evidence.person(code)
    return complete_through(declared, kind, start, lambda one: evidence.person(one) == person)


def earliest(reaches: Iterable[date | None]) -> date | None:
    """The earliest, None where one is None or there is none."""
    found = list(reaches)
    known = [one for one in found if one is not None]
    return min(known) if known and len(known) == len(found) else None
