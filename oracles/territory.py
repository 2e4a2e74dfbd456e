"""Section 9.7 of the contract: does the agreement extend to a territory, for one party, on the day asked about?"""

from __future__ import annotations

from datetime import date

from comity.agreements.clauses import Agreement, Territory, Withdrawal
from comity.terms import add
from oracles.record import Deed
from oracles.worlds import World


def extends(world: World, agreement: Agreement, party: str, territory: str) -> bool:
    """29: to the entire territory, but what was excluded; or, where the clause says so, only to what it was extended to."""
    people, on = world.people, world.on
    deeds = [d for d in world.deeds(agreement.id) if people.one(d.actor) == people.one(party) and territory in d.territory]
    clause = next((c for c in agreement.clauses if isinstance(c, Territory)), None)
    entire = clause is None or clause.scope == "entire"
    if entire and not any(d.kind == "exclude-territory" and d.received <= on for d in deeds):
        return True
    for deed in deeds:
        if deed.kind == "extend-territory":
            start = add(deed.received, clause.delay if clause else ())
            if start <= on and not any(_ended(agreement, d, start, on) for d in deeds):
                return True
    return False


def _ended(agreement: Agreement, deed: Deed, start: date, on: date) -> bool:
    if deed.kind != "end-territory" or deed.received < start:
        return False
    withdrawal = next((c for c in agreement.clauses if isinstance(c, Withdrawal)), None)
    if withdrawal is not None:
        return add(deed.received, withdrawal.notice) <= on
    return (deed.effect or deed.received) <= on
