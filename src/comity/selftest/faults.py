"""Does a ledger lose what it acknowledged when its disk is full, or fails?  Each write, sync, opening and removal of its files is made to fail.

The writer runs as it is; strace answers the k-th call of a kind with an error in the disk's place: that one alone, as after a passing fault, or
all from there on, as when the disk stays full. For every k: 1. the writer says in one line what is wrong, or goes on once the fault has passed;
2. afterwards everything acknowledged is there and whole, nothing is touched; 3. the ledger can be appended to again.

Source: strace(1), "Tampering"; SQLite, "Result and error codes" (SQLITE_FULL, SQLITE_IOERR).
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from comity.ledger import check, open_ledger, told
from comity.selftest.crashing import batch_of, now
from comity.selftest.scenario import FILE, GAVE_UP, writer
from comity.selftest.surviving import Outcome, judge
from comity.terms import BadInput

_STEPS = 5
_KINDS = (("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fdatasync", "EIO"), ("openat", "ENOSPC"), ("unlink", "EIO"))
_AFTERWARDS = 1000
"""The number of a batch that the scenario does not append."""
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Fault:
    """One call, by its number among those of its kind, that fails: alone, or with all that follow."""

    call: str
    error: str
    number: int
    and_all_after: bool

    def __str__(self) -> str:
        return f"{self.error} at {self.call} {self.number}{' and all after' * self.and_all_after}"


@dataclass(slots=True)
class FaultScore:
    """How many faults were tried, how often the writer was refused, and what was lost; all but the first two ought to be 0."""

    tried: int = 0
    refused: int = 0
    lost: int = 0
    half_applied: int = 0
    corrupt: int = 0
    unclear: int = 0
    stuck: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return self.tried > 0 and not (self.lost or self.half_applied or self.corrupt or self.unclear or self.stuck)


@dataclass(frozen=True, slots=True)
class _Tried:
    """What came of one fault."""

    fault: Fault
    refused: int
    outcome: Outcome
    lost: str
    unclear: str
    stuck: str


def break_disk(faults: int, progress: Callable[[int, int], None] = lambda done, of: None) -> FaultScore:
    """Try so many faults, evenly spread over all that there are, and keep the score; all, if there are no more than that."""
    every = all_faults()
    chosen = [every[number * len(every) // faults] for number in range(faults)] if faults < len(every) else every
    score = FaultScore()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for score.tried, tried in enumerate(pool.map(_try, chosen), 1):
            score.refused += tried.refused
            score.lost += tried.outcome is Outcome.LOST
            score.half_applied += tried.outcome is Outcome.HALF_APPLIED
            score.corrupt += tried.outcome is Outcome.CORRUPT
            score.unclear += bool(tried.unclear)
            score.stuck += bool(tried.stuck)
            score.faults += [f"{tried.fault}: {says}" for says in (tried.lost, tried.unclear, tried.stuck) if says]
            progress(score.tried, len(chosen))
    return score


def all_faults() -> list[Fault]:
    """Every fault that there can be: as many of each kind as the writer makes such calls when none fails."""
    with tempfile.TemporaryDirectory(prefix="comity-faults-") as folder:
        done, calls = _run(folder, ",".join(sorted({call for call, _ in _KINDS})))
    if done.returncode:
        raise BadInput(f"the writer ended by itself, though no call had failed: {done.stderr.strip()}")
    counted = Counter(call.partition("(")[0].split()[-1] for call in calls if "(" in call)
    return [Fault(call, error, number, after) for call, error in _KINDS for number in range(1, counted[call] + 1) for after in (False, True)]


def _run(folder: str, calls: str, *more: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run the writer, and list such of its calls as are about the ledger's files and their folder."""
    with tempfile.NamedTemporaryFile(prefix="comity-calls-") as log:
        paths = (word for path in (folder, f"{folder}/{FILE}", f"{folder}/{FILE}-journal") for word in ("-P", path))
        program = ["strace", "-f", "--seccomp-bpf", "-o", log.name, *paths, "-e", f"trace={calls}", *more, *writer(folder, _STEPS)]
        done = subprocess.run(program, capture_output=True, text=True, check=False, timeout=_SECONDS)  # noqa: S603
        return done, Path(log.name).read_text(encoding="utf-8", errors="replace").splitlines()


def _try(fault: Fault) -> _Tried:
    with tempfile.TemporaryDirectory(prefix="comity-faults-") as folder:
        when = f"{fault.number}{'+' * fault.and_all_after}"
        done, calls = _run(folder, fault.call, "-e", f"inject={fault.call}:error={fault.error}:when={when}")
        if not any("(INJECTED)" in call for call in calls):
            raise BadInput(f"{fault}: the call was not made, so that nothing failed; run it again")
        url = f"sqlite:///{folder}/{FILE}"
        acknowledged = max(map(int, done.stdout.split()), default=-1)
        outcome, lost = judge(Path(folder, FILE), acknowledged)
        says = done.stderr.splitlines()
        clear = done.returncode in (0, GAVE_UP) and all(url in line for line in says)
        return _Tried(fault, len(says), outcome, lost, "" if clear else f"it ended with {done.returncode} and said: {says[-1:]}", _stuck(url))


def _stuck(url: str) -> str:
    """Why the ledger cannot be appended to again; blank if it can."""
    try:
        with closing(open_ledger(url, now)) as ledger, told(url):
            ledger.append(batch_of(_AFTERWARDS))
            return "; ".join(one.says for one in check(ledger).touched)
    except BadInput as problem:
        return str(problem)
