"""The tables of a programme's file, as a person writes them.

A slot may be written as its number or, where the file says on which day the first begins, as a day: the slot that the day lies in.
Source: docs/reference/programme-format.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

When = int | date
Slot = Literal["day", "week", "month", "quarter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class During:
    """From one slot or day up to, without, another."""

    from_: When
    until: When


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTable:
    id: str
    nation: str | None = None
    skills: tuple[str, ...] = ()
    at_once: int = 1
    rest: int = 0
    away: tuple[During, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolTable:
    id: str
    most: int
    closed: tuple[During, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorseTable:
    start: When
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WayTable:
    """``starts``: the slots or days in which it may begin; or ``between``: any in them."""

    host: str
    id: str | None = None
    starts: tuple[When, ...] = ()
    between: tuple[During, ...] = ()
    cost: int = 0
    uses: dict[str, int] = field(default_factory=dict)
    worse: tuple[WorseTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseTable:
    """``open_to``: units with what taking part costs each; ``open``: units that all cost ``each``."""

    id: str
    length: int = 1
    way: tuple[WayTable, ...] = ()
    capabilities: tuple[str, ...] = ()
    open_to: dict[str, int] = field(default_factory=dict)
    open: tuple[str, ...] = ()
    each: int = 0
    least: int = 0
    most: int | None = None
    roles: dict[str, int] = field(default_factory=dict)
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverTable:
    nation: str
    host: str
    from_: When = 0
    until: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetTable:
    nation: str
    most: int
    from_: When = 0
    until: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTable:
    """Once in ``from`` to ``until``; or ``every`` so many slots: a target for each row of that length, one beginning ``step`` slots after another."""

    nations: tuple[str, ...]
    capability: str
    weight: int
    from_: When = 0
    until: When | None = None
    every: int | None = None
    step: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LockTable:
    exercise: str
    held: bool = True
    way: str | None = None
    start: When | None = None
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTable:
    first: str
    then: str
    lag: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTable:
    exercise: str
    way: str
    start: When
    units: tuple[str, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFile:
    """A problem as it is written. ``legal_cover``: "given" (the [[cover]] tables) or "not looked at"."""

    slots: int
    title: str = ""
    first: date | None = None
    slot: Slot = "week"
    notice: When = 0
    burden: int = 0
    change: int = 0
    finish: int = 0
    shares: dict[str, int] = field(default_factory=dict)
    legal_cover: Literal["given", "not looked at"] = "given"
    unit: tuple[UnitTable, ...] = ()
    pool: tuple[PoolTable, ...] = ()
    exercise: tuple[ExerciseTable, ...] = ()
    cover: tuple[CoverTable, ...] = ()
    budget: tuple[BudgetTable, ...] = ()
    target: tuple[TargetTable, ...] = ()
    order: tuple[OrderTable, ...] = ()
    lock: tuple[LockTable, ...] = ()
    before: tuple[HeldTable, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A plan as it is written. ``programme``: the file of its problem, beside it; ``sha256``: of that file, as it then was."""

    programme: str = ""
    sha256: str = ""
    total: int | None = None
    bound: int | None = None
    held: tuple[HeldTable, ...] = ()
