"""Ten million decisions on what leaves, beside the slow oracle.  ``python -m tests.exchange.long_run [--decisions N]``

Two parts: every fifth label there is, ruled on in one world after another (label x partner x agreements x day); and nodes that live
through some days, each object version at each door (object x label x partner x agreements x day x door).
Prints figures as JSON; progress goes to stderr.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.pool import Pool
from pathlib import Path

from tests.exchange.egress_labels import Done, label_by_label
from tests.exchange.egress_runs import run

FIRST_SEED = 1000
"""Beyond those of the slices."""


def labels(seed: int) -> Done:
    """One world, every fifth label, others in the next."""
    return label_by_label(seed, every=5, days=4)


def doors(seed: int) -> Done:
    """One world, lived through on a ledger of its own."""
    with tempfile.TemporaryDirectory(prefix="comity-") as folder:
        return run(seed, Path(folder))


def figures(decisions: int, processes: int = 2) -> dict[str, dict[str, object]]:
    """Both parts, each until it has made half of the decisions; with what differs, world by world."""
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        return {name: _counted(name, pool, part, decisions // 2, processes) for name, part in (("labels", labels), ("doors", doors))}


def _counted(name: str, pool: Pool, part: Callable[[int], Done], decisions: int, processes: int) -> dict[str, object]:
    """World after world, some at once; what differs is told as it comes."""
    found: list[Done] = []
    seed, said = FIRST_SEED, time.monotonic()
    while sum(done.decisions for done in found) < decisions:
        some = range(seed, seed + 2 * processes)
        for done in pool.imap_unordered(part, some):
            found.append(done)
            for says in (*done.leaks[:3], *done.refusals[:3], *done.else_[:3]):
                print(f"  {name}: {says}", file=sys.stderr, flush=True)
        seed = some.stop
        print(f"  {name}: {len(found)} worlds, {json.dumps(_sums(found))}, {time.monotonic() - said:.0f} s", file=sys.stderr, flush=True)
    return {"worlds": len(found)} | _sums(found) | {"differing": sorted(done.seed for done in found if not done.agrees)[:50]}


def _sums(found: list[Done]) -> dict[str, object]:
    return {
        "decisions": sum(done.decisions for done in found), "shown": sum(done.shown for done in found), "leaks": sum(len(d.leaks) for d in found),
        "wrong_refusals": sum(len(d.refusals) for d in found), "else": sum(len(d.else_) for d in found),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--decisions", type=int, default=10_000_000)
    told = figures(parser.parse_args().decisions)
    print(json.dumps(told, ensure_ascii=False, indent=1))
    sys.exit(1 if any(part["differing"] for part in told.values()) else 0)


if __name__ == "__main__":
    main()
