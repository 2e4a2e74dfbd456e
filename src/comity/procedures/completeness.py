"""Is the record declared complete for acts of some kinds, by whomever or by somebody, on every day from one to another?

Source: how-lessons-are-learned.md, 5.2; how-indicators-are-read.md, 1.5; docs/reference/book-format.md, "Coverage and silence".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from comity.agreements import Coverage


def complete_through(declared: Iterable[Coverage], kind: str, start: date, by: Callable[[str], bool] | None = None) -> date | None:
    """To which day, without a gap from ``start``, acts of this kind are covered; None: not even on that day.

    ``by``: whose acts; coverage of a party for whom it is so counts beside that of all. None: coverage of all alone.
    """
    of_all_or_them = (c for c in declared if not c.parties or (by is not None and any(map(by, c.parties))))
    covering = sorted((c for c in of_all_or_them if not c.kinds or kind in c.kinds), key=lambda c: c.from_ or date.min)
    reached: date | None = None
    for coverage in covering:
        begins = coverage.from_ or date.min
        if coverage.through >= start and begins <= (start if reached is None else reached + timedelta(days=1)):
            reached = coverage.through if reached is None else max(reached, coverage.through)
    return reached


def is_complete(declared: Iterable[Coverage], kinds: Iterable[str], start: date, end: date) -> bool:
    """Are all these kinds covered on every day from ``start`` to ``end``, both included? (Of no day at all: yes.)"""
    listed = list(declared)
    return end < start or all((through := complete_through(listed, kind, start)) is not None and through >= end for kind in kinds)
