"""A party's key from the command line: made, introduced, listed; acts signed with it as the record reads them; what goes wrong is one line."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from comity.acts import thumbprint_of, write_private_key
from comity.cli.keys import new_key
from tests.cli.running import Done, comity
from tests.cli.test_answers_as_json import validator
from tests.cli.test_ledger import refused

HEADER = "ref,kind,actor,agreement,made,replies_to,details,source\n"
GONE = f"{HEADER}back,revoke-denunciation,AAA,pact,2010-02-01,gone,,s\ngone,denounce,AAA,pact,2010-01-01,,,s\n"
"""AAA leaves and comes back; the later act stands first, and what it replies to is found all the same."""


@pytest.fixture
def book(tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small book, in which AAA introduces a key on 1 January 2001; the key's file stands beside it."""
    shutil.copytree(small, tmp_path / "book")
    monkeypatch.setattr("comity.about.clock", lambda: datetime(2001, 1, 1, tzinfo=UTC))
    made = ask(small, "keys", "make", str(tmp_path / "aaa.pem"), "--party", "AAA")
    return put(tmp_path / "book", "keys.csv", made.out)


def put(book: Path, name: str, text: str) -> Path:
    (book / "acts" / name).write_text(text, encoding="utf-8")
    return book


def ask(book: Path, *words: str) -> Done:
    return comity("--book", str(book), *words)


def sign(book: Path, text: str, *words: str) -> Done:
    """Acts that are not in the book yet, signed with AAA's key."""
    file = book.parent / "new.csv"
    file.write_text(text, encoding="utf-8")
    return ask(book, "sign", str(file), "--key", str(book.parent / "aaa.pem"), *words)


def told(*where: str) -> dict[str, dict[str, Any]]:
    """Every act as JSON tells it, by its reference."""
    found = comity(*where, "acts", "--json").json
    validator("acts").validate(found)
    return {act["ref"]: act for act in found["acts"]}


def findings(book: Path) -> list[tuple[str, str]]:
    found = ask(book, "findings", "--json").json["findings"]
    return [(f["where"], f["code"]) for f in found if f["citation"].startswith("How acts are signed")]


def test_a_key_is_made_once_and_is_nobody_elses_to_read(book: Path) -> None:
    file = book.parent / "aaa.pem"
    assert file.stat().st_mode & 0o077 == 0
    before = file.read_bytes()
    assert "a key is never written over" in refused(ask(book, "keys", "make", str(file), "--party", "AAA"))
    assert file.read_bytes() == before


def test_what_making_a_key_prints_introduces_it_signed_with_itself(book: Path) -> None:
    listed = ask(book, "keys", "list", "--json")
    validator("keys").validate(listed.json)
    (key,) = listed.json["keys"]
    assert (key["party"], key["since"], key["until"]) == ("AAA", "2001-01-01", None)
    introduction = told("--book", str(book))[key["introduced_by"]]
    assert (introduction["actor"], introduction["details"]["key"]) == ("AAA", key["key"])
    assert introduction["signed"] == {"key": key["thumbprint"], "by": "AAA", "wrong": None, "says": ""}
    assert findings(book) == []
    assert key["thumbprint"] in ask(book, "keys", "list", "AAA").out.replace("\n", "")
    assert ask(book, "keys", "list", "BBB", "--json").json == {"keys": [], "unsigned": 0}
    assert ask(book, "keys", "list", "--known", "2000-12-31", "--json").json == {"keys": [], "unsigned": 0}


