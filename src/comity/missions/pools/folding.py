"""From acts on record to a pool: as seen by a viewer, known by a day, on a day.

Source: how-forces-are-generated.md, section 8 and 9.3.
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.acts import Act
from comity.missions.forces.folding import counted
from comity.missions.pools.accounts import MONTHS, Movement, SharedPool
from comity.standing import Standing
from comity.terms import NotOnRecord, Verdict

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
    found = {act.details["pool"] for act, sure in standing.acts_of(ABOUT) if counted(act, sure, standing.on) is not None}
    return sorted(found)


def pool_on_record(standing: Standing, name: str) -> PoolOnRecord:
    """The pool of that name; NotOnRecord where no act that may be looked at names it."""
    some = [(act, counted(act, undisputed, standing.on)) for act, undisputed in standing.acts_of(ABOUT) if act.details["pool"] == name]
    acts = sorted(
        ((act, sure) for act, sure in some if sure is not None), key=lambda one: (one[0].done is None, one[0].day or standing.on, one[0].ref)
    )
    if not acts:
        known = pools_on_record(standing)
        more = ", ..." if len(known) > NAMED else ""
        raise NotOnRecord(f"no pool {name!r} is on record by {standing.on}; there are: {', '.join(known[:NAMED]) or 'none'}{more}")
    pool, findings = SharedPool(id=name), list[str]()
    limits = dict[str, int]()
    movements = list[Movement]()
    opened = False
    for act, sure in acts:
        if act.kind in MOVES:
            movements.append(_movement(act, sure, name))
        elif sure is not Verdict.YES:
            findings.append(f"{act.ref}: is {sure}, and changes nothing")
        elif act.kind == "limit-pool":
            limits |= dict.fromkeys(act.counterparty, int(act.details["overdraft"]))
        else:
            opened = True
            overdraft = act.details.get("overdraft")
            pool = SharedPool(
                id=name,
                item=act.details.get("item", ""),
                stock=act.flag("stock"),
                months=int(act.details.get("months", MONTHS)),
                overdraft=None if overdraft is None else int(overdraft),
            )
    if not opened:
        findings.append(f"no act that opens the pool {name!r} is on record: in what it is counted, and how much may be owed, is not known")
    whole = SharedPool(
        id=name, item=pool.item, stock=pool.stock, months=pool.months, overdraft=pool.overdraft, limits=tuple(limits.items()),
        movements=tuple(movements),
    )  # fmt: skip
    return PoolOnRecord(whole, tuple(findings))


def _movement(act: Act, sure: Verdict, pool: str) -> Movement:
    member = act.attributed_to
    other = act.counterparty[0] if act.counterparty else pool
    giver, taker = (other, member) if act.kind == "draw-pool" else (member, other)
    return Movement(
        ref=act.ref,
        day=None if act.done is None else act.done.last if sure is Verdict.YES else act.done.first,
        giver=giver,
        taker=taker,
        amount=int(act.details["amount"]),
        settled=act.kind == "settle-pool",
        sure=sure,
    )
