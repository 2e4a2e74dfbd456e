"""Plans a programme within a time: one process improves a plan, another proves bounds, and every better plan or bound is told as it comes.

Which way is gone depends on what the problem is about: exercises with roles, or a programme that is to end early, go to the solver of constraints as
a whole; one about nations that are to train together is improved exercise by exercise while bounds are proved beside it. Every plan is checked by
`comity.programmes` before it is told; one that breaks a rule is an error of ours, never a plan. The solvers are loaded by those processes
alone: their libraries do not get on with every other.
"""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from random import Random
from typing import Any

from comity.planning.drafts import plan_of
from comity.planning.explaining import Impasse, conflicting
from comity.planning.improving import begun, improve
from comity.planning.options import Options, rounded_up
from comity.programmes import Plan, Problem, check_plan, cost_of
from comity.terms import ComityError

TELL = 0.25
"""Seconds between two looks at how far it is."""
SEED = 1
WORKERS = 8
"""Threads of the solver of constraints: more than cores, for each goes about it in a way of its own."""
FIRST_PART = 0.1
"""What part of the time goes to the bounds of whole exercises, where the problem is small enough for the linear one."""
Clock = Callable[[], float]
Step = tuple[Plan | None, int | None, bool]
"""A plan that is better, or a bound that is, or that there is no plan."""
Job = Callable[[Callable[[Step], None], Problem, float, float, Clock], None]


class PlanBroken(ComityError):
    """A solver's plan broke a rule; nothing of it is used. Say so to those who make Comity, with the problem."""


@dataclass(frozen=True, slots=True)
class Progress:
    """After so many seconds: what the best plan costs, the bound (None: none yet)."""

    seconds: float
    total: int | None
    bound: int | None

    @property
    def gap(self) -> float | None:
        """What part of its cost the best plan could be above the best possible; None: not known."""
        if self.total is None or self.bound is None:
            return None
        return 0.0 if self.total <= self.bound else (self.total - self.bound) / max(1, abs(self.total))


@dataclass(frozen=True, slots=True)
class Solved:
    """The best plan (None: none found), the bound, whether it is proved that there is no plan, and how long it took."""

    plan: Plan | None
    bound: int | None
    none: bool
    seconds: float


def solve(problem: Problem, seconds: float, clock: Clock, tell: Callable[[Progress], bool] = lambda progress: True) -> Solved:
    """The best plan within ``seconds`` by ``clock``, which counts them alike in every process (as ``time.monotonic`` does).

    ``tell`` is called with each step and a few times a second; where it answers False, what there is by then is the answer. Ctrl-C does the same.

    PlanBroken where a plan breaks a rule of the problem.
    """
    began = clock()
    jobs = [_whole] if _is_whole(problem) else [_improve, _bound]
    context = multiprocessing.get_context("spawn")
    running: dict[Connection[Any, Any], BaseProcess] = {}
    best = Solved(None, None, False, 0.0)
    try:
        for job in jobs:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_run, args=(job, theirs, problem, seconds, began + seconds, clock), daemon=True)
            process.start()
            theirs.close()
            running[ours] = process
        while running and not best.none and clock() - began < seconds + 5:
            heard = set(wait(list(running), TELL))
            for ours in [one for one in running if one in heard]:
                try:
                    best = _better(problem, best, ours.recv())
                except EOFError:
                    del running[ours]
            now = Progress(clock() - began, None if best.plan is None else best.plan.total, best.bound)
            if not tell(now) or now.gap == 0:
                break
    except KeyboardInterrupt:
        pass
    finally:
        for one in running.values():
            one.terminate()
            one.join()
    plan = best.plan if best.plan is None else replace(best.plan, bound=None if best.bound is None else min(best.bound, best.plan.total or 0))
    return replace(best, plan=plan, seconds=clock() - began)


def impasse(problem: Problem) -> Impasse[Problem] | None:
    """Why the problem has no plan, found in a process of its own; None: it has one, or that is not known in the time."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_explain, args=(theirs, problem), daemon=True)
    process.start()
    theirs.close()
    try:
        found: Impasse[Problem] | None = ours.recv()
    finally:
        process.terminate()
        process.join()
    return found


def _explain(out: Connection[Any, Any], problem: Problem) -> None:
    out.send(conflicting(problem))


def _better(problem: Problem, best: Solved, step: Step) -> Solved:
    plan, bound, none = step
    if bound is not None and (best.bound is None or bound > best.bound):
        best = replace(best, bound=max(0, bound))  # nothing costs less than nothing
    if plan is not None:
        total = cost_of(problem, plan).total
        broken = check_plan(problem, replace(plan, total=total))
        if broken:
            raise PlanBroken(f"the solver's plan breaks a rule ({broken[0].rule}: {broken[0]}); it is not used")
        if best.plan is None or best.plan.total is None or total < best.plan.total:
            best = replace(best, plan=replace(plan, total=total))
    return replace(best, none=best.none or (none and best.plan is None))


def _is_whole(problem: Problem) -> bool:
    if not problem.targets or problem.finish or any(one.roles for one in problem.exercises):
        return True
    return begun(Options(problem), Random(SEED)).lacking() > 0


def _run(job: Job, out: Connection[Any, Any], problem: Problem, seconds: float, until: float, clock: Clock) -> None:
    try:
        job(out.send, problem, seconds, until, clock)
    except (KeyboardInterrupt, BrokenPipeError):
        pass
    finally:
        out.close()


def _whole(send: Callable[[Step], None], problem: Problem, seconds: float, until: float, clock: Clock) -> None:
    from comity.planning.whole import solve as solve_whole

    found = solve_whole(Options(problem), max(0.1, until - clock()), WORKERS, lambda plan, bound: send((plan, bound, False)))
    send((found.plan, found.bound, found.none))


def _improve(send: Callable[[Step], None], problem: Problem, seconds: float, until: float, clock: Clock) -> None:
    options, rng = Options(problem), Random(SEED)
    draft = begun(options, rng)
    best = draft.total()
    send((draft.plan(), None, False))

    def left() -> Iterator[float]:
        while (part := (until - clock()) / seconds) > 0:
            yield part

    told = clock()
    for step in improve(draft, rng, left()):
        if step.total < best and step.lacking == 0 and clock() - told > TELL and draft.total() == step.total:
            best, told = step.total, clock()
            send((draft.plan(), None, False))
    if draft.total() < best:
        send((draft.plan(), None, False))


def _bound(send: Callable[[Step], None], problem: Problem, seconds: float, until: float, clock: Clock) -> None:
    from comity.planning.bounding import bounds
    from comity.planning.linear import bound as linear_bound
    from comity.planning.linear import is_small

    options = Options(problem)
    draft = begun(options, Random(SEED))
    enough = until - (1 - FIRST_PART) * seconds if is_small(options) else until
    for value in bounds(options, [placed for placed in draft.placed if placed is not None]):
        if math.isfinite(value):
            send((None, rounded_up(value), False))
        if clock() >= enough:
            break
    left = until - clock()
    if left > 1:
        proved, placed = linear_bound(options, left - 0.5, placed=draft.placed)
        send((None if placed is None else plan_of(options, placed), proved, False))
