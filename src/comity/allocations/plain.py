"""A plan for a budget as plain values for programs: what it funds, what it comes to, who pays, what is not known; and whether it keeps the rules.

Source: docs/schemas/allocation.json and allocation-check.json.
"""

from __future__ import annotations

from collections.abc import Sequence

from comity.allocations.problems import AllocationPlan, BudgetProblem
from comity.allocations.valuing import spent_by_year, worth_of
from comity.terms import Broken

Plain = dict[str, object]


def allocation_check_to_plain(problem: BudgetProblem, plan: AllocationPlan, first: int, broken: Sequence[Broken], notes: Sequence[str]) -> Plain:
    """Whether a plan keeps the rules, and what it comes to if it does; ``first``: the first year by the calendar."""
    return {
        "ok": not broken,
        "broken": [{"rule": one.rule, "where": one.where, "says": one.says} for one in broken],
        "allocation": None if broken else allocation_to_plain(problem, plan, first),
        "notes": list(notes),
    }


def allocation_to_plain(problem: BudgetProblem, plan: AllocationPlan, first: int) -> Plain:
    """A plan that keeps the rules: what it funds, what it comes to, who pays, what is not known; ``first``: the first year by the calendar."""
    worth = {size: worth_of(problem, plan, size) for size in ("low", "expected", "high")}
    costs = spent_by_year(problem, plan)
    return {
        "value": list(worth["expected"].value),
        "cost": worth["expected"].cost,
        "funded": [
            {"initiative": one.initiative, "level": one.level, "start": first + one.start, "costs": list(costs[one.initiative])}
            for one in plan.chosen
        ],
        "outcomes": [
            {
                "outcome": one.id, "unit": one.unit, "target": one.target, "rank": one.rank, "weight": one.weight, "added": at.added,
                "points": at.points, "low_points": low.points, "high_points": high.points,
            }
            for one, low, at, high in zip(problem.outcomes, *(worth[size].attained for size in ("low", "expected", "high")), strict=True)
        ],
        "unknown": [{"of": list(one.of), "outcome": one.outcome, "evidence": one.evidence} for one in worth["expected"].unknown],
        "paid": [
            {"initiative": one.initiative, "pot": one.pot, "year": first + one.year, "amount": one.amount} for one in plan.paid
        ],
    }  # fmt: skip
