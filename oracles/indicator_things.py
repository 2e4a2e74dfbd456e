"""What every slow reading of an indicator needs: section 1 of the text, sentence by sentence, nothing shared with the code but types.

Source: docs/explanation/how-indicators-are-read.md, section 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from comity.acts import Act
from comity.agreements import Coverage
from comity.indicators.evidence import Evidence
from comity.indicators.readings import Asked

YES, NO, UNKNOWN = "yes", "no", "unknown"


class Told(NamedTuple):
    """What an indicator says: ``why`` and ``notes``: whether there are any."""

    value: float | None
    of: int
    unknown: int
    why: bool
    acts: tuple[str, ...]
    agreements: tuple[str, ...]
    reach: date | None
    notes: bool
    between: tuple[float, float] | None
    parts: tuple[tuple[str, float, int], ...]


NOTHING = Told(None, 0, 0, True, (), (), None, False, None, ())


class Thing(NamedTuple):
    """One thing that is counted."""

    day: date
    name: str
    says: str
    acts: tuple[str, ...]
    agreement: str | None
    under: tuple[str, ...]


def same(evidence: Evidence, one: str, other: str) -> bool:
    """Are these two codes one person (1.2)?"""
    return evidence.person(one) == evidence.person(other)


def every_day(first: date, last: date) -> list[date]:
    """Each day from one to another."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def done_inside(act: Act, asked: Asked) -> str:
    """Was it done in the days asked about (1.4)? Its days looked at one by one."""
    assert act.done is not None
    days = [asked.since <= day <= asked.until for day in every_day(act.done.first, act.done.last)]
    return YES if all(days) else UNKNOWN if any(days) else NO


def told_share(things: Iterable[Thing], reach: date | None = None, notes: bool = False) -> Told:
    """The share of those that are so (1.3)."""
    listed = sorted(things, key=lambda thing: (thing.day, thing.name))
    if not listed:
        return NOTHING._replace(reach=reach, notes=notes)
    yes, known, every = tally(listed)
    parts = []
    for name in sorted({name for thing in listed for name in thing.under}):
        so, of, _ = tally([thing for thing in listed if name in thing.under])
        parts.append((name, float(so), of))
    worst = [thing.says == YES for thing in listed]
    best = [thing.says != NO for thing in listed]
    return Told(
        float(Fraction(yes, known)) if known else None, known, every - known, known == 0, acts(listed), agreements(listed), reach, notes,
        (sum(worst) / every, sum(best) / every), tuple(parts),
    )  # fmt: skip


def tally(things: Sequence[Thing]) -> tuple[int, int, int]:
    """How many are so, of how many it is known, how many there are."""
    says = [thing.says for thing in things]
    return says.count(YES), says.count(YES) + says.count(NO), len(says)


def acts(things: Iterable[Thing]) -> tuple[str, ...]:
    """The acts behind them, each once (1.8)."""
    found: list[str] = []
    for thing in things:
        for ref in thing.acts:
            if ref not in found:
                found.append(ref)
    return tuple(found)


def agreements(things: Iterable[Thing]) -> tuple[str, ...]:
    """The agreements that they are under."""
    return tuple(sorted({thing.agreement for thing in things if thing.agreement is not None}))


def plainly(verdict: object) -> str:
    """Yes, no, or what is neither (1.3)."""
    return {"yes": YES, "no": NO}.get(str(verdict), UNKNOWN)


def complete_to(declared: Sequence[Coverage], kind: str, covers: Callable[[Coverage], bool], since: date) -> date | None:
    """The last day to which each from ``since`` is covered: day by day."""
    fitting = [one for one in declared if (not one.kinds or kind in one.kinds) and (not one.parties or covers(one))]
    day, reached = since, None
    latest = max((one.through for one in fitting), default=date.min)
    while day <= latest and any((one.from_ is None or one.from_ <= day) and day <= one.through for one in fitting):
        reached = day
        day += timedelta(days=1)
    return reached


def covering(evidence: Evidence, code: str | None) -> Callable[[Coverage], bool]:
    """Does a coverage name the party (1.5)?"""
    return lambda one: code is not None and any(same(evidence, party, code) for party in one.parties)


def earliest(*reaches: date | None) -> date | None:
    """The earliest, none where one is none."""
    return None if not reaches or None in reaches else min(one for one in reaches if one is not None)


def median(spans: Sequence[tuple[int, bool]]) -> float | None:
    """The median of days of which some have not ended (1.10)."""
    left = Fraction(1)
    for days in range(max((days for days, _ in spans), default=-1) + 1):
        ending = sum(1 for d, ended in spans if d == days and ended)
        if ending:
            left *= 1 - Fraction(ending, sum(1 for d, _ in spans if d >= days))
            if left <= Fraction(1, 2):
                return float(days)
    return None


def once(refs: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order."""
    return tuple(dict.fromkeys(refs))


def first_day(act: Act) -> date:
    """The first day that it can have been done."""
    assert act.done is not None
    return act.done.first
