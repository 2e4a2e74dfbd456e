"""What do these votes come to under this rule? Exact, in whole numbers; it knows no body, no day and no record.

Source: how-decisions-are-counted.md, section 2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import get_args

from comity.agreements.decision_rules import Bar, DecisionRule, Share, Vote
from comity.terms import BadInput
from comity.votes.voters import Ballots, Barred, Counted, Outcome, Tally, Voter

VOTES: tuple[Vote, ...] = get_args(Vote)
"""All ways to vote, in the order in which they are told."""
_PRESENT: tuple[Vote, ...] = ("yes", "no", "abstain", "constructive")
_VOTING: tuple[Vote, ...] = ("yes", "no")
_NUMBER = re.compile(r"([0-9]+)(?:/([1-9][0-9]*))?")


class _Cast:
    """The voters with how each voted: what those of some votes weigh under one name."""

    def __init__(self, voters: Sequence[Voter], ballots: Ballots) -> None:
        self.voters = voters
        self.votes: list[Vote] = [ballots.get(voter.code, "absent") if voter.has_vote else "absent" for voter in voters]
        self._by_vote: dict[Vote, list[Voter]] = {vote: [] for vote in VOTES}
        for voter, vote in zip(voters, self.votes, strict=True):
            self._by_vote[vote].append(voter)

    def among(self, share: Share) -> list[Voter]:
        """Those of whom a share is taken."""
        if share.among == "electorate":
            return list(self.voters)
        return self.cast(_PRESENT if share.among == "present" else _VOTING)

    def cast(self, votes: Sequence[Vote]) -> list[Voter]:
        """Those who cast one of these votes, in no order."""
        return [voter for vote in votes for voter in self._by_vote[vote]]

    def who(self, votes: Sequence[Vote], by: Sequence[str] = ()) -> list[Voter]:
        """Those who cast one of these votes, of those named, or of all, in the order of the voters."""
        cast = zip(self.voters, self.votes, strict=True)
        return [voter for voter, vote in cast if vote in votes and (not by or voter.code in by)]

    def counted(self, share: Share, having: Sequence[Voter]) -> Counted:
        """A share as it is reached, or not, by ``having``."""
        whole = weight_of(self.among(share), share.count)
        return Counted(share, weight_of(having, share.count), whole, needed(share, whole, self))

    def fewest(self, share: Share) -> int:
        """How few members reach that share together; all of them where even all do not."""
        heaviest = sorted((weight(voter, share.count) for voter in self.among(share)), reverse=True)
        needs, reached = needed(share, sum(heaviest), self), 0
        for number, one in enumerate(heaviest, start=1):
            reached += one
            if reached >= needs:
                return number
        return len(heaviest)


def weight(voter: Voter, count: str) -> int:
    """What one voter counts for under one name: each is one of the members; else what the table gives it."""
    if count == "members":
        return 1
    if count not in voter.weights:
        raise BadInput(f"{voter.code} has no figure in the table {count} on that day: add it to the weights of the agreement")
    return voter.weights[count]


def weight_of(voters: Sequence[Voter], count: str) -> int:
    """What several voters count for together."""
    return len(voters) if count == "members" else sum(weight(voter, count) for voter in voters)


def fraction(said: str) -> tuple[int, int | None]:
    """A number (``9``), or a share (``2/3``) as its two numbers."""
    match = _NUMBER.fullmatch(said)
    if match is None or (match[2] is not None and int(match[1]) > int(match[2])):
        raise BadInput(f"{said!r} is neither a whole number (9) nor a share of at most one (2/3)")
    return int(match[1]), int(match[2]) if match[2] is not None else None


def needed(share: Share, whole: int, cast: _Cast) -> int:
    """The smallest number, never under one, that reaches the share of a whole."""
    if share.least is not None:
        top, bottom = fraction(share.least)
        return max(1, top if bottom is None else -(-whole * top // bottom))
    if share.more is not None:
        top, bottom = fraction(share.more)
        return (top if bottom is None else whole * top // bottom) + 1
    if share.all_but is not None:
        return max(1, whole - share.all_but)
    if share.all_but_fewest is not None:
        return max(1, whole - cast.fewest(share.all_but_fewest))
    raise BadInput("a share says one of least, more, all_but and all_but_fewest; this one says none")


def count(rule: DecisionRule, voters: Sequence[Voter], ballots: Ballots) -> Tally:
    """What the votes come to under the rule, with every share, bar and quorum as it was counted.

    ``voters``: who counts, once each; who of them is not in ``ballots`` was absent. A vote of anybody else is not counted.
    """
    cast = _Cast(voters, ballots)
    yes = cast.cast(("yes",))
    ways = tuple(tuple(cast.counted(share, yes) for share in way) for way in rule.passes)
    bars = tuple(Barred(bar, tuple(voter.code for voter in by)) for bar in rule.bars if (by := _barring(bar, cast)))
    quorum = None if rule.quorum is None else cast.counted(rule.quorum, cast.cast(_PRESENT))
    votes = {vote: cast.votes.count(vote) for vote in VOTES}
    return Tally(_outcome(voters, ways, bars, quorum), ways, bars, quorum, votes)


def _barring(bar: Bar, cast: _Cast) -> list[Voter]:
    """Whose votes make the bar; nobody: it does not hold."""
    by = cast.who(bar.votes, bar.by)
    return by if all(cast.counted(share, by).reached for share in bar.shares) else []


def _outcome(voters: Sequence[Voter], ways: Sequence[Sequence[Counted]], bars: Sequence[Barred], quorum: Counted | None) -> Outcome:
    if not any(voter.has_vote for voter in voters) or (quorum is not None and not quorum.reached):
        return Outcome.NO_QUORUM
    passed = not ways or any(all(share.reached for share in way) for way in ways)
    return Outcome.ADOPTED if passed and not bars else Outcome.NOT_ADOPTED


def needed_of(share: Share, whole: int, voters: Sequence[Voter]) -> int:
    """The same, where the fewest of a share, if it has them, are taken among all these voters."""
    return needed(share, whole, _Cast(voters, {}))
