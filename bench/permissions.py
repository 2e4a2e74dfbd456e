"""How many decisions on release a second, beside policy engines on the same lines and requests; and with the bundled book open."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.page import machine
from bench.policies import REQUESTS, World, world
from bench.policy_peers import PEERS, Peer, installed, put
from comity.permissions.bulk import OUTCOMES, Bulk, Questions
from comity.permissions.lines import Outcome
from comity.permissions.releasing import Releasing
from oracles import releases

SIZES = (1_000, 10_000)
MANY, OTHERS = 1_000_000, 40_000
"""The largest table, and from how many requests it is drawn."""
PASSES = 7
SLOW = 100
"""How many requests the slow reference is asked: it looks at every line for each."""
_HEAD = "| engine | decisions a second | load (s) | Comity one by one is | equal verdicts | says why not |"
_WHICH_NO = "which of the two sorts of no"


class Row(NamedTuple):
    """One engine's figures. ``passes``: seconds for ``asked`` requests, pass by pass; ``equal``: verdicts as Comity's one by one."""

    name: str
    load: float
    passes: Sequence[float]
    asked: int
    equal: int
    why_not: str

    @property
    def speed(self) -> float:
        return self.asked / statistics.median(self.passes)


def section() -> list[str]:
    """The lines of the page: a table for each size of world."""
    lines = [
        f"`python -m bench --only permissions`, {machine()}. A generated world (bench/policies.py): the giver's own information, sure lines,",
        f"states as addressees; {REQUESTS:,} requests, the same to all, in one run. *Equal*: allowed or not, as Comity says one by one. Time is that of the",
        "processor: median of the passes, in brackets the slowest and the fastest. The engines are measured as Python uses them, with their",
        "conversions: it says nothing against their native speed. A slow one gets fewer requests, as the last number of *equal* tells.",
    ]
    for size in SIZES:
        print(f"permissions: {size:,} lines", file=sys.stderr, flush=True)
        lines += ["", f"**{size:,} grant lines**", "", *_table(world(size))]
    return lines


def _table(of: World) -> list[str]:
    begun = time.process_time()
    releasing = Releasing(of.lines)
    loaded = time.process_time() - begun
    wanted = [releasing.decide(q).outcome for q in of.asked]
    one = Row("**Comity, one by one, every test told**", loaded, _passes(lambda: [releasing.decide(q) for q in of.asked]), len(of.asked), len(wanted),
              "yes: each test with the line it rests on")  # fmt: skip
    rows = [one, *_bulk(of, wanted, releasing), _reference(of, wanted)]
    mix = ", ".join(f"{wanted.count(outcome) / len(wanted):.0%} {outcome}" for outcome in dict.fromkeys(wanted))
    head = [f"Of the requests {mix}.", "", _HEAD, "|---|---|---|---|---|---|"]
    if not installed():
        return [*head, *(_told(row, one) for row in rows), *(f"| {peer.name} | not installed: make peers | | | | |" for peer in PEERS)]
    return [*head, *(_told(row, one) for row in [*rows, *(_peer(peer, of, wanted) for peer in PEERS)])]


def _bulk(of: World, wanted: list[Outcome], releasing: Releasing) -> list[Row]:
    """As a table of the same requests, with and without making the table; and of a million, drawn from others."""
    begun = time.process_time()
    bulk = Bulk(of.lines)
    loaded = time.process_time() - begun
    others = world(len(of.lines.release), OTHERS, seed=11).asked
    places = np.random.default_rng(5).integers(0, OTHERS, MANY)
    same, many = bulk.table(of.asked), Questions(*(column[places] for column in bulk.table(others)))
    in_turn = _places([releasing.decide(q).outcome for q in others])[places]
    equal, equal_of_many = (int((bulk.decide(q) == want).sum()) for q, want in ((same, _places(wanted)), (many, in_turn)))
    given = (
        (f"Comity, a table of {REQUESTS:,}, made of the requests each time", len(of.asked), equal, lambda: bulk.decide(bulk.table(of.asked))),
        (f"Comity, a table of {REQUESTS:,}", len(of.asked), equal, lambda: bulk.decide(same)),
        (f"**Comity, a table of {MANY:,}**", MANY, equal_of_many, lambda: bulk.decide(many)),
    )
    return [Row(name, loaded, _passes(work), asked, right, _WHICH_NO) for name, asked, right, work in given]


def _places(outcomes: list[Outcome]) -> NDArray[np.int64]:
    return np.array([OUTCOMES.index(outcome) for outcome in outcomes])


def _reference(of: World, wanted: list[Outcome]) -> Row:
    some = of.asked[:SLOW]
    passes = _passes(lambda: [releases.may_release(q, of.lines) for q in some], 3)
    equal = sum(releases.may_release(q, of.lines) is want for q, want in zip(some, wanted, strict=False))
    return Row("the slow reference", 0.0, passes, len(some), equal, _WHICH_NO)


def _peer(peer: Peer, of: World, wanted: list[Outcome]) -> Row:
    some = of._replace(asked=of.asked[: peer.sample])
    told = put(peer.program, peer.encode(some))
    equal = sum(allowed is (want is Outcome.ALLOWED) for allowed, want in zip(told.allowed, wanted, strict=False))
    return Row(peer.name, told.load, told.passes, len(some.asked), equal, peer.why_not)


def _passes(work: Callable[[], object], number: int = PASSES) -> list[float]:
    found = []
    for _ in range(number):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return found


def _told(row: Row, one: Row) -> str:
    slowest, fastest = row.asked / max(row.passes), row.asked / min(row.passes)
    of = f"{row.equal:,} of {row.asked:,}"
    ratio = one.speed / row.speed
    faster = f"{ratio:,.0f} x as fast" if ratio >= 10 else f"{ratio:.2g} x as fast"
    beside = "" if row is one else faster
    return f"| {row.name} | {row.speed:,.0f} ({slowest:,.0f} to {fastest:,.0f}) | {row.load:.2f} | {beside} | {of} | {row.why_not} |"
