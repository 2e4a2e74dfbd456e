"""A book goes into a ledger and comes out byte for byte; what is there already is not taken in twice; what was acknowledged stays."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import comity
from comity import about
from comity.about import Opened
from comity.acts import Act, Entry, Source
from comity.book import pieces_of
from comity.keeping import add_rows, take_in
from comity.ledger import Item, Ledger, check, copy, create, open_ledger
from comity.terms import BadInput, parse_moment
from tests.ledger.conftest import BOOK, ORIGIN, Place


def item(number: int) -> Item:
    act = Act("sign", "AAA", f"a{number}", "pact", source=Source("s", "text"), made=parse_moment("2000-01-01"), details={"n": str(number)})
    return Item("acts/added.csv", f"row {number}\n".encode(), Entry(act, date(2000, 1, 1)))


def test_a_book_comes_out_byte_for_byte(ledger: Ledger, tmp_path: Path) -> None:
    assert ledger.files() == dict(sorted(comity.open(BOOK).book.files.items()))


def test_the_bundled_book_comes_out_byte_for_byte_and_answers_alike(tmp_path: Path, bundled: Opened) -> None:
    ledger = create(f"sqlite:///{tmp_path}/cases.db", ORIGIN, about.clock)
    take_in(bundled.book, ledger)
    again = comity.open(ledger.url)
    assert again.book.files == dict(sorted(bundled.book.files.items()))
    assert {e.act.hash for e in again.record.entries} == {e.act.hash for e in bundled.record.entries}
    before, after = (opened.standing(on=date(2025, 12, 27), known=date(2026, 11, 1)) for opened in (bundled, again))
    assert after.bound("EST", "ottawa") == before.bound("EST", "ottawa")


@pytest.mark.parametrize(
    "content", [b"", b"a,b\r\n1,2", b'a,b\n"x\ny",2\n\n\n3,4\n', b"\xef\xbb\xbfa,b\n1,2\n", b"a\rb\rc", "ä,b\n\u20281,2\n".encode()]
)
def test_the_pieces_of_a_file_are_the_file(content: bytes) -> None:
    assert b"".join(piece.text for piece in pieces_of(content)) == content


def test_a_book_taken_in_twice_adds_nothing(ledger: Ledger) -> None:
    before = ledger.head()
    assert take_in(comity.open(BOOK).book, ledger) == 0
    assert ledger.head() == before


def test_taking_in_goes_on_where_it_stopped(place: Place) -> None:
    ledger = create(place(), ORIGIN, about.clock)

    class Stopped(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done > of // 2:
            raise Stopped

    book = comity.open(BOOK).book
    with pytest.raises(Stopped):
        take_in(book, ledger, stop, at_once=7)
    assert 0 < ledger.head().size < sum(1 for name in book.files) + len(book.rows) + 1
    take_in(book, ledger)
    assert ledger.files() == dict(sorted(book.files.items()))
    assert check(ledger).touched == ()


def test_a_book_with_problems_is_not_taken_in(place: Place, tmp_path: Path) -> None:
    shutil.copytree(BOOK, tmp_path / "book")
    with (tmp_path / "book" / "acts" / "acts.csv").open("a") as acts:
        acts.write("z1,sign,NOBODY,alf-bet,2010-01-01,,,,,s,text,,,,,\n")
    ledger = create(place(), ORIGIN, about.clock)
    with pytest.raises(BadInput, match=r"has 1 problems, the first: acts/acts\.csv:"):
        take_in(comity.open(tmp_path / "book").book, ledger)
    assert ledger.head().size == 0


def test_a_file_of_acts_that_grew_at_its_end_is_taken_in_and_one_that_was_rewritten_is_not(ledger: Ledger, tmp_path: Path) -> None:
    shutil.copytree(BOOK, tmp_path / "book")
    acts = tmp_path / "book" / "acts" / "acts.csv"
    before = acts.read_text(encoding="utf-8")
    acts.write_text(f"{before}z1,sign,ALF,alf-bet,2010-01-01,,,,,s,text,,,,,\n", encoding="utf-8")
    assert take_in(comity.open(tmp_path / "book").book, ledger) == 1
    assert ledger.files()["acts/acts.csv"] == acts.read_bytes()
    size = ledger.head().size
    lines = before.splitlines(keepends=True)
    acts.write_text("".join([lines[0], "z2,sign,ALF,alf-bet,2010-01-02,,,,,s,text,,,,,\n", *lines[1:]]), encoding="utf-8")
    with pytest.raises(BadInput, match="no longer begins with what the ledger has of it"):
        take_in(comity.open(tmp_path / "book").book, ledger)
    assert ledger.head().size == size


def _add(job: tuple[str, int]) -> None:
    ledger = open_ledger(job[0], about.clock)
    add_rows(ledger, f"ref,kind,actor,agreement,made,source\nnew-{job[1]},sign,ALF,alf-bet,2010-01-01,s\n", "new.csv", date(2020, 1, 1))
    ledger.close()


def test_acts_added_by_several_at_once_are_all_read_again(ledger: Ledger) -> None:
    """Each begins the file of added acts if it is not there: one does."""
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        pool.map(_add, [(ledger.url, number) for number in range(8)])
    book = comity.open(ledger.url).book
    assert book.problems == ()
    assert {f"new-{number}" for number in range(8)} <= {entry.act.ref for entry in book.rows.values()}
    assert check(ledger).touched == ()


def test_an_act_that_is_there_keeps_its_number(ledger: Ledger) -> None:
    size = ledger.head().size
    assert ledger.append([item(1), item(2), item(1)]) == [size, size + 1, size]
    assert ledger.append([item(2), item(3)]) == [size + 1, size + 2]
    assert ledger.head().size == size + 3


def test_all_are_appended_or_none(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ledger.head()

    def broken(now: datetime, last: str) -> str:
        raise OSError("the clock is gone")

    monkeypatch.setattr("comity.ledger.appending.later_of", broken)
    with pytest.raises(OSError, match="the clock is gone"):
        ledger.append([item(1), item(2)])
    assert ledger.head() == before
    assert check(ledger).touched == ()


def test_the_logs_clock_only_goes_forward(place: Place) -> None:
    times = iter([datetime(2026, 1, 1, tzinfo=UTC) - timedelta(hours=n) for n in range(10)])
    ledger = create(place(), ORIGIN, lambda: next(times))
    ledger.append([item(1), item(2), item(3)])
    logged = [leaf.logged for leaf, _, _ in ledger.items()]
    assert logged == ["2026-01-01T00:00:00.000000Z", "2026-01-01T00:00:00.000001Z", "2026-01-01T00:00:00.000002Z"]


def _append(job: tuple[str, Sequence[int]]) -> None:
    ledger = open_ledger(job[0], about.clock)
    for number in job[1]:
        ledger.append([item(number)])
    ledger.close()


def test_several_processes_append_at_once_and_nothing_is_lost(place: Place) -> None:
    url = place()
    create(url, ORIGIN, about.clock).close()
    jobs = [(url, range(start, 40, 4)) for start in range(4)]
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        pool.map(_append, jobs)
    ledger = open_ledger(url, about.clock)
    assert {entry for _, entry, _ in ledger.items()} == {payload for _, payload, _ in ledger.items()}
    assert sorted(int((text or b"").split()[1]) for _, _, text in ledger.items()) == list(range(40))
    assert check(ledger).touched == ()
    ledger.close()


def test_a_copy_has_the_same_root_on_either_database(ledger: Ledger, place: Place, tmp_path: Path) -> None:
    there = create(place(), "other.example.org", about.clock)
    back = create(f"sqlite:///{tmp_path}/back.db", "other.example.org", about.clock)
    copy(ledger, there)
    copy(there, back)
    assert ledger.head() == there.head() == back.head()
    assert (check(back).touched, open_ledger(back.url, about.clock).origin) == ((), ORIGIN)
    with pytest.raises(BadInput, match="is not empty; restore into a new one"):
        copy(ledger, there)
