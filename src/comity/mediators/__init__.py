"""Mediators: who might mediate between two states, out of the record and the tables of the world: bars, merits, ranks, what is unknown.

Text: docs/explanation/how-mediators-are-ranked.md.
"""

from comity.evaluation.mediators.asking import mediators
from comity.evaluation.mediators.candidates import Bar, Fact, MediatorCandidate, Mediators, Merit
from comity.evaluation.mediators.material import Reach
from comity.evaluation.mediators.plain import mediators_to_plain
from comity.evaluation.mediators.rules import BARS, MERITS, MediatorRules

__all__ = ["BARS", "MERITS", "Bar", "Fact", "MediatorCandidate", "MediatorRules", "Mediators", "Merit", "Reach", "mediators", "mediators_to_plain"]
