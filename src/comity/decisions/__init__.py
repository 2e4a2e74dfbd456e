"""Decisions: how states decide together: who votes, what suffices, where a proposal stands, who can still block it, how much each one's vote can do.

This room owns: the count under a rule, what a count can still come to, coalitions and indices of power, and a proposal's life from acts,
silence with it. It does not own: the rules themselves (clauses of the agreements), who is a member (standing), or what a decision then
binds to (agreements, duties). Texts: docs/explanation/how-decisions-are-counted.md,
how-power-is-measured.md.
"""

from comity.decisions.chances import Blocker, Chances, chances_of
from comity.decisions.coalitions import Coalitions, Part, Pattern, blocking_coalitions, winning_coalitions
from comity.decisions.counting import VOTES, count
from comity.decisions.electorates import Roll, Seat, Weights, roll
from comity.decisions.power import MemberPower, Power, PowerChange, PowerCompared, compare_power, power_of
from comity.decisions.power_plain import chances_to_plain, coalitions_to_plain, compared_to_plain, power_to_plain
from comity.decisions.results import Reading, Result, result_of, voters_of
from comity.decisions.rules import NamedRule, rule_named, rules_on_record
from comity.decisions.tried import TriedRule
from comity.decisions.voters import Ballots, Barred, Counted, Outcome, Tally, Voter

__all__ = [
    "Ballots",
    "Barred",
    "Blocker",
    "blocking_coalitions",
    "Chances",
    "chances_of",
    "chances_to_plain",
    "Coalitions",
    "coalitions_to_plain",
    "compare_power",
    "compared_to_plain",
    "count",
    "Counted",
    "MemberPower",
    "NamedRule",
    "Outcome",
    "Part",
    "Pattern",
    "Power",
    "power_of",
    "power_to_plain",
    "PowerChange",
    "PowerCompared",
    "Reading",
    "Result",
    "result_of",
    "roll",
    "Roll",
    "rule_named",
    "rules_on_record",
    "Seat",
    "Tally",
    "TriedRule",
    "Voter",
    "voters_of",
    "VOTES",
    "Weights",
    "winning_coalitions",
]
