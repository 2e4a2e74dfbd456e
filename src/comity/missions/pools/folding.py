"""From acts on record to a pool: as seen by a viewer, known by a day, on a day.

Source: how-forces-are-generated.md, section 8 and 9.16.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from comity.missions.counting import YES, CountedAct, counted_acts
from comity.missions.pools.accounts import MONTHS, Movement, SharedPool
from comity.standing import Standing
from comity.terms import NotOnRecord

MOVES = ("contribute-pool", "draw-pool", "return-pool", "settle-pool")
ABOUT = ("open-pool", "limit-pool", *MOVES)
NAMED = 8
"""So many pools are named where one is not on record."""


@dataclass(frozen=True, slots=True)
class PoolOnRecord:
    """A pool as the record has it, and what to bear in mind of it."""

    pool: SharedPool
    findings: tuple[str, ...]


def pools_on_record(standing: Standing) -> list[str]:
    """The pools that acts name which count on the day."""
    return sorted({name for one in counted_acts(standing, ABOUT) if not one.lacking and (name := one.says("pool")) is not None})


def pool_on_record(standing: Standing, name: str) -> PoolOnRecord:
    """The pool of that name; NotOnRecord where no act that may be looked at names it."""
    acts = [one for one in counted_acts(standing, ABOUT) if one.says("pool") == name]
    if all(one.lacking for one in acts):
        known = pools_on_record(standing)
        more = ", ..." if len(known) > NAMED else ""
        raise NotOnRecord(f"no pool {name!r} is on record by {standing.on}; there are: {', '.join(known[:NAMED]) or 'none'}{more}")
    findings = [_told_idle(one) for one in acts if one.lacking or (one.kind not in MOVES and one.sure is not YES)]
    sure = [one for one in acts if not one.lacking and one.sure is YES]
    opened = [one for one in sure if one.kind == "open-pool"]
    limits = dict[str, int]()
    for one in sure:
        if one.kind == "limit-pool":
            limits |= dict.fromkeys(one.act.counterparty, one.number("overdraft") or 0)
    if not opened:
        findings.append(f"no act that opens the pool {name!r} is on record: in what it is counted, and how much may be owed, is not known")
    moved = (_movement(one, name) for one in acts if one.kind in MOVES and not one.lacking)
    pool = _opened(opened[-1], name) if opened else SharedPool(id=name)
    return PoolOnRecord(replace(pool, limits=tuple(limits.items()), movements=tuple(moved)), tuple(dict.fromkeys(findings)))


def _told_idle(one: CountedAct) -> str:
    if one.lacking:
        return f"{one.act.ref}: lacks what an act of its kind ({one.kind}) needs; it changes nothing"
    return f"{one.act.ref}: is {one.sure}, and changes nothing"


def _opened(one: CountedAct, name: str) -> SharedPool:
    months = one.number("months")
    return SharedPool(
        id=name,
        item=one.says("item") or "",
        stock=one.act.flag("stock"),
        months=MONTHS if months is None else months,
        overdraft=one.number("overdraft"),
    )


def _movement(one: CountedAct, pool: str) -> Movement:
    other = one.act.counterparty[0] if one.act.counterparty else pool
    giver, taker = (other, one.by) if one.kind == "draw-pool" else (one.by, other)
    done = one.act.done
    return Movement(
        ref=one.act.ref,
        day=None if done is None else done.last if one.sure is YES else done.first,
        giver=giver,
        taker=taker,
        amount=one.number("amount") or 0,
        settled=one.kind == "settle-pool",
        sure=one.sure,
    )
