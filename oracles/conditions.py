"""Section 4.1 of the contract: does a condition hold on the day that a walk has reached?"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from comity.agreements.conditions import ActDone, AllOf, AnyOf, Condition, Consents, Fact, InForce, NoAct, NotBefore, PartySet, Waivable
from comity.terms import add, parse_day
from oracles.parties import DAY

if TYPE_CHECKING:
    from oracles.walk import Walk


def holds(condition: Condition, walk: Walk, party: str | None) -> bool:
    """Does it hold today, for the ``party`` concerned (None: for the agreement as a whole)?"""
    if isinstance(condition, AllOf | AnyOf):
        parts = [holds(part, walk, party) for part in condition.of]  # every part, so that every day compared with is noted
        return all(parts) if isinstance(condition, AllOf) else any(parts)
    if isinstance(condition, Waivable):
        return holds(condition.condition, walk, party) or _waived(condition.id, walk, party)
    if isinstance(condition, Consents):
        return _consents(condition, walk)
    if isinstance(condition, NotBefore):
        return _not_before(condition, walk)
    if isinstance(condition, InForce):
        return _in_force(condition, walk)
    if isinstance(condition, ActDone):
        return _act_done(condition, walk, party)
    if isinstance(condition, NoAct):
        return _no_act(condition, walk)
    return _fact(condition, walk, party)


# -- consents ---------------------------------------------------------------------------------------------------------


def _consents(condition: Consents, walk: Walk) -> bool:
    who = members(condition.by, walk, walk.today)
    # 4.1, 3.8 an organisation is left out of both sides
    if not condition.organisations:
        who = {person for person in who if not walk.people.organisation(person)}
    done = {person for person in who if has_done(person, condition.acts, walk)}
    if not all(has_done(walk.people.one(code), condition.acts, walk) for code in condition.including):
        return False
    number = condition.number
    if isinstance(number, int) or number.isdecimal():
        return len(done) >= int(number)
    if condition.by.of == "anyone" or not who:
        return False
    if number == "all":
        return done == who
    if number == "majority":
        return 2 * len(done) > len(who)
    return len(done) >= Fraction(number) * len(who)


def has_done(person: str, acts: tuple[str, ...], walk: Walk) -> bool:
    """Has this member done an act of one of these kinds, as 4.1 counts it?"""
    for code, standing in walk.standings.items():
        if walk.people.one(code) == person:
            if any(kind in acts for kind, _ in standing.counted) or ("sign" in acts and standing.signatures_counted):
                return True
    # 4.1 kinds that are not consent count from their received day
    others = [d for d in walk.deeds if d.kind in acts and d.kind != "sign" and d.kind not in (*walk.consent_kinds, "succeed")]
    return any(d.received <= walk.today and walk.people.one(d.actor) == person for d in others)


# -- sets -------------------------------------------------------------------------------------------------------------


def members(which: PartySet, walk: Walk, day: date) -> set[str]:
    """The members of a set on ``day`` (today or earlier), as persons (3.6)."""
    if which.frozen is not None and (which.of == "members" or which.frozen <= day):
        day = which.frozen
    if which.of in ("named", "negotiating"):
        codes = set(which.parties if which.of == "named" else walk.agreement.negotiating)
    elif which.of == "signatories":
        # 4.1 signed on or before the day, and not withdrawn by it
        codes = walk.signatories_now() if day == walk.today else walk.history.signatories(day)
    elif which.of == "parties":
        # 4.1 bound on the day before
        codes = walk.history.covered(day - DAY)
    elif which.of == "members":
        codes = walk.other(which.agreement or "").parties(day)
    else:
        codes = walk.everyone()
    left_out = {walk.people.one(code) for code in which.except_}
    found = set()
    for code in codes:
        person = walk.people.one(code)
        if person not in left_out and _has_attribute(which, walk, code, person):
            found.add(person)
    return found


def _has_attribute(which: PartySet, walk: Walk, code: str, person: str) -> bool:
    if which.attribute is None:
        return True
    table = walk.agreement.attributes.get(which.attribute, {})
    values = [value for c, value in table.items() if c == code or walk.people.one(c) == person]
    return any(value >= which.at_least for value in values)


# -- the rest ---------------------------------------------------------------------------------------------------------


def _not_before(condition: NotBefore, walk: Walk) -> bool:
    if condition.day is not None:
        return walk.reached(condition.day)
    days = [d.made for d in walk.deeds if d.kind == condition.after]
    return bool(days) and walk.reached(add(min(days), condition.delay))


def _in_force(condition: InForce, walk: Walk) -> bool:
    other = walk.other(condition.agreement)
    if condition.party is None:
        return other.in_force(walk.today)
    return any(walk.same(condition.party, (code,)) for code in other.parties(walk.today))


def _act_done(condition: ActDone, walk: Walk, party: str | None) -> bool:
    # 4.1 an act of these kinds (by these actors); where a party is concerned, one that names counterparties must name it
    for deed in walk.deeds:
        if deed.kind not in condition.acts or deed.received > walk.today or (condition.actors and not walk.same(deed.actor, condition.actors)):
            continue
        if party is None or not deed.counterparty or walk.same(party, deed.counterparty):
            return True
    return False


def _no_act(condition: NoAct, walk: Walk) -> bool:
    starts = [d.received for d in walk.deeds if d.kind == condition.after]
    if not starts:
        return False
    start, end = min(starts), add(min(starts), condition.within)
    if not walk.reached(end):
        return False
    # 4.1 start inclusive, end exclusive; in the set on the day of the act
    for deed in walk.deeds:
        if deed.kind in condition.acts and start <= deed.received < end:
            person = walk.people.one(deed.actor)
            if person in members(condition.by, walk, deed.received):
                return False
    return True


def _fact(condition: Fact, walk: Walk, party: str | None) -> bool:
    there = False
    for deed in walk.deeds:
        if deed.kind != "establish-fact" or deed.details.get("fact") != condition.fact:
            continue
        if condition.of_party and (party is None or not walk.same(party, (deed.actor, deed.details.get("of", "")))):
            continue
        # 4.1 the period [made, until)
        over = "until" in deed.details and walk.reached(parse_day(deed.details["until"]))
        if walk.reached(deed.made) and not over:
            there = True
    return there == condition.present


def _waived(name: str, walk: Walk, party: str | None) -> bool:
    if party is None:
        return False
    waived = False
    for deed in sorted(walk.deeds, key=lambda d: (d.received, d.ref)):
        if deed.received <= walk.today and walk.same(deed.actor, (party,)):
            if deed.kind == "waive" and name in deed.listed("conditions"):
                waived = True
            elif deed.kind == "revoke-waiver":
                waived = False
    return waived


def waivable(condition: Condition | None) -> bool:
    """Is there anything in it that a party may waive?"""
    if isinstance(condition, AllOf | AnyOf):
        return any(waivable(part) for part in condition.of)
    return isinstance(condition, Waivable)
