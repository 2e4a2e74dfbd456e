"""Disputes: where a dispute between states stands under the clause that settles it, what comes next, by when and whose it is; incidents and protests.

This room owns: the steps of settlement followed through acts, what is open to whom and why something is not, what was said of incidents and
whether it was answered. It does not own: the clauses (agreements), whether they bind (standing), or who owes which act by when (duties).
Text: docs/explanation/how-disputes-are-followed.md.
"""

from comity.disputes.cases import dispute_strays, disputes_of
from comity.disputes.drafting import DisputeDraft, DisputeWords, draft_dispute
from comity.disputes.first_days import StepPlace, day_after, first_days, place_of
from comity.disputes.incidents import INCIDENT_KINDS, Incident, Said, incident_strays, incidents_of
from comity.disputes.moves import Doing, Move, moves_awaited
from comity.disputes.openings import OpenWay, duties_meanwhile, ways_between
from comity.disputes.plain import dispute_to_plain, incident_to_plain, step_to_plain, told_act_to_plain, way_to_plain
from comity.disputes.stages import DISPUTE_KINDS, Dispute, DisputeState, MeansState, Place, StepStanding

__all__ = [
    "DISPUTE_KINDS",
    "Dispute",
    "DisputeDraft",
    "DisputeState",
    "DisputeWords",
    "Doing",
    "INCIDENT_KINDS",
    "Incident",
    "Place",
    "Said",
    "StepPlace",
    "StepStanding",
    "MeansState",
    "Move",
    "OpenWay",
    "day_after",
    "dispute_strays",
    "dispute_to_plain",
    "disputes_of",
    "draft_dispute",
    "duties_meanwhile",
    "first_days",
    "incident_strays",
    "incident_to_plain",
    "incidents_of",
    "moves_awaited",
    "place_of",
    "step_to_plain",
    "told_act_to_plain",
    "way_to_plain",
    "ways_between",
]
