"""Votes: who has one in an organ on a day, what suffices under its rule, and what the votes that were cast come to.

This room owns: the rules of decision as they stand on a day, the electorate and its weights, the count, and its words. It does not own: the
clauses in which the rules stand (agreements), who is a member (standing), what each vote can do (power), or a proposal's life (decisions).
Text: docs/explanation/how-decisions-are-counted.md.
"""

from comity.votes.counting import VOTES, count, needed_of, weight
from comity.votes.electorates import Roll, Seat, Weights, roll
from comity.votes.plain import result_to_plain, rule_to_plain, tally_to_plain
from comity.votes.replay_plain import replay_to_plain
from comity.votes.replay_reports import ReplayCounts, ReplayReport, SilentMember, UnseatedVotes, replay_report, spans_of
from comity.votes.replays import ReplayedVote, replay
from comity.votes.results import DoubtReading, Result, result_of, voters_of
from comity.votes.roll_calls import RollCall, month_of
from comity.votes.rules import NamedRule, holds_on, rule_named, rules_on_record
from comity.votes.voters import Ballots, Barred, Counted, Outcome, Tally, Voter
from comity.votes.wording import bar_in_words, counted_in_words, notes_on, rule_in_words, share_in_words

__all__ = [
    "Ballots",
    "Barred",
    "Counted",
    "DoubtReading",
    "NamedRule",
    "Outcome",
    "Result",
    "ReplayCounts",
    "ReplayReport",
    "ReplayedVote",
    "Roll",
    "RollCall",
    "Seat",
    "SilentMember",
    "Tally",
    "UnseatedVotes",
    "VOTES",
    "Voter",
    "Weights",
    "bar_in_words",
    "count",
    "counted_in_words",
    "holds_on",
    "month_of",
    "needed_of",
    "notes_on",
    "replay",
    "replay_report",
    "replay_to_plain",
    "result_of",
    "result_to_plain",
    "roll",
    "rule_in_words",
    "rule_named",
    "rule_to_plain",
    "rules_on_record",
    "share_in_words",
    "spans_of",
    "tally_to_plain",
    "voters_of",
    "weight",
]
