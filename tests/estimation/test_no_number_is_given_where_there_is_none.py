"""What a user meets on bad data: one line that names the term; and numbers that hold on large pairs, far terms and few clusters."""

from __future__ import annotations

from dataclasses import replace
from math import comb, log

import numpy as np
import pytest

from comity.estimation import ERRORS, Covariance, Errors, Estimate, Floats, Refusal, Sample, conditional_logit, covariances, gee, intervals, logit


def made(pairs: int = 60, periods: int = 12, seed: int = 1, levels: float = 1.0) -> Sample:
    """Pairs of ten states, with an alliance that comes and goes and a ratio; the outcome is likelier without the alliance."""
    rng = np.random.default_rng(seed)
    ends = np.array([(a, b) for a in range(12) for b in range(a + 1, 12)])[:pairs]
    pair = np.repeat(np.arange(len(ends)), periods)
    design = np.column_stack((rng.random(len(pair)) < 0.4, rng.normal(size=len(pair)))).astype(float)
    odds = -1 + design @ [-0.8, 0.5] + np.repeat(rng.normal(size=len(ends)) * levels, periods)
    outcome = (rng.random(len(pair)) < 1 / (1 + np.exp(-odds))).astype(float)
    return Sample(outcome, design, ("allied", "ratio"), pair, ends[pair, 0], ends[pair, 1], np.tile(np.arange(periods), len(ends)))


def refused(found: Estimate | Refusal) -> str:
    assert isinstance(found, Refusal), found
    return found.why


def estimated(found: Estimate | Refusal) -> Estimate:
    assert isinstance(found, Estimate), found
    return found


def test_a_treatment_without_one_outcome_among_the_treated_is_named() -> None:
    sample = made()
    none = replace(sample, outcome=np.where(sample.design[:, 0] == 1, 0.0, sample.outcome))
    told = "allied separates the outcomes: it is at most 0 with the outcome, and at least 0 without"
    assert [refused(by(none)) for by in (logit, gee)] == [told, told]
    assert refused(conditional_logit(none)) == "allied separates the outcomes: in no pair is it ever higher with the outcome than without"


def test_terms_that_separate_only_together_are_named_and_no_others() -> None:
    """Two terms of three, by a line that leaves a hundredth of a unit between the outcomes; and by one that touches them."""
    rng = np.random.default_rng(5)
    sample = made()
    design = rng.normal(size=(len(sample), 3))
    line = design[:, 0] - 0.3 * design[:, 2]
    for outcome in (line > 0, (line > 0) | ((np.abs(line) < 1e-12) & (rng.random(len(line)) < 0.5))):
        both = replace(sample, design=design, terms=("a", "b", "c"), outcome=outcome.astype(float))
        for by in (logit, gee, conditional_logit):
            assert refused(by(both)) == "a and c together separate the outcomes"
    design = np.column_stack((sample.design[:, 0], rng.random(len(sample)) < 0.5, rng.normal(size=len(sample)))).astype(float)
    never = (design[:, 0] == 1) & (design[:, 1] == 1)
    design[:, 2] += 100 * never  # nothing to do with it, but far away
    cross = replace(sample, design=np.column_stack((design, never)), terms=("a", "b", "c", "a and b"), outcome=sample.outcome * ~never)
    assert refused(logit(cross)).startswith("a and b separates the outcomes: it is at most 0")


def test_terms_that_nearly_separate_have_a_number_all_the_same() -> None:
    """One row on the wrong side is enough: a large coefficient, and no refusal."""
    sample = made()
    outcome = (sample.design[:, 1] > 0.2).astype(float)
    outcome[np.argmin(np.abs(sample.design[:, 1] - 0.25))] = 0
    found = estimated(logit(replace(sample, outcome=outcome)))
    assert found.coefficients[1] > 50


@pytest.mark.parametrize("by", [logit, gee, conditional_logit])
def test_a_term_that_can_be_worked_out_is_named_with_those_it_comes_of(by: object) -> None:
    sample = made()
    of = 2 * sample.design[:, 0] - sample.design[:, 1] + (0 if by is not conditional_logit else 7.0 * sample.pair)
    twice = replace(sample, design=np.column_stack((sample.design, of)), terms=(*sample.terms, "index"))
    assert callable(by)
    assert refused(by(twice)) == "index can be worked out from allied and ratio: leave one of them out"


def test_one_pair_has_an_estimate_and_one_error_of_three() -> None:
    """Rows of one pair say what they say; that other pairs would say the like is not known."""
    found = estimated(logit(made(pairs=1, periods=200)))
    assert [(one.errors, one.matrix is None, one.clusters) for one in found.covariances] == [
        ("naive", False, 200),
        ("pair", True, 1),
        ("dyadic", True, 2),
    ]
    told = intervals(found, "pair")
    assert told == Refusal("logit", "there is one pair, and errors by pair need two or more")
    assert refused(gee(made(pairs=1))) == "1 of 1 pairs has two rows or more, and two such pairs are needed"


