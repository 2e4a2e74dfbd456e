"""When a treatment begins: of each pair the first period in which it is treated, and which pairs can be compared with which.

Source: docs/explanation/how-effects-are-estimated.md, section 5.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.estimation.samples import Flags, Floats, Sample, Whole

NEVER = np.iinfo(np.int64).max
"""The first period of a pair that is never treated: later than any."""


@dataclass(frozen=True, slots=True)
class Adoptions:
    """When the treatment of each row's pair begins, and how many pairs do what.

    ``first``: (rows,), the first period in which the row's pair is treated, or ``NEVER``.   ``kept``: (rows,), rows that a study of events may use.
    ``switching``: pairs that are seen untreated, then, in the next period, treated.   ``never``: pairs that are in no row treated.
    ``always``: pairs that are treated from their first row on: when it began is not in the sample.   ``doubtful``: pairs that are first seen treated
    after a gap: it began in one of the periods that are missing.   ``reversals``: how often a pair that was treated is not in its next row.
    ``treated``: rows treated.   ``after_reversal``: rows of switching pairs left out because they come after a reversal.
    """

    first: Whole
    kept: Flags
    switching: int
    never: int
    always: int
    doubtful: int
    reversals: int
    treated: int
    after_reversal: int

    @property
    def left_out(self) -> tuple[str, ...]:
        """What a study of events does not use, in words."""
        told = (
            (self.always, "pairs that are treated from their first row on: when it began is not in the sample"),
            (self.doubtful, "pairs that are first seen treated after a gap: when it began is not known"),
            (self.after_reversal, "rows that come after the treatment of their pair had ended: the first adoption counts"),
        )
        return tuple(f"{number:,} {what}" for number, what in told if number)


def adoptions(sample: Sample, treated: Floats) -> Adoptions | str:
    """When does each pair's treatment begin? Or why that cannot be said.

    ``treated``: (rows,), 0 or 1; rows in any order. The first adoption counts; rows after its first reversal are left out.
    """
    if not np.isin(treated, (0.0, 1.0)).all():
        return "the treatment is not 0 or 1 in every row: say from which value on a pair is treated"
    on = treated == 1.0
    if not on.any():
        return "no pair is treated in this sample: there is no effect to estimate"
    if on.all():
        return "every row is treated: there is nothing to compare with"
    order = np.lexsort((sample.period, sample.pair))
    rows, on = sample.kept(order), on[order]
    starts = np.append(True, rows.pair[1:] != rows.pair[:-1])
    if (~starts[1:] & (rows.period[1:] == rows.period[:-1])).any():
        return "some pair has two rows in a period: a pair's number stands for one row in each"
    number = np.cumsum(starts) - 1
    begins = np.flatnonzero(starts)
    first = np.minimum.reduceat(np.where(on, rows.period, NEVER), begins)
    off = ~on & np.where(starts, False, np.roll(on, 1))
    ends = np.minimum.reduceat(np.where(off, rows.period, NEVER), begins)
    seen_before = np.maximum.reduceat(np.where(rows.period < first[number], rows.period, -NEVER), begins)
    never, always = first == NEVER, on[begins]
    doubtful = ~never & ~always & (seen_before != first - 1)
    switching = ~never & ~always & ~doubtful
    after = rows.period >= ends[number]
    place = np.argsort(order)
    return Adoptions(
        first[number][place],
        ((never | switching)[number] & ~after)[place],
        switching=int(switching.sum()),
        never=int(never.sum()),
        always=int(always.sum()),
        doubtful=int(doubtful.sum()),
        reversals=int(off.sum()),
        treated=int(on.sum()),
        after_reversal=int((after & switching[number]).sum()),
    )
