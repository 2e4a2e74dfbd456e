"""What a year leaves behind: disputes of pairs, of states, of their friends and neighbours, folded year by year, so that nothing later is in it.

Source: docs/explanation/how-warnings-are-made.md, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]
HALF_LIVES = (1, 3, 10, 30)
"""Years after which a dispute counts half."""
_REGIONS = (200, 400, 600, 700, 900)
"""Codes of the Correlates of War from which on a state is in Europe, Africa, the Middle East, Asia, Oceania; below: the Americas."""


@dataclass(frozen=True, slots=True)
class Year:
    """One year of all pairs; each table is (states, states) and the same both ways.

    ``present``: both were members.   ``relevant``: contiguous, or one a major power.   ``began``, ``ongoing``: a dispute between them.
    ``wars``: one began that was a war.   ``deadly``: one with deaths.   ``allied``, ``contiguous``: they are.
    """

    present: Flags
    relevant: Flags
    began: Flags
    ongoing: Flags
    wars: Flags
    deadly: Flags
    allied: Flags
    contiguous: Flags


class Histories:
    """All that was, up to the year that was passed last. ``codes``: of the states, in order."""

    def __init__(self, codes: Whole) -> None:
        states = len(codes)
        self._own = {half: np.zeros((states, states)) for half in HALF_LIVES}
        self._wars, self._deadly, self._count = (np.zeros((states, states)) for _ in range(3))
        self._quiet = np.zeros((states, states))
        self._age, self._world = np.zeros(states), np.nan
        self._region = np.searchsorted(_REGIONS, codes, side="right")
        self._last: Year | None = None

    def pass_(self, year: Year) -> None:
        """One year more."""
        for half, kept in self._own.items():
            kept *= 0.5 ** (1 / half)
            kept += year.began
        for kept, new in ((self._wars, year.wars), (self._deadly, year.deadly)):
            kept *= 0.5 ** (1 / 10)
            kept += new
        self._count += year.began
        self._quiet = np.where(year.ongoing, 0, self._quiet + year.present)
        self._age += year.present.any(axis=1)
        rate = year.began[year.relevant].mean() if year.relevant.any() else 0.0
        self._world = rate if np.isnan(self._world) else self._world + (1 - 0.5 ** (1 / 5)) * (rate - self._world)
        self._last = year

    def of_pairs(self, first: Whole, second: Whole) -> dict[str, Floats]:
        """By feature, what is known of each pair at the end of the year that was passed last."""
        assert self._last is not None, "no year has been passed"
        last, pair = self._last, (first, second)
        found = {f"disputes_{half}": self._own[half][pair] for half in HALF_LIVES}
        found |= {"quiet_years": self._quiet[pair], "log_quiet_years": np.log1p(self._quiet[pair]), "ongoing": last.ongoing[pair].astype(float)}
        found |= {"all_disputes": np.log1p(self._count[pair]), "wars": self._wars[pair], "deadly_disputes": self._deadly[pair]}
        for half in HALF_LIVES[:3]:
            others = self._own[half].sum(axis=1)
            found |= low_high(f"others_{half}", *(np.log1p(np.maximum(others[one] - self._own[half][pair], 0)) for one in pair))
        recent = self._own[3]
        friends = last.allied.astype(float) @ recent
        found["common_foes"] = np.log1p((recent @ recent)[pair])
        found["friends_disputes"] = np.log1p(friends[pair] + friends.T[pair])
        active = recent.sum(axis=1)
        around = last.contiguous @ active / np.maximum(last.contiguous.sum(axis=1), 1)
        found |= low_high("neighbours", around[first], around[second])
        found |= low_high("log_age", *(np.log(np.maximum(self._age[one], 1)) for one in pair))
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
