"""An act as the law looks at it in one world: its exact days, and the choices that a world makes.

A *world* fixes what the record leaves open: the day behind a partial date, and the reading of each fork (an act whose
effect no clause or rule settles, and the other three sources of contest). Deriving in a world is a plain function; the
forks met on the way are noted in the world, so that the caller can try the other readings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from comity.acts import Act, kinds
from comity.agreements.days import Day
from comity.terms import Finding, Reading

GROUPS = ("signature", "provisional", "consent", "reservation", "declaration", "exit")


@dataclass(slots=True)
class Deed:
    """One act with exact days (ordinals). ``made`` / ``received`` / ``notified`` stand in for one another where blank."""

    act: Act
    kind: str
    actor: str
    made: Day
    received: Day
    notified: Day
    effect: Day | None

    @property
    def ref(self) -> str:
        return self.act.ref

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles it touches: those listed, else its own, else all."""
        return self.act.listed("articles") or (self.act.article or "all",)

    def on(self, which: str) -> Day:
        """The day by the moment a clause names: made, received or notified."""
        return self.made if which == "made" else self.notified if which == "notified" else self.received

    @property
    def takes_effect(self) -> Day:
        """The effect date it states, else the day it was received."""
        return self.received if self.effect is None else self.effect


@cache
def rank(kind: str) -> int:
    """Acts of one day are taken in the order of their group, whatever their order in the files."""
    group = kinds()[kind].group
    return GROUPS.index(group) if group in GROUPS else len(GROUPS)


@dataclass(frozen=True, slots=True)
class Fork:
    """A point with several readings. ``id`` is stable; reading 0 is the one the law or the acts as recorded suggest.

    ``until``: on that day and after, the first reading is no longer held by anybody. ``dated``: what is open is the day of an
    act of this agreement; None: the law.
    """

    id: str
    readings: tuple[Reading, ...]
    act: str | None = None
    until: Day | None = None
    dated: str | None = None


@dataclass(slots=True)
class World:
    """Which reading is taken at each fork, the forks met so far, what was found odd, and which other agreements were asked."""

    choices: Mapping[str, int] = field(default_factory=dict)
    forks: dict[str, Fork] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def choose(self, fork_id: str, readings: Sequence[Reading], act: str | None = None, until: Day | None = None, dated: str | None = None) -> int:
        """The index of the reading that this world takes."""
        if fork_id not in self.forks:
            self.forks[fork_id] = Fork(fork_id, tuple(readings), act, until, dated)
        return self.choices.get(fork_id, 0)

    def find(self, code: str, says: str, where: str, agreement: str | None, citation: str | None = None) -> None:
        self.findings.append(Finding(code, says, where, agreement, citation))
