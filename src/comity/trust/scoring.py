"""How good such forecasts were: each duty forecast from those that fell due before it, held beside the base rate of the time.

Source: docs/explanation/how-trust-is-forecast.md, section 3; Brier, Monthly Weather Review 78 (1950), 1-3; Dawid, Journal of the Royal Statistical
Society A 147 (1984), 278-292 (prequential).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log
from typing import Literal, NamedTuple

from comity.trust.observations import Observation
from comity.trust.rules import TrustRules
from comity.trust.tallies import Tallies

BINS, DRAWS, SEED = 5, 2000, 1928
"""Stretches of the table of calibration; draws of parties; where the row of draws begins."""


Says = Literal["better", "worse", "not told"]


class Tried(NamedTuple):
    """One duty: who owed it, what was forecast for keeping and for missing it, the base rate of the time, whether it was kept."""

    party: str
    forecast: float
    missing: float
    base: float
    kept: bool


class Bin(NamedTuple):
    """Forecasts from ``low`` up to ``high``: how many, their mean, the share kept."""

    low: float
    high: float
    number: int
    forecast: float | None
    kept: float | None


class Compared(NamedTuple):
    """A score: of the forecasts, of the base rate, the difference (below 0: the forecasts are better) and its interval (None: one party alone)."""

    forecasts: float
    base: float
    difference: float
    between: tuple[float, float] | None

    @property
    def says(self) -> Says:
        """Are the forecasts better than the base rate, or worse, or can that not be told: none, or nought within the interval?"""
        if self.between is None or self.between[0] <= 0 <= self.between[1]:
            return "not told"
        return "better" if self.difference < 0 else "worse"


@dataclass(frozen=True, slots=True)
class Score:
    """The scores of all forecasts that would have been shown: how many, of how many parties; Brier and logarithmic; the table of calibration."""

    number: int
    parties: int
    brier: Compared
    log: Compared
    bins: tuple[Bin, ...]


def tried(observations: Sequence[Observation], kind: str | None, rules: TrustRules) -> list[Tried]:
    """Every duty (of the kind) of which a forecast would have been shown on its due day. ``observations``: by due day."""
    tallies, found = Tallies(rules, kind is not None), list[Tried]()
    for day, due in groupby(observations, key=lambda one: one.due):
        together = list(due)
        for one in together:
            if kind in (None, one.kind):
                of, partner = tallies.kind_of(one), one.owed_to[0] if len(one.owed_to) == 1 else None
                shape = tallies.shape(of, one.owed_by, partner, day)
                if shape.number >= rules.needed:
                    found.append(Tried(one.owed_by, shape.mean, shape.missing, tallies.base_rate(of), one.kept))
        for one in together:
            tallies.add(one)
    return found


def score(trials: Sequence[Tried], rules: TrustRules) -> Score | None:
    """The scores; None: nothing to score."""
    if not trials:
        return None
    brier = _compared(trials, [((t.forecast - t.kept) ** 2, (t.base - t.kept) ** 2) for t in trials], rules)
    logs = _compared(trials, [(-log(t.forecast if t.kept else t.missing), -log(t.base if t.kept else 1 - t.base)) for t in trials], rules)
    return Score(len(trials), len({t.party for t in trials}), brier, logs, tuple(_bins(trials)))


def _compared(trials: Sequence[Tried], losses: Sequence[tuple[float, float]], rules: TrustRules) -> Compared:
    number = len(trials)
    own, base = (sum(some) / number for some in zip(*losses, strict=True))
    by_party = defaultdict[str, list[float]](list)
    for one, (ours, theirs) in zip(trials, losses, strict=True):
        by_party[one.party].append(ours - theirs)
    return Compared(own, base, own - base, _between([(sum(by_party[p]), len(by_party[p])) for p in sorted(by_party)], rules.level))


def _between(sums: Sequence[tuple[float, int]], level: float) -> tuple[float, float] | None:
    """The interval of the mean difference over draws of as many parties, with replacement."""
    if len(sums) < 2:
        return None
    drawing, means = random.Random(SEED), list[float]()
    for _ in range(DRAWS):
        some = drawing.choices(sums, k=len(sums))
        means.append(sum(total for total, _ in some) / sum(number for _, number in some))
    means.sort()
    low, high = (means[int(share * (DRAWS - 1) + 0.5)] for share in ((1 - level) / 2, (1 + level) / 2))
    return low, high


def _bins(trials: Iterable[Tried]) -> Iterable[Bin]:
    found: list[list[Tried]] = [[] for _ in range(BINS)]
    for one in trials:
        found[min(int(one.forecast * BINS), BINS - 1)].append(one)
    for at, some in enumerate(found):
        number = len(some)
        mean, kept = (sum(t.forecast for t in some) / number, sum(t.kept for t in some) / number) if some else (None, None)
        yield Bin(at / BINS, (at + 1) / BINS, number, mean, kept)
