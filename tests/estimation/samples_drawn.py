"""Small samples drawn by a seed, and whether the estimators that ship and the slow reading have the same of each.

Terms are whole numbers and halves, so that what is exactly so (a term that depends on others, or separates) can be told exactly.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from itertools import combinations

import numpy as np

from comity.estimation import ERRORS, Estimate, Floats, Refusal, Sample, conditional_logit, covariances, gee, intervals, logit
from oracles import estimation as slow

SAMPLES = 240
"""So many: those that are drawn, and behind them those of ``MADE``."""
NAMES = ("a", "b", "c", "d")
MADE: tuple[tuple[int, str, tuple[tuple[float, ...], ...]], ...] = (
    (2, "01010110", ((0, 3000, 0.5, -0.5, 0.5, 0, 0, -0.5),)),
    (1, "00011011", ((0, 0, 0, 0, 1, 1, 100, 100), (0, 1, 1, 1, 1, 100, 1, 100))),
)
"""Rows of each pair, the outcome of all, their terms: all but separated by one row far out; one in which Newton's first steps go too far."""
TWO = ((10, 11), (10, 12), (11, 13), (12, 13), (10, 13), (11, 12), (13, 14), (12, 14))
Fast = Callable[[Sample], Estimate | Refusal]
Slow = Callable[[Sample], "slow.Told | str"]
BOTH: dict[str, tuple[Fast, Slow]] = {
    "logit": (logit, slow.logit),
    "conditional logit": (conditional_logit, slow.conditional_logit),
    "gee": (gee, slow.gee),
}


def drawn(seed: int) -> Sample:
    """A sample: a few pairs of a few states over a few periods, some with what makes an estimator refuse it; the last are made by hand."""
    if seed >= SAMPLES - len(MADE):
        return _made(*MADE[seed - SAMPLES])
    rng = random.Random(seed)
    states = list(range(10, 10 + rng.choice((2, 3, 4, 4, 5, 6))))
    every = list(combinations(states, 2))
    pairs = rng.sample(every, min(len(every), rng.choice((1, 2, 3, 4, 5, 6, 8))))
    if rng.random() < 0.2:
        pairs = [*pairs, pairs[0][::-1]]
    most = rng.choice((1, 2, 4, 6, 9))
    rows = [(at, *pair, 1990 + period) for at, pair in enumerate(pairs) for period in rng.sample(range(12), rng.randint(1, most))]
    rng.shuffle(rows)
    number = rng.choice((0, 1, 1, 1, 2, 2, 2, *((3, 3, 4) if len(rows) < 12 else (2, 3) if len(rows) < 20 else (2,))))
    if len(rows) in (3, 4):
        number = 4
    if rng.random() < 0.03:
        rows = []
    design = np.array([[_term(rng, j) for j in range(number)] for _ in rows], dtype=float).reshape(len(rows), number)
    levels = {at: rng.uniform(-1.5, 1.5) for at in range(len(pairs))}
    odds = [levels[row[0]] + sum(line) * rng.choice((0.3, 0.3, 1.0)) for row, line in zip(rows, design.tolist(), strict=True)]
    outcome = np.array([float(rng.random() < 1 / (1 + np.exp(-one))) for one in odds])
    _spoil(rng, design, outcome, [row[0] for row in rows])
    who = np.array(rows, dtype=np.int64).reshape(len(rows), 4)
    return Sample(outcome, design, NAMES[:number], who[:, 0], who[:, 1], who[:, 2], who[:, 3])


def _made(each: int, outcome: str, terms: tuple[tuple[float, ...], ...]) -> Sample:
    pair = np.arange(len(outcome)) // each
    first, second = np.array(TWO)[pair].T
    rows = np.array([float(one) for one in outcome]), np.array(terms, dtype=float).T
    return Sample(*rows, NAMES[: len(terms)], pair, first, second, 1990 + np.arange(len(outcome)) % each)


def _term(rng: random.Random, at: int) -> float:
    return float(rng.choice((0, 1))) if at % 2 else rng.choice((-1.0, -0.5, 0.0, 0.5, 1.0, 2.0))


