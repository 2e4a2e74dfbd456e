"""Statements of requirements are filled in a process of its own: progress is told, it can be ended, no plan that breaks a rule gets out."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from comity.missions import Assigned, ForcePlan, accepted_plan, check_forces, cost_of_forces, unsound_mission
from comity.planning import Filled, PlanBroken, Progress, fill, read_mission
from comity.planning.filling import better_filling
from comity.planning.first_fillings import first_filling
from tests.missions.made import made

EXAMPLE = Path(__file__).parents[2] / "examples" / "mission.toml"
MISSION = read_mission(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name).mission


def _watched(seconds: float, until: int | None = None) -> tuple[Filled, list[Progress]]:
    told: list[Progress] = []

    def tell(progress: Progress) -> bool:
        told.append(progress)
        return until is None or len(told) < until

    return fill(MISSION, seconds, time.monotonic, tell), told


def test_the_example_is_filled_as_well_as_it_can_be() -> None:
    found, told = _watched(60)
    assert check_forces(MISSION, found.plan) == ()
    assert found.plan.total == found.plan.bound == cost_of_forces(MISSION, found.plan).total
    totals = [one.total or 0 for one in told]
    assert totals == sorted(totals, reverse=True)
    assert told[-1].gap == 0
    served = {(one.line, one.rotation) for one in found.plan.assigned}
    assert {"UAS", "MINES"}.isdisjoint(line for line, _ in served)


def test_ended_at_once_it_gives_a_first_plan_with_what_was_accepted() -> None:
    found, _ = _watched(60, until=1)
    assert check_forces(MISSION, found.plan) == ()
    assert (found.plan.total or 0) < cost_of_forces(MISSION, accepted_plan(MISSION)).total
    assert found.plan.bound is None


def test_a_first_plan_keeps_every_rule() -> None:
    for seed in range(200):
        mission, _ = made(seed)
        if not unsound_mission(mission):
            assert check_forces(mission, first_filling(mission)) == (), seed


def test_a_plan_that_breaks_a_rule_is_an_error_and_never_a_plan() -> None:
    wrong = ForcePlan(assigned=(Assigned("GRC frigate", "FRIGATES", "R1", 1),))
    with pytest.raises(PlanBroken, match=r"the solver's plan breaks a rule \(readiness"):
        better_filling(MISSION, ForcePlan(assigned=()), (wrong, None))


def test_a_worse_plan_or_a_lower_bound_changes_nothing() -> None:
    best = better_filling(MISSION, ForcePlan(assigned=()), (accepted_plan(MISSION), 7), first=True)
    assert best.bound == 7
    assert better_filling(MISSION, best, (None, 5)) == best
    assert better_filling(MISSION, replace(best, total=0), (accepted_plan(MISSION), 5)) == replace(best, total=0)
