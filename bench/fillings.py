"""Statements of requirements filled: known instances of generalized assignment, beside HiGHS on the model as one writes it down, and a large mission.

Every plan is checked. A gap is (best known - found) / best known.
"""

from __future__ import annotations

import os
import random
import time
from datetime import date, timedelta
from pathlib import Path

from ortools.math_opt.python import mathopt

from bench.assignments import AssignmentInstance, known_assignments
from bench.page import machine
from comity.missions import DaySpan, ForceCaveat, Line, Mission, Pledge, Rotation, check_forces
from comity.planning import fill

SECONDS = 10


def section(seconds: float = SECONDS) -> list[str]:
    """The lines of the page."""
    lines = [f"{machine()}. Every plan passes the checker; {seconds:g} s for each.", ""]
    if given := os.environ.get("COMITY_DATA"):
        lines += ["| assignment (OR-Library) | best known | Comity | gap | proved | HiGHS, one model |", "|---|---|---|---|---|---|"]
        lines += [_row(one, seconds) for one in known_assignments(Path(given) / "planning")]
    lines += ["", "| contributors | lines | rotations | places | cost | bound | gap |", "|---|---|---|---|---|---|---|"]
    for parties, wanted, rotations in ((9, 12, 4), (20, 40, 6), (40, 100, 8)):
        mission = generated_mission(parties, wanted, rotations)
        found = fill(mission, seconds, time.monotonic)
        assert check_forces(mission, found.plan) == ()
        total, bound = found.plan.total or 0, found.plan.bound
        gap = "not known" if bound is None else f"{max(0, total - bound) / max(1, total):.1%}"
        lines.append(f"| {parties} | {wanted} | {rotations} | {len(mission.pledges)} pledges | {total:,} | {bound or 0:,} | {gap} |")
    return lines


def _row(one: AssignmentInstance, seconds: float) -> str:
    found = fill(one.mission, seconds, time.monotonic)
    assert check_forces(one.mission, found.plan) == ()
    worth, proved = one.worth(found.plan), found.plan.bound is not None and one.worth_of(found.plan.bound) <= one.best
    return f"| {Path(one.name).name} | {one.best} | {worth} | {(one.best - worth) / one.best:.2%} | {'yes' if proved else 'no'} | {_highs(one, seconds)} |"


def _highs(one: AssignmentInstance, seconds: float) -> int:
    """The most worth that HiGHS finds, through OR-Tools."""
    model = mathopt.Model()
    serve = {pledge.id: model.add_binary_variable() for pledge in one.mission.pledges}
    for line in one.mission.lines:
        model.add_linear_constraint(mathopt.fast_sum(serve[p.id] for p in one.mission.pledges if p.line == line.id) <= 1)
    for ceiling in one.mission.ceilings:
        own = [p for p in one.mission.pledges if p.party == ceiling.party]
        model.add_linear_constraint(mathopt.fast_sum(p.persons * serve[p.id] for p in own) <= float(ceiling.persons or 0))
    model.maximize(mathopt.fast_sum((one.dearest - (p.cost or 0)) * serve[p.id] for p in one.mission.pledges))
    found = mathopt.solve(model, mathopt.SolverType.HIGHS, params=mathopt.SolveParameters(time_limit=timedelta(seconds=seconds)))
    worth: float = found.termination.objective_bounds.primal_bound
    return round(worth)


def generated_mission(parties: int, lines: int, rotations: int, seed: int = 5) -> Mission:
    """A mission with about three pledges for each line, of which caveats, notice and rest exclude many; the same each time."""
    rng = random.Random(seed)
    first = date(2030, 1, 1)
    spans = tuple(Rotation(name=f"R{n}", days=DaySpan(first + timedelta(180 * n), first + timedelta(180 * (n + 1)))) for n in range(rotations))
    capabilities = [f"capability {n}" for n in range(max(3, lines // 3))]
    names = [f"P{n}" for n in range(parties)]
    wanted = tuple(
        Line(
            id=f"L{n}", capability=rng.choice(capabilities), number=rng.randint(1, 3), readiness=rng.choice((15, 30, 60)),
            tasks=frozenset(rng.sample(["a", "b", "c", "d"], 2)), weight=5_000,
        )
        for n in range(lines)
    )  # fmt: skip
    pledges = tuple(
        Pledge(
            id=f"F{n}", party=rng.choice(names), capability=rng.choice(capabilities), number=rng.randint(1, 3), persons=rng.randint(10, 200),
            notice=rng.choice((10, 20, 40, 70)), rest=rng.randint(0, 2), cost=rng.randint(200, 3_000),
        )
        for n in range(3 * lines)
    )  # fmt: skip
    caveats = tuple(
        ForceCaveat(id=f"C{n}", party=rng.choice(names), tasks=frozenset(rng.sample(["a", "b", "c", "d"], 1))) for n in range(parties // 3)
    )
    shares = tuple((name, rng.randint(1, 9)) for name in names)
    return Mission(id="made", rotations=spans, lines=wanted, pledges=pledges, caveats=caveats, shares=shares, burden=1)
