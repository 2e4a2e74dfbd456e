"""Panels made by a program, whose effects are known: who is treated when, which rows go together, what is true.

An outcome is 1 where a uniform number lies below the row's chance. Dependence is in the uniform numbers alone (a normal number for each row, of which
parts are shared), so that every row's chance is exactly what the design says, however rows go together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from comity.estimation import Floats, Sample, Whole

STATES, PAIRS, PERIODS = 120, 480, 10
LOG_ODDS, GAIN = 0.6, 0.12
"""The effect in log odds, and in probability."""
COHORTS = (3, 5, 7)
GAINS = (0.20, 0.10, 0.02)
GROWTH = 0.04
NEVER = 10**6


@dataclass(frozen=True)
class Design:
    """What a panel is like.   ``levels``: how far pairs differ, in log odds.   ``chosen``: how much a pair's level draws treatment.

    ``lasting``: correlation of a row's shock with the pair's next.   ``shared``: the share of a shock's variance that comes from the two states;
    then treatment comes by state too.   ``staggered``: effects differ by cohort and grow.
    """

    name: str
    what: str
    levels: float = 0.0
    chosen: float = 0.0
    lasting: float = 0.0
    shared: float = 0.0
    staggered: bool = False


DESIGNS = (
    Design("independent rows", "rows have nothing to do with one another"),
    Design(
        "levels that draw treatment",
        "pairs differ, and those with a higher level are treated more often; rows are independent given the pair",
        1.0,
        1.5,
    ),
    Design("lasting shocks", "a pair's shock lasts: correlation 0.8 from one period to the next", lasting=0.8),
    Design("shocks of states", "a state's shock is shared by all its pairs and lasts; treatment comes by state", lasting=0.8, shared=0.7),
    Design(
        "effects that differ and grow", "three cohorts; the earlier the larger the effect, and it grows; lasting shocks", lasting=0.5, staggered=True
    ),
)


@dataclass(frozen=True)
class Panel:
    """A sample for estimators of log odds, one for those of probabilities (the same rows, treatment and shocks), and the first period treated."""

    of_odds: Sample
    of_chances: Sample
    first: Whole


def panel(design: Design, seed: int, times: int = 1) -> Panel:
    """A panel of the design.   ``times``: how many times larger than usual."""
    rng = np.random.default_rng([seed, DESIGNS.index(design)])
    states, pairs = STATES * times, PAIRS * times
    one = np.arange(pairs) % states
    two = (one + 1 + np.arange(pairs) // states * 7 + rng.integers(0, 7, pairs)) % states
    level = rng.choice((-1.0, 1.0), pairs) * design.levels
    drawn = design.chosen * level + rng.logistic(size=pairs)
    if design.shared:
        pull = rng.normal(size=states)
        drawn = pull[one] + pull[two] + 0.5 * rng.normal(size=pairs)
    first = np.where(drawn > 0, rng.choice(COHORTS, pairs), NEVER)
    if design.shared:
        first = np.where(drawn > 0, np.array(COHORTS)[np.clip((drawn / 0.9).astype(int), 0, 2)], NEVER)
    noise = _lasting(rng, pairs, design.lasting)
    if design.shared:
        of_states = _lasting(rng, states, design.lasting)
        noise = math.sqrt(1 - design.shared) * noise + math.sqrt(design.shared / 2) * (of_states[one] + of_states[two])
    uniform = _normal_below(noise).ravel()
    pair, period = np.repeat(np.arange(pairs), PERIODS), np.tile(np.arange(PERIODS), pairs)
    treated = (period >= first[pair]).astype(np.float64)
    odds = -0.4 + level[pair] + LOG_ODDS * treated
    chance = 0.25 + 0.1 * level[pair] + 0.01 * period + effect(design, first[pair], period)

    def sample(chances: Floats) -> Sample:
        return Sample((uniform < chances).astype(np.float64), treated[:, None], ("treated",), pair, one[pair], two[pair], period)

    return Panel(sample(1 / (1 + np.exp(-odds))), sample(chance), first)


def effect(design: Design, first: Whole, period: Whole) -> Floats:
    """The effect on the chance in each row."""
    since = period - first
    if not design.staggered:
        return np.where(since >= 0, GAIN, 0.0)
    gain = sum((np.where(first == cohort, own, 0.0) for cohort, own in zip(COHORTS, GAINS, strict=True)), np.zeros(len(first)))
    return np.where(since >= 0, gain + GROWTH * np.maximum(since, 0), 0.0)


def marginal_log_odds(design: Design) -> float:
    """By how much would the log odds of the outcome over *all* pairs differ, were all treated or none?"""

    def chance(treated: float) -> float:
        return sum(1 / (1 + math.exp(0.4 - level - LOG_ODDS * treated)) for level in (-design.levels, design.levels)) / 2

    return math.log(chance(1) / (1 - chance(1))) - math.log(chance(0) / (1 - chance(0)))


def _lasting(rng: np.random.Generator, many: int, lasting: float) -> Floats:
    """(many, periods): normal numbers, each correlated with the next."""
    found = rng.normal(size=(many, PERIODS))
    for period in range(1, PERIODS):
        found[:, period] = lasting * found[:, period - 1] + math.sqrt(1 - lasting**2) * found[:, period]
    return found


@cache
def _grid() -> tuple[Floats, Floats]:
    at = np.linspace(-6, 6, 4001)
    return at, np.array([0.5 * math.erfc(-one / math.sqrt(2)) for one in at])


def _normal_below(values: Floats) -> Floats:
    """How often a normal number lies below each."""
    at, below = _grid()
    return np.interp(values, at, below)
