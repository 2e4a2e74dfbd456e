"""Stability: how quiet a pair or a region was, period by period, by tables that say what they cover, beside what it agreed on.

This room owns: the measures of pairs and regions. It does not own: the tables (sources, panels, events), or why (effects).
Text: docs/explanation/how-stability-is-measured.md.
"""

from comity.stability.asking import stability
from comity.stability.material import PairSpell
from comity.stability.measures import (
    ConflictCount,
    CooperationYear,
    Count,
    DisputeYear,
    EventCount,
    Exposure,
    Lasted,
    QuietStep,
    Rate,
    RateChange,
    Recurrence,
    Region,
    Stability,
    StabilityRules,
)
from comity.stability.pictures import stability_picture
from comity.stability.plain import stability_to_plain
from comity.stability.regions import NamedRegion, named_regions

__all__ = [
    "ConflictCount",
    "CooperationYear",
    "Count",
    "DisputeYear",
    "EventCount",
    "Exposure",
    "Lasted",
    "NamedRegion",
    "PairSpell",
    "QuietStep",
    "Rate",
    "RateChange",
    "Recurrence",
    "Region",
    "Stability",
    "StabilityRules",
    "named_regions",
    "stability",
    "stability_picture",
    "stability_to_plain",
]
