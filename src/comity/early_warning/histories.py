"""What periods leave behind: disputes of pairs, of states, of their friends and neighbours, folded one by one, so that nothing later is in it.

Source: docs/explanation/how-warnings-are-made.md, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from comity.early_warning.steps import WarningStep

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]
_REGIONS = (200, 400, 600, 700, 900)
"""Codes of the Correlates of War from which on a state is in Europe, Africa, the Middle East, Asia, Oceania; below: the Americas."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened in one period between all pairs; each table is (states, states) and the same both ways.

    ``present``: both were members.   ``began``, ``ongoing``: a dispute between them.   ``wars``: of one it is told that it was a war;
    ``deadly``: that there were deaths.
    """

    present: Flags
    began: Flags
    ongoing: Flags
    wars: Flags
    deadly: Flags


@dataclass(frozen=True, slots=True)
class Standing:
    """How all pairs stood in a year; (states, states), the same both ways.

    ``relevant``: contiguous, or one a major power.   ``allied``, ``contiguous``: they are.
    """

    relevant: Flags
    allied: Flags
    contiguous: Flags


_GRAVE, _WORLD = 10, 5
"""Years after which a war, or a dispute with deaths, counts half; and the world's share of pairs with a new dispute."""


class Histories:
    """All that was, up to the period that was passed last. ``codes``: of the states, in order."""

    def __init__(self, codes: Whole, step: WarningStep) -> None:
        states = len(codes)
        self._step = step
        self._own = {half: np.zeros((states, states)) for half in step.half_lives}
        self._wars, self._deadly, self._count = (np.zeros((states, states)) for _ in range(3))
        self._quiet = np.zeros((states, states))
        self._age, self._world = np.zeros(states), np.nan
        self._region = np.searchsorted(_REGIONS, codes, side="right")
        self._last: tuple[Happened, Standing] | None = None

    def pass_(self, period: Happened, standing: Standing) -> None:
        """One period more. ``standing``: of the last year that is known at its end."""
        for half, kept in self._own.items():
            kept *= 0.5 ** (1 / half)
            kept += period.began
        for kept, new in ((self._wars, period.wars), (self._deadly, period.deadly)):
            kept *= 0.5 ** (1 / (_GRAVE * self._step.in_year))
            kept += new
        self._count += period.began
        self._quiet = np.where(period.ongoing, 0, self._quiet + period.present)
        self._age += period.present.any(axis=1)
        rate = period.began[standing.relevant].mean() if standing.relevant.any() else 0.0
        self._world = rate if np.isnan(self._world) else self._world + (1 - 0.5 ** (1 / (_WORLD * self._step.in_year))) * (rate - self._world)
        self._last = period, standing

    def of_pairs(self, first: Whole, second: Whole) -> dict[str, Floats]:
        """By feature, what is known of each pair at the end of the period that was passed last."""
        assert self._last is not None, "no period has been passed"
        (last, standing), pair, step = self._last, (first, second), self._step
        found = {f"disputes_{half}": self._own[half][pair] for half in step.half_lives}
        found |= {"quiet": self._quiet[pair], "log_quiet": np.log1p(self._quiet[pair]), "ongoing": last.ongoing[pair].astype(float)}
        found |= {"all_disputes": np.log1p(self._count[pair]), "wars": self._wars[pair], "deadly_disputes": self._deadly[pair]}
        for half in step.of_others:
            others = self._own[half].sum(axis=1)
            found |= low_high(f"others_{half}", *(np.log1p(np.maximum(others[one] - self._own[half][pair], 0)) for one in pair))
        recent = self._own[step.recent]
        friends = standing.allied.astype(float) @ recent
        found["common_foes"] = np.log1p((recent @ recent)[pair])
        found["friends_disputes"] = np.log1p(friends[pair] + friends.T[pair])
        active = recent.sum(axis=1)
        around = standing.contiguous @ active / np.maximum(standing.contiguous.sum(axis=1), 1)
        found |= low_high("neighbours", around[first], around[second])
        found |= low_high("log_age", *(np.log(np.maximum(self._age[one] / step.in_year, 1)) for one in pair))
        members = last.present.any(axis=1)
        regional = np.array([active[(self._region == region) & members].sum() for region in range(len(_REGIONS) + 1)])
        counted = np.bincount(self._region[members], minlength=len(_REGIONS) + 1)
        share = (regional / np.maximum(counted, 1))[self._region]
        found |= low_high("region", share[first], share[second])
        found["same_region"] = (self._region[first] == self._region[second]).astype(float)
        found["world"] = np.full(len(first), self._world)
        return found


def low_high(name: str, one: Floats, other: Floats) -> dict[str, Floats]:
    """Of what is said of either state, the lower and the higher: the order of the two says nothing."""
    return {f"{name}_low": np.minimum(one, other), f"{name}_high": np.maximum(one, other)}
