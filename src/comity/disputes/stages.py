"""The states of a dispute and of its steps, and what they look like on a day. Types only.

Source: how-disputes-are-followed.md, sections 1, 4 and 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.acts import Act
from comity.agreements.settlements import Settlement, SettlementStep
from comity.terms import Finding, Reason, Verdict


class DisputeState(StrEnum):
    """Where a dispute stands. Source: section 4.1."""

    OPEN = "open"
    SETTLED = "settled"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class MeansState(StrEnum):
    """Where one step of it stands. Source: section 4."""

    NOT_BEGUN = "not begun"
    ASKED = "asked for"
    UNDER_WAY = "under way"
    REFUSED = "refused"
    FAILED = "led to nothing"
    REPORTED = "reported"
    DECIDED = "decided"


RAISE, REQUEST, ASK, OFFER = "raise-dispute", "request", "request-settlement", "offer-good-offices"
CONSULT, MEDIATE, MEET, APPOINT, REPLY, REPORT = "consult", "mediate", "meet", "appoint-member", "reply", "report"
STAY_AWAY, FAIL, AWARD, SETTLE, WITHDRAW = "fail-to-appear", "fail-settlement", "award", "settle-dispute", "withdraw-dispute"
DISPUTE_KINDS = (RAISE, REQUEST, ASK, OFFER, CONSULT, MEDIATE, MEET, APPOINT, REPLY, REPORT, STAY_AWAY, FAIL, AWARD, SETTLE, WITHDRAW)
"""In the order in which those of one day are taken."""
BEGINNABLE = (MeansState.NOT_BEGUN, MeansState.REFUSED, MeansState.FAILED)
RUNNING = (MeansState.ASKED, MeansState.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Place:
    """A step in its place: the clause, the number in it from 1, what it says."""

    clause: Settlement
    number: int
    step: SettlementStep


@dataclass(frozen=True, slots=True)
class Ripeness:
    """Whether a step is ripe, and from which day it is or will be; ``why``: a word for the reason."""

    verdict: Verdict
    since: date | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class StepStanding:
    """One step on a day.

    ``states``: those that it can be in, one alone where ``verdict`` is yes. ``since``, ``asked``, ``by``: of one reading. ``due``: by when it
    has to be answered, ``late``: whether that day has passed without. ``ends``: the day with which a running step's time is past. ``ripe``:
    whether it may be begun as far as the steps go, ``opens``: from which day; ``law``: whether it is there between the sides; ``open``: both.
    ``who``: who may begin it. ``waiting``: whose appointment is not on record.
    """

    place: Place
    verdict: Verdict
    states: tuple[MeansState, ...]
    since: date | None
    asked: date | None
    by: str | None
    due: date | None
    late: Verdict
    ends: date | None
    waiting: tuple[str, ...]
    ripe: Verdict
    opens: date | None
    law: Verdict
    open: Verdict
    who: tuple[str, ...]
    because: tuple[Reason, ...] = ()

    @property
    def state(self) -> MeansState:
        """The first that it can be in."""
        return self.states[0]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute on a day. ``states``: those that it can be in; ``absent``: in some reading it is not there yet.

    ``sides``: the one that raised it first. ``agreed``: those that have said that it is settled. ``about``: the reference of the act that the
    act which raised it replies to.
    """

    raised: Act
    agreement: str
    sides: tuple[str, ...]
    since: date
    verdict: Verdict
    states: tuple[DisputeState, ...]
    absent: bool
    steps: tuple[StepStanding, ...]
    acts: tuple[Act, ...]
    agreed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    about: str | None = None

    @property
    def ref(self) -> str:
        """The reference of the act that raised it."""
        return self.raised.ref

    @property
    def subject(self) -> str:
        """What it is about, where the act says so."""
        return self.raised.details.get("subject", "")

    @property
    def state(self) -> DisputeState:
        """The first that it can be in."""
        return self.states[0]

    def between(self, a: str, b: str) -> bool:
        """Are these two on different sides of it?"""
        raiser, *others = self.sides
        return (raiser == a and b in others) or (raiser == b and a in others)
