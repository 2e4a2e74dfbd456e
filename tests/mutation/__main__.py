"""How many mutants of the fast path does the oracle alone kill?  ``python -m tests.mutation [--books N] [--search MINUTES]``

Each mutant is tried on books in which its place would come to something else, on the days on which something changes there and
the days before: first the books of ``corpus.json``, then fresh random ones. Where its answer differs from the unchanged path's,
the oracle is asked the same question: it kills the mutant if it gives another answer than the mutant does. ``--search`` grows
books for those that survive, and adds each that kills one to the corpus. Changes that no answer can show are listed with the
reason in ``equivalent.toml``, and are counted by themselves.
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
from pathlib import Path

from tests.mutation.asking import Asked, ask
from tests.mutation.growing import Recipe, scene_recipes, snapped_recipe
from tests.mutation.places import Mutant, equivalents, mutants
from tests.mutation.searching import search
from tests.mutation.trying import difference, expire

CORPUS = Path(__file__).with_name("corpus.json")
_CORPUS: list[Asked] = []


def _try(job: tuple[Mutant, float]) -> tuple[Mutant, Recipe | None, int]:
    """The book on which the oracle contradicts the mutant, or None if it survives; and the number of books tried."""
    mutant, seconds = job
    end, tried = time.monotonic() + seconds, 0
    for asked in _CORPUS:
        if (mutant.module, mutant.number) in asked.places:
            if time.monotonic() > end:
                break
            tried += 1
            if difference(mutant, asked) is not None:
                return mutant, asked.recipe, tried
    return mutant, None, tried


def _begin() -> None:
    signal.signal(signal.SIGALRM, expire)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    sys.setrecursionlimit(600)


def _ask(book: Recipe | int) -> Asked:
    return ask(snapped_recipe(book) if isinstance(book, int) else book)


def _answer(books: list[Recipe | int], processes: int) -> None:
    """Ask about books by their recipes, or fresh ones by their seeds."""
    with multiprocessing.Pool(processes, _begin) as pool:
        for count, asked in enumerate(pool.imap(_ask, books, chunksize=10), 1):
            _CORPUS.append(asked)
            if count % 200 == 0:
                print(f"  {count} of {len(books)} books answered", flush=True)


def _corpus() -> list[Recipe]:
    """The books that are known to kill something."""
    found = json.loads(CORPUS.read_text(encoding="utf-8")) if CORPUS.exists() else []
    return [tuple(tuple(step) if isinstance(step, list) else step for step in recipe) for recipe in found]


def _keep(killers: list[Recipe]) -> None:
    recipes = [json.dumps(recipe) for recipe in sorted(set(killers), key=str)]
    CORPUS.write_text("[\n" + ",\n".join(recipes) + "\n]\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="only so many mutants, drawn by the seed (0: all)")
    parser.add_argument("--only", default="", help="only mutants of places with this in their description")
    parser.add_argument("--books", type=int, default=600, help="fresh random books beside the corpus")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10, help="for each mutant")
    parser.add_argument("--search", type=float, default=0, help="minutes of growing books for those that survive")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    listed, every = equivalents(), mutants()
    stale = set(listed) - {(m.module, m.says, m.within) for m in every}
    if stale:
        sys.exit(f"equivalent.toml lists what is not in the source: {sorted(stale)[0]}")
    wanted = [m for m in every if given.only in str(m)]
    drawn = random.Random(given.seed).sample(wanted, given.sample) if 0 < given.sample < len(wanted) else wanted
    first = given.seed * 1_000_000
    _answer([*scene_recipes(), *_corpus(), *range(first, first + given.books)], given.processes)
    reach = Counter(place for asked in _CORPUS for place in asked.places)
    gc.freeze()
    alive: list[Mutant] = []
    killers: list[Recipe] = []
    jobs = [(m, given.seconds) for m in drawn if (m.module, m.says, m.within) not in listed]
    with multiprocessing.Pool(given.processes, _begin) as pool:
        for count, (mutant, killer, tried) in enumerate(pool.imap_unordered(_try, jobs), 1):
            if killer is None:
                alive.append(mutant)
                if not given.search:
                    print(f"  survives {tried} of {reach[mutant.module, mutant.number]}: {mutant}", flush=True)
            else:
                killers.append(killer)
            if count % 50 == 0:
                print(f"  {count} of {len(jobs)} tried, {len(alive)} survive", flush=True)
    if given.search:
        _keep(killers)
        for mutant, recipe in search(alive, [asked.recipe for asked in _CORPUS], given.search * 60, given.processes, _begin):
            alive.remove(mutant)
            killers.append(recipe)
            print(f"  grown: {mutant}", flush=True)
            _keep(killers)
        for mutant in alive:
            print(f"  survives: {mutant}", flush=True)
    killed = len(jobs) - len(alive)
    figures = {"mutants": len(every), "equivalent": len(drawn) - len(jobs), "tried": len(jobs), "killed": killed}
    print(json.dumps({**figures, "share": round(killed / max(1, len(jobs)), 4), "books": len(_CORPUS)}))


if __name__ == "__main__":
    main()
