"""Numbers and lists in words, the same wherever they stand.

Source: docs/explanation/how-effects-are-read.md, section 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.effects.answers import EffectCheck, ErrorBar, EstimatorRow

P = "p"
"""The name of a check's probability among its figures."""


def told(value: float) -> str:
    """With three digits that count; -0 is 0."""
    return f"{value + 0.0:.3g}"


def between(bar: ErrorBar) -> str:
    """An interval; 'none' where there is none."""
    return "none" if bar.low is None or bar.high is None else f"{told(bar.low)} to {told(bar.high)}"


def told_p(check: EffectCheck) -> str:
    """The probability of a test and by which errors, in brackets, as far as it has them."""
    p = dict(check.figures).get(P)
    parts = [] if p is None else ["p < 0.001" if p < 0.001 else f"p = {told(p)}"]
    parts += [] if check.errors is None else [f"{check.errors} errors"]
    return f" ({', '.join(parts)})" if parts else ""


def join(words: Iterable[str]) -> str:
    """a; a and b; a, b and c."""
    *first, last = tuple(words)
    return f"{', '.join(first)} and {last}" if first else last


def all_alike(count: int, sign: str) -> str:
    """That so many numbers have one sign, or are zero."""
    return f"All {count} are zero." if sign == "neither" else f"All {count} have the same sign: {sign}."


def differing(groups: Iterable[tuple[str, Iterable[EstimatorRow]]]) -> str:
    """Which sign has which estimators."""
    return "; ".join(f"{sign}: {join(row.estimator for row in rows)}" for sign, rows in groups)


def have(count: int) -> str:
    """none has; 1 has; 2 have."""
    return "none has" if count == 0 else "1 has" if count == 1 else f"{count:,} have"


def of_many(verb: str, subjects: Sequence[object]) -> str:
    """The verb of one, or of several."""
    return verb if len(subjects) == 1 else verb.removesuffix("s")
