"""Dialogue: drawn records as the slow reading has them."""

from __future__ import annotations

import pytest

from tests.dialogue.dialogue_drawn import agrees, said


@pytest.mark.parametrize("part", range(10))
def test_the_room_says_what_the_slow_reading_says(part: int) -> None:
    for case in said()[part::10]:
        assert agrees(case)
