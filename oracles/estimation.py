"""The slow reading of docs/explanation/how-effects-are-estimated.md, sections 1 to 3: every choice, every two rows, every matrix is written out.

It shares nothing with the fast path but types. Only for small samples whose terms are small whole numbers or halves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise

import numpy as np

from comity.estimation.samples import Floats, Sample
from oracles.estimability import Row, listed, malformed, unfit, unfit_within

ROUNDS = 100
SETTLED = 1e-9
UNSETTLED = "the search does not settle: some terms nearly separate the outcomes, or nearly depend on one another"


@dataclass(frozen=True)
class Told:
    """An estimate. ``errors``: of naive, by pair, dyadic: the matrix, or why there is none; with it how many clusters, and whether it was raised."""

    terms: tuple[str, ...]
    coefficients: Floats
    errors: tuple[tuple[Floats | str, int, bool], ...]
    rows: int
    pairs: int
    log_likelihood: float | None
    left_out: tuple[str, ...]
    notes: tuple[str, ...]
    steps: int = 0


@dataclass(frozen=True)
class Part:
    """What the equation has of one row, or of one pair: its score, and its part of minus the derivative."""

    score: Floats
    bend: Floats
    likelihood: float = 0.0


def rows_of(sample: Sample) -> list[Row]:
    found = []
    for i in range(len(sample.outcome)):
        states = frozenset((int(sample.first[i]), int(sample.second[i])))
        terms = tuple(float(value) for value in sample.design[i])
        found.append(Row(float(sample.outcome[i]), terms, int(sample.pair[i]), states, int(sample.period[i])))
    return found


def by_pair(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of each pair by period."""
    return [sorted((row for row in rows if row.pair == pair), key=lambda row: row.period) for pair in sorted({row.pair for row in rows})]


# Section 2


def errors_of(
    bread: Floats, scores: Sequence[Floats], rows: Sequence[Row], naive: Floats | None = None, spent: int | None = None
) -> tuple[tuple[Floats | str, int, bool], ...]:
    """The three covariances, by sums over every two rows."""
    least = 1e-10 * np.diag(bread if naive is None else naive)
    pairs, states = {row.pair for row in rows}, {state for row in rows for state in row.states}
    together = np.zeros_like(bread)
    sharing = np.zeros_like(bread)
    for one, a in zip(rows, scores, strict=True):
        for other, b in zip(rows, scores, strict=True):
            if one.pair == other.pair:
                together += np.outer(a, b)
            if one.states & other.states:
                sharing += np.outer(a, b)
    of_pair: Floats | str = "there is one pair, and errors by pair need two or more"
    if len(pairs) > 1:
        of_pair = len(pairs) / (len(pairs) - 1) * bread @ together @ bread
        if spent is not None:
            of_pair = of_pair * (len(rows) - 1) / (len(rows) - spent)
    raised = False
    of_states: Floats | str = "every pair shares a state with every other, so no rows are apart from the rest"
    if any(not (one.states & other.states) for one in rows for other in rows):
        values, vectors = np.linalg.eigh(bread)
        root = vectors @ np.diag(np.sqrt(values)) @ vectors.T
        values, vectors = np.linalg.eigh(root @ sharing @ root)
        raised = bool(values.min() < -1e-10 * np.abs(values).max())
        of_states = root @ vectors @ np.diag([max(value, 0.0) for value in values]) @ vectors.T @ root
    found: list[tuple[Floats | str, int, bool]] = []
    for matrix, clusters, was in ((of_pair, len(pairs), False), (of_states, len(states), raised)):
        if not isinstance(matrix, str) and any(np.diag(matrix) <= least):
            lost = "what the rows of a cluster have in common cancels out for some term, so nothing is left to tell its error by"
            found.append((lost, clusters, False))
        else:
            found.append((matrix, clusters, was))
    return ((bread if naive is None else naive), len(rows), False), found[0], found[1]


def intervals(coefficients: Floats, covariance: Floats, level: float) -> list[tuple[float, float, float, float, float, float]]:
    """Coefficient, error, ends, z and p; the normal distribution by adding up its density in small steps."""
    found = []
    reach = reach_of(level)
    for at, value in enumerate(coefficients.tolist()):
        error = math.sqrt(covariance[at][at])
        found.append((value, error, value - reach * error, value + reach * error, value / error, beyond(abs(value / error))))
    return found


