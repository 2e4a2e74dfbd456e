"""Tables for a regression: what is not known is set to the mean and flagged, and terms are made comparable; all of it learned from past rows.

Source: docs/explanation/how-warnings-are-made.md, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from comity.early_warning.histories import Flags, Floats, Whole

_FAR = 5.0
"""Standard deviations from the mean beyond which a term is not followed."""


def drawn(rows: Whole, outcome: Floats, share: float, rng: np.random.Generator) -> Whole:
    """Of rows (numbers into ``outcome``) without a dispute a share, by lot, with all that have one.

    Among them the odds of a dispute are those of all rows over the share, whatever else is known of a row: ``log(share)`` is added to log odds.
    """
    return rows if share >= 1 else rows[(outcome[rows] == 1) | (rng.random(len(rows)) < share)]


@dataclass(frozen=True)
class Scale:
    """What past rows say of each column. ``flagged``: columns that were unknown in some of these rows, and known in others."""

    mean: Floats
    spread: Floats
    flagged: Flags

    @classmethod
    def learned(cls, values: Floats) -> Self:
        """Of columns that are never known, or always the same, nothing is learned: they become 0."""
        known = ~np.isnan(values)
        count = known.sum(axis=0)
        mean = np.where(known, values, 0).sum(axis=0) / np.maximum(count, 1)
        spread = np.sqrt((np.where(known, values - mean, 0) ** 2).sum(axis=0) / np.maximum(count, 1))
        return cls(mean, spread, (count > 0) & (count < len(values)))

    def __call__(self, values: Floats) -> Floats:
        """(rows, columns and flags): each column less its mean, over its spread; unknown: 0, and its flag 1."""
        known = ~np.isnan(values)
        steps = np.divide(np.where(known, values, self.mean) - self.mean, self.spread, out=np.zeros_like(values), where=self.spread > 0)
        return np.column_stack([np.clip(steps, -_FAR, _FAR), ~known[:, self.flagged]])
