"""The effort of a question, told before it: estimators, checks and cells; no specification has more rows."""

from __future__ import annotations

import pytest

from comity.effects import BREADTHS, Breadth, Wishes, effect, effort, layout_of, of_frame
from tests.effects.pairs_made import made_pairs


@pytest.mark.parametrize("breadth", BREADTHS)
@pytest.mark.parametrize("lag", [0, 3])
def test_no_specification_has_more_rows_than_the_effort_says(breadth: Breadth, lag: int) -> None:
    made = of_frame(made_pairs(states=6, years=16), ("ccode1", "ccode2"), "year", Wishes("pact", "disputeonset", ("near",)))
    layout = layout_of(made, lag)
    told, found = effort(made.table, layout, breadth), effect(made.table, layout, breadth)
    assert told.estimates == 5 + 3 + len(found.findings.grid.cells)
    assert told.rows >= max([found.findings.counts.rows, *(cell.rows for cell in found.findings.grid.cells)])
    assert told.rows <= len(made.table)
    assert told.size == told.rows * told.estimates
