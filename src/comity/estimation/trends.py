"""Whether pairs that adopt were already on a way of their own: tests before adoption, and how much of it a finding would bear.

Source: docs/explanation/how-effects-are-estimated.md, section 6; Rambachan and Roth 2023; Roth 2022.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from comity.estimation.estimates import Errors, Estimate, Refusal
from comity.estimation.event_studies import Comparison, EventStudy, event_study, timing_of
from comity.estimation.samples import Floats, Sample

RATIOS = (0.5, 1.0, 1.5, 2.0)
"""How large a step after adoption may be, against the largest before it: those that are shown."""
NO_LEADS = "no time before the period before adoption has an effect: there is nothing to test"


@dataclass(frozen=True, slots=True)
class JointTest:
    """Are these coefficients all nought? ``statistic``: Wald's, chi-squared with so many ``degrees``; ``chance`` of one as large if they are.

    ``why``: where there is no statistic, why; then it and the chance are null.
    """

    errors: Errors
    statistic: float | None
    degrees: int
    chance: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The average effect, if pairs that adopt went on departing from the others as they did before.

    ``largest``: the largest step between two successive times before adoption, as estimated; ``limit``: what it may be, with half of what the level
    leaves.   ``reach``: how many steps the average effect is away from the period before.   ``intervals``: for each ratio of steps after to the
    largest before.   ``breakdown``: the ratio from which on the interval holds nought; nought if it does without any step.
    ``drift``: the steady departure per period from which on the usual interval, moved by it, holds nought.
    """

    errors: Errors
    largest: float
    limit: float
    reach: float
    intervals: tuple[tuple[float, float, float], ...]
    breakdown: float
    drift: float


def joint_test(estimate: Estimate, terms: tuple[str, ...]) -> tuple[JointTest, ...]:
    """Are the coefficients of these terms all nought? One answer for each kind of error."""
    places = [estimate.terms.index(term) for term in terms]
    values, found = estimate.coefficients[places], []
    for one in estimate.covariances:
        why = one.why if one.matrix is None else "no term is to be tested" if not places else RAISED if one.note else ""
        if one.matrix is None or why:
            found.append(JointTest(one.errors, None, 0, None, why))
            continue
        roots, axes = np.linalg.eigh(one.matrix[np.ix_(places, places)])
        real = roots > ROUNDING * roots[-1]
        if not real.all():
            why = f"the errors of these {len(places)} terms rest on {int(real.sum())} directions alone: test fewer terms"
            found.append(JointTest(one.errors, None, 0, None, why))
            continue
        statistic = float(((axes.T @ values) ** 2 / roots).sum())
        found.append(JointTest(one.errors, statistic, len(places), beyond(statistic, len(places))))
    return tuple(found)


ROUNDING = 1e-9
RAISED = "some direction of these errors came out with a negative variance: a joint test would take it for certainty"


def leads_test(study: EventStudy) -> tuple[JointTest, ...] | Refusal:
    """Did pairs that adopt later change otherwise than the others before they did? All times before the period before adoption, jointly."""
    leads = tuple(f"{time:+d}" for time in study.at if time < 0)
    return joint_test(study.estimate, leads) if leads else Refusal("test of the times before adoption", NO_LEADS)


def placebo(sample: Sample, treatment: str, earlier: int = 3, leads: int = 2, comparison: Comparison = "not yet treated") -> EventStudy | Refusal:
    """What would the event study have found, had the treatment begun so many periods earlier? From rows before it began alone.

    ``earlier``: by how many periods. An effect here cannot be the treatment's.
    """
    name = f"placebo, {earlier} periods earlier"
    if earlier < 1:
        return Refusal(name, "a treatment is pretended one period earlier or more")
    timing = timing_of(sample, treatment, name)
    if isinstance(timing, Refusal):
        return timing
    before = timing.kept & (sample.period < timing.first)
    rows, first = sample.kept(before), timing.first[before]
    pretended = (rows.period >= first - earlier).astype(np.float64)[:, None]
    found = event_study(replace(rows, design=pretended, terms=(treatment,)), treatment, leads, earlier, comparison)
    return replace(found, estimator=name) if isinstance(found, Refusal) else replace(found, estimate=replace(found.estimate, estimator=name))


def honest_bounds(study: EventStudy, ratios: tuple[float, ...] = RATIOS, level: float = 0.95) -> tuple[Bounds, ...] | Refusal:
    """Within which bounds does the average effect lie, if steps after adoption are at most so many times the largest before it?

    The level's remainder is halved between the average effect (both sides) and the largest step: sure to hold, wider than need be.
    One for each kind of error that there is.
    """
    times = {time: number for number, time in enumerate(study.at)}
    size = len(study.at) + 1
    steps: list[Floats] = []
    for time in range(min(times), -1):
        if time in times and (time == -2 or time + 1 in times):
            step = np.zeros(size)
            step[times[time]] = -1.0
            if time + 1 in times:
                step[times[time + 1]] = 1.0
            steps.append(step)
    if not steps:
        return Refusal("bounds", NO_LEADS)
    contrasts, values = np.array(steps), study.estimate.coefficients
    reach = float((study.shares * (np.array(study.at) + 1)).sum())
    quantile, left = NormalDist().inv_cdf, 1 - level
    found = []
    for one in study.estimate.covariances:
        if one.matrix is None:
            continue
        error = math.sqrt(one.matrix[-1, -1])
        sizes, variances = np.abs(contrasts @ values), np.einsum("ij,jk,ik->i", contrasts, one.matrix, contrasts)
        errors = np.sqrt(np.maximum(variances, 0.0))
        limit = float((sizes + quantile(1 - left / 2) * errors).max())
        average, half = float(values[-1]), quantile(1 - left / 4) * error
        spread = tuple((ratio, average - half - ratio * limit * reach, average + half + ratio * limit * reach) for ratio in ratios)
        beyond_nought = max(0.0, abs(average) - half)
        breakdown = beyond_nought and (beyond_nought / (limit * reach) if limit > 0 else math.inf)
        drift = max(0.0, abs(average) - quantile(1 - left / 2) * error) / reach
        found.append(Bounds(one.errors, float(sizes.max()), limit, reach, spread, breakdown, drift))
    return tuple(found)


def beyond(statistic: float, degrees: int) -> float:
    """The chance that chi-squared with so many degrees of freedom is larger: a finite sum, from 2 degrees or from 1 on."""
    half = statistic / 2
    if degrees % 2:
        term, found = math.sqrt(half / math.pi) * 2 * math.exp(-half), math.erfc(math.sqrt(half))
        start = 3
    else:
        term, found, start = math.exp(-half), 0.0, 2
    for number in range(start, degrees + 1, 2):
        found += term
        term *= half * 2 / number
    return found
