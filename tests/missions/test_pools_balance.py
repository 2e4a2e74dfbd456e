"""Accounts of a pool: they sum to zero on every day, and are what they are worked out to be from scratch, unit by unit."""

from __future__ import annotations

from comity.missions import statement, too_much
from comity.missions.pools.accounts import Movement, SharedPool
from oracles import pools as oracle
from tests.missions.moved import DAYS, START, moved

SEEDS = range(300)


def test_the_accounts_sum_to_zero_on_every_day() -> None:
    for seed in SEEDS:
        for on in DAYS:
            assert sum(one.balance for one in statement(moved(seed), on)) == 0


def test_an_account_is_what_it_is_from_scratch() -> None:
    owing = 0
    for seed in SEEDS:
        pool = moved(seed)
        for on in DAYS:
            found = statement(pool, on)
            assert {one.member for one in found} == oracle.members(pool, on)
            for one in found:
                assert (one.balance, one.least, one.most) == oracle.balance(pool, one.member, on), seed
                if one.member != pool.id:
                    owed = oracle.owed(pool, one.member, on)
                    owing += len(owed)
                    assert [(each.taken, each.due, each.amount, each.ref) for each in one.owed] == owed, seed
                    assert one.overdue == sum(amount for _, due, amount, _ in owed if not due > on)
    assert owing > 1_000


def test_where_too_much_is_taken_is_found() -> None:
    found = 0
    for seed in SEEDS:
        pool = moved(seed)
        for on in DAYS:
            some = [(one.ref, one.member, one.over) for one in too_much(pool, on)]
            assert some == oracle.over(pool, on), seed
            found += len(some)
    assert found > 500


def test_a_member_that_gives_back_owes_what_is_left_and_the_oldest_is_made_good_first() -> None:
    moves = (
        Movement(ref="1", day=START, giver="hours", taker="AAA", amount=5),
        Movement(ref="2", day=START, giver="BBB", taker="AAA", amount=4),
        Movement(ref="3", day=START, giver="AAA", taker="BBB", amount=6),
    )
    pool = SharedPool(id="hours", months=1, movements=moves)
    account = next(one for one in statement(pool, START) if one.member == "AAA")
    assert [(one.amount, one.ref, str(one.due)) for one in account.owed] == [(3, "2", "2030-02-28")]
    assert account.overdue == 0
    assert next(one for one in statement(pool, START.replace(month=3, day=1)) if one.member == "AAA").overdue == 3
