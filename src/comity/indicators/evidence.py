"""What indicators are read from: the rows of the rooms below, as one standing has them. Types only.

Source: docs/explanation/how-indicators-are-read.md, section 1.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from comity.acts import Act
from comity.agreements import Coverage
from comity.decisions import Decision
from comity.disputes import Dispute
from comity.duties import DutyStatus
from comity.indicators.readings import Part
from comity.interoperability import JointExercise
from comity.terms import Verdict


class ToldAct(NamedTuple):
    """An act as it counts after corrections, its kind then, and whether nobody denies it and its records agree."""

    act: Act
    kind: str
    sure: bool


class GuestThen(NamedTuple):
    """One guest's legal cover with a host in one exercise: then, and as the same would be on the day asked about; the acts of taking part."""

    exercise: str
    guest: str
    host: str
    then: Verdict
    now: Verdict
    acts: tuple[str, ...]


class Borne(NamedTuple):
    """What one party bore of a mission, in person-days; the acts of deployment behind it."""

    mission: str
    party: str
    person_days: int
    acts: tuple[str, ...]


class Evidence(Protocol):
    """The record, as an indicator asks it."""

    @property
    def on(self) -> date:
        """The day asked about."""
        ...

    def person(self, code: str) -> str:
        """The nation that a party is or is part of, by the last code of its person."""
        ...

    def duties(self, since: date, until: date) -> Sequence[DutyStatus]:
        """What fell or falls due on these days."""
        ...

    def bound(self, party: str, agreement: str, on: date) -> Verdict:
        """Does the agreement bind the party on the day?"""
        ...

    def acts(self, kinds: Collection[str]) -> Sequence[ToldAct]:
        """The acts of these kinds."""
        ...

    def answered(self, act: Act) -> str | None:
        """Who did the act that this one replies to."""
        ...

    def decisions(self) -> Sequence[Decision]:
        """The proposals on record."""
        ...

    def elects(self, decision: Decision, party: str) -> Verdict:
        """Is the party one of those who decide on it?"""
        ...

    def disputes(self) -> Sequence[Dispute]:
        """The disputes on record."""
        ...

    def exercises(self) -> Sequence[JointExercise]:
        """The exercises on record, each nation as ``person`` has it."""
        ...

    def partners(self, party: str) -> Sequence[str]:
        """Who may have trained with the party."""
        ...

    def fresh(self, party: str, partner: str, capability: str, within: int, on: date) -> tuple[Verdict, tuple[str, ...]]:
        """Have the two trained the capability together within so many days before the day, and the acts that tell of it?"""
        ...

    def covers(self, party: str, partner: str | None, since: date, until: date) -> Sequence[GuestThen]:
        """The legal cover of the guests of exercises that the party (and the partner) was in and that began on these days."""
        ...

    def borne(self, since: date, until: date) -> Sequence[Borne]:
        """What was borne of missions on these days."""
        ...

    def coverage(self, agreement: str | None) -> Sequence[Coverage]:
        """For which acts the record is declared complete, under the agreement or under none."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """A reading before it has its name: see ``Reading``. ``agreements``: under which it rests on something."""

    value: float | None
    of: int
    unknown: int = 0
    why: str = ""
    rests_on: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    reach: date | None = None
    notes: tuple[str, ...] = ()
    between: tuple[float, float] | None = None
    parts: tuple[Part, ...] = ()
