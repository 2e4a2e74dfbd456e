"""``make bench``: figures beside named peers, as ratios in one run, written to docs/benchmarks.md part by part, with the machine."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

import numpy as np

from bench import allocations, book, estimators, events, fillings, large_ledger, ledger, pages, panels, permissions, powers, programmes, taxii
from bench.page import machine, write
from bench.peers import oracle_fold, pandas_fold
from bench.world import STATES, world
from comity.acts import Act, Entry, Source
from comity.parties import Register, Succession
from comity.standing import Standing
from comity.standing.columns import ColumnRecord
from comity.standing.folding import Fold
from comity.terms import parse_moment

KNOWN = date(2025, 1, 1)
PARTS = (
    "kernel", "permissions", "ledger", "large-ledger", "panels", "events", "taxii", "pages", "programmes", "known-programmes", "fillings",
    "power", "estimators", "allocations",
)  # fmt: skip


def timed(work: Callable[..., object], *given: object) -> float:
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only",
        choices=PARTS,
        help="this part of the page alone; the others stay as they are",
    )
    parser.add_argument("--size", type=int, default=250_000, help="agreements in the largest world")
    parser.add_argument("--rows", type=int, default=events.ROWS, help="events to be aggregated")
    parser.add_argument(
        "--objects", type=int, help="instead of the comparison of TAXII servers: a node that holds so many (10 million: half an hour)"
    )
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    if given.only in (None, "kernel"):
        _put(_kernel(given.size, given.processes))
    if given.only in (None, "permissions"):
        _put({"Permissions beside policy engines": permissions.section(), "Duties, coverage and release in the bundled book": book.section()})
    if given.only in (None, "ledger"):
        _put({"The ledger beside plain inserts": ledger.section()})
    if given.only in (None, "large-ledger"):
        _put({"A ledger of two million acts": large_ledger.section(given.size)})
    if given.only in (None, "panels"):
        _put({"Panels beside pandas": panels.section()})
    if given.only in (None, "events"):
        _put({"Events to pairs of states beside a query written by hand": events.section(given.rows)})
    if given.only in (None, "pages"):
        _put({"Pages of a large record": pages.section()})
    if given.only in (None, "programmes"):
        _put({"Programmes beside one model for everything": programmes.generated_section()})
    if given.only in (None, "known-programmes"):
        _put({"Known instances of planning": programmes.known_section()})
    if given.only in (None, "fillings"):
        _put({"Statements of requirements filled": fillings.section()})
    if given.only in (None, "power"):
        _put({"What votes can do, beside trying every coalition": powers.section()})
    if given.only in (None, "estimators"):
        _put({"Conditional logit beside statsmodels": estimators.section()})
    if given.only in (None, "allocations"):
        _put({"Budgets put over initiatives": allocations.section()})
    if given.only in (None, "taxii"):
        if given.objects:
            _put({"A node with many objects": taxii.large(given.objects)})
        else:
            _put({"TAXII servers": taxii.section()})


def _put(sections: dict[str, list[str]]) -> None:
    write(sections)
    for heading, lines in sections.items():
        print("\n".join(("", f"## {heading}", "", *lines)), flush=True)


def _kernel(largest: int, processes: int) -> dict[str, list[str]]:
    lines = [f"{machine()}. A generated world (bench/world.py), already checked and held as columns.", "",
             "| agreements | acts | made (s) | fold (s) | µs an agreement | peak memory (GB) |", "|---|---|---|---|---|---|"]  # fmt: skip
    fold: Fold | None = None
    for size in sorted({10_000, 50_000, largest}):
        start = time.perf_counter()
        record = world(size)
        made = time.perf_counter() - start
        fold = Fold(record, KNOWN)
        took = timed(fold.run, processes, _progress)
        memory = _peak()
        lines.append(f"| {size:,} | {len(record.columns):,} | {made:.1f} | {took:.1f} | {took / size * 1e6:.0f} | {memory:.2f} |")
        print(lines[-1], flush=True)
    assert fold is not None
    return {
        "The fold": lines,
        "Questions at that size": ["| what | figure |", "|---|---|", *_questions(fold), *_appending(fold)],
        "Beside peers, on the size that they manage": _peers(),
    }


def _questions(fold: Fold) -> list[str]:
    rng = np.random.default_rng(7)
    many = 1_000_000
    agreements = rng.integers(0, len(fold.ids), many).astype(np.int32)
    a, b = rng.integers(0, STATES, (2, many)).astype(np.int32)
    days = rng.integers(date(1950, 1, 1).toordinal(), date(2024, 1, 1).toordinal(), many).astype(np.int32)
    bulk = min(timed(lambda: fold.between(agreements, a, b, days)) for _ in range(3))
    record = fold.record
    assert isinstance(record, ColumnRecord)
    standing = Standing(record, on=date(2020, 1, 1), known=KNOWN)
    asked = [(fold.ids[int(i)], fold.parties[int(p)]) for i, p in zip(agreements[:400], a[:400], strict=True)]
    cold = [timed(standing.bound, party, agreement) for agreement, party in asked]
    warm = [timed(standing.bound, party, agreement) for agreement, party in asked]
    return [
        f"| pair-date questions in bulk | {many / bulk / 1e6:.1f} million a second |",
        f"| one explained answer, agreement not yet looked at, median / worst of {len(cold)} | {statistics.median(cold) * 1e3:.2f} / {max(cold) * 1e3:.1f} ms |",
        f"| one explained answer, agreement already derived, median / worst | {statistics.median(warm) * 1e3:.2f} / {max(warm) * 1e3:.1f} ms |",
    ]


def _appending(fold: Fold) -> list[str]:
    rng = np.random.default_rng(11)
    record = fold.record
    assert isinstance(record, ColumnRecord)
    _ = fold.dependents
    times = []
    for number in rng.integers(0, len(fold.ids), 300):
        agreement = fold.ids[int(number)]
        parties = record.agreement(agreement).negotiating or ("S05",)
        act = Act("denounce", parties[0], f"new-{number}", agreement, made=parse_moment("2024-06-01"), source=Source("bench"))
        entry = Entry(act, date(2024, 6, 1))
        times.append(timed(fold.append, entry))
    register = record.register
    gone = register.successions[0].predecessor
    index = fold.party_index[gone]
    touched = sorted({fold.ids[int(a)] for a in record.columns.agreement[record.columns.actor == index]})
    new = Succession(fold.parties[-2], gone, "continues", date(2020, 1, 1))
    record.register = Register(register.parties, (*register.successions, new))
    worst = timed(lambda: fold.derive_again(touched))
    return [
        f"| appending one act: deriving again what depends on it, median / worst of {len(times)} | {statistics.median(times) * 1e3:.2f} / {max(times) * 1e3:.1f} ms |",
        f"| the worst, a succession: {gone} continued, {len(touched):,} agreements derived again | {worst:.1f} s |",
    ]


def _peers() -> list[str]:
    size = 400
    record = world(size, seed=3)
    fast = timed(lambda: Fold(record, KNOWN).run(1))
    rows = ["| peer | agreements | seconds | Comity on the same, one process | ratio |", "|---|---|---|---|---|"]
    slow = timed(lambda: oracle_fold(record, 60))
    share = timed(lambda: Fold(world(60, seed=3), KNOWN).run(1))
    rows.append(f"| the slow oracle (bound on one day, every party) | 60 | {slow:.1f} | {share:.3f} | {slow / share:.0f} x |")
    frame = pandas_fold(record, KNOWN)
    if frame is None:
        rows.append("| pandas | | not installed: make peers | | |")
    else:
        took, agree = frame
        said = f"{agree:.1%} of its answers agree"
        rows.append(
            f"| pandas, the obvious group-by (counts, delay, first notice; no terms, reservations, dependence; {said}) | {size} | {took:.2f} | {fast:.2f} | {took / fast:.2f} x |"
        )
    return rows


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r  {done:,} of {total:,}", end="", file=sys.stderr, flush=True)


def _peak() -> float:
    """Peak memory of this process and its workers together, in GB (workers share what they inherit, so this is an upper bound)."""
    own, workers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + workers) / 1e6


if __name__ == "__main__":
    main()
