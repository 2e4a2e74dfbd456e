"""A ledger of two million acts: a book taken in, the ledger opened, and questions about agreements that were not looked at before."""

from __future__ import annotations

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import comity
from bench.generated_book import write_book
from bench.page import machine
from comity.book import read_book
from comity.keeping import take_in
from comity.ledger import create

ASKED, ON, KNOWN = 1000, date(2000, 1, 1), date(2025, 1, 1)


def section(agreements: int) -> list[str]:
    """The lines of the page; so many agreements, with about eight acts each."""
    print("a large ledger", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as folder:
        url, book = f"sqlite:///{folder}/large.db", Path(folder, "book")
        acts = write_book(agreements, book)
        begun = time.perf_counter()
        _take_in(url, book)
        taken = time.perf_counter() - begun
        begun = time.perf_counter()
        standing = comity.open(url).standing(on=ON, known=KNOWN)
        standing.in_force("a1")
        first = time.perf_counter() - begun
        rng, times = random.Random(1), list[float]()
        for _ in range(ASKED):
            agreement = f"a{rng.randrange(agreements)}"
            begun = time.perf_counter()
            standing.in_force(agreement)
            times.append(time.perf_counter() - begun)
        size = os.path.getsize(f"{folder}/large.db")
    times.sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return [
        f"`python -m bench --only large-ledger`, {machine()}. A generated world (bench/generated_book.py), as a book of plain files and in SQLite.",
        "",
        "| what | figure |",
        "|---|---|",
        f"| acts, agreements; the ledger's file | {acts:,}, {agreements:,}; {size / 1e6:,.0f} MB |",
        f"| the book read, checked and taken in | {taken:,.0f} s, {acts / taken:,.0f} acts a second, peak memory {memory:.1f} GB |",
        f"| the ledger opened and the first answer given | {first:.2f} s |",
        f"| an explained answer about an agreement not looked at before, median / 99 of 100 / worst of {ASKED:,} | "
        f"{statistics.median(times) * 1e3:.2f} / {times[ASKED * 99 // 100] * 1e3:.1f} / {times[-1] * 1e3:.1f} ms |",
    ]


def _take_in(url: str, book: Path) -> None:
    ledger = create(url, "bench.invalid/large", lambda: datetime.now(UTC))
    take_in(read_book(book), ledger, lambda done, of: print(f"\r  {done:,} of {of:,}", end="", file=sys.stderr, flush=True))
    ledger.close()
