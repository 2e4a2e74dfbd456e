"""The linter: each code from a label that deserves it, nothing from one that is coherent, and every code told on its page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.labels import CODES, FIXED_LADDERS, Category, ConfidentialityLabel, Originator, PolicyName, lint
from comity.labels.characters import odd_characters
from comity.terms import Caveat, Classification, Ladder
from tests.labels.making import TODAY, code, example, followed, label, note, rel

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "labels.md"
LADDER = Ladder(
    policy="EXAMPLE",
    owner="XAA",
    source="made up",
    levels=(
        Classification(name="OPEN", rank=1),
        Classification(name="GUARDED", rank=2, until=date(2020, 1, 1)),
        Classification(name="SECRET", rank=3),
    ),
    caveats=(Caveat(name="AT HOME", effect="national", says="", source=""), Caveat(name="BY HAND", effect="handling", says="", source="")),
)
NATO, PUBLIC = PolicyName("NATO"), PolicyName("PUBLIC")
COMMUNITIES = {"NORTH": ("XAA", "XBB", "XCC")}
GOOD = label("SECRET", rel("XAA", "XBB"), code("ALPHA"), note("DRAFT"))


def context(*values: str) -> Category:
    return rel(*values, tag="Context")


def ours(*categories: Category) -> ConfidentialityLabel:
    return label("SECRET", *categories, originator=Originator("comity:party:XDD", "uniformResourceIdentifier"))


LADDERED: list[tuple[str, ConfidentialityLabel, list[str]]] = [
    ("nothing", GOOD, []),
    ("a level that is not there", label("RESTRICTED"), ["unknown-level"]),
    ("a level of another time", label("GUARDED"), ["obsolete-level"]),
    ("a level of its time", label("GUARDED", made="2019-12-31T00:00:00Z"), []),
    ("one tag of two types", label("SECRET", rel("A", tag="T"), note("B", tag="t")), ["contradicting-types"]),
    ("released to nobody", label("SECRET", rel()), ["released-to-nobody"]),
    ("released to a blank", label("SECRET", rel(" ")), ["released-to-nobody", "empty-value"]),
    ("asked of all, granted to any", label("SECRET", rel("ALPHA", tag="Any"), code("ALPHA")), ["permissive-is-restrictive"]),
    ("national eyes only, and released", label("SECRET", rel("XAA", "XBB"), code("NATIONAL EYES ONLY")), ["eyes-only-yet-released"]),
    ("eyes only of those released to", label("SECRET", rel("XAA", "XBB"), code("XAA/XBB EYES ONLY")), []),
    ("eyes only of fewer", label("SECRET", rel("XAA", "XBB"), note("XAA eyes only")), ["eyes-only-yet-released"]),
    ("no foreigners, and released", ours(rel("XAA"), code("NOFORN")), ["eyes-only-yet-released"]),
    ("a mark for nationals, and released", label("SECRET", rel("XAA", "XBB"), code("at home")), ["eyes-only-yet-released"]),
    ("a mark for couriers, and released", label("SECRET", rel("XAA", "XBB"), code("BY HAND")), []),
    ("eyes only and not released", label("SECRET", code("NATIONAL EYES ONLY")), []),
    ("eyes only of nobody known", label("SECRET", rel("XBB"), code("EYES ONLY")), ["eyes-only-yet-released"]),
    ("released to its owner only", label("SECRET", rel("xaa")), ["released-to-originator-only"]),
    ("released to its originator only", ours(rel("XDD")), ["released-to-originator-only"]),
    ("a community wider than the release", label("SECRET", rel("XAA", "XBB"), rel("NORTH", tag="Groups")), ["community-outside-release"]),
    ("a community within the release", label("SECRET", rel("XAA", "XBB", "XCC"), rel("NORTH", tag="Groups")), []),
    ("a community that is the release", label("SECRET", rel("NORTH")), []),
    ("a community and no release", label("SECRET", rel("NORTH", tag="Groups")), []),
    ("a community for information", label("SECRET", rel("XAA", "XBB"), note("NORTH")), []),
    ("no review, no successor", label("SECRET", review=None), ["no-review"]),
    ("a review before it was made", label("SECRET", review="2026-11-22T11:59:59Z"), ["review-before-creation"]),
    ("a review that is due", label("SECRET", made="2020-01-01T00:00:00Z", review="2025-01-01T00:00:00Z"), ["review-due"]),
    ("a value twice", label("SECRET", rel("XBB", "xbb")), ["duplicate-value"]),
    ("a category twice", label("SECRET", code("A"), code("B")), ["duplicate-category"]),
    ("a category without a value", label("SECRET", code()), ["empty-category"]),
    ("an empty value", label("SECRET", code("A", "")), ["empty-value"]),
    ("a Cyrillic letter", label("SECRET", rel("X\u0410A", "XBB")), ["odd-characters"]),
    ("an invisible character", label("SECRET", code("AL\u200bPHA")), ["odd-characters"]),
    ("blanks around", label("SECRET", code(" ALPHA")), ["stray-blanks"]),
    ("an instant without its zone", label("SECRET", made="2026-11-22T12:00:00"), ["instant-without-zone"]),
    ("a creation to come", label("SECRET", made="2026-11-27T00:00:00Z"), ["created-in-the-future"]),
    ("an identifier of another kind", label("SECRET", policy=PolicyName("EXAMPLE", "http://example.org/")), ["not-an-object-identifier"]),
    ("an identifier with a zero too many", label("SECRET", replace(code("A"), uri="urn:oid:2.025")), ["not-an-object-identifier"]),
]


@pytest.mark.parametrize(("one", "codes"), [(one, codes) for _, one, codes in LADDERED], ids=[what for what, _, _ in LADDERED])
def test_against_a_ladder_it_finds(one: ConfidentialityLabel, codes: list[str]) -> None:
    found = lint(one, LADDER, TODAY, COMMUNITIES)
    assert [finding.code for finding in found] == codes
    assert all(";" in finding.says and finding.citation for finding in found), "each says what to do, and where it is told"


def test_against_a_policy_it_finds_what_the_policy_finds_too() -> None:
    assert [f.code for f in lint(label("SECRET"), example(), TODAY)] == ["missing-category"]
    assert lint(label("SECRET", rel("XAA", "XBB"), code("DELTA")), example(), TODAY) == ()


def succeeded(at: str, *levels: str, **more: Any) -> ConfidentialityLabel:
    """SECRET, followed at that instant by these levels one after the other."""
    after: ConfidentialityLabel | None = None
    for level in reversed(levels):
        after = (
            label(level, review=None, **more)
            if after is None
            else replace(label(level, review=None), succession=followed("2045-01-01T00:00:00Z", after))
        )
    assert after is not None
    return label("SECRET", review=None, succession=followed(at, after))


SUCCESSIONS: list[tuple[str, ConfidentialityLabel, list[str]]] = [
    ("a downgrading", succeeded("2040-01-01T00:00:00Z", "OPEN"), []),
    ("an upgrading", replace(succeeded("2040-01-01T00:00:00Z", "SECRET"), classification="OPEN"), ["successor-higher"]),
    ("an upgrading further on", succeeded("2040-01-01T00:00:00Z", "OPEN", "SECRET"), ["successor-higher"]),
    ("a level that is not there", succeeded("2040-01-01T00:00:00Z", "COSMIC"), ["successor-unknown-level"]),
    ("a change of policy", succeeded("2040-01-01T00:00:00Z", "OPEN", policy=PUBLIC), ["successor-of-another-policy"]),
    ("what has come already", succeeded("2026-11-26T00:00:00Z", "OPEN"), ["succession-in-the-past"]),
    ("what came before it was made", succeeded("2026-01-01T00:00:00Z", "OPEN"), ["succession-before-creation", "succession-in-the-past"]),
]


@pytest.mark.parametrize(("one", "codes"), [(one, codes) for _, one, codes in SUCCESSIONS], ids=[what for what, _, _ in SUCCESSIONS])
def test_of_a_succession_it_finds(one: ConfidentialityLabel, codes: list[str]) -> None:
    assert [finding.code for finding in lint(one, LADDER, TODAY)] == codes


def test_without_a_ladder_it_says_nothing_of_heights() -> None:
    assert lint(replace(succeeded("2040-01-01T00:00:00Z", "SECRET"), classification="OPEN"), None, TODAY) == ()
    assert lint(label("SECRET", rel("XAA")), None, TODAY) == ()


NATO_LABELS = [
    ([context("NATO")], []),
    ([], ["missing-context"]),
    ([context("NATO", "Releasable"), rel("XAA")], []),
    ([context("NATO"), rel("XAA")], ["release-without-context"]),
    ([context("NATO", "Releasable")], ["missing-release"]),
    ([context("Releasable"), rel("XAA")], ["missing-context"]),
]


@pytest.mark.parametrize(("categories", "codes"), NATO_LABELS)
def test_a_nato_label_says_its_context(categories: list[Category], codes: list[str]) -> None:
    assert [finding.code for finding in lint(label("SECRET", *categories, policy=NATO), None, TODAY)] == codes


def test_what_is_public_is_unmarked_and_open() -> None:
    (ladder,) = FIXED_LADDERS[:1]
    assert lint(label("UNMARKED", note("x", tag="Administrative"), policy=PUBLIC), ladder, TODAY) == ()
    assert [f.code for f in lint(label("SECRET", rel("XBB"), policy=PUBLIC), None, TODAY)] == ["public-yet-marked", "public-yet-closed"]


def test_odd_characters_are_named_and_letters_of_other_tongues_are_not_odd() -> None:
    assert odd_characters("ÅLAND") is odd_characters("СЕКРЕТНО") is odd_characters("極秘") is odd_characters("A B") is None
    assert odd_characters("СECRET") == "letters of Cyrillic and Latin in one word"
    assert odd_characters("A\u00a0B") == "the invisible character U+00A0"
    assert odd_characters("\uff33ECRET") == "characters that look like others in their plain form"


def test_a_finding_about_an_odd_character_shows_it() -> None:
    (finding,) = lint(label("SECRET", code("\u0410LPHA")), LADDER, TODAY)
    assert r"\u0410LPHA" in finding.says


def test_a_successor_is_looked_at_for_odd_characters_too() -> None:
    assert "odd-characters" in [f.code for f in lint(succeeded("2040-01-01T00:00:00Z", "\u041ePEN"), None, TODAY)]


def test_every_code_is_listed_and_told_with_its_reason() -> None:
    told = re.findall(r"^\| `([a-z-]+)` \| ([^|]+\.) \| ([^|]+\.) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name, _, _ in told] == list(CODES)
    sources = Path(__file__).parents[2] / "src" / "comity" / "labels"
    used = {name for path in sources.glob("*.py") for name in re.findall(r'finding\(\s*"([a-z-]+)"', path.read_text(encoding="utf-8"))}
    assert used == set(CODES)
