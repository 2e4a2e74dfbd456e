"""A label in the words of another policy: what is stated is mapped, what is not stated is not guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.labels import Category, CategoryType, ConfidentialityLabel, map_label
from comity.labels.policies import CategoryGroup, EquivalentLevel, EquivalentValue, Required
from tests.labels.making import code, example, followed, label, mirror, note, rel


def test_level_and_categories_become_those_that_the_policy_states() -> None:
    mapped = map_label(label("SECRET", rel("XAA", "XBB"), code("ALPHA"), note("DRAFT"), privacy_mark="IN CONFIDENCE"), example(), mirror())
    assert mapped.label is not None
    assert (mapped.label.role, mapped.label.policy, mapped.label.classification) == ("alternative", mirror().identifier, "SEALED")
    assert mapped.label.categories == (
        Category(tag="Release", type=CategoryType.PERMISSIVE, values=("XAA", "XBB", "XMM"), uri="urn:oid:2.25.2.2"),
        Category(tag="Handling", type=CategoryType.RESTRICTIVE, values=("ALEPH", "SAFE"), uri="urn:oid:2.25.2.3"),
    )
    assert mapped.label.privacy_mark is None
    assert mapped.why == (
        "SECRET is taken for SEALED",
        "Releasable To XAA becomes Release XAA",
        "Releasable To XBB becomes Release XBB",
        "Codewords ALPHA becomes Handling ALEPH",
        "Notes DRAFT is left out, as EXAMPLE allows",
        "added: Handling SAFE",
        "added: Release XMM",
        "the privacy mark 'IN CONFIDENCE' has no equivalent and stays on the originator's label only",
    )


def test_who_maps_decides_which_equivalence_applies() -> None:
    by_originator = map_label(label("SECRET", rel("XAA")), example(), mirror(), by="originator")
    assert by_originator.label is not None
    assert by_originator.label.classification == "CLOSED"


def test_successors_are_mapped_with_the_label() -> None:
    one = replace(label("RESTRICTED"), succession=followed("2030-01-01T00:00:00Z", label("OPEN", review=None)))
    mapped = map_label(one, example(), mirror())
    assert mapped.label is not None
    assert mapped.label.succession is not None
    assert mapped.label.succession.label.classification == "PLAIN"
    stuck = replace(one, succession=followed("2030-01-01T00:00:00Z", label("GUARDED", review=None)))
    assert map_label(stuck, example(), mirror()).label is None


def test_a_permissive_category_that_nobody_satisfies_stays_one() -> None:
    mapped = map_label(label("OPEN", rel()), example(), mirror())
    assert mapped.label is not None
    assert mapped.label.categories == (Category(tag="Release", type=CategoryType.PERMISSIVE, uri="urn:oid:2.25.2.2"),)


def test_a_value_written_twice_is_mapped_once() -> None:
    mapped = map_label(label("OPEN", rel("XAA", "xaa")), example(), mirror())
    assert mapped.label is not None
    assert mapped.label.categories[0].values == ("XAA", "XMM")


def test_two_permissive_conditions_stay_two() -> None:
    mapped = map_label(label("OPEN", rel("XAA"), rel("XBB")), example(), mirror())
    assert mapped.label is not None
    assert [category.values for category in mapped.label.categories] == [("XAA", "XMM"), ("XBB",)]


UNMAPPABLE = [
    ("another policy's label", label("PLAIN", policy=mirror().identifier), "the label's policy is MIRROR, not EXAMPLE"),
    ("a level that is not there", label("COSMIC"), "EXAMPLE has no level 'COSMIC'"),
    ("a level without an equivalent", label("TOP SECRET"), "EXAMPLE gives TOP SECRET no equivalent in MIRROR"),
    ("a value without an equivalent", label("OPEN", code("DELTA")), "Codewords DELTA has no equivalent in MIRROR"),
    ("a value that the other set lacks", label("OPEN", rel("XCC")), "Releasable To XCC has no equivalent in MIRROR"),
    ("a value that is not there", label("OPEN", rel("XZZ")), "EXAMPLE has no value 'XZZ' of Releasable To"),
    ("an empty category without an equivalent", label("OPEN", code()), "the category Codewords without values has no equivalent in MIRROR"),
]


@pytest.mark.parametrize(("one", "says"), [(one, says) for _, one, says in UNMAPPABLE], ids=[what for what, _, _ in UNMAPPABLE])
def test_what_has_no_equivalent_is_not_mapped_and_it_is_said_why(one: ConfidentialityLabel, says: str) -> None:
    mapped = map_label(one, example(), mirror())
    assert mapped.label is None
    assert mapped.why[-1] == says


def test_there_is_no_way_back_unless_it_is_stated() -> None:
    back = map_label(label("PLAIN", policy=mirror().identifier), mirror(), example())
    assert back.why == ("MIRROR names no equivalence with EXAMPLE (2.25.1)",)


def with_levels(*equivalents: EquivalentLevel) -> ConfidentialityLabel | str:
    """OPEN under MIRROR, if OPEN had these equivalents; else why not."""
    policy = example()
    levels = (replace(policy.levels[0], equivalents=equivalents), *policy.levels[1:])
    mapped = map_label(label("OPEN", rel("XAA")), replace(policy, levels=levels), mirror())
    return mapped.label or mapped.why[-1]


def test_two_equivalents_are_no_answer() -> None:
    found = with_levels(EquivalentLevel(policy="MIRROR", lacv=11), EquivalentLevel(policy="MIRROR", lacv=12))
    assert found == "EXAMPLE gives OPEN more than one equivalent in MIRROR"


def test_a_level_that_the_other_policy_lacks_is_no_answer() -> None:
    assert with_levels(EquivalentLevel(policy="MIRROR", lacv=99)) == "EXAMPLE maps OPEN to level number 99, which MIRROR does not have"


def test_a_choice_that_the_equivalence_leaves_is_not_made_for_the_label() -> None:
    groups = tuple(CategoryGroup(set_name="Handling", tag_type="restrictive", lacv=n) for n in ("1", "2"))
    found = with_levels(EquivalentLevel(policy="MIRROR", lacv=11, requires=(Required("oneOrMore", groups),)))
    assert found == "the equivalence leaves a choice that the label does not make: Handling SAFE, Handling ALEPH"
    one = with_levels(EquivalentLevel(policy="MIRROR", lacv=11, requires=(Required("onlyOne", groups[:1]),)))
    assert isinstance(one, ConfidentialityLabel)


def test_a_choice_that_the_label_has_made_stands() -> None:
    groups = tuple(CategoryGroup(set_name="Release", tag_type="permissive", lacv=n) for n in ("1", "2"))
    assert isinstance(with_levels(EquivalentLevel(policy="MIRROR", lacv=11, requires=(Required("onlyOne", groups),))), ConfidentialityLabel)


def test_something_to_add_that_is_no_one_value_is_no_answer() -> None:
    anything = Required("all", (CategoryGroup(set_name="Handling", tag_type="restrictive"),))
    missing = Required("all", (CategoryGroup(set_name="Nowhere", tag_type="restrictive", lacv="3"),))
    for required, named in ((anything, "Handling (any)"), (missing, "Nowhere 3")):
        assert with_levels(EquivalentLevel(policy="MIRROR", lacv=11, requires=(required,))) == (
            f"the equivalence asks for {named}, which is no one value of MIRROR"
        )


def test_two_equivalents_of_a_value_are_no_answer() -> None:
    policy = example()
    codewords = policy.tag_sets[1]
    tag = codewords.tags[0]
    twice = tuple(EquivalentValue(policy="MIRROR", set_id="2.25.2.3", tag_type="restrictive", lacv=n) for n in ("1", "2"))
    nowhere = (EquivalentValue(policy="MIRROR", set_id="2.25.2.99", tag_type="restrictive", lacv="1"),)
    for equivalents, says in (
        (twice, "EXAMPLE gives DELTA more than one equivalent in MIRROR"),
        (nowhere, "Codewords DELTA has no equivalent in MIRROR"),
    ):
        values = (*tag.values[:3], replace(tag.values[3], equivalents=equivalents))
        changed = replace(policy, tag_sets=(policy.tag_sets[0], replace(codewords, tags=(replace(tag, values=values),)), *policy.tag_sets[2:]))
        mapped = map_label(label("OPEN", code("DELTA")), changed, mirror())
        assert (mapped.label, mapped.why[-1]) == (None, says)


def test_a_label_that_the_other_policy_would_not_allow_is_no_equivalent() -> None:
    strict = mirror()
    value = strict.tag_sets[1].tags[0].values[1]
    tag = replace(strict.tag_sets[1].tags[0], values=(strict.tag_sets[1].tags[0].values[0], replace(value, required_class="SEALED")))
    strict = replace(strict, tag_sets=(strict.tag_sets[0], replace(strict.tag_sets[1], tags=(tag,))))
    mapped = map_label(label("RESTRICTED", rel("XAA"), code("ALPHA")), example(), strict)
    assert mapped.label is None
    assert mapped.why[-1].startswith("as a label of MIRROR it would not be valid: ALEPH goes with SEALED only")
