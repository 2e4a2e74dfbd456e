"""Two million directed pairs of states by year beside the same joins in pandas: each in a process of its own, cold from Parquet, imports included.

The data are those of COMITY_DATA. What the R package peacesciencer 1.2.9 takes for the same table is quoted: R is not run here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl

from bench.page import machine
from bench.peers import PEER
from comity.sources import Store

RUNS = 5
USED = (
    "atop-dyads", "cow-contiguity", "cow-distance", "cow-igos", "cow-majors", "cow-mids", "cow-nmc", "cow-system", "democracy", "gdp", "gml-mids", "rivalries",
)  # fmt: skip
_PEACESCIENCER = (11.7, 2.47), (26.5, 3.99)
"""Seconds of CPU and GB for either table on two cores of an AMD EPYC, medians of three runs."""
OURS = """
import sys, json, time, resource
from pathlib import Path
from comity.panels import Add, panel
from comity.sources import Store
asked = ["atop-dyads", "cow-mids", Add("majors", at="any day", carry=True), "nmc"]
if sys.argv[2:]:
    asked += [Add("gml-mids", prefix="gml_"), Add("contiguity", at="any day"), "distance", "democracy", "gdp", Add("rivalries", at="any day"), "igos"]
found = panel("dyad-year", since=1816, until=2025, shelf=Store(Path(sys.argv[1])), directed=True, add=asked).frame
print(json.dumps({
    "rows": len(found), "columns": found.width, "alliances": found["atop_alliance"].sum(), "onsets": found["cowmidonset"].sum(),
    "cpu": time.process_time(), "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
}))
"""
THEIRS = Path(__file__).parent / "peer_programs" / "pair_years.py"


def section() -> list[str]:
    """The lines of the page."""
    data = os.environ.get("COMITY_DATA", "")
    if not data:
        return ["Not run: COMITY_DATA names no folder of data sets."]
    print("panels", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as folder:
        store = Store(Path(folder, "store"))
        for name in USED:
            store.import_(name, Path(data), when=datetime.now(UTC))
        plain = _plain(store, Path(folder, "plain"))
        ours, eleven = (_run([sys.executable, "-c", OURS, str(store.folder), *more]) for more in ([], ["eleven"]))
        theirs = _run([str(PEER), str(THEIRS), str(plain)]) if PEER.exists() else None
    lines = [
        f"`python -m bench --only panels`, {machine()}. Directed pairs by year, 1816 to 2025, with alliances, disputes, major powers and",
        f"capabilities: {ours['rows']:,} rows, {ours['columns']} columns. A process each, imports included; medians of {RUNS}.",
        "",
        "| | CPU (s) | peak memory (GB) |",
        "|---|---|---|",
        f"| Comity | {ours['cpu']:.2f} | {ours['memory']:.2f} |",
    ]
    if theirs is not None:
        same = all(ours[name] == theirs[name] for name in ("columns", "alliances", "onsets"))
        lines.append(
            f"| the same joins in pandas ({theirs['rows']:,} rows{'' if same else ', and other figures'}) | {theirs['cpu']:.2f} | {theirs['memory']:.2f} |"
        )
        lines.append(f"| ratio | {theirs['cpu'] / ours['cpu']:.1f} | {theirs['memory'] / ours['memory']:.1f} |")
    (cpu, memory), (cpu_11, memory_11) = _PEACESCIENCER
    lines += [
        f"| peacesciencer 1.2.9, as measured elsewhere: {cpu} and {memory}; ratio | {cpu / ours['cpu']:.1f} | {memory / ours['memory']:.1f} |",
        f"| Comity, eleven additions ({eleven['columns']} columns) | {eleven['cpu']:.2f} | {eleven['memory']:.2f} |",
        f"| peacesciencer, eleven: {cpu_11} and {memory_11}; ratio | {cpu_11 / eleven['cpu']:.1f} | {memory_11 / eleven['memory']:.1f} |",
    ]
    return lines


def _plain(store: Store, folder: Path) -> Path:
    """The same tables as files for pandas."""
    folder.mkdir()
    majors = store.table("cow-majors").select("ccode", styear=pl.col("started_first").dt.year(), endyear=pl.col("ended_last").dt.year())
    tables = {
        "spells": store.table("cow-system", "spells").select("ccode", "start", "end"),
        "alliances": store.table("atop-dyads"),
        "disputes": store.table("cow-mids", "dyads"),
        "majors": majors,
        "capabilities": store.table("cow-nmc"),
    }
    for name, table in tables.items():
        table.collect().write_parquet(folder / f"{name}.parquet")
    return folder


def _run(command: list[str]) -> dict[str, Any]:
    """The median of several runs, and what came out."""
    found = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(RUNS)]
    return {**found[0], **{name: median(one[name] for one in found) for name in ("cpu", "memory")}}
