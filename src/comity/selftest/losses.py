"""Which states of a disk are looked at, of the endlessly many that a loss of power may leave?  Each by its number, the same each time.

First, for each moment, the extremes: nothing survived that was not synced; all of it; of one file all and of the others nothing; of one
nothing and of the others all. They are at most half of what is asked for, evenly spread. The rest are drawn: a moment, the
likelier the more was not synced, for each file how much of it survives, and then each sector of each write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from comity.selftest.disks import Moment, Survives, files_after_loss, moments
from comity.selftest.recording import Event

_SHARES = (16, 64, 128, 192, 240)
"""How many changes of 256 survive, of one file."""
_ZEROS = b"\0"


@dataclass(frozen=True, slots=True)
class Losses:
    """The states that follow from one recording."""

    extremes: tuple[tuple[Moment, frozenset[int]], ...]
    weighted: tuple[Moment, ...]
    seed: int

    @classmethod
    def of(cls, events: Sequence[Event], states: int, seed: int) -> Losses:
        """So many states: those of numbers from 0 on."""
        found = list(moments(events))
        extremes = [(moment, whole) for moment in found for whole in _extremes(moment.unsynced)]
        most = min(states // 2, len(extremes))
        thinned = tuple(extremes[number * len(extremes) // most] for number in range(most))
        return cls(thinned, tuple(moment for moment in found for changes in moment.changes.values() for _ in changes), seed)

    def state(self, number: int) -> tuple[Moment, dict[str, bytes]]:
        """The moment at which the power was lost, and the files that are there when it comes back."""
        if number < len(self.extremes):
            moment, whole = self.extremes[number]
            return moment, files_after_loss(moment, whole.__contains__, _ZEROS)
        drawn = _bytes(f"{self.seed} {number}")
        moment = self.weighted[int.from_bytes(bytes(next(drawn) for _ in range(4)), "big") % len(self.weighted)]
        leftover = bytes(next(drawn) for _ in range(16)) if next(drawn) % 2 else _ZEROS
        return moment, files_after_loss(moment, _drawn(moment, drawn), leftover)


def _extremes(unsynced: Sequence[int]) -> list[frozenset[int]]:
    """What survives whole."""
    every = frozenset(unsynced)
    return sorted({frozenset(), every, *(frozenset([one]) for one in every), *(every - {one} for one in every)}, key=sorted)


def _drawn(moment: Moment, drawn: Iterator[int]) -> Survives:
    shares = {number: _SHARES[next(drawn) % len(_SHARES)] for number in moment.unsynced}
    return lambda number: next(drawn) < shares.get(number, 0)


def _bytes(of: str) -> Iterator[int]:
    """Bytes without an end, the same each time for the same question."""
    for block in count():
        yield from hashlib.sha256(f"{of} {block}".encode()).digest()
