"""A writer killed at random moments loses nothing that it acknowledged; and the harness that says so can tell one that does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from comity.selftest import kill_writers
from comity.terms import BadInput
from tests.ledger.conftest import Place

LIAR = """
import sys
from comity.ledger import open_ledger
from comity.selftest import crashing


ledger, number = open_ledger(sys.argv[1], crashing.now), int(sys.argv[2])
while True:
    {acknowledge_early}
    {append}
    number += 1
"""
EARLY = "print(number, flush=True)"


def liar(folder: Path, append: str) -> tuple[str, str]:
    """A writer that acknowledges before it appends, in its own way."""
    program = folder / "liar.py"
    program.write_text(LIAR.format(acknowledge_early=EARLY, append=append), encoding="utf-8")
    return sys.executable, str(program)


def test_a_killed_writer_loses_nothing(place: Place) -> None:
    score = kill_writers(place(), 4, seed=1)
    assert score.sound, score
    assert (score.kills, score.faults) == (4, [])
    assert score.acknowledged > 4


def test_one_that_acknowledges_too_early_is_caught(place: Place, tmp_path: Path) -> None:
    score = kill_writers(place(), 2, seed=1, writer=liar(tmp_path, "import time; time.sleep(60)"))
    assert score.lost == 2
    assert not score.sound
    assert score.faults[0] == "batch 0 was acknowledged and is not there"


def test_one_that_never_writes_is_no_success(place: Place, tmp_path: Path) -> None:
    program = tmp_path / "dead.py"
    program.write_text("raise SystemExit('no disk here')", encoding="utf-8")
    with pytest.raises(BadInput, match="the writer ended by itself, before it could be killed: no disk here"):
        kill_writers(place(), 2, seed=1, writer=(sys.executable, str(program)))


def test_one_that_appends_a_batch_in_parts_is_caught(place: Place, tmp_path: Path) -> None:
    score = kill_writers(place(), 2, seed=1, writer=liar(tmp_path, "ledger.append(crashing.batch_of(number)[:-1])"))
    assert score.half_applied
    assert not score.sound
