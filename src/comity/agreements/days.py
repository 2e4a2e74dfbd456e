"""Sets of days as sorted, disjoint, half-open periods of ordinals, and the few operations that conditions need.

A day is ``date.toordinal()``; ``EVER`` stands for "no end". Everything here is pure arithmetic on lists of pairs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

Day = int
Period = tuple[Day, Day]
Days = list[Period]

EVER: Day = date.max.toordinal()
ALWAYS: Days = [(0, EVER)]
NEVER: Days = []


def union(*sets: Days) -> Days:
    """Days in any of the sets."""
    if len(sets) == 1 and len(sets[0]) <= 1:
        return [period for period in sets[0] if period[0] < period[1]]
    merged: Days = []
    for start, end in sorted(period for days in sets for period in days):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        elif start < end:
            merged.append((start, end))
    return merged


def intersect(first: Days, second: Days) -> Days:
    """Days in both sets."""
    if not first or not second:
        return []
    result: Days = []
    i = j = 0
    while i < len(first) and j < len(second):
        start, end = max(first[i][0], second[j][0]), min(first[i][1], second[j][1])
        if start < end:
            result.append((start, end))
        if first[i][1] <= second[j][1]:
            i += 1
        else:
            j += 1
    return result


def complement(days: Days) -> Days:
    """Days not in the set."""
    result: Days = []
    last = 0
    for start, end in days:
        if last < start:
            result.append((last, start))
        last = end
    if last < EVER:
        result.append((last, EVER))
    return result


def subtract(first: Days, second: Days) -> Days:
    """Days in the first set and not in the second."""
    return intersect(first, complement(second)) if second else first


def clip(days: Days, start: Day, end: Day) -> Days:
    """The part of the set in [start, end)."""
    return [(max(s, start), min(e, end)) for s, e in days if s < end and e > start]


def contains(days: Days, day: Day) -> bool:
    """Is the day in the set?"""
    index = bisect_right(days, (day, EVER)) - 1
    return index >= 0 and days[index][0] <= day < days[index][1]


def first_from(days: Days, day: Day) -> Day | None:
    """The first day of the set on or after ``day``."""
    for start, end in days:
        if end > day:
            return max(start, day)
    return None


def enough(members: Iterable[tuple[Days, Days]], needed: int | tuple[int, int] | str) -> Days:
    """Days on which enough members do.

    ``members``: for each, the days it belongs to the set and the days it has done the act. ``needed``: a number; a share
    (p, q): at least p/q of those who belong; *all* of them (at least one); or *majority*: more than half.
    """
    deltas: dict[Day, list[int]] = {}
    for belongs, done in members:
        for slot, days in ((0, belongs), (1, intersect(belongs, done))):
            for start, end in days:
                deltas.setdefault(start, [0, 0])[slot] += 1
                deltas.setdefault(end, [0, 0])[slot] -= 1
    result: Days = []
    size = count = 0
    points = sorted(deltas)
    for index, point in enumerate(points):
        size += deltas[point][0]
        count += deltas[point][1]
        if _is_enough(count, size, needed) and point < EVER:
            end = points[index + 1] if index + 1 < len(points) else EVER
            if result and result[-1][1] == point:
                result[-1] = (result[-1][0], end)
            else:
                result.append((point, end))
    return result


def _is_enough(count: int, size: int, needed: int | tuple[int, int] | str) -> bool:
    if isinstance(needed, int):
        return count >= needed
    if needed == "all":
        return size > 0 and count == size
    if needed == "majority":
        return count * 2 > size
    assert isinstance(needed, tuple)
    return size > 0 and count * needed[1] >= needed[0] * size
