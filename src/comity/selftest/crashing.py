"""Does a ledger lose what it acknowledged when its writer is killed?  A harness that anyone can run again.

A writer of its own appends batches as fast as it can and says after each that it is acknowledged; it is killed (SIGKILL) after a random
time, again and again. After each kill: 1. every batch that was acknowledged is there, 2. no batch is there in part, 3. what the log says
of the new items follows on what was there. Now and then, and at the end, all of the ledger is looked over.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from comity.acts import Act, Entry, Source
from comity.ledger import Item, Ledger, check, create, open_ledger
from comity.selftest.killing import live
from comity.terms import BadInput, parse_moment

_FILE = "acts/added.csv"
_LOOK_OVER_EVERY = 100
_LONGEST_BATCH, _LONGEST_LIFE = 200, 0.25


@dataclass(slots=True)
class Score:
    """What was done, and what was lost; all but the first two ought to be 0."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    half_applied: int = 0
    touched: int = 0
    out_of_order: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not (self.lost or self.half_applied or self.touched or self.out_of_order)


def now() -> datetime:
    return datetime.now(UTC)


def batch_of(number: int) -> list[Item]:
    """The items of one batch: always the same for the same number, each naming its batch and its place in it."""
    size = 1 + int(drawn("size", number) * _LONGEST_BATCH)
    return [_item(number, place, size) for place in range(size)]


def drawn(what: str, number: int) -> float:
    """A number from 0 to 1, the same each time for the same question."""
    return int.from_bytes(hashlib.sha256(f"{what} {number}".encode()).digest()[:8], "big") / 2**64


def _item(number: int, place: int, size: int) -> Item:
    moment = parse_moment("2000-01-01")
    act = Act("establish-fact", "AAA", f"{number}-{place}", "pact", source=Source("self-test", "text"), made=moment)
    return Item(_FILE, f"{number} {place} {size}\n".encode(), Entry(act, date(2000, 1, 1)))


def write_for_ever(url: str, number: int) -> None:
    """Append batch after batch from ``number`` on, and print the number of each once it is acknowledged."""
    ledger = open_ledger(url, now)
    while True:
        ledger.append(batch_of(number))
        print(number, flush=True)
        number += 1


WRITER = (sys.executable, "-m", "comity.selftest", "write")


def kill_writers(
    url: str, kills: int, seed: int, progress: Callable[[int, int], None] = lambda done, of: None, writer: Sequence[str] = WRITER
) -> Score:
    """Make a ledger at ``url``, kill its ``writer`` so many times, and keep the score.

    The writer is told the address and the number of the first batch, and prints the number of each batch that it acknowledges.
    """
    score = Score()
    ledger = create(url, "selftest.invalid/crash", now)
    following, size = 0, 0
    for kill in range(1, kills + 1):
        said = _killed([*writer, url, str(following)], drawn(f"kill {seed}", kill) * _LONGEST_LIFE)
        following, size = _looked_at(ledger, score, following, size, said)
        score.kills, score.acknowledged = kill, score.acknowledged + sum(len(batch_of(number)) for number in said)
        if kill % _LOOK_OVER_EVERY == 0 or kill == kills:
            found = check(ledger).touched
            score.touched += len(found)
            score.faults += [f"{one.where}: {one.says}" for one in found[:3]]
        progress(kill, kills)
    ledger.close()
    return score


def _killed(program: Sequence[str], seconds: float) -> list[int]:
    """Run the writer until so long after its first acknowledgement, kill it, and return the batches it acknowledged.

    BadInput if it ended by itself: what was not killed proves nothing.
    """
    life = live(program, seconds)
    if not life.said or not life.killed:
        raise BadInput(f"the writer ended by itself, before it could be killed: {life.complained}")
    return [int(line) for line in life.said]


def _looked_at(ledger: Ledger, score: Score, following: int, size: int, said: list[int]) -> tuple[int, int]:
    """Look at what came since ``size``: the number of the next batch to write, and how many items there are."""
    there: dict[int, list[tuple[int, int]]] = {}
    for leaf, _, text in ledger.items(size):
        number, place, of = map(int, (text or b"").split())
        if leaf.seq != size:
            score.out_of_order += 1
        there.setdefault(number, []).append((place, of))
        size += 1
    for number in said:
        if number not in there:
            score.lost += 1
            score.faults.append(f"batch {number} was acknowledged and is not there")
    for number, places in there.items():
        if [place for place, _ in places] != list(range(places[0][1])):
            score.half_applied += 1
            score.faults.append(f"batch {number} is there in part")
    return max(there, default=following - 1) + 1, size
