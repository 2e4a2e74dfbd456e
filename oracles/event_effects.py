"""The slow reading of docs/explanation/how-effects-are-estimated.md, section 5: dummies, differences by hand, sums by enumeration.

It shares nothing with the fast path but types.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from comity.estimation.samples import Floats, Sample

Row = tuple[int, int]
"""Pair and period."""
NOUGHT = 1e-9


@dataclass
class Panel:
    """A sample, row by row."""

    rows: list[Row]
    outcome: dict[Row, float]
    terms: dict[Row, list[float]]
    states: dict[int, set[int]]

    def only(self, rows: Iterable[Row]) -> Panel:
        kept = set(rows)
        return Panel([row for row in self.rows if row in kept], self.outcome, self.terms, self.states)


@dataclass
class Told:
    """Coefficients with their covariances: naive, by pair, dyadic (null where there is none)."""

    values: list[float]
    covariances: list[Floats | None]
    raised: bool
    rows: int
    effects: int = 0
    terms: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    unmatched: int = 0


def panel(sample: Sample) -> Panel:
    rows = [(int(pair), int(period)) for pair, period in zip(sample.pair, sample.period, strict=True)]
    return Panel(
        rows,
        dict(zip(rows, map(float, sample.outcome), strict=True)),
        {row: [float(one) for one in line] for row, line in zip(rows, sample.design, strict=True)},
        {row[0]: {int(a), int(b)} for row, a, b in zip(rows, sample.first, sample.second, strict=True)},
    )


# 2 and 5.1


def covariances(world: Panel, bread: Floats, scores: list[Floats], naive: Floats, by_pair: float) -> tuple[list[Floats | None], bool]:
    """Section 2, of any two rows: whether they go together; and whether the last was raised. ``by_pair``: a factor beside pairs / (pairs - 1)."""
    pairs = {row[0] for row in world.rows}
    states = set().union(*(world.states[pair] for pair in pairs))
    lines = np.array(scores)
    same = np.array([[float(one[0] == other[0]) for other in world.rows] for one in world.rows])
    share = np.array([[float(bool(world.states[one[0]] & world.states[other[0]])) for other in world.rows] for one in world.rows])
    together, shared = lines.T @ same @ lines, lines.T @ share @ lines
    apart = any(not world.states[a] & world.states[b] for a in pairs for b in pairs)
    factor = len(pairs) / (len(pairs) - 1) * by_pair if len(pairs) > 1 else math.nan
    dyadic, raised = _raised(bread, shared) if apart and len(states) > 3 else (None, False)
    found = [naive, bread @ together @ bread * factor if len(pairs) > 1 else None, dyadic]
    return [None if one is None or any(one[i, i] <= 1e-10 * naive[i, i] for i in range(len(one))) else one for one in found], raised


def _raised(bread: Floats, middle: Floats) -> tuple[Floats, bool]:
    """Directions of negative variance are set to nought, in the measure that the bread gives."""
    values, axes = np.linalg.eigh(bread)
    root = axes @ np.diag(np.sqrt(values)) @ axes.T
    sizes, ways = np.linalg.eigh(root @ middle @ root)
    found: Floats = root @ ways @ np.diag([max(size, 0.0) for size in sizes]) @ ways.T @ root
    return found, min(sizes) < -1e-10 * max(abs(size) for size in sizes)


def linear(world: Panel, absorb: Sequence[str]) -> Told | None:
    """Section 5.1: a dummy for each pair and for each period."""
    which: dict[str, Callable[[Row], int]] = {"pair": lambda row: row[0], "period": lambda row: row[1]}
    for way in absorb:
        if len({which[way](row) for row in world.rows}) < 2:
            return None
    rows = list(world.rows)
    while True:
        stay = [row for row in rows if all(sum(which[way](row) == which[way](other) for other in rows) > 1 for way in absorb)]
        if len(stay) == len(rows):
            break
        rows = stay
    if not rows:
        return None
    kept = world.only(rows)
    dummies = [[1.0 if which[way](row) == value else 0.0 for row in rows] for way in absorb for value in sorted({which[way](row) for row in rows})]
    effects = np.array(dummies or [[1.0] * len(rows)]).T
    design, outcome = np.array([world.terms[row] for row in rows]), np.array([world.outcome[row] for row in rows])
    design = design.reshape(len(rows), -1)
    size = np.linalg.matrix_rank(effects)
    clean = design - effects @ np.linalg.pinv(effects) @ design
    says = [number for number in range(design.shape[1]) if np.linalg.norm(clean[:, number]) > NOUGHT * np.linalg.norm(design[:, number])]
    if not says:
        return None
    design, clean = design[:, says], clean[:, says]
    together = np.hstack((effects, design))
    spent = int(size) + design.shape[1]
    if np.linalg.matrix_rank(together) < spent or len(rows) <= spent:
        return None
    solving = np.linalg.pinv(together)
    inverse, every = solving @ solving.T, solving @ outcome
    rest = outcome - together @ every
    bread = inverse[effects.shape[1] :, effects.shape[1] :]
    scores = [clean[number] * rest[number] for number in range(len(rows))]
    naive = sum((np.outer(score, score) for score in scores), np.zeros_like(bread))
    naive = bread @ naive @ bread * len(rows) / (len(rows) - spent)
    least = NOUGHT * math.sqrt(float(outcome @ outcome))
    if any(math.sqrt(max(0.0, naive[i, i])) <= least * math.sqrt(bread[i, i]) for i in range(len(bread))):
        return None
    counted = spent - (len({row[0] for row in rows}) - 1 if "pair" in absorb else 0)
    found = covariances(kept, bread, scores, naive, (len(rows) - 1) / (len(rows) - counted))
    return Told([float(one) for one in every[effects.shape[1] :]], *found, rows=len(rows), effects=int(size), terms=says)


# 5.2


@dataclass
class Timing:
    first: dict[int, int]
    rows: list[Row]
    never: int = 0
    switching: int = 0
    always: int = 0
    doubtful: int = 0
    reversals: int = 0
    treated: int = 0
    after_reversal: int = 0


def timing(world: Panel, term: int) -> Timing | None:
    """Section 5.2, pair by pair."""
    on = {row: world.terms[row][term] for row in world.rows}
    if set(on.values()) != {0.0, 1.0}:
        return None
    found = Timing({}, [], treated=sum(1 for value in on.values() if value))
    for pair in sorted({row[0] for row in world.rows}):
        mine = sorted(row for row in world.rows if row[0] == pair)
        ends = [now for before, now in pairwise(mine) if on[before] and not on[now]]
        found.reversals += len(ends)
        treated = [row for row in mine if on[row]]
        if not treated:
            found.never += 1
            found.rows += mine
        elif on[mine[0]]:
            found.always += 1
        elif (pair, treated[0][1] - 1) not in mine:
            found.doubtful += 1
        else:
            found.switching += 1
            found.first[pair] = treated[0][1]
            stay = [row for row in mine if not ends or row < ends[0]]
            found.rows += stay
            found.after_reversal += len(mine) - len(stay)
    return found


def refused(world: Panel, term: int) -> bool:
    told = timing(world, term)
    return told is None or told.switching < 2 or len({row[1] for row in world.rows}) < 2


# 5.3


def event_study(world: Panel, term: int, leads: int, lags: int, never_alone: bool) -> Told | None:
    """Section 5.3: each row's difference in differences by hand."""
    when = timing(world, term)
    if when is None or refused(world, term):
        return None
    seen, kept = set(when.rows), world.only(when.rows)
    own: dict[int, dict[Row, float]] = {}
    taken: dict[int, list[tuple[Row, float]]] = {}
    unmatched = 0
    for pair, begins in when.first.items():
        for time in [time for time in range(-leads, lags + 1) if time != -1]:
            then, before = (pair, begins + time), (pair, begins - 1)
            if then not in seen:
                continue
            others = []
            for other in sorted({row[0] for row in kept.rows}):
                later = when.first.get(other, math.inf)
                if later == begins or not {(other, begins + time), (other, begins - 1)} <= seen:
                    continue
                if (later == math.inf) if never_alone else (later > begins + time and later > begins - 1):
                    others.append(other)
            if not others:
                unmatched += 1
                continue
            changes = {other: world.outcome[other, begins + time] - world.outcome[other, begins - 1] for other in others}
            mean = sum(changes.values()) / len(changes)
            own.setdefault(time, {})[then] = world.outcome[then] - world.outcome[before] - mean
            taken.setdefault(time, []).extend(((other, begins + time), -(change - mean) / len(others)) for other, change in changes.items())
    return _told(kept, own, lambda time: taken.get(time, []), unmatched)


