"""A world of grant lines, and requests for it, that every policy engine can say: states, sure lines, what the giver itself originated.

Consents, third parties, organisations among the addressees, doubts: these only Comity has, and they are left out here.
"""

from __future__ import annotations

import itertools
import random
from datetime import date
from typing import NamedTuple

from comity.permissions.lines import Lines, ReleaseAsked, ReleaseLine
from comity.terms import Verdict

LEVELS = ("RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET")
CATEGORIES = ("ATOMAL", "CRYPTO", "CYBER", "SIGINT", "NUCLEAR", "SPACE")
PURPOSES = ("exercise", "mission", "procurement")
REQUESTS = 2_000


class World(NamedTuple):
    """Lines, and requests put to them."""

    lines: Lines
    asked: tuple[ReleaseAsked, ...]


def world(size: int, requests: int = REQUESTS, seed: int = 7) -> World:
    """So many lines, no two of one giver, taker and level; and so many requests, most of them about something there is a line for."""
    rng = random.Random(seed)
    states = [f"S{number:02d}" for number in range(30 if size <= 1_000 else 60)]
    keys = list(itertools.product(itertools.permutations(states, 2), LEVELS))
    rng.shuffle(keys)
    lines = [_line(rng, number, giver, taker, level) for number, ((giver, taker), level) in enumerate(keys[:size])]
    addressees = [frozenset(rng.sample(states, rng.randrange(4, 20))) for _ in range(400)]
    some = [frozenset(rng.sample(CATEGORIES, number)) for number in (0, 0, 0, 1, 1, 2)]
    return World(Lines(tuple(lines)), tuple(_asked(rng, lines, keys, addressees, some) for _ in range(requests)))


def _line(rng: random.Random, number: int, giver: str, taker: str, level: str) -> ReleaseLine:
    start = date(rng.randrange(1995, 2020), 1, 1).toordinal()
    return ReleaseLine(
        f"a{number // 8}", number % 8, giver, taker, f"policy of {giver}", level, giver, f"policy of {taker}", level, start,
        start + rng.randrange(5, 30) * 365, Verdict.YES, frozenset(rng.sample(CATEGORIES, rng.randrange(0, 5))), frozenset(),
        frozenset(rng.sample(PURPOSES, 2)) if rng.random() < 0.2 else frozenset(),
    )  # fmt: skip


def _asked(
    rng: random.Random,
    lines: list[ReleaseLine],
    keys: list[tuple[tuple[str, str], str]],
    addressees: list[frozenset[str]],
    some: list[frozenset[str]],
) -> ReleaseAsked:
    line = rng.choice(lines)
    (giver, taker), level = ((line.giver, line.taker), line.level) if rng.random() < 0.75 else rng.choice(keys)
    limited = rng.random()
    named = frozenset() if limited < 0.4 else frozenset((giver, taker)) if limited < 0.8 else rng.choice(addressees)
    day = date(rng.randrange(2000, 2030), rng.randrange(1, 13), 15).toordinal()
    return ReleaseAsked(
        giver, taker, f"policy of {giver}", level, giver, day, rng.choice(some), named, rng.choice((None, None, *PURPOSES)), rng.random() < 0.04
    )
