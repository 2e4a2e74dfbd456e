"""A budget's plan and what was supposed besides, as plain data: docs/schemas/allocation.json and allocation-check.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from comity import allocations
from comity.allocations import AllocationPlan, BudgetProblem, worth_of
from comity.cli.allocations_told import Told, changes

if TYPE_CHECKING:
    from comity.planning import Allocated, EffectRange

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
        "allocation": None if found.plan is None else allocations.allocation_to_plain(told.problem, found.plan, told.given.first),
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
