"""Training: drawn records as the slow reading has them, and small matchings as the least cuts do."""

from __future__ import annotations

import pytest

from comity.training import Count, match_needs
from tests.exercises.training_drawn import agrees, drawn, matching_agrees, slowly

SOME = 260


@pytest.mark.parametrize("part", range(10))
def test_the_room_says_what_the_slow_reading_says(part: int) -> None:
    for seed in range(part, SOME, 10):
        standing = drawn(seed)
        assert agrees((standing, slowly(standing))), seed


def test_needs_get_what_the_least_cuts_say() -> None:
    assert matching_agrees(200)


def test_a_need_that_comes_first_keeps_what_it_gets_and_lets_go_of_whom_it_can_do_without() -> None:
    assert match_needs([2, 2], [2, 2], [[True, True], [True, False]]) == [[0, 2], [2, 0]]
    assert match_needs([3, 3], [4], [[True], [True]]) == [[3], [1]]
    assert match_needs([1], [], [[]]) == [[]]


def test_a_number_is_told_with_what_is_not_known_of_it() -> None:
    assert [str(Count(3, 3, True)), str(Count(2, 3, True)), str(Count(2, 3, False))] == ["3", "2 to 3", "at least 2"]
