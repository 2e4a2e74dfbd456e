"""The slow reading of docs/explanation/how-forces-are-generated.md, section 8: balances, what is owed, where too much was taken.

Everything is worked out from scratch, unit by unit, for each day; it shares nothing with the fast path but types.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from comity.missions.pools.accounts import Movement, SharedPool
from comity.terms import Verdict


def sure_by(pool: SharedPool, on: date) -> list[Movement]:
    some = [one for one in pool.movements if one.sure is Verdict.YES and one.day is not None and one.day <= on]
    return sorted(some, key=lambda one: (str(one.day), one.ref))


def members(pool: SharedPool, on: date) -> set[str]:
    there = {one.giver for one in pool.movements if counts(one, on)} | {one.taker for one in pool.movements if counts(one, on)}
    return there | {name for name, _ in pool.limits}


def counts(one: Movement, on: date) -> bool:
    """Does it count by the day, surely or in doubt?"""
    return (one.day is None and one.sure is not Verdict.YES) or (one.day is not None and one.day <= on)


def balance(pool: SharedPool, member: str, on: date) -> tuple[int, int, int]:
    """As sure, the least and the most that it can be."""
    sure = sum(change(one, member) for one in sure_by(pool, on))
    doubtful = [change(one, member) for one in pool.movements if one.sure is not Verdict.YES and counts(one, on)]
    return sure, sure - sum(-n for n in doubtful if n < 0), sure + sum(n for n in doubtful if n > 0)


def change(one: Movement, member: str) -> int:
    return (one.amount if one.giver == member else 0) - (one.amount if one.taker == member else 0)


def owed(pool: SharedPool, member: str, on: date) -> list[tuple[date, date, int, str]]:
    """What is left of each taking, unit by unit: each unit given makes good the oldest unit taken that nothing has made good."""
    taken, given = list[tuple[date, str]](), 0
    for one in sure_by(pool, on):
        assert one.day is not None
        if one.giver == member and one.taker != member:
            given += one.amount
        elif one.taker == member and one.giver != member:
            taken += [(one.day, one.ref)] * one.amount
    left = taken[given:]
    found = list[tuple[date, date, int, str]]()
    for day, ref in left:
        if found and found[-1][3] == ref:
            found[-1] = (*found[-1][:2], found[-1][2] + 1, ref)
        else:
            found.append((day, months_after(day, pool.months), 1, ref))
    return found


def months_after(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def over(pool: SharedPool, on: date) -> list[tuple[str, str, int]]:
    """Each movement after which somebody owes too much: its act, who, by how much."""
    found = []
    some = sure_by(pool, on)
    for n, one in enumerate(some):
        if one.giver == one.taker:
            continue
        after = {name: sum(change(each, name) for each in some[: n + 1]) for name in (one.giver, one.taker)}
        limit = next((most for name, most in reversed(pool.limits) if name == one.taker), pool.overdraft)
        if one.taker != pool.id and limit is not None and after[one.taker] + limit < 0:
            found.append((one.ref, one.taker, -(after[one.taker] + limit)))
        if pool.stock and one.giver == pool.id and after[pool.id] > 0:
            found.append((one.ref, pool.id, after[pool.id]))
    return found
