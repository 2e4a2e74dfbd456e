"""Programmes of exercises over several years: the problem, a plan for it, what it costs, and the rules that it must keep.

Law: none of its own; legal cover on the days comes from the permissions of the record. Text: docs/explanation/how-programmes-are-planned.md.
"""

from comity.exercises.programmes.checking import RULES, Broken, check_plan
from comity.exercises.programmes.costing import cost_of, missed, moved, spending
from comity.exercises.programmes.problems import (
    Budget,
    Cost,
    Cover,
    Exercise,
    HeldExercise,
    Lock,
    Order,
    Plan,
    Pool,
    Problem,
    Slots,
    Target,
    Unit,
    Way,
)
from comity.exercises.programmes.soundness import remarks, unsound

__all__ = [
    "RULES",
    "Broken",
    "Budget",
    "Cover",
    "Exercise",
    "HeldExercise",
    "Lock",
    "Order",
    "Plan",
    "Pool",
    "Problem",
    "Cost",
    "Slots",
    "Target",
    "Unit",
    "Way",
    "moved",
    "check_plan",
    "missed",
    "remarks",
    "cost_of",
    "spending",
    "unsound",
]
