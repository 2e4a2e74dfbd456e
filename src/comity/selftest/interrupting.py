"""Does anything stand there in part, or is anything lost, when an import, a backup or a restore is killed?

Each kind of work is done once to its end, which tells how long it takes. Then its process is killed at random moments of such a time, looked at
each time, and done again until it comes to its end; and once more at last.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from comity.selftest.crashing import drawn
from comity.selftest.killing import Life, live
from comity.selftest.works import HALF_APPLIED, LOST, TOUCHED, WORKS, Fault, Work
from comity.terms import BadInput

WORKER = (sys.executable, "-m", "comity.selftest")
_MOST_FAULTS = 20


@dataclass(slots=True)
class Interruptions:
    """How often each kind of work was killed, and how often it came to its end; how many items were acknowledged; and what was lost."""

    kills: dict[str, int] = field(default_factory=dict)
    finished: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    lost: int = 0
    half_applied: int = 0
    touched: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not (self.lost or self.half_applied or self.touched)

    def note(self, work: Work, faults: Iterable[Fault]) -> None:
        """What was found after a run of the work."""
        for fault in faults:
            self.lost += fault.kind == LOST
            self.half_applied += fault.kind == HALF_APPLIED
            self.touched += fault.kind == TOUCHED
            self.faults += [f"{work.name}: {fault.says}"] if len(self.faults) < _MOST_FAULTS else []


def interrupt(
    url: str, kills: int, seed: int, progress: Callable[[int, int], None] = lambda done, of: None, worker: Sequence[str] = WORKER
) -> Interruptions:
    """Kill works at ``url`` so many times in all, each kind in turn; BadInput if one of them can't be done there at all.

    The ``worker`` is told what to do, says that it has begun, and then each time how many items it acknowledges.
    """
    score, moments = Interruptions(), count()
    with tempfile.TemporaryDirectory(prefix="comity-selftest-") as folder:
        works = [work(url, Path(folder)) for work in WORKS[:kills]]
        lengths = {work.name: _length_of(score, work, worker) for work in works}
        for kill in range(kills):
            work = works[kill % len(works)]
            while not _interrupted(score, work, worker, lengths, drawn(f"interruption {seed}", next(moments))):
                pass  # it came to its end before it could be killed, and has begun anew
            progress(kill + 1, kills)
        for work in works:
            _look_at_end(score, work, _live(score, work, worker, None))
    return score


def _length_of(score: Interruptions, work: Work, worker: Sequence[str]) -> float:
    """How long the work takes where nobody interrupts it; BadInput if it can't be done here at all."""
    life = _live(score, work, worker, None)
    if not life.finished:
        raise BadInput(f"{work.name} ended by itself, before anything was killed: {life.complained}")
    _look_at_end(score, work, life)
    return life.seconds


def _interrupted(score: Interruptions, work: Work, worker: Sequence[str], lengths: dict[str, float], share: float) -> bool:
    """Run the work for a share of its length, and look at what is there. Was it killed, or did it fail after an earlier kill?"""
    life = _live(score, work, worker, share * lengths[work.name])
    if not life.killed:
        lengths[work.name] = min(lengths[work.name], life.seconds)
        _look_at_end(score, work, life)
        return not life.finished
    score.kills[work.name] = score.kills.get(work.name, 0) + 1
    score.note(work, work.after_kill(_acknowledged(life)))
    return True


def _live(score: Interruptions, work: Work, worker: Sequence[str], seconds: float | None) -> Life:
    life = live([*worker, *work.words], seconds)
    score.acknowledged += _acknowledged(life)
    return life


def _look_at_end(score: Interruptions, work: Work, life: Life) -> None:
    score.finished[work.name] = score.finished.get(work.name, 0) + life.finished
    score.note(work, [] if life.finished else [Fault(LOST, f"after a kill it can't be done again: {life.complained}")])
    score.note(work, work.at_end())


def _acknowledged(life: Life) -> int:
    """How many items the process said were on disk, by the last that it said."""
    return int(life.said[-1]) if len(life.said) > 1 else 0
