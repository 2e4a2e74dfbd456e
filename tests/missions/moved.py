"""Made pools, with movements that go too far, that are in doubt, and of which many fall on one day."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from comity.missions.pools.accounts import Movement, SharedPool
from comity.terms import Verdict

START = date(2030, 1, 31)
MEMBERS = ("AAA", "BBB", "CCC")


def moved(seed: int) -> SharedPool:
    rng = Random(seed)
    return SharedPool(
        id="hours",
        stock=rng.random() < 0.5,
        months=rng.choice((0, 1, 12, 13)),
        overdraft=rng.choice((None, 0, 5, 20)),
        limits=tuple((name, rng.randint(0, 9)) for name in (*MEMBERS, "DDD") if rng.random() < 0.3),
        movements=tuple(_movement(rng, n) for n in range(rng.randint(0, 14))),
    )


def _movement(rng: Random, number: int) -> Movement:
    accounts = (*MEMBERS, "hours", "hours")
    giver = rng.choice(accounts)
    sure = rng.choice((Verdict.YES,) * 5 + (Verdict.UNKNOWN, Verdict.CONTESTED))
    return Movement(
        ref=f"act {rng.choice('abc')}{number}",
        day=None if sure is not Verdict.YES and rng.random() < 0.3 else START + timedelta(days=rng.choice((0, 1, 1, 28, 60, 365, 366))),
        giver=giver,
        taker=giver if rng.random() < 0.05 else rng.choice(accounts),
        amount=rng.randint(0, 9),
        sure=sure,
    )


DAYS = tuple(START + timedelta(days=n) for n in (-1, 0, 1, 28, 60, 366, 396, 800))
