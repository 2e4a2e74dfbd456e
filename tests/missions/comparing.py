"""What the slow readings say of made missions, kept to be asked of the fast path again and again."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random

from comity.missions import (
    Acceptance,
    ForcePlan,
    Mission,
    burden_of,
    check_forces,
    cost_of_forces,
    deployed_plan,
    missing_units,
    pledged_plan,
    statement,
    states,
    too_much,
)
from comity.missions.forces.missions import ALWAYS, DaySpan
from oracles import missions as oracle
from oracles import pools as slow_pools
from tests.missions.breaking import BREAKS
from tests.missions.made import made, wild
from tests.missions.moved import DAYS, moved

SEEDS, EACH, WILD, BORNE = 120, 14, 150, 50
Said = tuple[Mission, ForcePlan, set[tuple[str, str]], int | None]
Borne = tuple[Mission, ForcePlan, DaySpan, dict[str, tuple[int, int, int, bool]], Fraction | None]


@functools.cache
def plans() -> tuple[Said, ...]:
    """Plans that keep every rule, and each rule broken in some ways: what is broken of each, and what it costs where that can be said."""
    cases = [made(seed) for seed in range(SEEDS)]
    cases += [(mission, replace(plan, assigned=())) for mission, plan in cases[:EACH]]
    cases += [(replace(mission, shares=(), burden=2), plan) for mission, plan in cases[:EACH]]
    for breaks in BREAKS.values():
        some = (breaks(Random(seed), *made(seed)) for seed in range(SEEDS) if made(seed)[1].assigned)
        broken_so = [case for case in some if case is not None][:EACH]
        cases += [*broken_so, *((mission, replace(plan, total=1)) for mission, plan in broken_so[:3])]
    strange = (Acceptance(pledge="none", line="L0", number=1), Acceptance(pledge="F0", line="none", number=1))
    cases += [(replace(mission, accepted=(*mission.accepted, *strange)), plan) for mission, plan in cases[:EACH]]
    cases += [(mission, replace(plan, total=oracle.total(mission, plan) + n % 3 - 1)) for n, (mission, plan) in enumerate(cases[:EACH])]
    cases += [(mission, replace(plan, bound=oracle.total(mission, plan) + n % 2)) for n, (mission, plan) in enumerate(cases[:EACH])]
    found = []
    for mission, plan in cases:
        broken = oracle.broken(mission, plan)
        known = not any(rule in ("known", "once", "number") for rule, _ in broken)
        found.append((mission, plan, broken, oracle.total(mission, plan) if known else None))
    return tuple(found)


@functools.cache
def in_doubt() -> tuple[tuple[Mission, list[oracle.State]], ...]:
    return tuple((wild(seed), oracle.line_states(wild(seed))) for seed in range(WILD))


Units = set[tuple[str, str, str, int]]


@functools.cache
def units() -> dict[Mission, tuple[Units, Units]]:
    """What is pledged and what is deployed, as if it served."""
    return {mission: (oracle.pledged_units(mission), oracle.deployed_units(mission)) for mission, _ in in_doubt()}


@functools.cache
def borne() -> tuple[Borne, ...]:
    found = []
    for seed in range(BORNE):
        mission, plan = made(seed)
        end, first = mission.rotations[1].days.start, mission.rotations[0].days.start
        assert first is not None
        for during in (ALWAYS, DaySpan(None, end), DaySpan(end, None), mission.rotations[0].days, DaySpan(first, first + timedelta(days=1))):
            parties = {one.party for one in mission.pledges}
            slow = {name: (*oracle.borne_by(mission, plan, name, during), oracle.is_priced(mission, plan, name, during)) for name in parties}
            found.append((mission, plan, during, {party: one for party, one in slow.items() if one[0]}, oracle.fairness(mission, plan, during)))
    return tuple(found)


def forces_agree() -> bool:
    """Does the fast path name the same rules in the same places, the same costs, states and burdens?"""
    for mission, plan, broken, total in plans():
        if {(one.rule, one.where) for one in check_forces(mission, plan)} != broken:
            return False
        if total is not None and cost_of_forces(mission, plan).total != total:
            return False
    for mission, wanted in in_doubt():
        found = [
            (one.line.id, one.rotation.name, f"{one.state} / {one.at_most}", tuple(one.least), tuple(one.most), str(one.sure))
            for one in states(mission)
        ]
        if found != wanted or any(one.missing != max(0, one.least.required - one.least[3]) for one in states(mission)):
            return False
        whole = set(pledged_plan(mission).assigned), set(deployed_plan(mission).assigned)
        if whole != units()[mission]:
            return False
    for mission, plan, _, total in plans():
        if total is not None and [(line.id, rotation.name, n) for line, rotation, n in missing_units(mission, plan)] != oracle.missing(mission, plan):
            return False
    for mission, plan, during, parties, index in borne():
        burden = burden_of(mission, plan, during)
        if {party: tuple(one) for party, one in burden.bearings} != parties or burden.index != index:
            return False
    return True


def pools_agree() -> bool:
    """Are accounts, what is owed and where too much was taken what they are from scratch?"""
    for seed in range(200):
        pool = moved(seed)
        for on in DAYS:
            found = statement(pool, on)
            names = slow_pools.members(pool, on)
            if [one.member for one in found] != [*sorted(names - {pool.id}), *sorted(names & {pool.id})]:
                return False
            for one in found:
                owed = [] if one.member == pool.id else slow_pools.owed(pool, one.member, on)
                balance = (one.balance, one.least, one.most)
                if balance != slow_pools.balance(pool, one.member, on) or [(o.taken, o.due, o.amount, o.ref) for o in one.owed] != owed:
                    return False
                if one.overdue != sum(amount for _, due, amount, _ in owed if due <= on):
                    return False
            if [(one.ref, one.member, one.over) for one in too_much(pool, on)] != slow_pools.over(pool, on):
                return False
    return True
