"""Exercises: the programme of those that are to be held over years.

This room owns: the rules that a plan of exercises must keep, what a plan costs, their plain checker, and what cover a programme has on record.
It does not own: who may train where (permissions), what has to be notified (duties), or the search for plans (planning).
"""

from comity.exercises.covering import Basis, as_if_invited, bases, lacks, visits
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
    "Basis",
    "as_if_invited",
    "bases",
    "lacks",
    "visits",
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
    "RULES",
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
