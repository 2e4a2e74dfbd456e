"""What a ledger acknowledged is there after a loss of power, whatever part of the rest reached the disk; and the harness can tell where it is not."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import pytest

from comity.ledger import create, open_ledger
from comity.selftest import cannot_trace, lose_power, power
from comity.selftest.crashing import now
from comity.selftest.disks import FOLDER, Moment, files_after_loss, moments
from comity.selftest.losses import Losses
from comity.selftest.recording import Created, Event, Removed, Resized, Said, Synced, Wrote, record
from comity.selftest.scenario import ORIGIN, batch, take
from comity.selftest.surviving import Outcome, judge
from comity.terms import BadInput

traced = pytest.mark.skipif(cannot_trace() is not None, reason=f"calls cannot be recorded here: {cannot_trace()}")


@traced
def test_a_loss_of_power_loses_nothing_and_writers_that_are_not_safe_are_caught() -> None:
    done: list[int] = []
    score = lose_power(60, seed=1, progress=lambda so_far, of: done.append(so_far))
    assert score.sound, score
    assert (score.ours.states, score.faults, done[-1]) == (60, [], 180)
    assert score.ours.distinct > 40
    assert all(torn.lost for torn in score.unsafe.values()), score
    assert score.unsafe["never_syncs"].corrupt


@traced
def test_a_score_whose_unsafe_writers_lose_nothing_is_not_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(power, "_STEPS", 2)
    monkeypatch.setattr(power, "_UNSAFE", {"safe": "synchronous=EXTRA"})
    score = lose_power(20, seed=1)
    assert score.ours.came_through
    assert score.unsafe["safe"].came_through
    assert not score.sound


# -- what is on a disk

START: list[Event] = [Created("a"), Wrote("a", 0, b"x" * 1024), Synced("a"), Synced("")]


def after(*events: Event) -> Moment:
    return [*moments([*START, *events])][-1]


def left(moment: Moment, *survives: int) -> dict[str, bytes]:
    return files_after_loss(moment, survives.__contains__, b"\0")


def test_what_was_synced_is_there_and_of_the_rest_any_sector() -> None:
    moment = after(Wrote("a", 256, b"y" * 512))
    assert left(moment) == {"a": b"x" * 1024}
    assert left(moment, 0) == {"a": b"x" * 256 + b"y" * 512 + b"x" * 256}
    sectors = iter([False, True, True])  # the two sectors, and the file's length
    assert files_after_loss(moment, lambda _: next(sectors), b"\0") == {"a": b"x" * 512 + b"y" * 256 + b"x" * 256}
    assert left(after(Wrote("a", 256, b"y" * 512), Synced("a")), FOLDER) == left(moment, 0)


def test_a_later_write_is_over_an_earlier_one() -> None:
    moment = after(Wrote("a", 0, b"y" * 512), Wrote("a", 0, b"z" * 512))
    for survived, first in (((True, True), b"z"), ((True, False), b"y"), ((False, True), b"z"), ((False, False), b"x")):
        each = iter([*survived, True])
        assert files_after_loss(moment, lambda _, each=each: next(each), b"\0")["a"][:1] == first  # type: ignore[misc]


def test_a_file_that_grew_holds_leftovers_where_its_writes_are_not() -> None:
    moment = after(Wrote("a", 1024, b"y" * 512))
    sectors = iter([False, True])
    assert files_after_loss(moment, lambda _: next(sectors), b"?")["a"] == b"x" * 1024 + b"?" * 512
    assert left(after(Resized("a", 10)), 0) == {"a": b"x" * 10}
    assert left(after(Resized("a", 10))) == {"a": b"x" * 1024}


def test_a_name_is_gone_or_there_for_sure_once_the_folder_is_synced() -> None:
    removed = after(Removed("a"))
    assert left(removed) == {"a": b"x" * 1024}
    assert left(removed, FOLDER) == {}
    assert left(after(Removed("a"), Synced(""))) == {}
    made = after(Created("b"), Wrote("b", 0, b"new"), Synced("b"))
    assert "b" not in left(made)
    assert left(made, FOLDER)["b"] == b"new"
    again = after(Removed("a"), Created("a"), Wrote("a", 0, b"new"))
    assert left(again) == {"a": b"x" * 1024}
    assert left(again, FOLDER) == {"a": b""}
    assert after(Said("0"), Said("1")).said == 2


def test_states_are_the_same_each_time_and_hold_the_extremes() -> None:
    events = [*START, Wrote("a", 0, b"y" * 4096), Removed("a")]
    losses = Losses.of(events, 100, seed=1)
    found = [losses.state(number) for number in range(100)]
    assert found == [Losses.of(events, 100, seed=1).state(number) for number in range(100)]
    assert found != [Losses.of(events, 100, seed=2).state(number) for number in range(100)]
    files = [files for _, files in found]
    assert all(wanted in files for wanted in ({}, {"a": b""}, {"a": b"x" * 1024}, {"a": b"y" * 4096}))
    assert len({files.get("a") for files in files}) > 20


# -- recording


@traced
def test_a_program_is_recorded_call_by_call(tmp_path: Path) -> None:
    begins = "import os; f = os.open({0!r}, os.O_CREAT | os.O_RDWR); os.pwrite(f, b'x', 7); os.fsync(f)"
    ends = "os.ftruncate(f, 3); os.remove({0!r}); os.write(1, b'0')"
    found = record((sys.executable, "-c", f"{begins}; {ends}".format(str(tmp_path / "a"))), tmp_path)
    assert found == [Created("a"), Wrote("a", 7, b"x"), Synced("a"), Resized("a", 3), Removed("a"), Said("0")]


@traced
@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("import os; os.rename({!r}, {!r} + 'b')", "the model of a disk does not know: rename of a"),
        ("open({!r}, 'w')", "does not know: openat with O_TRUNC of a"),
        ("raise SystemExit('no disk')", "the writer ended by itself, while its calls were recorded: no disk"),
    ],
)
def test_what_cannot_be_told_is_refused(tmp_path: Path, program: str, says: str) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(BadInput, match=says):
        record((sys.executable, "-c", program.format(*[str(tmp_path / "a")] * 2)), tmp_path)


# -- judging


def taken(folder: Path, steps: int) -> Path:
    """The file of a ledger after so many steps of the scenario, with the first."""
    file = folder / "ledger.db"
    with closing(create(f"sqlite:///{file}", ORIGIN, now)) as ledger:
        for step in range(1, steps):
            take(ledger, step)
    return file


def test_a_ledger_is_judged_by_what_was_acknowledged(tmp_path: Path) -> None:
    file = taken(tmp_path, 6)  # steps 0 to 5, a checkpoint at 4
    judged = {acknowledged: judge(file, acknowledged)[0] for acknowledged in range(2, 8)}
    assert judged == {
        2: Outcome.CORRUPT,  # more than was appended
        3: Outcome.CORRUPT,
        4: Outcome.SOUND,
        5: Outcome.SOUND,
        6: Outcome.LOST,
        7: Outcome.LOST,
    }


def test_a_batch_there_in_part_is_named_and_so_are_other_items(tmp_path: Path) -> None:
    file = taken(tmp_path, 3)
    with closing(open_ledger(f"sqlite:///{file}", now)) as ledger:
        ledger.append(batch(3)[:2])
    assert judge(file, 2)[0] is Outcome.HALF_APPLIED
    with closing(open_ledger(f"sqlite:///{file}", now)) as ledger:
        ledger.append(batch(8))
    assert judge(file, 2)[0] is Outcome.CORRUPT


def test_a_touched_ledger_is_corrupt(tmp_path: Path) -> None:
    file = taken(tmp_path, 3)
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"establish-fact", b"establish-fict", 1))
    assert judge(file, 2)[0] is Outcome.CORRUPT
    file.write_bytes(whole[:-4096])
    assert judge(file, 2)[0] is Outcome.CORRUPT


def test_where_there_is_no_ledger_it_is_lost_if_its_making_was_acknowledged(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    assert judge(file, -1) == (Outcome.SOUND, "")
    file.unlink()
    assert judge(file, 0)[0] is Outcome.LOST
    file.write_bytes(b"no database at all" * 100)
    assert judge(file, -1)[0] is Outcome.CORRUPT


@traced
def test_several_processes_judge_as_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(power, "_STEPS", 2)
    losses = Losses.of(power._recorded("synchronous=OFF"), 12, seed=1)
    alone = [*power._judged(losses, 12)]
    monkeypatch.setattr(power, "_WORTH_PROCESSES", 1)
    assert [*power._judged(losses, 12)] == alone
