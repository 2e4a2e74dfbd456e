"""The columns that can be asked for: every family there is, by its name.

Source: docs/explanation/how-panels-are-made.md, section 5.
"""

from comity.panels.columns import Family
from comity.panels.families.alliances import ALLIANCE_YEARS, ALLIANCES
from comity.panels.families.disputes import COW_DISPUTES, GML_DISPUTES, GML_SPELLS
from comity.panels.families.pairs import CONTIGUITY, COOPERATION, DISTANCE, EXERCISES, ORGANISATIONS, RIVALRIES, TRANSFERS
from comity.panels.families.states import ARMED_CONFLICT, CAPABILITIES, CAPITALS, DEMOCRACY, GDP, IDEAL_POINTS, MAJORS, MEMBERSHIPS, TROOPS
from comity.panels.families.votes import VOTES

FAMILIES: tuple[Family, ...] = (
    ALLIANCES, ALLIANCE_YEARS, COOPERATION, EXERCISES, TRANSFERS, ORGANISATIONS, CONTIGUITY, DISTANCE, RIVALRIES, COW_DISPUTES, GML_DISPUTES,
    GML_SPELLS, CAPABILITIES, MAJORS, MEMBERSHIPS, DEMOCRACY, GDP, IDEAL_POINTS, VOTES, TROOPS, CAPITALS, ARMED_CONFLICT,
)  # fmt: skip

__all__ = ["FAMILIES"]
