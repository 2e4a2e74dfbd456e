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
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from comity.ledger import open_ledger
from comity.selftest.crashing import now
from comity.selftest.losses import Losses
from comity.selftest.recording import Event, record
from comity.selftest.scenario import FILE, writer
from comity.selftest.surviving import Outcome, judge
from comity.terms import BadInput

_STEPS = 40
_UNSAFE = {"never_syncs": "synchronous=OFF", "does_not_sync_the_folder": "synchronous=FULL"}
_STATES_OF_UNSAFE = 200
_WORTH_PROCESSES = 1000
_MOST_TOLD = 20
_MEMORY = Path("/dev/shm")  # noqa: S108 (what is synced there need not reach a disk)


@dataclass(slots=True)
class Torn:
    """States of the disk after a loss of power, and in how many of them the ledger did not come through."""

    calls: int = 0
    states: int = 0
    distinct: int = 0
    lost: int = 0
    half_applied: int = 0
    corrupt: int = 0

    @property
    def came_through(self) -> bool:
        return not (self.lost or self.half_applied or self.corrupt)


@dataclass(frozen=True, slots=True)
class PowerScore:
    """How the ledger came through; and how it did under writers that are not safe: if they lose nothing, nothing is proved."""

    ours: Torn
    unsafe: dict[str, Torn]
    faults: list[str]

    @property
    def sound(self) -> bool:
        return self.ours.came_through and not any(torn.came_through for torn in self.unsafe.values())


def lose_power(states: int, seed: int, progress: Callable[[int, int], None] = lambda done, of: None) -> PowerScore:
    """Judge so many states of the ledger's disk after a loss of power, and fewer of two writers that are not safe."""
    of_unsafe = min(states, _STATES_OF_UNSAFE)
    total, before = states + of_unsafe * len(_UNSAFE), 0

    def torn(count: int, *pragmas: str) -> tuple[Torn, list[str]]:
        nonlocal before
        found = _torn(_recorded(*pragmas), count, seed, lambda done: progress(before + done, total))
        before += count
        return found

    ours, faults = torn(states)
    return PowerScore(ours, {name: torn(of_unsafe, pragma)[0] for name, pragma in _UNSAFE.items()}, faults)


def _recorded(*pragmas: str) -> list[Event]:
    with tempfile.TemporaryDirectory(prefix="comity-power-") as folder:
        return record(writer(folder, _STEPS, *pragmas), Path(folder))


def _torn(events: Sequence[Event], states: int, seed: int, progress: Callable[[int], None]) -> tuple[Torn, list[str]]:
    """Judge the states that follow from one recording; and the first faults, in words."""
    score, faults, known = Torn(calls=len(events)), list[str](), set[bytes]()
    for score.states, (digest, outcome, says) in enumerate(_judged(Losses.of(events, states, seed), states), 1):
        known.add(digest)
        score.lost += outcome is Outcome.LOST
        score.half_applied += outcome is Outcome.HALF_APPLIED
        score.corrupt += outcome is Outcome.CORRUPT
        if says and len(faults) < _MOST_TOLD:
            faults.append(f"state {score.states - 1}, {outcome}: {says}")
        progress(score.states)
    score.distinct = len(known)
    return score, faults


Judged = tuple[bytes, Outcome, str]
"""The hash of a state's files, how the ledger came through, and what is wrong."""


def _judged(losses: Losses, states: int) -> Iterator[Judged]:
    """Every state in its order; in as many processes as there are processors where that is worth it."""
    if states < _WORTH_PROCESSES:
        yield from _judge(losses, range(states))
        return
    context, share = multiprocessing.get_context("spawn"), os.cpu_count() or 1
    pipes = [context.Pipe(duplex=False) for _ in range(share)]
    judges = [context.Process(target=_send, args=(losses, range(first, states, share), end)) for first, (_, end) in enumerate(pipes)]
    for judging, (_, end) in zip(judges, pipes, strict=True):
        judging.start()
        end.close()
    try:
        for number in range(states):
            yield pipes[number % share][0].recv()
    except EOFError:
        raise BadInput("a process that judged states ended by itself; look for what ended it (memory?), and run it again") from None
    finally:
        for judging in judges:
            judging.terminate()
            judging.join()


def _send(losses: Losses, numbers: range, end: Connection) -> None:
    for judged in _judge(losses, numbers):
        end.send(judged)
    end.close()


def _judge(losses: Losses, numbers: Iterable[int]) -> Iterator[Judged]:
    """Judge these states; those that are the same, or that are the same once what was not committed is rolled back, only once."""
    known: dict[tuple[bytes, int], tuple[Outcome, str]] = {}
    for number in numbers:
        moment, files = losses.state(number)
        state = _digest(files), moment.said
        if state not in known:
            with tempfile.TemporaryDirectory(prefix="comity-torn-", dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
                for name, content in files.items():
                    Path(folder, name).write_bytes(content)
                recovered = _recovered(Path(folder)), moment.said
                if recovered not in known:
                    outcome, says = judge(Path(folder, FILE), moment.said - 1)
                    known[recovered] = outcome, says.replace(f"{folder}/", "")
                known[state] = known[recovered]
        yield state[0], *known[state]


def _recovered(folder: Path) -> bytes:
    """Open the ledger, which rolls back what was not committed; the hash of what counts then: a journal that is left was not one to roll back."""
    try:
        open_ledger(f"sqlite:///{folder}/{FILE}", now).close()
    except BadInput:
        counts = list(folder.iterdir())
    else:
        counts = [folder / FILE]
    return _digest({path.name: path.read_bytes() for path in counts})


def _digest(files: dict[str, bytes]) -> bytes:
    hashed = hashlib.sha256()
    for name, content in sorted(files.items()):
        hashed.update(f"{name} {len(content)} ".encode() + content)
    return hashed.digest()
