"""The clock of a procedure at home: sitting days as they are written in a question, and the days of a scrutiny, each with what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from comity.domestic import NOTHING_KNOWN, ClockEnd, HomeProcedure, HomeState, HomeStatus, SittingDays, clock_end
from comity.terms import BadInput, Verdict, parse_day
from comity.web.telling import told

SPANS, LONGEST, DRAWN = 500, timedelta(days=3660), timedelta(days=550)
"""So many spans of sitting days, over so many days, are read; so many days of a scrutiny are drawn."""
MANY = 8000
EXAMPLE = "2024-07-29/2024-07-30 2024-09-02/2024-09-05 2024-09-09/2024-09-12 2024-10-07/2024-10-10 2024-10-14/2024-10-17 2024-10-21/2024-10-24"
"""The sitting days of both Houses after 26 July 2024, from memory; checked against the last day of a treaty laid then (nuclearinfo.org)."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day of a scrutiny. ``counts``: is it one of those that count; ``number``: the how-manieth it is for sure, 0 if it does not count."""

    on: date
    counts: Verdict
    number: int
    last: bool


@dataclass(frozen=True, slots=True)
class HomeClock:
    """A scrutiny that began with a day: its length, when it ends, and its days one by one, as far as they are drawn."""

    procedure: HomeProcedure
    laid: date
    length: int
    ends: ClockEnd
    days: Sequence[CountedDay]


def read_sitting_days(text: str, procedure: HomeProcedure, since: date | None) -> SittingDays:
    """Days and spans of days (2024-09-02/2024-09-05) on which all houses sit; from ``since`` (else the first) to the last all others are none."""
    written = text.replace(",", " ").replace(";", " ").split()
    if not written:
        return NOTHING_KNOWN
    if len(text) > MANY or len(written) > SPANS:
        raise BadInput(told(_("sitting days: more than %(most)s spans; give those after the day of laying alone"), most=SPANS))
    spans = [_span(one) for one in written]
    first, last = min(start for start, _end in spans), max(end for _start, end in spans)
    first = first if since is None else min(first, since)
    if last - first > LONGEST:
        raise BadInput(told(_("sitting days: from %(first)s to %(last)s is longer than ten years; put the days right"), first=first, last=last))
    sitting = {start + n * _DAY for start, end in spans for n in range((end - start).days + 1)}
    known = {day: day in sitting for day in (first + n * _DAY for n in range((last - first).days + 1))}
    return SittingDays(dict.fromkeys(procedure.houses, known), ("as written in the question",))


def _span(text: str) -> tuple[date, date]:
    match = re.fullmatch(r"([0-9-]{10})(?:/([0-9-]{10}))?", text)
    example = "2024-09-02/2024-09-05"
    if match is None:
        raise BadInput(told(_("sitting days: %(given)s is no span of days; write for instance %(example)s"), given=repr(text[:40]), example=example))
    start, end = parse_day(match[1]), parse_day(match[2] or match[1])
    if end < start:
        raise BadInput(told(_("sitting days: %(given)s is backwards; write for instance %(example)s"), given=repr(text), example=example))
    return start, end


def clock_of(procedure: HomeProcedure, sittings: SittingDays, laid: date) -> HomeClock | None:
    """The clock of what was laid on the day; None: the procedure has no such time."""
    ends = clock_end(procedure, sittings, laid)
    if ends is None or procedure.scrutiny is None:
        return None
    return HomeClock(procedure, laid, procedure.scrutiny.days, ends, tuple(_days(procedure, sittings, laid, ends)))


def clock_in(status: HomeStatus, sittings: SittingDays) -> HomeClock | None:
    """The clock of the latest scrutiny of an agreement, where it was begun; of one that runs, to the day that the acts on record give it."""
    begun = [act.done.first for act in status.acts if act.done is not None and _begins(status, act.kind, act.details.get("reason", ""))]
    clock = clock_of(status.procedure, sittings, begun[-1]) if begun else None
    if clock is None or status.ends is None or HomeState.RUNNING not in status.states:
        return clock
    days = tuple(_days(status.procedure, sittings, clock.laid, status.ends))
    return HomeClock(clock.procedure, clock.laid, status.days, status.ends, days)


def _begins(status: HomeStatus, kind: str, reason: str) -> bool:
    """Does an act of the kind begin a scrutiny: the first, or another after a statement of reasons?"""
    again = any(one.follows == "statement-and-scrutiny" for one in status.procedure.objections)
    return kind == status.procedure.begins or (again and kind == "state-reasons" and reason != "exception")


def _days(procedure: HomeProcedure, sittings: SittingDays, laid: date, ends: ClockEnd) -> Iterator[CountedDay]:
    """The days from that of laying, which does not count, to the last that it can be, or the earliest where none is the latest."""
    number, through = 0, min(ends.latest or ends.earliest, laid + DRAWN)
    yield CountedDay(laid, Verdict.NO, 0, False)
    by_sittings = procedure.scrutiny is not None and procedure.scrutiny.counted == "sitting"
    for n in range(1, (through - laid).days + 1):
        on = laid + n * _DAY
        counts = sittings.sits(on, procedure.houses) if by_sittings else Verdict.YES
        number += counts is Verdict.YES
        yield CountedDay(on, counts, number if counts is Verdict.YES else 0, on == ends.exact)


def day_to_plain(one: CountedDay) -> dict[str, object]:
    """A day as plain data."""
    return {"on": one.on.isoformat(), "counts": str(one.counts), "number": one.number or None, "last": one.last}


COLUMNS = {
    "on": "the day; the first is that of laying",
    "counts": "yes, no, or unknown where no sitting day is known",
    "number": "the how-manieth of the days that count, for sure",
    "last": "is it the last day, for sure",
}
