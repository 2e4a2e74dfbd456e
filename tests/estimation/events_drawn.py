"""Small samples drawn by a seed, and what both readings make of linear models and of events in them.

Few pairs of few states with rows missing, treatments that begin, end and begin again: each edge of the text is met often.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import numpy as np

from comity.estimation.adoptions import Adoptions, adoptions
from comity.estimation.estimates import Estimate, Refusal
from comity.estimation.event_studies import EventStudy, event_study
from comity.estimation.imputing import imputed
from comity.estimation.linear import linear
from comity.estimation.samples import Sample
from comity.estimation.trends import Bounds, JointTest, honest_bounds, joint_test, leads_test, placebo
from comity.estimation.two_way_studies import TwoWayWeights, two_way_event_study, two_way_weights
from oracles import event_effects as slow
from oracles import event_trends as slow_trends

SAMPLES = 180
LEADS, LAGS = 6, 2
ABSORBED: tuple[tuple[Any, ...], ...] = (("pair", "period"), ("pair",), ("period",), ())
Plain = list[Any] | None
"""Numbers, in one order; null for a refusal."""


def drawn(seed: int) -> Sample:
    """A sample with a treatment ``t`` and, half of the time, another term ``x``."""
    rng = np.random.default_rng(seed)
    states, periods = int(rng.choice((2, 3, 4, 5, 6, 6))), int(rng.choice((1, 2, 4, 6, 8, 10)))
    two = [(a, b) for a in range(states) for b in range(a + 1, states)]
    pairs = rng.permutation(len(two))[: int(rng.choice((1, 3, 8, 10, 12)))]
    share, missing, turns = rng.choice((0.3, 0.6, 1.0)), rng.choice((0.0, 0.0, 0.1, 0.3)), rng.choice((0.0, 0.05, 0.3))
    binary, still, start = rng.random() < 0.4, rng.random() < 0.04, int(rng.choice((0, 1990)))
    rows = []
    for number, pair in enumerate(sorted(pairs)):
        on, begins, level = False, int(rng.integers(0, periods + 1)) if rng.random() < share else 99, rng.normal()
        shift = rng.choice((0, 0, 0, periods)) if rng.random() < 0.1 else 0
        for period in range(periods):
            on = (on or period == begins) if rng.random() >= turns else not on
            if rng.random() >= missing:
                outcome = level + 0.3 * period + on * (1 + 0.2 * period) + rng.normal()
                rows.append(((outcome > 0.5) if binary else outcome, on, rng.normal(), number, *two[pair], start + period + shift))
    if not rows:
        return drawn(seed + 10_000)
    table = np.array(rows, dtype=np.float64)
    if rng.random() < 0.3:
        table = rng.permutation(table)
    extra = rng.random() < 0.5
    first, second = (table[:, one].astype(np.int64) for one in ((4, 5) if rng.random() < 0.5 else (5, 4)))
    return Sample(
        np.zeros(len(table)) if still else table[:, 0],
        table[:, 1 : 2 + extra],
        ("t", "x")[: 1 + extra],
        table[:, 3].astype(np.int64),
        first,
        second,
        table[:, 6].astype(np.int64),
    )


def _told(told: slow.Told | None) -> Plain:
    return None if told is None else [told.values, *told.covariances, told.times, told.counts, told.shares, told.rows, told.unmatched]


def slowly(seed: int) -> dict[str, Plain]:
    """What the slow reading has for every question."""
    world = slow.panel(drawn(seed))
    found: dict[str, Plain] = {}
    for absorb in ABSORBED:
        told = slow.linear(world, absorb)
        freedom = (
            None
            if told is None
            else [
                told.effects,
                told.rows - told.effects - len(told.values),
                told.terms,
                [n for n in range(len(world.terms[world.rows[0]])) if n not in told.terms],
            ]
        )
        found[f"linear {absorb}"] = None if freedom is None else [*(_told(told) or []), *freedom]
    when = slow.timing(world, 0)
    counts = ("switching", "never", "always", "doubtful", "reversals", "treated", "after_reversal")
    found["timing"] = None if when is None else [sorted(when.first.items()), sorted(when.rows), *(getattr(when, one) for one in counts)]
    for never in (False, True):
        study = slow.event_study(world, 0, LEADS, LAGS, never)
        found[f"study {never}"] = _told(study)
        leads = [] if study is None else [time for time in study.times if time < 0]
        found[f"leads {never}"] = None if study is None or not leads else _slow_wald(study, len(leads))
        limits = None if study is None else slow_trends.bounds(study, (0.5, 2.0), 0.9)
        found[f"nothing {never}"] = None if study is None else [(-1.0, 0, None)] * 3
        found[f"bounds {never}"] = None if limits is None else [[b.largest, b.limit, b.reach, b.intervals, b.breakdown, b.drift] for b in limits]
    found["imputed"] = _told(slow.imputed(world, 0, LAGS))
    weights = slow.two_way_weights(world, 0)
    found["weights"] = None if weights is None else list(weights)
    found["two ways"] = _told(slow.two_way_event_study(world, 0, LEADS, LAGS))
    found["placebo"] = _told(slow_trends.placebo(world, 0, 3, 2))
    found |= {f"placebo {earlier}": _told(slow_trends.placebo(world, 0, earlier, 1)) for earlier in (0, 1, 2)}
    return found


def _slow_wald(study: slow.Told, number: int) -> list[Any]:
    return [(-1.0, 0, None) if one is None else (one[0], number, one[1]) for one in slow_trends.wald(study, number)]


def _estimate(one: Estimate | Refusal, times: Any = (), counts: Any = (), shares: Any = ()) -> Plain:
    if isinstance(one, Refusal):
        return None
    return [list(one.coefficients), *(c.matrix for c in one.covariances), list(times), list(counts), list(shares), one.rows, 0]


def _study(one: EventStudy | Refusal) -> Plain:
    if isinstance(one, Refusal):
        return None
    alone = [line for line in one.estimate.left_out if "nothing to compare with" in line]
    found = _estimate(one.estimate, one.at, one.treated, one.shares)
    assert found is not None
    return [*found[:-1], _numbers(alone[0])[0] if alone else 0]


def _numbers(line: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", line)]


def _timing(sample: Sample, one: Adoptions | str) -> Plain:
    if isinstance(one, str):
        return None
    rows = list(zip(sample.pair.tolist(), sample.period.tolist(), strict=True))
    kept = [row for row, keep in zip(rows, one.kept.tolist(), strict=True) if keep]
    begins = {pair: first for (pair, _), first, keep in zip(rows, one.first.tolist(), one.kept.tolist(), strict=True) if keep and first < 10**9}
    return [
        sorted(begins.items()), sorted(kept), one.switching, one.never, one.always, one.doubtful, one.reversals, one.treated, one.after_reversal,
    ]  # fmt: skip


def _tests(tests: tuple[JointTest, ...] | Refusal) -> Plain:
    if isinstance(tests, Refusal):
        return None
    return [(-1.0 if one.statistic is None else one.statistic, one.degrees, one.chance) for one in tests]


def _bounds(found: tuple[Bounds, ...] | Refusal) -> Plain:
    if isinstance(found, Refusal):
        return None
    return [[b.largest, b.limit, b.reach, [line[1:] for line in b.intervals], b.breakdown, b.drift] for b in found]


def fast(sample: Sample) -> dict[str, Callable[[], Plain]]:
    """How the fast path is asked each of the questions."""

    def linearly(absorb: tuple[Any, ...]) -> Plain:
        one = linear(sample, absorb)
        found = _estimate(one)
        if isinstance(one, Refusal) or found is None:
            return None
        silent = [sample.terms.index(line.split(":")[0]) for line in one.left_out if ": it says" in line]
        return [*found, *_numbers(one.notes[0]), [sample.terms.index(term) for term in one.terms], silent]

    def of_study(never: bool, what: Callable[[EventStudy], Plain]) -> Plain:
        study = event_study(sample, "t", LEADS, LAGS, "never treated" if never else "not yet treated")
        return None if isinstance(study, Refusal) else what(study)

    def two_ways() -> Plain:
        one = two_way_event_study(sample, "t", LEADS, LAGS)
        return None if isinstance(one, Refusal) else _estimate(one, [int(term.split()[0]) for term in one.terms])

    def weights() -> Plain:
        one: TwoWayWeights | Refusal = two_way_weights(sample, "t")
        return None if isinstance(one, Refusal) else [one.treated, one.negative, one.sum_of_negative]

    def pretended(earlier: int) -> Plain:
        return _study(placebo(sample, "t", earlier, 1))

    asked: dict[str, Callable[[], Plain]] = {f"linear {absorb}": partial(linearly, absorb) for absorb in ABSORBED}
    asked["timing"] = lambda: _timing(sample, adoptions(sample, sample.design[:, 0]))
    for never in (False, True):
        asked[f"study {never}"] = partial(of_study, never, _study)
        asked[f"leads {never}"] = partial(of_study, never, lambda study: _tests(leads_test(study)))
        asked[f"nothing {never}"] = partial(of_study, never, lambda study: _tests(joint_test(study.estimate, ())))
        asked[f"bounds {never}"] = partial(of_study, never, lambda study: _bounds(honest_bounds(study, (0.5, 2.0), 0.9)))
    asked["imputed"] = lambda: _study(imputed(sample, "t", LAGS))
    asked["weights"], asked["two ways"] = weights, two_ways
    asked["placebo"] = lambda: _study(placebo(sample, "t"))
    asked |= {f"placebo {earlier}": partial(pretended, earlier) for earlier in (0, 1, 2)}
    return asked


def same(one: Any, other: Any) -> bool:
    """Whether these are the same numbers, but for rounding."""
    if one is None or other is None:
        return one is other
    if isinstance(one, (list, tuple, np.ndarray)):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-8)


@cache
def _asked() -> tuple[tuple[Sample, dict[str, Plain]], ...]:
    return tuple((drawn(seed), slowly(seed)) for seed in range(SAMPLES))


def differences(seeds: range = range(SAMPLES)) -> list[tuple[int, str]]:
    """Where the two readings differ."""
    found = []
    for seed in seeds:
        wanted = slowly(seed)
        found += [(seed, what) for what, ask in fast(drawn(seed)).items() if not same(wanted[what], ask())]
    return found


def events_agree() -> bool:
    """Whether both readings say the same of all samples."""
    return all(same(wanted[what], ask()) for sample, wanted in _asked() for what, ask in fast(sample).items())
