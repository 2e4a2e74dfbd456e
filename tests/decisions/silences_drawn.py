"""Terms of silence, drawn: beginnings near clock changes of many zones, 1990 to 2100, and what the slow reading makes of them."""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from comity.agreements.requirements import Lead
from comity.decisions.silences import end_of_day, expiry, last_second
from comity.terms import Step
from oracles import silence as oracle

ZONES = (
    None, "Europe/Brussels", "Europe/Vienna", "Europe/Dublin", "America/New_York", "America/Sao_Paulo", "America/Havana", "America/St_Johns",
    "America/Santiago", "America/Caracas", "America/Godthab", "Africa/Casablanca", "Africa/Cairo", "Asia/Tehran", "Asia/Beirut", "Asia/Gaza",
    "Asia/Amman", "Asia/Kathmandu", "Asia/Pyongyang", "Asia/Seoul", "Asia/Singapore", "Australia/Lord_Howe", "Australia/Sydney",
    "Pacific/Apia", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Kwajalein", "Antarctica/Troll", "Europe/Moscow",
)  # fmt: skip
"""Some with clock changes at midnight, by half an hour or two hours; Apia, Kiritimati and Kwajalein left out a day."""
DRAWS, DAY = 1500, timedelta(days=1)
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
Case = tuple[datetime, Lead, str | None, tuple[date, ...]]


@functools.cache
def changes(zone: str | None) -> tuple[datetime, ...]:
    """The seconds in which the clock of the zone changes."""
    found, instant = [], EARLIEST
    while zone is not None and instant < LATEST:
        before, instant = instant, instant + 7 * DAY
        if oracle.shows(instant, zone) - oracle.shows(before, zone) != 7 * DAY:
            early, late = before, instant
            while late - early > oracle.SECOND:
                middle = early + (late - early) // (2 * oracle.SECOND) * oracle.SECOND
                same = oracle.shows(middle, zone) - oracle.shows(before, zone) == middle - before
                early, late = (middle, late) if same else (early, middle)
            found.append(late)
    return tuple(found)


def local_time(r: Random, zone: str | None) -> datetime:
    """A local time, mostly about one at which the clock changes."""
    near = changes(zone)
    if not near or r.random() < 0.2:
        return (EARLIEST + (LATEST - EARLIEST) * r.random()).replace(microsecond=0, tzinfo=None)
    change = r.choice(near)
    moves = oracle.shows(change, zone), oracle.shows(change - oracle.SECOND, zone) + oracle.SECOND
    low, high = min(moves), max(moves)
    if r.random() < 0.3:
        return r.choice((low, high, low - oracle.SECOND, high - oracle.SECOND))
    return low + timedelta(minutes=r.randrange(-60, int((high - low) / oracle.MINUTE) + 60))


def drawn(seed: int) -> Case:
    """A beginning, a term, a zone and holidays; the same seed draws the same."""
    r = Random(seed)
    zone = r.choice(ZONES)
    ends = local_time(r, zone)
    kind = r.choice(("hours", "days", "days", "days", "months", "start", "working", "working"))
    number, holidays = r.choice((0, 1, 2, 3, 5, 10)), list[date]()
    lead = Lead(delay=(Step(days=number),))
    before = ends - number * DAY
    if kind == "hours":
        lead = Lead(hours=number)
    elif kind == "months":
        lead = Lead(delay=(Step(months=number, end_of_month=r.choice(("clip", "next"))), Step(years=r.choice((0, 1)))))
        before = ends - timedelta(days=30 * number)
    elif kind == "start":
        lead = Lead(delay=(Step(month_start=number), Step(days=number)))
    elif kind == "working":
        lead = Lead(working_days=number, rest=r.choice((("saturday", "sunday"), ("friday", "saturday"), ("sunday",), ())))
        holidays = [(ends - r.randrange(8) * DAY).date() for _ in range(r.randrange(3))]
    begins = before.replace(tzinfo=UTC if zone is None else ZoneInfo(zone), fold=r.randrange(2)).astimezone(UTC)
    return begins, lead, zone, tuple(holidays)


@functools.cache
def said_of(seed: int) -> tuple[Case, datetime, datetime]:
    """A term with what the slow reading makes of it, kept to be asked of the room again and again."""
    case = drawn(seed)
    return case, oracle.expiry(*case), oracle.end_of_day(case[0].date(), case[2])


def agrees(seed: int) -> bool:
    """Does the room say the same of it?"""
    case, wanted, over = said_of(seed)
    day, zone = case[0].date(), case[2]
    return expiry(*case) == wanted and (end_of_day(day, zone), last_second(day, zone)) == (over, over - oracle.SECOND)


ENDS = (date(1, 6, 1), date(1, 12, 31), date(2, 1, 1), date(9998, 12, 30), date(9998, 12, 31))


def ends_of_the_calendar_agree() -> bool:
    """Does a day end as the slow reading has it where the calendar does?"""
    return all(end_of_day(day, zone) == oracle.end_of_day(day, zone) for day in ENDS for zone in ZONES[:5])


def silences_agree() -> bool:
    """Does the room say the same of all of them?"""
    return ends_of_the_calendar_agree() and all(agrees(seed) for seed in range(DRAWS))
