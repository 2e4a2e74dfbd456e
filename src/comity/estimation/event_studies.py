"""Effects by the time since a treatment began: differences in differences, each against pairs that are not yet treated.

Source: docs/explanation/how-effects-are-estimated.md, section 5.3; Callaway and Sant'Anna 2021.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from comity.estimation.absorbing import numbered
from comity.estimation.adoptions import NEVER, Adoptions, adoptions
from comity.estimation.estimates import Estimate, Refusal
from comity.estimation.samples import Flags, Floats, Sample, Whole
from comity.estimation.variances import covariances

Comparison = Literal["not yet treated", "never treated"]
AVERAGE = "average"
"""The term that is the mean over all rows treated."""
FEWEST = 2
"""How many treated rows an event time must have: the effect on one alone has no error that could be told."""
FLAT = 1e-9
"""An error below which all rows at an event time say the same: it is none."""
NOTHING_BESIDE = "no two treated rows, seen beside pairs untreated by then, differ in what they say: there is nothing to compare"
FEW = 30
"""Adopting pairs below which errors are said to be doubtful: a convention."""


@dataclass(frozen=True, slots=True)
class EventStudy:
    """Effects by event time: 0 is the first period treated, -1 the period before.

    ``estimate``: a term for each time in ``at``, then ``average``, over all rows treated at times 0 and later.   ``at``: the event times.
    ``treated``: how many rows of adopting pairs each time rests on.   ``shares``: (times,), how much of the average each is; nought before 0.
    ``timing``: who is treated when.
    """

    estimate: Estimate
    at: tuple[int, ...]
    treated: tuple[int, ...]
    shares: Floats
    timing: Adoptions


@dataclass(frozen=True, slots=True)
class Parts:
    """What each row adds. ``effects``: (rows, times): the effect in a row of an adopting pair, or what a row compared with takes off the sum of them.

    ``own``: (rows, times), where it is an effect.   ``unmatched``: treated rows without anything to compare with.
    """

    effects: Floats
    own: Flags
    unmatched: int


def event_study(sample: Sample, treatment: str, leads: int = 5, lags: int = 5, comparison: Comparison = "not yet treated") -> EventStudy | Refusal:
    """How much more did the outcome change since the period before adoption than it did for pairs not treated by then?

    ``treatment``: the term that is 1 where a row is treated; the other terms are not used. ``leads``, ``lags``: how many periods before adoption
    and after the first one treated. Every treated row counts once, whatever its cohort.
    """
    name = f"event study against pairs {comparison}"
    timing = timing_of(sample, treatment, name)
    if isinstance(timing, Refusal):
        return timing
    rows, first = sample.kept(timing.kept), timing.first[timing.kept]
    times = [time for time in range(-leads, lags + 1) if time != -1]
    return study_of(name, rows, times, _differences(rows, first, times, comparison), timing)


def timing_of(sample: Sample, treatment: str, name: str) -> Adoptions | Refusal:
    """When the treatment begins; or why there is no study of events."""
    if treatment not in sample.terms:
        return Refusal(name, f"{treatment} is no term of this sample, whose terms are: {', '.join(sample.terms)}")
    if len(np.unique(sample.period)) < 2:
        return Refusal(name, "one period alone is in the sample: before and after cannot be compared")
    timing = adoptions(sample, sample.design[:, sample.terms.index(treatment)])
    if isinstance(timing, str):
        return Refusal(name, timing)
    if timing.switching < FEWEST:
        many = "one pair alone is" if timing.switching else "no pair is"
        beside = f"{timing.always:,} are treated from the start, {timing.doubtful:,} begin after a gap"
        return Refusal(name, f"{many} seen untreated in one period and treated in the next ({beside}): two or more are needed")
    return timing


def _differences(rows: Sample, first: Whole, times: list[int], comparison: Comparison) -> Parts:
    """Each adopting pair's change since the period before, less the mean change of those that can be compared with it."""
    pair, (periods, column) = numbered(rows.pair), np.unique(rows.period, return_inverse=True)
    row = np.full((len(np.unique(pair)), len(periods)), -1, dtype=np.int64)
    row[pair, column] = np.arange(len(rows))
    begins = np.full(len(row), NEVER)
    begins[pair] = first
    outcome = np.append(rows.outcome, np.nan)[row]
    at = {int(period): number for number, period in enumerate(periods)}
    effects, own, unmatched = np.zeros((len(rows), len(times))), np.zeros((len(rows), len(times)), dtype=bool), 0
    for cohort in np.unique(begins[begins != NEVER]).tolist():
        if cohort - 1 not in at:
            continue
        for number, time in enumerate(times):
            if cohort + time not in at:
                continue
            then = at[cohort + time]
            change = outcome[:, then] - outcome[:, at[cohort - 1]]
            seen = ~np.isnan(change)
            mine = seen & (begins == cohort)
            later = begins > cohort + max(time, -1) if comparison == "not yet treated" else begins == NEVER
            others = seen & later & (begins != cohort)
            if not others.any():
                unmatched += int(mine.sum())
                continue
            usual = change[others].mean()
            effects[row[mine, then], number] = change[mine] - usual
            own[row[mine, then], number] = True
            effects[row[others, then], number] = (usual - change[others]) * (mine.sum() / others.sum())
    return Parts(effects, own, unmatched)


def study_of(name: str, rows: Sample, times: list[int], parts: Parts, timing: Adoptions) -> EventStudy | Refusal:
    """The effects by time and on average, with errors from what each row adds to them."""
    told = parts.own.sum(axis=0) >= FEWEST
    effects, own, at = parts.effects[:, told], parts.own[:, told], np.array(times)[told]
    counts = own.sum(axis=0)
    by_time = np.where(own, effects, 0.0).sum(axis=0) / counts
    influence = (effects - np.where(own, by_time, 0.0)) / counts
    told = np.linalg.norm(influence, axis=0) > FLAT
    at, by_time, counts = at[told], by_time[told], counts[told]
    if not (at >= 0).any():
        return Refusal(name, NOTHING_BESIDE)
    shares = np.where(at >= 0, counts, 0) / counts[at >= 0].sum()
    each = np.column_stack((np.eye(len(at)), shares))
    influence = influence[:, told] @ each
    alone = (f"{parts.unmatched:,} rows of adopting pairs have nothing to compare with.",) if parts.unmatched else ()
    estimate = Estimate(
        name,
        "probability",
        (*(f"{time:+d}" for time in at.tolist()), AVERAGE),
        by_time @ each,
        covariances(np.eye(len(at) + 1), influence, rows, naive=influence.T @ influence),
        len(rows),
        len(np.unique(rows.pair)),
        left_out=(*timing.left_out, *alone),
        notes=_told_if_few(timing.switching),
    )
    return EventStudy(estimate, tuple(at.tolist()), tuple(counts.tolist()), shares, timing)


def _told_if_few(adopting: int) -> tuple[str, ...]:
    if adopting >= FEW:
        return ()
    return (f"It rests on {adopting:,} pairs that adopt: with fewer than {FEW}, errors tend to be too small.",)
