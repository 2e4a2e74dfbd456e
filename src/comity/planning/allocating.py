"""Puts a budget over initiatives within a time, in processes of their own; every better plan and bound is told as it comes, every plan is checked.

One has the solver of constraints, which proves small budgets; another the linear problem, which comes nearest in large ones.
A plan that breaks a rule is an error of ours, never a plan. The same is asked of problems that are supposed otherwise: more or less money, other
figures, an initiative less. The solver is loaded by those processes alone.
Source: how-budgets-are-allocated.md, sections 4 and 5.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import Any

from comity.allocations import (
    WHOLE,
    AllocationPlan,
    BudgetProblem,
    OutcomeEffect,
    Synergy,
    Worth,
    check_allocation,
    left_out,
    scaled,
    with_more,
    worth_of,
)
from comity.planning.allocation_impasses import BudgetImpasse
from comity.planning.allocation_ranges import EffectRange
from comity.planning.solving import TELL, WORKERS, Clock, PlanBroken
from comity.terms import BadInput

Job = Callable[..., None]
MOST = 1 << 62
"""No sum that the solver makes comes to so much."""
FRONTIER = tuple(range(0, 151, 10))
"""The percentages of the money at which a frontier is worked out."""


@dataclass(frozen=True, slots=True)
class Allocated:
    """The best plan found (None: none), with its worth and bounds; is it proved that there is none, that it is best, that it is cheapest?"""

    plan: AllocationPlan | None
    none: bool
    best: bool
    cheapest: bool
    bounds: tuple[int, ...] = ()
    seconds: float = 0.0


NOTHING = Allocated(None, False, False, False)


@dataclass(frozen=True, slots=True)
class AllocationProgress:
    """After so many seconds: what the best plan is worth by rank (None: none yet) and the bounds; or how many questions are answered, of how many."""

    seconds: float
    value: tuple[int, ...] | None = None
    bounds: tuple[int, ...] = ()
    done: int = 0
    of: int = 1

    @property
    def gap(self) -> float | None:
        """What part of the bound the plan may lack in the first rank that is not proved at most; None: not known."""
        if self.value is None:
            return None
        for value, bound in zip(self.value, self.bounds, strict=False):
            if value < bound:
                return (bound - value) / bound
        return 0.0 if len(self.bounds) == len(self.value) else None


@dataclass(frozen=True, slots=True)
class Supposed:
    """A problem that is supposed otherwise, and what is supposed."""

    name: str
    problem: BudgetProblem


Watch = Callable[[AllocationProgress], bool]


def _go_on(progress: AllocationProgress) -> bool:
    return True


def allocate(problem: BudgetProblem, seconds: float, clock: Clock, tell: Watch = _go_on) -> Allocated:
    """The best plan within ``seconds`` by ``clock``, which counts them alike in every process (as ``time.monotonic`` does).

    ``tell`` is called with each step and a few times a second; where it answers False, what there is by then is the answer. Ctrl-C does the same.
    PlanBroken where a plan breaks a rule of the problem; BadInput where its figures are larger than can be added up.
    """
    countable(problem)
    began, best = clock(), NOTHING
    try:
        with closing(_heard((_plan, _linear_plan), (problem,), began + seconds, clock)) as heard:
            for found in heard:
                best = best if found is None else better_allocation(problem, best, found)
                now = AllocationProgress(clock() - began, None if best.plan is None else best.plan.value, best.bounds)
                if not tell(now) or best.cheapest or best.none:
                    break
    except KeyboardInterrupt:
        pass
    return _settled(best, clock() - began)


def allocate_supposed(
    some: Sequence[Supposed], seconds: float, clock: Clock, begin: AllocationPlan | None = None, tell: Watch = _go_on
) -> dict[str, Allocated]:
    """The best plan of each supposed problem, in ``seconds`` together; ``begin``: a plan to begin with. What was not come to is not there."""
    for one in some:
        countable(one.problem)
    began, found = clock(), dict[str, Allocated]()
    problems = {one.name: one.problem for one in some}
    try:
        with closing(_heard((_plans,), (tuple(some), begin), began + seconds, clock)) as heard:
            for answer in heard:
                if answer is not None:
                    name, one = answer
                    found[name] = _settled(better_allocation(problems[name], NOTHING, one), 0.0)
                if not tell(AllocationProgress(clock() - began, done=len(found), of=len(some))):
                    break
    except KeyboardInterrupt:
        pass
    return found


def effect_ranges(problem: BudgetProblem, plan: AllocationPlan, seconds: float, clock: Clock, tell: Watch = _go_on) -> tuple[EffectRange, ...]:
    """For each known effect that has a low or a high figure, between which figures the plan, best as it is expected, stays best. What was not come to
    is not there.
    """
    began, found = clock(), list[EffectRange]()
    try:
        with closing(_heard((_ranges,), (problem, plan), began + seconds, clock)) as heard:
            of = 1
            for answer in heard:
                if isinstance(answer, int):
                    of = answer
                elif answer is not None:
                    found.append(answer)
                if not tell(AllocationProgress(clock() - began, done=len(found), of=of)):
                    break
    except KeyboardInterrupt:
        pass
    return tuple(found)


def allocation_impasse(problem: BudgetProblem, seconds: float, clock: Clock) -> BudgetImpasse | None:
    """Why the problem has no plan; None: it has one, or that is not known in the time."""
    with closing(_heard((_explain,), (problem,), clock() + seconds, clock)) as heard:
        return next((answer for answer in heard if answer is not None), None)


def frontier_of(problem: BudgetProblem, percents: Sequence[int] = FRONTIER) -> tuple[Supposed, ...]:
    """The problem with such percentages of its money, named by them."""
    return tuple(Supposed(f"{percent} %", scaled(problem, percent)) for percent in percents)


def cuts_of(problem: BudgetProblem, plan: AllocationPlan) -> tuple[Supposed, ...]:
    """The problem without each initiative that the plan funds, named by it."""
    return tuple(Supposed(one.initiative, left_out(problem, one.initiative)) for one in plan.chosen)


def more_of(problem: BudgetProblem, amount: int) -> tuple[Supposed, ...]:
    """The problem with so much more money in each pot by itself, named by it."""
    return tuple(Supposed(pot.id, with_more(problem, pot.id, amount)) for pot in problem.pots)


def countable(problem: BudgetProblem) -> None:
    """BadInput where the solver, which counts in whole numbers of 64 bits, could not add up the problem's figures."""
    p, levels = problem, [level for one in problem.initiatives for level in one.levels]
    effects: list[OutcomeEffect | Synergy] = [*(effect for level in levels for effect in level.effects), *p.synergies]
    slopes = [step.counts for outcome in p.outcomes for step in outcome.returns]
    costs = sum(p.years * max(level.costs, default=0) for level in levels)
    uses = sum(p.years * max(amounts, default=0) for level in levels for _, amounts in level.uses)
    yields = sum(p.years * max(abs(figure or 0) for figure in (one.low, one.expected, one.high)) for one in effects)
    goals = sum(outcome.target + sum(step.upto or 0 for step in outcome.returns) for outcome in p.outcomes)
    for what, most in (
        ("money", 100 * (costs + sum(sum(pot.amounts) for pot in p.pots) + sum((one.least or 0) + (one.most or 0) for one in p.balances))),
        ("resources", uses + sum(sum(one.amounts) for one in p.resources)),
        ("outcomes and effects", WHOLE * max(100, *slopes, 0) * (yields + goals)),
        ("weights", WHOLE * sum(outcome.weight for outcome in p.outcomes)),
    ):
        if most >= MOST:
            raise BadInput(f"the figures of {what} are larger than a solver can add up; write them in a larger unit")


