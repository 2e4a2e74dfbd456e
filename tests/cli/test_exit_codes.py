"""Exit 0 for any verdict, 1 when check found problems, 2 for misuse."""

from __future__ import annotations

from pathlib import Path

import pytest

import comity as library
from comity.about import Opened
from tests.book.folders import agreement, folder
from tests.cli.running import comity
from tests.cli.test_misuse import words

VERDICTS = {
    "yes": "in-force pact --on 2002-01-01",
    "no": "bound ORG pact --on 2002-01-01",
    "contested": "bound BBB pact --on 2005-01-01",
    "unknown": "in-force pact --on 2015-01-01 --strict",
}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_any_verdict_is_an_answer_and_exits_with_nought(verdict: str, small: Path) -> None:
    done = comity("--book", str(small), *words(VERDICTS[verdict]))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{verdict.upper()}  ")
    assert comity("--book", str(small), *words(VERDICTS[verdict]), "--json").json["verdict"] == verdict


def test_a_check_of_a_sound_book_exits_with_nought_and_of_another_with_one(small: Path, tmp_path: Path) -> None:
    sound = comity("--book", str(small), "check")
    assert (sound.code, sound.err) == (0, "")
    assert sound.out == "1 agreements, 7 acts, 5 parties: 0 problems\n"
    broken = folder(tmp_path, {"agreements/pact.toml": agreement(head="zzz = 1\n")})
    done = comity("--book", str(broken), "check")
    assert done.code == 1
    assert done.out.splitlines()[0].startswith("acts/pact.csv:2: ") or done.out.splitlines()[0].startswith("agreements/pact.toml:5: ")
    as_json = comity("--book", str(broken), "check", "--json")
    assert as_json.code == 1
    assert as_json.json["problems"]


def test_a_problem_longer_than_a_screen_line_is_still_one_line(tmp_path: Path) -> None:
    broken = folder(tmp_path, {"acts/pact.csv": "ref,kind,actor,source,remarks\n"})
    done = comity("--book", str(broken), "check")
    assert sum(line.startswith("acts/pact.csv:1: ") for line in done.out.splitlines()) == len(done.out.splitlines()) - 1


def test_a_question_to_a_broken_book_is_answered_from_what_could_be_read(tmp_path: Path) -> None:
    broken = folder(tmp_path, {"acts/other.csv": "junk"})
    done = comity("--book", str(broken), "in-force", "pact", "--on", "2002-01-01")
    assert done.code == 0
    assert done.out.startswith("YES")
    assert done.err.startswith("warning: the book has ")
    assert done.err.endswith("list them with: comity check\n")
    assert done.err.count("\n") == 1


def test_help_exits_with_nought(small: Path) -> None:
    for line in ("--help", "bound --help"):
        done = comity(*words(line))
        assert (done.code, done.err) == (0, "")
        assert "Usage" in done.out


def test_completion_is_printed_for_a_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    """comity --show-completion bash: a script that bash can read, naming comity."""
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    done = comity("--show-completion", "bash")
    assert done.code == 0
    assert "COMPREPLY" in done.out


def test_a_python_program_gets_what_the_command_line_gets(small: Path) -> None:
    opened: Opened = library.open(str(small))
    from comity.terms import parse_day

    answer = opened.standing(on=parse_day("2002-01-01")).bound("AAA", "pact")
    told = comity("--book", str(small), "bound", "AAA", "pact", "--on", "2002-01-01", "--json").json
    assert (str(answer.verdict), str(answer.since)) == (told["verdict"], told["since"])


def test_the_readable_answer_tells_the_headline_the_tree_and_what_would_change_it(small: Path) -> None:
    out = comity("--book", str(small), "bound", "BBB", "pact", "--on", "2005-01-01").out
    assert out.splitlines()[0].startswith("CONTESTED  bound: BBB by pact")
    assert out.count("reading ") >= 2
    assert "because" in out
    assert "pact-BBB-denounce" in comity("--book", str(small), "bound", "BBB", "pact", "--on", "2005-01-01", "--json").out


def test_words_from_the_book_are_never_read_as_markup(tmp_path: Path) -> None:
    """A source or name in square brackets is shown as it is, and none makes the printing fail."""
    from tests.book.folders import rows

    story = 'AAA ratify 2000-02-01 "source=[/bold] [red]x[/] [not a tag"\nBBB ratify 2000-03-01'
    done = comity("--book", str(folder(tmp_path, {"acts/pact.csv": rows(story)})), "in-force", "pact", "--on", "2002-01-01")
    assert done.code == 0
    assert "[/bold] [red]x[/] [not a tag" in done.out
