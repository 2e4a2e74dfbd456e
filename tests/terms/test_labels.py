"""Labels: who may see an act, and the least label that protects several (an explanation leaks what it rests on)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.terms import PUBLIC, Label, join, may_see

SECRET = Label("NATO", "SECRET", ("CRYPTO",), ("GBR", "USA"), ("ORCON",), "USA")
RESTRICTED = Label("NATIONAL", "RESTRICTED", ("NUCLEAR",), ("GBR", "FRA"), (), "GBR")
CODES = ("AAA", "BBB", "CCC")
LABELS = st.one_of(
    st.just(PUBLIC),
    st.builds(
        Label,
        st.sampled_from(("NATO", "NATIONAL")),
        st.sampled_from(("UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET", "COSMIC")),
        st.lists(st.sampled_from(("X", "Y")), unique=True).map(tuple),
        st.lists(st.sampled_from(CODES), unique=True).map(tuple),
        st.lists(st.sampled_from(("P", "Q")), unique=True).map(tuple),
        st.sampled_from((None, *CODES)),
    ),
)


@pytest.mark.parametrize(
    ("label", "viewer", "sees"),
    [
        (PUBLIC, "public", True),
        (PUBLIC, "FRA", True),
        (SECRET, None, True),
        (SECRET, "USA", True),
        (SECRET, "GBR", True),
        (SECRET, "FRA", False),
        (SECRET, "public", False),
        (RESTRICTED, "GBR", True),
        (RESTRICTED, "USA", False),
        (Label("NATIONAL", "SECRET", originator="FRA"), "FRA", True),
        (Label("NATIONAL", "SECRET", originator="FRA"), "USA", False),
        (Label("NATIONAL", "SECRET"), "USA", False),
        (Label("NATIONAL", "SECRET"), None, True),
    ],
)
def test_the_keeper_the_originator_and_the_addressees_see_and_nobody_else(label: Label, viewer: str | None, sees: bool) -> None:
    assert may_see(label, viewer) is sees


@pytest.mark.parametrize(
    "label",
    [
        Label("NATO"),
        Label(classification="RESTRICTED"),
        Label(releasable_to=("FRA",)),
        Label(caveats=("ORCON",)),
    ],
)
def test_a_label_with_any_restriction_is_not_public(label: Label) -> None:
    assert not label.public
    assert not may_see(label, "public")


def test_public_labels_join_to_public() -> None:
    assert join([]) == PUBLIC
    assert join([PUBLIC, PUBLIC]) == PUBLIC


def test_a_join_takes_the_highest_level_every_caveat_and_only_the_common_addressees() -> None:
    assert join([PUBLIC, SECRET, RESTRICTED]) == Label("NATIONAL+NATO", "SECRET", ("CRYPTO", "NUCLEAR"), ("GBR",), ("ORCON",), None)
    assert join([SECRET]) == SECRET


def test_an_unknown_classification_rounds_up() -> None:
    odd = Label("NATIONAL", "COSMIC MOST SECRET", originator="AAA")
    assert join([SECRET, odd]).classification == "COSMIC MOST SECRET"


@settings(max_examples=200, deadline=None)
@given(labels=st.lists(LABELS, max_size=4), viewer=st.sampled_from((None, "public", *CODES)))
def test_who_may_see_a_join_may_see_everything_in_it(labels: list[Label], viewer: str | None) -> None:
    """The rule that lets an answer be shown: whoever may see its label may see every act it rests on."""
    if may_see(join(labels), viewer):
        assert all(may_see(label, viewer) for label in labels)


@settings(max_examples=100, deadline=None)
@given(labels=st.lists(LABELS, min_size=1, max_size=4))
def test_the_order_of_labels_does_not_matter(labels: list[Label]) -> None:
    assert join(labels) == join(reversed(labels))


@settings(max_examples=100, deadline=None)
@given(labels=st.lists(LABELS, min_size=1, max_size=4))
def test_joining_a_join_with_what_it_was_made_of_changes_nothing(labels: list[Label]) -> None:
    assert join([join(labels), *labels]) == join(labels)
