"""Power: what a count can still come to, who can still block it, and how much each one's vote can do under a rule.

This room owns: what is still possible while votes are out, minimal winning and blocking coalitions, indices of power, and what another rule or
another membership would do. It does not own: the rules and the count (votes), or a proposal's life (decisions).
Text: docs/explanation/how-power-is-measured.md.
"""

from comity.power.chances import Blocker, Chances, chances_of
from comity.power.coalitions import Coalitions, Part, Pattern, blocking_coalitions, winning_coalitions
from comity.power.indices import MemberPower, Power, PowerChange, PowerCompared, compare_power, power_of
from comity.power.plain import chances_to_plain, coalitions_to_plain, compared_to_plain, power_to_plain
from comity.power.tried import TriedRule

__all__ = [
    "Blocker",
    "Chances",
    "Coalitions",
    "MemberPower",
    "Part",
    "Pattern",
    "Power",
    "PowerChange",
    "PowerCompared",
    "TriedRule",
    "blocking_coalitions",
    "chances_of",
    "chances_to_plain",
    "coalitions_to_plain",
    "compare_power",
    "compared_to_plain",
    "power_of",
    "power_to_plain",
    "winning_coalitions",
]
