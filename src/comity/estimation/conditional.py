"""The conditional logit: each pair beside itself alone, so that nothing about a pair that stays the same can mislead.

Source: docs/explanation/how-effects-are-estimated.md, section 3.2; Chamberlain 1980.
"""

from __future__ import annotations

from functools import partial
from typing import Literal

import numpy as np

from comity.estimation.climbing import NO_PEAK, Curve, Peak, Slope, climb
from comity.estimation.estimates import Estimate, Refusal
from comity.estimation.obstacles import UNSETTLED, depends, listed, malformed, separating
from comity.estimation.samples import Flags, Floats, Sample, Whole
from comity.estimation.subsets import batches, curve_of
from comity.estimation.variances import covariances, summed

NAME = "conditional logit"


def conditional_logit(sample: Sample) -> Estimate | Refusal:
    """Log odds of the outcome for one more of each term, within pairs.

    Pairs whose outcome never changes say nothing and are left out, and so is a term that changes within none of the others; both are told.
    """
    why = malformed(sample)
    if why:
        return Refusal(NAME, why)
    whole = sample.in_order()
    changing = _changing(whole)
    if not changing.any():
        return Refusal(NAME, _none_changes(whole))
    used = whole.kept(changing)
    starts = _starts(used.pair)
    moves = np.maximum.reduceat(used.design, starts) > np.minimum.reduceat(used.design, starts)
    moving = np.asarray(moves.any(axis=0))
    still = [name for name, stays in zip(used.terms, ~moving, strict=True) if stays]
    if not moving.any():
        return Refusal(NAME, f"no term changes within any of the {len(starts):,} pairs whose outcome does")
    used = used.with_terms(moving)
    scaled, spread = _scaled(used)
    found = _refused(used, scaled, starts) or _climbed(scaled, used.outcome, starts)
    if isinstance(found, str):
        if found == NO_PEAK:
            found = separating(used.terms, partial(_separated, scaled, used.outcome, starts))
        return Refusal(NAME, UNSETTLED if found == "unsettled" else found)
    slopes = _slopes(found.at, scaled, used.outcome, starts)
    bread = np.linalg.inv(found.curve.information) / np.outer(spread, spread)
    return Estimate(
        NAME, "log odds", used.terms, found.at / spread, covariances(bread, slopes * spread, used.kept(starts)), len(used), len(starts),
        log_likelihood=found.curve.value, left_out=_left_out(whole, changing), steps=found.rounds,
        notes=(f"{listed(still)} left out: no change within any pair that counts",) if still else (),
    )  # fmt: skip


def _changing(sample: Sample) -> Flags:
    """(rows,): whether the row is of a pair that has both outcomes."""
    starts = _starts(sample.pair)
    both = np.maximum.reduceat(sample.outcome, starts) > np.minimum.reduceat(sample.outcome, starts)
    return np.repeat(both, np.diff(starts, append=len(sample)))


def _starts(pair: Whole) -> Whole:
    """(pairs,): the first row of each, where rows stand by pair."""
    return np.unique(pair, return_index=True)[1]


def _none_changes(sample: Sample) -> str:
    number, having = len(np.unique(sample.pair)), len(np.unique(sample.pair[sample.outcome == 1]))
    return f"no pair has both outcomes: {number - having:,} never have it, {having:,} always"


def _left_out(whole: Sample, changing: Flags) -> tuple[str, ...]:
    rows = int((~changing).sum())
    return (f"{rows:,} rows of {len(np.unique(whole.pair[~changing])):,} pairs whose outcome never changes",) if rows else ()


def _scaled(sample: Sample) -> tuple[Floats, Floats]:
    """Terms less their mean in the pair, over the root of what is left of their variance; and that root, (terms,)."""
    within = _within(sample.design, sample.pair)
    spread = np.sqrt((within**2).mean(axis=0))
    return within / spread, spread


def _within(rows: Floats, pair: Whole) -> Floats:
    """Rows less their pair's mean, where they stand by pair."""
    sizes = np.unique(pair, return_counts=True)[1]
    return rows - np.repeat(summed(rows, pair) / sizes[:, None], sizes, axis=0)


def _refused(sample: Sample, scaled: Floats, starts: Whole) -> str:
    """Too few rows, or a term that depends on others or separates the outcomes within every pair."""
    if len(sample) - len(starts) < len(sample.terms):
        return f"{len(sample):,} rows of {len(starts):,} pairs do not tell {len(sample.terms):,} terms apart"
    why = depends(sample.terms, scaled)
    if why:
        return why
    for name, column in zip(sample.terms, sample.design.T, strict=True):
        for side, said in ((1.0, "lower"), (-1.0, "higher")):
            having, without = _edges(side * column, sample.outcome, starts)
            if (having >= without).all():
                return f"{name} separates the outcomes: in no pair is it ever {said} with the outcome than without"
    return ""


def _edges(ahead: Floats, outcome: Floats, starts: Whole) -> tuple[Floats, Floats]:
    """(pairs,), (pairs,): the lowest with the outcome, and the highest without it."""
    having = np.minimum.reduceat(np.where(outcome == 1, ahead, np.inf), starts)
    without = np.maximum.reduceat(np.where(outcome == 0, ahead, -np.inf), starts)
    return having, without


def _climbed(scaled: Floats, outcome: Floats, starts: Whole) -> Peak | Literal["no peak", "unsettled"]:
    parts = list(batches(scaled, outcome, starts))
    of = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(outcome)))

    def curve(at: Floats) -> Curve:
        found = [curve_of(part, at)[0] for part in parts]
        return Curve(
            sum(one.value for one in found), np.sum([one.slope for one in found], axis=0), np.sum([one.information for one in found], axis=0)
        )

    def ahead(step: Floats) -> Floats:
        odds = scaled @ step
        having, without = _edges(odds, outcome, starts)
        return np.where(outcome == 1, 1.0, -1.0) * (odds - ((having + without) / 2)[of])

    return climb(Slope(curve, lambda step: scaled @ step, ahead, lambda flags: _within(scaled[flags], of[flags])), scaled.shape[1])


def _slopes(at: Floats, scaled: Floats, outcome: Floats, starts: Whole) -> Floats:
    """(pairs, terms): each pair's part of the slope."""
    found = np.zeros((len(starts), len(at)))
    for part in batches(scaled, outcome, starts):
        found[part.pairs] = curve_of(part, at)[1]
    return found


def _separated(scaled: Floats, outcome: Floats, starts: Whole, kept: Flags) -> bool:
    return _climbed(scaled[:, kept], outcome, starts) == NO_PEAK
