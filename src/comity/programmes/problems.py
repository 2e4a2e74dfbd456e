"""What is to be planned: the exercises that might be held, who could take part, and what each choice costs, over some years.

Time is counted in slots of one length (weeks, quarters), from 0; spans are half-open, [start, end). Every number is whole.
Source: how-programmes-are-planned.md, section 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Slots(NamedTuple):
    """Slots from ``start`` up to, without, ``end``."""

    start: int
    end: int

    def holds(self, slot: int) -> bool:
        return self.start <= slot < self.end

    def meets(self, other: Slots) -> bool:
        """Have the two a slot in common?"""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A force of a nation, or the nation as a whole, that takes part.

    ``skills``: the roles that it can fill. ``at_once``: in how many exercises it can be in one slot, ``rest``: for how many slots after each it
    still counts as in it. ``away``: when it can be in none.
    """

    id: str
    nation: str
    skills: frozenset[str] = frozenset()
    at_once: int = 1
    rest: int = 0
    away: tuple[Slots, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """What several exercises use at a time (a range, airspace, lift): so much of it in each slot; ``closed`` when it cannot be used at all."""

    id: str
    most: int
    closed: tuple[Slots, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to hold an exercise: by which host, beginning in which slots, at what cost to the host, using how much of each pool.

    ``worse``: what beginning in a slot costs besides (weather, holidays).
    """

    id: str
    host: str
    starts: tuple[int, ...]
    cost: int = 0
    uses: tuple[tuple[str, int], ...] = ()
    worse: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """An exercise that might be held once, or, if ``required``, must be.

    ``length`` in slots. ``capabilities``: what it trains. ``open_to``: the units that may take part, with what that costs the unit's nation.
    ``least`` and ``most``: how many take part. ``roles``: the skills it needs, and of each how many units.
    """

    id: str
    length: int
    ways: tuple[Way, ...]
    capabilities: frozenset[str] = frozenset()
    open_to: tuple[tuple[str, int], ...] = ()
    least: int = 0
    most: int
    roles: tuple[tuple[str, int], ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """If both are held, ``then`` begins ``lag`` slots or more after ``first`` has ended."""

    first: str
    then: str
    lag: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """While in ``during``, forces of ``nation`` have a legal basis to train on the territory of ``host``. A nation needs none at home."""

    nation: str
    host: str
    during: Slots


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Exercises that begin in ``during`` cost the nation no more than ``most``, as host and for its units together."""

    nation: str
    during: Slots
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The two nations are to train the capability together in an exercise that begins in ``during``; ``weight`` is what missing it costs."""

    nations: tuple[str, str]
    capability: str
    during: Slots
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """A decision that is not to be touched: held or not; if held, in this way, from this slot, with and without these units (None: open)."""

    exercise: str
    held: bool = True
    way: str | None = None
    start: int | None = None
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldExercise:
    """One exercise as a plan has it: the way, the first slot, and the units with the role that each fills ("": none)."""

    exercise: str
    way: str
    start: int
    units: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """All of it. ``cover`` None: legal coverage is not looked at. ``notice``: no exercise begins before this slot.

    ``shares``: what part of all costs each nation should bear, in parts of their sum; ``burden`` is what each unit of cost beyond its share weighs.
    ``before``: the plan that there was; ``change`` is what each exercise or unit that comes, goes or moves weighs. ``finish``: what each slot until
    the last exercise has ended weighs.
    """

    slots: int
    units: tuple[Unit, ...]
    exercises: tuple[Exercise, ...]
    pools: tuple[Pool, ...] = ()
    orders: tuple[Order, ...] = ()
    cover: tuple[Cover, ...] | None = None
    budgets: tuple[Budget, ...] = ()
    targets: tuple[Target, ...] = ()
    locks: tuple[Lock, ...] = ()
    notice: int = 0
    shares: tuple[tuple[str, int], ...] = ()
    burden: int = 0
    before: tuple[HeldExercise, ...] | None = None
    change: int = 0
    finish: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a plan costs, part by part, and together."""

    costs: int
    worse: int
    missed: int
    burden: int
    change: int
    finish: int

    @property
    def total(self) -> int:
        return self.costs + self.worse + self.missed + self.burden + self.change + self.finish


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The exercises held; what it says that it costs, and the bound below which no plan can cost, where a solver says so."""

    held: tuple[HeldExercise, ...]
    total: int | None = None
    bound: int | None = None
