"""May what bears the label in a file be released? The label counts as its succession says on the day asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import comity

SUCCEEDED = """
[[labels]]
policy = { name = "NLD" }
classification = "Stg. ZEER GEHEIM"
created = "2000-01-01T00:00:00Z"

[labels.succession]
at = "2010-01-01T00:00:00Z"

[labels.succession.label]
policy = { name = "NLD" }
classification = "Stg. GEHEIM"
created = "2000-01-01T00:00:00Z"
"""
NOBODY = """
[[labels]]
policy = { name = "NLD" }
classification = "Stg. GEHEIM"
created = "2000-01-01T00:00:00Z"
originator = { id = "desk@example.org", type = "rfc822Name" }

[[labels.categories]]
tag = "Releasable To"
type = "PERMISSIVE"
values = []
"""


def asked(file: Path, on: str) -> dict[str, object]:
    return comity("may", "release", "--from", "NLD", "--to", "SWE", "--label", str(file), "--on", on, "--json").json


def test_a_label_that_is_downgraded_counts_at_its_lower_level_from_that_day_on(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(SUCCEEDED, encoding="utf-8")
    assert asked(file, "2009-12-31")["question"] == "may release: NLD to SWE, NLD Stg. ZEER GEHEIM"
    after = asked(file, "2010-01-01")
    assert (after["question"], after["verdict"]) == ("may release: NLD to SWE, NLD Stg. GEHEIM", "yes")


def test_a_label_releasable_to_nobody_lets_nothing_pass(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(NOBODY, encoding="utf-8")
    assert asked(file, "2010-01-01")["mode"] == "forbidden"


@pytest.mark.parametrize("more", [("--level", "GEHEIM"), ("--policy", "NLD")])
def test_a_label_and_marks_of_its_own_are_not_both_given(tmp_path: Path, more: tuple[str, str]) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(SUCCEEDED, encoding="utf-8")
    done = comity("may", "release", "--from", "NLD", "--to", "SWE", "--label", str(file), *more)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "either --level" in done.err


def test_neither_a_label_nor_a_level_is_told_in_one_line() -> None:
    done = comity("may", "release", "--from", "NLD", "--to", "SWE")
    assert done.code == 2
    assert "say how it is marked" in done.err


def test_a_file_without_a_label_is_told_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "none.json"
    file.write_text('{"type": "bundle", "id": "bundle--5d0092c5-5f74-4287-9642-33f4c354e56d", "objects": []}', encoding="utf-8")
    done = comity("may", "release", "--from", "NLD", "--to", "SWE", "--label", str(file))
    assert done.code == 2
    assert done.err.count("\n") == 1
