"""``make verify``: the long runs, by hand before something is called done. Figures go to docs/verified.json.

Random books against the oracle by seed (``--books``, default 10,000), then the mutants of the fast path
(``--mutants``: 0 is all of them). Interrupting keeps what was written so far.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.properties.test_fast_equals_oracle import disagreements

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "verified.json"


def _asked(seed: int) -> tuple[int, list[str]]:
    return seed, disagreements(seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the seed to begin with")
    parser.add_argument("--mutants", type=int, default=0)
    parser.add_argument("--no-mutants", action="store_true")
    given = parser.parse_args()
    differing: dict[int, str] = {}
    with multiprocessing.Pool() as pool:
        seeds = range(given.first, given.first + given.books)
        for count, (seed, found) in enumerate(pool.imap_unordered(_asked, seeds, chunksize=5), 1):
            if found:
                differing[seed] = found[0]
                print(f"  seed {seed}: {found[0]}", flush=True)
            if count % 500 == 0:
                print(f"  {count} of {given.books} books, {len(differing)} differ", flush=True)
    figures: dict[str, object] = {
        "commit": subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False).stdout.strip(),
        "on": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "random_books": {"asked": given.books, "differ": len(differing), "seeds": sorted(differing)[:50]},
    }
    PAGE.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    if not given.no_mutants:
        done = subprocess.run(
            [sys.executable, "-m", "tests.mutation", "--sample", str(given.mutants)], stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True
        )
        print(done.stdout)
        figures["mutants"] = json.loads(done.stdout.splitlines()[-1])
        PAGE.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
