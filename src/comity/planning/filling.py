"""Fills a statement of requirements within a time, in processes of their own; every better plan and bound is told as it comes.

One process has the solver of constraints, which proves small missions; another the linear problem, which comes near the best in large ones.
Every plan is checked by `comity.missions` before it is told; one that breaks a rule is an error of ours, never a plan. A first plan is there
at once: what was accepted, or that and more, whichever is better. The solvers are loaded by those processes alone.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import Any

from comity.missions import ForcePlan, Mission, accepted_plan, check_forces, cost_of_forces
from comity.planning.first_fillings import first_filling
from comity.planning.solving import TELL, WORKERS, Clock, PlanBroken, Progress

Step = tuple[ForcePlan | None, int | None]
"""A plan that is better, a bound that is."""
Job = Callable[[Callable[[Step], None], Mission, ForcePlan, Callable[[], float]], None]


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
    best = better_filling(mission, ForcePlan(assigned=()), (accepted_plan(mission), None), first=True)
    best = better_filling(mission, best, (first_filling(mission), None))
    begin = ForcePlan(assigned=best.assigned)
    context = multiprocessing.get_context("spawn")
    running: dict[Connection[Any, Any], BaseProcess] = {}
    heard = False
    try:
        for job in (_constraints, _linear):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_run, args=(job, theirs, mission, began + seconds, clock, begin), daemon=True)
            process.start()
            theirs.close()
            running[ours] = process
        while running and clock() - began < seconds + 5:
            some = set(wait(list(running), TELL))
            for ours in [one for one in running if one in some]:
                try:
                    best = better_filling(mission, best, ours.recv())
                    heard = True
                except EOFError:
                    del running[ours]
            now = Progress(clock() - began, best.total, best.bound)
            if not tell(now) or now.gap == 0:
                break
    except KeyboardInterrupt:
        heard = True
    finally:
        for one in running.values():
            one.terminate()
            one.join()
    if not running and not heard:
        raise PlanBroken("the solvers ended without an answer, though what was accepted is a plan; nothing of them is used")
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


def _run(job: Job, out: Connection[Any, Any], mission: Mission, until: float, clock: Clock, begin: ForcePlan) -> None:
    lock = Lock()

    def send(step: Step) -> None:
        with lock:
            out.send(step)

    try:
        job(send, mission, begin, lambda: max(0.1, until - clock()))
    except (KeyboardInterrupt, BrokenPipeError):
        pass
    finally:
        out.close()


def _constraints(send: Callable[[Step], None], mission: Mission, begin: ForcePlan, left: Callable[[], float]) -> None:
    from comity.planning.assignments import fill_whole

    send(fill_whole(mission, left(), WORKERS, begin, lambda plan, bound: send((plan, bound))))


def _linear(send: Callable[[Step], None], mission: Mission, begin: ForcePlan, left: Callable[[], float]) -> None:
    from comity.planning.assignments_linear import bound_linear, fill_linear

    send((None, bound_linear(mission, left())))
    send(fill_linear(mission, left()))
