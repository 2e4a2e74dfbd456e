"""The life of a proposal: the acts that tell it, where it can stand, and what it looks like at an instant. Types only.

Source: how-a-decision-is-followed.md, sections 1, 4 and 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from comity.acts import Act
from comity.agreements.decision_rules import DecisionRule, Vote
from comity.terms import Finding, Verdict
from comity.votes import Ballots, Outcome, Tally

PROPOSE, AMEND, SET, EXTEND, CALL, STATE = "propose", "amend-proposal", "set-silence", "extend-silence", "call-vote", "state-position"
BREAK, RESTORE, VOTE = "break-silence", "restore-silence", "vote"
DEFER, WITHDRAW, CLOSE, DECIDE = "defer-decision", "withdraw-proposal", "close-vote", "decide"
DECISION_KINDS = (PROPOSE, AMEND, SET, EXTEND, CALL, STATE, BREAK, RESTORE, VOTE, DEFER, WITHDRAW, CLOSE, DECIDE)
"""In the order in which those of one second are taken. Source: section 1.1."""


class DecisionState(StrEnum):
    """Where a proposal stands. Source: section 4."""

    PROPOSED = "proposed"
    SILENCE = "under-silence"
    BROKEN = "broken"
    VOTING = "voting"
    DEFERRED = "deferred"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not-adopted"
    NO_QUORUM = "no-quorum"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"

    @property
    def final(self) -> bool:
        """Can nothing change it any more?"""
        return self in _FINAL


_FINAL = (DecisionState.ADOPTED, DecisionState.NOT_ADOPTED, DecisionState.NO_QUORUM, DecisionState.WITHDRAWN, DecisionState.LAPSED)
OF_OUTCOME = {
    Outcome.ADOPTED: DecisionState.ADOPTED,
    Outcome.NOT_ADOPTED: DecisionState.NOT_ADOPTED,
    Outcome.NO_QUORUM: DecisionState.NO_QUORUM,
}


@dataclass(frozen=True, slots=True)
class Electors:
    """Who votes on a proposal: those who surely do, those of whom that is not sure, and whether there may be others that nobody knows of."""

    sure: frozenset[str]
    unsure: frozenset[str] = frozenset()
    open: bool = False

    def has(self, code: str, generous: bool) -> bool:
        """Is it an elector, those of whom that is not sure being some (``generous``) or none?"""
        return code in self.sure or (generous and (code in self.unsure or self.open))

    def named(self, generous: bool) -> frozenset[str]:
        """All of whom the record knows."""
        return self.sure | self.unsure if generous else self.sure


class Counting(Protocol):
    """Who votes on a proposal under a rule on a day, and what their votes come to. Source: how-decisions-are-counted.md."""

    def electors(self, proposal: Act, rule: DecisionRule, on: date) -> Electors:
        """Who votes on the proposal, as things are on the day."""
        ...

    def count(self, proposal: Act, rule: DecisionRule, on: date, generous: bool, ballots: Ballots) -> Tally | None:
        """What these ballots come to, whoever is not sure to vote having a vote or not; None: they cannot be counted."""
        ...


@dataclass(frozen=True, slots=True)
class Stand:
    """One way in which a proposal can stand: in which ``state``, led to by which act, with which text.

    ``until``: when the silence or the vote that runs ends; ``at``: the deadline at which it came to stand so; ``silently``: adopted by
    silence; ``objecting``: the objections that hold, by reference; ``perhaps``: those that hold in some readings of it only.
    """

    state: DecisionState
    by: Act
    text: Act
    until: datetime | None = None
    at: datetime | None = None
    silently: bool = False
    objecting: tuple[Act, ...] = ()
    perhaps: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminder:
    """Whose answer is awaited, or may still be given, until when (UTC; None: by no set time)."""

    who: str
    what: str
    until: datetime | None
    asked: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """A proposal at an instant. ``stands``: those that it can have, one state alone where ``verdict`` is yes.

    ``absent``: in some reading there is no proposal yet. ``chair``: the last record of the chair; ``settled``: it is by that alone that the
    state is sure. ``votes``: as they stand, by code. ``tally``: what they come to, of a vote that is open as if it closed now. ``acts``: those
    that belong to it by then, in their order; ``statements``: those that are attached to it.
    """

    proposal: Act
    rule: DecisionRule | None
    at: datetime
    zone: str | None
    verdict: Verdict
    stands: tuple[Stand, ...]
    absent: bool
    chair: Act | None
    settled: bool
    votes: tuple[tuple[str, Vote, Act], ...]
    tally: Tally | None
    reminders: tuple[Reminder, ...]
    acts: tuple[Act, ...]
    statements: tuple[Act, ...]
    findings: tuple[Finding, ...]

    @property
    def state(self) -> DecisionState | None:
        """Its state, where that is sure."""
        return self.stands[0].state if self.verdict is Verdict.YES else None

    @property
    def subject(self) -> str:
        """What is proposed."""
        return self.proposal.details.get("subject", "")

    @property
    def rule_name(self) -> str:
        """The rule by its name, ``AGREEMENT/RULE``."""
        return f"{self.proposal.agreement}/{self.proposal.details.get('rule', '?')}"
