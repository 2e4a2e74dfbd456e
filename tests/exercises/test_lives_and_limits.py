"""Where an exercise stands, and which limits it keeps, is what the slow reading says on made acts and activities."""

from __future__ import annotations

from collections import Counter

from comity.exercises.constraints import held_by
from tests.exercises.comparing_designs import activities, limits, lives, missing_agrees, quickly, weighed_fast


def test_where_an_exercise_stands_is_what_the_text_says() -> None:
    for number, (case, told, on, wanted) in enumerate(lives()):
        assert quickly(case, told, on) == wanted, number
        assert missing_agrees(case, told, on, wanted), number


def test_the_made_lives_have_every_state_and_stage() -> None:
    states = Counter(state for *_, (steps, _, _) in lives() for _, state, _ in steps)
    assert min(states[name] for name in ("done", "done late", "contested", "not known", "not on record", "open")) > 30, states
    assert {stage for *_, (_, stage, _) in lives()} >= {"zero", "one"}


def test_which_limits_are_kept_is_what_the_text_says() -> None:
    for number, (asked, wanted) in enumerate(limits()):
        assert weighed_fast(asked) == wanted, number
    assert min(Counter(wanted[0] for _, wanted in limits()).values()) > 80


def test_which_activities_are_a_states_is_what_the_text_says() -> None:
    for number, (acts, state, wanted) in enumerate(activities()):
        assert [(one.activity, one.starts, one.ends, one.numbers) for one in held_by(acts, state)] == wanted, number
    assert sum(len(wanted) for *_, wanted in activities()) > 500