@cache
def reach_of(level: float) -> float:
    """How far from zero so many standard normal numbers lie at most, by halving."""
    low, high = 0.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if 1 - beyond(middle) < level else (low, middle)
    return low


def beyond(z: float, steps: int = 200) -> float:
    """How often a standard normal number is farther from zero than z, by Simpson's rule."""
    width = z / steps
    inner = [math.exp(-((i * width) ** 2) / 2) * (1 if i in (0, steps) else 4 if i % 2 else 2) for i in range(steps + 1)]
    return 1 - 2 * math.fsum(inner) * width / 3 / math.sqrt(2 * math.pi)


# Section 3


def logit(sample: Sample) -> Told | str:
    """3.1."""
    rows = rows_of(sample)
    why = malformed(sample.terms, rows) or unfit(sample.terms, rows)
    if why:
        return why
    solved = _solved(lambda at: [chance_of(row, at) for row in rows], len(sample.terms) + 1, _spread([row.terms for row in rows]))
    if solved is None:
        return UNSETTLED
    at, bread, parts, steps = solved
    errors = errors_of(bread, [part.score for part in parts], rows)
    likelihood = math.fsum(part.likelihood for part in parts)
    return Told((*sample.terms, "constant"), at, errors, len(rows), len({row.pair for row in rows}), likelihood, (), (), steps)


def chance_of(row: Row, at: Floats) -> Part:
    terms = np.array([*row.terms, 1.0])
    chance = 1 / (1 + math.exp(-sum(terms * at)))
    likelihood = math.log(chance if row.outcome == 1 else 1 - chance)
    return Part((row.outcome - chance) * terms, chance * (1 - chance) * np.outer(terms, terms), likelihood)


def conditional_logit(sample: Sample) -> Told | str:
    """3.2."""
    rows = rows_of(sample)
    why = malformed(sample.terms, rows)
    if why:
        return why
    every = by_pair(rows)
    pairs = [pair for pair in every if {row.outcome for row in pair} == {0.0, 1.0}]
    if not pairs:
        never = len([pair for pair in every if pair[0].outcome == 0])
        return f"no pair has both outcomes: {never} never have it, {len(every) - never} always"
    moves = [any(len({row.terms[j] for row in pair}) > 1 for pair in pairs) for j in range(len(sample.terms))]
    if not any(moves):
        return f"no term changes within any of the {len(pairs)} pairs whose outcome does"
    names = tuple(name for name, moving in zip(sample.terms, moves, strict=True) if moving)
    still = [name for name, moving in zip(sample.terms, moves, strict=True) if not moving]
    pairs = [[_without(row, moves) for row in pair] for pair in pairs]
    number = sum(len(pair) for pair in pairs)
    why = unfit_within(names, pairs, number)
    if why:
        return why
    means = [[value - sum(r.terms[j] for r in pair) / len(pair) for j, value in enumerate(row.terms)] for pair in pairs for row in pair]
    solved = _solved(lambda at: [choice_of(pair, at) for pair in pairs], len(names), np.array(means))
    if solved is None:
        return UNSETTLED
    at, bread, parts, steps = solved
    errors = errors_of(bread, [part.score for part in parts], [pair[0] for pair in pairs])
    left = len(rows) - number
    told = (f"{left} rows of {len(every) - len(pairs)} pairs whose outcome never changes",) if left else ()
    notes = (f"{listed(still)} left out: no change within any pair that counts",) if still else ()
    return Told(names, at, errors, number, len(pairs), math.fsum(part.likelihood for part in parts), told, notes, steps)


def _without(row: Row, moves: Sequence[bool]) -> Row:
    return Row(row.outcome, tuple(v for v, moving in zip(row.terms, moves, strict=True) if moving), row.pair, row.states, row.period)


def choice_of(pair: Sequence[Row], at: Floats) -> Part:
    """Every choice of as many rows."""
    terms = np.array([row.terms for row in pair])
    happened = [i for i, row in enumerate(pair) if row.outcome == 1]
    sums = [terms[list(chosen)].sum(axis=0) for chosen in combinations(range(len(pair)), len(happened))]
    weights = [math.exp(of @ at) for of in sums]
    whole = math.fsum(weights)
    expected = sum((weight / whole * of for weight, of in zip(weights, sums, strict=True)), np.zeros(len(at)))
    spread = sum((w / whole * np.outer(of - expected, of - expected) for w, of in zip(weights, sums, strict=True)), np.zeros((len(at), len(at))))
    real = terms[happened].sum(axis=0)
    return Part(real - expected, spread, float(real @ at) - math.log(whole))


