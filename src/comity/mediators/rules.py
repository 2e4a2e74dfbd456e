"""What counts as a bar and as a merit, and from where on: conventions, declared once, that whoever asks may change. Types only.

Source: docs/explanation/how-mediators-are-ranked.md, sections 3 to 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

BarName = Literal["alliance", "dispute", "rivalry", "arms", "troops"]
MeritName = Literal["treaty", "mediations", "agreements", "votes"]
Obliges = Literal["defence", "offence", "neutrality", "non-aggression", "consultation"]
BARS: tuple[BarName, ...] = get_args(BarName)
MERITS: tuple[MeritName, ...] = get_args(MeritName)
OBLIGES: tuple[Obliges, ...] = get_args(Obliges)
ONE_SIDED: tuple[BarName, ...] = ("alliance", "arms", "troops")
"""Bars of which it counts whether they hold towards one side and not the other. Source: section 3."""


@dataclass(frozen=True, slots=True)
class MediatorRules:
    """The conventions. ``bars``: those that are looked at.   ``order``: merits, in the order in which they count.

    ``years``: so many years back disputes are looked for.   ``obligations``: which promises make an alliance.   ``share``: of all arms listed
    for a state, 0 to 1, from which on it depends on who delivered them.   ``arms_years``: calendar years over which they are summed up.
    ``troops``: persons from which on they count.   ``carry``: after the end of a table, what it said last is presumed to go on.
    """

    bars: tuple[BarName, ...] = BARS
    order: tuple[MeritName, ...] = MERITS
    years: int = 10
    obligations: tuple[Obliges, ...] = ("defence", "offence")
    share: float = 0.5
    arms_years: int = 5
    troops: int = 1000
    carry: bool = False
