"""The pooled logit: every row's chance of the outcome by its terms and a constant, as if no pair were like itself from one period to the next.

Source: docs/explanation/how-effects-are-estimated.md, section 3.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from comity.estimation.climbing import NO_PEAK, Curve, Peak, Slope, climb
from comity.estimation.estimates import Estimate, Refusal
from comity.estimation.obstacles import UNSETTLED, depends, malformed, one_outcome, same_everywhere, separating
from comity.estimation.samples import Flags, Floats, Sample
from comity.estimation.variances import covariances

CONSTANT = "constant"


@dataclass(frozen=True, slots=True)
class Scaled:
    """Terms less their mean, over their standard deviation, with a one at the end of each row: (rows, terms + 1).

    ``back``: (terms + 1, terms + 1), makes coefficients of these into coefficients of the terms as they came.
    """

    rows: Floats
    back: Floats


def logit(sample: Sample) -> Estimate | Refusal:
    """Log odds of the outcome for one more of each term, and a constant, which comes last. Any rows, in any order."""
    found = pooled_peak(sample)
    if isinstance(found, str):
        return Refusal("logit", found)
    peak, scaled = found
    bread = scaled.back @ np.linalg.inv(peak.curve.information) @ scaled.back.T
    rows = with_constant(sample.design)
    scores = rows * surprises(scaled.rows @ peak.at, sample.outcome)[:, None]
    return Estimate(
        "logit", "log odds", (*sample.terms, CONSTANT), scaled.back @ peak.at, covariances(bread, scores, sample),
        len(sample), len(np.unique(sample.pair)), log_likelihood=peak.curve.value, steps=peak.rounds,
    )  # fmt: skip


def pooled_peak(sample: Sample) -> tuple[Peak, Scaled] | str:
    """Where the likelihood is highest, in scaled terms; or why nowhere."""
    why = malformed(sample) or one_outcome(sample) or same_everywhere(sample)
    if why:
        return why
    if len(sample) <= len(sample.terms):
        return f"{len(sample):,} rows do not tell {len(sample.terms):,} terms and a constant apart"
    scaled = scale(sample.design)
    why = depends(sample.terms, scaled.rows[:, :-1]) or _alone(sample)
    if why:
        return why
    found = _climbed(scaled.rows, sample.outcome)
    if found == NO_PEAK:
        return separating(sample.terms, partial(_separated, scaled.rows, sample.outcome))
    return UNSETTLED if isinstance(found, str) else (found, scaled)


def scale(design: Floats) -> Scaled:
    """Terms made comparable, so that their units do not matter to what is worked out with them."""
    mean, spread = design.mean(axis=0), design.std(axis=0)
    back = np.diag(np.append(1 / spread, 1.0))
    back[-1, :-1] = -mean / spread
    return Scaled(with_constant((design - mean) / spread), back)


def with_constant(design: Floats) -> Floats:
    """(rows, terms + 1): a one at the end of each row."""
    return np.column_stack((design, np.ones(len(design))))


def likely(odds: Floats) -> tuple[Floats, Floats]:
    """(rows,), (rows,): the chance of the outcome and of none, exact however near to 0 either is."""
    none = np.logaddexp(0.0, -odds)
    return np.exp(-none), np.exp(-odds - none)


def surprises(odds: Floats, outcome: Floats) -> Floats:
    """(rows,): outcome less chance."""
    having, none = likely(odds)
    return np.where(outcome == 1, none, -having)


def _climbed(rows: Floats, outcome: Floats) -> Peak | Literal["no peak", "unsettled"]:
    side = 2 * outcome - 1

    def curve(at: Floats) -> Curve:
        odds = rows @ at
        having, none = likely(odds)
        information = rows.T @ (rows * (having * none)[:, None])
        return Curve(-float(np.logaddexp(0.0, -side * odds).sum()), rows.T @ np.where(outcome == 1, none, -having), information)

    return climb(Slope(curve, lambda step: rows @ step, lambda step: side * (rows @ step), lambda flags: rows[flags]), rows.shape[1])


def _separated(rows: Floats, outcome: Floats, kept: Flags) -> bool:
    return _climbed(rows[:, np.append(kept, True)], outcome) == NO_PEAK


def _alone(sample: Sample) -> str:
    """The first term that separates the outcomes by itself, with how."""
    for name, column in zip(sample.terms, sample.design.T, strict=True):
        without, having = column[sample.outcome == 0], column[sample.outcome == 1]
        if having.max() <= without.min():
            return f"{name} separates the outcomes: it is at most {having.max():g} with the outcome, and at least {without.min():g} without"
        if having.min() >= without.max():
            return f"{name} separates the outcomes: it is at least {having.min():g} with the outcome, and at most {without.max():g} without"
    return ""
