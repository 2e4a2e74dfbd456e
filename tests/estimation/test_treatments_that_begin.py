"""Who adopts when, effects worked out by hand, and what a study of events refuses, in one line."""

from __future__ import annotations

import numpy as np
import pytest

from comity.estimation import (
    Estimate,
    EventStudy,
    Refusal,
    Sample,
    adoptions,
    event_study,
    honest_bounds,
    imputed,
    joint_test,
    leads_test,
    linear,
    placebo,
    two_way_event_study,
    two_way_weights,
)

STATES = {0: (2, 20), 1: (200, 220), 2: (255, 365), 3: (710, 740), 4: (2, 200), 5: (20, 365)}


def sample(*pairs: str, outcomes: tuple[tuple[float, ...], ...] = ()) -> Sample:
    """A pair a word: 0 and 1 by year from 2000 on, and . for a year that is missing. Outcomes are 0 if not given."""
    rows = [
        (outcomes[pair][year] if outcomes else 0.0, float(on), pair, *STATES[pair], 2000 + year)
        for pair, word in enumerate(pairs)
        for year, on in enumerate(word)
        if on != "."
    ]
    table = np.array(rows, dtype=float).reshape(-1, 6)
    pair, first, second, period = (table[:, one].astype(np.int64) for one in (2, 3, 4, 5))
    return Sample(table[:, 0], table[:, 1:2], ("pact",), pair, first, second, period)


def test_pairs_are_told_apart_by_what_is_seen_of_them() -> None:
    given = sample("0011", "1100", "0.11", "0000", "00110", "0101")
    found = adoptions(given, given.design[:, 0])
    assert not isinstance(found, str)
    assert (found.switching, found.always, found.doubtful, found.never, found.reversals, found.after_reversal) == (3, 1, 1, 1, 3, 3)
    assert found.treated == 10
    assert dict(zip(given.pair[found.kept].tolist(), found.first[found.kept].tolist(), strict=True)) | {3: 0} == {0: 2002, 3: 0, 4: 2002, 5: 2001}
    assert any("first seen treated after a gap" in line for line in found.left_out)


def test_an_effect_is_a_difference_in_differences_by_hand() -> None:
    given = sample(
        "0011", "0011", "0000", "0000", outcomes=((1, 2, 6, 8), (2, 2, 5, 9), (0, 1, 2, 3), (1, 1, 2, 2)),
    )  # fmt: skip
    found = event_study(given, "pact", leads=2, lags=1)
    assert isinstance(found, EventStudy)
    assert found.estimate.terms == ("-2", "+0", "+1", "average")
    # pairs that adopt change by -1 and 0 (to two years before), 4 and 3, 6 and 7; the others by -1 and 0, 1 and 1, 2 and 1
    assert found.estimate.coefficients == pytest.approx([0.0, 2.5, 5.0, 3.75])
    assert (found.at, found.treated, found.shares.tolist()) == ((-2, 0, 1), (2, 2, 2), [0.0, 0.5, 0.5])
    again = imputed(given, "pact", lags=1)
    assert isinstance(again, EventStudy)
    # without treatment: the pairs' means over the first two years, 1.5 and 2, and the others' years, 1.25 and 1.75 above their mean of 0.75
    assert again.estimate.coefficients == pytest.approx([2.5, 5.0, 3.75])


def test_pairs_treated_earlier_are_no_comparison() -> None:
    given = sample("01111", "01111", "00011", "00011", outcomes=((0, 1, 2, 3, 4),) * 2 + ((0, 0, 0, 1, 2),) * 2)
    noisy = np.random.default_rng(1).normal(size=len(given)) * 1e-3
    given = Sample(given.outcome + noisy, given.design, given.terms, given.pair, given.first, given.second, given.period)
    study, regression = event_study(given, "pact", 1, 1), linear(given)
    assert isinstance(study, EventStudy)
    assert isinstance(regression, Estimate)
    assert study.estimate.coefficients[:2] == pytest.approx([1.0, 2.0], abs=0.01)
    assert any("nothing to compare with" in line for line in study.estimate.left_out)
    assert regression.coefficients[0] < 0.5
    weights = two_way_weights(given, "pact")
    assert not isinstance(weights, Refusal)
    assert weights.negative > 0
    assert weights.sum_of_negative < -0.05


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        (("000", "000"), "no pair is treated in this sample"),
        (("111", "111"), "every row is treated"),
        (("111", "000"), "no pair is seen untreated in one period and treated in the next (1 are treated from the start, 0 begin after a gap)"),
        (("0.1", "000"), "(0 are treated from the start, 1 begin after a gap)"),
        (("001", "000"), "one pair alone is seen untreated in one period and treated in the next"),
        (("0", "1"), "one period alone is in the sample"),
        (("0011",), "one pair alone is seen"),
        (("0011", "0011"), "there is nothing to compare"),
    ],
)
def test_what_cannot_be_studied_is_refused_in_one_line(pairs: tuple[str, ...], why: str) -> None:
    asked = sample(*pairs)
    for found in (event_study(asked, "pact"), imputed(asked, "pact")):
        assert isinstance(found, Refusal)
        assert why in found.why
        assert "\n" not in found.why


def test_a_treatment_that_is_no_term_or_not_0_or_1_is_refused() -> None:
    asked = sample("0011", "0000", "0011")
    assert isinstance(missing := event_study(asked, "treaty"), Refusal)
    assert missing.why == "treaty is no term of this sample, whose terms are: pact"
    halves = Sample(asked.outcome, asked.design / 2, asked.terms, asked.pair, asked.first, asked.second, asked.period)
    for found in (event_study(halves, "pact"), two_way_weights(halves, "pact"), two_way_event_study(halves, "pact"), placebo(halves, "pact")):
        assert isinstance(found, Refusal)
        assert "not 0 or 1" in found.why


def test_a_pair_with_two_rows_in_a_period_is_refused() -> None:
    asked = sample("0011", "0000", "0011")
    twice = asked.kept(np.array([0, 0, *range(1, len(asked))]))
    assert "some pair has two rows in a period" in _why(event_study(twice, "pact"))


def test_the_linear_model_says_why_it_gives_no_number() -> None:
    assert "nothing that the effects taken out do not say" in _why(linear(sample("000", "111")))
    assert "one pair alone" in _why(linear(sample("011")))
    assert "nothing is left to tell" in _why(linear(sample("01", "00")))
    assert "fit all rows that a term rests on exactly" in _why(linear(sample("0011", "0000", "0110")))
    assert "every pair is in the sample once" in _why(linear(sample("0", "1", ".1")))


def test_without_times_before_there_is_no_test_and_there_are_no_bounds() -> None:
    rng = np.random.default_rng(3)
    asked = sample("01", "01", "00", "00", "01", "00", outcomes=tuple(tuple(rng.normal(size=2)) for _ in range(6)))
    study = event_study(asked, "pact")
    assert isinstance(study, EventStudy)
    assert "nothing to test" in _why(leads_test(study))
    assert "nothing to test" in _why(honest_bounds(study))
    assert [one.why for one in joint_test(study.estimate, ())][:2] == ["no term is to be tested"] * 2


def _why(found: object) -> str:
    assert isinstance(found, Refusal), found
    return found.why