def _told(kept: Panel, own: dict[int, dict[Row, float]], taken: Callable[[int], list[tuple[Row, float]]], unmatched: int) -> Told | None:
    """Means by time and on average, with the errors of their influences. ``taken``: what other rows add to the sum of the effects at a time."""
    times = sorted(time for time, effects in own.items() if len(effects) >= 2 and _differ(effects, taken(time)))
    after = [time for time in times if time >= 0]
    if not after:
        return None
    counts = [len(own[time]) for time in times]
    whole = sum(len(own[time]) for time in after)
    shares = [len(own[time]) / whole if time >= 0 else 0.0 for time in times]
    values = [sum(own[time].values()) / len(own[time]) for time in times]
    influence = {row: np.zeros(len(times) + 1) for row in kept.rows}
    for number, (time, value) in enumerate(zip(times, values, strict=True)):
        for row, effect in own[time].items():
            influence[row][number] += (effect - value) / len(own[time])
        for row, part in taken(time):
            influence[row][number] += part / len(own[time])
    for line in influence.values():
        line[-1] = sum(share * one for share, one in zip(shares, line, strict=False))
    scores = [influence[row] for row in kept.rows]
    naive = sum((np.outer(score, score) for score in scores), np.zeros((len(times) + 1, len(times) + 1)))
    every = [*values, sum(share * value for share, value in zip(shares, values, strict=True))]
    found = covariances(kept, np.eye(len(every)), scores, naive, 1.0)
    return Told(every, *found, rows=len(kept.rows), times=times, counts=counts, shares=shares, unmatched=unmatched)


