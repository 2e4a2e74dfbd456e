"""Every kind of act is a small data file: well-formed, documented, with an article; its details are typed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from comity.acts import CONSENT, LEVELS, Act, check_detail, kinds
from comity.terms import BadInput
from tests.acts.kinds_page import GROUPS, page

TYPES = {"text", "day", "moment", "number", "flag", "list", "choice", "hash", "key"}
FILES = sorted(p.name for p in files("comity.acts").joinpath("kinds").iterdir())


@pytest.mark.parametrize("file", FILES)
def test_a_kind_file_holds_what_a_kind_has_and_nothing_else(file: str) -> None:
    assert file.endswith(".toml")
    data = tomllib.loads(files("comity.acts").joinpath("kinds", file).read_text(encoding="utf-8"))
    assert data["name"] == file.removesuffix(".toml")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", data["name"])
    assert set(data) <= {"name", "group", "past", "gloss", "source", "needs", "details"}
    assert data["gloss"].endswith("."), "the gloss is a sentence"
    assert data["source"].strip(), "a kind has its article, or where the practice is told"
    assert data["past"].strip() == data["past"] != ""
    envelope = {f.name for f in fields(Act)}
    assert set(data["needs"]) <= envelope | {f"details.{name}" for name in data.get("details", {})}
    for name, detail in data.get("details", {}).items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
        assert set(detail) <= {"type", "gloss", "choices"}
        assert detail["type"] in TYPES
        assert detail["gloss"].strip()
        assert ("choices" in detail) == (detail["type"] == "choice"), f"{name}: choices belong to a choice"
        assert name not in ("effect", "made", "received", "notified") or data["name"] in ("replace", "deny", "declare"), f"{name} is in the envelope"


def test_every_group_is_known_to_the_page_of_kinds() -> None:
    assert {kind.group for kind in kinds().values()} == set(GROUPS)


def test_the_kinds_that_express_consent_are_kinds() -> None:
    assert set(CONSENT) <= set(kinds())
    assert {kinds()[name].group for name in CONSENT} == {"consent"}


def test_the_page_of_kinds_is_current(root: Path) -> None:
    """docs/reference/kinds.md is generated: python -m tests.acts.kinds_page writes it."""
    assert (root / "docs" / "reference" / "kinds.md").read_text(encoding="utf-8") == page()


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("sign", "definitive", "yes"),
        ("sign", "definitive", "no"),
        ("suspend", "until", "2024-02-29"),
        ("replace", "made", "1980-01-xx"),
        ("declare", "effect", "disapplies"),
        ("declare", "articles", "1, 2(1)"),
        ("sign", "subject_to", "anything; at all"),
        ("introduce-key", "key", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"),
        ("revoke-key", "thumbprint", "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
    ],
)
def test_a_detail_of_its_type_is_taken(kind: str, name: str, value: str) -> None:
    check_detail(kinds()[kind], name, value)


@pytest.mark.parametrize(
    ("kind", "name", "value", "says"),
    [
        ("sign", "definitive", "true", "write yes or no"),
        ("sign", "definitive", "", "write yes or no"),
        ("suspend", "until", "2024-02-30", "is not a day of the calendar"),
        ("suspend", "until", "1980-01-xx", "is not a day"),
        ("replace", "made", "soon", "is not a moment"),
        ("declare", "effect", "cancels", "choose one of none, disapplies, modifies"),
        ("sign", "articles", "1", "'sign' has no detail 'articles'; it may carry: definitive, ad_referendum, subject_to"),
        ("receive", "anything", "1", "it may carry: none"),
        ("introduce-key", "key", "11qYAYKxCrfV", "is not a key or its thumbprint"),
        ("revoke-key", "reason", "lost", "choose one of compromised, superseded, ceased"),
    ],
)
def test_a_detail_of_another_type_is_refused_with_what_to_write(kind: str, name: str, value: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_detail(kinds()[kind], name, value)
    assert says in str(refused.value)


@pytest.mark.parametrize("value", ["", "-1", "1.5", "many", "٣", "²"])
def test_a_number_is_written_in_plain_digits(value: str) -> None:
    """Arabic or raised digits are numbers to Python, and another hash to everybody."""
    kind, name = next((k, d.name) for k in kinds().values() for d in k.details.values() if d.type == "number")
    check_detail(kind, name, "12")
    with pytest.raises(BadInput, match="write a whole number"):
        check_detail(kind, name, value)


def test_kinds_cannot_be_changed_by_who_reads_them() -> None:
    every: Any = kinds()
    with pytest.raises(TypeError):
        every["invade"] = every["sign"]
    with pytest.raises(TypeError):
        every["sign"].details["x"] = every["sign"].details["definitive"]


def test_levels_go_from_state_to_organ() -> None:
    assert LEVELS == ("state", "government", "ministry", "force", "organisation", "organ")
