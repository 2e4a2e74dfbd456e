"""Evaluation: what the record and the tables of the world come to when they are put side by side and weighed.

This room owns: who might mediate between two states, in order, with what is unknown. It does not own: the tables (sources, panels), what binds
whom (standing), or where a dispute stands (disputes). No law: conventions, declared in the text of each measure.
Text: docs/explanation/how-mediators-are-ranked.md.
"""

from comity.evaluation.mediators import (
    BARS,
    MERITS,
    Bar,
    Fact,
    MediatorCandidate,
    MediatorRules,
    Mediators,
    Merit,
    Reach,
    mediators,
    mediators_to_plain,
)

__all__ = [
    "BARS",
    "MERITS",
    "Bar",
    "Fact",
    "MediatorCandidate",
    "MediatorRules",
    "Mediators",
    "Merit",
    "Reach",
    "mediators",
    "mediators_to_plain",
]
