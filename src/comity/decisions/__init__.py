"""Decisions: where a proposal stands, from the day it was made to the record of its outcome, with the clock of silence, and what is asked of whom.

This room owns: a proposal's life from acts, and the clock of silence. It does not own: the rules and the count (votes), what a vote can do
(power), or what a decision then binds to (agreements, duties). Text: docs/explanation/how-a-decision-is-followed.md.
"""

from comity.decisions.counting_on_record import CountingOnRecord
from comity.decisions.drafting import draft_amendment, draft_break, draft_proposal, draft_restore, draft_statement, draft_vote, free_ref
from comity.decisions.lives import decision_strays, decisions_of, proposals_on_record
from comity.decisions.proposals import DECISION_KINDS, Counting, Decision, DecisionState, Electors, Reminder, Stand
from comity.decisions.silences import end_of_day, expiry
from comity.decisions.telling import decision_states, decision_to_plain, decisions_calendar, instant_in_words, stand_in_words, waiting

__all__ = [
    "Counting",
    "CountingOnRecord",
    "DECISION_KINDS",
    "Decision",
    "DecisionState",
    "Electors",
    "Reminder",
    "Stand",
    "decision_states",
    "decision_strays",
    "decision_to_plain",
    "decisions_calendar",
    "decisions_of",
    "draft_amendment",
    "draft_break",
    "draft_proposal",
    "draft_restore",
    "draft_statement",
    "draft_vote",
    "end_of_day",
    "expiry",
    "free_ref",
    "instant_in_words",
    "proposals_on_record",
    "stand_in_words",
    "waiting",
]
