"""The slow reading of docs/explanation/how-strategies-are-checked.md, sections 1, 4 and 5: days, progress towards targets, versions.

Literally as the text says; it shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from comity.indicators.readings import Asked
from comity.indicators.readings import Reading as RecordReading
from comity.strategies.strategy import Measure, Strategy, Target
from comity.terms import Moment

EVERY = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12, "two-yearly": 24}
Read = Callable[[str, Asked], RecordReading]
Value = tuple[Fraction, Fraction, Fraction, Moment | date, str]
"""A reading: its value, its least, its most, of when, in which unit."""
Told = tuple[str, date | None, list[tuple[date | None, str]]]
"""What is told of an indicator: its id, when an observation was due, and the progress to each target."""


def no_text(text: str) -> bool:
    """Nothing, or all spaces (1.7)."""
    return text.split() == []


def as_good(one: Measure, value: Fraction, other: Fraction) -> bool:
    """1.4."""
    return not value < other if one.direction == "more" else not value > other


def months_after(day: date, months: int) -> date:
    """So many months later (or earlier), or the last day of that month (1.6)."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month in (0, 13):
            year, month = (year + 1, 1) if month == 13 else (year - 1, 12)
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def first(day: Moment | date) -> date:
    return day.first if isinstance(day, Moment) else day


def last(day: Moment | date) -> date:
    return day.last if isinstance(day, Moment) else day


@cache
def nearest(number: float) -> Fraction:
    """The nearest fraction with a denominator up to a million (4.2): each tried in turn.

    Two such fractions are a millionth of a millionth apart, or more: one that is nearer than half of that is the nearest.
    """
    exact = Fraction(number)
    best = Fraction(round(exact))
    for below in range(1, 1_000_001):
        tried = Fraction(round(exact * below), below)
        if abs(tried - exact) < abs(best - exact):
            best = tried
        if abs(best - exact) < Fraction(1, 2 * 10**12):
            break
    return best


def reading(s: Strategy, one: Measure, day: date, read: Read) -> Value | None:
    """4.2."""
    if one.record is not None:
        asked = one.record
        since = s.from_ if asked.months is None else months_after(day, -asked.months) + timedelta(days=1)
        if since > day:
            return None
        key = tuple(asked.key.items())
        said = read(asked.indicator, Asked(asked.party, since, day, asked.partner, asked.agreement, asked.kind, key))
        if said.value is None:
            return None
        value = nearest(said.value)
        low, high = (value, value) if said.between is None else (nearest(said.between[0]), nearest(said.between[1]))
        return value, low, high, day, said.unit
    found: Value | None = None
    for seen in one.observation:
        early = one.baseline is not None and seen.on.last < one.baseline.on.first
        if not early and seen.on.last <= day and (found is None or seen.on.last >= last(found[3])):
            found = seen.value, seen.value, seen.value, seen.on, seen.unit if seen.unit != "" else one.unit
    return found


def path(one: Measure, begins: date, day: date) -> Fraction:
    """4.5."""
    assert one.baseline is not None
    stands, on = one.baseline.value, begins
    for by in sorted({target.by for target in one.target if target.by is not None}):
        value = next(target.value for target in one.target if target.by == by)
        if day <= on:
            return stands
        if day <= by:
            return stands + (value - stands) / (by - on).days * (day - on).days
        stands, on = value, by
    return stands


def progress(s: Strategy, one: Measure, target: Target, on: date, read: Read) -> str:
    """4.1, 4.3 to 4.5."""
    if one.unit == "" or target.by is None:
        return "unknown"
    found = reading(s, one, min(on, target.by), read)
    if found is None:
        return "unknown"
    _, low, high, of, unit = found
    other = ("" if one.baseline is None else one.baseline.unit, target.unit)
    if unit != one.unit or any(word not in ("", one.unit) for word in other):
        return "unknown"
    ends = [as_good(one, end, target.value) for end in (low, high)]
    if on >= target.by:
        if one.cadence is not None and months_after(last(of), EVERY[one.cadence]) < target.by:
            return "unknown"
        return "met" if all(ends) else "unknown" if any(ends) else "not met"
    if all(ends):
        return "met"
    if one.baseline is None:
        return "unknown"
    begin = one.baseline.on
    marks = [path(one, begins, day) for begins in (begin.first, begin.last) for day in (first(of), last(of))]
    good = [as_good(one, end, mark) for mark in marks for end in (low, high)]
    return "on course" if all(good) else "unknown" if any(good) else "behind"


