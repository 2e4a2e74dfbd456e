"""The ranking that ships and the slow reading of its text have the same of every small world; tables are read as their rows say, day by day."""

from __future__ import annotations

import pytest

from oracles.mediators import mediators as slow_mediators
from tests.mediators import mediators_drawn, tables_drawn


@pytest.mark.parametrize("first", range(0, 500, 100))
def test_bars_merits_and_ranks_are_those_of_the_slow_reading(first: int) -> None:
    for seed in range(first, first + 100):
        assert mediators_drawn.fast(seed) == slow_mediators(*mediators_drawn.drawn(seed)), f"seed {seed}"


def test_small_worlds_meet_every_verdict_of_every_bar() -> None:
    met = {(name, verdict) for seed in range(400) for told in mediators_drawn.fast(seed) for name, verdict, _ in told.bars}
    assert len(met) == 15, sorted(map(str, met))


@pytest.mark.parametrize("seed", range(30))
def test_tables_say_of_states_what_their_rows_say_of_codes(seed: int) -> None:
    world = tables_drawn.drawn(seed)
    assert tables_drawn.fast(world, tables_drawn.read(world)) == tables_drawn.slow(world)
