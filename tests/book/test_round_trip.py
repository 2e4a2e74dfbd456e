"""A book that is read and written is the same book, byte for byte, whatever its line ends."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import comity
from comity.about import Opened
from comity.book import read_book
from tests.book.folders import agreement, folder, rows

STORY = "AAA sign 2000-01-15\nAAA ratify 2000-02-01\nBBB ratify 2000-03-01\nCCC accede 2000-05-01"


def files_of(where: Path) -> dict[str, bytes]:
    return {p.relative_to(where).as_posix(): p.read_bytes() for p in where.rglob("*") if p.is_file()}


def test_the_bundled_book_is_written_as_it_was_read(bundled: Opened, tmp_path: Path) -> None:
    bundled.book.write(tmp_path)
    assert files_of(tmp_path) == files_of(comity.bundled_book())


def test_the_bundled_book_is_without_problems(bundled: Opened) -> None:
    assert [str(p) for p in bundled.book.problems] == []


PLAIN = rows(STORY)
SPELLINGS: dict[str, bytes] = {
    "plain": PLAIN.encode(),
    "CRLF": PLAIN.replace("\n", "\r\n").encode(),
    "a byte order mark": b"\xef\xbb\xbf" + PLAIN.encode(),
    "a byte order mark and CRLF": b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode(),
    "blank lines": PLAIN.replace("\n", "\n\n").encode(),
    "no line end at the end": PLAIN.rstrip("\n").encode(),
    "everything quoted": "\n".join(",".join(f'"{field}"' for field in line.split(",")) for line in PLAIN.strip().split("\n")).encode(),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_acts_read_the_same_in_any_spelling_and_keep_it(spelling: str, tmp_path: Path) -> None:
    """A spreadsheet's line ends or byte order mark change no act, no hash; writing keeps them."""
    plain = comity.open(folder(tmp_path / "plain", {"acts/pact.csv": PLAIN}))
    spelt = comity.open(folder(tmp_path / "spelt", {"acts/pact.csv": SPELLINGS[spelling]}))
    assert spelt.book.problems == ()
    assert spelt.record.entries == plain.record.entries
    spelt.book.write(tmp_path / "written")
    assert files_of(tmp_path / "written") == files_of(tmp_path / "spelt")


@pytest.mark.parametrize(("before", "after"), [("", "\r\n"), ("\ufeff", "\n")], ids=["CRLF", "a byte order mark"])
def test_agreements_read_the_same_in_any_spelling_and_keep_it(before: str, after: str, tmp_path: Path) -> None:
    text = (before + agreement().replace("\n", after)).encode()
    opened = comity.open(folder(tmp_path / "book", {"agreements/pact.toml": text}))
    assert [str(p) for p in opened.book.problems] == []
    assert opened.record.agreement("pact").title == "Pact between states"
    opened.book.write(tmp_path / "written")
    assert files_of(tmp_path / "written") == files_of(tmp_path / "book")


def test_even_a_broken_book_is_written_as_it_was_read(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"acts/pact.csv": b"\xff\xfe junk", "agreements/pact.toml": "id = = 1", "book.toml": "x"}
    book = read_book(folder(tmp_path / "book", files))
    assert book.problems
    book.write(tmp_path / "written")
    assert files_of(tmp_path / "written") == files_of(tmp_path / "book")


def test_where_rows_and_files_stand_changes_no_answer(tmp_path: Path) -> None:
    """The same acts in one file or three, in any order, columns in any order: the same entries, timeline and findings."""
    story = STORY + "\nBBB denounce 2003-01-01\nAAA suspend 2002-01-01\nCCC denounce 2003-01-01\nAAA denounce 1999-05-01 ref=early"
    lines = story.split("\n")

    def answers(where: Path, files: dict[str, str | bytes]) -> object:
        opened = comity.open(folder(where, files))
        standing = opened.standing(on=comity.terms.parse_day("2005-01-01"), known=comity.terms.parse_day("2020-01-01"))
        return {e.act.hash for e in opened.record.entries}, standing.timeline("pact"), standing.findings(), standing.in_force("pact")

    wanted = answers(tmp_path / "wanted", {"acts/pact.csv": rows(story)})
    for seed in range(6):
        shuffled = lines[:]
        random.Random(seed).shuffle(shuffled)
        cut = seed % len(lines)
        parts: dict[str, str | bytes] = {"acts/pact.csv": rows("\n".join(shuffled[cut:]))}
        if cut:
            parts["acts/deeper/a.csv"] = rows("\n".join(shuffled[:cut]))
        assert answers(tmp_path / str(seed), parts) == wanted


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    table = [line.split(",") for line in PLAIN.strip().split("\n")]
    turned = "\n".join(",".join(reversed(line)) for line in table)
    plain, other = (comity.open(folder(tmp_path / name, {"acts/pact.csv": text})) for name, text in (("plain", PLAIN), ("turned", turned)))
    assert plain.record.entries == other.record.entries


def test_the_hash_of_an_agreement_is_that_of_its_files_bytes(tmp_path: Path) -> None:
    import hashlib

    text = agreement().encode()
    opened = comity.open(folder(tmp_path, {"agreements/pact.toml": text}))
    assert opened.record.agreement("pact").sha256 == "sha256:" + hashlib.sha256(text).hexdigest()
