"""How many mutants of the fast path does the oracle alone kill?  ``python -m tests.mutation [--sample N] [--books N]``

Each mutant is tried on random books in which its place would come to something else, on the days on which something changes there
and the days before. Where its answer differs from the unchanged path's, the oracle is asked the same question: it kills the mutant
if it gives another answer than the mutant does. Changes that no answer can show are listed with the reason in ``equivalent.toml``,
and are counted by themselves.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import random
import resource
import signal
import sys
import time
from collections import Counter

from tests.mutation.asking import Asked, ask
from tests.mutation.places import Mutant, equivalents, mutants, mutated
from tests.mutation.placing import in_place

SECONDS = 20
"""An answer that takes longer than this is a wrong one."""


class _TimeIsUp(BaseException):
    pass


def _expire(*_: object) -> None:
    raise _TimeIsUp


def kills(mutant: Mutant, corpus: list[Asked], seconds: float) -> tuple[str | None, int]:
    """The first question on which the oracle contradicts the mutant, or None if it survives; and the number of books tried."""
    end, tried = time.monotonic() + seconds, 0
    for asked in corpus:
        if (mutant.module, mutant.number) not in asked.places:
            continue
        if time.monotonic() > end:
            break
        tried += 1
        found = _difference(mutant, asked)
        if found is not None:
            return f"seed {asked.seed}: {found}", tried
    return None, tried


def _difference(mutant: Mutant, asked: Asked) -> str | None:
    """Where the mutant's answer is not the oracle's: the first question on which it differs from the unchanged path, if it is right."""
    number, wrong = 0, False
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        with in_place(mutant.module, mutated(mutant)):
            try:
                for number, answer in enumerate(asked.again()):
                    wrong = answer != asked.answers[number]
                    if wrong:
                        break
            except Exception:
                number, wrong = min(number + 1, len(asked.answers) - 1), True  # it fell over after that answer
    except _TimeIsUp:
        return "no answer in time"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if not wrong:
        return None
    day, question = list(asked.questions())[number]
    return f"{' '.join(question)} on {day}" if asked.oracle_says(day, question) == asked.answers[number] else None


_CORPUS: list[Asked] = []


def _try(job: tuple[Mutant, float]) -> tuple[Mutant, str | None, int]:
    mutant, seconds = job
    return (mutant, *kills(mutant, _CORPUS, seconds))


def _begin() -> None:
    signal.signal(signal.SIGALRM, _expire)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    sys.setrecursionlimit(600)


def _corpus(first: int, books: int, processes: int) -> None:
    with multiprocessing.Pool(processes, _begin) as pool:
        for count, asked in enumerate(pool.imap(ask, range(first, first + books), chunksize=10), 1):
            _CORPUS.append(asked)
            if count % 200 == 0:
                print(f"  {count} of {books} books answered", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="only so many mutants, drawn by the seed (0: all)")
    parser.add_argument("--only", default="", help="only mutants of places with this in their description")
    parser.add_argument("--books", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=30, help="for each mutant")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--kills", action="store_true", help="print what kills each one")
    given = parser.parse_args()
    listed, every = equivalents(), mutants()
    stale = set(listed) - {(m.module, m.says, m.within) for m in every}
    if stale:
        sys.exit(f"equivalent.toml lists what is not in the source: {sorted(stale)[0]}")
    wanted = [m for m in every if given.only in str(m)]
    drawn = random.Random(given.seed).sample(wanted, given.sample) if 0 < given.sample < len(wanted) else wanted
    _corpus(given.seed * 1_000_000, given.books, given.processes)
    reach = Counter(place for asked in _CORPUS for place in asked.places)
    gc.freeze()
    survivors: list[Mutant] = []
    equivalent = [m for m in drawn if (m.module, m.says, m.within) in listed]
    with multiprocessing.Pool(given.processes, _begin) as pool:
        jobs = [(m, given.seconds) for m in drawn if m not in equivalent]
        for count, (mutant, killed_by, tried) in enumerate(pool.imap_unordered(_try, jobs), 1):
            if killed_by is None:
                survivors.append(mutant)
                print(f"  survives {tried} of {reach[mutant.module, mutant.number]}: {mutant}", flush=True)
            elif given.kills:
                print(f"  killed by {killed_by}: {mutant}", flush=True)
            if count % 50 == 0:
                print(f"  {count} of {len(jobs)} tried, {len(survivors)} survive", flush=True)
    figures = {"mutants": len(every), "equivalent": len(equivalent), "tried": len(jobs), "killed": len(jobs) - len(survivors)}
    print(json.dumps({**figures, "share": round(figures["killed"] / max(1, len(jobs)), 4), "books": given.books}))


if __name__ == "__main__":
    main()
