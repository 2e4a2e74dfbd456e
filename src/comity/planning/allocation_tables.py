"""The tables of a budget's file and of a plan for it, as a person writes them: years as calendar years, what is not known as "unknown".

A table that says no more and no less than a part of the problem is that part.
Source: docs/reference/allocation-format.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from comity.allocations import Balance, InitiativeExclusion, InitiativeNeed, MoneyPot, ScarceResource


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTable:
    counts: int
    upto: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeTable:
    id: str
    target: int
    unit: str = ""
    weight: int = 1
    rank: int = 1
    returns: tuple[ReturnTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectTable:
    """``expected``: a whole number, or "unknown"; ``low`` and ``high`` left out are the same."""

    outcome: str
    expected: int | str
    low: int | None = None
    high: int | None = None
    source: str = ""
    evidence: str = ""
    after: int = 0
    yearly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelTable:
    name: str
    cost: tuple[int, ...]
    years: int | None = None
    uses: dict[str, tuple[int, ...]] = field(default_factory=dict)
    effect: tuple[EffectTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeTable:
    """``earliest``, ``latest``: calendar years (else the first and the last)."""

    id: str
    kind: str
    level: tuple[LevelTable, ...] = ()
    partners: tuple[str, ...] = ()
    region: str = ""
    earliest: int | None = None
    latest: int | None = None
    must: str | None = None
    out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SynergyTable:
    """``levels``: of the first and of the second initiative, the least level; left out or blank: any."""

    initiatives: tuple[str, ...]
    outcome: str
    expected: int | str
    levels: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    source: str = ""
    evidence: str = ""
    after: int = 0
    yearly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationFile:
    """A problem as it is written. ``budget``: money for anything, by year. ``objective`` "lexicographic": the ranks of outcomes count."""

    first: int
    years: int
    title: str = ""
    money: str = ""
    objective: Literal["weighted", "lexicographic"] = "weighted"
    budget: tuple[int, ...] = ()
    carry: int = 0
    pot: tuple[MoneyPot, ...] = ()
    resource: tuple[ScarceResource, ...] = ()
    outcome: tuple[OutcomeTable, ...] = ()
    initiative: tuple[InitiativeTable, ...] = ()
    need: tuple[InitiativeNeed, ...] = ()
    exclusion: tuple[InitiativeExclusion, ...] = ()
    balance: tuple[Balance, ...] = ()
    synergy: tuple[SynergyTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidTable:
    year: int
    pot: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FundedTable:
    initiative: str
    level: str
    start: int
    paid: tuple[PaidTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationPlanFile:
    """A plan as it is written. ``problem``: the file of its problem, beside it; ``sha256``: of that file, as it then was."""

    problem: str = ""
    sha256: str = ""
    value: tuple[int, ...] | None = None
    cost: int | None = None
    bounds: tuple[int, ...] = ()
    funded: tuple[FundedTable, ...] = ()
