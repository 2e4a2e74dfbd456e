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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=10_000)
    parser.add_argument("--mutants", type=int, default=0)
    parser.add_argument("--no-mutants", action="store_true")
    given = parser.parse_args()
    differing: dict[int, str] = {}
    with multiprocessing.Pool() as pool:
        for seed, found in enumerate(pool.imap(disagreements, range(given.books), chunksize=20)):
            if found:
                differing[seed] = found[0]
            if seed % 500 == 499:
                print(f"  {seed + 1} of {given.books} books, {len(differing)} differ", flush=True)
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
    for seed, first in list(differing.items())[:20]:
        print(f"  seed {seed}: {first}")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