def _differ(effects: dict[Row, float], others: list[tuple[Row, float]]) -> bool:
    """Whether the time's naive error is above a billionth."""
    mean = sum(effects.values()) / len(effects)
    parts = {row: effect - mean for row, effect in effects.items()}
    for row, part in others:
        parts[row] = parts.get(row, 0.0) + part
    return math.sqrt(sum(part * part for part in parts.values())) / len(effects) > NOUGHT


# 5.4


def imputed(world: Panel, term: int, lags: int) -> Told | None:
    """Section 5.4: what an untreated row moves is seen by moving it."""
    when = timing(world, term)
    if when is None or refused(world, term):
        return None
    kept = world.only(when.rows)
    far = {row: row[1] - when.first.get(row[0], 10**9) for row in kept.rows}
    plain = [row for row in kept.rows if far[row] < 0]
    pairs, periods = sorted({row[0] for row in plain}), sorted({row[1] for row in plain})
    ends = [("pair", one) for one in pairs] + [("period", one) for one in periods]
    dummies = np.array([[1.0 if name in (("pair", row[0]), ("period", row[1])) else 0.0 for name in ends] for row in plain])
    fit = np.linalg.pinv(dummies)
    asked = [row for row in kept.rows if 0 <= far[row] <= lags]
    joined = [row for row in asked if _joined(row, plain)]

    def expected(outcome: Floats, row: Row) -> float:
        effects = dict(zip(ends, fit @ outcome, strict=True))
        return float(effects["pair", row[0]] + effects["period", row[1]])

    seen = np.array([world.outcome[row] for row in plain])
    own: dict[int, dict[Row, float]] = {}
    for row in joined:
        own.setdefault(far[row], {})[row] = world.outcome[row] - expected(seen, row)
    rest = {row: world.outcome[row] - expected(seen, row) for row in plain}
    pulls = {row: {each: expected(np.eye(len(plain))[number], each) for each in joined} for number, row in enumerate(plain)}

    def taken(time: int) -> list[tuple[Row, float]]:
        return [(row, -sum(pulls[row][each] for each in own[time]) * rest[row]) for row in plain]

    return _told(kept, own, taken, len(asked) - len(joined))


def _joined(row: Row, plain: list[Row]) -> bool:
    """Whether one comes from the row's pair to its period over rows, from a pair to a period in which it is and back."""
    pairs, periods = {row[0]}, set[int]()
    while True:
        more = {period for pair, period in plain if pair in pairs}
        found = {pair for pair, period in plain if period in more}
        if found <= pairs and more <= periods:
            return row[1] in periods
        pairs, periods = pairs | found, periods | more


# 5.5


def two_way_weights(world: Panel, term: int) -> tuple[int, int, float] | None:
    """Section 5.5: what is left of the treatment in the regression of it on everything else."""
    told = linear(world, ("pair", "period"))
    if told is None or term not in told.terms or not {world.terms[row][term] for row in world.rows} <= {0.0, 1.0}:
        return None
    names = sorted({row[0] for row in world.rows}), sorted({row[1] for row in world.rows})
    everything = np.array(
        [
            [float(row[0] == one) for one in names[0]]
            + [float(row[1] == one) for one in names[1]]
            + [x for n, x in enumerate(world.terms[row]) if n != term]
            for row in world.rows
        ]
    )
    treated = np.array([world.terms[row][term] for row in world.rows])
    rest = treated - everything @ np.linalg.pinv(everything) @ treated
    weights = [float(one) for one, on in zip(rest, treated, strict=True) if on]
    weights = [one / sum(weights) for one in weights]
    below = [one for one in weights if one < -NOUGHT]
    return len(weights), len(below), sum(below)


def two_way_event_study(world: Panel, term: int, leads: int, lags: int) -> Told | None:
    """Section 5.5: one term for each time that there is, without the period before; the ends stand for all beyond."""
    when = timing(world, term)
    if when is None or refused(world, term):
        return None
    kept = world.only(when.rows)
    far = {row: min(max(row[1] - when.first[row[0]], -leads), lags) for row in kept.rows if row[0] in when.first}
    times = [time for time in sorted(set(far.values())) if time != -1]
    terms = {row: [float(far.get(row) == time) for time in times] for row in kept.rows}
    found = linear(Panel(kept.rows, world.outcome, terms, world.states), ("pair", "period"))
    if found is not None:
        found.times = [times[number] for number in found.terms]
    return found
