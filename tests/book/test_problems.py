"""Each thing that can be wrong in a book is one line with file and line that says what to do; reading goes on after it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import comity
from comity.book import reading
from tests.book.folders import agreement, folder, rows
from tests.book.wrong_books import GOOD, WRONG, Wrong, acts


def problems(where: Path) -> list[str]:
    return [str(p) for p in comity.open(where).book.problems]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda w: w.name)
def test_a_problem_is_told_with_file_and_line_and_what_to_do(wrong: Wrong, tmp_path: Path) -> None:
    found = problems(folder(tmp_path, wrong.files))
    assert any(wrong.told in line for line in found), found
    for line in found:
        assert re.fullmatch(r"[\w./-]+:\d+: [^\n\r]+", line), f"one line, with file and line: {line!r}"
        assert "Traceback" not in line
        assert str(tmp_path) not in line, "no path of the machine"


@pytest.mark.parametrize("wrong", WRONG, ids=lambda w: w.name)
def test_reading_goes_on_after_a_problem(wrong: Wrong, tmp_path: Path) -> None:
    """A second, sound agreement with its acts is read all the same, and so are the broken book's other parts."""
    sound = {"agreements/zeta.toml": agreement(name="zeta"), "acts/zeta.csv": rows("AAA ratify 2000-02-01\nBBB ratify 2000-03-01", on="zeta")}
    opened = comity.open(folder(tmp_path, {**wrong.files, **sound}))
    assert "zeta" in opened.record.ids
    assert {e.act.ref for e in opened.record.entries} >= {"zeta-AAA-ratify", "zeta-BBB-ratify"}


def test_every_problem_of_several_is_told_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    files = {
        "agreements/pact.toml": agreement(head="zzz = 1\nyyy = 2\n"),
        "acts/pact.csv": acts("a,ratfy,AAA,pact,2000-02-01,,,s", GOOD, "c,ratify,AAA,pact,never,,,s"),
        "book.toml": "x = 1\n",
    }
    found = problems(folder(tmp_path, files))
    places = [tuple(line.split(":")[:2]) for line in found]
    assert places == sorted(places, key=lambda p: (p[0], int(p[1])))
    assert {("acts/pact.csv", "2"), ("acts/pact.csv", "4"), ("agreements/pact.toml", "5"), ("agreements/pact.toml", "6"), ("book.toml", "1")} <= set(
        places
    )


def test_a_sound_book_has_no_problem(tmp_path: Path) -> None:
    assert problems(folder(tmp_path, {})) == []


def test_a_file_over_the_size_limit_is_not_read_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_FILE", 2000)
    found = problems(folder(tmp_path, {"acts/big.csv": "x" * 3000}))
    assert len(found) == 1
    assert found[0].startswith("acts/big.csv:1: the file has ")
    assert found[0].endswith("split it into several files")


def test_a_line_is_right_after_quoted_line_breaks_and_blank_lines(tmp_path: Path) -> None:
    """A problem's line is the one that an editor shows, where its row starts."""
    text = acts("", 'a,ratify,AAA,pact,2000-02-01,,,"two', 'lines"', "", "b,ratfy,BBB,pact,2000-02-01,,,s")
    for ending in ("\n", "\r\n"):
        assert problems(folder(tmp_path, {"acts/pact.csv": text.replace("\n", ending).encode()})) == [
            "acts/pact.csv:6: kind 'ratfy' is not a kind of act; list them with: comity kinds"
        ]


def test_a_link_out_of_the_folder_or_to_itself_is_no_crash(tmp_path: Path) -> None:
    where = folder(tmp_path / "book", {})
    (where / "acts" / "loop.csv").symlink_to(where / "acts" / "loop.csv")
    (where / "acts" / "gone.csv").symlink_to(tmp_path / "nowhere.csv")
    (where / "acts" / "folder.csv").mkdir()
    found = problems(where)
    assert [line.partition(":")[0] for line in found] == ["acts/folder.csv", "acts/gone.csv", "acts/loop.csv"]
    assert all("cannot be read" in line for line in found)


def test_a_folder_that_is_no_book_says_what_a_book_needs(tmp_path: Path) -> None:
    with pytest.raises(comity.terms.BadInput, match="is not a book: it has no folder 'agreements'"):
        comity.open(tmp_path)
    with pytest.raises(comity.terms.BadInput, match="give the folder of a book with --book"):
        comity.open(tmp_path / "nowhere")
