"""Planning: solvers propose, `comity.exercises` and `comity.missions` check. Which exercises, when, where, by whom; which forces serve where.

This room owns: programmes, missions and strategies as files, plans as files, sheets and feeds, the search for plans in processes of
their own with a time, progress and cancelling, the bounds, and what to change where there is no plan.
It does not own: the rules of a plan and what it costs (exercises, missions), or who may train where (permissions).
"""

from comity.planning.explaining import Impasse
from comity.planning.feeds import plan_feed
from comity.planning.filling import Filled, fill
from comity.planning.mission_reading import MissionGiven, mission_of, read_force_plan, read_mission
from comity.planning.mission_writing import force_plan_text, mission_text, new_mission_text, place_cover_text
from comity.planning.reading import Calendar, Programme, planned_of, read_plan, read_programme
from comity.planning.sheets import plan_rows, read_plan_rows
from comity.planning.solving import PlanBroken, Progress, Solved, impasse, solve
from comity.planning.strategy_reading import StrategyRead, read_strategy, strategy_in
from comity.planning.writing import cover_text, plan_text, programme_text, targets_text

__all__ = [
    "Calendar",
    "Filled",
    "Impasse",
    "MissionGiven",
    "PlanBroken",
    "Programme",
    "Progress",
    "Solved",
    "StrategyRead",
    "cover_text",
    "fill",
    "force_plan_text",
    "impasse",
    "plan_feed",
    "plan_rows",
    "mission_of",
    "mission_text",
    "new_mission_text",
    "place_cover_text",
    "plan_text",
    "planned_of",
    "programme_text",
    "read_force_plan",
    "read_mission",
    "read_plan",
    "read_plan_rows",
    "read_programme",
    "read_strategy",
    "solve",
    "strategy_in",
    "targets_text",
]
