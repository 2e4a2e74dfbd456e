"""Within which figures of an effect does a plan stay the best? Solved again at the low and the high figure; where it is not best there, halved.

Raising an effect can only help plans that have it, and a plan is worth no less with more of an effect. So an effect that the plan does not have can
unseat it upwards alone. For one that it has, both ends are tried, and between an end at which another plan is better and what is expected the range
is halved, as if a plan that was unseated once stayed so: the figures next to the limit are tried, those between tried ones are not.
Source: how-budgets-are-allocated.md, section 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from comity.allocations import AllocationPlan, BudgetProblem, OutcomeEffect, Synergy, shown, with_effect, worth_of


@dataclass(frozen=True, slots=True)
class AskedEffect:
    """An effect of an initiative's level, or (``level`` blank) of two together; ``had``: the plan has it."""

    of: tuple[str, ...]
    level: str
    effect: OutcomeEffect | Synergy
    had: bool


@dataclass(frozen=True, slots=True)
class EffectRange:
    """The plan is best from ``lowest`` to ``highest``, as far as was tried (``tried`` times). None: not known in the time."""

    of: tuple[str, ...]
    level: str
    outcome: str
    source: str
    low: int
    expected: int
    high: int
    had: bool
    lowest: int | None
    highest: int | None
    tried: int

    @property
    def holds(self) -> bool | None:
        """Does the plan stay best from the low to the high figure? None: not known."""
        if self.lowest is None or self.highest is None:
            return None
        return self.lowest <= self.low and self.high <= self.highest


def asked_of(problem: BudgetProblem, plan: AllocationPlan) -> list[AskedEffect]:
    """The known effects with a low or a high figure that is not what is expected, those that the plan has first."""
    has = {(of, id(effect)) for of, effect, _ in shown(problem, plan)}
    found = [AskedEffect(of, level, effect, (of, id(effect)) in has) for of, level, effect in _every(problem) if _is_open(effect)]
    return sorted(found, key=lambda one: not one.had)


def range_of(problem: BudgetProblem, plan: AllocationPlan, asked: AskedEffect, left: Callable[[], float]) -> EffectRange:
    """The range of one effect; the plan is best at what is expected."""
    effect = asked.effect
    low, expected, high = effect.low or 0, effect.expected or 0, effect.high or 0
    tried = 0

    def is_best(figure: int) -> bool | None:
        nonlocal tried
        tried += 1
        return is_best_still(with_effect(problem, effect, asked.of[0], asked.level, figure), plan, left)

    lowest = _limit(expected, low, is_best) if asked.had and low < expected else low
    highest = _limit(expected, high, is_best) if high > expected else high
    return EffectRange(asked.of, asked.level, effect.outcome, effect.source, low, expected, high, asked.had, lowest, highest, tried)


def is_best_still(problem: BudgetProblem, plan: AllocationPlan, left: Callable[[], float]) -> bool | None:
    """Is no plan of the problem worth more, or as much and cheaper? None: not known in the time."""
    from comity.planning.allocation_searching import best_allocation

    worth = worth_of(problem, plan)
    if left() <= NO_TIME:
        return None
    found = best_allocation(problem, left, 1, plan, drawn=False)
    if found.plan is not None:
        other = worth_of(problem, found.plan)
        if (other.value, -other.cost) > (worth.value, -worth.cost):
            return False
    return True if found.cheapest else None


NO_TIME = 0.1
"""With so many seconds left nothing more is tried."""


def _limit(sure: int, end: int, is_best: Callable[[int], bool | None]) -> int | None:
    """The last figure from one at which the plan is best towards an end at which it is best, or the end itself; None: not known."""
    at_end = is_best(end)
    if at_end is None or at_end:
        return end if at_end else None
    good, bad = sure, end
    while abs(bad - good) > 1:
        middle = (good + bad) // 2
        best = is_best(middle)
        if best is None:
            return None
        good, bad = (middle, bad) if best else (good, middle)
    return good


def _every(problem: BudgetProblem) -> Iterator[tuple[tuple[str, ...], str, OutcomeEffect | Synergy]]:
    for one in problem.initiatives:
        for level in () if one.out else one.levels:
            yield from (((one.id,), level.name, effect) for effect in level.effects)
    yield from ((one.initiatives, "", one) for one in problem.synergies)


def _is_open(effect: OutcomeEffect | Synergy) -> bool:
    return effect.expected is not None and (effect.low, effect.high) != (effect.expected, effect.expected)
