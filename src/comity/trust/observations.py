"""Duties of which it is known whether they were kept on time; and what a forecast is told with. Types only.

Source: docs/explanation/how-trust-is-forecast.md, section 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kept = Literal["kept", "late", "missed"]


@dataclass(frozen=True, slots=True)
class Observation:
    """A duty that fell due, and how it came out. ``owed_by``, ``owed_to``: nations; ``owed_to`` empty: all others. ``acts``: references."""

    key: str
    agreement: str
    kind: str
    owed_by: str
    owed_to: tuple[str, ...]
    due: date
    came_out: Kept
    acts: tuple[str, ...] = ()
    simulated: bool = False

    @property
    def kept(self) -> bool:
        """Was it done by its day?"""
        return self.came_out == "kept"


@dataclass(frozen=True, slots=True)
class Left:
    """A duty that fell due and is left out, as it is not known or contested how it came out."""

    kind: str
    owed_by: str
    owed_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Observed:
    """The duties that fell due before a day: those that count, by due day and key; those that are left out."""

    counted: tuple[Observation, ...]
    left: tuple[Left, ...]
