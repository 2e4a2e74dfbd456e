"""Estimation: numbers of a sample of pairs by period, with errors that say which rows may go together.

This room owns: the estimators (pooled, conditional, marginal, linear, by event), their variances, what they refuse. It does not own: tables (panels),
which question a number answers (effects), or forecasts (early_warning). Text: docs/explanation/how-effects-are-estimated.md.
"""

from comity.estimation.adoptions import Adoptions, adoptions
from comity.estimation.conditional import conditional_logit
from comity.estimation.estimates import ERRORS, Covariance, Errors, Estimate, Refusal
from comity.estimation.event_studies import AVERAGE, Comparison, EventStudy, event_study
from comity.estimation.imputing import imputed
from comity.estimation.intervals import Interval, intervals
from comity.estimation.linear import linear
from comity.estimation.marginal import gee
from comity.estimation.pooled import logit
from comity.estimation.samples import Flags, Floats, Sample, Whole
from comity.estimation.trends import Bounds, JointTest, honest_bounds, joint_test, leads_test, placebo
from comity.estimation.two_way_studies import TwoWayWeights, two_way_event_study, two_way_weights
from comity.estimation.variances import covariances

__all__ = [
    "AVERAGE",
    "ERRORS",
    "Adoptions",
    "Bounds",
    "Comparison",
    "Covariance",
    "Errors",
    "Estimate",
    "EventStudy",
    "Flags",
    "Floats",
    "Interval",
    "JointTest",
    "Refusal",
    "Sample",
    "TwoWayWeights",
    "Whole",
    "adoptions",
    "conditional_logit",
    "covariances",
    "event_study",
    "gee",
    "honest_bounds",
    "imputed",
    "intervals",
    "joint_test",
    "leads_test",
    "linear",
    "logit",
    "placebo",
    "two_way_event_study",
    "two_way_weights",
]
