"""What a count can still come to: can it pass, can it fail and how, who can block it alone, which votes more would do.

Source: how-power-is-measured.md, section 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.agreements.decision_rules import DecisionRule, Vote
from comity.power.coalitions import LISTED, Pattern, fewest
from comity.power.games import game_of, refuse_unmeasured
from comity.votes import VOTES, Ballots, Barred, Outcome, Tally, Voter, count, counted_in_words

BUT_YES: tuple[Vote, ...] = tuple(vote for vote in VOTES if vote != "yes")


@dataclass(frozen=True, slots=True)
class Blocker:
    """One that can defeat it alone, whatever the others do, by any of these votes."""

    code: str
    votes: tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class Chances:
    """What can still come of a count.

    ``left``: who has not voted. ``fails_by``: it is not adopted if all of them vote so. ``fewest``: how many yes votes more suffice whatever
    the others do, None where it cannot pass (or, not ``told``, where that could not be found in time); ``enough``: some such groups.
    ``best``: the count if all left vote yes; ``worst``: for each vote in ``fails_by``, the count if all vote so.
    """

    left: tuple[str, ...]
    can_pass: bool
    can_fail: bool
    fails_by: tuple[Vote, ...]
    blockers: tuple[Blocker, ...]
    fewest: int | None
    enough: tuple[Pattern, ...]
    told: bool
    best: Tally
    worst: tuple[tuple[Vote, Tally], ...]

    @property
    def decided(self) -> Outcome | None:
        """What it has come to already, whatever is still voted; None: it is open."""
        if not self.can_pass:
            return self.best.outcome
        return None if self.can_fail else Outcome.ADOPTED

    @property
    def because(self) -> tuple[str, ...]:
        """Why it cannot pass; else how it can fail; else nothing."""
        return tuple(_told_why(self))


def chances_of(rule: DecisionRule, voters: Sequence[Voter], ballots: Ballots, most: int = LISTED) -> Chances:
    """What can still come of a count under the rule, with the votes cast so far; at most so many groups that suffice are listed."""
    refuse_unmeasured(rule)
    left = tuple(voter.code for voter in voters if voter.has_vote and voter.code not in ballots)
    best = count(rule, voters, {**ballots, **dict.fromkeys(left, "yes")})
    can_pass = best.outcome is Outcome.ADOPTED
    counts = [(vote, count(rule, voters, {**ballots, **dict.fromkeys(left, vote)})) for vote in BUT_YES]
    worst = tuple((vote, tally) for vote, tally in counts if left and tally.outcome is not Outcome.ADOPTED)
    number, enough, told = fewest(game_of(rule, voters, ballots, "do-anything"), most) if can_pass else (None, (), True)
    return Chances(
        left=left,
        can_pass=can_pass,
        can_fail=bool(worst) or not can_pass,
        fails_by=tuple(vote for vote, _ in worst),
        blockers=tuple(_blockers(rule, voters, ballots, left)) if can_pass else (),
        fewest=number,
        enough=enough,
        told=told,
        best=best,
        worst=worst,
    )


def _blockers(rule: DecisionRule, voters: Sequence[Voter], ballots: Ballots, left: Sequence[str]) -> Iterator[Blocker]:
    all_yes: dict[str, Vote] = {**ballots, **dict.fromkeys(left, "yes")}
    for code in left:
        votes = tuple(vote for vote in BUT_YES if count(rule, voters, {**all_yes, code: vote}).outcome is not Outcome.ADOPTED)
        if votes:
            yield Blocker(code, votes)


def _told_why(found: Chances) -> Iterator[str]:
    if not found.can_pass:
        yield from _told_lacking(found.best)
    else:
        yield from (f"if all {len(found.left)} left vote {vote}: {why}" for vote, tally in found.worst for why in _told_lacking(tally))


def _told_lacking(tally: Tally) -> Iterator[str]:
    """What keeps a count from adopting, a line each: a quorum that is not there, bars that hold, shares that are not reached in any way."""
    if tally.quorum is not None and not tally.quorum.reached:
        yield f"no quorum: {counted_in_words(tally.quorum)}"
    yield from (_told_bar(bar) for bar in tally.bars)
    if tally.ways and not any(all(share.reached for share in way) for way in tally.ways):
        yield from dict.fromkeys(f"not reached: {counted_in_words(share)}" for way in tally.ways for share in way if not share.reached)


def _told_bar(bar: Barred) -> str:
    return f"barred by {' or '.join(bar.bar.votes)} of {', '.join(bar.by)}"