def test_a_new_key_comes_in_the_place_of_the_old_one_with_its_word(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.about.clock", lambda: datetime(2002, 1, 1, tzinfo=UTC))
    (old,) = ask(book, "keys", "list", "--json").json["keys"]
    made = ask(book, "keys", "make", str(book.parent / "new.pem"), "--party", "AAA", "--old", str(book.parent / "aaa.pem"))
    put(book, "rotated.csv", made.out)
    assert findings(book) == []
    first, second = sorted(ask(book, "keys", "list", "--json").json["keys"], key=lambda key: key["until"] is None)
    assert (first["thumbprint"], first["until"], first["reason"]) == (old["thumbprint"], "2002-01-02", "superseded")
    assert first["ended_by"] == second["introduced_by"]
    assert told("--book", str(book))[second["introduced_by"]]["signed"]["key"] == old["thumbprint"]
    monkeypatch.setattr("comity.about.clock", lambda: datetime(2003, 1, 1, tzinfo=UTC))
    alone = ask(book, "keys", "make", str(book.parent / "alone.pem"), "--party", "AAA")
    ref = alone.out.splitlines()[1].partition(",")[0]
    assert findings(put(book, "alone.csv", alone.out)) == [(ref, "key-unvouched")]


def test_acts_are_signed_and_counted_as_signed_once_they_are_in_the_book(book: Path) -> None:
    before = ask(book, "keys", "list", "--json").json["unsigned"]
    bare = ask(put(book, "gone.csv", GONE), "keys", "list", "--json").json["unsigned"]
    (book / "acts" / "gone.csv").unlink()
    put(book, "gone.csv", sign(book, GONE).out)
    assert ask(book, "check").code == 0
    assert {told("--book", str(book))[ref]["signed"]["by"] for ref in ("back", "gone")} == {"AAA"}
    assert findings(book) == []
    assert (bare, ask(book, "keys", "list", "--json").json["unsigned"]) == (before + 2, before)


def test_a_file_of_the_book_is_signed_where_it_stands_and_no_act_becomes_another(book: Path) -> None:
    put(book, "gone.csv", GONE)
    before = told("--book", str(book))
    file = str(book / "acts" / "gone.csv")
    done = ask(book, "sign", file, "--key", str(book.parent / "aaa.pem"), "--out", file)
    assert done.out.startswith("2 acts signed, written to ")
    after = told("--book", str(book))
    assert {ref: act["hash"] for ref, act in after.items()} == {ref: act["hash"] for ref, act in before.items()}
    assert after["back"]["signed"]["by"] == "AAA"
    again = ask(book, "sign", file, "--key", str(book.parent / "aaa.pem"), "--out", file)
    assert again.out.startswith("0 acts signed")


def test_what_was_signed_against_a_ledger_holds_in_it(book: Path) -> None:
    """The second act replies to one that only the ledger holds."""
    url = f"sqlite:///{book.parent}/book.db"
    comity("--ledger", url, "ledger", "init", "--origin", "ledger.example.org")
    comity("--ledger", url, "ledger", "import", str(book))
    for text in (f"{HEADER}gone,denounce,AAA,pact,2010-01-01,,,s\n", f"{HEADER}back,revoke-denunciation,AAA,pact,2010-02-01,gone,,s\n"):
        file = book.parent / "new.csv"
        file.write_text(text, encoding="utf-8")
        assert comity("--ledger", url, "sign", str(file), "--key", str(book.parent / "aaa.pem"), "--out", str(file)).code == 0
        assert comity("--ledger", url, "ledger", "append", str(file)).code == 0
    assert {told("--ledger", url)[ref]["signed"]["by"] for ref in ("back", "gone")} == {"AAA"}
    assert comity("--ledger", url, "ledger", "export", str(book.parent / "out")).code == 0
    assert told("--book", str(book.parent / "out")) == told("--ledger", url)


def test_an_act_whose_text_goes_over_lines_is_signed_and_appended_like_any(book: Path) -> None:
    url = f"sqlite:///{book.parent}/book.db"
    comity("--ledger", url, "ledger", "init", "--origin", "ledger.example.org")
    comity("--ledger", url, "ledger", "import", str(book))
    long = f'{HEADER}one,declare,AAA,pact,2010-01-01,,"says=first\nsecond",s\ntwo,declare,AAA,pact,2010-01-02,one,says=more,s\n'
    file = book.parent / "new.csv"
    file.write_text(long, encoding="utf-8")
    assert comity("--ledger", url, "sign", str(file), "--key", str(book.parent / "aaa.pem"), "--out", str(file)).out.startswith("2 acts signed")
    assert comity("--ledger", url, "ledger", "append", str(file)).out.startswith("2 of 2 appended")
    assert {told("--ledger", url)[ref]["signed"]["by"] for ref in ("one", "two")} == {"AAA"}
    assert comity("--ledger", url, "ledger", "verify").code == 0
    file.write_text(f'{HEADER}one,declare,AAA,pact,2010-01-01,,"says=1\n2",s\ntwo,declare,XXX,pact,2010-01-02,,,s\n', encoding="utf-8")
    assert "actor 'XXX' is not among the parties; add it to parties.toml or correct the code (act 'two')" in refused(
        comity("--ledger", url, "ledger", "append", str(file))
    )


def test_an_act_that_was_changed_after_it_was_signed_is_a_finding(book: Path) -> None:
    put(book, "gone.csv", sign(book, GONE).out.replace("2010-02-01", "2010-03-01"))
    assert findings(book) == [("back", "signature-misfit")]
    assert "act or signature was changed" in ask(book, "findings").out


def test_acts_of_a_revoked_key_are_findings_from_the_day_it_was_stolen(book: Path) -> None:
    (key,) = ask(book, "keys", "list", "--json").json["keys"]
    put(book, "gone.csv", sign(book, GONE).out)
    header = HEADER.replace("made", "made,effect")
    revocation = f"{header}stolen,revoke-key,AAA,,2011-01-01,2010-01-15,,thumbprint={key['thumbprint']}; reason=compromised,s\n"
    put(book, "revoked.csv", revocation)
    assert findings(book) == [("back", "key-revoked")]
    (listed,) = ask(book, "keys", "list", "--json").json["keys"]
    assert (listed["until"], listed["ended_by"], listed["reason"]) == ("2010-01-15", "stolen", "compromised")
    assert "compromised (stolen)" in ask(book, "keys", "list").out
    found = told("--book", str(book))
    assert (found["back"]["signed"]["wrong"], found["gone"]["signed"]["by"]) == ("key-revoked", "AAA")


def test_a_malformed_signature_is_a_problem_with_file_and_line(book: Path) -> None:
    put(book, "gone.csv", sign(book, GONE).out.replace("..", "."))
    done = ask(book, "check")
    assert done.code == 1
    assert "acts/gone.csv:3: signature: a signature is written header..signature" in done.out


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        (GONE.replace("back,revoke-denunciation,AAA", "back,ratify,BBB"), ("--party", "AAA"), "new.csv: the act 'back' is BBB's, not AAA's"),
        (GONE.replace("2010-02-01,gone", "2010-02-01,nowhere"), (), "new.csv: replies_to 'nowhere': no act with this ref in the book (act 'back')"),
        (GONE.replace("AAA,pact,2010-02-01", "XXX,pact,2010-02-01"), (), "new.csv: actor 'XXX' is not among the parties"),
        ("ref,kind\nz,denounce\n", (), "column 'actor' is missing"),
        ("", (), "column 'ref' is missing"),
    ],
)
def test_what_can_not_be_signed_is_refused(book: Path, text: str, words: tuple[str, ...], says: str) -> None:
    done = sign(book, text, *words)
    assert says in refused(done)
    assert done.out == ""


