"""Proposals drawn at random stand as the slow reading has them, whatever the order in which their acts were recorded."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from comity.decisions import decisions_of
from comity.standing import Record, Standing
from tests.decisions.lives_drawn import agrees, drawn, said_of, told

IN_CI, PARTS = 600, 6


@pytest.mark.parametrize("part", range(PARTS))
def test_the_room_says_what_the_slow_reading_says(part: int) -> None:
    for seed in range(part, IN_CI, PARTS):
        assert agrees(said_of(seed)), f"seed {seed}"


def test_the_order_of_recording_makes_no_difference() -> None:
    for seed in range(0, 240, 3):
        standing, given, at = drawn(seed)
        assert isinstance(standing.record, Record)
        entries = list(standing.record.entries)
        Random(seed).shuffle(entries)
        other = Standing(replace(standing.record, entries=tuple(entries)), on=standing.on, known=standing.known, viewer=standing.viewer)
        assert [told(one) for one in decisions_of(standing, given, at)] == [told(one) for one in decisions_of(other, given, at)]


def test_what_is_learned_later_changes_nothing_that_was_known() -> None:
    for seed in range(1, 240, 3):
        standing, given, at = drawn(seed)
        assert isinstance(standing.record, Record)
        then = tuple(entry for entry in standing.record.entries if entry.recorded <= standing.known)
        only = Standing(replace(standing.record, entries=then), on=standing.on, known=standing.known, viewer=standing.viewer)
        assert [told(one) for one in decisions_of(standing, given, at)] == [told(one) for one in decisions_of(only, given, at)]
