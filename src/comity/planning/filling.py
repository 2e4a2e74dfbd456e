"""Fills a statement of requirements within a time, in a process of its own; every better plan and bound is told as it comes.

Every plan is checked by `comity.missions` before it is told; one that breaks a rule is an error of ours, never a plan. The first plan is what was
accepted: it is there at once. The solver is loaded by that process alone.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from typing import Any

from comity.missions import ForcePlan, Mission, accepted_plan, check_forces, cost_of_forces
from comity.planning.solving import TELL, WORKERS, Clock, PlanBroken, Progress

Step = tuple[ForcePlan | None, int | None]
"""A plan that is better, a bound that is."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The best plan, with what it costs and (if that is known) what no plan costs less than; how long it took."""

    plan: ForcePlan
    seconds: float


def fill(mission: Mission, seconds: float, clock: Clock, tell: Callable[[Progress], bool] = lambda progress: True) -> Filled:
    """The best plan within ``seconds`` by ``clock``, which counts them alike in every process (as ``time.monotonic`` does).

    The mission is one in which nothing is in doubt and that is sound. ``tell`` is called with each step and a few times a second; where it answers
    False, what there is by then is the answer. Ctrl-C does the same. PlanBroken where a plan breaks a rule of the mission.
    """
    began = clock()
    begin = accepted_plan(mission)
    best = better_filling(mission, ForcePlan(assigned=()), (begin, None), first=True)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, mission, seconds, begin), daemon=True)
    try:
        process.start()
        theirs.close()
        ended, heard = False, False
        while not ended and clock() - began < seconds + 5:
            if wait([ours], TELL):
                try:
                    best = better_filling(mission, best, ours.recv())
                    heard = True
                except EOFError:
                    ended = True
                    if not heard:
                        raise PlanBroken("the solver ended without an answer, though what was accepted is a plan; nothing of it is used") from None
            now = Progress(clock() - began, best.total, best.bound)
            if not tell(now) or now.gap == 0:
                break
    except KeyboardInterrupt:
        pass
    finally:
        if process.pid is not None:
            process.terminate()
            process.join()
    bound = None if best.bound is None else min(best.bound, best.total or 0)
    return Filled(replace(best, bound=bound), clock() - began)


def better_filling(mission: Mission, best: ForcePlan, step: Step, first: bool = False) -> ForcePlan:
    """The better of what there is and a step of the solver; PlanBroken where that breaks a rule."""
    plan, bound = step
    if bound is not None and (best.bound is None or bound > best.bound):
        best = replace(best, bound=bound)
    if plan is None:
        return best
    bare = ForcePlan(assigned=plan.assigned)
    broken = check_forces(mission, bare)
    if broken:
        raise PlanBroken(f"the solver's plan breaks a rule ({broken[0].rule}: {broken[0]}); it is not used")
    total = cost_of_forces(mission, bare).total
    better = first or best.total is None or total < best.total
    return replace(bare, total=total, bound=best.bound) if better else best


def _run(out: Connection[Any, Any], mission: Mission, seconds: float, begin: ForcePlan) -> None:
    from comity.planning.assignments import fill_whole

    try:
        out.send(fill_whole(mission, seconds, WORKERS, begin, lambda plan, bound: out.send((plan, bound))))
    except (KeyboardInterrupt, BrokenPipeError):
        pass
    finally:
        out.close()
