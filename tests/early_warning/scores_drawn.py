"""Small records of forecasts, drawn by a seed, and what both readings of their scores say."""

from __future__ import annotations

import math
import random
from functools import cache
from typing import Any

import numpy as np

from comity.early_warning.scores import average_precision, bins, brier, calibration, difference, log_loss, log_odds, probability
from comity.terms import BadInput
from oracles import scores as slowly

WORLDS = 160
HEIGHTS = (0.02, 0.05, 0.1, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
ODDS = (-80.0, -35.5, -35.0, -34.5, -3.0, 0.0, 0.5, 34.5, 35.5, 80.0)
DRAWS = 40
Drawn = tuple[list[float], list[int], list[float], list[int], int]


def drawn(seed: int) -> Drawn:
    """Forecasts, outcomes, another's forecasts, blocks, a number of bins; some small records are all alike, or separate their outcomes."""
    rng = random.Random(seed)
    size = rng.choice((1, 2, 4, 9, 12, 16))
    heights = rng.sample(HEIGHTS, rng.choice((1, 3, 5, 9)))
    forecasts = [rng.choice(heights) for _ in range(size)]
    outcomes = [int(rng.random() < rng.choice((one, 0.5))) for one in forecasts]
    if rng.random() < 0.1:
        outcomes = [int(one >= 0.2) if seed % 2 else int(one <= 0.1) for one in forecasts]
        outcomes = [1 - came if one == rng.choice((0.1, 0.2)) else came for one, came in zip(forecasts, outcomes, strict=True)]
    others = [rng.choice(HEIGHTS) for _ in range(size)]
    blocks = [rng.choice((3, 4, 4, 7)) for _ in range(size)]
    return forecasts, outcomes, others, blocks, rng.choice((1, 2, 3, 10))


def fast(seed: int) -> list[Any]:
    """What ships."""
    forecasts, outcomes, others, blocks, count = drawn(seed)
    p, y, q = np.array(forecasts), np.array(outcomes, float), np.array(others)
    found: list[Any] = [brier(p, y).tolist(), log_loss(p, y).tolist(), log_odds(p).tolist(), probability(np.array(ODDS)).tolist()]
    try:
        found.append(average_precision(p, y))
    except BadInput:
        found.append(None)
    fitted = calibration(p, y)
    found.append(None if fitted is None else [fitted.slope, fitted.intercept])
    found.append([[one.forecasts, one.mean, one.came] for one in bins(p, y, count)])
    try:
        told = difference(brier(q, y), brier(p, y), np.array(blocks), DRAWS, seed)
        found.append([told.mean, told.low, told.high])
    except BadInput:
        found.append(None)
    return found


@cache
def slow(seed: int) -> list[Any]:
    """The slow reading."""
    forecasts, outcomes, others, blocks, count = drawn(seed)
    pairs = list(zip(forecasts, outcomes, strict=True))
    losses = [[slowly.brier(one, came) for one, came in zip(of, outcomes, strict=True)] for of in (others, forecasts)]
    names = len(set(blocks))
    numbers = np.random.default_rng(seed).integers(0, names, (DRAWS, names)).tolist()
    fitted = slowly.calibration(forecasts, outcomes)
    return [
        losses[1],
        [slowly.log_loss(one, came) for one, came in pairs],
        [math.log(one) - math.log(1 - one) for one in forecasts],
        [slowly.probability(one) for one in ODDS],
        slowly.average_precision(forecasts, outcomes),
        None if fitted is None else [*fitted],
        [[*one] for one in slowly.bins(forecasts, outcomes, count)],
        [*slowly.difference(losses[0], losses[1], blocks, numbers)] if names > 1 else None,
    ]


def alike(one: Any, other: Any) -> bool:
    """The same, to eight digits."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(alike(a, b) for a, b in zip(one, other, strict=True))
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def scores_agree() -> bool:
    """Do both have the same of every record?"""
    return all(alike(fast(seed), slow(seed)) for seed in range(WORLDS))
