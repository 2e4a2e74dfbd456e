"""Every question of every case file gets the answer that the source gives: the suite's runner for Comity itself.

The format is told in README.md beside this file; any other implementation can run the same files. Questions go through
the command line's own ``main`` in this process. With the environment variable COMITY set to an installed executable they go
through that instead.
"""

from __future__ import annotations

import functools
import io
import json
import os
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

import comity
from comity.cli import main
from comity.standing import Record, Standing

HERE = Path(__file__).parent
BOOKS = HERE.parents[1] / "books"
FILES = sorted(HERE.glob("*/*.toml"))
EXECUTABLE = os.environ.get("COMITY", "")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a case file: what is asked, what the answer must say, and which rules it must rest on."""

    file: Path
    ask: str
    expect: Mapping[str, Any]
    rules: tuple[str, ...]
    gap: str = ""

    @property
    def id(self) -> str:
        return f"{self.file.parent.name}/{self.file.stem}: {self.ask}"


@functools.cache
def read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def questions() -> list[Question]:
    return [
        Question(file, asked["ask"], asked["expect"], tuple(asked.get("rule", ())), asked.get("gap", ""))
        for file in FILES
        for asked in read(file)["question"]
    ]


def written(case: Mapping[str, Any], folder: Path) -> Path:
    """The small book that a case file carries, as a folder."""
    (folder / "agreements").mkdir()
    (folder / "acts").mkdir()
    if "about" in case:
        (folder / "book.toml").write_text(case["about"], encoding="utf-8")
    (folder / "parties.toml").write_text(case["parties"], encoding="utf-8")
    for text in case["agreements"]:
        (folder / "agreements" / f"{tomllib.loads(text)['id']}.toml").write_text(text, encoding="utf-8")
    for text in case.get("ladders", ()):
        (folder / "ladders").mkdir(exist_ok=True)
        (folder / "ladders" / f"{tomllib.loads(text)['policy']}.toml").write_text(text, encoding="utf-8")
    (folder / "acts" / "acts.csv").write_text(case["acts"], encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """The folder of the book that each case file asks: the bundled one, or its own small one written out."""
    found = {}
    for file in FILES:
        case = read(file)
        found[file] = BOOKS / case["book"] if "book" in case else written(case["inline"], tmp_path_factory.mktemp(file.stem))
    return found


@pytest.fixture(scope="module", autouse=True)
def _each_book_is_read_and_derived_once() -> Iterator[None]:
    """What is derived does not depend on the day asked about: keep it between questions, and change only the day."""
    found: dict[tuple[int, date, str | None, bool], Standing] = {}

    def standing(record: Record, *, on: date, known: date, viewer: str | None, strict: bool, progress: object) -> Standing:
        key = (id(record), known, viewer, strict)
        return found.setdefault(key, Standing(record, on=on, known=known, viewer=viewer, strict=strict)).on_day(on)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comity, "open", functools.cache(comity.open))
        patch.setattr("comity.cli.asking.Standing", standing)
        yield


def put(arguments: list[str]) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command."""
    if EXECUTABLE:
        done = subprocess.run([EXECUTABLE, *arguments], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main(arguments)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
    return code, out.getvalue(), err.getvalue()


def differences(expected: object, found: object, where: str = "answer") -> list[str]:
    """How ``found`` falls short of ``expected``: the comparison of README.md, "What must match"."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return [f"{where}: {found!r} is no table"]
        return [d for key, value in expected.items() for d in differences(value, found.get(key), f"{where}.{key}")]
    if isinstance(expected, list):
        if not isinstance(found, list):
            return [f"{where}: {found!r} is no list"]
        if not expected:
            return [f"{where}: expected to be empty, but is {found!r}"] if found else []
        return [f"{where}: nothing in it matches {item!r}" for item in expected if all(differences(item, one, where) for one in found)]
    if expected == "":
        return [] if found is None else [f"{where}: {found!r}, expected none"]
    return [] if expected == found else [f"{where}: {found!r}, expected {expected!r}"]


def rules_in(answer: object) -> set[str]:
    """Every rule named anywhere in an answer."""
    if isinstance(answer, list):
        return {rule for item in answer for rule in rules_in(item)}
    if isinstance(answer, dict):
        own = {cast("str", answer["rule"])} if isinstance(answer.get("rule"), str) else set()
        return own | {rule for value in answer.values() for rule in rules_in(value)}
    return set()


@pytest.mark.parametrize("question", questions(), ids=lambda q: q.id)
def test_answer_is_the_one_the_source_gives(question: Question, folders: dict[Path, Path]) -> None:
    code, out, err = put(["--book", str(folders[question.file]), *shlex.split(question.ask), "--json"])
    assert code == 0, err or out
    answer = json.loads(out)
    missing = sorted(set(question.rules) - rules_in(answer))
    problems = differences(question.expect, answer) + [f"no reason names the rule {rule}" for rule in missing]
    if question.gap:
        assert problems, f"the gap is filled: take it out of the case file ({question.gap})"
        allowed = ("unknown", "contested", question.expect.get("verdict"))
        assert answer["verdict"] in allowed, f"a gap in the record must not make a false {answer['verdict']}"
        return
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("file", [f for f in FILES if "inline" in read(f)], ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_inline_book_reads_without_a_problem(file: Path, folders: dict[Path, Path]) -> None:
    code, out, err = put(["--book", str(folders[file]), "check", "--json"])
    assert code == 0, err or out


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_case_file_says_where_it_comes_from(file: Path) -> None:
    case = read(file)
    assert case["title"]
    assert case["source"]
    assert ("book" in case) != ("inline" in case), "a case asks the bundled book or its own small one"
    for asked in case["question"]:
        assert asked.get("source") or case["source"]
        assert asked["expect"], f"{asked['ask']}: nothing is expected"


if __name__ == "__main__":
    sys.exit(pytest.main([__file__]))