def told(s: Strategy, on: date, read: Read) -> list[Told]:
    """Section 4."""
    found = []
    for one in s.indicator:
        days = sorted({target.by for target in one.target if target.by is not None})
        targets = [target for day in days for target in one.target if target.by == day] + [target for target in one.target if target.by is None]
        due = None
        seen = reading(s, one, on, read)
        if one.record is None and seen is not None and one.cadence is not None:
            again = months_after(last(seen[3]), EVERY[one.cadence])
            due = again if again < on else None
        found.append((one.id, due, [(target.by, progress(s, one, target, on, read)) for target in targets]))
    return found


# -- section 5

PARTS = ("interest", "objective", "outcome", "initiative", "indicator", "assumption", "risk", "stakeholder")
Different = tuple[str, str, str, str, frozenset[tuple[str, str]]]
"""A difference: the part, its id, what was done, in which field, and the decisions (review, decision) that it answers."""


def differences(old: Strategy, new: Strategy) -> set[Different]:
    """5.2, 5.3."""
    found = set[tuple[str, str, str, str]]()
    for part in PARTS:
        before, after = getattr(old, part), getattr(new, part)
        found |= {(part, one.id, "removed", "") for one in before if one.id not in [other.id for other in after]}
        found |= {(part, one.id, "added", "") for one in after if one.id not in [other.id for other in before]}
        for one in before:
            for other in after:
                if one.id == other.id:
                    found |= {(part, one.id, "altered", name) for name in differing(one, other)}
    own = {"title": (old.title, new.title), "from": (old.from_, new.from_), "until": (old.until, new.until), "owner": (old.owner, new.owner)}
    own_two: dict[str, Any] = {**own, "scales": (old.scales, new.scales)}
    found |= {("strategy", new.id, "altered", name) for name, (one, other) in own_two.items() if one != other}
    return {(*one, frozenset(answering(old, new, one))) for one in found}


def differing(one: object, other: object) -> list[str]:
    names = [name for name in type(one).__annotations__ if name not in ("observation", "tested", "consultation")]
    return [name.rstrip("_") for name in names if getattr(one, name) != getattr(other, name)]


def decided(old: Strategy, new: Strategy) -> list[Any]:
    """The reviews of the older version, each as the newer file has it, else as the older one does (5.3)."""
    newer = [one.id for one in new.review]
    return [one for one in (*new.review, *(one for one in old.review if one.id not in newer)) if one.of == old.version]


def answering(old: Strategy, new: Strategy, one: tuple[str, str, str, str]) -> set[tuple[str, str]]:
    part, name, done, field = one
    found = set()
    for review in decided(old, new):
        for change in review.change:
            named = (change.part, change.id, change.done) == (part, name, done) and change.field in ("", field)
            if named and change.decision in [decision.id for decision in review.decision]:
                found.add((review.id, change.decision))
    return found


def not_carried_out(old: Strategy, new: Strategy) -> list[tuple[str, str, str, str, str]]:
    """5.4."""
    there = differences(old, new)
    found = []
    for review in decided(old, new):
        for change in review.change:
            if not [one for one in there if one[:3] == (change.part, change.id, change.done) and change.field in ("", one[3])]:
                found.append((review.id, change.part, change.id, change.done, change.field))
    return sorted(found)


def odd(old: Strategy, new: Strategy) -> set[str]:
    """5.5, by name."""
    found = set()
    if not new.version > old.version:
        found.add("version")
    elif (old.version, old.adopted) not in [(one.version, one.adopted) for one in new.earlier]:
        found.add("earlier")
    if old.adopted is not None and new.adopted is not None and not new.adopted > old.adopted:
        found.add("dates")
    return found
