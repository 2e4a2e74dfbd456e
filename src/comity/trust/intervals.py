"""The beta distribution: how much of it lies below a number, and below which number a share of it lies.

Source: docs/explanation/how-trust-is-forecast.md, 2.5; NIST Digital Library of Mathematical Functions, 8.17.22 (the continued fraction).
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p

TINY, CLOSE, TERMS, HALVINGS = 1e-300, 1e-15, 10_000, 200


def beta_below(x: float, a: float, b: float) -> float:
    """The share of the beta distribution of ``a`` and ``b`` (both above 0) that lies below ``x``."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b))
    if x > (a + 1) / (a + b + 2):
        return 1 - front / (b * _fraction(1 - x, b, a))
    return front / (a * _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """1 + d1/(1 + d2/(1 + ...)), by Lentz's steps."""
    value, c, d = 1.0, 1.0, 0.0
    for term in range(1, TERMS):
        m = term // 2
        step = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)) if term % 2 == 0 else -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / _apart(1 + step * d)
        c = _apart(1 + step / c)
        value *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return value


def _apart(number: float) -> float:
    """The number, or one just beside zero."""
    return number if abs(number) > TINY else TINY


def beta_quantile(share: float, a: float, b: float) -> float:
    """The number below which that share lies."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if beta_below(middle, a, b) < share else (low, middle)
    return (low + high) / 2
