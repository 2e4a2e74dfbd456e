"""Missions: forces that are generated for them, who bears how much, and pools whose accounts balance.

This room owns: in what state each line of a statement of requirements is, what stands in the way of a pledge, the rules that a plan of who serves
where must keep, what it costs, whom to ask for what lacks; the accounts of pools. It does not own: who may be where (permissions), or the
search for plans (planning).
"""

from comity.missions.forces.checking import RULE_NAMES, BrokenRule, check_forces
from comity.missions.forces.costing import Bearing, Burden, ForceCost, burden_of, cost_of_forces, deployed_plan, missing_units, pledged_plan
from comity.missions.forces.explaining import Ask, Gap, explain_gaps
from comity.missions.forces.folding import OnRecord, mission_on_record, missions_on_record
from comity.missions.forces.missions import (
    ALWAYS,
    Acceptance,
    AcceptedGap,
    Assigned,
    Capable,
    Caveat,
    Ceiling,
    Days,
    ForcePlan,
    Line,
    Mandate,
    Mission,
    PlaceCover,
    Pledge,
    Rotation,
)
from comity.missions.forces.obstacles import Obstacle, obstacles
from comity.missions.forces.soundness import mission_remarks, unsound_mission
from comity.missions.forces.states import STATES, Counted, LineState, accepted_plan, narrowly, states

__all__ = [
    "ALWAYS",
    "Acceptance",
    "AcceptedGap",
    "Ask",
    "Assigned",
    "Bearing",
    "BrokenRule",
    "Burden",
    "Capable",
    "Caveat",
    "Ceiling",
    "Counted",
    "Days",
    "ForceCost",
    "ForcePlan",
    "Gap",
    "Line",
    "LineState",
    "Mandate",
    "Mission",
    "Obstacle",
    "OnRecord",
    "PlaceCover",
    "Pledge",
    "RULE_NAMES",
    "Rotation",
    "STATES",
    "accepted_plan",
    "burden_of",
    "check_forces",
    "cost_of_forces",
    "deployed_plan",
    "explain_gaps",
    "missing_units",
    "mission_on_record",
    "mission_remarks",
    "missions_on_record",
    "narrowly",
    "obstacles",
    "pledged_plan",
    "states",
    "unsound_mission",
]
