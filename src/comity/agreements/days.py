"""Sets of days as sorted, disjoint, half-open periods of ordinals, and the few operations that conditions need.

A day is ``date.toordinal()``; ``EVER`` stands for "no end". Everything here is pure arithmetic on lists of pairs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import date

Day = int
Period = tuple[Day, Day]
Days = list[Period]

BEGIN: Day = 0
EVER: Day = date.max.toordinal()
ALWAYS: Days = [(BEGIN, EVER)]
NEVER: Days = []


def union(*sets: Days) -> Days:
    """Days in any of the sets."""
    periods = [period for days in sets for period in days if period[0] < period[1]]
    if len(periods) < 2:
        return periods
    periods.sort()
    merged: Days = []
    for start, end in periods:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def intersect(first: Days, second: Days) -> Days:
    """Days in both sets."""
    return [both for a, b in first for c, d in second if (both := (max(a, c), min(b, d)))[0] < both[1]]


def complement(days: Days) -> Days:
    """Days not in the set."""
    edges = [BEGIN, *itertools.chain(*days), EVER]
    return union([(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)])


def subtract(first: Days, second: Days) -> Days:
    """Days in the first set and not in the second."""
    return intersect(first, complement(second))


def symmetric_difference(first: Days, second: Days) -> Days:
    """Days in one of the sets, but not in both."""
    return union(subtract(first, second), subtract(second, first))


def clip(days: Days, start: Day, end: Day) -> Days:
    """The part of the set in [start, end)."""
    return [(first, last) for a, b in days if (first := a if a > start else start) < (last := b if b < end else end)]


def contains(days: Sequence[Period], day: Day) -> bool:
    """Is the day in the set?"""
    return any(start <= day < end for start, end in days)


def first_from(days: Days, day: Day) -> Day | None:
    """The first day of the set on or after ``day``."""
    return next((max(start, day) for start, end in days if day < end), None)


def enough(members: Iterable[tuple[Days, Days]], needed: int | tuple[int, int] | str) -> Days:
    """Days on which enough members do.

    ``members``: for each, the days it belongs to the set and the days it has done the act. ``needed``: a number; a share
    (p, q): at least p/q of those who belong; *all* of them (at least one); or *majority*: more than half.
    """
    changes: list[tuple[Day, int, int]] = []
    for belongs, done in members:
        for start, end in belongs:
            changes += ((start, 1, 0), (end, -1, 0))
        for start, end in belongs if done is belongs else intersect(belongs, done):
            changes += ((start, 0, 1), (end, 0, -1))
    changes.sort()
    found: Days = []
    size = count = 0
    for (point, more, done_more), (following, _, _) in itertools.pairwise([*changes, (EVER, 0, 0)]):
        size += more
        count += done_more
        if point < following and _is_enough(count, size, needed):
            found.append((point, following))
    return union(found)


def _is_enough(count: int, size: int, needed: int | tuple[int, int] | str) -> bool:
    if isinstance(needed, int):
        return count >= needed
    if needed == "all":
        return 0 < size == count
    if needed == "majority":
        return count * 2 > size
    assert isinstance(needed, tuple)
    return size > 0 and count * needed[1] >= needed[0] * size
