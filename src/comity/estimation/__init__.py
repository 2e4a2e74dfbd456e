"""Estimation: numbers of a sample of pairs by period, with errors that say which rows may go together.

This room owns: the estimators (pooled, conditional, marginal, linear, by event), their variances, what they refuse. It does not own: tables (panels),
which question a number answers (effects), or forecasts (early_warning). Text: docs/explanation/how-effects-are-estimated.md.
"""

from comity.estimation.conditional import conditional_logit
from comity.estimation.estimates import ERRORS, Covariance, Errors, Estimate, Refusal
from comity.estimation.intervals import Interval, intervals
from comity.estimation.marginal import gee
from comity.estimation.pooled import logit
from comity.estimation.samples import Flags, Floats, Sample, Whole
from comity.estimation.variances import covariances

__all__ = [
    "ERRORS",
    "Covariance",
    "Errors",
    "Estimate",
    "Flags",
    "Floats",
    "Interval",
    "Refusal",
    "Sample",
    "Whole",
    "conditional_logit",
    "covariances",
    "gee",
    "intervals",
    "logit",
]
