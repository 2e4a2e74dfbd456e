"""Ledgers witness one another from the command line, with files handed over; a fork leaves its proof, and what goes wrong is one line."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.running import Done, comity
from tests.cli.test_ledger import refused

VERIFIER = Path(__file__).parents[2] / "verifier" / "verify_proof.py"
ROW = "ref,kind,actor,agreement,made,source\n{ref},denounce,AAA,pact,2010-01-01,s\n"


@dataclass(frozen=True)
class Keeper:
    """A ledger and its keys, in a folder of its own."""

    folder: Path
    name: str

    def ledger(self, *words: str) -> Done:
        return comity("--ledger", f"sqlite:///{self.folder}/{self.name}.db", "ledger", *words)

    def told(self, *words: str) -> str:
        done = self.ledger(*words)
        assert (done.code, done.err) == (0, ""), done
        return done.out

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return str(self.folder / name)

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def grow(self, ref: str) -> str:
        """One act more, and a new checkpoint."""
        self.told("append", self.file(f"{ref}.csv", ROW.format(ref=ref)))
        return self.told("checkpoint", "--key", self.path(f"{self.name}.key"))

    def copied(self, folder: Path) -> Keeper:
        """The same ledger with the same key, to be carried on in another way."""
        shutil.copytree(self.folder, folder)
        return Keeper(folder, self.name)


@pytest.fixture
def log(tmp_path: Path, small: Path) -> Keeper:
    (tmp_path / "log").mkdir()
    keeper = Keeper(tmp_path / "log", "log")
    keeper.told("init", "--origin", "log.example.org")
    keeper.told("import", str(small))
    keeper.file("log.pub", keeper.told("key", keeper.path("log.key")))
    keeper.grow("first")
    return keeper


@pytest.fixture
def witness(tmp_path: Path, log: Keeper) -> Keeper:
    """Another ledger, which watches the log."""
    (tmp_path / "witness").mkdir()
    keeper = Keeper(tmp_path / "witness", "witness")
    keeper.told("init", "--origin", "witness.example.org")
    keeper.file("witness.pub", keeper.told("key", "--witness", keeper.path("witness.key")))
    assert keeper.told("watch", _key(log)) == "log.example.org is watched\n"
    return keeper


def _key(keeper: Keeper) -> str:
    return Path(keeper.path(f"{keeper.name}.pub")).read_text(encoding="utf-8").strip()


def _cosign(witness: Keeper, body: str) -> Done:
    return witness.ledger("cosign", witness.file("handed-in", body), "--key", witness.path("witness.key"))


def _verify(*words: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", str(VERIFIER), *words], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_log_that_grew_is_cosigned_and_the_proof_shows_it_offline(log: Keeper, witness: Keeper) -> None:
    before = log.file("before", log.told("checkpoint", "--key", log.path("log.key")))
    assert _cosign(witness, log.told("growth")).code == 0
    log.grow("second")
    body = log.told("growth", "--from", before)
    assert body == log.told("growth", "--from", Path(before).read_text(encoding="utf-8").split("\n")[1])
    line = log.file("line", _cosign(witness, body).out)
    said = log.told("add-cosignature", line, "--witness", _key(witness))
    assert said.startswith("witness.example.org saw the checkpoint of ")
    act = log.told("append", log.path("second.csv")).split("\n")[1]
    keys = ("--log", _key(log), "--witness", _key(witness))
    code, told = _verify("inclusion", log.file("proof", log.told("prove", act)), *keys)
    assert (code, f"  act: {act}\n" in told, "  cosigned: witness.example.org+" in told) == (0, True, True)
    code, told = _verify("consistency", before, log.file("grown", log.told("growth", "--from", before)), *keys, "--quorum", "1")
    assert (code, told.split("\n")[0]) == (0, f"proved: log.example.org of {said.split()[5]} items goes on from the {body.split()[1]} that it had")
    assert _verify("consistency", before, log.file("grown", body), *keys) == (
        1,
        "not proved: the checkpoint is not cosigned by witness.example.org\n",
    )


def test_a_fork_is_refused_and_its_proof_kept_and_never_written_over(log: Keeper, witness: Keeper, tmp_path: Path) -> None:
    other = log.copied(tmp_path / "other")
    _cosign(witness, log.told("growth"))
    size = str(witness.ledger("watched", "--json").json["logs"][0]["items"])
    log.grow("one")
    other.grow("another")
    assert _cosign(witness, log.told("growth", "--from", size)).code == 0
    told = refused(_cosign(witness, other.told("growth", "--from", size)))
    evidence = witness.path("handed-in.fork")
    assert f"do not begin with the {int(size) + 1} that were seen on 20" in told
    assert "it was forked: keep both notes" in told
    assert f"the proof is in {evidence}" in told
    code, said = _verify("fork", evidence, "--log", _key(log))
    assert (code, said.startswith("proved: log.example.org was forked: it signed two histories of ")) == (0, True)
    assert "the proof is in" in refused(_cosign(witness, other.told("growth", "--from", size))), "the same again is the same file"
    kept = Path(evidence).read_text(encoding="utf-8")
    witness.file("handed-in.fork", "something else")
    assert "is there already and holds something else: move it away" in refused(_cosign(witness, other.told("growth", "--from", size)))
    assert Path(evidence).read_text(encoding="utf-8") == "something else" != kept
    assert _verify("fork", evidence, "--log", _key(log))[0] == 1
    long = witness.file("x" * 253, other.told("growth", "--from", size))
    assert "cannot be written (File name too long): put that right" in refused(witness.ledger("cosign", long, "--key", witness.path("witness.key")))


def test_a_log_that_was_rolled_back_is_named_with_the_day_and_what_to_do(log: Keeper, witness: Keeper, tmp_path: Path) -> None:
    older = log.copied(tmp_path / "older")
    log.grow("second")
    _cosign(witness, log.told("growth"))
    told = refused(_cosign(witness, older.told("growth")))
    assert "the log log.example.org shows " in told
    assert "it was rolled back, or the note is an old one; keep both and ask its keeper" in told
    (seen,) = witness.ledger("watched", "--json").json["logs"]
    assert f"{seen['items']} were seen on {seen['seen'][:10]}" in told
    assert "fewer than" in refused(older.ledger("growth", "--from", str(seen["items"])))


def test_a_log_that_was_rewritten_says_so_beside_an_older_note(log: Keeper, tmp_path: Path) -> None:
    other = log.copied(tmp_path / "other")
    mine = other.file("mine", log.grow("one"))
    other.grow("another")
    assert "had another root at" in refused(other.ledger("growth", "--from", mine))


def test_each_key_does_its_own_work(log: Keeper, witness: Keeper) -> None:
    body = log.file("body", log.told("growth"))
    for keeper, words in (
        (witness, ("cosign", body, "--key", log.path("log.key"))),
        (log, ("checkpoint", "--key", witness.path("witness.key"))),
    ):
        assert "the key file holds the key with which" in refused(keeper.ledger(*words))
    log.told("key", "--witness", log.path("log-as-witness.key"))
    assert "is the key of log.example.org, the ledger is witness.example.org" in refused(
        witness.ledger("cosign", body, "--key", log.path("log-as-witness.key"))
    )
    assert "is a log's, which signs checkpoints (01); give a witness's" in refused(log.ledger("add-cosignature", body, "--witness", _key(log)))
    assert "is a witness's, which cosigns them (04); give a log's" in refused(witness.ledger("watch", _key(witness)))


def test_what_is_no_file_of_its_kind_is_said_in_one_line(log: Keeper, witness: Keeper, tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    key = ("--key", witness.path("witness.key"))
    assert "'nowhere' (No such file or directory) cannot be read as what a log's keeper hands in" in refused(
        witness.ledger("cosign", "nowhere", *key)
    )
    assert "(it is not text) cannot be read" in refused(witness.ledger("cosign", str(tmp_path / "bytes"), *key))
    assert "begins with the line 'old' and a size" in refused(witness.ledger("cosign", log.path("log.pub"), *key))
    assert "cannot be read as a checkpoint; give its file, or a number of items" in refused(log.ledger("growth", "--from", "9" * 5000))
    assert "a note is text, a blank line" in refused(log.ledger("growth", "--from", log.path("log.pub")))
    assert "is watched already" in witness.told("watch", _key(log))
    assert "a verifier key is name+id+key" in refused(witness.ledger("watch", "nonsense"))


def test_the_logs_are_listed_and_what_is_damaged_is_said(log: Keeper, witness: Keeper) -> None:
    assert "never" in witness.told("watched")
    _cosign(witness, log.told("growth"))
    (seen,) = witness.ledger("watched", "--json").json["logs"]
    assert (seen["sound"], seen["note"]) == (True, log.told("checkpoint", "--key", log.path("log.key")))
    with sqlite3.connect(witness.path("witness.db")) as connection:
        connection.execute("UPDATE log SET root = 'text'")
    connection.close()
    assert "damaged" in witness.told("watched")
    assert witness.ledger("watched", "--json").json["logs"][0]["sound"] is False
    assert "what was seen of the log log.example.org is damaged" in refused(_cosign(witness, log.told("growth")))
    assert witness.ledger("verify").code == 0