def gee(sample: Sample) -> Told | str:
    """3.3."""
    rows = rows_of(sample)
    why = malformed(sample.terms, rows)
    if why:
        return why
    every = by_pair(rows)
    pairs = [pair for pair in every if len(pair) > 1]
    if len(pairs) < 2:
        having = "has" if len(pairs) == 1 else "have"
        return f"{len(pairs)} of {len(every)} pairs {having} two rows or more, and two such pairs are needed"
    used = [row for pair in pairs for row in pair]
    why = unfit(sample.terms, used)
    if why:
        return why
    width = len(sample.terms) + 1
    begun = _solved(lambda at: [chance_of(row, at) for row in used], width, _spread([row.terms for row in used]))
    if begun is None:
        return UNSETTLED
    at = begun[0]
    design = np.array([[*row.terms, 1.0] for row in used])
    steps = 0
    while True:
        alpha = alpha_of(pairs, at)
        if abs(alpha) >= 0.999999:
            return f"rows that follow one another would have a correlation of {alpha:.3f}"
        parts = [equation_of(pair, at, alpha) for pair in pairs]
        bread = np.asarray(np.linalg.inv(sum((part.bend for part in parts), np.zeros((width, width)))), dtype=np.float64)
        step = bread @ sum((part.score for part in parts), np.zeros(width))
        if np.abs(design @ step).max() < SETTLED:
            break
        at, steps = at + step, steps + 1
        if steps == ROUNDS or not all(abs(odds) <= 30 for odds in design @ at):
            return UNSETTLED
    naive, *others = errors_of(bread, [part.score for part in parts], [pair[0] for pair in pairs])
    left = len(rows) - len(used)
    told = (f"{left} rows, the only one of their pair",) if left else ()
    notes = (f"working correlation of rows that follow one another: {alpha:.5f}",)
    return Told((*sample.terms, "constant"), at, ((naive[0], len(used), False), *others), len(used), len(pairs), None, told, notes, steps)


def alpha_of(pairs: Sequence[Sequence[Row]], at: Floats) -> float:
    left = [[(row.outcome - p) / math.sqrt(p * (1 - p)) for row, p in zip(pair, _chances(pair, at), strict=True)] for pair in pairs]
    products = [a * b for of in left for a, b in pairwise(of)]
    squares = [one**2 for of in left for one in of]
    return (math.fsum(products) / len(products)) / (math.fsum(squares) / len(squares))


def equation_of(pair: Sequence[Row], at: Floats, alpha: float) -> Part:
    """D' V^-1 (y - mu) and D' V^-1 D, as they are written."""
    design = np.array([[*row.terms, 1.0] for row in pair])
    chances = np.array(_chances(pair, at))
    a = np.diag(chances * (1 - chances))
    working = np.array([[alpha ** abs(i - j) for j in range(len(pair))] for i in range(len(pair))])
    variance = np.sqrt(a) @ working @ np.sqrt(a)
    change = a @ design
    weighed = change.T @ np.linalg.inv(variance)
    return Part(weighed @ (np.array([row.outcome for row in pair]) - chances), weighed @ change)


def _chances(pair: Sequence[Row], at: Floats) -> list[float]:
    return [1 / (1 + math.exp(-float(np.array([*row.terms, 1.0]) @ at))) for row in pair]


def _spread(terms: Sequence[Sequence[float]]) -> Floats:
    """The rows by which a step is measured."""
    return np.array([[*row, 1.0] for row in terms])


def _solved(parts_at: Callable[[Floats], list[Part]], width: int, measured: Floats) -> tuple[Floats, Floats, list[Part], int] | None:
    """3.4: Newton's steps."""
    at = np.zeros(width)
    for steps in range(ROUNDS):
        parts = parts_at(at)
        bread = np.linalg.inv(np.sum([part.bend for part in parts], axis=0))
        step = bread @ np.sum([part.score for part in parts], axis=0)
        if np.abs(measured @ step).max() < SETTLED:
            return at, bread, parts, steps
        here = math.fsum(part.likelihood for part in parts)
        while math.fsum(part.likelihood for part in parts_at(at + step)) < here - 1e-9 * abs(here):
            step = step / 2
        at = at + step
    return None
