"""The room and the slow reading tell the same duties: on random small books, and on the bundled one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.about import Opened
from comity.standing import Standing
from oracles.duties import Row
from oracles.duties import duties as slow_duties
from oracles.duty_desk import View
from tests.duties import registering
from tests.duties.comparing import due_within, fast_desk, fast_rows, question, slow_desk, slow_rows
from tests.duties.drawing import AHEAD, SINCE, START, UNTIL, drawn
from tests.duties.scenes import scenes


def agree(standing: Standing) -> None:
    if standing.record.has_agreement("pact", standing.known):
        assert fast_rows(standing, "pact", SINCE, UNTIL) == slow_rows(standing, "pact", SINCE, UNTIL, START)


@pytest.mark.parametrize("seed", range(24))
def test_the_same_is_told_at_a_desk(seed: int) -> None:
    standing = drawn(seed)
    if standing.record.has_agreement("pact", standing.known):
        asked = question(standing, "pact", AHEAD, START)
        rows = slow_duties(asked)
        for view in (View(), View("AAA", 20, 40), View("NEW", 60, 0, True), View("CCC", 0, 400, True)):
            assert fast_desk(standing, view) == slow_desk(asked, rows, view), view


@pytest.mark.parametrize("about", scenes())
def test_they_agree_on_a_scene(about: str) -> None:
    scene = scenes()[about]
    rows = slow_duties(question(scene.standing, "pact", scene.ahead, scene.start))
    assert rows, "nothing is asked"
    for window in scene.windows:
        assert fast_rows(scene.standing, "pact", *window) == due_within(rows, *window), window


@pytest.mark.parametrize("seed", [*range(16), 185])  # 185: due on 29 February, so that the next day of its row is four years off
def test_they_agree_on_a_book_drawn_by_seed(seed: int) -> None:
    agree(drawn(seed))


@settings(max_examples=16, deadline=None)
@given(st.integers(1_000, 1_000_000))
def test_they_agree_on_any_book(seed: int) -> None:
    agree(drawn(seed))


@pytest.mark.parametrize("agreement", ["admm-plus", "enmod", "nl-us-mutual-support-1983"])
def test_they_agree_on_the_bundled_book(bundled: Opened, agreement: str) -> None:
    standing = Standing(bundled.record, on=date(2024, 3, 1), known=date(2026, 11, 1))
    since, until = date(1978, 1, 1), date(2026, 1, 1)
    assert fast_rows(standing, agreement, since, until) == slow_rows(standing, agreement, since, until, date(1975, 1, 1))


def test_the_random_books_reach_every_state() -> None:
    """What none of them shows would go untested."""
    found = {row.state for seed in range(100) for row in _rows(seed)}
    assert found >= {"open", "done", "done late", "overdue", "not known", "contested", "lapsed", "accepted", "kept", "exceeded"}


def _rows(seed: int) -> list[Row]:
    standing = drawn(seed)
    return fast_rows(standing, "pact", SINCE, UNTIL) if standing.record.has_agreement("pact", standing.known) else []


@pytest.mark.parametrize("seed", range(24))
def test_the_same_treaties_are_to_be_registered(seed: int) -> None:
    standing = registering.drawn(seed)
    if standing.record.has_agreement(registering.CHARTER, standing.known):
        for party in registering.PARTIES:
            assert registering.fast_register(standing, party) == registering.slow_register(standing, party), party
