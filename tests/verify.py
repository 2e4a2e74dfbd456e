"""``make verify``: the long runs, by hand before something is called done. Figures go to docs/verified.json, part by part.

- ``kernel``: random books against the oracle by seed (``--books``, default 10,000), then the mutants of the fast path
  (``--mutants``: 0 is all of them);
- ``permissions``: decisions by the hundred million against the slow reference, Cedar as a third opinion, how many branches of the
  room its tests take, the mutants of the rooms;
- ``ledger``: a thousand writers and some hundred imports, backups, restores and upgrades killed at random moments, a hundred thousand states
  after a loss of power, every write and sync failing, and what had been acknowledged counted again; every bit of a small ledger and its backup
  flipped, and all else that can be done to it; the mutants of its tree and of its tables;
- ``exchange``: ten million decisions on what leaves a node against the slow reading, federations, reads that are ended midway, walks beside writers,
  and, for root, five nodes in network namespaces of their own;
- ``events``: the expression that makes pairs of events on a Spark cluster of two workers and on DuckDB, over millions of rows (``--rows``): equal;
- ``procedures``: the mutants of every room of procedures (programmes and designs of exercises, events lists, lessons, training, interoperability,
  forces and pools of missions, responses), each by its slow reading alone;
- ``evaluation``: estimators on panels with known effects (``--panels`` of each design): how often their intervals hold the truth;
- ``early-warning``: every year from 1990 to 2010 forecast from the years before it, and scored beside its peers (from COMITY_DATA, which has to name
  the data sets; ``--store`` goes on with forecasts that a store has already);
- ``pages``: every page of a small record in Chromium, in light and dark, wide and narrow, from left to right and from right to left: what axe
  finds, what sticks out, what the console says; the twelve tasks of a desk officer, counted;
- ``real-book``: every agreement of the bundled book against the oracle, over half an hour.

``--only`` runs one part and leaves the figures of the others as they stand. Interrupting keeps what was written so far.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.mutation.procedures import PROCEDURES
from tests.properties import real_book
from tests.properties.test_fast_equals_oracle import disagreements
from tests.servers import postgresql, programs

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "verified.json"
PARTS = ("kernel", "permissions", "ledger", "exchange", "events", "procedures", "evaluation", "early-warning", "pages", "real-book")
Figures = dict[str, object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=PARTS, help="this part alone")
    parser.add_argument("--books", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the seed to begin with")
    parser.add_argument("--mutants", type=int, default=0)
    parser.add_argument("--no-mutants", action="store_true")
    parser.add_argument("--decisions", type=int, default=100_000_000, help="decisions on release in small worlds")
    parser.add_argument("--kills", type=int, default=1000, help="writers of a ledger")
    parser.add_argument("--interruptions", type=int, default=300, help="imports, backups and restores of a ledger")
    parser.add_argument("--power", type=int, default=100_000, help="states of a ledger's disk after a loss of power")
    parser.add_argument("--rows", type=int, default=2_000_000, help="events on Spark and on DuckDB")
    parser.add_argument("--panels", type=int, default=500, help="panels of each design with known effects")
    parser.add_argument("--store", default="", help="for early-warning: a store to take tables and forecasts from")
    given = parser.parse_args()
    runs = {
        "kernel": _kernel, "permissions": _permissions, "ledger": _ledger, "exchange": _exchange, "events": _events, "procedures": _procedures,
        "evaluation": _evaluation, "early-warning": _early_warning, "pages": _pages, "real-book": _real_book,
    }  # fmt: skip
    sound = True
    for part in PARTS if given.only is None else (given.only,):
        found = _about()
        for more in runs[part](given):
            found |= more
            _write(part, found)
        sound = sound and not _any_differ(found)
    sys.exit(0 if sound else 1)


def _kernel(given: argparse.Namespace) -> Iterator[Figures]:
    yield _random_books(given.first, given.books)
    if not given.no_mutants:
        yield {"mutants": _run("tests.mutation", "--sample", str(given.mutants))}


def _permissions(given: argparse.Namespace) -> Iterator[Figures]:
    yield _run("tests.permissions.long_run", "--decisions", str(given.decisions))
    yield {"branches": _branches("comity.permissions", "tests/permissions", "tests/cli/test_permissions.py")}
    if not given.no_mutants:
        yield {"mutants": _run("tests.mutation.rooms", "permissions", "wording of permissions", "duties", "wording of duties")}


def _ledger(given: argparse.Namespace) -> Iterator[Figures]:
    if not given.no_mutants:
        yield {"mutants": _run("tests.mutation.rooms", "tree of the ledger", "tables of the ledger")}
    much = ["--kills", str(given.kills // 2), "--interruptions", str(given.interruptions // 2)]
    found = {"sqlite": _selftest(*much, "--power", str(given.power), "--faults", "1000", "--mutations", "all")}
    yield {"selftest": found}
    if programs() is not None:
        with postgresql(synced=True) as address:
            found["postgresql"] = _selftest(*much, "--power", "0", "--faults", "0", "--mutations", "1", at=f"{address}/postgres")
        yield {"selftest": found}


def _selftest(*much: str, at: str | None = None) -> Figures:
    place = [] if at is None else ["--ledger", at]
    run = [sys.executable, "-m", "comity", *place, "selftest", "ledger", *much, "--json"]
    found: Figures = json.loads(subprocess.run(run, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False).stdout)
    return found


def _exchange(given: argparse.Namespace) -> Iterator[Figures]:
    yield {"reads": _run("tests.exchange.long_run_of_reads")}
    yield {"federations": _run("tests.exchange.long_run_of_federations")}
    done = subprocess.run([sys.executable, "-m", "tests.exchange.long_run"], stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    yield {"decisions": json.loads(done.stdout)}
    if os.geteuid() == 0:
        yield {"namespaces": _run("tests.exchange.long_run_in_namespaces")}


def _events(given: argparse.Namespace) -> Iterator[Figures]:
    """In the environment of its own that has Spark (``make .spark/.done``)."""
    python = ROOT / ".spark" / "bin" / "python"
    if not python.exists():
        raise SystemExit("Spark is not installed for this project: make .spark/.done")
    at = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    run = [str(python), "-m", "tests.events.on_spark", "--rows", str(given.rows)]
    done = subprocess.run(run, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=at, check=False)
    if done.returncode:
        raise SystemExit("Spark came to no figures; see above")
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    yield {"on_spark": found}


def _procedures(_: argparse.Namespace) -> Iterator[Figures]:
    found = Figures()
    for room in PROCEDURES:
        found |= _run("tests.mutation.rooms", room)
        yield {"mutants": found}


def _evaluation(given: argparse.Namespace) -> Iterator[Figures]:
    yield {"recovery": _run("tests.estimation.recovery", "--panels", str(given.panels))}


def _early_warning(given: argparse.Namespace) -> Iterator[Figures]:
    yield _run("tests.early_warning.long_run", *(("--store", given.store) if given.store else ()))


def _pages(_: argparse.Namespace) -> Iterator[Figures]:
    yield _run("tests.web.browser.long_run")


def _real_book(_: argparse.Namespace) -> Iterator[Figures]:
    yield real_book.figures()


def _run(module: str, *options: str) -> Figures:
    """What a run of its own says on its last line; what it says before is shown."""
    done = subprocess.run([sys.executable, "-m", module, *options], stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    print(done.stdout, flush=True)
    if not done.stdout.strip():
        raise SystemExit(f"{module} came to no figures; see above")
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def _branches(room: str, *tests: str) -> Figures:
    """How many statements and branches of the room these tests leave out."""
    with tempfile.TemporaryDirectory() as folder:
        measured = [sys.executable, "-m", "coverage"]
        at = {**os.environ, "COVERAGE_FILE": str(Path(folder, "found"))}
        subprocess.run([*measured, "run", "--branch", f"--source={room}", "-m", "pytest", "-q", *tests], cwd=ROOT, env=at, check=True)
        told = subprocess.run([*measured, "json", "-q", "-o", "-"], cwd=ROOT, env=at, check=True, capture_output=True, text=True).stdout
    totals = json.loads(told)["totals"]
    return {"tried": totals["num_branches"], "missed": totals["missing_branches"], "lines_missed": totals["missing_lines"]}


def _asked(seed: int) -> tuple[int, list[str]]:
    return seed, disagreements(seed)


def _random_books(first: int, books: int) -> Figures:
    differing: dict[int, str] = {}
    with multiprocessing.Pool() as pool:
        for count, (seed, found) in enumerate(pool.imap_unordered(_asked, range(first, first + books), chunksize=5), 1):
            if found:
                differing[seed] = found[0]
                print(f"  seed {seed}: {found[0]}", flush=True)
            if count % 500 == 0:
                print(f"  {count} of {books} books, {len(differing)} differ", flush=True)
    return {"random_books": {"asked": books, "differ": len(differing), "seeds": sorted(differing)[:50]}}


# -- the page


def _about() -> Figures:
    return {
        "commit": subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False).stdout.strip(),
        "on": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }


def _write(part: str, found: Figures) -> None:
    """Put the part in its place on the page; the others stay as they stand."""
    page = json.loads(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    PAGE.write_text(json.dumps(page | {part: found}, indent=2) + "\n", encoding="utf-8")


def _any_differ(found: object) -> bool:
    """Is there a run in which anything differs?"""
    return isinstance(found, dict) and (bool(found.get("differ")) or any(_any_differ(part) for part in found.values()))


if __name__ == "__main__":
    main()
