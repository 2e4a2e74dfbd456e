"""Who votes on a proposal as the record has it, and what votes come to under its rule.

Source: how-decisions-are-counted.md, sections 2 and 3; how-a-decision-is-followed.md, section 6.1.
"""

from __future__ import annotations

from datetime import date

from comity.acts import Act
from comity.agreements.decision_rules import DecisionRule
from comity.decisions.proposals import Electors
from comity.standing import Standing
from comity.terms import Verdict
from comity.votes import Ballots, NamedRule, Roll, Tally, Voter, count, roll, voters_of


class CountingOnRecord:
    """The electorate of each proposal, as known on the day of knowledge of a question and as its viewer may see it."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._rolls: dict[tuple[str, str, date], Roll] = {}

    def electors(self, proposal: Act, rule: DecisionRule, on: date) -> Electors:
        """Those who have a vote on it, as things are on the day."""
        found = self._roll(proposal, rule, on)
        with_vote = [seat for seat in found.seats if seat.has_vote is not Verdict.NO]
        sure = {seat.code for seat in with_vote if seat.counts is Verdict.YES and seat.has_vote is Verdict.YES}
        return Electors(frozenset(sure), frozenset({seat.code for seat in with_vote} - sure), not found.complete)

    def count(self, proposal: Act, rule: DecisionRule, on: date, generous: bool, ballots: Ballots) -> Tally | None:
        """What the ballots come to; None: somebody who counts has no figure, or a thing besides votes is needed."""
        found = self._roll(proposal, rule, on)
        counts = {seat.code: seat.counts is Verdict.YES or generous for seat in found.seats}
        votes = {seat.code: seat.has_vote is Verdict.YES or generous for seat in found.seats}
        voters = [Voter(one.code, one.weights, one.has_vote and votes[one.code]) for one in voters_of(found) if counts[one.code]]
        if any(name not in voter.weights for voter in voters for name in found.counts):
            return None
        return count(found.rule, voters, ballots)

    def _roll(self, proposal: Act, rule: DecisionRule, on: date) -> Roll:
        key = proposal.hash, rule.id, on
        if key not in self._rolls:
            assert proposal.agreement is not None
            agreement = self.standing.record.agreement(proposal.agreement, self.standing.known)
            self._rolls[key] = roll(self.standing.on_day(on), NamedRule(agreement, rule), proposal)
        return self._rolls[key]
