"""An import, a backup and a restore killed at random moments leave nothing in part, and go on; and the harness can tell one that does not."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import jsonschema
import pytest

from comity import about, keeping
from comity.book import read_files
from comity.ledger import back_up, create, open_ledger, restore
from comity.selftest import Interruptions, interrupt, works
from comity.selftest.specimens import ORIGIN, book_of
from comity.selftest.works import WORKS, Importing
from comity.terms import BadInput

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "selftest-ledger.json").read_text(encoding="utf-8"))
LIAR = """
import sys
import time
from pathlib import Path
from comity import about, keeping
from comity.book import Book, read_book
from comity.ledger import open_ledger


def take_in(book: Book, url: str) -> None:
    keeping.take_in(book, open_ledger(url, about.clock))


kind, url, folder = sys.argv[1:]
book, log = read_book(Path(folder)), Path(__file__).with_suffix(".runs")
run = len(log.read_text()) if log.exists() else 0
log.write_text("x" * (run + 1))
print("begun", flush=True)
if run == 1:
    print(1000, flush=True)
    time.sleep(60)
take_in(book, url)
"""


@pytest.fixture(autouse=True)
def small_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two batches."""
    monkeypatch.setattr(works, "ACTS", 1200)


@pytest.fixture
def liar(tmp_path: Path) -> tuple[str, str]:
    """A worker that imports as it ought to, but for its second run, in which it acknowledges what it never wrote."""
    program = tmp_path / "liar.py"
    program.write_text(LIAR, encoding="utf-8")
    return sys.executable, str(program)


def test_what_is_killed_leaves_nothing_in_part_and_goes_on(tmp_path: Path) -> None:
    score = interrupt(f"sqlite:///{tmp_path}/x.db", 4, seed=2)
    assert score.sound, score.faults
    assert score.kills == {"import": 1, "backup": 1, "restore": 1, "upgrade": 1}
    assert all(score.finished[name] >= 2 for name in score.kills)
    assert score.acknowledged >= 2 * 1204
    jsonschema.validate({**asdict(score), "sound": True}, SCHEMA["properties"]["interruptions"])


def test_an_import_on_a_server_goes_on(server: str) -> None:
    score = interrupt(f"{server}/postgres", 1, seed=1)
    assert (score.sound, score.kills, score.faults) == (True, {"import": 1}, [])


def test_one_that_acknowledges_what_is_not_there_is_caught(tmp_path: Path, liar: tuple[str, str]) -> None:
    score = interrupt(f"sqlite:///{tmp_path}/x.db", 1, seed=1, worker=liar)
    assert (score.lost, score.sound) == (1, False)
    assert score.faults == ["import: 1000 items were acknowledged, 0 are there"]


# -- each kind of work by itself


@pytest.fixture
def importing(tmp_path: Path) -> Importing:
    return Importing(f"sqlite:///{tmp_path}/x.db", tmp_path)


def put(work: Importing, acts: int) -> None:
    ledger = open_ledger(work.place, about.clock)
    keeping.take_in(read_files(book_of(acts), "drawn"), ledger)
    ledger.close()


def test_half_a_batch_and_what_is_no_beginning_of_the_book_are_told(importing: Importing) -> None:
    put(importing, 700)
    assert [fault.says for fault in importing.after_kill(0)] == ["704 items are there, and 500 go in at once"]
    assert [fault.says for fault in importing.at_end()] == ["what is exported is not the book that was taken in"]
    put(importing, 996)
    assert list(importing.after_kill(1000)) == []
    assert [fault.says for fault in importing.after_kill(1)] == ["1001 items were acknowledged, 1000 are there"]


def test_every_kind_of_work_tells_where_its_end_left_nothing(tmp_path: Path) -> None:
    ends = {work.name: [fault.kind for fault in work.at_end()] for work in (kind(f"sqlite:///{tmp_path}/x.db", tmp_path) for kind in WORKS[:2])}
    assert ends == {"import": ["lost"], "backup": ["lost"]}


def test_faults_are_counted_by_their_kind_and_only_the_first_are_told(importing: Importing) -> None:
    score = Interruptions()
    put(importing, 700)
    for _ in range(11):
        score.note(importing, importing.after_kill(10**6))
    assert (score.lost, score.half_applied, score.touched, len(score.faults)) == (11, 11, 0, 20)


# -- what a kill leaves behind


def test_a_backup_is_made_where_an_interrupted_one_left_its_part(tmp_path: Path) -> None:
    ledger = create(f"sqlite:///{tmp_path}/x.db", ORIGIN, about.clock)
    (tmp_path / "b.db.part").write_bytes(b"half of something")
    (tmp_path / "b.db.part-journal").write_bytes(b"half of something")
    back_up(ledger, tmp_path / "b.db")
    assert open_ledger(f"sqlite:///{tmp_path}/b.db", about.clock).head() == ledger.head()
    assert not (tmp_path / "b.db.part").exists()
    with pytest.raises(BadInput, match="is there already; give a new file"):
        back_up(ledger, tmp_path / "b.db")


def test_a_restore_goes_on_in_an_empty_ledger_and_in_no_other(tmp_path: Path) -> None:
    ledger = create(f"sqlite:///{tmp_path}/x.db", ORIGIN, about.clock)
    keeping.take_in(read_files(book_of(3), "drawn"), ledger)
    back_up(ledger, tmp_path / "b.db")
    there = f"sqlite:///{tmp_path}/there.db"
    create(there, "another.example.org", about.clock).close()
    restored = restore(tmp_path / "b.db", there, about.clock)
    assert (restored.head(), restored.origin) == (ledger.head(), ORIGIN)
    with pytest.raises(BadInput, match="is not empty; restore into a new one"):
        restore(tmp_path / "b.db", there, about.clock)
