"""Forecasts that ours is held beside: the base rate, what happened last, the plain logit, boosted trees as they come.

Each learns from the same past rows, and forecasts the same rows.

Source: docs/explanation/how-warnings-are-made.md, section 4; Bremer 1992; Beck, Katz and Tucker 1998; Carter and Signorino 2010.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from comity.early_warning.designs import Scale, drawn
from comity.early_warning.features import KnownPairs
from comity.early_warning.histories import Flags, Floats
from comity.early_warning.rules import WarningRules
from comity.early_warning.scores import probability
from comity.estimation import Refusal, Sample, logit
from comity.terms import BadInput

Peer = Callable[[KnownPairs, KnownPairs, WarningRules], Floats]
RECENT = 10
_LEAST = 1e-6


def base_rate(past: KnownPairs, now: KnownPairs, rules: WarningRules) -> Floats:
    """The share of all past rows in which a dispute began."""
    return np.full(len(now), _rate(past.outcome))


def recent_rate(past: KnownPairs, now: KnownPairs, rules: WarningRules) -> Floats:
    """The share in the last ten years."""
    return np.full(len(now), _rate(past.outcome[past.year > past.year.max() - RECENT]))


def last_value(past: KnownPairs, now: KnownPairs, rules: WarningRules) -> Floats:
    """Of pairs between which a dispute began, or did not, in the period before: the share in which one began. It is what that says, no bolder."""
    then, at = past.feature("disputes_1") >= 1, now.feature("disputes_1") >= 1
    return np.where(at, _rate(past.outcome[then]), _rate(past.outcome[~then]))


def plain_logit(past: KnownPairs, now: KnownPairs, rules: WarningRules) -> Floats:
    """The dangerous-dyads logit with years of quiet, their square and cube; what is not known, at the mean. BadInput where it cannot be fitted."""
    terms = plain_terms(past)
    scale = Scale.learned(terms)
    kept: Flags = scale.spread > 0
    design = scale(terms)[:, : len(kept)][:, kept]
    pair = past.first * 1000 + past.second
    sample = Sample(past.outcome, design, tuple(f"term {n}" for n in np.flatnonzero(kept)), pair, past.first, past.second, past.year)
    found = logit(sample)
    if isinstance(found, Refusal):
        raise BadInput(f"the plain logit cannot be fitted to the years before {now.year.min()}: {found.why}")
    return probability(scale(plain_terms(now))[:, : len(kept)][:, kept] @ found.coefficients[:-1] + found.coefficients[-1])


def plain_terms(of: KnownPairs) -> Floats:
    """Land contiguity, the weaker's share of the stronger's power, a major power, a defence pact, the lower democracy, income and soldiers."""
    quiet = of.feature("quiet") / (10 * of.step.in_year)
    soldiers, income = np.exp(of.feature("soldiers_low")), np.exp(of.feature("income_low"))
    named = [of.feature(name) for name in ("land", "power_ratio", "defence", "democracy_low")]
    return np.column_stack([*named, of.feature("majors") > 0, soldiers, income, quiet, quiet**2, quiet**3])


def trees_alone(past: KnownPairs, now: KnownPairs, rules: WarningRules) -> Floats:
    """Boosted trees of the library's own settings, on all of our features, from as large a share of past rows as ours."""
    rows = drawn(np.arange(len(past)), past.outcome, rules.quiet_share, np.random.default_rng(rules.seed))
    values = past.values[rows]
    seen = ~np.isnan(values).all(axis=0)
    trees = HistGradientBoostingClassifier(random_state=0).fit(values[:, seen], past.outcome[rows])
    found = trees.predict_proba(now.values[:, seen])[:, 1]
    found = found * rules.quiet_share / (1 - found * (1 - rules.quiet_share))
    kept: Floats = np.clip(found, _LEAST, 1 - _LEAST)
    return kept


PEERS: dict[str, Peer] = {
    "base rate": base_rate,
    "recent base rate": recent_rate,
    "last value": last_value,
    "logit": plain_logit,
    "boosted trees alone": trees_alone,
}


def _rate(outcomes: Floats) -> float:
    """A share that is never 0 or 1: half a case more on either side."""
    return float((outcomes.sum() + 0.5) / (len(outcomes) + 1))
