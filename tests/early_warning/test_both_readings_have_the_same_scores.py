"""The scores that ship and the slow reading of their text have the same of every small record."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, brier_score_loss
from sklearn.metrics import log_loss as their_log_loss

from comity.early_warning import average_precision, brier, calibration, difference, log_loss
from comity.early_warning.scores import probability
from comity.terms import BadInput
from tests.early_warning.scores_drawn import alike, drawn, fast, slow


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_scores_are_those_of_the_slow_reading(first: int) -> None:
    for seed in range(first, first + 20):
        assert alike(fast(seed), slow(seed)), f"seed {seed}: {drawn(seed)}"


def test_small_records_meet_every_case() -> None:
    told = [slow(seed) for seed in range(60)]
    assert {one[4] is None for one in told} == {one[5] is None for one in told} == {one[7] is None for one in told} == {True, False}


def test_a_library_has_the_same_scores() -> None:
    rng = np.random.default_rng(3)
    forecasts = rng.uniform(0.01, 0.9, 500).round(2)
    outcomes = (rng.random(500) < forecasts).astype(float)
    assert brier(forecasts, outcomes).mean() == pytest.approx(brier_score_loss(outcomes, forecasts))
    assert log_loss(forecasts, outcomes).mean() == pytest.approx(their_log_loss(outcomes, forecasts))
    assert average_precision(forecasts, outcomes) == pytest.approx(average_precision_score(outcomes, forecasts))


def test_forecasts_that_are_as_they_should_be_have_slope_one_and_those_too_far_apart_less() -> None:
    rng = np.random.default_rng(4)
    odds = rng.normal(-2, 1.5, 40_000)
    outcomes = (rng.random(40_000) < probability(odds)).astype(float)
    right, bold = calibration(probability(odds), outcomes), calibration(probability(2 * odds), outcomes)
    assert right is not None
    assert bold is not None
    assert right.slope == pytest.approx(1, abs=0.04)
    assert right.intercept == pytest.approx(0, abs=0.08)
    assert bold.slope == pytest.approx(right.slope / 2)


def test_one_block_has_no_interval_and_nothing_that_came_no_precision() -> None:
    losses = np.array([0.1, 0.2])
    with pytest.raises(BadInput, match="at least two blocks"):
        difference(losses, losses, np.array([1990, 1990]))
    with pytest.raises(BadInput, match="none did"):
        average_precision(losses, np.zeros(2))
