"""The same problem, supposed otherwise: with more or less money, by the low or the high figures, without an initiative, with one effect changed.

Source: how-budgets-are-allocated.md, section 5.
"""

from __future__ import annotations

from dataclasses import replace

from comity.allocations.problems import BudgetProblem, InitiativeLevel, OutcomeEffect, Size, Synergy
from comity.allocations.valuing import figure


def scaled(problem: BudgetProblem, percent: int) -> BudgetProblem:
    """With such a percentage of the money in every pot and year, rounded down. What must be spent stays as it is."""
    pots = (replace(pot, amounts=tuple(amount * percent // 100 for amount in pot.amounts)) for pot in problem.pots)
    return replace(problem, pots=tuple(pots))


def with_more(problem: BudgetProblem, pot: str, amount: int) -> BudgetProblem:
    """With so much more in a pot, spread evenly over the years; what does not divide evenly comes in the first ones."""
    each, rest = divmod(amount, problem.years)
    more = [each + (year < rest) for year in range(problem.years)]
    pots = (replace(one, amounts=tuple(a + b for a, b in zip(one.amounts, more, strict=True))) if one.id == pot else one for one in problem.pots)
    return replace(problem, pots=tuple(pots))


def left_out(problem: BudgetProblem, initiative: str) -> BudgetProblem:
    """Without an initiative, also where it must be funded."""
    some = (replace(one, must=None, out=True) if one.id == initiative else one for one in problem.initiatives)
    return replace(problem, initiatives=tuple(some))


def by_size(problem: BudgetProblem, size: Size) -> BudgetProblem:
    """With the low, or the high, figure of every effect as what is expected."""
    initiatives = tuple(
        replace(
            one,
            levels=tuple(
                replace(level, effects=tuple(replace(effect, expected=figure(effect, size)) for effect in level.effects)) for level in one.levels
            ),
        )
        for one in problem.initiatives
    )
    return replace(problem, initiatives=initiatives, synergies=tuple(replace(one, expected=figure(one, size)) for one in problem.synergies))


def with_effect(problem: BudgetProblem, effect: OutcomeEffect | Synergy, initiative: str, level: str, expected: int) -> BudgetProblem:
    """With another figure as what is expected of one effect: of an initiative's level, or (these blank) a synergy."""
    if isinstance(effect, Synergy):
        return replace(problem, synergies=tuple(replace(one, expected=expected) if one == effect else one for one in problem.synergies))

    def changed(one: InitiativeLevel) -> InitiativeLevel:
        return replace(one, effects=tuple(replace(other, expected=expected) if other == effect else other for other in one.effects))

    some = (
        replace(one, levels=tuple(changed(at) if at.name == level else at for at in one.levels)) if one.id == initiative else one
        for one in problem.initiatives
    )
    return replace(problem, initiatives=tuple(some))
