"""What each vote can do, on drawn rules: chances, coalitions and indices as the slow reading has them, which tries everything."""

from __future__ import annotations

import pytest

from tests.decisions.powers_cut_short import cut_short_agrees
from tests.decisions.powers_drawn import body_agrees, drawn, engines_agree, slow

SEEDS = range(60)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_room_and_the_slow_reading_agree(seed: int) -> None:
    assert body_agrees(seed), drawn(seed)
    assert engines_agree(seed), drawn(seed)
    assert cut_short_agrees(seed), drawn(seed)


def test_what_is_drawn_has_a_bit_of_everything() -> None:
    found = [slow(seed).coming for seed in SEEDS]
    told = [one for one in found if one is not None]
    assert any(one.can_pass and one.can_fail for one in told)
    assert any(not one.can_pass for one in told)
    assert any(not one.can_fail for one in told)
    assert any(0 < len(one.fails_by) < 4 for one in told)
    assert any(one.blockers for one in told)
    assert any(len({len(group) for group in slow(seed).told["vote-no"][0][4]}) > 1 for seed in SEEDS)
