"""How much work a question is, told before it is begun: so that who has little time can leave it.

Source: docs/explanation/how-effects-are-read.md, section 5.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from comity.effects.estimating import ESTIMATORS
from comity.effects.laying_out import lay_out
from comity.effects.pair_tables import PairTable
from comity.effects.questions import Breadth, Layout
from comity.effects.specifications import specifications

CHECKS = 3


@dataclass(frozen=True, slots=True)
class Effort:
    """``rows``: the most whole rows that any specification can have.   ``estimates``: how many are made: estimators, checks, cells of the grid."""

    rows: int
    estimates: int

    @property
    def size(self) -> int:
        """Rows times estimates: what time and memory go by."""
        return self.rows * self.estimates


def effort(table: PairTable, layout: Layout, breadth: Breadth = "short") -> Effort:
    """How large the work is at the most. Its layout is one that the table can have, as ``layout_of`` gives it."""
    cells = specifications(table, layout, [one.name for one in ESTIMATORS if one.cheap or breadth == "full"], breadth)[1]
    widest = layout
    if breadth != "none":
        layouts = [cell.layout for cell in cells]
        relevant = layout.relevant and all(one.relevant for one in layouts)
        lag = min(one.lag for one in layouts)
        widest = replace(layout, controls=(), peace=False, lag=lag, relevant=relevant, ongoing="kept")
    _, counts = lay_out(table, widest)
    return Effort(counts.rows, len(ESTIMATORS) + CHECKS + len(cells))
