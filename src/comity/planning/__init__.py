"""Planning: solvers propose, `comity.programmes`, `comity.missions` and `comity.allocations` check. Which exercises, when, where, by whom; which
forces serve where; which initiatives are funded.

This room owns: programmes, missions, strategies and budgets as files, plans as files, sheets and feeds, the search for plans in processes of their
own with a time, progress and cancelling, the bounds, and what to change where there is no plan.
It does not own: the rules of a plan and what it costs or is worth (programmes, missions, allocations), or who may train where (permissions).
"""

from comity.planning.allocating import (
    FRONTIER,
    Allocated,
    AllocationProgress,
    Supposed,
    allocate,
    allocate_supposed,
    allocation_impasse,
    cuts_of,
    effect_ranges,
    frontier_of,
    more_of,
)
from comity.planning.allocation_pictures import allocation_svg
from comity.planning.allocation_ranges import EffectRange
from comity.planning.allocation_reading import BudgetGiven, allocation_of, read_allocation, read_allocation_plan
from comity.planning.allocation_writing import allocation_plan_text, allocation_text
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
    "Allocated",
    "AllocationProgress",
    "BudgetGiven",
    "EffectRange",
    "FRONTIER",
    "Supposed",
    "allocate",
    "allocation_impasse",
    "allocation_of",
    "allocation_plan_text",
    "allocation_svg",
    "allocation_text",
    "cuts_of",
    "effect_ranges",
    "frontier_of",
    "more_of",
    "read_allocation",
    "read_allocation_plan",
    "allocate_supposed",
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
