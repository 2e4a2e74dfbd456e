"""Small worlds of members, disputes and ties about the turns of three years, drawn by a seed, and what both readings measure in them."""

from __future__ import annotations

import math
import random
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache

from comity.stability.lasting import of_watched
from comity.stability.material import Belonging, Bound, ConflictYear, EventYear, Material, PairSpell, Source, Stretch, Tie
from comity.stability.measures import Measured, Reads, Recurrence, StabilityRules
from comity.stability.measuring import measured
from oracles.stability import measured as slow_measured
from oracles.stability import recurrence_of as slow_recurrence

WORLDS, LISTS = 400, 200
FIRST, LAST = date(1999, 11, 1).toordinal(), date(2003, 2, 10).toordinal()
HINGE = date(2001, 6, 15).toordinal()
TURNS = tuple(date(year, 1, 1).toordinal() for year in (2000, 2001, 2002, 2003))
DISPUTES: tuple[Source, ...] = ("cow-mids", "gml-mids")
TIES: tuple[Tie, ...] = ("alliances", "defence agreements", "exercises reported", "exercises on record")


def drawn(seed: int) -> tuple[Material, int, int, StabilityRules, bool, int]:
    """A world, the years that are asked about, the rules, whether it is a pair, and the year in which the record is known."""
    rng = random.Random(seed)
    pair = rng.random() < 0.3
    parties = tuple("ABCD"[: 2 if pair else rng.choice((2, 3, 4))])
    reaches = {name: _reach(rng) for name in (*DISPUTES, "ucdp-acd", *TIES[:3]) if rng.random() < 0.9}
    spells = [_spell(rng, parties, rng.choice(DISPUTES)) for _ in range(rng.choice((0, 1, 2, 4, 7)))]
    spells += [_spell(rng, parties, rng.choice(TIES)) for _ in range(rng.choice((0, 1, 3)))]
    material = Material(
        parties,
        tuple(one for party in parties for one in _belongs(rng, party)),
        {party: _listed(rng) for party in parties if rng.random() < 0.96},
        tuple(spells),
        tuple(_bound(rng, parties) for _ in range(rng.choice((0, 2, 4)))),
        tuple(_conflict(rng, parties) for _ in range(rng.choice((0, 2, 5)))),
        tuple(_event(rng, parties) for _ in range(rng.choice((0, 1, 3)))),
        (_stretch(rng),) if rng.random() < 0.7 else (),
        reaches,
    )
    windows = rng.choice((None, ((2000, 2000), (2001, 2001)), ((1999, 2000), (2001, 2002)), ((2000, 2001), (2002, 2002))))
    rules = StabilityRules(rng.choice((0.95, 0.5)), *(windows or (None, None)))
    since = 1999 if windows is not None and windows[0][0] == 1999 else rng.choice((1999, 2000))
    return material, since, rng.choice((2001, 2002, 2002)), rules, pair, rng.choice((2000, 2002, 2002))


def _day(rng: random.Random) -> int:
    """Often near the turn of a year, or near one day of which much hangs."""
    return rng.choice((rng.choice(TURNS) + rng.randint(-2, 2), HINGE + rng.randint(-2, 2), rng.randint(FIRST, LAST)))


def _stretch(rng: random.Random) -> Stretch:
    first, last = sorted((_day(rng), _day(rng)))
    return first, last


def _reach(rng: random.Random) -> tuple[int, int]:
    return rng.choice((1990, 1990, 2000)), rng.choice((2010, 2010, 2001, 2000))


def _belongs(rng: random.Random, party: str) -> list[Belonging]:
    if rng.random() < 0.4:
        return [Belonging(party, FIRST, LAST)]
    if rng.random() < 0.3:
        return [Belonging(party, FIRST, HINGE - rng.choice((0, 1, 2))), Belonging(party, HINGE + 1, LAST)]
    return [Belonging(party, *_stretch(rng), sure=rng.random() < 0.75) for _ in range(rng.choice((1, 2, 3)))]


