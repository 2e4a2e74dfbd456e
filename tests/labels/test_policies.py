"""A policy out of a SPIF: what it states, as a ladder, and a SPIF out of a ladder; the marking line of a label."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from comity.labels import FIXED_LADDERS, CategoryType, from_flat, ladder_of, map_label, marking_of, policy_of, read_spif, validate, write_spif
from comity.terms import BadInput, Category, Caveat, Classification, Label, Ladder
from tests.labels.making import code, example, label, mirror, note, rel

LADDER = Ladder(
    policy="SOMEWHERE",
    owner="XAA",
    source="made up",
    levels=(
        Classification(name="Closed", rank=20, also=("CL",)),
        Classification(name="Open", rank=10),
        Classification(name="Old", rank=15, until=date(2000, 1, 1)),
        Classification(name="Coming", rank=30, from_=date(2100, 1, 1)),
    ),
)


def test_a_spif_states_levels_tags_and_what_they_are_equal_to() -> None:
    policy = example()
    assert (policy.name, policy.id, policy.issued) == ("EXAMPLE", "2.25.1", date(2025, 1, 1))
    assert policy.identifier.uri == "urn:oid:2.25.1"
    assert [(level.name, level.hierarchy, level.obsolete) for level in policy.levels][1] == ("GUARDED", 20, True)
    codewords = policy.tag_set("codewords")
    assert codewords is not None
    assert codewords.tags[0].type == CategoryType.RESTRICTIVE
    assert codewords.tags[0].values[0].excluded_classes == ("OPEN",)
    notes = policy.tag_set("Notes")
    assert notes is not None
    assert [tag.type for tag in notes.tags] == [CategoryType.INFORMATIVE, None]
    assert notes.tags[0].single
    groups = policy.tag_set("Groups")
    assert groups is not None
    assert (groups.tags[0].least, groups.tags[0].most) == (2, None)
    assert policy.level("secret") is policy.levels[3]
    assert policy.level("none") is None
    assert policy.tag_set("none") is None
    assert policy.extensions is not None


def test_a_date_that_is_not_stated_is_before_all_others() -> None:
    assert mirror().issued == date.min


def test_a_ladder_has_the_levels_of_the_policy_in_their_order() -> None:
    ladder = ladder_of(example())
    assert [(level.name, level.rank) for level in ladder.levels][:2] == [("OPEN", 10), ("GUARDED", 20)]
    assert not ladder.level("guarded").used_on(date(2025, 1, 1))
    assert ladder.level("guarded").used_on(date(2024, 12, 31))
    assert ladder.level("SECRET").used_on(date(2100, 1, 1))


def test_a_policy_out_of_a_ladder_maps_what_it_is_told_to_and_nothing_else() -> None:
    policy = policy_of(LADDER, "2.25.8", date(2026, 1, 1), [(mirror(), {"cl": "SEALED"})])
    assert [(level.name, level.lacv, level.obsolete) for level in policy.levels] == [
        ("Open", 1, False),
        ("Old", 2, True),
        ("Closed", 3, False),
        ("Coming", 4, False),
    ]
    assert read_spif(write_spif(policy)) == policy
    closed = map_label(label("Closed", policy=policy.identifier), policy, mirror())
    assert closed.label is not None
    assert closed.label.classification == "SEALED"
    assert map_label(label("Open", policy=policy.identifier), policy, mirror()).label is None


def test_a_label_of_an_act_is_valid_under_the_policy_made_of_its_ladder() -> None:
    marks = replace(
        LADDER,
        caveats=(Caveat(name="AT HOME", effect="national", says="", source=""), Caveat(name="BY HAND", effect="handling", says="", source="")),
        categories=(Category(name="ALPHA", says="", source=""), Category(name="STAFF", says="", source="", type="informative")),
    )
    policy = policy_of(marks, "2.25.8", date(2026, 1, 1))
    assert read_spif(write_spif(policy)) == policy
    act = Label("SOMEWHERE", "Closed", categories=("ALPHA",), releasable_to=("XBB",), caveats=("AT HOME",))
    made = from_flat(act, datetime(2026, 1, 2, tzinfo=UTC))
    assert validate(made, policy, date(2026, 1, 2)) == ()
    assert [f.code for f in validate(from_flat(replace(act, caveats=("X",)), datetime(2026, 1, 2, tzinfo=UTC)), policy, date(2026, 1, 2))] == [
        "unknown-value"
    ]
    assert policy.tag_sets[2].tags[1].type == CategoryType.INFORMATIVE


def test_an_equivalence_with_a_level_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadInput, match="mapped to 'X', which MIRROR does not have"):
        policy_of(LADDER, "2.25.8", date(2026, 1, 1), [(mirror(), {"Closed": "X"})])


def test_tlp_and_public_have_ladders_of_their_own() -> None:
    assert [ladder.policy for ladder in FIXED_LADDERS] == ["PUBLIC", "TLP 1", "TLP 2.0"]
    assert FIXED_LADDERS[2].level("amber+strict").rank > FIXED_LADDERS[2].level("AMBER").rank


def test_a_policy_needs_a_level() -> None:
    with pytest.raises(BadInput, match="has no level"):
        replace(example(), levels=())


def test_the_marking_line_has_policy_level_and_categories() -> None:
    full = label("SECRET", rel("XAA", "XBB"), code("ALPHA", "DELTA"), note("DRAFT"), rel("NORTH", tag="Groups"), privacy_mark="IN CONFIDENCE")
    assert marking_of(full) == "EXAMPLE SECRET//ALPHA, DELTA//DRAFT//REL TO XAA, XBB//GROUPS NORTH//IN CONFIDENCE"
    assert marking_of(label("Example Secret", rel())) == "Example Secret//REL TO NOBODY"
