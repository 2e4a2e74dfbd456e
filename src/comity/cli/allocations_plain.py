"""A budget's plan and what was supposed besides, as plain data: docs/schemas/allocation.json and allocation-check.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from comity import allocations
from comity.allocations import AllocationPlan, BudgetProblem, worth_of
from comity.cli.allocations_told import Told, changes
from comity.terms import Broken

if TYPE_CHECKING:
    from comity.planning import Allocated, BudgetGiven, EffectRange

Plain = dict[str, object]


def plain(told: Told, text: str | None) -> Plain:
    """All that was found; ``text``: the plan's file, None where it was written or there is none."""
    found = told.found
    return {
        "title": told.given.title,
        "money": told.problem.money,
        "found": found.plan is not None,
        "none": found.none,
        "best": found.best,
        "cheapest": found.cheapest,
        "bounds": list(found.bounds),
        "seconds": round(found.seconds, 1),
        "allocation": None if found.plan is None else plain_plan(told.given, found.plan),
        "frontier": _supposed(told, told.frontier),
        "sizes": _supposed(told, told.sizes),
        "ranges": None if told.ranges is None or not found.cheapest else [_range(one) for one in told.ranges],
        "cuts": _supposed(told, told.cuts),
        "more": _supposed(told, told.more),
        "conflict": [] if told.why is None else [demand.says for demand in told.why.demands],
        "would_do": [] if told.why is None else [str(relief) for relief in told.why.reliefs],
        "notes": list(allocations.budget_remarks(told.problem)),
        "plan": text,
    }


def plain_check(given: BudgetGiven, plan: AllocationPlan, broken: Sequence[Broken], notes: Sequence[str]) -> Plain:
    """Whether a plan keeps the rules, and what it comes to if it does."""
    return {
        "ok": not broken,
        "broken": [{"rule": one.rule, "where": one.where, "says": one.says} for one in broken],
        "allocation": None if broken else plain_plan(given, plan),
        "notes": list(notes),
    }


def plain_plan(given: BudgetGiven, plan: AllocationPlan) -> Plain:
    """A plan that keeps the rules: what it funds, what it comes to, who pays, what is not known."""
    problem = given.problem
    worth = {size: worth_of(problem, plan, size) for size in ("low", "expected", "high")}
    costs = allocations.spent_by_year(problem, plan)
    return {
        "value": list(worth["expected"].value),
        "cost": worth["expected"].cost,
        "funded": [
            {"initiative": one.initiative, "level": one.level, "start": given.year(one.start), "costs": list(costs[one.initiative])}
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
            {"initiative": one.initiative, "pot": one.pot, "year": given.year(one.year), "amount": one.amount} for one in plan.paid
        ],
    }  # fmt: skip


def _supposed(told: Told, some: Mapping[str, Allocated] | None) -> list[Plain] | None:
    if some is None or told.plan is None:
        return None
    return [_variant(told.problem, told.plan, name, one) for name, one in some.items()]


def _variant(problem: BudgetProblem, plan: AllocationPlan, name: str, one: Allocated) -> Plain:
    comes, goes, moved = ([], [], []) if one.plan is None else changes(plan, one.plan)
    return {
        "name": name,
        "found": one.plan is not None,
        "none": one.none,
        "best": one.best,
        "value": None if one.plan is None else list(one.plan.value or ()),
        "cost": None if one.plan is None else one.plan.cost,
        "points": {} if one.plan is None else {at.outcome: at.points for at in worth_of(problem, one.plan).attained},
        "comes": comes,
        "goes": goes,
        "moved": [{"initiative": name, "years": by} for name, by in moved],
    }


def _range(one: EffectRange) -> Plain:
    return {
        "of": list(one.of), "level": one.level or None, "outcome": one.outcome, "source": one.source, "low": one.low, "expected": one.expected,
        "high": one.high, "had": one.had, "lowest": one.lowest, "highest": one.highest, "holds": one.holds, "tried": one.tried,
    }  # fmt: skip
