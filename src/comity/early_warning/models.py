"""Our model: the mean, in log odds, of a penalised logit and boosted trees, fitted several times, each on pairs drawn again from the past.

Source: docs/explanation/how-warnings-are-made.md, section 3; Breiman 1996; Friedman 2001; Ke et al. 2017.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from comity.early_warning.designs import Scale, drawn
from comity.early_warning.features import KnownPairs
from comity.early_warning.histories import Floats
from comity.early_warning.rules import WarningRules

Member = Callable[[Floats], Floats]
"""From (rows, features) to the log odds of each row."""
_STATES, _BINS = 10_000, 63


def members(past: KnownPairs, rules: WarningRules, year: int) -> Sequence[Member]:
    """As many fits as the rules say. The draws are told by the seed and the year alone."""
    rng = np.random.default_rng([rules.seed, year])
    pairs, pair = np.unique(past.first * _STATES + past.second, return_inverse=True)
    found = list[Member]()
    for number in range(rules.members):
        times = np.bincount(rng.integers(0, len(pairs), len(pairs)), minlength=len(pairs))[pair]
        rows = np.repeat(np.arange(len(past)), times)
        rows = drawn(rows, past.outcome, rules.quiet_share, rng)
        found.append(_member(past.values[rows], past.outcome[rows], rules, number))
    return found


def _member(values: Floats, outcome: Floats, rules: WarningRules, number: int) -> Member:
    scale = Scale.learned(values)
    straight = LogisticRegression(C=1 / (2 * rules.penalty), solver="newton-cholesky").fit(scale(values), outcome)
    seen = ~np.isnan(values).all(axis=0)
    trees = HistGradientBoostingClassifier(
        learning_rate=rules.rate, max_iter=rules.trees, max_leaf_nodes=rules.leaves, min_samples_leaf=rules.rows_in_leaf,
        l2_regularization=rules.shrink, max_features=rules.share_of_features, early_stopping=False, random_state=number, max_bins=_BINS,
    ).fit(values[:, seen], outcome)  # fmt: skip

    def log_odds(rows: Floats) -> Floats:
        found: Floats = (straight.decision_function(scale(rows)) + trees.decision_function(rows[:, seen])) / 2 + np.log(rules.quiet_share)
        return found

    return log_odds