def test_what_is_no_key_or_no_file_is_said_in_one_line(book: Path) -> None:
    (book.parent / "bad.pem").write_bytes(b"PRIVATE+KEY+a+b+c")
    file = str(book / "acts" / "pact.csv")
    assert "no private key that can be read" in refused(ask(book, "sign", file, "--key", str(book.parent / "bad.pem")))
    assert "make one with: comity keys make" in refused(ask(book, "sign", file, "--key", str(book.parent / "none.pem")))
    assert "No such file" in refused(ask(book, "sign", str(book / "none.csv"), "--key", str(book.parent / "aaa.pem")))
    (book.parent / "bad.csv").write_bytes(b"\xff")
    assert "is not UTF-8" in refused(ask(book, "sign", str(book.parent / "bad.csv"), "--key", str(book.parent / "aaa.pem")))
    assert "no party 'XXX' is on record" in refused(ask(book, "keys", "make", str(book.parent / "new.pem"), "--party", "XXX"))
    assert not (book.parent / "new.pem").exists()
    assert "no party 'XXX'" in refused(ask(book, "keys", "list", "XXX"))


def test_one_key_signs_for_its_party_alone(book: Path) -> None:
    """BBB's act signed with AAA's key, and one signed with a key that nobody introduced."""
    put(book, "foreign.csv", sign(book, f"{HEADER}foreign,denounce,BBB,pact,2010-01-01,,,s\n").out)
    stray = new_key()
    (book.parent / "aaa.pem").write_bytes(write_private_key(stray))
    put(book, "stray.csv", sign(book, f"{HEADER}stray,denounce,AAA,pact,2010-01-01,,,s\n").out)
    assert sorted(findings(book)) == [("foreign", "key-of-another"), ("stray", "key-unknown")]
    assert told("--book", str(book))["stray"]["signed"]["key"] == thumbprint_of(stray.public_key().public_bytes_raw())