def _listed(rng: random.Random) -> tuple[Stretch, ...]:
    return ((1, date.max.toordinal()),) if rng.random() < 0.8 else (_stretch(rng),)


def _two(rng: random.Random, parties: tuple[str, ...]) -> tuple[str, str]:
    a, b = sorted(rng.sample(parties, 2))
    return a, b


def _spell(rng: random.Random, parties: tuple[str, ...], of: Source | Tie) -> PairSpell:
    first_a = _day(rng)
    first_b = first_a + rng.choice((0, 0, 1, 4))
    last_a = max(first_a, rng.choice((first_a, first_a + 2, first_b + rng.randint(0, 40), _day(rng))))
    last_b = max(first_b, last_a + rng.choice((0, 0, 1, 4)))
    level, fatal = rng.choice((None, 2, 3, 4, 4, 5, 5)), rng.choice((None, True, False))
    return PairSpell(of, rng.choice("pqrs"), *_two(rng, parties), first_a, first_b, last_a, last_b, level, fatal, sure=rng.random() < 0.9)


def _bound(rng: random.Random, parties: tuple[str, ...]) -> Bound:
    return Bound(rng.choice("xy"), rng.choice(parties), *_stretch(rng), sure=rng.random() < 0.8)


def _conflict(rng: random.Random, parties: tuple[str, ...]) -> ConflictYear:
    a, b = rng.sample(parties, 2)
    return ConflictYear(rng.choice("1234"), rng.randint(1999, 2002), a, rng.choice((None, None, b)), rng.random() < 0.4)


def _event(rng: random.Random, parties: tuple[str, ...]) -> EventYear:
    return EventYear(rng.randint(2000, 2002), *_two(rng, parties), (rng.choice((0, 3)), rng.choice((0, 1)), rng.choice((0, 2)), rng.choice((0, 1))))


def fast(seed: int) -> Measured:
    material, since, until, rules, pair, known = drawn(seed)
    return measured(material, since, until, rules, pair=pair, known=known)


def slow(seed: int) -> Measured:
    material, since, until, rules, pair, known = drawn(seed)
    return slow_measured(material, since, until, rules, pair=pair, known=known)


def watched(seed: int) -> tuple[Reads, list[tuple[int, bool]], float]:
    """Spells of quiet, about whole numbers of years."""
    rng = random.Random(seed)
    days = (1, 51, 364, 365, 366, 730, 731, 1826, 1827, 3652, 3653, 7304, 7305, 7306)
    return "short", [(rng.choice(days), rng.random() < 0.6) for _ in range(rng.choice((0, 1, 2, 5, 12)))], rng.choice((0.95, 0.5))


@cache
def _slow_lists() -> tuple[Recurrence, ...]:
    return tuple(slow_recurrence(*watched(seed)) for seed in range(LISTS))


@cache
def _slow() -> tuple[Measured, ...]:
    return tuple(slow(seed) for seed in range(WORLDS))


def alike(a: object, b: object) -> bool:
    """The same but for why there is nothing; numbers that are worked out to nine digits."""
    if is_dataclass(a) and type(a) is type(b):
        return all(alike(getattr(a, f.name), getattr(b, f.name)) for f in fields(a) if f.name not in ("why", "ties")) and _ties_alike(a, b)
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(alike(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)
    return a == b


def _ties_alike(a: object, b: object) -> bool:
    """Of ties, kind and count."""
    return [one[:2] for one in getattr(a, "ties", ())] == [one[:2] for one in getattr(b, "ties", ())]


def stability_agrees() -> bool:
    """Do both have the same of every world?"""
    lists = all(alike(of_watched(*watched(seed)), wanted) for seed, wanted in enumerate(_slow_lists()))
    return lists and all(alike(fast(seed), wanted) for seed, wanted in enumerate(_slow()))
