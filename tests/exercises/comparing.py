"""What the slow reading says of made plans, good and broken, kept to be asked of the checker again and again."""

from __future__ import annotations

import functools
from dataclasses import replace
from random import Random

from comity.programmes import Plan, Problem, check_plan, cost_of
from oracles import programmes as oracle
from tests.exercises.made import BREAKS, made

SEEDS, EACH = 150, 12
Said = tuple[Problem, Plan, set[tuple[str, str]], int | None]


@functools.cache
def said() -> tuple[Said, ...]:
    """Plans that keep every rule, and each rule broken in some ways: what is broken of each, and what it costs where that can be said."""
    cases = [made(seed) for seed in range(SEEDS)]
    cases += [(problem, replace(plan, held=())) for problem, plan in cases[:EACH]]
    cases += [(replace(problem, shares=(), burden=2), plan) for problem, plan in cases[:EACH]]
    for rule, breaks in BREAKS.items():
        some = (breaks(Random(seed), *made(seed)) for seed in range(SEEDS) if made(seed)[1].held)
        cases += [case for case in some if case is not None][:EACH] if rule not in ("once", "open") else [case for case in some if case is not None]
    cases += [(problem, replace(plan, total=oracle.total(problem, plan) + seed % 3 - 1)) for seed, (problem, plan) in enumerate(cases[:SEEDS])]
    cases += [(problem, replace(plan, bound=oracle.total(problem, plan) + seed % 2)) for seed, (problem, plan) in enumerate(cases[:SEEDS])]
    found = []
    for problem, plan in cases:
        broken = oracle.broken(problem, plan)
        found.append((problem, plan, broken, None if any(rule in ("known", "once") for rule, _ in broken) else oracle.total(problem, plan)))
    return tuple(found)


def checker_agrees() -> bool:
    """Does the checker name the same rules in the same places, and the same cost?"""
    return all(
        {(one.rule, one.where) for one in check_plan(problem, plan)} == broken and (total is None or cost_of(problem, plan).total == total)
        for problem, plan, broken, total in said()
    )
