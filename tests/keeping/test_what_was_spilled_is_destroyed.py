"""A record that ought not to be held: its bytes go, the log stays whole, and an act says who destroyed it, when and on what authority."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

import comity
from comity import about
from comity.acts import Entry
from comity.keeping import add_rows, attach, destroy, take_in
from comity.ledger import Item, Ledger, check, copy, create, open_ledger
from comity.ledger.schema import payload
from comity.terms import BadInput, NotOnRecord
from tests.ledger.conftest import BOOK, ORIGIN, Place

DAY = date(2026, 11, 26)
SECRET = "the-name-of-the-source-is-kestrel"
ROW = f"ref,kind,actor,agreement,made,source,replies_to\nspilled,declare,ALF,alf-bet,2020-01-01,{SECRET},\n"
ANSWER = "ref,kind,actor,agreement,made,source,replies_to\nanswer,deny,BET,alf-bet,2020-02-01,note,spilled\n"


def _spilled(ledger: Ledger) -> str:
    (spilled,), _ = add_rows(ledger, ROW, "spilled.csv", DAY)
    return spilled


def _destroy(ledger: Ledger, record: str) -> str:
    return destroy(ledger, record, by="ALF", authority="order 7/2026", why="recorded at the wrong level", today=DAY)


def _refs(ledger: Ledger) -> dict[str, Entry]:
    return {entry.act.ref: entry for entry in comity.open(ledger.url).record.entries}


def test_the_bytes_go_and_the_log_stays(ledger: Ledger) -> None:
    spilled = _spilled(ledger)
    before = ledger.head()
    done = _destroy(ledger, spilled)
    assert check(ledger).touched == ()
    assert ledger.head().size == before.size + 1
    assert spilled in {leaf.act for leaf, _, _ in ledger.items()}
    assert not any(SECRET.encode() in (act or b"") + (text or b"") for _, act, text in ledger.items())
    assert not any(SECRET.encode() in text for text in ledger.files().values())
    act = next(entry.act for entry in _refs(ledger).values() if entry.act.hash == done)
    assert (act.actor, act.source.citation, act.details["record"], act.made and act.made.written) == ("ALF", "order 7/2026", spilled, "2026-11-26")
    assert "ref" not in act.details


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_nothing_of_it_is_left_in_the_file(place: Place) -> None:
    ledger = create(place(), ORIGIN, about.clock)
    take_in(comity.open(BOOK).book, ledger)
    spilled, path = _spilled(ledger), Path(ledger.url.removeprefix("sqlite:///"))
    assert SECRET.encode() in path.read_bytes()
    _destroy(ledger, spilled)
    assert SECRET.encode() not in path.read_bytes()
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name]


def test_what_replies_to_it_still_does(ledger: Ledger) -> None:
    spilled = _spilled(ledger)
    (answer,), _ = add_rows(ledger, ANSWER, "answer.csv", DAY)
    done = _destroy(ledger, spilled)
    refs = _refs(ledger)
    assert comity.open(ledger.url).book.problems == ()
    assert (refs["answer"].act.hash, refs["answer"].act.replies_to) == (answer, spilled)
    assert next(e.act.details["ref"] for e in refs.values() if e.act.hash == done) == "spilled"


def test_it_does_not_come_back_with_its_file_or_by_itself(ledger: Ledger, tmp_path: Path) -> None:
    spilled = _spilled(ledger)
    comity.open(ledger.url).book.write(tmp_path / "before")
    _destroy(ledger, spilled)
    size = ledger.head().size
    assert add_rows(ledger, ROW, "spilled.csv", DAY) == ([spilled], 0)
    with pytest.raises(BadInput, match=r"acts/added.csv no longer begins with what the ledger has of it"):
        take_in(comity.open(tmp_path / "before").book, ledger)
    comity.open(ledger.url).book.write(tmp_path / "after")
    assert take_in(comity.open(tmp_path / "after").book, ledger) == 0
    assert ledger.head().size == size


def test_a_whole_file_goes_in_every_version_that_reads_so(ledger: Ledger) -> None:
    first = ledger.files()["agreements/alf-bet.toml"]
    second = first + f"# {SECRET}\n".encode()
    ledger.append([Item("agreements/alf-bet.toml", second, whole=True)])
    _destroy(ledger, Item("x", second).digest)
    assert ledger.files()["agreements/alf-bet.toml"] == first
    assert check(ledger).touched == ()


def test_a_document_goes_too(ledger: Ledger) -> None:
    kept = attach(ledger, SECRET.encode(), "text/plain", "x.txt")
    _destroy(ledger, kept)
    assert not any(name.startswith("attachments/") for name in ledger.files())
    with pytest.raises(BadInput, match=r"x\.txt: sha256:[0-9a-f]{64} was destroyed in this ledger, and does not come back"):
        attach(ledger, SECRET.encode(), "text/plain", "x.txt")
    assert not any(name.startswith("attachments/") for name in ledger.files())


def test_a_whole_file_does_not_come_back_with_its_book(ledger: Ledger, tmp_path: Path) -> None:
    second = ledger.files()["agreements/alf-bet.toml"] + f"# {SECRET}\n".encode()
    ledger.append([Item("agreements/alf-bet.toml", second, whole=True)])
    comity.open(ledger.url).book.write(tmp_path / "before")
    _destroy(ledger, Item("x", second).digest)
    head = ledger.head()
    assert take_in(comity.open(tmp_path / "before").book, ledger) == 0
    assert not any(SECRET.encode() in text for text in ledger.files().values())
    assert ledger.head() == head
    assert check(ledger).touched == ()


def test_what_is_taken_away_without_an_act_is_named_and_what_is_put_back_too(ledger: Ledger) -> None:
    spilled = _spilled(ledger)
    seq = ledger.seq_of(spilled)
    (_, canonical, text), *_ = list(ledger.items(seq))
    _destroy(ledger, spilled)
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(payload.insert().values(seq=seq, act=canonical, text=text))
    assert f"it was destroyed by item {ledger.head().size - 1}, and is there" in [t.says for t in check(ledger).touched]
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(sa.delete(payload).where(payload.c.seq.in_([seq, 5])))
    assert [t.where for t in check(ledger).touched][:1] == ["item 5 (agreements/alf-gam.toml)"]


def test_a_copy_is_as_whole(ledger: Ledger, place: Place) -> None:
    _destroy(ledger, _spilled(ledger))
    target = create(place(), ORIGIN, about.clock)
    copy(ledger, target)
    assert check(target).touched == ()
    assert target.head() == ledger.head()


def test_what_can_not_be_destroyed_is_said(ledger: Ledger) -> None:
    with pytest.raises(NotOnRecord, match="no act and no whole file sha256:0"):
        _destroy(ledger, "sha256:" + "0" * 64)
    with pytest.raises(BadInput, match="'x' is no hash; one is written sha256: and 64 hex digits"):
        _destroy(ledger, "x")
    spilled = _spilled(ledger)
    done = _destroy(ledger, spilled)
    with pytest.raises(BadInput, match="was destroyed already; its leaf and the act that says so stay"):
        _destroy(ledger, spilled)
    with pytest.raises(BadInput, match="is itself an act of destruction; it stays"):
        _destroy(ledger, done)
    with pytest.raises(BadInput, match="leave out semicolons"):
        destroy(ledger, done, by="ALF", authority="a", why="one; two=3", today=DAY)
    with pytest.raises(BadInput, match="actor 'ZZZ' is not among the parties"):
        destroy(ledger, ledger.naming(["alf-bet"])[-1][1].leaf.act or "", by="ZZZ", authority="a", why="w", today=DAY)
    assert check(open_ledger(ledger.url, about.clock)).touched == ()


@pytest.mark.parametrize(
    ("record", "says"),
    [("", "needs details record=..."), ("record=x", "write sha256: and 64 hex digits"), (None, "is itself an act of destruction")],
)
def test_an_act_of_destruction_that_is_merely_appended_is_held_to_the_same(ledger: Ledger, record: str | None, says: str) -> None:
    """In whatever way it comes in, it names what it destroys, and never another of its kind."""
    done = _destroy(ledger, _spilled(ledger))
    before = ledger.head()
    row = f"ref,kind,actor,made,source,details\nby-hand,destroy-record,ALF,2026-11-26,s,{f'record={done}' if record is None else record}\n"
    with pytest.raises(BadInput, match=says):
        add_rows(ledger, row, "by-hand.csv", DAY)
    assert ledger.head() == before
    assert check(ledger).touched == ()
