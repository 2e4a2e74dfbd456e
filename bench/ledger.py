"""Appending to a ledger beside plain inserts with the same durability, on the same filesystem; and looking all of it over.

The peer writes what the ledger's items are, a row each with the act's bytes and hash, and nothing else: no tree, no second table, no numbers
to take. SQLite: the standard library's, journal_mode DELETE, synchronous EXTRA.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bench.page import machine
from comity.acts import Act, Entry, Source, sealed
from comity.ledger import Item, check, create
from comity.terms import parse_moment

SINGLES, BATCHES, OF, LONG = 300, 100, 100, 200_000
INSERT = "INSERT INTO act (hash, act, text) VALUES (?, ?, ?)"
Append = Callable[[Sequence[Item]], object]


def section() -> list[str]:
    """The lines of the page."""
    print("the ledger", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as folder:
        ours, plain = _ledger(Path(folder, "ours.db")), _plain(Path(folder, "plain.db"))
        rows = [_row("one at a time", ours, plain, SINGLES, 1, 1_000_000), _row(f"{OF} at a time", ours, plain, BATCHES, OF, 2_000_000)]
        long = _long(Path(folder, "long.db"))
        kind = _filesystem(folder)
    return [
        f"`python -m bench --only ledger`, {machine()}, {kind}, SQLite {sqlite3.sqlite_version}. Items appended a second, each batch acknowledged once on disk;",
        "the two take turns in one run, median batch. The peer: plain inserts with journal_mode DELETE and synchronous EXTRA.",
        "",
        "| appended | ledger | plain SQLite | ratio |",
        "|---|---|---|---|",
        *rows,
        "",
        *long,
    ]


def items(first: int, number: int) -> list[Item]:
    """So many items, each with an act of its own."""
    moment, found = parse_moment("2000-01-01"), []
    for n in range(first, first + number):
        act = Act("sign", "AAA", f"act-{n}", "pact", made=moment, source=Source("bench"))
        found.append(Item("acts/added.csv", f"act-{n},sign,AAA,pact,2000-01-01,bench\n".encode(), Entry(act, date(2000, 1, 1))))
    return found


def _ledger(path: Path) -> Append:
    return create(f"sqlite:///{path}", "bench.invalid", lambda: datetime.now(UTC)).append


def _plain(path: Path) -> Append:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA synchronous=EXTRA")
    connection.execute("CREATE TABLE act (seq INTEGER PRIMARY KEY, hash TEXT UNIQUE, act BLOB, text BLOB)")

    def append(some: Sequence[Item]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(INSERT, [(*sealed(i.entry.act), i.text) for i in some if i.entry is not None])
        connection.execute("COMMIT")

    return append


def _row(told: str, ours: Append, plain: Append, batches: int, of: int, first: int) -> str:
    took: dict[str, list[float]] = {"ours": [], "plain": []}
    for number in range(batches):
        for name, append in (("ours", ours), ("plain", plain)):
            some = items(first + number * of, of)  # each its own acts: what one has hashed is not there for the other
            begun = time.perf_counter()
            append(some)
            took[name].append(time.perf_counter() - begun)
    ours_, plain_ = (of / sorted(times)[len(times) // 2] for times in took.values())
    return f"| {told} | {ours_:,.0f} | {plain_:,.0f} | {ours_ / plain_:.2f} |"


def _long(path: Path) -> list[str]:
    ledger = create(f"sqlite:///{path}", "bench.invalid", lambda: datetime.now(UTC))
    spent = 0.0
    for first in range(0, LONG, 1000):
        some = items(first, 1000)
        begun = time.perf_counter()
        ledger.append(some)
        spent += time.perf_counter() - begun
    begun = time.perf_counter()
    found = check(ledger)
    looked = time.perf_counter() - begun
    assert found.size == LONG
    assert not found.touched
    size = os.path.getsize(path)
    return [
        f"{LONG:,} items in batches of 1,000: {LONG / spent:,.0f} a second; all looked over: {LONG / looked:,.0f} a second; {size / LONG:,.0f} bytes an item.",
    ]


def _filesystem(folder: str) -> str:
    done = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "filesystem not known"
