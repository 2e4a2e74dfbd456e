"""Between the confidentiality label and the flat label of acts: there and back nothing changes; the other way never widens."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.labels import CategoryType, from_flat, to_flat
from comity.terms import PUBLIC, BadInput, Label
from tests.labels.making import code as code_
from tests.labels.making import label, note, rel

NOW = datetime(2026, 11, 26, tzinfo=UTC)
WORDS = st.lists(st.sampled_from(["XAA", "XBB", "ALPHA", "B C"]), max_size=3, unique=True).map(tuple)
FLAT = st.builds(
    Label,
    policy=st.sampled_from(["EXAMPLE", "PUBLIC"]),
    classification=st.sampled_from(["UNCLASSIFIED", "SECRET"]),
    categories=WORDS,
    releasable_to=WORDS,
    caveats=WORDS,
    originator=st.none() | st.sampled_from(["XAA", "a@example.org"]),
)


@given(FLAT)
def test_a_flat_label_comes_back_unchanged(flat: Label) -> None:
    assert to_flat(from_flat(flat, NOW)) == flat


def test_nobody_is_written_as_a_category_without_values() -> None:
    (category,) = from_flat(Label(policy="EXAMPLE", classification="SECRET"), NOW).categories
    assert (category.tag, category.type, category.values) == ("Releasable To", CategoryType.PERMISSIVE, ())
    assert from_flat(PUBLIC, NOW).categories == ()
    assert from_flat(PUBLIC, NOW).classification == "UNMARKED"


def test_what_acts_cannot_say_is_left_out_but_no_condition_is() -> None:
    flat = to_flat(label("SECRET", code_("ALPHA"), code_("NO COPY", tag="caveats"), rel("NORTH", tag="Groups"), rel("XAA", "XBB"), note("DRAFT")))
    assert flat == Label("EXAMPLE", "SECRET", categories=("ALPHA", "Groups: NORTH"), releasable_to=("XAA", "XBB"), caveats=("NO COPY",))


def test_two_releases_leave_those_in_both() -> None:
    assert to_flat(label("SECRET", rel("XAA", "XBB"), rel("XBB", "XCC"))).releasable_to == ("XBB",)


def test_a_join_over_several_policies_is_no_one_label() -> None:
    with pytest.raises(BadInput, match=r"EXAMPLE\+MIRROR"):
        from_flat(Label(policy="EXAMPLE+MIRROR", classification="SECRET"), NOW)
