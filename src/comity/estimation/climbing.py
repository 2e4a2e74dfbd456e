"""Newton's way up a concave likelihood: to its peak, which is proved to be one, or to the proof that it has none.

Source: docs/explanation/how-effects-are-estimated.md, sections 3.1 and 4; Albert and Anderson 1984; Bach 2010.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from comity.estimation.samples import Floats

ROUNDS = 100
"""So many rounds, and it is said not to settle."""
SETTLED = 1e-9
"""A full step that moves no row's log odds by more is the last."""
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


def climb(
    curve: Callable[[Floats], Curve], odds: Callable[[Floats], Floats], separates: Callable[[Floats], bool], terms: int
) -> Peak | Literal["no peak", "unsettled"]:
    """The peak; or that there is none, since going on in some direction makes every row likelier.

    ``odds``: (rows,), by how much a step moves each row.   ``separates``: whether a step makes no row less likely.
    Near a peak a full step moves rows by less and less; where there is none, some rows go on by about one each round.
    """
    at = np.zeros(terms)
    here = curve(at)
    for rounds in range(1, ROUNDS + 1):
        try:
            step = np.linalg.solve(here.information, here.slope).astype(np.float64)
        except np.linalg.LinAlgError:
            return UNSETTLED
        if np.abs(odds(step)).max() < SETTLED:
            return Peak(at + step, curve(at + step), rounds)
        if separates(step):
            return NO_PEAK
        there = curve(at + step)
        while not there.value >= here.value - SETTLED * abs(here.value):
            step = step / 2
            there = curve(at + step)
        at, here = at + step, there
    return UNSETTLED
