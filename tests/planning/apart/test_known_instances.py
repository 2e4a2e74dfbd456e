"""Instances whose best plan is known, read as problems of ours: the plan that is found is as good, and passes the checker."""

from __future__ import annotations

import pytest

from bench.instances import generated, known
from comity.planning.options import Options
from comity.planning.whole import solve
from comity.programmes import check_plan, cost_of, unsound
from tests.sources.given import DATA, needs_data

QUICK = {"rcpsp": ("j3012_6", "j3020_6", "j3028_9", "j3029_10"), "mspsp": ("sf0.5_nc2.1_n20_m15_02",)}


@needs_data
@pytest.mark.parametrize("family", QUICK)
def test_the_best_plan_that_is_known_is_found(family: str) -> None:
    assert DATA is not None
    every = known(DATA / "planning", family)
    assert len(every) == {"rcpsp": 20, "mspsp": 20}[family]
    quick = [one for one in every if any(name in one.name for name in QUICK[family])]
    assert len(quick) == len(QUICK[family])
    for one in quick:
        assert unsound(one.problem) == ()
        found = solve(Options(one.problem), 60, 2)
        assert found.plan is not None
        assert check_plan(one.problem, found.plan) == ()
        assert cost_of(one.problem, found.plan).total == found.bound == one.upper


def test_a_generated_programme_is_sound_and_the_same_each_time() -> None:
    problem = generated(12, 24, 5)
    assert problem == generated(12, 24, 5)
    assert unsound(problem) == ()
    assert len({target.nations for target in problem.targets}) * 4 == len(problem.targets) > 60
