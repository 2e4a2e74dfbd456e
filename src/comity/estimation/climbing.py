"""Newton's way up a concave likelihood: to its peak, which is proved to be one, or to the proof that it has none.

Source: docs/explanation/how-effects-are-estimated.md, sections 3.1 and 4; Albert and Anderson 1984; Bach 2010.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from comity.estimation.samples import Flags, Floats

ROUNDS = 100
"""So many rounds, and it is said not to settle."""
SETTLED = 1e-9
"""A full step that moves no row's log odds by more is the last."""
CLOSE = 1e-3
"""A direction in which some row goes the wrong way by more than this share of the farthest is not looked at more closely."""
TIED = 10.0
"""Rows that move by less than so many times the farthest that goes the wrong way may be rows that should not move at all."""
BESIDE = 1e-8
"""A direction in which no row goes the wrong way by more than this share of the farthest that goes the right way separates the outcomes."""
NO_PEAK: Literal["no peak"] = "no peak"
UNSETTLED: Literal["unsettled"] = "unsettled"


@dataclass(frozen=True, slots=True)
class Curve:
    """A log likelihood at one place: its value, its slope (terms,), and the information (terms, terms): minus the slope's derivative."""

    value: float
    slope: Floats
    information: Floats


@dataclass(frozen=True, slots=True)
class Peak:
    """Where a likelihood is highest, and in how many rounds that was found."""

    at: Floats
    curve: Curve
    rounds: int


@dataclass(frozen=True, slots=True)
class Slope:
    """What is climbed.

    ``curve``: the likelihood at a place.   ``moves``: (rows,), by how much a step moves each row's log odds.
    ``ahead``: (rows,), how much likelier a step makes each row, as its own side counts it; below zero: less likely.
    ``tied``: of flagged rows, what a direction that moves none of them is at right angles to: (any number, terms).
    """

    curve: Callable[[Floats], Curve]
    moves: Callable[[Floats], Floats]
    ahead: Callable[[Floats], Floats]
    tied: Callable[[Flags], Floats]


def climb(slope: Slope, terms: int) -> Peak | Literal["no peak", "unsettled"]:
    """The peak; or that there is none, since going on in some direction makes every row likelier.

    Near a peak a full step moves rows by less and less; where there is none, some rows go on by about one each round.
    """
    at = np.zeros(terms)
    here = slope.curve(at)
    for rounds in range(ROUNDS):
        try:
            step = np.linalg.solve(here.information, here.slope).astype(np.float64)
        except np.linalg.LinAlgError:
            return UNSETTLED
        if np.abs(slope.moves(step)).max() < SETTLED:
            return Peak(at, here, rounds)
        if _separates(step, slope):
            return NO_PEAK
        while not (there := slope.curve(at + step)).value >= here.value - SETTLED * abs(here.value):
            step *= 0.5
        at, here = at + step, there
    return UNSETTLED


def _separates(step: Floats, slope: Slope) -> bool:
    """Whether a direction near the step makes no row less likely: the step, without what moves rows that it moves by next to nothing."""
    ahead = slope.ahead(step)
    wrong = -ahead.min()
    if wrong > CLOSE * ahead.max():
        return False
    way = _levelled(step, slope.tied(ahead < TIED * wrong))
    ahead = slope.ahead(way)
    return bool(way.any() and ahead.min() >= -BESIDE * ahead.max())


def _levelled(direction: Floats, rows: Floats) -> Floats:
    """What is left of the direction when nothing of it moves these rows; zero, if every direction moves some."""
    if not len(rows):
        return direction
    _, sizes, ways = np.linalg.svd(np.linalg.qr(rows, mode="r"))
    still = ways[np.count_nonzero(sizes > BESIDE * sizes.max()) :]
    found: Floats = still.T @ (still @ direction)
    return found
