"""The plain checker of who serves where: 400 plans that keep every rule pass, and every rule, broken in many ways, is found and named."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from comity.missions import RULE_NAMES, ForcePlan, burden_of, check_forces, cost_of_forces, states
from comity.missions.forces.missions import ALWAYS, DaySpan
from comity.terms import Broken, Verdict
from oracles import missions as oracle
from tests.missions.breaking import BREAKS
from tests.missions.made import made, wild

VALID = 400
WAYS = 24
"""In how many ways each rule is broken."""


def _named(found: tuple[Broken, ...]) -> set[tuple[str, str]]:
    return {(one.rule, one.where) for one in found}


def test_every_rule_is_broken_here() -> None:
    assert (*BREAKS, "figures") == RULE_NAMES


def test_plans_that_keep_every_rule_pass() -> None:
    for seed in range(VALID):
        assert check_forces(*made(seed)) == (), seed
    assert sum(bool(made(seed)[1].assigned) for seed in range(VALID)) > 0.9 * VALID


@pytest.mark.parametrize("rule", BREAKS)
def test_a_broken_rule_is_found_and_named(rule: str) -> None:
    found = 0
    for seed in range(250):
        mission, plan = made(seed)
        case = BREAKS[rule](Random(seed), mission, plan) if plan.assigned else None
        if case is not None:
            found += 1
            assert rule in {one.rule for one in check_forces(*case)}, seed
            assert _named(check_forces(*case)) == oracle.broken(*case), seed
        if found == 2 * WAYS:
            break
    assert found >= WAYS


def test_figures_that_are_not_so_are_found() -> None:
    for seed in range(2 * WAYS):
        mission, plan = made(seed)
        total = cost_of_forces(mission, plan).total
        assert total == oracle.total(mission, plan), seed
        wrong = Random(seed).choice((replace(plan, total=total + 1), replace(plan, total=total - 1), replace(plan, bound=total + 1)))
        assert _named(check_forces(mission, wrong)) == {("figures", "the plan")} == oracle.broken(mission, wrong)
        assert check_forces(mission, replace(plan, total=total, bound=total)) == ()


def test_several_rules_broken_at_once_are_all_found() -> None:
    for seed in range(200):
        rng = Random(seed)
        case = made(seed)
        for rule in sorted(rng.sample([*BREAKS], 4), key=lambda rule: rule in ("known", "needed")):  # others look up what these take away
            if case[1].assigned:
                case = BREAKS[rule](rng, *case) or case
        assert _named(check_forces(*case)) == oracle.broken(*case), seed


def test_states_are_what_the_text_says_also_where_much_is_in_doubt() -> None:
    seen = Counter[str]()
    for seed in range(250):
        mission = wild(seed)
        found = [
            (one.line.id, one.rotation.name, f"{one.state} / {one.at_most}", tuple(one.least), tuple(one.most), str(one.sure))
            for one in states(mission)
        ]
        assert found == oracle.line_states(mission), seed
        seen.update(f"{one.sure} {one.state}" for one in states(mission))
    assert {word.partition(" ")[2] for word in seen} == {"filled", "gap accepted", "partly filled", "shortfall", "offered", "required", "not needed"}
    assert {Verdict(word.split()[0]) for word in seen} == {Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN}


def test_burdens_are_what_the_text_says() -> None:
    for seed in range(100):
        mission, plan = made(seed)
        end = mission.rotations[1].days.start
        for during in (ALWAYS, DaySpan(None, end), DaySpan(end, None), mission.rotations[0].days):
            found = burden_of(mission, plan, during)
            parties = {one.party for one in mission.pledges}
            slow = {party: oracle.borne_by(mission, plan, party, during) for party in parties}
            assert {party: one[:3] for party, one in found.bearings} == {party: one for party, one in slow.items() if one[0]}
            assert found.index == oracle.fairness(mission, plan, during)


def test_nobody_bearing_anything_is_no_fairness() -> None:
    mission, _ = made(1)
    assert burden_of(mission, ForcePlan(assigned=())).index is None
