"""Appending to a ledger beside plain inserts with the same durability, on the same filesystem; looking all of it over; its tree beside pymerkle's.

The peer writes what the ledger's items are, a row each with the act's bytes and hash, and nothing else: no tree, no second table, nothing to
find items by, no numbers to take. SQLite: the standard library's, journal_mode DELETE, synchronous EXTRA; PostgreSQL: psycopg, as the server is set up.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg

from bench.page import machine
from bench.peers import of_tree
from comity.acts import Act, Entry, Source, sealed
from comity.ledger import Item, Ledger, check, create
from comity.terms import parse_moment
from tests.servers import postgresql, programs

SINGLES, BATCHES, OF, LONG, THREADS = 300, 100, 100, 1_000_000, 16
INSERT = "INSERT INTO act (hash, act, text) VALUES (?, ?, ?)"
Append = Callable[[Sequence[Item]], object]


def section() -> list[str]:
    """The lines of the page."""
    print("the ledger", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as folder:
        ours = _ledger(f"sqlite:///{folder}/ours.db")
        rows = _beside("SQLite", ours, _plain(Path(folder, "plain.db")))
        if programs() is not None:
            with postgresql(synced=True) as address:
                rows += _beside("PostgreSQL", _ledger(f"{address}/postgres"), _plain_on(f"{address}/template1"))
        together = _together(_ledger(f"sqlite:///{folder}/together.db"))
        long = _long(Path(folder, "long.db"))
        kind = _filesystem(folder)
    return [
        f"`python -m bench --only ledger`, {machine()}, {kind}, SQLite {sqlite3.sqlite_version}. Items appended a second, each batch acknowledged once on disk;",
        "the two take turns in one run, median batch. The peer: plain inserts of the same bytes with the same durability.",
        "",
        "| appended | ledger | plain inserts | ratio |",
        "|---|---|---|---|",
        *rows,
        "",
        together,
        "",
        *long,
        "",
        *of_tree(),
    ]


def items(first: int, number: int) -> list[Item]:
    """So many items, each with an act of its own."""
    moment, found = parse_moment("2000-01-01"), []
    for n in range(first, first + number):
        act = Act("sign", "AAA", f"act-{n}", "pact", made=moment, source=Source("bench"))
        found.append(Item("acts/added.csv", f"act-{n},sign,AAA,pact,2000-01-01,bench\n".encode(), Entry(act, date(2000, 1, 1))))
    return found


def _ledger(url: str) -> Ledger:
    return create(url, "bench.invalid", lambda: datetime.now(UTC))


def _beside(told: str, ours: Ledger, plain: Append) -> list[str]:
    return [
        _row(f"one at a time, {told}", ours.append, plain, SINGLES, 1, 1_000_000),
        _row(f"{OF} at a time, {told}", ours.append, plain, BATCHES, OF, 2_000_000),
    ]


def _together(ledger: Ledger) -> str:
    """Many threads, each of which appends one item after another."""
    each = 60

    def work(thread: int) -> None:
        for item in items(3_000_000 + thread * each, each):
            ledger.append([item])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = THREADS * each / (time.perf_counter() - begun)
    return f"Group commit: {THREADS} threads that each append one item after another come to {rate:,.0f} items a second together (SQLite)."


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


def _plain_on(address: str) -> Append:
    connection = psycopg.connect(address, autocommit=True)
    connection.execute("CREATE TABLE act (seq BIGSERIAL PRIMARY KEY, hash TEXT UNIQUE, act BYTEA, text BYTEA)")
    insert = INSERT.replace("?", "%s")

    def append(some: Sequence[Item]) -> None:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.executemany(insert, [(*sealed(i.entry.act), i.text) for i in some if i.entry is not None])

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
    ledger = _ledger(f"sqlite:///{path}")
    spent, memory = 0.0, list[float]()
    for first in range(0, LONG, 1000):
        some = items(first, 1000)
        begun = time.perf_counter()
        ledger.append(some)
        spent += time.perf_counter() - begun
        if first in (LONG // 10, LONG - 1000):
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
    begun = time.perf_counter()
    found = check(ledger)
    looked = time.perf_counter() - begun
    assert found.size == LONG
    assert not found.touched
    size = os.path.getsize(path)
    return [
        f"{LONG:,} items in batches of 1,000: {LONG / spent:,.0f} a second; all looked over: {LONG / looked:,.0f} a second; {size / LONG:,.0f} bytes an item.",
        f"Peak memory after a tenth of them {memory[0]:,.0f} MB, after all {memory[1]:,.0f} MB.",
    ]


def _filesystem(folder: str) -> str:
    done = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "filesystem not known"
