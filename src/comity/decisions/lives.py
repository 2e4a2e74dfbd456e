"""Where every proposal stands at an instant, as known on a day, for a viewer: sure, contested or not known, and what is odd about it.

Source: how-a-decision-is-followed.md, sections 1, 5 and 6.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from math import prod

from comity.acts import Act
from comity.agreements.decision_rules import DecisionRule, Vote
from comity.decisions.answering import NOTHING, Position, position, positions, ways_of
from comity.decisions.instants import Frame, Key, Way, local_day, taken
from comity.decisions.oddities import odd_answers
from comity.decisions.phases import COUNTED, Phase, Run, run_through
from comity.decisions.proposals import (
    AMEND, BREAK, DECIDE, DECISION_KINDS, OF_OUTCOME, PROPOSE, STATE, VOTE, Counting, Decision, DecisionState, Electors, Stand,
)  # fmt: skip
from comity.decisions.reminding import reminders
from comity.decisions.silences import SECOND, end_of_day
from comity.decisions.voters import Tally
from comity.procedures import KeptAct, by_root, is_complete, kept_acts
from comity.standing import Standing
from comity.terms import Finding, Verdict

S = DecisionState
READINGS = 4096
"""Of one reading of the acts that lead it, so many readings of the answers are gone through; of more, those most in favour and most against."""
_SETTLED = {"adopted": (S.ADOPTED,), "not-adopted": (S.NOT_ADOPTED, S.NO_QUORUM, S.BROKEN)}
_FILLS: tuple[Vote | None, ...] = ("yes", "no", "abstain", None)
