"""A ledger that fits itself throughout is another than the one that a note held elsewhere speaks of: comparing tells, in code and by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity import about
from comity.ledger import check, compare, new_signer, open_ledger, verifier_key
from comity.ledger.notes import Checkpoint, sign
from comity.selftest.specimens import ACTS, HALF, ORIGIN, book_of, keep, signer_of
from comity.terms import BadInput
from tests.cli.running import comity

OWN, FORGER = signer_of("own"), signer_of("forger")


@pytest.fixture
def notes(tmp_path: Path) -> list[str]:
    """Of a ledger at true.db, after the first half and at its end."""
    return keep(f"sqlite:///{tmp_path}/true.db", [book_of(HALF), book_of(ACTS)], [OWN, OWN])


def told(path: Path, note: str) -> str | None:
    ledger = open_ledger(f"sqlite:///{path}", about.clock)
    assert check(ledger).touched == ()
    found = compare(ledger, note)
    return None if found is None else f"{found.where}: {found.says}"


def test_the_ledger_that_signed_them_agrees_with_its_notes(notes: list[str], tmp_path: Path) -> None:
    assert [told(tmp_path / "true.db", note) for note in notes] == [None, None]


def test_one_that_was_rolled_back_is_told(notes: list[str], tmp_path: Path) -> None:
    keep(f"sqlite:///{tmp_path}/short.db", [book_of(HALF)], [OWN])
    assert [told(tmp_path / "short.db", note) for note in notes] == [None, "note of 16 items: the ledger has only 10"]


def test_a_fork_is_told_from_where_it_begins(notes: list[str], tmp_path: Path) -> None:
    keep(f"sqlite:///{tmp_path}/fork.db", [book_of(HALF, HALF), book_of(ACTS, HALF)], [OWN, FORGER])
    assert [told(tmp_path / "fork.db", note) for note in notes] == [None, "note of 16 items: the log had another root then"]


def test_one_that_no_longer_keeps_what_it_signed_is_told(notes: list[str], tmp_path: Path) -> None:
    keep(f"sqlite:///{tmp_path}/back.db", [book_of(HALF), book_of(ACTS)], [None, FORGER])
    says = "the ledger no longer keeps it as it was signed"
    assert [told(tmp_path / "back.db", note) for note in notes] == [f"note of {size} items: {says}" for size in (10, 16)]


def test_a_note_of_another_ledger_is_told_and_what_is_no_note_is_refused(notes: list[str], tmp_path: Path) -> None:
    other = sign(Checkpoint("other.example.org", 10, bytes(32)), new_signer("other.example.org"))
    assert told(tmp_path / "true.db", other) == f"note of 10 items: it is a note of other.example.org, this ledger is {ORIGIN}"
    with pytest.raises(BadInput, match="a note is text, a blank line and signature lines"):
        told(tmp_path / "true.db", "no note")


# -- by command


def verify(path: Path, *words: str) -> tuple[int, str]:
    done = comity("--ledger", f"sqlite:///{path}", "ledger", "verify", *words)
    assert done.err.count("\n") == (done.code == 2)
    return done.code, done.err or done.out


def test_verify_compares_with_the_notes_that_it_is_given(notes: list[str], tmp_path: Path) -> None:
    keep(f"sqlite:///{tmp_path}/short.db", [book_of(HALF)], [OWN])
    given = []
    for number, note in enumerate(notes):
        (tmp_path / f"{number}.note").write_text(note, encoding="utf-8")
        given += ["--against", str(tmp_path / f"{number}.note")]
    key = verifier_key(ORIGIN, OWN.verifier().public_key)
    code, out = verify(tmp_path / "true.db", *given, "--log-key", key)
    assert (code, out.endswith(": nothing touched\n")) == (0, True)
    code, out = verify(tmp_path / "short.db", *given)
    assert (code, out.splitlines()[0]) == (1, "note of 16 items: the ledger has only 10")
    assert out.endswith(": 1 touched\n")


def test_verify_refuses_what_proves_nothing(notes: list[str], tmp_path: Path) -> None:
    path, file = tmp_path / "true.db", tmp_path / "a.note"
    forged = verifier_key(ORIGIN, FORGER.verifier().public_key)
    file.write_text(notes[0], encoding="utf-8")
    refusals = [
        (verify(path, "--against", str(file), "--log-key", forged), "is not signed with the key that --log-key gives"),
        (verify(path, "--against", str(file), "--log-key", "x"), "a verifier key is name+id+key, not 'x'"),
        (verify(path, "--log-key", forged), "--log-key is for the checkpoints that --against gives"),
        (verify(path, "--against", str(tmp_path / "none")), "(No such file or directory) cannot be read as a checkpoint"),
    ]
    file.write_text("no note", encoding="utf-8")
    refusals.append((verify(path, "--against", str(file)), f"'{file}': a note is text"))
    file.write_text(notes[0].replace("\n10\n", "\n11\n"), encoding="utf-8")
    refusals.append((verify(path, "--against", str(file), "--log-key", verifier_key(ORIGIN, OWN.verifier().public_key)), "that is not right"))
    for (code, err), says in refusals:
        assert code == 2
        assert says in err
