"""What is to be decided: initiatives that money could go to, the pots it comes from, what depends on what, and the outcomes that are wanted.

Years are numbered from 0, one after another. Every number is whole: money in one unit for the whole problem, effects in the unit of their outcome.
Source: how-budgets-are-allocated.md, section 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Axis = Literal["partner", "kind", "region"]
"""By what initiatives are grouped where a rule is about some of them."""
Size = Literal["low", "expected", "high"]
"""Which figure of an effect is meant."""
WHOLE = 10_000
"""Attainment is counted in hundredths of a per cent, rounded down: the whole target is so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyPot:
    """Money that is there each year. ``amounts``: by year. ``carry``: what percentage of what is left of a year goes on to the next.

    ``kinds``, ``partners``, ``regions``: it pays for initiatives of these alone, with one of these partners, in these regions; empty: any.
    """

    id: str
    amounts: tuple[int, ...]
    carry: int = 0
    kinds: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScarceResource:
    """Something besides money of which there is so much each year (staff, instructors, days on a range): ``amounts`` by year."""

    id: str
    amounts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeEffect:
    """What a level adds to an outcome, in the outcome's unit: a low, an expected and a high figure; ``expected`` None: not known.

    It shows ``after`` so many years from the first, and counts once, if that is a year of the problem; if ``yearly``, once for every year from then
    on, for as many years as the level lasts. ``source``: judgement, estimate or indicator;
    ``evidence``: where that stands.
    """

    outcome: str
    low: int | None
    expected: int | None
    high: int | None
    source: str
    evidence: str = ""
    after: int = 0
    yearly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeLevel:
    """One way to fund an initiative. ``costs``: by year from its first; the last figure goes on, for ``years`` years (None: to the end).

    ``uses``: of each scarce resource, figures by year in the same way.
    """

    name: str
    costs: tuple[int, ...]
    years: int | None = None
    uses: tuple[tuple[str, tuple[int, ...]], ...] = ()
    effects: tuple[OutcomeEffect, ...] = ()

    def cost_in(self, since: int) -> int:
        """What it costs so many years after its first year (0: in its first)."""
        return self._figure(self.costs, since)

    def use_in(self, resource: str, since: int) -> int:
        """How much of the resource it takes so many years after its first year."""
        return sum(self._figure(amounts, since) for name, amounts in self.uses if name == resource)

    def _figure(self, figures: tuple[int, ...], since: int) -> int:
        if since < 0 or not figures or (self.years is not None and since >= self.years):
            return 0
        return figures[min(since, len(figures) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """Something that could be funded at one of its levels, the least first; not funded, it costs and yields nothing.

    ``earliest``, ``latest``: the first year lies between them, both in.
    ``must``: at least this level is to be funded. ``out``: it was decided to leave it out.
    """

    id: str
    kind: str
    levels: tuple[InitiativeLevel, ...]
    earliest: int
    latest: int
    partners: tuple[str, ...] = ()
    region: str = ""
    must: str | None = None
    out: bool = False

    def named(self, axis: Axis) -> tuple[str, ...]:
        """To which partners, kind or region it belongs."""
        return self.partners if axis == "partner" else (self.kind,) if axis == "kind" else (self.region,)


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeNeed:
    """``initiative``, at ``level`` or a higher one, needs ``other`` at ``other_level`` or a higher one, begun ``lag`` years before it or sooner.

    A level that is None: any.
    """

    initiative: str
    other: str
    level: str | None = None
    other_level: str | None = None
    lag: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeExclusion:
    """Of these initiatives at most ``most`` are funded."""

    initiatives: tuple[str, ...]
    most: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What is spent with a partner, on a kind or in a region over all years: at least and at most so much money, and such
    a percentage of all spending.
    """

    by: Axis
    name: str
    least: int | None = None
    most: int | None = None
    least_share: int | None = None
    most_share: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Synergy:
    """Two initiatives, each at its level in ``levels`` or a higher one (None: any), add so much to an outcome together; less than nothing:
    they overlap.

    As an effect otherwise; ``after`` counts from the later of the two first years, and if ``yearly``, it counts once a year from then to the end.
    """

    initiatives: tuple[str, str]
    outcome: str
    low: int | None
    expected: int | None
    high: int | None
    source: str
    evidence: str = ""
    levels: tuple[str | None, str | None] = (None, None)
    after: int = 0
    yearly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Of what is added up, what lies below ``upto`` (and above the step before) counts with ``counts`` per cent; ``upto`` None: to the end."""

    upto: int | None
    counts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetOutcome:
    """What is wanted: ``target`` in ``unit``. ``rank``: outcomes of rank 1 go before those of rank 2; ``weight`` is among those of one rank.

    ``returns``: how returns diminish, step by step; empty: all counts in full.
    """

    id: str
    unit: str
    target: int
    weight: int = 1
    rank: int = 1
    returns: tuple[Return, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetProblem:
    """All of it. ``years``: how many; ``money``: its unit, in words."""

    years: int
    pots: tuple[MoneyPot, ...]
    initiatives: tuple[Initiative, ...]
    outcomes: tuple[TargetOutcome, ...]
    money: str = ""
    resources: tuple[ScarceResource, ...] = ()
    needs: tuple[InitiativeNeed, ...] = ()
    exclusions: tuple[InitiativeExclusion, ...] = ()
    balances: tuple[Balance, ...] = ()
    synergies: tuple[Synergy, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """One initiative as a plan funds it: at which level, from which year."""

    initiative: str
    level: str
    start: int


@dataclass(frozen=True, slots=True)
class Payment:
    """So much of an initiative's cost in a year is paid from a pot."""

    initiative: str
    pot: str
    year: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationPlan:
    """What is funded and who pays; where a solver says so, what it says that the plan is worth by rank, costs, and what no plan exceeds, by rank.

    ``bounds`` may have fewer ranks than ``value``: of the others nothing is known.
    """

    chosen: tuple[Chosen, ...]
    paid: tuple[Payment, ...] = ()
    value: tuple[int, ...] | None = None
    cost: int | None = None
    bounds: tuple[int, ...] = ()


def ranks_of(outcomes: Sequence[TargetOutcome]) -> tuple[int, ...]:
    """The ranks that outcomes have, the first first."""
    return tuple(sorted({one.rank for one in outcomes}))
