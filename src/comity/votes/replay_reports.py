"""Of many replayed votes: how many came to what, by decade; whose votes had no seat; which members the file lacks, and in which sessions?

Source: how-decisions-are-counted.md, section 5.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from comity.votes.replays import ReplayedVote
from comity.votes.voters import Outcome


@dataclass(frozen=True, slots=True)
class ReplayCounts:
    """How many roll calls of some years came to what. ``of``: the first year of ten, or None for all.

    ``unknown``: those of which it is not known what came of them. ``differing``: whose outcome hangs on the rule. ``by_question``, ``as_told``:
    of these, settled by what kind of question it was, and by what is told of the outcome. ``too_few``: with fewer votes than a quorum.
    """

    of: int | None
    calls: int
    adopted: int
    not_adopted: int
    unknown: int
    differing: int
    by_question: int
    as_told: int
    ties: int
    too_few: int


@dataclass(frozen=True, slots=True)
class UnseatedVotes:
    """Votes of one that had no seat on any day on which they can have been cast."""

    code: str
    votes: int
    first: ReplayedVote
    last: ReplayedVote


@dataclass(frozen=True, slots=True)
class SilentMember:
    """A member of which no vote is told in whole sessions in all of which it had a seat; and how many roll calls these are."""

    code: str
    sessions: tuple[int, ...]
    calls: int


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What a replay found.

    ``decades``: by ten years; ``whole``: all. ``perhaps``: how many votes were of members that had a seat on some of the days on which they
    can have been cast, or whose seat is in doubt. ``absences``: how often a member that surely had a seat is not told to have voted.
    ``contradictions``: told to be adopted, and not adopted by the count.
    """

    whole: ReplayCounts
    decades: tuple[ReplayCounts, ...]
    unseated: tuple[UnseatedVotes, ...]
    silent: tuple[SilentMember, ...]
    perhaps: int
    absences: int
    contradictions: tuple[ReplayedVote, ...]


def replay_report(votes: Sequence[ReplayedVote]) -> ReplayReport:
    """What was found in all of these."""
    decades = defaultdict[int, list[ReplayedVote]](list)
    for vote in votes:
        decades[vote.call.first.year // 10 * 10].append(vote)
    return ReplayReport(
        _counts(None, votes),
        tuple(_counts(decade, some) for decade, some in sorted(decades.items())),
        tuple(_unseated(votes)),
        tuple(_silent(votes)),
        sum(len(vote.perhaps) for vote in votes),
        sum(len(vote.silent) for vote in votes),
        tuple(vote for vote in votes if vote.contradicts),
    )


def is_tied(vote: ReplayedVote) -> bool:
    """As many for it as against it, by those who had a seat?"""
    told = next((tallies[0].votes for tallies in vote.tallies.values() if tallies), None)
    return told is not None and told["yes"] == told["no"]


def is_too_few(vote: ReplayedVote) -> bool:
    """Were fewer votes told than the quorum needs?"""
    return any(Outcome.NO_QUORUM in vote.outcomes(rule) for rule in vote.tallies)


def _counts(of: int | None, votes: Sequence[ReplayedVote]) -> ReplayCounts:
    outcomes = Counter(vote.outcome for vote in votes)
    differing = [vote for vote in votes if vote.differs]
    by_question = [vote for vote in differing if vote.call.under in vote.tallies]
    return ReplayCounts(
        of,
        len(votes),
        outcomes[Outcome.ADOPTED],
        outcomes[Outcome.NOT_ADOPTED],
        outcomes[None],
        len(differing),
        len(by_question),
        sum(vote.outcome is not None for vote in differing) - sum(vote.outcome is not None for vote in by_question),
        sum(is_tied(vote) for vote in votes),
        sum(is_too_few(vote) for vote in votes),
    )


def _unseated(votes: Iterable[ReplayedVote]) -> Iterator[UnseatedVotes]:
    found = defaultdict[str, list[ReplayedVote]](list)
    for vote in votes:
        for code in vote.unseated:
            found[code].append(vote)
    for code, some in sorted(found.items()):
        yield UnseatedVotes(code, len(some), min(some, key=lambda v: v.call.first), max(some, key=lambda v: v.call.last))


def _silent(votes: Iterable[ReplayedVote]) -> Iterator[SilentMember]:
    """Those silent in every roll call of a session."""
    sessions = defaultdict[int, list[ReplayedVote]](list)
    for vote in votes:
        sessions[vote.call.session].append(vote)
    found = defaultdict[str, list[int]](list)
    for session, some in sorted(sessions.items()):
        for code in set(some[0].silent).intersection(*(vote.silent for vote in some)):
            found[code].append(session)
    for code, silent in sorted(found.items()):
        yield SilentMember(code, tuple(silent), sum(len(sessions[one]) for one in silent))


def spans_of(sessions: Sequence[int]) -> str:
    """Sessions in order as they are written: ``13 to 15, 19``."""
    runs = list[list[int]]()
    for one in sessions:
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
