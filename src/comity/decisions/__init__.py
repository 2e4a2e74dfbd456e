"""Decisions: how states decide together: who votes, what suffices, where a proposal stands, who can still block it, how much each one's vote can do.

This room owns: the count under a rule, what a count can still come to, coalitions and indices of power, and a proposal's life from acts,
silence with it. It does not own: the rules themselves (clauses of the agreements), who is a member (standing), or what a decision then
binds to (agreements, duties). Texts: docs/explanation/how-decisions-are-counted.md, how-power-is-measured.md, how-a-decision-is-followed.md.
"""

from comity.decisions.chances import Blocker, Chances, chances_of
from comity.decisions.coalitions import Coalitions, Part, Pattern, blocking_coalitions, winning_coalitions
from comity.decisions.counting import VOTES, count
from comity.decisions.counting_on_record import CountingOnRecord
from comity.decisions.drafting import draft_break, draft_proposal, draft_statement, draft_vote, free_ref
from comity.decisions.electorates import Roll, Seat, Weights, roll
from comity.decisions.lives import decision_strays, decisions_of, proposals_on_record
from comity.decisions.plain import result_to_plain, rule_to_plain, tally_to_plain
from comity.decisions.power import MemberPower, Power, PowerChange, PowerCompared, compare_power, power_of
from comity.decisions.power_plain import chances_to_plain, coalitions_to_plain, compared_to_plain, power_to_plain
from comity.decisions.proposals import DECISION_KINDS, Counting, Decision, DecisionState, Electors, Reminder, Stand
from comity.decisions.results import DoubtReading, Result, result_of, voters_of
from comity.decisions.rules import NamedRule, rule_named, rules_on_record
from comity.decisions.silences import end_of_day, expiry
from comity.decisions.telling import decision_states, decision_to_plain, decisions_calendar, instant_in_words, stand_in_words, waiting
from comity.decisions.tried import TriedRule
from comity.decisions.voters import Ballots, Barred, Counted, Outcome, Tally, Voter
from comity.decisions.wording import bar_in_words, counted_in_words, notes_on, rule_in_words, share_in_words

__all__ = [
    "Ballots",
    "Barred",
    "Blocker",
    "Chances",
    "Coalitions",
    "Counted",
    "Counting",
    "CountingOnRecord",
    "DECISION_KINDS",
    "Decision",
    "DecisionState",
    "DoubtReading",
    "MemberPower",
    "NamedRule",
    "Outcome",
    "Part",
    "Pattern",
    "Power",
    "PowerChange",
    "PowerCompared",
    "Electors",
    "Reminder",
    "Result",
    "Roll",
    "Seat",
    "Stand",
    "Tally",
    "TriedRule",
    "VOTES",
    "Voter",
    "Weights",
    "bar_in_words",
    "blocking_coalitions",
    "chances_of",
    "chances_to_plain",
    "coalitions_to_plain",
    "compare_power",
    "compared_to_plain",
    "count",
    "counted_in_words",
    "decision_states",
    "decision_strays",
    "decision_to_plain",
    "decisions_calendar",
    "decisions_of",
    "draft_break",
    "draft_proposal",
    "draft_statement",
    "draft_vote",
    "end_of_day",
    "expiry",
    "free_ref",
    "instant_in_words",
    "notes_on",
    "power_of",
    "power_to_plain",
    "proposals_on_record",
    "result_of",
    "result_to_plain",
    "roll",
    "rule_in_words",
    "rule_named",
    "rule_to_plain",
    "rules_on_record",
    "share_in_words",
    "stand_in_words",
    "tally_to_plain",
    "voters_of",
    "winning_coalitions",
    "waiting",
]
