"""Does a ledger lose what it acknowledged when the power goes?  What its writer wrote and synced is recorded, and torn in every way.

After each call of the writer the power is lost: what was synced is on disk, of the rest any part (``disks``). Each such state is put into a
folder, the ledger there is opened, which rolls back what was not committed, and judged. So that a score of 0 means something, the same is done
to two writers that are not safe, one that never syncs and one that does not sync the folder: theirs must show losses.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from comity.selftest.judging import Outcome, judge
from comity.selftest.losses import Losses
from comity.selftest.recording import Event, record
from comity.selftest.scenario import writer

_STEPS, _FILE = 40, "ledger.db"
_UNSAFE = {"never_syncs": "synchronous=OFF", "does_not_sync_the_folder": "synchronous=FULL"}
_STATES_OF_UNSAFE = 400
_AT_ONCE, _WORTH_A_PROCESS = 50, 1000
_MOST_TOLD = 20


@dataclass(slots=True)
class Torn:
    """States of the disk after a loss of power, and in how many of them the ledger did not come through."""

    calls: int = 0
    states: int = 0
    distinct: int = 0
    lost: int = 0
    half_applied: int = 0
    corrupt: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def came_through(self) -> bool:
        return not (self.lost or self.half_applied or self.corrupt)


@dataclass(frozen=True, slots=True)
class PowerScore:
    """How the ledger came through; and how it did under writers that are not safe: if they lose nothing, nothing is proved."""

    ours: Torn
    unsafe: dict[str, Torn]

    @property
    def sound(self) -> bool:
        return self.ours.came_through and not any(torn.came_through for torn in self.unsafe.values())


def lose_power(states: int, seed: int, progress: Callable[[int, int], None] = lambda done, of: None) -> PowerScore:
    """Judge so many states of the ledger's disk after a loss of power, and fewer of two writers that are not safe."""
    of_unsafe = min(states, _STATES_OF_UNSAFE)
    total = states + of_unsafe * len(_UNSAFE)
    ours = _torn(_recorded(), states, seed, lambda done: progress(done, total))
    unsafe = {}
    for number, (name, pragma) in enumerate(_UNSAFE.items()):
        before = states + number * of_unsafe
        unsafe[name] = _torn(_recorded(pragma), of_unsafe, seed, lambda done, before=before: progress(before + done, total))  # type: ignore[misc]
    return PowerScore(ours, unsafe)


def _recorded(*pragmas: str) -> list[Event]:
    with tempfile.TemporaryDirectory(prefix="comity-power-") as folder:
        return record(writer(f"sqlite:///{folder}/{_FILE}", _STEPS, *pragmas), Path(folder))


def _torn(events: Sequence[Event], states: int, seed: int, progress: Callable[[int], None]) -> Torn:
    """Judge the states that follow from one recording; the same state once in each process."""
    score, known = Torn(calls=len(events)), set[bytes]()
    losses = Losses.of(events, states, seed)
    for score.states, (digest, outcome, says) in enumerate(_judged(losses, states), 1):
        known.add(digest)
        score.lost += outcome is Outcome.LOST
        score.half_applied += outcome is Outcome.HALF_APPLIED
        score.corrupt += outcome is Outcome.CORRUPT
        if says and len(score.faults) < _MOST_TOLD:
            score.faults.append(f"state {score.states - 1}, {outcome}: {says}")
        progress(score.states)
    score.distinct = len(known)
    return score


Judged = tuple[bytes, Outcome, str]


def _judged(losses: Losses, states: int) -> Iterator[Judged]:
    """Every state, in as many processes as there are processors where that is worth it."""
    if states < _WORTH_A_PROCESS:
        yield from _judge(losses, range(states))
        return
    context, share = multiprocessing.get_context("spawn"), os.cpu_count() or 1
    readers = []
    for first in range(share):
        reader, end = context.Pipe(duplex=False)
        context.Process(target=_judge_and_send, args=(losses, range(first, states, share), end), daemon=True).start()
        end.close()
        readers.append(reader)
    for _ in range(0, states, 1):
        pass


def _judge(losses: Losses, numbers: Iterable[int]) -> Iterator[Judged]:
    """Judge states, each that is the same as one before by remembering."""
    seen: dict[tuple[bytes, int], tuple[Outcome, str]] = {}
    root = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (in memory: what is synced there need not reach a disk)
    for number in numbers:
        moment, files = losses.state(number)
        digest = _digest(files)
        if (digest, moment.said) not in seen:
            with tempfile.TemporaryDirectory(prefix="comity-torn-", dir=root) as folder:
                for name, content in files.items():
                    Path(folder, name).write_bytes(content)
                seen[digest, moment.said] = judge(f"sqlite:///{folder}/{_FILE}", moment.said - 1)
        yield digest, *seen[digest, moment.said]


def _digest(files: dict[str, bytes]) -> bytes:
    hashed = hashlib.sha256()
    for name, content in sorted(files.items()):
        hashed.update(f"{name} {len(content)} ".encode() + content)
    return hashed.digest()
