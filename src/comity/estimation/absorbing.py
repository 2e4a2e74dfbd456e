"""Effects of pairs and of periods, fitted exactly to unbalanced rows.

Source: docs/explanation/how-effects-are-estimated.md, section 5.1; Frisch and Waugh (1933), Lovell (1963) on what may be taken out first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from comity.estimation.samples import Flags, Floats, Whole

FLAT = 1e-9
"""What is left of a column, against the column itself, below which nothing is left."""


@dataclass(frozen=True)
class Ways:
    """Two numberings of the same rows, each from 0 without gaps: which pair, which period. Of one way alone, all rows are in one ``few``.

    ``many``, ``few``: (rows,). The normal equations of the many are solved by hand, so that those of the few alone are left: as many equations as
    there are few.
    """

    many: Whole
    few: Whole

    @cached_property
    def _counts(self) -> Floats:
        """(many, few): how many rows."""
        found = np.zeros((len(self._of_many), len(np.unique(self.few))))
        np.add.at(found, (self.many, self.few), 1.0)
        return found

    @cached_property
    def _of_many(self) -> Floats:
        return np.bincount(self.many).astype(np.float64)

    @cached_property
    def _inverse(self) -> tuple[Floats, int]:
        """The inverse of what is left for the few, and its rank: each piece that nothing joins to the rest leaves one level free."""
        left = np.diag(self._counts.sum(axis=0)) - self._counts.T @ (self._counts / self._of_many[:, None])
        values, vectors = np.linalg.eigh(left)
        real = values > FLAT * len(self.many)
        return (vectors[:, real] / values[real]) @ vectors[:, real].T, int(real.sum())

    @property
    def absorbed(self) -> int:
        """How many free numbers the effects are."""
        return len(self._of_many) + self._inverse[1]

    def effects(self, of_many: Floats, of_few: Floats) -> tuple[Floats, Floats]:
        """The effects whose sums over the rows are these totals: (many, columns) and (few, columns)."""
        few = self._inverse[0] @ (of_few - self._counts.T @ (of_many / self._of_many[:, None]))
        return (of_many - self._counts @ few) / self._of_many[:, None], few

    def fitted(self, columns: Floats) -> tuple[Floats, Floats]:
        """The effects that fit (rows, columns) best."""
        return self.effects(totals(columns, self.many), totals(columns, self.few))

    def residuals(self, columns: Floats) -> Floats:
        """What is left of (rows, columns) beyond the effects."""
        many, few = self.fitted(columns)
        return columns - many[self.many] - few[self.few]


def numbered(values: Whole) -> Whole:
    """The same rows, numbered from 0 in the order of the values."""
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def totals(columns: Floats, groups: Whole) -> Floats:
    """(rows, columns) summed by group: (groups, columns)."""
    return np.column_stack([np.bincount(groups, weights=column) for column in columns.T])


def ways(pair: Whole | None, period: Whole | None) -> Ways:
    """The ways to absorb: the one with more numbers is solved by hand."""
    given = sorted((numbered(one) for one in (pair, period) if one is not None), key=lambda one: -int(one.max()))
    return Ways(given[0], given[1] if len(given) > 1 else np.zeros_like(given[0]))


def seen_more_than_once(groups: tuple[Whole, ...], rows: int) -> Flags:
    """(rows,): those that stay when groups of one row are taken out, again and again: such a row is all effect."""
    kept = np.ones(rows, dtype=bool)
    while True:
        before = int(kept.sum())
        for group in groups:
            kept &= np.bincount(group, weights=kept)[group] > 1
        if int(kept.sum()) == before:
            return kept
