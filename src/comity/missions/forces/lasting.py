"""On which days is something there that begins between two days and is ended by acts, and on which of them is that in doubt?

Source: how-forces-are-generated.md, 9.8.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from comity.acts import Act
from comity.missions.counting import YES, CountedAct, doubtful
from comity.missions.forces.missions import DaySpan
from comity.terms import Moment, Verdict, parse_day


class Between(NamedTuple):
    """The first and the last day that something can be on; the calendar's own ends: on any, or never."""

    first: date
    last: date


class Ending(NamedTuple):
    """What can end it: between which days, how sure it is, by which act (blank: it was to end so)."""

    when: Between
    sure: Verdict = YES
    by: str = ""


NEVER = date.max
ALWAYS_BEFORE = date.min


def stated(act: Act, detail: str) -> date | None:
    """A day that a detail states."""
    said = act.details.get(detail)
    return parse_day(said) if said else None


def between(act: Act, moment: Moment | None) -> Between:
    """Between which days an act is meant to begin: on its ``from``, else on the days of the moment; no day: always."""
    start = stated(act, "from")
    if start is not None:
        return Between(start, start)
    return Between(ALWAYS_BEFORE, ALWAYS_BEFORE) if moment is None else Between(moment.first, moment.last)


def ending(act: CountedAct, moment: Moment | None) -> Ending:
    """An act that ends something; one in doubt ends it surely never."""
    when = between(act.act, moment)
    return Ending(when if act.sure is YES else Between(when.first, NEVER), act.sure, act.act.ref)


def until(act: Act) -> list[Ending]:
    """The end that an act states of itself, if any."""
    end = stated(act, "until")
    return [] if end is None else [Ending(Between(end, end))]


def bounds(endings: Sequence[Ending]) -> Between:
    """The first day on which one of them can end it, and the day from which it is surely ended."""
    return Between(min((one.when.first for one in endings), default=NEVER), min((one.when.last for one in endings), default=NEVER))


def doubt_of(sure: Verdict, endings: Sequence[Ending]) -> Verdict:
    """How doubtful it is where it is in doubt."""
    gone = bounds(endings).last
    found = doubtful([sure, *(one.sure for one in endings if one.when.first < gone)])
    return Verdict.UNKNOWN if found is YES else found


def lasting(begins: Between, sure: Verdict, endings: Sequence[Ending]) -> list[tuple[DaySpan, Verdict]]:
    """The days on which it is there, as sure as it is, and those on which that is in doubt."""
    can_end, gone = bounds(endings)
    doubt = doubt_of(sure, endings)
    parts = (
        (begins.first, min(begins.last, gone), doubt),
        (begins.last, can_end, sure),
        (max(begins.last, can_end), gone, doubt),
    )
    return [(_span(start, end), verdict) for start, end, verdict in parts if start < end]


def _span(start: date, end: date) -> DaySpan:
    return DaySpan(None if start == ALWAYS_BEFORE else start, None if end == NEVER else end)
