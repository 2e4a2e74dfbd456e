"""One reading of an indicator: a number or that it is not known, and what it rests on.

Source: docs/explanation/how-indicators-are-read.md, section 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Better = Literal["higher", "lower", "neither"]
"""Which way an indicator is better, as far as that can be said without an aim."""
By = Literal["year", "quarter"]
"""Into which stretches a series is cut."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom and when an indicator is read. ``partner`` None: towards all others. ``since``, ``until``: days, both in.

    ``agreement``, ``kind``: of one agreement, or one kind of thing, alone. ``key``: a declared key of burdens, each party with its part.
    """

    party: str
    since: date
    until: date
    partner: str | None = None
    agreement: str | None = None
    kind: str | None = None
    key: tuple[tuple[str, int], ...] = ()


class Part(NamedTuple):
    """One part of what was read: its name, how many of how many."""

    name: str
    number: float
    of: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What an indicator says.

    ``value``: the number, in ``unit``; None: not known, and ``why`` says why. ``of``: how many things it is about; ``unknown``: how many
    more there are of which it is not known. ``rests_on``: references of the acts behind it, in order. ``reach``: the day to which the
    record is complete for it; None: nowhere declared. ``simulated``: whether something that it rests on is of a simulation.
    ``between``: the least and the most that the number can be, whatever is not known; None: that cannot be said. ``parts``: by partner,
    kind or cause. ``notes``: what else is to be said.
    """

    indicator: str
    asked: Asked
    value: float | None
    unit: str
    of: int
    unknown: int = 0
    why: str = ""
    rests_on: tuple[str, ...] = ()
    reach: date | None = None
    simulated: bool = False
    notes: tuple[str, ...] = ()
    between: tuple[float, float] | None = None
    parts: tuple[Part, ...] = ()
