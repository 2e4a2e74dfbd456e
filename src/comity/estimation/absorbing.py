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
    """One or two numberings of the same rows, each from 0 without gaps: which pair, which period.

    ``many``, ``few``: (rows,); ``few`` is null where one way alone is absorbed. The normal equations of the many are solved by hand, so that those
    of the few alone are left: as many equations as there are few.
    """

    many: Whole
    few: Whole | None

    @cached_property
    def _counts(self) -> Floats:
        """(many, few): how many rows."""
        assert self.few is not None
        shape = int(self.many.max()) + 1, int(self.few.max()) + 1
        return np.bincount(self.many * shape[1] + self.few, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)

    @cached_property
    def _of_many(self) -> Floats:
        return np.bincount(self.many).astype(np.float64)

    @cached_property
    def _inverse(self) -> tuple[Floats, int]:
        """The inverse of what is left for the few (many that are joined by nothing leave a level free: it is set so that the sum is least), its rank."""
        left = np.diag(self._counts.sum(axis=0)) - self._counts.T @ (self._counts / self._of_many[:, None])
        values, vectors = np.linalg.eigh(left)
        real = values > FLAT * values.max(initial=1.0)
        return (vectors[:, real] / values[real]) @ vectors[:, real].T, int(real.sum())

    @property
    def absorbed(self) -> int:
        """How many free numbers the effects are."""
        return len(self._of_many) + (0 if self.few is None else self._inverse[1])

    def effects(self, of_many: Floats, of_few: Floats) -> tuple[Floats, Floats]:
        """The effects whose sums over the rows are these totals: (many, columns) and (few, columns)."""
        if self.few is None:
            return of_many / self._of_many[:, None], np.zeros((0, of_many.shape[1]))
        few = self._inverse[0] @ (of_few - self._counts.T @ (of_many / self._of_many[:, None]))
        return (of_many - self._counts @ few) / self._of_many[:, None], few

    def fitted(self, columns: Floats) -> tuple[Floats, Floats]:
        """The effects that fit (rows, columns) best."""
        few = np.zeros((0, columns.shape[1])) if self.few is None else totals(columns, self.few)
        return self.effects(totals(columns, self.many), few)

    def residuals(self, columns: Floats) -> Floats:
        """What is left of (rows, columns) beyond the effects."""
        many, few = self.fitted(columns)
        left = columns - many[self.many]
        return left if self.few is None else left - few[self.few]


def numbered(values: Whole) -> Whole:
    """The same rows, numbered from 0 in the order of the values."""
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def totals(columns: Floats, groups: Whole) -> Floats:
    """(rows, columns) summed by group: (groups, columns)."""
    return np.column_stack([np.bincount(groups, weights=column) for column in columns.T])


def ways(pair: Whole | None, period: Whole | None) -> Ways:
    """The ways to absorb: the one with more numbers is solved by hand."""
    given = sorted((numbered(one) for one in (pair, period) if one is not None), key=lambda one: -int(one.max(initial=0)))
    return Ways(given[0], given[1] if len(given) > 1 else None)


def seen_more_than_once(groups: tuple[Whole, ...]) -> Flags:
    """(rows,): rows that stay when groups of one row are taken out, again and again: such a row is all effect."""
    kept = np.ones(len(groups[0]), dtype=bool)
    while True:
        before = int(kept.sum())
        for group in groups:
            kept &= np.bincount(group[kept], minlength=int(group.max(initial=0)) + 1)[group] > 1
        if int(kept.sum()) == before:
            return kept
