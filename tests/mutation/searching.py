"""Growing books for mutants that survive: an edit is kept if it brings a place that few books reach to something else."""

from __future__ import annotations

import functools
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

from tests.mutation.asking import ask
from tests.mutation.growing import Recipe, grown_book, scene_recipes
from tests.mutation.places import Mutant
from tests.mutation.trying import TimeIsUp, at_most, difference
from tests.properties.snapping import aimed

ROUND = 60.0
"""Seconds after which the processes tell each other what they found."""
RARE = 25
"""A place that more books than this have reached is no reason to keep another."""
LONGEST = 14


def search(alive: list[Mutant], pool: list[Recipe], seconds: float, processes: int, begin: Callable[[], None]) -> Iterator[tuple[Mutant, Recipe]]:
    """Each mutant that a grown book lets the oracle kill, with the recipe of that book, until the time is up."""
    left, end, number = set(alive), time.monotonic() + seconds, 0
    interesting: list[Recipe] = []
    reached: Counter[tuple[str, int]] = Counter()
    with multiprocessing.Pool(processes, begin) as workers:
        while left and time.monotonic() < end:
            number += 1
            for_each = functools.partial(_grow, sorted(left, key=str), pool, interesting[-400:], reached)
            for kills, found, seen in workers.map(for_each, range(number * processes, (number + 1) * processes)):
                interesting += found
                reached.update(seen)
                for mutant, recipe in kills:
                    if mutant in left:
                        left.remove(mutant)
                        yield mutant, recipe
            print(f"  round {number}: {len(left)} left, {len(interesting)} books kept", flush=True)


def _grow(
    alive: list[Mutant], pool: list[Recipe], interesting: list[Recipe], reached: Counter[tuple[str, int]], seed: int
) -> tuple[list[tuple[Mutant, Recipe]], list[Recipe], Counter[tuple[str, int]]]:
    """One round of one process: what was killed by which book, the books worth growing on, and how often places were reached."""
    rng, end = Random(f"search {seed}"), time.monotonic() + ROUND
    left = {(m.module, m.number): m for m in alive}
    here: Counter[tuple[str, int]] = Counter()
    kills: list[tuple[Mutant, Recipe]] = []
    found: list[Recipe] = []
    lines, drawn = {(m.module, m.line) for m in alive}, scene_recipes()
    while time.monotonic() < end and left:
        kept = interesting + found
        base = rng.choice(drawn) if rng.random() < 0.3 else rng.choice(kept) if kept and rng.random() < 0.7 else rng.choice(pool)
        if len(base) > LONGEST:
            continue
        try:
            with at_most(5):
                recipe = _step(base, rng, lines)
                asked = ask(recipe)
        except TimeIsUp:
            continue
        rare = False
        for place in [p for p in left if p in asked.places]:
            often = here[place] + reached[place]
            here[place] += 1
            rare = rare or often < RARE
            if often < RARE or rng.random() < RARE / often:
                if difference(left[place], asked) is not None:
                    kills.append((left.pop(place), recipe))
        if rare:
            found.append(recipe)
    return kills, found, here


def _step(base: Recipe, rng: Random, lines: set[tuple[str, int]]) -> Recipe:
    """One step more: a move by which days meet, mostly where mutants survive, or another edit."""
    if rng.random() < 0.5:
        moves = aimed(grown_book(base), rng, lines if rng.random() < 0.8 else None)
        if moves:
            return (*base, *moves)
    return (*base, rng.randrange(1 << 30))
