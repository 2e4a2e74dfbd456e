"""Programmes: the exercises that are to be held over years: the problem, a plan for it, what it costs, and the rules that it must keep.

This room owns: the problem as types, the rules of a plan and their plain checker, its costs, and what cover it has on record.
It does not own: who may train where (permissions), one exercise (exercises), or the search for plans (planning).
Text: docs/explanation/how-programmes-are-planned.md.
"""

from comity.programmes.checking import RULES, check_plan
from comity.programmes.costing import cost_of, missed, moved, spending
from comity.programmes.covering import Basis, as_if_invited, bases, visits
from comity.programmes.problems import Budget, Cost, Cover, Exercise, HeldExercise, Lock, Order, Plan, Pool, Problem, Slots, Target, Unit, Way
from comity.programmes.soundness import remarks, unsound

__all__ = [
    "Basis",
    "Budget",
    "Cost",
    "Cover",
    "Exercise",
    "HeldExercise",
    "Lock",
    "Order",
    "Plan",
    "Pool",
    "Problem",
    "RULES",
    "Slots",
    "Target",
    "Unit",
    "Way",
    "as_if_invited",
    "bases",
    "check_plan",
    "cost_of",
    "missed",
    "moved",
    "remarks",
    "spending",
    "unsound",
    "visits",
]
