"""Indicators as they ship and the slow reading of their text say the same of drawn records; their numbers never make up for what is not known."""

from __future__ import annotations

from collections import Counter

import pytest

from comity.indicators import INDICATORS
from comity.indicators.counting import Lasted, median
from comity.indicators.listing import indicator
from comity.indicators.reading import counted
from tests.indicators.indicators_drawn import drawn, fast, slowly, stretches_agree


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_every_indicator_says_what_the_slow_reading_says(first: int) -> None:
    for seed in range(first, first + 100):
        assert fast(seed) == slowly(seed), f"seed {seed}"


def test_a_series_is_cut_where_the_calendar_is() -> None:
    assert stretches_agree()


def test_drawn_records_meet_a_number_and_none_of_each_indicator() -> None:
    met = Counter((one.id, told[0] is None) for seed in range(400) for one, told in zip(INDICATORS, fast(seed), strict=True))
    assert len(met) == 2 * len(INDICATORS), sorted(met)


@pytest.mark.parametrize("seed", range(60))
def test_a_number_lies_within_its_bounds_and_where_there_is_none_it_is_said_why(seed: int) -> None:
    evidence, asked = drawn(seed)
    for one in INDICATORS:
        found = counted(evidence, indicator(one.id), asked)
        assert (found.value is None) == bool(found.why), one.id
        if found.value is not None and found.between is not None:
            assert found.between[0] <= found.value <= found.between[1], one.id


def test_half_have_ended_when_those_still_going_on_are_half() -> None:
    """10 ends, 20 goes on, 30 ends: two thirds go on after 10, none after 30."""
    assert median([Lasted(10, True), Lasted(20, False), Lasted(30, True)]) == 30
    assert median([Lasted(10, True), Lasted(20, True), Lasted(30, False), Lasted(30, False)]) == 20
    assert median([Lasted(10, True), Lasted(20, False), Lasted(30, False)]) is None
    assert median([]) is None
