"""What does each member of a pool have to its credit on a day, what does it owe and until when, and where was too much taken?

Source: how-forces-are-generated.md, section 8.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from datetime import date

from comity.missions.pools.accounts import Account, Movement, Owed, SharedPool, TooMuch
from comity.terms import Step, Verdict, add


def statement(pool: SharedPool, on: date) -> tuple[Account, ...]:
    """Every account of the pool by the end of the day, the pool's own last."""
    sure, doubtful = _by(pool, on), [one for one in pool.movements if one.sure is not Verdict.YES and (one.day is None or one.day <= on)]
    members = sorted({name for one in (*sure, *doubtful) for name in (one.giver, one.taker)} | {name for name, _ in pool.limits})
    return tuple(_account(pool, name, sure, doubtful, on) for name in sorted(members, key=lambda name: (name == pool.id, name)))


def too_much(pool: SharedPool, on: date) -> tuple[TooMuch, ...]:
    """Each movement up to the day, of those that are sure, after which somebody owes too much, in their order."""
    return tuple(_too_much(pool, _by(pool, on)))


def _by(pool: SharedPool, on: date) -> list[Movement]:
    """The movements that are sure, up to the day, in their order."""
    some = [one for one in pool.movements if one.sure is Verdict.YES and one.day is not None and one.day <= on]
    return sorted(some, key=lambda one: (one.day, one.ref))


def _account(pool: SharedPool, member: str, sure: list[Movement], doubtful: list[Movement], on: date) -> Account:
    given, taken = (sum(one.amount for one in sure if who(one) == member) for who in (_giver, _taker))
    owed = tuple(_owed(pool, member, sure)) if member != pool.id else ()
    changes = [(one.giver == member) * one.amount - (one.taker == member) * one.amount for one in doubtful]
    return Account(
        member,
        given,
        taken,
        given - taken + sum(min(0, change) for change in changes),
        given - taken + sum(max(0, change) for change in changes),
        owed,
        sum(one.amount for one in owed if one.due <= on),
    )


def _giver(one: Movement) -> str:
    return one.giver


def _taker(one: Movement) -> str:
    return one.taker


def _owed(pool: SharedPool, member: str, sure: list[Movement]) -> Iterator[Owed]:
    """What it took and has not made good: what it gives makes good the oldest first, and what is left over what it takes later."""
    open_, credit = deque[Owed](), 0
    for one in sure:
        if one.giver == one.taker or one.day is None:
            continue
        if one.giver == member:
            credit += one.amount
            while open_ and credit:
                oldest = open_.popleft()
                paid = min(credit, oldest.amount)
                credit -= paid
                if paid < oldest.amount:
                    open_.appendleft(Owed(oldest.taken, oldest.due, oldest.amount - paid, oldest.ref))
        elif one.taker == member:
            paid = min(credit, one.amount)
            credit -= paid
            if paid < one.amount:
                open_.append(Owed(one.day, add(one.day, (Step(months=pool.months),)), one.amount - paid, one.ref))
    yield from open_


def _too_much(pool: SharedPool, sure: list[Movement]) -> Iterator[TooMuch]:
    balance = Counter[str]()
    for one in sure:
        balance[one.giver] += one.amount
        balance[one.taker] -= one.amount
        if one.day is None or one.giver == one.taker:
            continue
        limit = None if one.taker == pool.id else pool.limit(one.taker)
        if limit is not None and balance[one.taker] < -limit:
            yield TooMuch(one.ref, one.taker, one.day, -limit - balance[one.taker])
        if pool.stock and one.giver == pool.id and balance[pool.id] > 0:
            yield TooMuch(one.ref, pool.id, one.day, balance[pool.id])
