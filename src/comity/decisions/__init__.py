"""Decisions: how states decide together: who votes, what suffices, where a proposal stands, who can still block it, how much each one's vote can do.

This room owns: the count under a rule, what a count can still come to, coalitions and indices of power, and a proposal's life from acts,
silence with it. It does not own: the rules themselves (clauses of the agreements), who is a member (standing), or what a decision then
binds to (agreements, duties). Text: docs/explanation/how-decisions-are-counted.md.
"""

from comity.decisions.counting import VOTES, count
from comity.decisions.electorates import Roll, Seat, Weights, roll
from comity.decisions.lives import decision_strays, decisions_of
from comity.decisions.proposals import DECISION_KINDS, Counting, Decision, DecisionState, Electors, Reminder, Stand
from comity.decisions.results import Reading, Result, result_of, voters_of
from comity.decisions.rules import NamedRule, rule_named, rules_on_record
from comity.decisions.silences import end_of_day, expiry
from comity.decisions.voters import Ballots, Barred, Counted, Outcome, Tally, Voter

__all__ = [
    "Ballots",
    "Barred",
    "count",
    "Counted",
    "Counting",
    "Decision",
    "DECISION_KINDS",
    "decision_strays",
    "decisions_of",
    "DecisionState",
    "Electors",
    "end_of_day",
    "expiry",
    "NamedRule",
    "Outcome",
    "Reading",
    "Reminder",
    "Result",
    "result_of",
    "Roll",
    "roll",
    "rule_named",
    "rules_on_record",
    "Seat",
    "Stand",
    "Tally",
    "Voter",
    "voters_of",
    "VOTES",
    "Weights",
]
