"""A budget problem with a plan for it as rows: outcomes, initiatives, what is spent, out of which pot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from comity import allocations
from comity.allocations import AllocationPlan, BudgetProblem, Worth
from comity.terms import Broken

if TYPE_CHECKING:
    from comity.planning import BudgetGiven

UNREADABLE = ("known", "once")
"""While one of these rules is broken a plan has no worth."""
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Looked:
    """A problem, and a plan for it (None: none was brought) with the rules that it breaks and what is to be borne in mind."""

    given: BudgetGiven
    plan: AllocationPlan | None
    broken: tuple[Broken, ...]
    notes: tuple[str, ...]

    @property
    def problem(self) -> BudgetProblem:
        return self.given.problem

    @property
    def years(self) -> list[int]:
        """By the calendar."""
        return [self.given.year(n) for n in range(self.problem.years)]

    @property
    def worthy(self) -> AllocationPlan | None:
        """The plan, if it can be told what it is worth."""
        return None if any(one.rule in UNREADABLE for one in self.broken) else self.plan


def worth_by_year(problem: BudgetProblem, plan: AllocationPlan) -> list[tuple[Worth, Worth, Worth]]:
    """What the plan has come to by the end of each year: by the low, the expected and the high figures."""
    until = [replace(problem, years=number) for number in range(1, problem.years + 1)]
    return [(allocations.worth_of(one, plan, "low"), allocations.worth_of(one, plan), allocations.worth_of(one, plan, "high")) for one in until]


def initiative_rows(looked: Looked) -> list[Plain]:
    """Each level of each initiative as a row of a table."""
    return [
        {
            "initiative": one.id, "kind": one.kind, "partners": list(one.partners), "region": one.region or None,
            "earliest": looked.given.year(one.earliest), "latest": looked.given.year(one.latest), "must": one.must, "out": one.out,
            "level": level.name, "costs": list(level.costs), "years": level.years,
            "effects": [
                {
                    "outcome": effect.outcome, "low": effect.low, "expected": effect.expected, "high": effect.high, "source": effect.source,
                    "evidence": effect.evidence or None, "after": effect.after, "yearly": effect.yearly,
                }
                for effect in level.effects
            ],
        }
        for one in looked.problem.initiatives
        for level in one.levels
    ]  # fmt: skip


def outcome_rows(looked: Looked) -> list[Plain]:
    """Each outcome as a row of a table; with a plan, how far it is attained by the end of each year, in per cent of the target."""
    rows: list[Plain] = [
        {"outcome": one.id, "unit": one.unit, "target": one.target, "rank": one.rank, "weight": one.weight} for one in looked.problem.outcomes
    ]
    if looked.worthy is None:
        return rows
    for year, (low, expected, high) in zip(looked.years, worth_by_year(looked.problem, looked.worthy), strict=True):
        for row, least, at, most in zip(rows, low.attained, expected.attained, high.attained, strict=True):
            row.update({f"{year}": at.points / 100, f"{year} low": least.points / 100, f"{year} high": most.points / 100})
    return rows


def spent_rows(looked: Looked) -> list[Plain]:
    """Each initiative that the plan funds as a row of a table, with what it costs in each year."""
    plan = looked.worthy
    if plan is None:
        return []
    costs = allocations.spent_by_year(looked.problem, plan)
    levels = {one.initiative: one for one in plan.chosen}
    return [
        {
            "initiative": name, "level": levels[name].level, "start": looked.given.year(levels[name].start),
            **{f"{year}": cost for year, cost in zip(looked.years, some, strict=True)}, "together": sum(some),
        }
        for name, some in sorted(costs.items(), key=lambda one: -sum(one[1]))
    ]  # fmt: skip


def pot_rows(looked: Looked) -> Iterator[tuple[str, list[tuple[int | None, int]], int | None]]:
    """Each pot: what the plan takes out of it (None: no plan) and what is put into it, year by year; and what is taken in all."""
    plan = looked.worthy
    for pot in looked.problem.pots:
        if plan is None:
            yield pot.id, [(None, amount) for amount in pot.amounts], None
            continue
        paid = [sum(one.amount for one in plan.paid if (one.pot, one.year) == (pot.id, year)) for year in range(looked.problem.years)]
        yield pot.id, list(zip(paid, pot.amounts, strict=True)), sum(paid)


def looked_to_plain(looked: Looked) -> Plain:
    """The problem and the check of the plan, as plain data."""
    problem, plan, first = looked.problem, looked.plan, looked.given.first
    return {
        "title": looked.given.title,
        "money": problem.money,
        "years": looked.years,
        "pots": [{"pot": one.id, "amounts": list(one.amounts)} for one in problem.pots],
        "outcomes": [{"outcome": one.id, "unit": one.unit, "target": one.target, "rank": one.rank, "weight": one.weight} for one in problem.outcomes],
        "initiatives": initiative_rows(looked),
        "notes": list(looked.notes),
        "check": None if plan is None else allocations.allocation_check_to_plain(problem, plan, first, looked.broken, looked.notes),
    }
