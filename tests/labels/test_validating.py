"""What a policy finds wrong with a label, rule by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from comity.labels import Category, CategoryType, ConfidentialityLabel, validate
from comity.labels.policies import EquivalentPolicy
from tests.labels.making import TODAY, code, example, label, mirror, note, rel

EARLY = "2024-06-01T00:00:00Z"
WRONG: list[tuple[str, ConfidentialityLabel, list[str]]] = [
    ("a label as it should be", label("SECRET", rel("XAA"), code("ALPHA")), []),
    ("a level without categories", label("OPEN"), []),
    ("names in another case", label("top secret", rel("xaa", tag="RELEASABLE TO"), privacy_mark="in confidence"), []),
    (
        "an identifier instead of the name",
        label("TOP SECRET", Category(tag="Codewords", type=CategoryType.RESTRICTIVE, values=("DELTA",), uri="urn:oid:2.25.1.3")),
        [],
    ),
    ("a level that is not there", label("COSMIC"), ["unknown-level"]),
    ("an obsolete level", label("GUARDED"), ["obsolete-level"]),
    ("an obsolete level of before", label("GUARDED", made=EARLY), []),
    ("a tag that is not there", label("OPEN", code("X", tag="Colours")), ["unknown-tag"]),
    (
        "an identifier that is not there",
        label("OPEN", Category(tag="Notes", type=CategoryType.INFORMATIVE, values=("DRAFT",), uri="urn:oid:2.25.1.99")),
        ["unknown-tag"],
    ),
    (
        "an identifier of another tag",
        label("OPEN", Category(tag="Remarks", type=CategoryType.INFORMATIVE, values=("DRAFT",), uri="urn:oid:2.25.1.4")),
        ["unknown-tag"],
    ),
    ("a tag of the wrong type", label("OPEN", code("XAA", tag="Releasable To")), ["wrong-tag-type"]),
    ("a value that is not there", label("OPEN", rel("XZZ")), ["unknown-value"]),
    ("an obsolete value", label("OPEN", rel("XOO")), ["obsolete-value"]),
    ("an obsolete value of before", label("OPEN", rel("XOO"), made=EARLY), []),
    ("a value that a person typed", label("OPEN", note("17")), []),
    ("a value that a person mistyped", label("OPEN", note("xvii")), ["unknown-value"]),
    ("more values than may stand together", label("OPEN", rel("XAA", "XBB", "XCC", "XDD")), ["too-many-values"]),
    ("two values where one may be chosen", label("OPEN", note("DRAFT", "17")), ["too-many-values"]),
    ("fewer values than must stand together", label("OPEN", rel("NORTH", tag="Groups")), ["too-few-values"]),
    ("as many values as must stand together", label("OPEN", rel("NORTH", "SOUTH", tag="Groups")), []),
    ("a level without its categories", label("SECRET"), ["missing-category"]),
    ("a level with a category that is not there", label("SECRET", rel("XZZ")), ["unknown-value", "missing-category"]),
    ("a value without its categories", label("TOP SECRET", code("ALPHA")), ["missing-category"]),
    ("a value with one category too many", label("TOP SECRET", code("ALPHA"), rel("XAA", "XBB")), ["missing-category"]),
    ("a value with a level that it excludes", label("OPEN", code("ALPHA"), rel("XAA")), ["excluded-level"]),
    ("a value without its level", label("TOP SECRET", code("BRAVO")), ["required-level"]),
    ("two values that exclude each other", label("SECRET", rel("XAA"), code("ALPHA", "BRAVO")), ["excluded-category"]),
    ("a mark that is not there", label("OPEN", privacy_mark="SHH"), ["unknown-privacy-mark"]),
    ("an obsolete mark", label("OPEN", privacy_mark="OLD MARK"), ["obsolete-privacy-mark"]),
]


@pytest.mark.parametrize(("one", "codes"), [(one, codes) for _, one, codes in WRONG], ids=[what for what, _, _ in WRONG])
def test_a_policy_finds(one: ConfidentialityLabel, codes: list[str]) -> None:
    found = validate(one, example(), TODAY)
    assert [finding.code for finding in found] == codes
    assert all(";" in finding.says for finding in found), "each says what to do"


def test_a_value_is_valid_for_its_time_only() -> None:
    one = label("TOP SECRET", code("CHARLIE"))
    assert validate(one, example(), TODAY) == ()
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        assert [finding.code for finding in validate(one, example(), day)] == ["value-not-valid"]


def test_a_policy_is_valid_for_its_time_only() -> None:
    for day in (date(2024, 12, 31), date(2035, 1, 2)):
        assert [finding.code for finding in validate(label("OPEN"), example(), day)] == ["policy-not-valid"]


def test_another_policy_has_nothing_to_say_but_that_it_is_another() -> None:
    assert [finding.code for finding in validate(label("OPEN", policy=mirror().identifier), example(), TODAY)] == ["wrong-policy"]


def test_a_policy_without_marks_leaves_them_alone() -> None:
    assert validate(label("OPEN", privacy_mark="SHH"), replace(example(), privacy_marks=()), TODAY) == ()
    assert validate(label("OPEN"), replace(example(), equivalent_policies=(EquivalentPolicy(name="MIRROR", id="2.25.2"),)), TODAY) == ()
