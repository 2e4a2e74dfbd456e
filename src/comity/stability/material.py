"""What one question about stability is made of: who belongs when, what tables and the record say of pairs and states. Types only.

Days are ordinals, both ends in. Source: docs/explanation/how-stability-is-measured.md, sections 1 and 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Stretch = tuple[int, int]
"""Days from the first to the last, both in."""
Source = Literal["cow-mids", "gml-mids"]
Tie = Literal["agreements", "alliances", "defence agreements", "exercises reported", "exercises on record"]
DISPUTE_SOURCES: tuple[Source, ...] = ("cow-mids", "gml-mids")
FORCE, WAR = 4, 5
"""Levels of hostility: 1 none, 2 threat, 3 display, 4 use of force, 5 war."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """A state belongs to the region from ``first`` to ``last``. ``sure``: false where that is unknown or contested."""

    party: str
    first: int
    last: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class PairSpell:
    """Something between two states, of which the first and the last day lie within bounds; the last is not before the first.

    ``of``: a source of disputes, or a kind of tie.   ``ref``: which dispute, agreement or exercise.   ``a``, ``b``: parties.
    ``hostility``: 1 to 5, of the two; ``fatal``: whether any of theirs died; None: not known.   ``sure``: false where it may not have been at all.
    """

    of: Source | Tie
    ref: str
    a: str
    b: str
    first_a: int
    first_b: int
    last_a: int
    last_b: int
    hostility: int | None = None
    fatal: bool | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Bound:
    """An agreement binds a state, towards the other members that it binds. ``sure``: false where that is unknown or contested."""

    agreement: str
    party: str
    first: int
    last: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class ConflictYear:
    """An armed conflict in a year: whose it is, and against which state, if it is one between states. ``war``: 1,000 deaths in battle or more."""

    conflict: str
    year: int
    party: str
    against: str | None
    war: bool


@dataclass(frozen=True, slots=True)
class EventYear:
    """Reported events between two states in a year, by quad class: verbal and material cooperation, verbal and material conflict."""

    year: int
    a: str
    b: str
    counts: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that one question is answered from.

    ``parties``: those that ever belong.   ``listed``: on which days the tables of disputes list each of them as a state.
    ``reaches``: first and last year that each source covers, by its name; one that was not to be had is not there.
    ``events_covered``: the days for which there are event data.
    """

    parties: tuple[str, ...]
    belongs: tuple[Belonging, ...]
    listed: Mapping[str, tuple[Stretch, ...]] = field(default_factory=dict)
    spells: tuple[PairSpell, ...] = ()
    bound: tuple[Bound, ...] = ()
    conflicts: tuple[ConflictYear, ...] = ()
    events: tuple[EventYear, ...] = ()
    events_covered: tuple[Stretch, ...] = ()
    reaches: Mapping[str, tuple[int, int]] = field(default_factory=dict)
