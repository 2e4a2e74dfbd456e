"""Numbers and lists in words, the same wherever they stand.

Source: docs/explanation/how-effects-are-read.md, section 6.
"""

from __future__ import annotations

from collections.abc import Iterable

from comity.effects.answers import EffectCheck, ErrorBar

P = "p"
"""The name of a check's probability among its figures."""


def told(value: float) -> str:
    """With three digits that count; -0 is 0."""
    return f"{value + 0.0:.3g}"


def between(bar: ErrorBar) -> str:
    """An interval; 'none' where there is none."""
    return "none" if bar.low is None or bar.high is None else f"{told(bar.low)} to {told(bar.high)}"


def told_p(check: EffectCheck) -> str:
    """The probability of a test, in brackets, if it has one."""
    p = dict(check.figures).get(P)
    return "" if p is None else " (p < 0.001)" if p < 0.001 else f" (p = {told(p)})"


def join(words: Iterable[str]) -> str:
    """a; a and b; a, b and c."""
    *first, last = tuple(words)
    return f"{', '.join(first)} and {last}" if first else last
