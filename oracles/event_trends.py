"""The slow reading of docs/explanation/how-effects-are-estimated.md, section 6.

It shares nothing with the fast path but types.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from comity.estimation.samples import Floats
from oracles.event_effects import NOUGHT, Panel, Told, event_study, refused, timing


def wald(told: Told, number: int) -> list[tuple[float, float] | None]:
    """Section 6.1, of the first so many values: the statistic and its chance; null where errors have fewer directions."""
    found: list[tuple[float, float] | None] = []
    for matrix in told.covariances:
        part = None if matrix is None or (matrix is told.covariances[2] and told.raised) else matrix[:number, :number]
        if part is None or np.linalg.matrix_rank(part, tol=NOUGHT * float(np.linalg.norm(part, 2)), hermitian=True) < number:
            found.append(None)
            continue
        values = np.array(told.values[:number])
        statistic = float(values @ np.linalg.solve(part, values))
        found.append((statistic, _larger(statistic, number)))
    return found


def _larger(statistic: float, degrees: int) -> float:
    """One less the lower gamma function's series."""
    a, x, total = degrees / 2, statistic / 2, 0.0
    if x > 150:
        return 0.0
    for n in range(400):
        total += math.exp(-x + (a + n) * math.log(x) - math.lgamma(a + n + 1)) if x else 0.0
    return 1 - total


def placebo(world: Panel, term: int, earlier: int, leads: int) -> Told | None:
    """Section 6.2."""
    when = timing(world, term)
    if earlier < 1 or when is None or refused(world, term):
        return None
    before = [row for row in when.rows if row[1] < when.first.get(row[0], 10**9)]
    kept = world.only(before)
    terms = {row: [float(row[0] in when.first and row[1] >= when.first[row[0]] - earlier)] for row in kept.rows}
    return event_study(Panel(kept.rows, world.outcome, terms, world.states), 0, leads, earlier - 1, False)


@dataclass
class Bound:
    largest: float
    limit: float
    reach: float
    intervals: list[tuple[float, float]]
    breakdown: float
    drift: float


def bounds(told: Told, ratios: Sequence[float], level: float) -> list[Bound] | None:
    """Section 6.3, for each kind of error that there is."""
    before = {time: value for time, value in zip(told.times, told.values, strict=False) if time < -1}
    before[-1] = 0.0
    places = {time: number for number, time in enumerate(told.times)}
    steps = [(time, time + 1) for time in before if time + 1 in before]
    if not steps:
        return None
    reach = sum(share * (time + 1) for share, time in zip(told.shares, told.times, strict=True))
    left, found = 1 - level, []
    for matrix in told.covariances:
        if matrix is None:
            continue

        def spread(one: int, other: int, errors: Floats = matrix) -> float:
            vector = np.zeros(len(told.values))
            for time, sign in ((one, -1.0), (other, 1.0)):
                if time != -1:
                    vector[places[time]] = sign
            return math.sqrt(max(0.0, float(vector @ errors @ vector)))

        limit = max(abs(before[b] - before[a]) + NormalDist().inv_cdf(1 - left / 2) * spread(a, b) for a, b in steps)
        error, average = math.sqrt(matrix[-1, -1]), told.values[-1]
        half = NormalDist().inv_cdf(1 - left / 4) * error
        intervals = [(average - half - ratio * limit * reach, average + half + ratio * limit * reach) for ratio in ratios]
        breakdown = 0.0 if abs(average) <= half else (abs(average) - half) / (limit * reach) if limit else math.inf
        drift = max(0.0, (abs(average) - NormalDist().inv_cdf(1 - left / 2) * error) / reach)
        found.append(Bound(max(abs(before[b] - before[a]) for a, b in steps), limit, reach, intervals, breakdown, drift))
    return found
