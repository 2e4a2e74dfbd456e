"""A disk that is full or fails costs nothing that was acknowledged, and is told in one line; and the harness can tell where it is not so."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from comity.selftest import break_disk, cannot_trace, faults
from comity.selftest.faults import Fault, all_faults
from comity.selftest.surviving import Outcome, judge
from comity.terms import BadInput

pytestmark = pytest.mark.skipif(cannot_trace() is not None, reason=f"calls cannot be made to fail here: {cannot_trace()}")

LIAR = """
import sys
from comity.ledger import create
from comity.selftest import crashing, scenario


print(0, 1, 2, flush=True)
ledger = create(sys.argv[1], scenario.ORIGIN, crashing.now)
for step in (1, 2):
    scenario.take(ledger, step)
"""


def stands_in(folder: Path, program: str) -> Callable[..., tuple[str, ...]]:
    """A writer to put in the place of ours."""
    file = folder / "writer.py"
    file.write_text(program, encoding="utf-8")
    return lambda place, *_: (sys.executable, str(file), f"sqlite:///{place}/ledger.db")


def test_a_full_or_failing_disk_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "_STEPS", 2)
    done: list[int] = []
    score = break_disk(4, lambda so_far, of: done.append(so_far))
    assert score.sound, score
    assert (score.tried, score.faults, done) == (4, [], [1, 2, 3, 4])
    assert score.refused >= 4


def test_what_is_refused_when_it_was_all_but_acknowledged_is_not_said_to_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tenth sync, of the folder, is the last of the second commit: what was appended stands, and is appended again for nothing."""
    monkeypatch.setattr(faults, "_STEPS", 2)
    done, _ = faults._run(str(tmp_path), "fdatasync", "-e", "inject=fdatasync:error=EIO:when=10")
    assert done.stdout.split() == ["0", "1"]
    assert "do it again: no act is kept twice" in done.stderr
    assert judge(tmp_path / "ledger.db", 1) == (Outcome.SOUND, "")


def test_every_call_is_made_to_fail_alone_and_with_all_after() -> None:
    found = all_faults()
    assert len(found) == len(set(found))
    assert {(fault.call, fault.error) for fault in found} == set(faults._KINDS)
    assert {fault.and_all_after for fault in found if fault.number == 1} == {True, False}
    assert str(found[1]) == "ENOSPC at pwrite64 1 and all after"


def test_a_writer_that_acknowledges_too_early_and_ends_with_a_traceback_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "writer", stands_in(tmp_path, LIAR))
    monkeypatch.setattr(faults, "all_faults", lambda: [Fault("pwrite64", "ENOSPC", 30, True)])
    score = break_disk(1)
    assert (score.lost, score.unclear, score.stuck) == (1, 1, 0)
    assert not score.sound
    assert score.faults[0].startswith("ENOSPC at pwrite64 30 and all after: ")


def test_a_fault_that_did_not_come_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "_STEPS", 1)
    monkeypatch.setattr(faults, "all_faults", lambda: [Fault("unlink", "EIO", 99, False)])
    with pytest.raises(BadInput, match="EIO at unlink 99: the call was not made"):
        break_disk(1)


def test_a_writer_that_fails_by_itself_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "writer", stands_in(tmp_path, "raise SystemExit('no disk here')"))
    with pytest.raises(BadInput, match="though no call had failed: no disk here"):
        all_faults()
