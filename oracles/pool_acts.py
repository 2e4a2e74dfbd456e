"""The slow reading of docs/explanation/how-forces-are-generated.md, 9.16: what the acts about a pool come to, act by act.

It shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from comity.missions.pools.accounts import Movement, SharedPool
from oracles.mission_counts import YES, Counts

POOL_KINDS = ["open-pool", "limit-pool", "contribute-pool", "draw-pool", "return-pool", "settle-pool"]


def pools(acts: Sequence[Counts]) -> list[str]:
    return sorted({one.text("pool") or "" for one in acts if not one.lacks} - {""})


def is_opened(acts: Sequence[Counts], name: str) -> bool:
    """Does an act that is sure open it?"""
    return any(one.text("pool") == name and one.kind == "open-pool" and one.sure is YES and not one.lacks for one in acts)


def pool(acts: Sequence[Counts], name: str) -> tuple[SharedPool, set[tuple[str, str]]]:
    """The pool, and the acts without effect."""
    found, limits, movements, findings = SharedPool(id=name), dict[str, int](), list[Movement](), set[tuple[str, str]]()
    for one in acts:
        if one.text("pool") != name:
            continue
        if one.lacks:
            findings.add((one.act.ref, "9.5"))
        elif one.kind not in ("open-pool", "limit-pool"):
            movements.append(movement(one, name))
        elif one.sure is not YES:
            findings.add((one.act.ref, "9.16"))
        elif one.kind == "limit-pool":
            for member in one.act.counterparty:
                limits[member] = one.some("overdraft", 0)
        else:
            months, stock = one.some("months", 12), one.text("stock") == "yes"
            found = SharedPool(id=name, item=one.text("item") or "", stock=stock, months=months, overdraft=one.whole("overdraft", None))
    return replace(found, limits=tuple(limits.items()), movements=tuple(movements)), findings


def movement(one: Counts, pool: str) -> Movement:
    day = None
    if one.done is not None:
        day = one.done.last if one.sure is YES else one.done.first
    other = one.act.counterparty[0] if one.act.counterparty else pool
    giver, taker = one.who, other
    if one.kind == "draw-pool":
        giver, taker = other, one.who
    amount, settled = one.some("amount", 0), one.kind == "settle-pool"
    return Movement(ref=one.act.ref, day=day, giver=giver, taker=taker, amount=amount, settled=settled, sure=one.sure)
