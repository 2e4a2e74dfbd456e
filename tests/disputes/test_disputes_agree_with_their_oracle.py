"""Drawn records of disputes and incidents: the room says what the slow reading says, in whatever order the acts were recorded."""

from __future__ import annotations

from random import Random

import pytest

from comity.standing import Record, Standing
from tests.disputes.comparing import agrees, first_days_agree, moves_agree, said


@pytest.mark.parametrize("part", range(10))
def test_the_room_says_what_the_slow_reading_says(part: int) -> None:
    for standing, wanted in said()[part::10]:
        assert agrees(standing, wanted)


def test_the_order_in_which_acts_stand_on_record_changes_nothing() -> None:
    for seed, (standing, wanted) in enumerate(said()[:250]):
        assert isinstance(standing.record, Record)
        entries = list(standing.record.entries)
        Random(seed).shuffle(entries)
        other = Record(standing.record.agreements, tuple(entries), standing.record.register, standing.record.coverage)
        shuffled = Standing(other, on=standing.on, known=standing.known, viewer=standing.viewer)
        assert agrees(shuffled, wanted)


def test_what_was_recorded_later_changes_nothing_of_what_was_known() -> None:
    for standing, wanted in said()[:250]:
        assert isinstance(standing.record, Record)
        entries = tuple(entry for entry in standing.record.entries if entry.recorded <= standing.known)
        known = Record(standing.record.agreements, entries, standing.record.register, standing.record.coverage)
        assert agrees(Standing(known, on=standing.on, known=standing.known, viewer=standing.viewer), wanted)


def test_whose_move_it_is_is_what_the_slow_reading_says() -> None:
    assert moves_agree()


def test_first_days_are_those_of_the_slow_reading() -> None:
    assert first_days_agree()
