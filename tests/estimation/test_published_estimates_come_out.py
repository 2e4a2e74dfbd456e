"""What others printed comes out of their own data, to the printed digit: every term of their logs, with its error."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from comity.estimation import ERRORS, Errors, Estimate, Refusal, Sample, conditional_logit, covariances, gee, intervals, logit
from tests.estimation import replications
from tests.panels.shelves import needs_data

pytestmark = needs_data
Printed = dict[str, tuple[str, str]]
"""Of each term, the coefficient and its error as printed."""


R_ERRORS = {
    "landcontig": (0.0581431, 0.10672), "z_cincprop": (0.0365114, 0.08136), "cowmajdyad": (0.0593653, 0.10345), "atop_defense": (0.0584427, 0.09958),
    "z_mindemest": (0.0540666, 0.07795), "z_minmgdppc": (0.0629647, 0.10832), "z_minmilit": (0.0235102, 0.03590), "gmlmidspell": (0.0051237, 0.01105),
    "constant": (0.0651855, 0.12521),
}  # fmt: skip
"""Naive and by pair, of the dangerous dyads' logit, as R prints them."""


@pytest.fixture(scope="module")
def clear_and_clean() -> Sample:
    return replications.clear_and_clean()


@pytest.fixture(scope="module")
def within(clear_and_clean: Sample) -> Estimate:
    return estimated(conditional_logit, clear_and_clean)


@pytest.fixture(scope="module")
def dangerous() -> Estimate:
    return estimated(logit, replications.dangerous_dyads())


def estimated(by: Callable[[Sample], Estimate | Refusal], sample: Sample) -> Estimate:
    found = by(sample)
    assert isinstance(found, Estimate), found
    return found


def errors_of(found: Estimate, errors: Errors) -> dict[str, tuple[float, float]]:
    told = intervals(found, errors)
    assert not isinstance(told, Refusal), told
    return {one.term: (one.coefficient, one.error) for one in told}


def as_printed(found: Estimate, errors: Errors, printed: Printed) -> None:
    """Each figure, rounded to as many decimals as are printed."""
    ours = errors_of(found, errors)
    assert {term: (rounded(ours[term][0], b), rounded(ours[term][1], se)) for term, (b, se) in printed.items()} == {
        term: (float(b), float(se)) for term, (b, se) in printed.items()
    }
    assert set(ours) == set(printed)


def rounded(value: float, printed: str) -> float:
    return round(value, len(printed.partition(".")[2]))


def test_the_conditional_logit_of_clear_and_clean(within: Estimate) -> None:
    """Oneal and Russett 2001, table 1, column 2 (Stata's clogit)."""
    found = within
    assert (found.rows, found.pairs) == (18_792, 388)
    assert found.left_out == ("97,150 rows of 2,751 pairs whose outcome never changes",)
    assert found.notes == ("logdstab left out: no change within any pair that counts",)
    assert found.log_likelihood == pytest.approx(-2784.2654, abs=5e-5)
    as_printed(found, "naive", {
        "smldep": ("-18.39399", "10.48919"), "smldmat": ("-.0327199", ".009911"), "contigkb": ("1.797432", ".2476947"),
        "allies": ("-.4364347", ".1266621"), "lcaprat2": ("-.0917859", ".0919955"), "majpower": ("1.511436", ".2994846"),
    })  # fmt: skip


def test_alliances_are_not_so_sure_within_pairs_when_rows_that_share_a_state_go_together(within: Estimate) -> None:
    """The printed error of 0.127 takes every pair for the whole of what it knows: by pair 0.190, dyadic 0.240, and the interval reaches zero."""
    assert [round(errors_of(within, errors)["allies"][1], 3) for errors in ERRORS] == [0.127, 0.190, 0.240]
    assert [one.clusters for one in within.covariances] == [388, 388, 103]


def test_units_do_not_matter(clear_and_clean: Sample, within: Estimate) -> None:
    """One term a million times as large, another shifted far: the same likelihood, and coefficients in their new units."""
    scale, shift = np.array([1, 1e-6, 1, 1, 1e6, 1, 1]), np.array([1000.0, 0, 0, 0, 0, 0, 0])
    other = Sample(clear_and_clean.outcome, clear_and_clean.design * scale + shift, *(getattr(clear_and_clean, n) for n in Sample.__slots__[2:]))
    two = estimated(conditional_logit, other)
    kept = [i for i, term in enumerate(other.terms) if term in two.terms]
    assert two.log_likelihood == pytest.approx(within.log_likelihood, abs=1e-8)
    assert two.coefficients * scale[kept] == pytest.approx(within.coefficients, rel=1e-7)


