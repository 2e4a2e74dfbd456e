"""The answer: each candidate with its bars, its merits and its ranks, and what is not known. Types only.

Source: docs/explanation/how-mediators-are-ranked.md, sections 3 to 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.mediators.material import Reach
from comity.mediators.rules import BarName, MediatorRules, MeritName
from comity.terms import Label, Verdict


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a source says of a candidate, towards a side: whether it holds, in words, and from which day if not the one asked about."""

    side: str | None
    verdict: Verdict
    says: str
    source: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """Whether something stands in a candidate's way: yes, no or unknown; ``towards``: whether it holds towards each side (None: not asked)."""

    name: BarName
    verdict: Verdict
    towards: tuple[Verdict | None, Verdict | None]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Merit:
    """What speaks for a candidate. ``value``: how much of it is shown (0: nothing); of votes, the distance (None: unknown)."""

    name: MeritName
    value: float | None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class MediatorCandidate:
    """One candidate. ``barred``: yes, no, or unknown (it may be). ``best`` and ``worst``: the ranks that it may have; None if it is barred."""

    party: str
    name: str
    barred: Verdict
    bars: tuple[Bar, ...]
    merits: tuple[Merit, ...]
    best: int | None
    worst: int | None

    def bar(self, name: BarName) -> Bar | None:
        """The bar of this name; None where it is not asked."""
        return next((bar for bar in self.bars if bar.name == name), None)

    def merit(self, name: MeritName) -> Merit:
        """The merit of this name."""
        return next(merit for merit in self.merits if merit.name == name)


@dataclass(frozen=True, slots=True)
class Mediators:
    """Every candidate in the order of section 5, by which rules, from which tables, and what was not looked at."""

    sides: tuple[str, str]
    on: date
    known: date
    rules: MediatorRules
    candidates: tuple[MediatorCandidate, ...]
    reaches: tuple[tuple[str, Reach], ...]
    notes: tuple[str, ...]
    not_looked_at: tuple[str, ...]
    label: Label
