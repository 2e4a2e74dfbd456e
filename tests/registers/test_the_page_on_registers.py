"""The page on registers runs as it stands, with the files out of COMITY_DATA where it takes those that were fetched."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import comity
from tests.registers.register_tables import DATA, needs_data

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "ask-a-register.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    comity (.*)$", PAGE, re.MULTILINE)


@needs_data
def test_the_commands_of_the_page_run_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = []
    for command in COMMANDS:
        words = shlex.split(command)
        done = comity(*words, *(["--from", str(DATA)] if "book" in words or "conflicts" in words else []))
        assert done.code in ((0, 1) if "between" in words else (0,)), (command, done.err)
        assert done.err == "", command
        said.append(done.out)
    assert "1,863 of 1,871 rows taken" in said[0]
    assert "dcad-0497  unknown" in said[1]
    assert [line.split()[1] for line in said[6].splitlines() if line.startswith("atop-")] == ["yes"] * 5
    assert "dcad-0497" in said[6]
    assert Path("dcad-book-not-taken.csv").read_text(encoding="utf-8").count("\n") > 8


@needs_data
def test_a_register_of_acts_alone_is_a_book_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert comity("registers", "book", "mme", "exercises", "--from", str(DATA)).code == 0
    checked = comity("--book", "exercises", "check")
    assert (checked.code, checked.out.splitlines()[-1].split(": ")[1]) == (0, "0 problems")
    again = comity("registers", "book", "mme", "exercises", "--from", str(DATA))
    assert again.code != 0
    assert "'exercises' is there already; give another name, or remove it" in again.err