def test_the_estimating_equations_of_clear_and_clean(clear_and_clean: Sample) -> None:
    """Table 1, column 1 (xtgee, corr(ar1), force, robust)."""
    found = estimated(gee, clear_and_clean)
    assert (found.rows, found.pairs) == (115_942, 3_139)
    assert found.notes == ("working correlation of rows that follow one another: 0.09553",)
    as_printed(found, "pair", {
        "smldmat": ("-.0554721", ".0111323"), "smldep": ("-50.38856", "14.78995"), "lcaprat2": ("-.2958045", ".0509722"),
        "allies": ("-.3411687", ".1746327"), "contigkb": ("2.013000", ".1870071"), "logdstab": ("-.4528129", ".0570821"),
        "majpower": ("1.676423", ".181946"), "constant": ("-2.033442", ".4699725"),
    })  # fmt: skip


def test_the_estimating_equations_of_triangulating_peace() -> None:
    """Russett and Oneal 2001, table A5.1. Stata stopped when coefficients moved by less than a millionth; these are where they stop moving."""
    found = estimated(gee, replications.triangulating_peace())
    assert (found.rows, found.pairs) == (39_988, 1_178)
    assert found.left_out == ("8 rows, the only one of their pair",)
    assert found.notes == ("working correlation of rows that follow one another: 0.44909",)
    printed = {
        "smldmat": (-0.0607884, 0.00944), "smldep": (-52.92334, 13.40524), "smigoabi": (-0.0134695, 0.0042638),
        "lcaprat2": (-0.3181581, 0.0432325), "allies": (-0.5392424, 0.1588729), "noncontg": (-0.9891623, 0.1675309),
        "logdstab": (-0.3762123, 0.064667), "minrpwrs": (-0.6472318, 0.1781309), "constant": (-0.1280416, 0.5360975),
    }  # fmt: skip
    ours = errors_of(found, "pair")
    assert set(ours) == set(printed)
    for term, (coefficient, error) in printed.items():
        assert abs(ours[term][0] - coefficient) <= 1e-6 * (1 + abs(coefficient) * 5), term
        assert ours[term][1] == pytest.approx(error, rel=1e-5), term


def test_the_logit_of_the_dangerous_dyads(dangerous: Estimate) -> None:
    """R stopped a step early, when the deviance moved by less than 1e-8 of itself: hence six digits."""
    assert dangerous.rows == 106_031
    assert dangerous.log_likelihood == pytest.approx(-9801.392, abs=5e-4)
    printed = (
        1.05533475454893, 0.467199483230435, 0.113404104834786, -0.129955866546438, -0.516837136841389, -0.0917495649824914,
        0.293987234675856, -0.146210134494997, 0.00250606413676954, -1.17968116005484e-05, -3.09314582201258,
    )  # fmt: skip
    assert dangerous.coefficients == pytest.approx(printed, rel=1e-6)
    for term, (naive, pair) in R_ERRORS.items():
        assert errors_of(dangerous, "naive")[term][1] == pytest.approx(naive, rel=2e-4), term
        assert errors_of(dangerous, "pair")[term][1] == pytest.approx(pair, rel=7e-3), term


def test_errors_of_the_dangerous_dyads_are_those_of_r_where_it_stopped() -> None:
    """R's errors by pair are of two steps at once: scores of the last, with the weights of the one before. Taken so, all its digits come out."""
    sample = replications.dangerous_dyads()
    naive, pair, _ = covariances(*replications.as_r_stops(sample), sample)
    for at, term in enumerate((*sample.terms, "constant")):
        if term in R_ERRORS:
            found = [float(np.sqrt(matrix[at, at])) for matrix in (naive.matrix, pair.matrix) if matrix is not None]
            assert found == pytest.approx(R_ERRORS[term], abs=5.1e-6), term
            assert found[0] == pytest.approx(R_ERRORS[term][0], abs=6e-8), term


def test_a_defence_pact_between_dangerous_dyads_has_three_errors(dangerous: Estimate) -> None:
    """Two errors from zero by the naive one, 1.3 by pair, 1.2 when rows that share a state go together (2,088 pairs, 216 states)."""
    told = {one.errors: (one.clusters, one) for one in dangerous.covariances}
    assert {errors: clusters for errors, (clusters, _) in told.items()} == {"naive": 106_031, "pair": 2_088, "dyadic": 216}
    naive, pair, dyadic = (errors_of(dangerous, errors)["atop_defense"][1] for errors in ERRORS)
    assert naive == pytest.approx(0.0584427, rel=1e-5)
    assert (round(pair, 5), round(dyadic, 5)) == (0.09958, 0.11125)
