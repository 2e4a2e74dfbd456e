"""The access decision: its sentences, one by one, and a slow second reading on labels and clearances drawn at random."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.labels import Clearance, ConfidentialityLabel, PolicyName, decide
from tests.labels.literal import permitted
from tests.labels.making import EXAMPLE, NEAR_CATEGORIES, code, label, note, rel

LEVELS = ("OPEN", "RESTRICTED", "SECRET")
CLEARED = Clearance(EXAMPLE, ("OPEN", "RESTRICTED", "SECRET"), (rel("XAA"), code("ALPHA", "DELTA")))


@pytest.mark.parametrize(
    ("one", "permit"),
    [
        (label("SECRET"), True),
        (label("TOP SECRET"), False),
        (label("SECRET", policy=PolicyName("EXAMPLE", "urn:oid:2.25.9")), False),
        (label("SECRET", policy=PolicyName("Example")), True),
        (label("SECRET", rel("XAA", "XBB")), True),
        (label("SECRET", rel("XBB")), False),
        (label("SECRET", rel()), False),
        (label("SECRET", rel("XAA"), rel("XBB")), False),
        (label("SECRET", code("ALPHA")), True),
        (label("SECRET", code("ALPHA", "BRAVO")), False),
        (label("SECRET", code()), True),
        (label("SECRET", code("ALPHA", tag="Colours")), False),
        (label("SECRET", note("DRAFT")), True),
        (label("secret"), False),
        (label("SECRET", rel("xaa")), False),
        (label("SECRET", rel("XAA", tag="releasable to")), True),
    ],
)
def test_a_decision_permits_only_what_every_test_passes(one: ConfidentialityLabel, permit: bool) -> None:
    decision = decide(one, CLEARED)
    assert decision.permit is permit
    assert decision.permit is permitted(one, CLEARED)
    assert all(test.says for test in decision.tests)


def test_case_does_not_matter_under_the_policies_that_say_so() -> None:
    nato = PolicyName("NATO")
    assert decide(label("Secret", rel("xaa"), policy=nato), Clearance(nato, ("SECRET",), (rel("XAA"),))).permit


def test_a_level_counts_by_membership_not_by_height() -> None:
    assert not decide(label("OPEN"), Clearance(EXAMPLE, ("SECRET",))).permit


NAMES = st.sampled_from([PolicyName("EXAMPLE"), EXAMPLE, PolicyName("NATO"), PolicyName("nato", "urn:oid:1.3.26.1.3.1")])
LABELS = st.builds(
    ConfidentialityLabel,
    policy=NAMES,
    classification=st.sampled_from([*LEVELS, "secret"]),
    created=st.just(label("OPEN").created),
    categories=NEAR_CATEGORIES,
)
CLEARANCES = st.builds(Clearance, NAMES, st.lists(st.sampled_from(LEVELS), max_size=3).map(tuple), NEAR_CATEGORIES)


@given(LABELS, CLEARANCES)
@settings(max_examples=500, deadline=None)
def test_the_decision_is_what_the_literal_reading_says(one: ConfidentialityLabel, clearance: Clearance) -> None:
    assert decide(one, clearance).permit is permitted(one, clearance)


def test_the_decision_is_what_the_literal_reading_says_on_every_small_case() -> None:
    kinds = (rel, code, note)
    sets = ((), ("XAA",), ("XBB",), ("XAA", "XBB"))
    some = [()] + [(kind(*values),) for kind in kinds for values in sets] + [(rel(*a), code(*b)) for a, b in product(sets, sets)]
    checked = 0
    for level, ours, cleared, theirs in product(LEVELS[:2], some, ((), ("OPEN",), LEVELS), some):
        one, clearance = label(level, *ours), Clearance(EXAMPLE, cleared, theirs)
        assert decide(one, clearance).permit is permitted(one, clearance)
        checked += 1
    assert checked > 5000
