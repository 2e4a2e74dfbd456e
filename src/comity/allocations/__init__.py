"""Allocations: a budget put over initiatives that depend on one another: the problem, the rules of a plan and their plain checker, what it yields.

This room owns: the problem as types, the checker, what a plan is worth, the same problem with other money or figures.
It does not own: the files and the search for plans (planning).
Text: docs/explanation/how-budgets-are-allocated.md.
"""

from comity.allocations.checking import ALLOCATION_RULES, admits, check_allocation
from comity.allocations.plain import allocation_check_to_plain, allocation_to_plain
from comity.allocations.problems import (
    WHOLE,
    AllocationPlan,
    Axis,
    Balance,
    BudgetProblem,
    Chosen,
    Initiative,
    InitiativeExclusion,
    InitiativeLevel,
    InitiativeNeed,
    MoneyPot,
    OutcomeEffect,
    Payment,
    Return,
    ScarceResource,
    Size,
    Synergy,
    TargetOutcome,
    ranks_of,
)
from comity.allocations.soundness import SOURCES, Place, Unsound, budget_remarks, unsound_budget
from comity.allocations.supposing import by_size, left_out, scaled, with_effect, with_more
from comity.allocations.valuing import (
    IN_FULL,
    Attained,
    UnknownEffect,
    Worth,
    cost_of_allocation,
    height,
    points_of,
    shown,
    spent_by_year,
    times_shown,
    worth_of,
)

__all__ = [
    "ALLOCATION_RULES",
    "AllocationPlan",
    "Attained",
    "Axis",
    "Balance",
    "BudgetProblem",
    "Chosen",
    "IN_FULL",
    "Initiative",
    "InitiativeExclusion",
    "InitiativeLevel",
    "InitiativeNeed",
    "MoneyPot",
    "OutcomeEffect",
    "Payment",
    "Place",
    "Return",
    "SOURCES",
    "ScarceResource",
    "Size",
    "Synergy",
    "TargetOutcome",
    "UnknownEffect",
    "Unsound",
    "WHOLE",
    "Worth",
    "admits",
    "allocation_check_to_plain",
    "allocation_to_plain",
    "budget_remarks",
    "by_size",
    "check_allocation",
    "cost_of_allocation",
    "height",
    "left_out",
    "points_of",
    "ranks_of",
    "scaled",
    "shown",
    "spent_by_year",
    "times_shown",
    "unsound_budget",
    "with_effect",
    "with_more",
    "worth_of",
]
