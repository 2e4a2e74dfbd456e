"""What stands in a main events list: its rows, and the frame of the exercise in which they are played.

Source: how-events-lists-are-checked.md, section 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal, get_args

Sort = Literal["event", "incident", "inject"]
State = Literal["draft", "ready", "injected", "cancelled"]
SORTS: tuple[Sort, ...] = get_args(Sort)
"""From the whole to its parts."""
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class WhenPlayed:
    """When something is played: from its first minute to its last, both in it; one and the same where the minute is given."""

    first: datetime
    last: datetime

    @property
    def exact(self) -> bool:
        """Is it one minute?"""
        return self.first == self.last

    def surely_before(self, other: WhenPlayed) -> bool:
        """Does it lie before the other, whatever minute of each is meant?"""
        return self.last < other.first


@dataclass(frozen=True, slots=True)
class Inject:
    """A row of the list. ``when``: as written; ``span``: what that comes to (None: blank or not to be read). ``other``: columns that are not ours.

    ``sort``: an event has incidents as its parts, these have injects; only injects are played. ``after``: numbers of those on which it depends.
    """

    line: int
    number: str
    title: str = ""
    sort: str = "inject"
    part_of: str = ""
    when: str = ""
    span: WhenPlayed | None = None
    sender: str = ""
    audiences: tuple[str, ...] = ()
    cell: str = ""
    means: str = ""
    objectives: tuple[str, ...] = ()
    expected: str = ""
    responsible: str = ""
    state: str = "draft"
    after: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    other: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """How it is cited: by its number, else by its line."""
        return self.number or f"row {self.line}"

    @property
    def played(self) -> bool:
        """Is it an inject that is still to be played, or was?"""
        return self.sort == "inject" and self.state != "cancelled"


@dataclass(frozen=True, slots=True)
class EventsList:
    """The rows in their order, and the heads of the columns that are not ours, each with a value in every row's ``other``."""

    rows: tuple[Inject, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The exercise that the list is for: from STARTEX to ENDEX (both within it), and what its design names; empty: it names none.

    ``zone``: in which hours without a zone are written. ``gap``: minutes that lie at least between two injects by one injector or cell, or to one
    audience. ``most``: injects to one audience within ``window`` minutes at most (0: any number).
    """

    startex: datetime | None = None
    endex: datetime | None = None
    zone: tzinfo = UTC
    audiences: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    gap: timedelta = field(default=timedelta(minutes=1))
    window: timedelta = field(default=timedelta(hours=1))
    most: int = 0
