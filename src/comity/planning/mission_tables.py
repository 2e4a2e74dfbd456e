"""The tables of a mission's file and of a plan for it, as a person writes them.

Source: docs/reference/mission-format.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from comity.missions import DaySpan


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationTable:
    name: str
    from_: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanTable:
    """From a day up to, without, another; either may be left out."""

    from_: date | None = None
    until: date | None = None

    @property
    def days(self) -> DaySpan:
        return DaySpan(self.from_, self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTable(SpanTable):
    """``where``: the territory's code; ``weight``: what one that is missing for a rotation weighs."""

    id: str
    capability: str
    number: int = 1
    readiness: int | None = None
    level: int = 0
    where: str | None = None
    tasks: tuple[str, ...] = ()
    command: str | None = None
    weight: int | None = None
    persons: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeTable(SpanTable):
    id: str
    party: str
    capability: str | None = None
    number: int = 1
    line: str | None = None
    persons: int = 0
    notice: int | None = None
    level: int = 0
    level_until: date | None = None
    rest: int = 0
    cost: int | None = None
    currency: str | None = None
    refused: bool = False
    withdrawn: date | None = None
    force: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaveatTable(SpanTable):
    id: str
    party: str
    pledge: str | None = None
    tasks: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    longest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptTable(SpanTable):
    pledge: str
    line: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapTable(SpanTable):
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCoverTable(SpanTable):
    party: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CeilingTable:
    party: str
    persons: int | None = None
    cost: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CapableTable:
    party: str
    capability: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionFile:
    """``first``, ``months``, ``rotations``: rotations of one length; or [[rotation]]. ``rates``: what one unit of another currency is worth."""

    mission: str
    title: str = ""
    organ: str = ""
    agreement: str | None = None
    currency: str = ""
    first: date | None = None
    months: int = 6
    rotations: int | None = None
    missing: int = 1
    burden: int = 0
    by: Literal["cost", "person-days"] = "cost"
    shares: dict[str, int] = field(default_factory=dict)
    rates: dict[str, str] = field(default_factory=dict)
    rotation: tuple[RotationTable, ...] = ()
    mandate: tuple[SpanTable, ...] | None = None
    line: tuple[LineTable, ...] = ()
    pledge: tuple[PledgeTable, ...] = ()
    caveat: tuple[CaveatTable, ...] = ()
    accept: tuple[AcceptTable, ...] = ()
    gap: tuple[GapTable, ...] = ()
    deployed: tuple[AcceptTable, ...] = ()
    cover: tuple[PlaceCoverTable, ...] | None = None
    ceiling: tuple[CeilingTable, ...] = ()
    capable: tuple[CapableTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServesTable:
    pledge: str
    line: str
    rotation: str
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ForcePlanFile:
    mission: str = ""
    sha256: str = ""
    total: int | None = None
    bound: int | None = None
    serves: tuple[ServesTable, ...] = ()
