"""The label of a whole: nobody may see it who may not see every part."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.labels import Category, Clearance, ConfidentialityLabel, Originator, PolicyName, join, ladder_of, parse_instant
from comity.terms import BadInput
from tests.labels.literal import permitted
from tests.labels.making import EXAMPLE, NEAR_CATEGORIES, code, example, label, mirror, note, rel

LADDER = ladder_of(example())
PUBLIC = label("UNMARKED", note("ADMIN"), policy=PolicyName("PUBLIC"))


def joined(*parts: ConfidentialityLabel) -> ConfidentialityLabel:
    found = join(parts, [LADDER]).label
    assert found is not None
    return found


def test_the_highest_level_the_common_addressees_and_every_codeword() -> None:
    whole = joined(label("OPEN", rel("XAA", "XBB"), code("ALPHA"), note("a")), label("SECRET", rel("XBB", "XCC"), code("DELTA", "ALPHA"), note("b")))
    assert whole.classification == "SECRET"
    assert whole.categories == (rel("XBB"), code("ALPHA", "DELTA"), note("a", "b"))


def test_no_addressee_in_common_leaves_nobody_and_that_is_not_dropped() -> None:
    found = join([label("OPEN", rel("XAA")), label("OPEN", rel("XBB"))], [LADDER])
    assert found.label is not None
    assert found.label.categories == (rel(),)
    assert "Releasable To: the parts have no value in common, so nobody is left" in found.why


def test_a_part_without_a_tag_asks_for_nothing_of_it() -> None:
    assert joined(label("OPEN"), label("OPEN", rel("XAA"))).categories == (rel("XAA"),)


def test_public_parts_ask_for_nothing() -> None:
    secret = label("SECRET", rel("XAA"))
    assert joined(PUBLIC, secret) == joined(secret)
    assert join([PUBLIC, PUBLIC]).label == replace(PUBLIC, review=PUBLIC.review)
    closed = replace(PUBLIC, categories=(rel("XAA"),))
    assert join([closed, secret], [LADDER]).label is None, "a public label that closes something is no open one"


def test_review_creation_originator_and_mark_of_the_whole() -> None:
    one = label("OPEN", review="2030-01-01T00:00:00Z", originator=Originator("a", "jID"), privacy_mark="ONE")
    other = label("OPEN", review="2028-01-01T00:00:00+02:00", made="2026-12-01T00:00:00Z", originator=Originator("b", "jID"), privacy_mark="TWO")
    whole = joined(one, other, label("OPEN", review=None, privacy_mark="ONE"))
    assert whole.review == parse_instant("2028-01-01T00:00:00+02:00")
    assert whole.created == parse_instant("2026-12-01T00:00:00Z")
    assert whole.originator is None
    assert whole.privacy_mark == "ONE; TWO"
    assert joined(one, one).originator == Originator("a", "jID")
    assert joined(label("OPEN", review=None)).review is None


def test_labels_of_two_policies_join_by_the_equivalences_given() -> None:
    ours = label("PLAIN", rel("XAA", tag="Release"), policy=mirror().identifier)
    found = join([ours, label("SECRET", rel("XAA"))], policies=[example(), mirror()])
    assert found.label is not None
    assert (found.label.policy.name, found.label.classification) == ("MIRROR", "SEALED")
    back = join([ours, label("SECRET", rel("XAA"))], policies=[example(), mirror()], into=EXAMPLE)
    assert (back.label, back.why[-1]) == (None, "labels of MIRROR and EXAMPLE cannot be joined")


@pytest.mark.parametrize("given", [[], [example()], [mirror()]])
def test_without_equivalences_two_policies_do_not_join(given: list[object]) -> None:
    policies = [p for p in (example(), mirror()) if p in given]
    found = join([label("PLAIN", policy=mirror().identifier), label("OPEN")], [LADDER], policies)
    assert found.label is None
    assert "cannot be joined: no equivalences of" in found.why[-1]


def test_without_a_ladder_nothing_says_what_is_higher() -> None:
    assert join([label("OPEN"), label("SECRET")]).why == ("no ladder says which level of EXAMPLE is the highest",)
    assert join([label("OPEN"), label("COSMIC")], [LADDER]).why[-1].startswith("no level 'COSMIC' in the policy EXAMPLE")
    with pytest.raises(BadInput, match="no label to join"):
        join([])


LEVELS = [level.name for level in sorted(example().levels, key=lambda level: level.hierarchy)]
PARTS = st.builds(
    ConfidentialityLabel,
    policy=st.just(EXAMPLE),
    classification=st.sampled_from(LEVELS),
    created=st.just(label("OPEN").created),
    categories=NEAR_CATEGORIES,
)
CLEARANCES = st.builds(
    lambda height, categories: Clearance(EXAMPLE, tuple(LEVELS[:height]), categories), st.integers(0, len(LEVELS)), NEAR_CATEGORIES
)


@given(st.lists(PARTS, min_size=1, max_size=3), CLEARANCES)
@settings(max_examples=400, deadline=None)
def test_who_may_see_the_whole_may_see_every_part(parts: list[ConfidentialityLabel], clearance: Clearance) -> None:
    """Cleared for a level means cleared for those below it too."""
    whole = join(parts, [LADDER]).label
    assert whole is not None
    if permitted(whole, clearance):
        assert all(permitted(part, clearance) for part in parts)


@given(st.lists(PARTS, min_size=1, max_size=3))
@settings(deadline=None)
def test_joining_again_or_in_another_order_protects_the_same(parts: list[ConfidentialityLabel]) -> None:
    def protection(label: ConfidentialityLabel | None) -> tuple[str, set[tuple[str, str, str | None, frozenset[str]]]]:
        assert label is not None
        return label.classification, {(" ".join(c.tag.casefold().split()), c.type, c.uri, frozenset(c.values)) for c in label.categories}

    whole = join(parts, [LADDER]).label
    assert protection(join(parts[::-1], [LADDER]).label) == protection(whole)
    assert whole is not None
    assert protection(join([whole, *parts], [LADDER]).label) == protection(whole)


def test_a_category_is_not_joined_with_one_of_another_identifier() -> None:
    one, other = Category(tag="T", type=rel().type, values=("A",), uri="urn:oid:2.25.1"), Category(tag="T", type=rel().type, values=("A",))
    assert joined(label("OPEN", one), label("OPEN", other)).categories == (one, other)


def test_a_policy_says_which_tags_without_identifiers_are_the_same() -> None:
    known = replace(rel("XBB", "XCC"), uri="urn:oid:2.25.1.2")
    found = join([label("OPEN", known, code("U", tag="Unknown")), label("OPEN", rel("XAA", "XBB", tag="releasable to"))], policies=[example()])
    assert found.label is not None
    assert found.label.categories == (replace(known, values=("XBB",)), code("U", tag="Unknown"))
