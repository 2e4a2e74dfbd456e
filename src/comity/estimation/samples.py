"""What an estimator is given: rows of pairs by period, with an outcome, terms, and who and when each row is of.

Source: docs/explanation/how-effects-are-estimated.md, section 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows that are whole: nothing in them is unknown. Rows of one pair follow one another in the order of their periods.

    ``outcome``: (rows,), 0 or 1 where the estimator is of a probability.   ``design``: (rows, terms), without a constant.
    ``terms``: their names.   ``pair``: (rows,), a number for each pair.   ``first``, ``second``: (rows,), the codes of its two states.
    ``period``: (rows,), the year or month as a whole number.
    """

    outcome: Floats
    design: Floats
    terms: tuple[str, ...]
    pair: Whole
    first: Whole
    second: Whole
    period: Whole

    def __len__(self) -> int:
        return len(self.outcome)

    def kept(self, rows: Flags | Whole) -> Sample:
        """These rows alone, by a flag for each or by their numbers, in the order in which they stand."""
        who = (self.pair[rows], self.first[rows], self.second[rows], self.period[rows])
        return Sample(self.outcome[rows], self.design[rows], self.terms, *who)

    def in_order(self) -> Sample:
        """The same rows, those of one pair one after another by period."""
        return self.kept(np.lexsort((self.period, self.pair)))

    def with_terms(self, kept: Flags) -> Sample:
        """The same rows with the flagged terms alone."""
        terms = tuple(name for name, stays in zip(self.terms, kept, strict=True) if stays)
        return Sample(self.outcome, self.design[:, kept], terms, self.pair, self.first, self.second, self.period)
