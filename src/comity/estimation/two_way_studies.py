"""What one regression with effects of pairs and periods makes of a staggered treatment, and which comparisons it is made of.

Source: docs/explanation/how-effects-are-estimated.md, section 5.5; de Chaisemartin and D'Haultfoeuille 2020; Goodman-Bacon 2021.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from comity.estimation.absorbing import ways
from comity.estimation.estimates import Estimate, Refusal
from comity.estimation.event_studies import timing_of
from comity.estimation.linear import linear
from comity.estimation.samples import Sample


@dataclass(frozen=True, slots=True)
class TwoWayWeights:
    """How the one coefficient of a regression with two ways is put together from the effects in the treated rows.

    Where the outcomes would have run in parallel, it is a weighted sum of these effects. ``treated``: how many such rows.   ``negative``: how many
    have a weight below nought: the larger the effect there, the *smaller* the coefficient.   ``sum_of_negative``: what these weights come to; all
    together come to 1.
    """

    treated: int
    negative: int
    sum_of_negative: float


def two_way_weights(sample: Sample, treatment: str) -> TwoWayWeights | Refusal:
    """Which treated rows does the regression compare the wrong way round, since it takes rows treated earlier for untreated ones?

    ``treatment``: a term that is 0 or 1. The other terms are taken out as well, as they are in the regression.
    """
    name = "weights of the linear model with two ways"
    if treatment not in sample.terms:
        return Refusal(name, f"{treatment} is no term of this sample, whose terms are: {', '.join(sample.terms)}")
    number = sample.terms.index(treatment)
    if not np.isin(sample.design[:, number], (0.0, 1.0)).all():
        return Refusal(name, "the treatment is not 0 or 1 in every row: say from which value on a pair is treated")
    estimate = linear(sample)
    if isinstance(estimate, Refusal):
        return Refusal(name, estimate.why)
    if treatment not in estimate.terms:
        return Refusal(name, f"{treatment} says nothing that the effects taken out do not say already")
    left = ways(sample.pair, sample.period).residuals(sample.design)
    others = left[:, [term in estimate.terms and term != treatment for term in sample.terms]]
    rest = left[:, number] - others @ np.linalg.lstsq(others, left[:, number], rcond=None)[0]
    weights = rest[sample.design[:, number] == 1.0]
    weights = weights / weights.sum()
    below = weights < -ROUNDING
    return TwoWayWeights(len(weights), int(below.sum()), float(weights[below].sum()))


ROUNDING = 1e-12


def two_way_event_study(sample: Sample, treatment: str, leads: int = 5, lags: int = 5) -> Estimate | Refusal:
    """The usual event study, for comparison: one regression on event times, with effects of pairs and periods taken out.

    The period before adoption is left out; the first and the last term stand for all earlier and all later periods. Where effects differ between
    cohorts, each of its coefficients mixes effects of other event times in (Sun and Abraham 2021).
    """
    name = "event study by one regression with two ways"
    timing = timing_of(sample, treatment, name)
    if isinstance(timing, Refusal):
        return timing
    rows, first = sample.kept(timing.kept), timing.first[timing.kept]
    since = np.clip(rows.period - first, -leads, lags)
    never = first > rows.period.max()
    times = [time for time in np.unique(since[~never]).tolist() if time != -1]
    design = ((since[:, None] == np.array(times)) & ~never[:, None]).astype(np.float64)
    ends = {-leads: " or earlier", lags: " or later"}
    terms = tuple(f"{time:+d}{ends.get(time, '')}" for time in times)
    found = linear(replace(rows, design=design, terms=terms))
    return Refusal(name, found.why) if isinstance(found, Refusal) else replace(found, estimator=name, left_out=(*timing.left_out, *found.left_out))
