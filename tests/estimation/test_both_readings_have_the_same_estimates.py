"""The estimators that ship and the slow reading of their text have the same of every drawn sample: figures, errors, and why there are none."""

from __future__ import annotations

import pytest

from tests.estimation.samples_drawn import BOTH, SAMPLES, difference, factors_agree, intervals_agree, slowly


@pytest.mark.parametrize("name", BOTH)
def test_estimates_errors_and_refusals_are_those_of_the_slow_reading(name: str) -> None:
    for seed in range(SAMPLES):
        assert difference(name, seed) == "", f"seed {seed}"


def test_intervals_are_those_of_the_slow_reading() -> None:
    assert intervals_agree()
    assert factors_agree()


def test_drawn_samples_meet_every_refusal_and_every_kind_of_error() -> None:
    said = {name: [slowly(name, seed) for seed in range(SAMPLES)] for name in BOTH}
    everywhere = (
        "there are no rows", "there are no terms", "is not a number", "neither 0 nor 1", "can be worked out from", "separates the outcomes",
        "together separate",
    )  # fmt: skip
    pooled = ("the outcome is 0 in all", "the outcome is 1 in all", "in all", "terms and a constant apart", "at most", "at least")
    own = {
        "logit": (),
        "conditional logit": ("no pair has both outcomes", "no term changes", "terms apart", "ever lower", "ever higher"),
        "gee": ("has two rows", "have two rows", "would have a correlation of", "does not settle"),
    }
    for name, of in said.items():
        why = " | ".join(one for one in of if isinstance(one, str))
        wanted = (*everywhere, *(pooled if name != "conditional logit" else ()), *own[name])
        assert [one for one in wanted if one not in why] == []
        errors = [error for one in of if not isinstance(one, str) for error in one.errors]
        assert {isinstance(matrix, str) for matrix, _, _ in errors} == {True, False}
        assert {raised for _, _, raised in errors} == {True, False}