def better_allocation(problem: BudgetProblem, best: Allocated, found: Any) -> Allocated:
    """The better of what there is and what the solver found; PlanBroken where that breaks a rule."""
    if found.bounds and (not best.bounds or len(found.bounds) > len(best.bounds) or found.bounds < best.bounds):
        best = replace(best, bounds=found.bounds)
    if found.plan is not None:
        bare = AllocationPlan(chosen=found.plan.chosen, paid=found.plan.paid)
        broken = check_allocation(problem, bare)
        if broken:
            raise PlanBroken(f"the solver's plan breaks a rule ({broken[0].rule}: {broken[0]}); it is not used")
        worth = worth_of(problem, bare)
        if best.plan is None or _merit(worth) >= (best.plan.value or (), -(best.plan.cost or 0)):
            best = replace(best, plan=replace(bare, value=worth.value, cost=worth.cost))
    value = () if best.plan is None else best.plan.value or ()
    proved = bool(value) and len(best.bounds) == len(value) and value >= best.bounds
    none = best.none or (found.none and best.plan is None)
    return replace(best, none=none, best=best.best or found.best or proved, cheapest=best.cheapest or found.cheapest)


def _merit(worth: Worth) -> tuple[tuple[int, ...], int]:
    return worth.value, -worth.cost


