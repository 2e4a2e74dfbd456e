"""Programmes beside one model for everything: known instances, and generated programmes of 12, 30 and 60 nations over five years.

The peers get the same problem: CP-SAT the whole of it as one model (comity.planning.whole, eight threads), HiGHS a linear model as one would write it
down first, through OR-Tools. Every plan is checked; a gap is that between what a plan costs and the bound that the same solver proved.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ortools.math_opt.python import mathopt

from bench.instances import WEIGHT, Instance, generated, known
from bench.page import machine
from comity.planning import solve
from comity.planning.options import Options
from comity.planning.whole import solve as solve_whole
from comity.programmes import Problem, check_plan, cost_of

SIZES = ((12, 24), (30, 60), (60, 120))
YEARS = 5
EVERY = 2
"""Of the known instances each so-many-th is tried."""
Outcome = tuple[int | None, int | None]
"""What the best plan costs, and the bound."""


def known_section(seconds: tuple[int, ...] = (10, 60)) -> list[str]:
    """The lines of the page about known instances: how near to the best known plans."""
    given = os.environ.get("COMITY_DATA")
    if given is None:
        return ["COMITY_DATA names no folder: no instances."]
    return [f"{machine()}. Every plan passes the checker.", "", *_instances(Path(given) / "planning", seconds)]


def generated_section(seconds: int = 60) -> list[str]:
    """The lines of the page about generated programmes: costs and bounds beside one model for everything."""
    lines = [f"{machine()}. Every plan passes the checker. A gap is (cost - bound) / cost, by each solver's own bound.", ""]
    lines += ["| nations | exercises | targets | | cost | bound | gap |", "|---|---|---|---|---|---|---|"]
    for nations, exercises in SIZES:
        problem = generated(nations, exercises, YEARS)
        for name, job in (("Comity", _ours), ("one model, CP-SAT", _whole), ("one model, HiGHS", _highs)):
            total, bound = _alone(job, problem, seconds)
            lines.append(
                f"| {nations} | {exercises} | {len(problem.targets)} | {name} | {_number(total)} | {_number(bound)} | {_gap(total, bound)} |"
            )
    return [*lines, "", f"Each has {seconds} s on the whole machine, one after another. {WEIGHT} is what a missed target weighs."]


def _instances(folder: Path, seconds: tuple[int, ...]) -> list[str]:
    lines = [
        "| instances | seconds | solved to the best known | mean gap to the best known plan | largest | bound proved |",
        "|---|---|---|---|---|---|",
    ]
    for family in ("rcpsp", "mspsp"):
        some = known(folder, family)[::EVERY]
        for limit in seconds:
            found = [(one, *_alone(_ours, one.problem, limit)) for one in some]
            gaps = [1.0 if total is None else total / one.upper - 1 for one, total, _ in found]
            best, proved = sum(gap <= 0 for gap in gaps), sum(_is_proved(one, bound) for one, _, bound in found)
            lines.append(
                f"| {family}, {len(some)} of {EVERY * len(some)} | {limit} | {best} | {sum(gaps) / len(gaps):.2%} | {max(gaps):.1%} | {proved} |"
            )
    return lines


def _is_proved(one: Instance, bound: int | None) -> bool:
    return bound is not None and bound >= one.upper


def _ours(problem: Problem, seconds: float) -> Outcome:
    found = solve(problem, seconds, time.monotonic)
    if found.plan is not None and check_plan(problem, found.plan):
        raise AssertionError("a plan breaks a rule")
    return None if found.plan is None else found.plan.total, found.bound


def _whole(problem: Problem, seconds: float) -> Outcome:
    found = solve_whole(Options(problem), seconds, 8)
    return None if found.plan is None else cost_of(problem, found.plan).total, found.bound


def _highs(problem: Problem, seconds: float) -> Outcome:
    """Whether a unit is in an exercise by quarter, and two by two, with nothing said host by host: as in the first model that comes to mind."""
    model, costs = mathopt.Model(), list[mathopt.LinearBase]()
    options = Options(problem)
    meets: list[list[mathopt.Variable]] = [[] for _ in problem.targets]
    busy: dict[tuple[int, int], list[mathopt.Variable]] = {}
    for some, one in zip(options.of, problem.exercises, strict=True):
        held = [(option, model.add_binary_variable()) for option in some]
        costs += [option.weighs * at for option, at in held]
        model.add_linear_constraint(mathopt.fast_sum(at for _, at in held) <= 1)
        for start in {option.start for option in some}:
            then = [(option, at) for option, at in held if option.start == start]
            there: dict[int, mathopt.Variable] = {}
            for unit, cost in {u: w for option, _ in then for u, _, w in option.units}.items():
                there[unit] = model.add_binary_variable()
                costs.append(cost * there[unit])
                may = [at for option, at in then if any(u == unit for u, *_ in option.units)]
                model.add_linear_constraint(there[unit] <= mathopt.fast_sum(may))
                busy.setdefault((unit, start), []).append(there[unit])
            model.add_linear_constraint(mathopt.fast_sum(there.values()) <= one.most * mathopt.fast_sum(at for _, at in then))
            pairs = {(a, b): model.add_binary_variable() for option, _ in then for a, b, _ in option.meets}
            for (a, b), both in pairs.items():
                model.add_linear_constraint(both <= there[a])
                model.add_linear_constraint(both <= there[b])
            for a, b, number in {meet for option, _ in then for meet in option.meets}:
                meets[number].append(pairs[a, b])
    for (unit, _), parts in busy.items():
        model.add_linear_constraint(mathopt.fast_sum(parts) <= problem.units[unit].at_once)
    for target, ways in zip(problem.targets, meets, strict=True):
        missed = model.add_binary_variable()
        costs.append(target.weight * missed)
        model.add_linear_constraint(mathopt.fast_sum([*ways, missed]) >= 1)
    model.minimize(mathopt.fast_sum(costs))
    found = mathopt.solve(model, mathopt.SolverType.HIGHS, params=mathopt.SolveParameters(time_limit=timedelta(seconds=seconds)))
    bounds = found.termination.objective_bounds
    return _whole_number(bounds.primal_bound), _whole_number(bounds.dual_bound)


def _whole_number(value: float) -> int | None:
    return None if abs(value) == float("inf") else round(value)


def _alone(job: Callable[[Problem, float], Outcome], problem: Problem, seconds: float) -> Outcome:
    """In a process of its own: what one solver leaves behind another does not pay for."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_told, args=(theirs, job, problem, seconds))
    process.start()
    theirs.close()
    found: Outcome = ours.recv()
    process.join()
    return found


def _told(out: Connection[Any, Any], job: Callable[[Problem, float], Outcome], problem: Problem, seconds: float) -> None:
    out.send(job(problem, seconds))


def _number(value: int | None) -> str:
    return "none" if value is None else f"{value:,}"


def _gap(total: int | None, bound: int | None) -> str:
    return "not known" if total is None or bound is None else f"{max(0, total - bound) / max(1, total):.1%}"
