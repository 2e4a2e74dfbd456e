"""Reads ended in their midst, and walks beside writers, by the ten thousand: ``python -m tests.exchange.long_run_of_reads``.

Figures as JSON on the last line.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

from tests.exchange.ending_reads import EndedReads, drawn
from tests.exchange.small_nodes import SmallNode
from tests.exchange.test_each_object_once import run

AT_ONCE = 50
"""So many on one node, whose ledger grows with each."""


def endings(first: int) -> tuple[int, int, int]:
    """Some reads that are ended: how many, in how many the end came midway, how many objects left after it."""
    with tempfile.TemporaryDirectory(prefix="comity-") as folder:
        reads = EndedReads(f"sqlite:///{Path(folder, 'node.db')}")
        came = [reads.walk(*drawn(seed)) for seed in range(first, first + AT_ONCE)]
        reads.small.ledger.close()
    return len(came), sum(one.midway for one in came), sum(len(one.leaked) for one in came)


def walks(first: int) -> tuple[int, int, int]:
    """Some walks while others write: how many, how many of them by themselves, in how many an object was missed or came twice."""
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="comity-") as folder:
        small = SmallNode(f"sqlite:///{Path(folder, 'node.db')}")
        for seed in range(first, first + AT_ONCE // 2):
            try:
                run(small, seed)
            except AssertionError as problem:
                wrong += 1
                print(f"  walk {seed}: {str(problem)[:300]}", file=sys.stderr, flush=True)
        small.ledger.close()
    return AT_ONCE // 2, AT_ONCE // 2, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--endings", type=int, default=10_000)
    parser.add_argument("--walks", type=int, default=10_000)
    given = parser.parse_args()
    found = dict[str, dict[str, int]]()
    with multiprocessing.get_context("spawn").Pool() as pool:
        for name, part, many, step in (("endings", endings, given.endings, AT_ONCE), ("walks", walks, given.walks, AT_ONCE // 2)):
            sums, said = [0, 0, 0], time.monotonic()
            for came in pool.imap_unordered(part, range(0, many, step)):
                sums = [a + b for a, b in zip(sums, came, strict=True)]
                if time.monotonic() - said > 10:
                    said = time.monotonic()
                    print(f"  {name}: {sums[0]} of {many}, {sums[2]} amiss", file=sys.stderr, flush=True)
            found[name] = dict(zip(("tried", "midway" if name == "endings" else "whole", "amiss"), sums, strict=True))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
