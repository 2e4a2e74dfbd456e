"""Federations by the ten thousand, each from its seed: ``python -m tests.exchange.long_run_of_federations``; figures as JSON on the last line."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from dataclasses import asdict

from tests.exchange.federation_simulator import Counts, run


def one(seed: int) -> tuple[int, Counts, str]:
    """What happened in a run, and what was amiss; blank if nothing was."""
    try:
        return seed, run(seed), ""
    except Exception as problem:  # whatever breaks is told with its seed
        return seed, Counts(), f"{type(problem).__name__}: {problem}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=None)
    given = parser.parse_args()
    sums, amiss, most, said = dict[str, int](), dict[int, str](), 0, time.monotonic()
    with multiprocessing.get_context("spawn").Pool(given.processes) as pool:
        for done, (seed, counts, says) in enumerate(pool.imap_unordered(one, range(given.first, given.first + given.seeds), 20), 1):
            sums = {name: sums.get(name, 0) + count for name, count in asdict(counts).items()}
            most = max(most, counts.rounds)
            if says:
                amiss[seed] = says
                print(f"  seed {seed}: {says[:500]}", file=sys.stderr, flush=True)
            if time.monotonic() - said > 10:
                said = time.monotonic()
                print(f"  {done} of {given.seeds} federations, {len(amiss)} amiss", file=sys.stderr, flush=True)
    print(json.dumps({"federations": given.seeds, "first": given.first, **sums, "most_rounds": most, "amiss": sorted(amiss)}))
    sys.exit(1 if amiss else 0)


if __name__ == "__main__":
    main()
