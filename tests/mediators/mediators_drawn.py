"""Small worlds of candidates and sides, drawn by a seed, and what both readings say of them.

Days lie about the turn of a leap year, numbers about the thresholds, so that each edge of the text is met often.
"""

from __future__ import annotations

import random
from datetime import date
from functools import cache
from typing import get_args

from comity.mediators.material import Material, Reach, Recorded, Spell, TableName
from comity.mediators.ranking import ranked
from comity.mediators.rules import BARS, MERITS, MediatorRules
from comity.terms import Verdict
from oracles.mediators import Told
from oracles.mediators import mediators as slow_mediators

WORLDS = 4_000
SIDES = ("A", "B")
DAYS = tuple(
    date(*day).toordinal() for day in ((1999, 12, 31), (2000, 1, 1), (2000, 2, 28), (2000, 2, 29), (2000, 3, 1), (2000, 12, 31), (2001, 1, 1))
)
EARLIER = tuple(date(*day).toordinal() for day in ((1997, 12, 31), (1998, 2, 28), (1998, 3, 1), (1999, 1, 1), (1999, 2, 28), (1999, 3, 1)))
NEAR = tuple(sorted({day + by for day in (*DAYS, *EARLIER) for by in (-1, 0, 1)}))
YEARS = (1997, 1998, 1999, 2000)
TABLES: tuple[TableName, ...] = get_args(TableName)
POINTS = (0.0, 0.25, 0.5, 1.0)
YES, UNKNOWN, CONTESTED = Verdict.YES, Verdict.UNKNOWN, Verdict.CONTESTED


def drawn(seed: int) -> tuple[Material, MediatorRules]:
    """A world with its rules."""
    rng = random.Random(seed)
    candidates = tuple("CDEF"[: rng.choice((1, 2, 3, 3, 4))])
    on = rng.choice(DAYS)
    reaches = {table: _reach(rng, table, on) for table in TABLES if rng.random() < 0.95}
    parties = (*candidates, *SIDES)
    spells = tuple(_spell(rng, candidates, on) for _ in range(rng.choice((0, 1, 2, 4, 8))))
    recorded = tuple(_recorded(rng, candidates) for _ in range(rng.choice((0, 0, 1, 2, 4))))
    members = {party: _members(rng, on) for party in parties if rng.random() < 0.97}
    points = {(party, year): rng.choice(POINTS) for party in parties for year in YEARS if rng.random() < 0.85}
    pairs = [(a, b) for a in candidates for b in SIDES] + [(b, a) for a in candidates for b in SIDES]
    delivered = {(*pair, year): float(rng.choice((0, 1, 5, 10))) for pair in pairs for year in YEARS if rng.random() < 0.3}
    received = {(party, year): float(rng.choice((0, 1, 10, 20))) for party in parties for year in YEARS if rng.random() < 0.5}
    counted = frozenset(party for party in parties if rng.random() < 0.25)
    stationed = {(*pair, year): rng.choice((0, 999, 1000, 1001)) for pair in pairs for year in YEARS if rng.random() < 0.7}
    material = Material(
        SIDES, on, candidates, members, reaches, spells, recorded, points, delivered, received, stationed, counted,
    )  # fmt: skip
    return material, _rules(rng)


def _rules(rng: random.Random) -> MediatorRules:
    bars = tuple(rng.sample(BARS, rng.choice((1, 1, 2, 3, 5))))
    order = tuple(rng.sample(MERITS, rng.choice((1, 2, 4, 4))))
    return MediatorRules(bars, order, years=rng.choice((1, 2)), arms_years=rng.choice((1, 2, 3)), carry=rng.random() < 0.4)


def _reach(rng: random.Random, table: TableName, on: int) -> Reach:
    since = rng.choice((*[date(1990, 1, 1).toordinal()] * 20, date(1998, 1, 1).toordinal(), on, *NEAR))
    through = rng.choice((*[date(2010, 12, 31).toordinal()] * 16, on, on - 1, *NEAR))
    return Reach(table, min(since, through), through)


def _spell(rng: random.Random, candidates: tuple[str, ...], on: int) -> Spell:
    days = sorted(rng.choice((*NEAR, on, on)) for _ in range(4))
    if rng.random() < 0.5:
        days[1], days[3] = days[0], days[2]
    of = rng.choice(("alliance", "dispute", "rivalry", "agreements"))
    of_table = next(table for table in TABLES if table == of)
    return Spell(of_table, rng.choice(candidates), rng.choice(SIDES), days[0], days[1], days[2], days[3], "made")


def _recorded(rng: random.Random, candidates: tuple[str, ...]) -> Recorded:
    candidate, verdict = rng.choice(candidates), rng.choice((YES, YES, UNKNOWN, CONTESTED))
    match rng.choice(("alliance", "dispute", "rivalry", "agreements", "agreements", "treaty", "mediations", "mediations")):
        case "treaty":
            return Recorded("treaty", candidate, None, verdict, "", "made")
        case "mediations":
            return Recorded("mediations", candidate, None, verdict, "", "made", rng.choice((1, 2)))
        case "agreements":
            return Recorded("agreements", candidate, rng.choice(SIDES), verdict, "", "made")
        case "dispute":
            return Recorded("dispute", candidate, rng.choice(SIDES), verdict, "", "made")
        case "rivalry":
            return Recorded("rivalry", candidate, rng.choice(SIDES), verdict, "", "made")
        case _:
            return Recorded("alliance", candidate, rng.choice(SIDES), verdict, "", "made")


def _members(rng: random.Random, on: int) -> tuple[tuple[int, int], ...]:
    ever = (1, date.max.toordinal())
    first, last = sorted(rng.choice((*NEAR, on)) for _ in range(2))
    return rng.choice(((ever,),) * 12 + (((first, last),), ((1, first), (last, date.max.toordinal()))))


def fast(seed: int) -> list[Told]:
    """What ships, in the shape of the slow reading."""
    material, rules = drawn(seed)
    return [
        Told(
            one.party,
            one.barred,
            tuple((bar.name, bar.verdict, bar.towards) for bar in one.bars),
            tuple((merit.name, merit.value) for merit in one.merits),
            one.best,
            one.worst,
        )
        for one in ranked(material, rules, material.candidates)
    ]


@cache
def _slow() -> tuple[list[Told], ...]:
    return tuple(slow_mediators(*drawn(seed)) for seed in range(WORLDS))


def mediators_agree() -> bool:
    """Do both have the same of every world?"""
    return all(fast(seed) == wanted for seed, wanted in enumerate(_slow()))