def _settled(best: Allocated, seconds: float) -> Allocated:
    """With bounds that are no lower than what the plan is worth, told in the plan as well."""
    plan, bounds = best.plan, best.bounds
    if plan is not None:
        value = plan.value or ()
        bounds = max(bounds, value[: len(bounds)])
        plan = replace(plan, bounds=bounds)
    return replace(best, plan=plan, bounds=bounds, seconds=seconds)


def _heard(jobs: tuple[Job, ...], given: tuple[Any, ...], until: float, clock: Clock) -> Generator[Any]:
    """What processes of their own say, None where they have said nothing for a while; it ends with the last, or some seconds after ``until``."""
    context = multiprocessing.get_context("spawn")
    running: dict[Connection[Any, Any], BaseProcess] = {}
    try:
        for job in jobs:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_run, args=(job, theirs, given, until, clock), daemon=True)
            process.start()
            theirs.close()
            running[ours] = process
        while running and clock() < until + 5:
            some = set(wait(list(running), TELL))
            if not some:
                yield None
            for ours in [one for one in running if one in some]:
                try:
                    said = ours.recv()
                except EOFError:
                    del running[ours]
                    continue
                yield said
    finally:
        for one in running.values():
            one.terminate()
            one.join()


def _run(job: Job, out: Connection[Any, Any], given: tuple[Any, ...], until: float, clock: Clock) -> None:
    lock = Lock()

    def send(said: object) -> None:
        with lock:
            out.send(said)

    try:
        job(send, *given, lambda: max(0.1, until - clock()))
    except (KeyboardInterrupt, BrokenPipeError):
        pass
    finally:
        out.close()


def threads() -> int:
    """How many threads the solver of constraints has: all cores but the one on which the linear problem is solved."""
    return min(WORKERS, max(1, (os.cpu_count() or 1) - 1))


def _plan(send: Callable[[object], None], problem: BudgetProblem, left: Callable[[], float]) -> None:
    from comity.planning.allocation_searching import FoundAllocation, best_allocation

    def tell(plan: AllocationPlan | None, bounds: tuple[int, ...]) -> None:
        send(FoundAllocation(plan, bounds))

    send(best_allocation(problem, left, threads(), None, tell))


def _linear_plan(send: Callable[[object], None], problem: BudgetProblem, left: Callable[[], float]) -> None:
    from comity.planning.allocation_linear import linear_allocation

    send(linear_allocation(problem, left))


def _plans(send: Callable[[object], None], some: tuple[Supposed, ...], begin: AllocationPlan | None, left: Callable[[], float]) -> None:
    from comity.planning.allocation_searching import best_allocation

    for number, one in enumerate(some):
        send((one.name, best_allocation(one.problem, partial(_part, left, left() * (1 - 1 / (len(some) - number))), 1, begin)))


def _part(left: Callable[[], float], kept: float) -> float:
    """What is left, but for what is kept for others."""
    return max(0.1, left() - kept)


def _ranges(send: Callable[[object], None], problem: BudgetProblem, plan: AllocationPlan, left: Callable[[], float]) -> None:
    from comity.planning.allocation_ranges import asked_of, range_of

    asked = asked_of(problem, plan)
    send(len(asked))
    for one in asked:
        send(range_of(problem, plan, one, left))


def _explain(send: Callable[[object], None], problem: BudgetProblem, left: Callable[[], float]) -> None:
    from comity.planning.allocation_impasses import conflicting_in_budget

    send(conflicting_in_budget(problem, left))
