"""The measures that ship and the slow reading of their text are the same of every small world."""

from __future__ import annotations

import pytest

from comity.stability.lasting import of_watched
from comity.stability.rates import poisson_interval, share_interval
from oracles import stability as slow
from tests.stability.stability_drawn import alike, drawn, fast, watched
from tests.stability.stability_drawn import slow as slowly


@pytest.mark.parametrize("seed", range(40))
def test_what_is_measured_is_what_the_slow_reading_measures(seed: int) -> None:
    assert alike(fast(seed), slowly(seed))


def test_quiet_lasts_as_long_by_either_reading() -> None:
    for seed in range(60):
        assert alike(of_watched(*watched(seed)), slow.recurrence_of(*watched(seed))), seed


def test_small_worlds_meet_what_is_in_doubt() -> None:
    years = [year for seed in range(40) for _, listed in fast(seed).disputes for year in listed if year.begun is not None]
    for name in ("begun", "ongoing", "force", "fatal", "days"):
        assert any(count is not None and count.low < count.high for count in (getattr(year, name) for year in years)), name
    assert {drawn(seed)[4] for seed in range(40)} == {True, False}


def test_exact_intervals_are_those_of_the_published_tables() -> None:
    """Garwood's of 0 and 10; Clopper and Pearson's of 0 and 3 in 10."""
    assert poisson_interval(0, 0.95) == pytest.approx((0.0, 3.6889), abs=1e-4)
    assert poisson_interval(10, 0.95) == pytest.approx((4.7954, 18.3904), abs=1e-4)
    assert share_interval(0, 10, 0.95) == pytest.approx((0.0, 0.3085), abs=1e-4)
    assert share_interval(3, 10, 0.95) == pytest.approx((0.0667, 0.6525), abs=1e-4)
    assert share_interval(10, 10, 0.95)[1] == 1.0
