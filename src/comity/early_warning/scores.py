"""How good forecasts of yes or no were: scores, calibration, and the difference of two records with its interval. Numpy alone.

Every forecast is a probability strictly between 0 and 1; every outcome is 0 or 1.

Source: docs/explanation/how-warnings-are-made.md, section 5; Brier 1950; Good 1952; Cox 1958; Efron and Tibshirani 1993, chapter 8.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from comity.terms import BadInput

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
_ROUNDS, _CLOSE, _MOST = 50, 1e-10, 35.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """The logistic regression of outcomes on the log odds that were forecast: 1 and 0 where forecasts are as they should be.

    ``slope``: below 1, forecasts were too far apart; above 1, too near one another.   ``intercept``: with that slope.
    """

    slope: float
    intercept: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of about one height: how many, the mean forecast, how many came true."""

    forecasts: int
    mean: float
    came: int


@dataclass(frozen=True, slots=True)
class LossDifference:
    """How much the mean loss of one record is above another's, with the middle 95 per cent of what redrawn blocks give."""

    mean: float
    low: float
    high: float


def brier(forecasts: Floats, outcomes: Floats) -> Floats:
    """The squared error of each forecast; the less, the better."""
    found: Floats = (forecasts - outcomes) ** 2
    return found


def log_loss(forecasts: Floats, outcomes: Floats) -> Floats:
    """Minus the natural logarithm of what each forecast gave to that which came; the less, the better."""
    found: Floats = -np.log(np.where(outcomes == 1, forecasts, 1 - forecasts))
    return found


def average_precision(forecasts: Floats, outcomes: Floats) -> float:
    """The mean, over all that came true, of the share that came true among those forecast at least as high.

    It is the area below the curve of precision by recall, in steps. Forecasts that are equal stand together. BadInput where nothing came true.
    """
    if not outcomes.any():
        raise BadInput("the average precision is of forecasts of which at least one came true; none did")
    order = np.argsort(-forecasts, kind="stable")
    ranked, came = forecasts[order], outcomes[order]
    ends = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    hits = np.cumsum(came)[ends]
    return float((np.diff(hits, prepend=0.0) * hits / (ends + 1)).sum() / came.sum())


def calibration(forecasts: Floats, outcomes: Floats) -> Calibration | None:
    """The slope and the intercept of calibration; None where outcomes or forecasts do not differ, or one separates the other."""
    odds = log_odds(forecasts)
    yes, no = odds[outcomes == 1], odds[outcomes == 0]
    if not len(yes) or not len(no) or yes.min() >= no.max() or no.min() >= yes.max():
        return None
    terms = np.column_stack([np.ones(len(odds)), odds])
    at = np.array([0.0, 1.0])
    now = _likelihood(terms @ at, outcomes)
    for _ in range(_ROUNDS):
        fitted = probability(terms @ at)
        weights = fitted * (1 - fitted)
        step = np.linalg.solve(terms.T @ (terms * weights[:, None]), terms.T @ (outcomes - fitted))
        while (then := _likelihood(terms @ (at + step), outcomes)) < now - _CLOSE:
            step = step / 2
        at, now = at + step, then
        if np.abs(step).max() < _CLOSE:
            break
    return Calibration(float(at[1]), float(at[0]))


def _likelihood(odds: Floats, outcomes: Floats) -> float:
    return float((outcomes * odds - np.logaddexp(0, odds)).sum())


def bins(forecasts: Floats, outcomes: Floats, count: int = 10) -> tuple[Bin, ...]:
    """The forecasts in order, cut into ``count`` parts as equal in number as can be; fewer where there are fewer forecasts."""
    order = np.argsort(forecasts, kind="stable")
    parts = [part for part in np.array_split(order, count) if len(part)]
    return tuple(Bin(len(part), float(forecasts[part].mean()), int(outcomes[part].sum())) for part in parts)


def difference(losses: Floats, others: Floats, blocks: Whole, draws: int = 2000, seed: int = 1) -> LossDifference:
    """The mean of ``losses`` less that of ``others``, forecast by forecast, and its interval when whole blocks are drawn again with replacement.

    ``blocks``: of each forecast, a number of its year, or of its pair: what is in one block goes together. BadInput for a single block.
    The interval is from the 2.5th to the 97.5th percentile of ``draws`` draws; the same seed gives the same draws.
    """
    names, block = np.unique(blocks, return_inverse=True)
    if len(names) < 2:
        raise BadInput("the interval of a difference needs at least two blocks; forecast more than one year")
    sums = np.bincount(block, losses - others)
    sizes = np.bincount(block)
    drawn = np.random.default_rng(seed).integers(0, len(names), (draws, len(names)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return LossDifference(float((losses - others).mean()), float(low), float(high))


def log_odds(forecasts: Floats) -> Floats:
    """The natural logarithm of the odds."""
    found: Floats = np.log(forecasts / (1 - forecasts))
    return found


def probability(odds: Floats) -> Floats:
    """The probability of which these are the log odds: kept strictly between 0 and 1."""
    found: Floats = 1 / (1 + np.exp(-np.clip(odds, -_MOST, _MOST)))
    return found
