"""Missions: forces that are generated for them, who bears how much, and pools whose accounts balance.

This room owns: in what state each line of a statement of requirements is, what stands in the way of a pledge, the rules that a plan of who serves
where must keep, what it costs, whom to ask for what lacks; the accounts of pools. It does not own: who may be where (permissions), or the
search for plans (planning).
"""

from comity.missions.forces.acting import acts_of_mission, has_mandate_acts
from comity.missions.forces.checking import RULE_NAMES, check_forces
from comity.missions.forces.costing import (
    Bearing,
    Burden,
    ForceCost,
    burden_of,
    cost_of_forces,
    deployed_plan,
    is_gap_accepted,
    missing_units,
    pledged_plan,
)
from comity.missions.forces.covering import PlaceBasis, place_bases, with_cover
from comity.missions.forces.explaining import Ask, Gap, explain_gaps
from comity.missions.forces.folding import OnRecord, mission_on_record, missions_on_record
from comity.missions.forces.mandating import MandateGiven
from comity.missions.forces.missions import (
    ALWAYS,
    Acceptance,
    AcceptedGap,
    Assigned,
    Capable,
    Ceiling,
    DaySpan,
    ForceCaveat,
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
from comity.missions.pools.accounts import Account, Movement, Owed, SharedPool, TooMuch
from comity.missions.pools.balancing import statement, too_much
from comity.missions.pools.folding import PoolOnRecord, pool_on_record, pools_on_record

__all__ = [
    "ALWAYS",
    "Acceptance",
    "AcceptedGap",
    "Account",
    "Ask",
    "Assigned",
    "Bearing",
    "Burden",
    "Capable",
    "Ceiling",
    "Counted",
    "DaySpan",
    "ForceCaveat",
    "ForceCost",
    "ForcePlan",
    "Gap",
    "Line",
    "LineState",
    "Mandate",
    "MandateGiven",
    "Mission",
    "Movement",
    "Obstacle",
    "OnRecord",
    "Owed",
    "PlaceBasis",
    "PlaceCover",
    "Pledge",
    "PoolOnRecord",
    "RULE_NAMES",
    "Rotation",
    "STATES",
    "SharedPool",
    "TooMuch",
    "accepted_plan",
    "acts_of_mission",
    "burden_of",
    "check_forces",
    "cost_of_forces",
    "deployed_plan",
    "explain_gaps",
    "has_mandate_acts",
    "is_gap_accepted",
    "missing_units",
    "mission_on_record",
    "mission_remarks",
    "missions_on_record",
    "narrowly",
    "obstacles",
    "place_bases",
    "pledged_plan",
    "pool_on_record",
    "pools_on_record",
    "statement",
    "states",
    "too_much",
    "unsound_mission",
    "with_cover",
]
