"""What tables and the record say of candidates and sides, before anything is made of it: spells, numbers by year, acts. Types only.

Days are ordinals of the proleptic Gregorian calendar (``date.toordinal``), both ends of a stretch in it.
Source: docs/explanation/how-mediators-are-ranked.md, section 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from comity.mediators.rules import BarName, MeritName
from comity.terms import Verdict

TableName = Literal["alliance", "dispute", "rivalry", "arms", "troops", "agreements", "votes"]


@dataclass(frozen=True, slots=True)
class Spell:
    """What a table says of a candidate and a side: its first day is one of [first_a, first_b], its last one of [last_a, last_b]."""

    of: TableName
    candidate: str
    side: str
    first_a: int
    first_b: int
    last_a: int
    last_b: int
    source: str


@dataclass(frozen=True, slots=True)
class Reach:
    """From which day through which a table says something, both in; ``source``: its names."""

    source: str
    since: int
    through: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the record says of a candidate, towards a side (None: towards both, or nobody).

    ``verdict``: yes, or unknown where it is contested or in doubt.   ``count``: of a mediation, 2 between these two sides, 1 elsewhere.
    ``source``: the agreement, or the act's reference.
    """

    of: BarName | MeritName
    candidate: str
    side: str | None
    verdict: Verdict
    says: str
    source: str
    count: int = 1


@dataclass(frozen=True)
class Material:
    """Everything that is known for one question.

    ``members``: on which days each is in the Correlates of War system.   ``reaches``: of each table that is in the store.
    ``points``: ideal points by state and year.   ``delivered``: arms by who delivered, who received, and year; ``received``: all that one
    received in a year, of those for whom something is listed, be it nothing.   ``stationed``: soldiers by whose they are, host and year;
    ``counted``: whose soldiers the table counts.
    ``missing``: what to do about each table that is not in the store.
    """

    sides: tuple[str, str]
    on: int
    candidates: tuple[str, ...]
    members: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    reaches: Mapping[TableName, Reach] = field(default_factory=dict)
    spells: tuple[Spell, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    points: Mapping[tuple[str, int], float] = field(default_factory=dict)
    delivered: Mapping[tuple[str, str, int], float] = field(default_factory=dict)
    received: Mapping[tuple[str, int], float] = field(default_factory=dict)
    stationed: Mapping[tuple[str, str, int], int] = field(default_factory=dict)
    counted: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
