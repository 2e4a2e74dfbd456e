"""What is a plan worth? How far each outcome is attained, the value by rank, what it costs; and which effects are not known and count nothing.

Source: how-budgets-are-allocated.md, section 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.allocations.problems import (
    WHOLE,
    AllocationPlan,
    BudgetProblem,
    Chosen,
    Initiative,
    InitiativeLevel,
    OutcomeEffect,
    Return,
    Size,
    Synergy,
    TargetOutcome,
    ranks_of,
)

IN_FULL = Return(upto=None, counts=100)


@dataclass(frozen=True, slots=True)
class Attained:
    """How far a plan comes in one outcome. ``added``: what effects and synergies add up to, in its unit; ``counted``: in hundredths
    of that unit, after diminishing returns; ``points``: of the target, in hundredths of a per cent, never more than the whole.
    """

    outcome: str
    added: int
    counted: int
    points: int


@dataclass(frozen=True, slots=True)
class UnknownEffect:
    """An effect on an outcome of which nobody said how large it is: it counts nothing, and is told. ``of``: the initiative, or the two."""

    of: tuple[str, ...]
    outcome: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Worth:
    """What a plan comes to: each outcome, the weighted points by rank, the cost, what is not known."""

    attained: tuple[Attained, ...]
    value: tuple[int, ...]
    cost: int
    unknown: tuple[UnknownEffect, ...]


def worth_of(problem: BudgetProblem, plan: AllocationPlan, size: Size = "expected") -> Worth:
    """The worth of a plan whose initiatives and levels the problem has, by the low, the expected or the high figures."""
    attained = tuple(_attained(problem, plan, outcome, size) for outcome in problem.outcomes)
    points = {one.outcome: one.points for one in attained}
    value = tuple(sum(one.weight * points[one.id] for one in problem.outcomes if one.rank == rank) for rank in ranks_of(problem.outcomes))
    return Worth(attained, value, cost_of_allocation(problem, plan), tuple(_unknown(problem, plan)))


def cost_of_allocation(problem: BudgetProblem, plan: AllocationPlan) -> int:
    """What a plan costs within the years of the problem."""
    return sum(sum(costs) for costs in spent_by_year(problem, plan).values())


def spent_by_year(problem: BudgetProblem, plan: AllocationPlan) -> dict[str, tuple[int, ...]]:
    """What each initiative of a plan costs, year by year."""
    return {
        one.initiative: tuple(level.cost_in(year - one.start) for year in range(problem.years)) for one, _, level in found_in(problem, plan.chosen)
    }


def found_in(problem: BudgetProblem, chosen: tuple[Chosen, ...]) -> Iterator[tuple[Chosen, Initiative, InitiativeLevel]]:
    """What is chosen of what there is, with its initiative and its level."""
    initiatives = {one.id: one for one in problem.initiatives}
    for one in chosen:
        initiative = initiatives.get(one.initiative)
        level = None if initiative is None else next((level for level in initiative.levels if level.name == one.level), None)
        if initiative is not None and level is not None:
            yield one, initiative, level


def height(initiative: Initiative, level: str | None) -> int:
    """The place of a level among those of its initiative, the least first; None: the least."""
    return 0 if level is None else [one.name for one in initiative.levels].index(level)


def points_of(outcome: TargetOutcome, added: int) -> tuple[int, int]:
    """What an outcome comes to when so much is added up: in hundredths of its unit after diminishing returns, and in points of its target."""
    counted, below = 0, 0
    for step in outcome.returns or (IN_FULL,):
        top = added if step.upto is None else min(added, step.upto)
        counted += step.counts * max(0, top - below)
        below = max(below, top)
    return counted, min(WHOLE, counted * WHOLE // (100 * outcome.target))


def figure(effect: OutcomeEffect | Synergy, size: Size) -> int | None:
    """The low, the expected or the high figure of an effect; None: not known."""
    return effect.low if size == "low" else effect.high if size == "high" else effect.expected


def _attained(problem: BudgetProblem, plan: AllocationPlan, outcome: TargetOutcome, size: Size) -> Attained:
    added = sum(times * (figure(effect, size) or 0) for _, effect, times in shown(problem, plan) if effect.outcome == outcome.id)
    counted, points = points_of(outcome, added)
    return Attained(outcome.id, added, counted, points)


def _unknown(problem: BudgetProblem, plan: AllocationPlan) -> Iterator[UnknownEffect]:
    for of, effect, _ in shown(problem, plan):
        if effect.expected is None:
            yield UnknownEffect(of, effect.outcome, effect.evidence)


def shown(problem: BudgetProblem, plan: AllocationPlan) -> Iterator[tuple[tuple[str, ...], OutcomeEffect | Synergy, int]]:
    """The effects of what is funded, and of two together, that show in the years of the problem: whose they are, and how many times each counts."""
    there = {one.initiative: (one, initiative, level) for one, initiative, level in found_in(problem, plan.chosen)}
    for one, _, level in there.values():
        for effect in level.effects:
            if times := times_shown(effect, level.years, one.start, problem.years):
                yield (one.initiative,), effect, times
    for synergy in problem.synergies:
        both = [there[name] for name in synergy.initiatives if name in there]
        if len(both) == 2 and all(
            height(initiative, level.name) >= height(initiative, least) for (_, initiative, level), least in zip(both, synergy.levels, strict=True)
        ):
            if times := times_shown(synergy, None, max(one.start for one, _, _ in both), problem.years):
                yield synergy.initiatives, synergy, times


def times_shown(effect: OutcomeEffect | Synergy, lasts: int | None, start: int, years: int) -> int:
    """How many times an effect counts whose initiative begins in the year ``start`` and lasts so many (None: to the end)."""
    left = max(0, years - max(0, start + effect.after))
    if not effect.yearly:
        return min(1, left)
    return left if lasts is None else min(left, lasts)
