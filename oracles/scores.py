"""A slow reading of section 5 of docs/explanation/how-warnings-are-made.md: one forecast at a time, sums by hand, no Newton's method.

It shares nothing with the fast path but types. Draws of blocks are given to it as they were drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence


def brier(forecast: float, outcome: int) -> float:
    """5.1."""
    return (1 - forecast) ** 2 if outcome else forecast**2


def log_loss(forecast: float, outcome: int) -> float:
    """5.1."""
    return -math.log(forecast) if outcome else -math.log(1 - forecast)


def average_precision(forecasts: Sequence[float], outcomes: Sequence[int]) -> float | None:
    """5.2: for each that came true, the share that came true among those at least as high."""
    shares = []
    for forecast, outcome in zip(forecasts, outcomes, strict=True):
        if outcome:
            as_high = [came for other, came in zip(forecasts, outcomes, strict=True) if other >= forecast]
            shares.append(sum(as_high) / len(as_high))
    return math.fsum(shares) / len(shares) if shares else None


def calibration(forecasts: Sequence[float], outcomes: Sequence[int]) -> tuple[float, float] | None:
    """5.3: the slope and the intercept, each found by halving where the likelihood's slope turns, for as long as either moves."""
    odds = [math.log(forecast / (1 - forecast)) for forecast in forecasts]
    if _nothing_to_learn(odds, outcomes):
        return None

    def best_intercept(slope: float) -> float:
        def too_few(intercept: float) -> float:
            return math.fsum(outcome - _expected(intercept + slope * one) for one, outcome in zip(odds, outcomes, strict=True))

        return _turn(too_few)

    def rises(slope: float) -> float:
        intercept = best_intercept(slope)
        return math.fsum((outcome - _expected(intercept + slope * one)) * one for one, outcome in zip(odds, outcomes, strict=True))

    slope = _turn(rises)
    return slope, best_intercept(slope)


def _nothing_to_learn(odds: Sequence[float], outcomes: Sequence[int]) -> bool:
    """Is there a cut with all that came true on one side of it, or are all forecasts, or all outcomes, one and the same?"""
    came = [one for one, outcome in zip(odds, outcomes, strict=True) if outcome]
    not_ = [one for one, outcome in zip(odds, outcomes, strict=True) if not outcome]
    if not came or not not_:
        return True
    return all(a >= b for a in came for b in not_) or all(a <= b for a in came for b in not_)


def _expected(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds > 0 else math.exp(odds) / (1 + math.exp(odds))


def _turn(falls: Callable[[float], float]) -> float:
    """Where a function that falls is nought."""
    low, high = -1000.0, 1000.0
    for _ in range(70):
        middle = (low + high) / 2
        if falls(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def probability(odds: float) -> float:
    """5.1: of log odds, none above 35 either way."""
    return _expected(min(max(odds, -35.0), 35.0))


def bins(forecasts: Sequence[float], outcomes: Sequence[int], count: int) -> list[tuple[int, float, int]]:
    """5.4: the lowest first; the first parts have one more where it does not come out even."""
    ranked = sorted(zip(forecasts, outcomes, range(len(forecasts)), strict=True), key=lambda one: (one[0], one[2]))
    whole, found = len(ranked), []
    for part in range(count):
        size = whole // count + (1 if part < whole % count else 0)
        taken = [ranked.pop(0) for _ in range(size)]
        if taken:
            found.append((len(taken), math.fsum(one[0] for one in taken) / len(taken), sum(one[1] for one in taken)))
    return found


def difference(losses: Sequence[float], others: Sequence[float], blocks: Sequence[int], drawn: Sequence[Sequence[int]]) -> tuple[float, float, float]:
    """5.5: the mean, and the middle of what each list of drawn blocks gives."""
    pairs = list(zip(losses, others, blocks, strict=True))
    names = sorted(set(blocks))
    means = []
    for numbers in drawn:
        taken = [a - b for number in numbers for a, b, block in pairs if block == names[number]]
        means.append(math.fsum(taken) / len(taken))
    return math.fsum(a - b for a, b, _ in pairs) / len(pairs), _percentile(means, 2.5), _percentile(means, 97.5)


def _percentile(values: Sequence[float], per_cent: float) -> float:
    """Between the two nearest in order, by how near each is."""
    ranked = sorted(values)
    place = (len(ranked) - 1) * per_cent / 100
    below = math.floor(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (ranked[above] - ranked[below]) * (place - below)
