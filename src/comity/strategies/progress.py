"""How far is a strategy: each indicator's latest reading beside its baseline and its targets: met, not met, on course, behind, or unknown and why.

Source: how-strategies-are-checked.md, section 4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from comity.indicators import Asked, Reading
from comity.strategies.looking import MONTHS
from comity.strategies.strategy import Cadence, FromRecord, Measure, Strategy, Target
from comity.terms import Step, add

ReadIndicator = Callable[[str, Asked], Reading]
"""Reads an indicator of the record: which, and of whom and when."""
FINEST = 1_000_000
"""A reading of the record is taken as the nearest fraction with a denominator of at most this."""


class TargetState(StrEnum):
    """How far an indicator is to a target."""

    MET = "met"
    NOT_MET = "not met"
    ON_COURSE = "on course"
    BEHIND = "behind"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Seen:
    """The latest value of an indicator up to a day: as of some day from ``first`` to ``last``; ``value`` None: not known, and ``why``.

    ``least``, ``most``: what it can be, whatever is not known (None: the value). ``source``: where an observation is written; ``reading``: what the
    record says, where it is read from there.
    """

    value: Fraction | None
    unit: str = ""
    first: date | None = None
    last: date | None = None
    why: str = ""
    source: str = ""
    reading: Reading | None = None
    least: Fraction | None = None
    most: Fraction | None = None

    @property
    def ends(self) -> tuple[Fraction, ...]:
        """The least and the most that it can be; none where it is not known."""
        if self.value is None:
            return ()
        return self.value if self.least is None else self.least, self.value if self.most is None else self.most


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """How far an indicator is to one of its targets. ``course``: where it should stand on the day of the reading; None: no path is known."""

    target: Target
    progress: TargetState
    why: str
    seen: Seen
    course: Fraction | None = None


@dataclass(frozen=True, slots=True)
class MeasureProgress:
    """How far an indicator is on a day: its latest value and each of its targets, the earliest first.

    ``due``: the day on which an observed indicator was to be read again; None: no reading is late.
    """

    measure: Measure
    seen: Seen
    targets: tuple[TargetProgress, ...]
    due: date | None = None


def progress_of(strategy: Strategy, on: date, read: ReadIndicator) -> tuple[MeasureProgress, ...]:
    """How far each indicator is on the day; ``read``: reads those of the record."""
    return tuple(_measured(strategy, one, on, read) for one in strategy.indicator)


def _measured(strategy: Strategy, one: Measure, on: date, read: ReadIndicator) -> MeasureProgress:
    seen = latest(strategy, one, on, read)
    targets = sorted(one.target, key=lambda target: target.by or date.max)
    found = []
    for target in targets:
        day = on if target.by is None else min(on, target.by)
        found.append(towards(one, target, seen if day == on else latest(strategy, one, day, read), on))
    again = None if one.record is not None or one.cadence is None or seen.last is None else add(seen.last, (_between_readings(one.cadence),))
    return MeasureProgress(one, seen, tuple(found), again if again is not None and again < on else None)


def latest(strategy: Strategy, one: Measure, day: date, read: ReadIndicator) -> Seen:
    """The latest value up to the day (4.2)."""
    if one.record is not None:
        return _from_record(strategy, one.record, day, read)
    start = None if one.baseline is None else one.baseline.on.first
    told = [seen for seen in one.observation if seen.on.last <= day and (start is None or seen.on.last >= start)]
    if not told:
        return Seen(None, why=f"nothing was observed up to {day}")
    last = max(told, key=lambda seen: seen.on.last)
    newest = [seen for seen in told if seen.on.last == last.on.last][-1]
    return Seen(newest.value, newest.unit or one.unit, newest.on.first, newest.on.last, source=newest.source)


def _from_record(strategy: Strategy, asked: FromRecord, day: date, read: ReadIndicator) -> Seen:
    since = strategy.from_ if asked.months is None else add(day, (Step(months=-asked.months, end_of_month="clip"), Step(days=1)))
    if since > day:
        return Seen(None, why=f"its window begins on {since}, after {day}")
    reading = read(asked.indicator, Asked(asked.party, since, day, asked.partner, asked.agreement, asked.kind, tuple(asked.key.items())))
    value = None if reading.value is None else _exact(reading.value)
    least, most = (None, None) if reading.between is None else map(_exact, reading.between)
    return Seen(value, reading.unit, day, day, why=reading.why, reading=reading, least=least, most=most)


def _exact(value: float) -> Fraction:
    return Fraction(value).limit_denominator(FINEST)


def towards(one: Measure, target: Target, seen: Seen, on: date) -> TargetProgress:
    """How far a value is to a target, looked at on a day (4.3 to 4.5)."""
    why = _not_comparable(one, target, seen)
    if why or seen.first is None or seen.last is None or target.by is None:
        return TargetProgress(target, TargetState.UNKNOWN, why, seen)
    reached = {_as_good(one, end, target.value) for end in seen.ends}
    if on >= target.by and one.cadence is not None and add(seen.last, (_between_readings(one.cadence),)) < target.by:
        return TargetProgress(target, TargetState.UNKNOWN, f"the last reading is of {seen.last}, too long before {target.by}", seen)
    if reached == {True}:
        return TargetProgress(target, TargetState.MET, "", seen)
    if on >= target.by:
        return _settled(target, seen, reached, TargetState.NOT_MET, _OPEN)
    if one.baseline is None:
        return TargetProgress(target, TargetState.UNKNOWN, "it has no baseline from which a path would go", seen)
    marks = [course_on(one, begins, day) for begins in (one.baseline.on.first, one.baseline.on.last) for day in (seen.first, seen.last)]
    as_good = {_as_good(one, end, mark) for mark in marks for end in seen.ends}
    course = marks[0] if len(set(marks)) == 1 else None
    if as_good == {True}:
        return TargetProgress(target, TargetState.ON_COURSE, "", seen, course)
    return _settled(target, seen, as_good, TargetState.BEHIND, _OPEN if course is not None else _PARTIAL, course)


_OPEN = "it depends on what is not known"
_PARTIAL = "its days are known in part only, and it depends on them"


def _settled(target: Target, seen: Seen, found: set[bool], progress: TargetState, why: str, course: Fraction | None = None) -> TargetProgress:
    """That progress, where it is so whatever is not known; else unknown."""
    if found == {False}:
        return TargetProgress(target, progress, "", seen, course)
    return TargetProgress(target, TargetState.UNKNOWN, why, seen, course)


def _between_readings(cadence: Cadence) -> Step:
    return Step(months=MONTHS[cadence], end_of_month="clip")


def _not_comparable(one: Measure, target: Target, seen: Seen) -> str:
    if not one.unit:
        return "it has no unit"
    if target.by is None:
        return "its target has no day"
    if seen.value is None:
        return seen.why or "its value is not known"
    for what, unit in (("read", seen.unit), ("its target", target.unit or one.unit), ("its baseline", _unit_of_baseline(one))):
        if unit != one.unit:
            return f"{what} in {unit!r}, not in {one.unit!r}"
    return ""


def _unit_of_baseline(one: Measure) -> str:
    return one.unit if one.baseline is None else one.baseline.unit or one.unit


def _as_good(one: Measure, value: Fraction, mark: Fraction) -> bool:
    return value >= mark if one.direction == "more" else value <= mark


def course_on(one: Measure, begins: date, day: date) -> Fraction:
    """Where the path from the baseline, that begins on a day, through the targets stands on another (4.5)."""
    aims = {target.by: target.value for target in reversed(one.target) if target.by is not None}
    points = [] if one.baseline is None else [(begins, one.baseline.value)]
    points += sorted(aims.items())
    if day <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if left < day <= right:
            return low + (high - low) * (day - left).days / (right - left).days
    return points[-1][1]
