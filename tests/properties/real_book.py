"""Do the fast path and the slow oracle agree on the bundled book?  ``python -m tests.properties.real_book``

Every agreement is asked about, on days on which something changes in it: whether it is in force, some parties, some pairs. By hand:
of a treaty with two hundred parties and several contested points each answer of the oracle takes its time.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from random import Random

import comity
from comity.standing import Record, Standing
from oracles import standing as oracle

KNOWN = date(2026, 11, 1)
PARTIES, PAIRS, DAYS = 6, 4, 2
MANY = 24
"""Of agreements with more worlds than this only one day is asked, about fewer parties: each world is walked day by day."""


@cache
def record() -> tuple[Record, oracle.Record]:
    fast = comity.open(comity.bundled_book()).book.record
    return fast, oracle.Record(fast.agreements, fast.entries, fast.register)


def disagreements(agreement: str, seed: int) -> list[str]:
    """The questions about the agreement on which the two disagree: some parties and pairs, on days drawn by the seed."""
    fast, slow = record()
    rng = Random(f"{agreement} {seed}")
    standing = Standing(fast, on=KNOWN, known=KNOWN)
    cases = standing._asking.worlds.cases(agreement)
    found: list[str] = []
    codes = sorted({code for case in cases for code in case.course.stages})
    turning = sorted({s.start for case in cases for stages in case.course.stages.values() for s in stages if 700_000 < s.start < KNOWN.toordinal()})
    days = [date.fromordinal(rng.choice(turning)) - timedelta(days=rng.choice((0, 1))) for _ in range(DAYS if len(cases) <= MANY else 1) if turning]
    for on in days:
        asked = rng.sample(codes, min(PARTIES if len(cases) <= MANY else 2, len(codes)))
        now = Standing(fast, on=on, known=KNOWN)
        if (got := now.verdict_in_force(agreement)) != (want := oracle.in_force(slow, agreement, on, KNOWN, None)):
            found.append(f"in force {agreement} on {on}: fast {got}, oracle {want}")
        for party in asked:
            mine, its = now.verdict_bound(party, agreement, None), oracle.bound(slow, party, agreement, on, KNOWN, None)
            if mine != its:
                found.append(f"bound {party} {agreement} on {on}: fast {mine}, oracle {its}")
        for a, b in rng.sample(list(combinations(asked, 2)), min(PAIRS, len(asked) * (len(asked) - 1) // 2)):
            ours, theirs = now.verdict_between(a, b, agreement), oracle.between(slow, a, b, agreement, on, KNOWN, None)
            if ours != theirs:
                found.append(f"between {a} {b} {agreement} on {on}: fast {ours}, oracle {theirs}")
    return found


def _timed(agreement: str) -> tuple[str, list[str], float]:
    start = time.perf_counter()
    return agreement, disagreements(agreement, 0), time.perf_counter() - start


def figures() -> dict[str, object]:
    """How many agreements were asked about, and the questions on which the two differ; told on the way, agreement by agreement."""
    ids = record()[0].ids
    differing: dict[str, list[str]] = {}
    with multiprocessing.Pool() as pool:
        for count, (agreement, found, took) in enumerate(pool.imap_unordered(_timed, ids), 1):
            if found:
                differing[agreement] = found
            print(f"  {count} of {len(ids)}: {agreement}, {took:.1f} s, {len(found)} differ {found[:2]}", file=sys.stderr, flush=True)
    return {"agreements": len(ids), "differ": len(differing), "differing": [found[0] for found in differing.values()][:50]}


if __name__ == "__main__":
    told = figures()
    print(json.dumps(told))
    sys.exit(1 if told["differ"] else 0)
