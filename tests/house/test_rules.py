"""Every rule that an answer can rest on has a page, a source, an article in our words, a real case, and a case file that names it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from comity import permissions, standing

RULES = standing.RULES | permissions.RULES
ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "rules"
CASES = ROOT / "tests" / "cases"
SECTIONS = ("## Article", "## Rule", "## Real case")


def page(rule: str) -> str:
    return (PAGES / f"{rule}.md").read_text(encoding="utf-8")


def case_files(rule: str) -> list[str]:
    """The files on the page's case file line."""
    line = next((line for line in page(rule).splitlines() if line.startswith("Case file: ")), "")
    return re.findall(r"`([^`]+)`", line)


def rules_named(file: Path) -> set[str]:
    return {rule for asked in tomllib.loads(file.read_text(encoding="utf-8"))["question"] for rule in asked.get("rule", ())}


def test_no_two_rooms_name_a_rule_alike() -> None:
    assert not set(standing.RULES) & set(permissions.RULES)


def test_every_rule_has_a_page_and_every_page_is_about_a_rule() -> None:
    assert {found.stem for found in PAGES.glob("*.md")} - {"README"} == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_page_has_the_same_shape_as_the_others(rule: str) -> None:
    lines = page(rule).splitlines()
    assert re.fullmatch(r"# \S.+", lines[0])
    assert re.fullmatch(r"Source: \S.+", lines[2])
    assert tuple(line for line in lines if line.startswith("## ")) == SECTIONS
    for section in SECTIONS:
        assert lines[lines.index(section) + 2].strip(), f"{section} is empty"
    assert 120 <= len(page(rule).split()) <= 350


@pytest.mark.parametrize("rule", RULES)
def test_page_names_case_files_that_test_the_rule(rule: str) -> None:
    named = case_files(rule)
    assert named, "no line 'Case file:' naming a file in backquotes"
    for name in named:
        assert (ROOT / name).is_file(), f"{name} does not exist"
        assert rule in rules_named(ROOT / name), f"no question of {name} names the rule"


@pytest.mark.parametrize("rule", RULES)
def test_links_between_pages_lead_somewhere(rule: str) -> None:
    for target in re.findall(r"\]\(([^)#]+\.md)\)", page(rule)):
        assert (PAGES / target).is_file(), target


def test_cases_name_no_rule_that_does_not_exist() -> None:
    named = {rule for file in CASES.glob("*/*.toml") for rule in rules_named(file)}
    assert named == set(RULES)


def test_index_lists_every_rule_once() -> None:
    listed = re.findall(r"^\| \[([a-z-]+)\]\(\1\.md\) \|", (PAGES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(RULES)
