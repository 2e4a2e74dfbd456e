"""Who votes and how they voted; what came of it. Types only.

Source: docs/explanation/how-decisions-are-counted.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from comity.agreements.decision_rules import Bar, Share, Vote

Ballots = Mapping[str, Vote]
"""Votes cast, by the code of who cast them; who is not in it has not voted, which once the vote is closed counts as absent."""


@dataclass(frozen=True, slots=True)
class Voter:
    """One member of an electorate with what it weighs, by the name of the table (*members* is always one).

    ``has_vote``: no where it counts among the whole but has no vote on this proposal; whatever it is said to have voted, it counts as absent.
    """

    code: str
    weights: Mapping[str, int] = field(default_factory=dict)
    has_vote: bool = True


class Outcome(Enum):
    """What a count comes to."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not-adopted"
    NO_QUORUM = "no-quorum"


@dataclass(frozen=True, slots=True)
class Counted:
    """One share as it was counted: it ``has`` so much of ``whole`` and ``needs`` at least so much (in units of its count)."""

    share: Share
    has: int
    whole: int
    needs: int

    @property
    def reached(self) -> bool:
        """Is it reached?"""
        return self.has >= self.needs


@dataclass(frozen=True, slots=True)
class Barred:
    """A bar that holds, and whose votes make it."""

    bar: Bar
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """A count with its reasons: the shares of each way to pass, the bars that hold, the quorum, and how many voted how."""

    outcome: Outcome
    ways: tuple[tuple[Counted, ...], ...]
    bars: tuple[Barred, ...]
    quorum: Counted | None
    votes: Mapping[Vote, int]
