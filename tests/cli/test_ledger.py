"""A ledger from the command line: made, filled, asked, added to; and what goes wrong is one line that says what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from comity.ledger import database
from tests.cli.running import Done, comity

HEADER = "ref,kind,actor,agreement,made,source\n"


@pytest.fixture
def url(tmp_path: Path, small: Path) -> str:
    """A ledger that holds the small book."""
    address = f"sqlite:///{tmp_path}/small.db"
    assert comity("--ledger", address, "ledger", "init", "--origin", "ledger.example.org").code == 0
    assert comity("--ledger", address, "ledger", "import", str(small)).code == 0
    return address


def ask(url: str, *words: str) -> Done:
    return comity("--ledger", url, *words)


def refused(done: Done) -> str:
    """The one line that says what is wrong."""
    assert done.code == 2, done
    assert done.err.count("\n") == 1
    return done.err


def test_a_ledger_answers_as_its_book_does(url: str, small: Path) -> None:
    for question in (("bound", "AAA", "pact", "--on", "2002-01-01"), ("agreements",), ("acts",), ("check",)):
        assert ask(url, *question, "--json").out == comity("--book", str(small), *question, "--json").out


def test_what_is_exported_is_the_book(url: str, small: Path, tmp_path: Path) -> None:
    assert ask(url, "ledger", "export", str(tmp_path / "out")).code == 0
    names = {p.relative_to(small) for p in small.rglob("*") if p.is_file()}
    assert {p.relative_to(tmp_path / "out") for p in (tmp_path / "out").rglob("*") if p.is_file()} == names
    assert all((tmp_path / "out" / name).read_bytes() == (small / name).read_bytes() for name in names)
    assert "is there and not empty; give a new folder" in refused(ask(url, "ledger", "export", str(tmp_path / "out")))


def test_an_act_appended_counts_at_once_and_only_once(url: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"{HEADER}late,denounce,AAA,pact,2010-01-01,s\n", encoding="utf-8")
    before = ask(url, "bound", "AAA", "pact", "--on", "2020-01-01", "--json").json["verdict"]
    first, second = (ask(url, "ledger", "append", str(tmp_path / "a.csv")).out for _ in range(2))
    assert first.startswith("1 of 1 appended\nsha256:")
    assert second.startswith("0 of 1 appended; 1 there already\n")
    after = ask(url, "bound", "AAA", "pact", "--on", "2020-01-01", "--json").json["verdict"]
    assert (before, after) == ("yes", "contested")  # the pact says nothing of leaving it


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            f"{HEADER}z,denounce,NOBODY,pact,2010-01-01,s\n",
            "actor 'NOBODY' is not among the parties",
        ),
        (f"{HEADER}z,denounce,AAA,pact,2010-13-01,s\n", "made: "),
        ("ref,kind\nz,denounce\n", "column 'actor' is missing; every act needs it"),
        (f"{HEADER}z,dance,AAA,pact,2010-01-01,s\n", "kind 'dance' is not a kind of act"),
    ],
)
def test_an_act_that_can_not_be_meant_is_refused_and_nothing_is_appended(url: str, tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    before = ask(url, "ledger", "stats", "--json").json
    assert says in refused(ask(url, "ledger", "append", str(tmp_path / "a.csv")))
    assert ask(url, "ledger", "stats", "--json").json == before


def test_a_key_is_made_once_signs_its_own_ledger_alone_and_is_nobody_elses_to_read(url: str, tmp_path: Path) -> None:
    key = tmp_path / "key"
    assert ask(url, "ledger", "key", str(key)).out.startswith("ledger.example.org+")
    assert key.stat().st_mode & 0o077 == 0
    assert "a key is never written over" in refused(ask(url, "ledger", "key", str(key)))
    assert ask(url, "ledger", "checkpoint", "--key", str(key)).out.startswith("ledger.example.org\n")
    other = f"sqlite:///{tmp_path}/other.db"
    comity("--ledger", other, "ledger", "init", "--origin", "other.example.org")
    assert "is the key of ledger.example.org, the ledger is other.example.org" in refused(ask(other, "ledger", "checkpoint", "--key", str(key)))
    for broken in ("", "PRIVATE+KEY+a+b", key.read_text(encoding="utf-8").replace("PRIVATE", "PUBLIC"), key.read_text(encoding="utf-8")[:-9]):
        (tmp_path / "broken").write_text(broken, encoding="utf-8")
        assert "the key file" in refused(ask(url, "ledger", "checkpoint", "--key", str(tmp_path / "broken")))


def test_a_backup_is_restored_unless_it_was_touched(url: str, tmp_path: Path) -> None:
    copy, back = tmp_path / "copy.db", f"sqlite:///{tmp_path}/back.db"
    assert ask(url, "ledger", "backup", str(copy)).code == 0
    assert "is there already; give a new file" in refused(ask(url, "ledger", "backup", str(copy)))
    assert ask(back, "ledger", "restore", str(copy)).code == 0
    mine, theirs = (ask(one, "ledger", "stats", "--json").json for one in (url, back))
    assert (mine["root"], mine["origin"]) == (theirs["root"], theirs["origin"])
    content = copy.read_bytes()
    copy.write_bytes(content.replace(b"denounce", b"renounce", 1))
    assert "was touched: item" in refused(ask(f"sqlite:///{tmp_path}/new.db", "ledger", "restore", str(copy)))
    assert not (tmp_path / "new.db").exists()


def test_verify_exits_1_and_names_what_was_touched(url: str, tmp_path: Path) -> None:
    assert ask(url, "ledger", "verify").code == 0
    path = tmp_path / "small.db"
    path.write_bytes(path.read_bytes().replace(b"denounce", b"renounce", 1))
    done = ask(url, "ledger", "verify")
    assert done.code == 1
    assert "its text is not the one that was recorded" in done.out or "its act is not the one that was recorded" in done.out


NOTHING = [word for part in ("kills", "interruptions", "power", "faults", "mutations") for word in (f"--{part}", "0")]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ledger", "stats"), "which ledger? say it before the command"),
        (("--ledger", "small.db", "ledger", "stats"), "write sqlite:///FILE or postgresql://USER@HOST/NAME"),
        (("--ledger", "sqlite:////no/such/x.db", "agreements"), "there is no ledger at"),
        (("--ledger", "mysql://a:secret@b/c", "agreements"), "'mysql://a:***@b/c': write sqlite:///FILE"),
        (("--ledger", "sqlite:///x", "--book", "y", "agreements"), "--book and --ledger: give one of the two"),
        (("--ledger", "postgresql://nobody@127.0.0.1:1/none", "agreements"), "is not reachable"),
        (("selftest", "ledger", "--kills", "none"), "--kills 'none': give a whole number, from 0 on"),
        (("selftest", "ledger", *NOTHING), "every part is left out"),
        (("selftest", "ledger", "--mutations", "many"), "--mutations 'many': give a whole number, from 0 on, or all"),
    ],
)
def test_what_is_no_ledger_is_said_in_one_line(arguments: tuple[str, ...], says: str) -> None:
    told = refused(comity(*arguments))
    assert says in told
    assert "secret" not in told


def test_a_ledger_that_may_not_be_written_is_left_as_it_is(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text(f"{HEADER}late,denounce,AAA,pact,2010-01-01,s\n", encoding="utf-8")
    before = (tmp_path / "small.db").read_bytes()
    monkeypatch.setattr(database, "_set_up", _read_only)
    assert "is read-only; nothing was changed" in refused(ask(url, "ledger", "append", str(tmp_path / "a.csv")))
    assert (tmp_path / "small.db").read_bytes() == before


def _read_only(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only=ON")


def test_a_ledger_that_another_keeps_locked_is_said_to_be_busy(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text(f"{HEADER}late,denounce,AAA,pact,2010-01-01,s\n", encoding="utf-8")
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.1)
    other = sqlite3.connect(tmp_path / "small.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "is busy: another process has been writing" in refused(ask(url, "ledger", "append", str(tmp_path / "a.csv")))
    other.close()
    assert ask(url, "ledger", "append", str(tmp_path / "a.csv")).code == 0


def test_a_damaged_ledger_is_refused_in_one_line_by_every_question(url: str, tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    for words in (("agreements",), ("bound", "AAA", "pact"), ("ledger", "verify"), ("ledger", "export", str(tmp_path / "out"))):
        assert "restore a backup" in refused(ask(url, *words))


def test_a_head_that_was_changed_is_named_by_verify(url: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "small.db") as connection:
        connection.execute("UPDATE head SET size = size + 1")
    connection.close()
    done = ask(url, "ledger", "verify")
    assert (done.code, done.err) == (1, "")
    assert "head: it speaks of" in done.out


def test_a_restore_that_was_interrupted_can_be_done_again(url: str, tmp_path: Path) -> None:
    back = f"sqlite:///{tmp_path}/back.db"
    ask(url, "ledger", "backup", str(tmp_path / "copy.db"))
    assert ask(back, "ledger", "init", "--origin", "left.example.org").code == 0
    assert ask(back, "ledger", "restore", str(tmp_path / "copy.db")).code == 0
    assert "is not empty; restore into a new one" in refused(ask(back, "ledger", "restore", str(tmp_path / "copy.db")))


def test_where_calls_cannot_be_traced_the_score_says_what_was_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.cli.selftest.cannot_trace", lambda: "strace is not installed; install it")
    done = comity("selftest", "ledger", "--kills", "1", "--interruptions", "0", "--mutations", "0", "--json")
    assert done.code == 0, done
    assert (done.json["power"], done.json["faults"], done.json["sound"]) == (None, None, True)
    assert done.json["left_out"] == [f"{part}: strace is not installed; install it" for part in ("power", "faults")]
    assert "power: strace is not installed" in refused(comity("selftest", "ledger", "--kills", "0", "--interruptions", "0", "--mutations", "0"))
