"""An estimate's intervals, by the errors that are chosen: how far a coefficient may be off, and how surprising it would be if it were zero.

Source: docs/explanation/how-effects-are-estimated.md, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from statistics import NormalDist

import numpy as np

from comity.estimation.estimates import Errors, Estimate, Refusal


@dataclass(frozen=True, slots=True)
class Interval:
    """One term's coefficient with its standard error, the interval's ends, z and two-sided p, of the normal distribution."""

    term: str
    coefficient: float
    error: float
    low: float
    high: float
    z: float
    p: float


def intervals(estimate: Estimate, errors: Errors, *, level: float = 0.95) -> tuple[Interval, ...] | Refusal:
    """One for each term, in order; a refusal where there are no such errors.   ``level``: how often such intervals hold the truth."""
    covariance = next(one for one in estimate.covariances if one.errors == errors)
    if covariance.matrix is None:
        return Refusal(estimate.estimator, covariance.why)
    reach = NormalDist().inv_cdf((1 + level) / 2)
    found = []
    for term, at, variance in zip(estimate.terms, estimate.coefficients.tolist(), np.diag(covariance.matrix).tolist(), strict=True):
        error = sqrt(variance)
        found.append(Interval(term, at, error, at - reach * error, at + reach * error, at / error, erfc(abs(at / error) / sqrt(2))))
    return tuple(found)
