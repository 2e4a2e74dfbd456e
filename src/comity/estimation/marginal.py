"""Generalised estimating equations: the pooled logit's chances, with rows of a pair weighed by how alike their neighbours in time are.

Source: docs/explanation/how-effects-are-estimated.md, section 3.3; Liang and Zeger 1986.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.estimation.climbing import ROUNDS, SETTLED
from comity.estimation.estimates import Estimate, Refusal
from comity.estimation.obstacles import UNSETTLED, malformed
from comity.estimation.pooled import CONSTANT, likely, pooled_peak
from comity.estimation.samples import Flags, Floats, Sample
from comity.estimation.variances import covariances

NAME = "GEE, AR(1)"
ALIKE = 0.999999
"""A working correlation of this size leaves nothing of a row that the one before it does not tell."""
FARTHEST = 30.0
"""Log odds farther from zero than this, and it is said not to settle."""


@dataclass(frozen=True, slots=True)
class Equation:
    """The estimating equation at one place.

    ``rows``: (rows, terms + 1), ``surprises``: (rows,): weighed so that those of a pair no longer go together, if the working correlation is right.
    ``alpha``: the working correlation of rows that follow one another.
    """

    rows: Floats
    surprises: Floats
    alpha: float


def gee(sample: Sample) -> Estimate | Refusal:
    """Log odds of the outcome for one more of each term, and a constant, which comes last, over all pairs.

    Rows of a pair follow one another by period, gaps or none. Pairs with one row are left out and told.
    """
    why = malformed(sample)
    if why:
        return Refusal(NAME, why)
    whole = sample.in_order()
    _, of, sizes = np.unique(whole.pair, return_inverse=True, return_counts=True)
    used = whole.kept(sizes[of] > 1)
    pairs = int((sizes > 1).sum())
    if pairs < 2:
        return Refusal(NAME, f"{pairs} of {len(sizes):,} pairs {'has' if pairs == 1 else 'have'} two rows or more, and two such pairs are needed")
    begun = pooled_peak(used)
    if isinstance(begun, str):
        return Refusal(NAME, begun)
    peak, scaled = begun
    follows = np.ones(len(used), dtype=bool)
    follows[np.unique(used.pair, return_index=True)[1]] = False
    solved = _solved(scaled.rows, used.outcome, follows, peak.at)
    if isinstance(solved, str):
        return Refusal(NAME, solved)
    at, here, rounds = solved
    bread = scaled.back @ np.linalg.inv(here.rows.T @ here.rows) @ scaled.back.T
    scores = here.rows @ np.linalg.inv(scaled.back) * here.surprises[:, None]
    left = len(whole) - len(used)
    return Estimate(
        NAME, "log odds", (*sample.terms, CONSTANT), scaled.back @ at, covariances(bread, scores, used), len(used), pairs, steps=rounds,
        left_out=(f"{left:,} rows, the only one of their pair",) if left else (),
        notes=(f"working correlation of rows that follow one another: {here.alpha:.5f}",),
    )  # fmt: skip


def _solved(rows: Floats, outcome: Floats, follows: Flags, at: Floats) -> tuple[Floats, Equation, int] | str:
    """Where the equation holds, the equation there, and in how many rounds; or why nowhere."""
    for rounds in range(ROUNDS):
        here = _equation(rows, outcome, follows, at)
        if abs(here.alpha) >= ALIKE:
            return f"rows that follow one another would have a correlation of {here.alpha:.3f}"
        step = np.linalg.solve(here.rows.T @ here.rows, here.rows.T @ here.surprises)
        if np.abs(rows @ step).max() < SETTLED:
            return at, here, rounds
        at = at + step
        if not np.abs(rows @ at).max() <= FARTHEST:
            return UNSETTLED
    return UNSETTLED


def _equation(rows: Floats, outcome: Floats, follows: Flags, at: Floats) -> Equation:
    """Each row over the root of its variance, less alpha times the row before it in the pair, over the root of what alpha leaves."""
    odds = rows @ at
    having, none = likely(odds)
    root = np.sqrt(having * none)
    side = 2 * outcome - 1
    surprises = side * np.exp(-side * odds / 2)
    behind = np.flatnonzero(follows) - 1
    alpha = float((surprises[behind] @ surprises[follows] / len(behind)) / (surprises @ surprises / len(surprises)))
    both = np.column_stack((rows * root[:, None], surprises))
    weighed = both.copy()
    if abs(alpha) < ALIKE:
        weighed[follows] = (both[follows] - alpha * both[behind]) / np.sqrt(1 - alpha**2)
    return Equation(weighed[:, :-1], weighed[:, -1], alpha)