def test_pairs_that_all_have_one_state_in_common_have_no_dyadic_error() -> None:
    """The United States with each of eleven others: no two rows are apart, and the formula alone would give nought."""
    found = estimated(logit(made(pairs=11)))
    assert [one.matrix is None for one in found.covariances] == [False, False, True]
    assert found.covariances[2].why == "every pair shares a state with every other, so no rows are apart from the rest"


def test_a_matrix_that_is_no_covariance_is_made_one_and_said_to_be() -> None:
    """Scores that cancel between pairs that share a state: alone, a direction would have a variance below zero. No term's becomes smaller."""
    first, second, at = np.array([1, 1, 4]), np.array([2, 3, 5]), np.arange(3)
    sample = Sample(np.zeros(3), np.zeros((3, 2)), ("a", "b"), at, first, second, at)
    scores = np.array([[1.0, 1.0], [1.0, -1.0], [0.5, 0.5]])
    assert covariances(np.eye(2), scores, sample)[2].note == ""
    scores[1] = [2.0, -3.0]
    scores[2] = [0.0, 1.0]
    sharing = np.outer(scores[0] + scores[1], scores[0] + scores[1]) + np.outer(scores[2], scores[2])
    assert covariances(np.eye(2), scores, sample)[2].matrix == pytest.approx(sharing)


def test_a_linear_model_has_the_usual_factors() -> None:
    """Least squares with as many coefficients spent as are told: what statsmodels and Stata's regress give."""
    sample = made()
    rows = np.column_stack((sample.design, np.ones(len(sample))))
    bread: Floats = np.linalg.inv(rows.T @ rows).astype(float)
    left = sample.outcome - rows @ (bread @ rows.T @ sample.outcome)
    naive, pair, _ = covariances(bread, rows * left[:, None], sample, naive=bread * (left @ left) / (len(sample) - 3), spent=3)
    sums = np.array([(rows * left[:, None])[sample.pair == one].sum(axis=0) for one in range(60)])
    assert pair.matrix == pytest.approx(bread @ sums.T @ sums @ bread * 60 / 59 * (len(sample) - 1) / (len(sample) - 3))
    assert naive.matrix == pytest.approx(bread * (left @ left) / (len(sample) - 3))


def test_a_pair_of_a_thousand_months_with_half_of_them_in_dispute_is_exact() -> None:
    """2.7e299 choices: the likelihood at no effect is the logarithm of their number, and nothing overflows."""
    months = 1000
    outcome = np.tile([0.0, 1.0, 1.0, 0.0], months // 4)
    ratio = np.sin(np.arange(months))
    codes = np.full(months, 2), np.full(months, 365)
    sample = Sample(outcome, ratio[:, None], ("ratio",), np.zeros(months, dtype=np.int64), *codes, np.arange(months))
    found = estimated(conditional_logit(sample))
    assert found.log_likelihood is not None
    assert -log(comb(1000, 500)) < found.log_likelihood < -log(comb(1000, 500)) + 1


def test_rows_may_come_in_any_order_and_terms_in_any_units() -> None:
    sample = made()
    mixed = sample.kept(np.random.default_rng(3).permutation(len(sample)))
    far = replace(sample, design=sample.design * [1e-9, 1e7] + [0, 1e4])
    for by in (logit, conditional_logit, gee):
        one, two, three = (estimated(by(of)) for of in (sample, mixed, far))
        assert two.coefficients == pytest.approx(one.coefficients, rel=1e-8)
        assert three.coefficients[:2] * [1e-9, 1e7] == pytest.approx(one.coefficients[:2], rel=1e-6)
        for errors in ERRORS:
            assert errors_of(two, errors) == pytest.approx(errors_of(one, errors), rel=1e-7)
            assert errors_of(three, errors)[:2] * [1e-9, 1e7] == pytest.approx(errors_of(one, errors)[:2], rel=1e-6)


def errors_of(found: Estimate, errors: Errors) -> Floats:
    told = intervals(found, errors)
    assert not isinstance(told, Refusal)
    return np.array([one.error for one in told])


def test_an_interval_is_two_errors_wide_on_each_side() -> None:
    matrix = np.diag([0.25, 4.0])
    found = Estimate("made", "probability", ("a", "b"), np.array([0.98, -1.0]), (Covariance("naive", matrix, 9),), 9, 3)
    told = intervals(found, "naive")
    assert not isinstance(told, Refusal)
    one, two = told
    assert (one.term, one.error, one.z) == ("a", 0.5, 1.96)
    assert (one.low, one.high, one.p) == pytest.approx((0.98 - 0.97998, 0.98 + 0.97998, 0.04999579), abs=1e-5)
    assert (two.error, two.z) == (2.0, -0.5)
    assert two.p == pytest.approx(0.6170751)
    narrow = intervals(found, "naive", level=0.9)
    assert not isinstance(narrow, Refusal)
    assert narrow[0].high == pytest.approx(0.98 + 0.5 * 1.6448536)