def _spoil(rng: random.Random, design: Floats, outcome: Floats, pairs: list[int]) -> None:
    """Now and then something is wrong with it."""
    if not design.size:
        return
    last = design.shape[1] - 1
    match rng.choice((*range(10), 10, 10, *[-1] * 14)):
        case 0:
            design[:, last] = rng.choice((0.0, 2.5))
        case 1 if last > 0:
            design[:, last] = 2 * design[:, 0] - 1
        case 2 if last > 1:
            design[:, last] = design[:, 0] - design[:, 1] + 0.5
        case 3:
            outcome[:] = rng.choice((0.0, 1.0))
        case 4:
            design[:, last] = outcome * rng.choice((0, 1, 1)) + rng.choice((-1, 1, 1)) * (outcome == 1) + 0.0
        case 5 if last > 0:
            design[:, last] = np.where(outcome == 1, 1.0, -0.5) - design[:, 0]
        case 6:
            design[:, last] = [float(pair % 2) + 0.5 * (pair == 2) for pair in pairs]
        case 7 if last > 0:
            design[:, last] = [2 * one + pair for one, pair in zip(design[:, 0], pairs, strict=True)]
        case 8:
            design[rng.randrange(len(design)), last] = rng.choice((np.nan, np.inf))
        case 9:
            outcome[rng.randrange(len(outcome))] = rng.choice((np.nan, 2.0, 0.5))
        case 10:
            outcome[:] = [float(pair % 2) if rng.random() < 0.9 else float(rng.random() < 0.5) for pair in pairs]


@cache
def slowly(name: str, seed: int) -> slow.Told | str:
    """What the slow reading says of a drawn sample."""
    return BOTH[name][1](drawn(seed))


def difference(name: str, seed: int) -> str:
    """Where the two differ; nothing if they do not."""
    found, want = BOTH[name][0](drawn(seed)), slowly(name, seed)
    if isinstance(found, Refusal) or isinstance(want, str):
        said = found.why if isinstance(found, Refusal) else "an estimate"
        asked = want if isinstance(want, str) else "an estimate"
        return "" if said == asked else f"{said} | {asked}"
    likelihood = (found.log_likelihood is None) == (want.log_likelihood is None) and near(found.log_likelihood or 0.0, want.log_likelihood or 0.0)
    same = {
        "names": (found.terms, found.rows, found.pairs, found.left_out, found.notes)
        == (want.terms, want.rows, want.pairs, want.left_out, want.notes),
        "likelihood": likelihood,
        "steps": found.steps == want.steps,
        "coefficients": near(found.coefficients, want.coefficients),
        "errors": covariances_agree(found, want.errors),
    }
    return ", ".join(what for what, holds in same.items() if not holds)


def covariances_agree(found: Estimate, want: tuple[tuple[Floats | str, int, bool], ...]) -> bool:
    for ours, (matrix, clusters, raised) in zip(found.covariances, want, strict=True):
        if ours.clusters != clusters or bool(ours.note) != raised:
            return False
        if isinstance(matrix, str) or ours.matrix is None:
            if ours.matrix is not None or ours.why != matrix:
                return False
        elif ours.why or not near(ours.matrix, matrix):
            return False
    return True


def near(ours: Floats | float, theirs: Floats | float) -> bool:
    """To six digits of the largest."""
    return bool(np.abs(np.asarray(ours) - np.asarray(theirs)).max(initial=0.0) <= 1e-6 * max(np.abs(np.asarray(theirs)).max(initial=0.0), 1.0))


def agrees(name: str) -> bool:
    return not any(difference(name, seed) for seed in range(SAMPLES))


def agree() -> bool:
    return all(agrees(name) for name in BOTH) and factors_agree()


def factors_agree() -> bool:
    """Of scores that are drawn, with a covariance of its own for naive, and coefficients spent: what a linear model asks for."""
    for seed in range(SAMPLES // 8):
        sample, rng = drawn(seed), np.random.default_rng(seed)
        if len(sample) < 6:
            continue
        scores, half = rng.normal(size=(len(sample), 2)), rng.normal(size=(2, 2))
        bread, naive = half @ half.T + np.eye(2), np.diag(rng.uniform(1, 2, size=2))
        ours = covariances(bread, scores, sample, naive=naive, spent=3)
        found = Estimate("drawn", "probability", ("a", "b"), np.zeros(2), ours, len(sample), 0)
        if not covariances_agree(found, slow.errors_of(bread, list(scores), slow.rows_of(sample), naive, 3)):
            return False
    return True


def intervals_agree() -> bool:
    """Of the pooled logit, at two levels."""
    for seed in range(SAMPLES // 4):
        found, want = logit(drawn(seed)), slowly("logit", seed)
        if isinstance(want, str) or isinstance(found, Refusal):
            continue
        for errors, (matrix, _, _) in zip(ERRORS, want.errors, strict=True):
            for level in (None, 0.8):
                told = intervals(found, errors) if level is None else intervals(found, errors, level=level)
                if isinstance(matrix, str) or isinstance(told, Refusal):
                    if not isinstance(told, Refusal) or told.why != matrix:
                        return False
                    continue
                slowly_told = slow.intervals(want.coefficients, matrix, 0.95 if level is None else level)
                ours = np.array([(one.coefficient, one.error, one.low, one.high, one.z, one.p) for one in told])
                if tuple(one.term for one in told) != want.terms or not near(ours, np.array(slowly_told)):
                    return False
    return True
