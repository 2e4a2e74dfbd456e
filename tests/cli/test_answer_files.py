"""comity answer: which questions a file can carry, and what is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from comity.questions import QUESTIONS
from tests.cli.running import Done, comity
from tests.cli.test_misuse import words as split

ASKED = ("--", "bound", "AAA", "pact", "--on", "2002-01-01")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, small: Path) -> str:
    """A ledger that holds the small book, with its key beside it."""
    folder = tmp_path_factory.mktemp("answers")
    address = f"sqlite:///{folder}/small.db"
    for words in (("init", "--origin", "ledger.example.org"), ("import", str(small)), ("key", str(folder / "key"))):
        assert comity("--ledger", address, "ledger", *words).code == 0
    return address


def ask(url: str, out: Path, *words: str) -> Done:
    return comity("--ledger", url, "answer", "-o", str(out), "--key", str(Path(url.removeprefix("sqlite:///")).with_name("key")), *words)


def refused(done: Done) -> str:
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1), done
    return done.err


def test_it_says_what_it_wrote(url: str, tmp_path: Path) -> None:
    done = ask(url, tmp_path / "a.json", *ASKED)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{tmp_path / 'a.json'}: 10 of 10 items, 0 hashes, NATIONAL SECRET\n"
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["answer"]["verdict"] == "yes"


def test_a_file_that_is_there_is_never_written_over(url: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("mine", encoding="utf-8")
    assert "is there already; give a new file" in refused(ask(url, tmp_path / "a.json", *ASKED))
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "asked",
    [
        "what-if --act 'sign AAA pact 2001-01-01' -- in-force pact",
        "diff --from 2001-01-01 --to 2002-01-01",
        "coverage a.toml",
        "check",
        "acts",
        "may",
        "may dance",
        "ledger stats",
        "nonsense",
    ],
)
def test_what_is_no_question_that_a_file_can_carry_is_named_with_those_that_are(asked: str, url: str, tmp_path: Path) -> None:
    says = refused(ask(url, tmp_path / "a.json", "--", *split(asked)))
    assert f"{asked.split(maxsplit=1)[0]}" in says
    assert f"is no question that an answer file can carry; these are: {', '.join(QUESTIONS)}" in says
    assert not (tmp_path / "a.json").exists()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("bound AAA", "Missing argument 'ID'"),
        ("bound ATLANTIS pact", "no party 'ATLANTIS' is on record"),
        ("bound AAA pact --as ATLANTIS", "no party 'ATLANTIS' is on record"),
        ("bound AAA pact --on yesterday", "--on: 'yesterday' is not a day"),
        ("bound AAA pact --loud", "--loud"),
        ("must --ics a.ics", "--ics is about a file that the ledger does not hold"),
        ("may release --from AAA --to BBB --label a.xml", "--label is about a file that the ledger does not hold"),
        ("may release --from AAA --to BBB", "may release: level is missing"),
        ("upcoming --within soon", "--within 'soon'; write a number of days"),
    ],
)
def test_a_question_that_is_wrong_is_told_in_one_line(asked: str, says: str, url: str, tmp_path: Path) -> None:
    assert says in refused(ask(url, tmp_path / "a.json", "--", *asked.split()))
    assert not (tmp_path / "a.json").exists()


def test_it_is_asked_of_a_ledger_with_its_own_key(url: str, small: Path, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path}/other.db"
    for words in (("init", "--origin", "other.example.org"), ("key", str(tmp_path / "key"))):
        assert comity("--ledger", other, "ledger", *words).code == 0
    given = ("answer", "-o", str(tmp_path / "a.json"), "--key", str(tmp_path / "key"), *ASKED)
    assert "which ledger?" in refused(comity("--book", str(small), *given))
    assert "is the key of other.example.org, the ledger is ledger.example.org; give its own key" in refused(comity("--ledger", url, *given))
    (tmp_path / "key").write_text("nonsense", encoding="utf-8")
    assert "the key file does not hold a private key" in refused(comity("--ledger", url, *given))


def test_a_second_key_of_the_same_name_does_not_sign_beside_the_first(url: str, tmp_path: Path) -> None:
    assert ask(url, tmp_path / "a.json", *ASKED).code == 0
    assert comity("--ledger", url, "ledger", "key", str(tmp_path / "second")).code == 0
    done = comity("--ledger", url, "answer", "-o", str(tmp_path / "b.json"), "--key", str(tmp_path / "second"), *ASKED)
    assert "was signed by another key of ledger.example.org; give that one" in refused(done)
