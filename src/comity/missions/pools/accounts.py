"""A pool as data: its members' limits, the movements between its accounts.

Source: how-forces-are-generated.md, section 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.terms import Verdict

MONTHS = 12
"""Within so many months what is taken is made good, where the pool does not say. Source: practice of mutual support, 10 USC 2345 (memory)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """An amount goes from one account to another on a day (None: that is not known). ``ref``: the act. ``settled``: it was paid for."""

    ref: str
    day: date | None
    giver: str
    taker: str
    amount: int
    settled: bool = False
    sure: Verdict = Verdict.YES


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPool:
    """A pool, its account named as itself. ``limits``: what members may owe; ``overdraft``: what any other may, None: no limit."""

    id: str
    item: str = ""
    stock: bool = False
    months: int = MONTHS
    overdraft: int | None = None
    limits: tuple[tuple[str, int], ...] = ()
    movements: tuple[Movement, ...] = ()

    def limit(self, member: str) -> int | None:
        """What the member may owe."""
        return dict(self.limits).get(member, self.overdraft)


@dataclass(frozen=True, slots=True)
class Owed:
    """What is left of what a member took: on which day, until when it is due."""

    taken: date
    due: date
    amount: int
    ref: str


@dataclass(frozen=True, slots=True)
class Account:
    """A member's account on a day: what it gave and took, its balance as sure and as the least and most that it can be; what it owes."""

    member: str
    given: int
    taken: int
    least: int
    most: int
    owed: tuple[Owed, ...]
    overdue: int

    @property
    def balance(self) -> int:
        """What it gave less what it took, of what is sure; below 0 it owes."""
        return self.given - self.taken


@dataclass(frozen=True, slots=True)
class TooMuch:
    """A movement after which a member owes more than it may, or a stock has given what it has not got; by how much."""

    ref: str
    member: str
    day: date
    over: int
