"""Planning: solvers propose, `comity.exercises` checks. Which exercises, when, where, by whom; how near to the best; why there is no plan.

This room owns: programmes as files, the search for plans in processes of their own with a time, progress and cancelling, the bounds, and what to
change where there is no plan.
It does not own: the rules of a plan and what it costs (exercises), or who may train where (permissions).
"""

from comity.planning.explaining import Impasse
from comity.planning.reading import Calendar, Programme, planned_of, read_plan, read_programme
from comity.planning.solving import PlanBroken, Progress, Solved, impasse, solve
from comity.planning.writing import cover_text, plan_text, programme_text, targets_text

__all__ = [
    "Calendar",
    "Impasse",
    "PlanBroken",
    "Programme",
    "Progress",
    "Solved",
    "cover_text",
    "impasse",
    "plan_text",
    "planned_of",
    "programme_text",
    "read_plan",
    "read_programme",
    "solve",
    "targets_text",
]
