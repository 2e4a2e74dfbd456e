"""Three covariances of the same coefficients: no rows go together, rows of one pair do, all rows that share a state do.

Source: docs/explanation/how-effects-are-estimated.md, section 2; Aronow, Samii and Assenova 2015; Cameron and Miller 2014.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from comity.estimation.estimates import Covariance
from comity.estimation.samples import Floats, Sample, Whole

ONE_PAIR = "there is one pair, and errors by pair need two or more"
ALL_TOGETHER = "every pair shares a state with every other, so no rows are apart from the rest"
CANCELS = "what the rows of a cluster have in common cancels out for some term, so nothing is left to tell its error by"
RAISED = "was not a covariance as it came out: directions of negative variance are set to zero, which makes errors larger, not smaller"
ROUNDING = 1e-10
"""A variance, or a direction's, that is smaller than this share of what it is compared with is nothing but rounding."""


def covariances(bread: Floats, scores: Floats, sample: Sample, *, naive: Floats | None = None, spent: int | None = None) -> tuple[Covariance, ...]:
    """Naive, by pair and dyadic, in this order, for coefficients that solve ``sum of scores = 0``.

    ``bread``: (terms, terms), the inverse of minus the derivative of that sum: (X'X)^-1, or the inverse of the information.
    ``scores``: (rows, terms), each row's part of the sum, at the solution.   ``sample``: who the rows are of, and no more.
    ``naive``: (terms, terms), where the naive covariance is not the bread itself (a linear model's has the variance of the rest in it).
    ``spent``: where given, by pair is also multiplied by (rows - 1) / (rows - spent), as is usual for linear models.
    """
    naive = bread if naive is None else naive
    return (
        Covariance("naive", naive, len(sample)),
        _kept(_by_pair(bread, scores, sample, spent), naive),
        _kept(_dyadic(bread, scores, sample), naive),
    )


def _kept(found: Covariance, naive: Floats) -> Covariance:
    """None, where some term's variance is nothing beside its naive one: an error of zero would make any coefficient look certain."""
    if found.matrix is None or (np.diag(found.matrix) > ROUNDING * np.diag(naive)).all():
        return found
    return Covariance(found.errors, None, found.clusters, CANCELS)


def _by_pair(bread: Floats, scores: Floats, sample: Sample, spent: int | None) -> Covariance:
    """Sums of each pair's scores, times pairs / (pairs - 1)."""
    sums = summed(scores, sample.pair)
    number = len(sums)
    if number < 2:
        return Covariance("pair", None, number, ONE_PAIR)
    factor = number / (number - 1)
    if spent is not None:
        factor *= (len(sample) - 1) / (len(sample) - spent)
    return Covariance("pair", factor * (bread @ (sums.T @ sums) @ bread), number)


def _dyadic(bread: Floats, scores: Floats, sample: Sample) -> Covariance:
    """Every two rows that share a state, once: the states' sums count those that share both twice, so those of two states are taken off."""
    low, high = np.minimum(sample.first, sample.second), np.maximum(sample.first, sample.second)
    states, at = np.unique(np.concatenate((low, high)), return_inverse=True)
    both = at[: len(low)] * len(states) + at[len(low) :]
    if _all_meet(np.unique(both), len(states)):
        return Covariance("dyadic", None, len(states), ALL_TOGETHER)
    by_state, by_two = summed(np.concatenate((scores, scores)), at), summed(scores, both)
    root = np.linalg.cholesky(bread)
    middle = root.T @ (by_state.T @ by_state - by_two.T @ by_two) @ root
    values, vectors = np.linalg.eigh((middle + middle.T) / 2)
    if values[0] >= -ROUNDING * np.abs(values).max():
        return Covariance("dyadic", root @ middle @ root.T, len(states))
    raised = (vectors * np.maximum(values, 0.0)) @ vectors.T
    return Covariance("dyadic", root @ raised @ root.T, len(states), note=RAISED)


def _all_meet(two: Whole, states: int) -> bool:
    """Whether each two of these pairs share a state: all have one in common, or there are three states in all."""
    ends = np.concatenate((two // states, two % states))
    return states <= 3 or int(np.bincount(ends).max()) == len(two)


def summed(rows: Floats, of: npt.NDArray[np.int64]) -> Floats:
    """(different values in ``of``, columns): the sum of the rows of each, by value."""
    order = np.argsort(of, kind="stable")
    found: Floats = np.add.reduceat(rows[order], np.unique(of[order], return_index=True)[1], axis=0)
    return found
