"""The estimators side by side on one sample: what each one's number is, what it assumes, its three errors, its refusal.

Source: docs/explanation/how-effects-are-read.md, section 4; how-effects-are-estimated.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import sqrt
from statistics import NormalDist

import numpy as np

from comity.effects.answers import ErrorBar, EstimatorRow, Scale
from comity.estimation import AVERAGE, Covariance, Estimate, Refusal, Sample, conditional_logit, event_study, gee, linear, logit, two_way_weights


@dataclass(frozen=True, slots=True)
class Estimator:
    """One estimator as the question uses it. ``run``: of a sample whose first term is the treatment.   ``yes_or_no``: for such outcomes alone.

    ``cheap``: whether the short grid has it.
    """

    name: str
    estimand: str
    assumes: str
    scale: Scale
    run: Callable[[Sample], tuple[Estimate, str] | Refusal]
    yes_or_no: bool
    cheap: bool


def estimator_row(estimator: Estimator, sample: Sample) -> EstimatorRow:
    """What it says of the treatment, which is the sample's first term."""
    blank = EstimatorRow(estimator.name, estimator.estimand, estimator.assumes, _scale(estimator, sample), None)
    if estimator.yes_or_no and not is_yes_or_no(sample):
        return _refused(blank, "the outcome is not yes or no; this estimator is of log odds")
    found = estimator.run(sample)
    if isinstance(found, Refusal):
        return _refused(blank, found.why)
    estimate, term = found
    return EstimatorRow(
        estimator.name,
        estimator.estimand,
        estimator.assumes,
        blank.scale,
        float(estimate.coefficients[estimate.terms.index(term)]),
        error_bars(estimate, term),
        estimate.rows,
        estimate.pairs,
        estimate.log_likelihood,
        estimate.left_out,
        (*estimate.notes, *(f"{c.errors}: {c.note}" for c in estimate.covariances if c.note)),
    )


def error_bars(estimate: Estimate, term: str) -> tuple[ErrorBar, ...]:
    """Each kind of error of one coefficient, with its 95% interval."""
    at = estimate.terms.index(term)
    return tuple(_bar(one, at, float(estimate.coefficients[at])) for one in estimate.covariances)


def _bar(one: Covariance, at: int, value: float) -> ErrorBar:
    if one.matrix is None:
        return ErrorBar(one.errors, None, None, None, one.clusters, one.why)
    variance = float(one.matrix[at, at])
    if not variance > TINY * value**2:
        return ErrorBar(one.errors, None, None, None, one.clusters, NO_ERROR)
    error = sqrt(variance)
    return ErrorBar(one.errors, error, value - Z * error, value + Z * error, one.clusters)


Z = NormalDist().inv_cdf(0.975)
TINY = 1e-20
"""A variance, against the square of its number, that is rounding alone."""
NO_ERROR = "it comes out as zero: nothing in these rows tells how far the number may be off"


def is_yes_or_no(sample: Sample) -> bool:
    """Is the outcome 0 or 1 in every row?"""
    return bool(np.isin(sample.outcome, (0.0, 1.0)).all())


def _scale(estimator: Estimator, sample: Sample) -> Scale:
    return "units of the outcome" if estimator.scale == "probability" and not is_yes_or_no(sample) else estimator.scale


def _refused(blank: EstimatorRow, why: str) -> EstimatorRow:
    return EstimatorRow(blank.estimator, blank.estimand, blank.assumes, blank.scale, None, refusal=why)


def _plainly(estimate: Callable[[Sample], Estimate | Refusal]) -> Callable[[Sample], tuple[Estimate, str] | Refusal]:
    """Of an estimator whose coefficient bears the treatment's own name."""

    def run(sample: Sample) -> tuple[Estimate, str] | Refusal:
        found, treatment = estimate(sample), sample.terms[0]
        if isinstance(found, Refusal):
            return found
        if treatment not in found.terms:
            return Refusal(found.estimator, f"{treatment} changes within none of the {found.pairs:,} pairs that count for it")
        return found, treatment

    return run


def _two_way(sample: Sample) -> tuple[Estimate, str] | Refusal:
    """With a note on treated rows that weigh the wrong way round, where the treatment begins at different times."""
    found, weights = _plainly(linear)(sample), two_way_weights(sample, sample.terms[0])
    if isinstance(found, Refusal):
        return found
    if isinstance(weights, Refusal) or not weights.negative:
        return found
    says = f"{weights.negative:,} of {weights.treated:,} treated rows have a weight below zero: rows treated earlier are taken for untreated ones"
    return replace(found[0], notes=(*found[0].notes, f"{says}; these weights come to {weights.sum_of_negative:.3f}")), found[1]


def _by_event(sample: Sample) -> tuple[Estimate, str] | Refusal:
    found = event_study(sample, sample.terms[0])
    return found if isinstance(found, Refusal) else (found.estimate, AVERAGE)


ESTIMATORS: tuple[Estimator, ...] = (
    Estimator(
        "pooled logit",
        "the difference in log odds of the outcome between rows with and without the treatment, alike in the controls, over all pairs",
        "nothing else that pairs differ in goes with treatment and outcome",
        "log odds",
        _plainly(logit),
        yes_or_no=True,
        cheap=True,
    ),
    Estimator(
        "conditional logit",
        "the difference in log odds of the outcome with and without the treatment within one pair, over pairs whose outcome changes",
        "nothing that changes within a pair goes with treatment and outcome",
        "log odds",
        _plainly(conditional_logit),
        yes_or_no=True,
        cheap=True,
    ),
    Estimator(
        "GEE AR(1)",
        "the difference in log odds of the outcome on average over all pairs, rows of a pair being alike the less the farther apart they are",
        "nothing else that pairs differ in goes with treatment and outcome",
        "log odds",
        _plainly(gee),
        yes_or_no=True,
        cheap=False,
    ),
    Estimator(
        "linear two-way",
        "the difference in probability of the outcome with and without the treatment, within a pair and beside other pairs of the same period",
        "without the treatment pairs would have moved in parallel, and the treatment works alike for all, at once",
        "probability",
        _two_way,
        yes_or_no=False,
        cheap=True,
    ),
    Estimator(
        "event study",
        "the mean difference in probability of the outcome from when the treatment first begins, against pairs not treated by then",
        "without the treatment those that came to be treated would have moved as the others did",
        "probability",
        _by_event,
        yes_or_no=False,
        cheap=False,
    ),
)
"""All of them, in the order in which they are shown."""
