"""A small slice of the recovery of known effects: the whole is in docs/explanation/recovery-of-known-effects.md, by the program ``recovery``."""

from __future__ import annotations

import pytest

from tests.estimation.panels_with_known_effects import DESIGNS
from tests.estimation.recovery import PAGE, figures, table, trials

PANELS = 20
LEAST = 0.75
"""Of 20 panels at least 15: chance alone goes below it once in some 40,000 where intervals hold as they should."""


@pytest.mark.parametrize("number", [one for one, design in enumerate(DESIGNS) if not (design.lasting and not design.staggered)])
def test_intervals_hold_the_truth_where_they_should(number: int) -> None:
    for one in figures(DESIGNS[number], PANELS):
        assert one.panels == PANELS
        if one.should:
            assert abs(one.mean - one.true) < 4 * one.spread / PANELS**0.5, one
        assert all(one.held[kind] >= LEAST for kind in one.should), one


def test_the_linear_model_misleads_where_effects_grow_and_the_others_do_not() -> None:
    found = {one.estimator: one for one in figures(DESIGNS[-1], PANELS, first=100)}
    misled, study = found["linear, two ways"], found["event study, average"]
    assert misled.mean - misled.true < -0.03
    assert abs(study.mean - study.true) < 0.03


def test_the_page_has_every_combination_and_its_table_is_the_programs() -> None:
    page = PAGE.read_text(encoding="utf-8")
    head, *lines = [line for line in page.splitlines() if line.startswith("| ") and line.count("|") == 9]
    assert head in table([])
    told = [tuple(cell.strip() for cell in line.strip("|").split("|"))[:2] for line in lines]
    assert told == [(design.name, trial.name) for design in DESIGNS for trial in trials(design)]
