"""The checker of designs: those that keep every rule pass, and every rule, broken in many ways, is found and named."""

from __future__ import annotations

from random import Random

import pytest

from comity.exercises import DESIGN_RULES, Known, check_design
from oracles import designs as oracle
from tests.exercises.designed import Case, made
from tests.exercises.designs_broken import BREAKS

VALID, WAYS = 500, 24
"""So many designs that keep every rule; in how many ways each rule is broken."""


def found(case: Case) -> set[tuple[str, str]]:
    flaws = check_design(case.design, case.process, Known(case.parties, case.arrangements))
    return {(flaw.rule, flaw.where) for flaw in flaws}


def slowly(case: Case) -> set[tuple[str, str]]:
    return oracle.broken(case.design, case.process, case.parties, case.arrangements)


def test_each_rule_has_a_way_to_be_broken() -> None:
    assert len(BREAKS) == len(DESIGN_RULES)
    assert [rule.__name__.strip("_").replace("_", "-") for rule in DESIGN_RULES] == list(BREAKS)


def test_designs_that_keep_every_rule_pass() -> None:
    for seed in range(VALID):
        assert found(made(seed)) == slowly(made(seed)) == set(), seed


@pytest.mark.parametrize("rule", BREAKS)
def test_a_broken_rule_is_found_and_named(rule: str) -> None:
    count = 0
    for seed in range(400):
        case = BREAKS[rule](Random(seed), made(seed))
        if case is not None:
            count += 1
            assert rule in {name for name, _ in found(case)}, seed
            assert found(case) == slowly(case), seed
        if count == 4 * WAYS:
            break
    assert count >= WAYS


def test_several_rules_broken_at_once_are_all_found() -> None:
    for seed in range(VALID):
        rng, case = Random(seed), made(seed)
        for rule in rng.sample([*BREAKS], 4):
            if case.design.participant and case.design.host in case.design.nations:
                case = BREAKS[rule](rng, case) or case
        assert found(case) == slowly(case), seed


def test_a_flaw_says_what_is_wrong_and_what_to_do() -> None:
    for rule, breaks in BREAKS.items():
        case = next(case for seed in range(400) if (case := breaks(Random(seed), made(seed))) is not None)
        flaws = check_design(case.design, case.process, Known(case.parties, case.arrangements))
        assert all(len(flaw.says) > 8 and str(flaw).startswith(flaw.where) for flaw in flaws), rule
