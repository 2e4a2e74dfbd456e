"""On missions so small that every plan can be tried, the filling that the solver finds is the best there is; and known instances."""

from __future__ import annotations

import itertools
from dataclasses import replace

from bench.assignments import generalized, known_assignments
from comity.missions import Assigned, ForcePlan, Mission, accepted_plan, check_forces, cost_of_forces, unsound_mission
from comity.planning.assignments import fill_whole
from comity.planning.assignments_linear import bound_linear, fill_linear
from oracles import missions as oracle
from tests.missions.made import made
from tests.sources.given import DATA, needs_data

SEEDS, MOST = 120, 1_500
NOTHING = ForcePlan(assigned=())


def small_mission(seed: int) -> Mission:
    """A made mission cut down to two lines, four pledges and two rotations, and what nothing else then names."""
    m, _ = made(seed)
    lines, pledges = m.lines[:2], m.pledges[:4]
    names, there = {one.id for one in lines}, {one.id for one in pledges}
    return replace(
        m,
        rotations=m.rotations[:2],
        lines=lines,
        pledges=pledges,
        caveats=tuple(one for one in m.caveats if one.pledge is None or one.pledge in there),
        accepted=tuple(one for one in m.accepted if one.line in names and one.pledge in there),
        gaps=tuple(one for one in m.gaps if one.line in names),
    )


def best_of(m: Mission) -> int | None:
    """What the best plan costs, by trying every one; None: there are too many, or too few to tell anything."""
    places = [
        (pledge, line, rotation)
        for line in m.lines
        for rotation in m.rotations
        for pledge in m.pledges
        if oracle.served(line, rotation) and not oracle.in_the_way(m, pledge, line, rotation)
    ]
    number = 1
    for pledge, line, _ in places:
        number *= 1 + min(pledge.number, line.number)
    if not 2 < number <= MOST:
        return None
    found = []
    for some in itertools.product(*(range(1 + min(pledge.number, line.number)) for pledge, line, _ in places)):
        serve = (Assigned(p.id, ln.id, r.name, n) for n, (p, ln, r) in zip(some, places, strict=True) if n)
        plan = ForcePlan(assigned=tuple(serve))
        if not check_forces(m, plan):
            found.append(oracle.total(m, plan))
    return min(found)


def test_the_best_filling_is_found_and_the_bound_meets_it() -> None:
    tried = 0
    for seed in range(SEEDS):
        m = small_mission(seed)
        best = None if unsound_mission(m) else best_of(m)
        if best is not None:
            plan, bound = fill_whole(m, 20, 1, accepted_plan(m))
            assert plan is not None
            assert check_forces(m, plan) == () == tuple(oracle.broken(m, plan))
            assert cost_of_forces(m, plan).total == bound == best, seed
            near, proved = fill_linear(m, 20)
            assert near is not None
            assert check_forces(m, near) == ()
            assert (bound_linear(m, 20) or 0) <= (proved or 0) <= best == cost_of_forces(m, near).total, seed
            tried += 1
    assert tried >= 30


def test_an_assignment_of_jobs_to_agents_is_a_mission() -> None:
    one = generalized("2 3\n 10 1 5\n 2 9 4\n 3 3 3\n 3 3 3\n 6 3\n")
    assert unsound_mission(one.mission) == ()
    plan, bound = fill_whole(one.mission, 10, 1, NOTHING)
    assert plan is not None
    assert one.worth(plan) == one.worth_of(bound or 0) == 24
    assert {(a.pledge, a.line) for a in plan.assigned} == {("agent 0, job 0", "job 0"), ("agent 1, job 1", "job 1"), ("agent 0, job 2", "job 2")}


@needs_data
def test_the_best_known_worth_of_known_instances_is_reached() -> None:
    assert DATA is not None
    every = known_assignments(DATA / "planning")
    assert len(every) == 10
    for one in every[:2]:
        assert unsound_mission(one.mission) == ()
        plan, bound = fill_whole(one.mission, 20, 2, NOTHING)
        assert plan is not None
        assert check_forces(one.mission, plan) == ()
        assert one.worth(plan) == one.worth_of(bound or 0) == one.best
