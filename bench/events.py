"""Events aggregated to pairs of states by month, beside a DuckDB query written by hand for that alone: as many rows as are asked for.

``python -m bench.events --rows N`` prints the section for a smaller number. The rows are made by DuckDB itself, in chunks, from a
seed, into a temporary folder; each of the two runs in a process of its own, in turns, with the same limit of memory and threads.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from bench.page import machine
from comity.events import Events
from comity.events.aggregating import connected, duckdb_text
from comity.parties import Span

ROWS, CHUNK, TURNS, MEMORY = 100_000_000, 10_000_000, 3, "6GB"
WHO = ("by hand", "the expression", "by hand, sorted", "Events.dyads: sorted, with what is covered")
COVERAGE = (Span(date(1995, 1, 1), date(2023, 5, 1)),)
BY_HAND = """
SELECT party1, party2, year(day) AS year, month(day) AS month, count(*) AS events, sum(weight) AS weight, sum(intensity)::DOUBLE AS intensity,
       count(*) FILTER (quad_class = 1) AS verbal_cooperation, count(*) FILTER (quad_class = 2) AS material_cooperation,
       count(*) FILTER (quad_class = 3) AS verbal_conflict, count(*) FILTER (quad_class = 4) AS material_conflict
FROM events WHERE party1 <> party2 AND day IS NOT NULL GROUP BY ALL
"""


def generated(folder: Path, rows: int, seed: int = 7, chunk: int = CHUNK) -> tuple[Path, ...]:
    """So many events from the seed, as Parquet files of at most ``chunk`` rows: 190 parties, few of which do much; one in fifty is not known."""
    found = []
    with duckdb.connect() as engine:
        for number, first in enumerate(range(0, rows, chunk)):
            path = folder / f"events-{number:03}.parquet"
            engine.execute(f"COPY ({_made(first, min(rows, first + chunk), seed)}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
            found.append(path)
    return tuple(found)


def _made(first: int, after: int, seed: int) -> str:
    days = (date(2023, 5, 1) - date(1995, 1, 1)).days
    return f"""
    WITH drawn AS (SELECT i, hash(i, {seed}, 1) % 1000003 / 1000003.0 AS a, hash(i, {seed}, 2) % 1000003 / 1000003.0 AS b,
                          hash(i, {seed}, 3) % {days} AS d, hash(i, {seed}, 4) % 20 + 1 AS r, hash(i, {seed}, 5) AS h
                   FROM range({first}, {after}) AS rows(i))
    SELECT DATE '1995-01-01' + d::INTEGER AS day, if(h % 50 = 0, NULL, 2 + 5 * floor(190 * a * a * a)::INTEGER) AS party1,
           2 + 5 * floor(190 * b * b * b)::INTEGER AS party2, printf('%02d%d', r::INTEGER, (h % 5)::INTEGER) AS class_code,
           printf('%02d', r::INTEGER) AS root_class,
           CASE WHEN r <= 5 THEN 1 WHEN r <= 8 THEN 2 WHEN r <= 13 THEN 3 ELSE 4 END::TINYINT AS quad_class,
           ((h % 201)::INTEGER / 10.0 - 10)::DECIMAL(6, 2) AS intensity, (1 + h % 7)::BIGINT AS weight
    FROM drawn"""


def section(rows: int = ROWS) -> list[str]:
    """The lines of the page."""
    print(f"{rows:,} events", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as folder:
        begun = time.perf_counter()
        size = sum(path.stat().st_size for path in generated(Path(folder), rows))
        made = time.perf_counter() - begun
        runs: dict[str, list[dict[str, float]]] = {who: [] for who in WHO}
        for _ in range(TURNS):
            for who, kept in runs.items():
                kept.append(_measured(who, folder))
    assert len({run["sum"] for kept in runs.values() for run in kept}) == 1, "they disagree"
    plain, ordered = (_median(runs[a], "cpu") / _median(runs[b], "cpu") for a, b in (WHO[1::-1], WHO[:1:-1]))
    pairs = runs[WHO[0]][0]["pairs"]
    return [
        f"`python -m bench --only events`, {machine()}, a machine shared with others, DuckDB {duckdb.__version__}, limit {MEMORY}. {rows:,} generated",
        f"events ({size / 1e9:.1f} GB of Parquet, made in {made:.0f} s) to directed pairs by month: {pairs:,.0f} rows, the same from all.",
        f"Median of {TURNS} runs in turns, each in a process of its own; seconds of the processor, which others on the machine disturb less.",
        "",
        "| what | processor (s) | elapsed (s) | peak memory (GB) |",
        "|---|---|---|---|",
        *(f"| {who} | {_spread(kept, 'cpu')} | {_spread(kept, 'elapsed')} | {max(run['peak'] for run in kept):.2f} |" for who, kept in runs.items()),
        "",
        f"The expression takes {plain:.2f} x the processor's time of the query written by hand; sorted, and with how much of each month is covered, {ordered:.2f} x.",
    ]


def _measured(who: str, folder: str) -> dict[str, float]:
    run = [sys.executable, "-m", "bench.events", "--measure", who, "--folder", folder]
    done = subprocess.run(run, stdout=subprocess.PIPE, text=True, check=True)
    print(f"  {who}: {done.stdout.strip()}", file=sys.stderr, flush=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measure(who: str, folder: Path) -> dict[str, float]:
    """One run, in this process."""
    files = tuple(sorted(folder.glob("*.parquet")))
    begun, used = time.perf_counter(), _used()
    if who == WHO[3]:
        table = Events(files, COVERAGE).dyads("month", memory=MEMORY).table
    else:
        with connected(files, MEMORY) as engine:
            text = duckdb_text("month", None, True) if who == WHO[1] else BY_HAND
            table = engine.sql(text + (" ORDER BY party1, party2, year, month" if who == WHO[2] else "")).pl()
    elapsed, cpu = time.perf_counter() - begun, _used() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    total = float(table["events"].sum()) * 1e3 + float(table["material_conflict"].sum()) + round(float(table["intensity"].sum()), 1) / 1e3
    return {"cpu": cpu, "elapsed": elapsed, "peak": peak, "pairs": table.height, "sum": round(total, 3)}


def _used() -> float:
    told = resource.getrusage(resource.RUSAGE_SELF)
    return told.ru_utime + told.ru_stime


def _median(runs: list[dict[str, float]], what: str) -> float:
    return statistics.median(run[what] for run in runs)


def _spread(runs: list[dict[str, float]], what: str) -> str:
    values = sorted(run[what] for run in runs)
    return f"{statistics.median(values):.1f} ({values[0]:.1f} to {values[-1]:.1f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--measure", choices=WHO)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(_measure(given.measure, given.folder)))
    else:
        print("\n".join(section(given.rows)))


if __name__ == "__main__":
    main()
