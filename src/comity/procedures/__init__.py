"""Procedures: what those that are told by acts have in common: acts as they count on a day, which belong together, where the record is complete.

This room owns: acts of some kinds with the days that they can be of and whether they are in doubt, acts that reply to one another, for which days
the record is declared complete for them, which acts are of a simulation. It does not own: what any procedure makes of them (exercises, lessons,
training, missions, responses).
"""

from comity.procedures.completeness import complete_through, is_complete
from comity.procedures.keeping import KeptAct, agreed, by_root, has_what_it_needs, kept_acts
from comity.procedures.persons import nation_of
from comity.procedures.simulations import Simulated, simulated_acts

__all__ = [
    "KeptAct",
    "Simulated",
    "agreed",
    "by_root",
    "complete_through",
    "has_what_it_needs",
    "is_complete",
    "kept_acts",
    "nation_of",
    "simulated_acts",
]
