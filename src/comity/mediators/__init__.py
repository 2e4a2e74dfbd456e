"""Mediators: who might mediate between two states, out of the record and the tables of the world: bars, merits, ranks, what is unknown.

This room owns: the bars and merits of each candidate, and their order. It does not own: the tables (sources, panels), what binds whom (standing), or
where a dispute stands (disputes). No law: conventions, declared in the text. Text: docs/explanation/how-mediators-are-ranked.md.
"""

from comity.mediators.asking import mediators
from comity.mediators.candidates import Bar, Fact, MediatorCandidate, Mediators, Merit
from comity.mediators.material import Reach
from comity.mediators.plain import mediators_to_plain
from comity.mediators.rules import BARS, MERITS, MediatorRules

__all__ = ["BARS", "MERITS", "Bar", "Fact", "MediatorCandidate", "MediatorRules", "Mediators", "Merit", "Reach", "mediators", "mediators_to_plain"]
