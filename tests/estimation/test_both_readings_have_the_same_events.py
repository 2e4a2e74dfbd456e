"""The fast estimators of events and linear models say what the slow reading of the same text says."""

from __future__ import annotations

import pytest

from tests.estimation.events_drawn import differences


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_both_readings_of_events_agree_on_drawn_samples(first: int) -> None:
    assert differences(range(first, first + 20)) == []
