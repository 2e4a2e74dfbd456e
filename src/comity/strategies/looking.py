"""A strategy beside what a record knows of it, with what its rules look up again and again.

Source: how-strategies-are-checked.md, 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Protocol

from comity.strategies.strategy import Baseline, Initiative, Measure, Observed, Strategy, Target
from comity.terms import Broken

MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12, "two-yearly": 24}
"""How many months lie between two readings."""
BOUNDS: Mapping[str, tuple[int, int | None]] = {"percent": (0, 100), "%": (0, 100), "share": (0, 1), "number": (0, None)}
"""What the declared units allow: the least and the most (None: no most)."""
ITSELF = "the strategy"


class Named(Protocol):
    """What has an id."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class StrategyKnown:
    """What a record knows: the codes of its parties, the ids of its agreements, the references of its acts, the unit of each indicator."""

    parties: frozenset[str]
    agreements: frozenset[str]
    acts: frozenset[str]
    indicators: Mapping[str, str]


@dataclass(frozen=True)
class Looked:
    """A strategy beside what is known."""

    strategy: Strategy
    known: StrategyKnown

    @cached_property
    def tables(self) -> dict[str, list[str]]:
        """The ids of each kind of part, as they stand."""
        s = self.strategy
        lists: dict[str, Iterable[Named]] = {
            "stakeholder": s.stakeholder, "interest": s.interest, "objective": s.objective, "outcome": s.outcome, "initiative": s.initiative,
            "input": s.inputs(), "activity": s.activities(), "output": s.outputs(), "indicator": s.indicator, "assumption": s.assumption,
            "risk": s.risk, "review": s.review,
        }  # fmt: skip
        return {table: [one.id for one in some] for table, some in lists.items()}

    @cached_property
    def parts(self) -> frozenset[str]:
        """The ids of what an assumption, a risk or a finding can be about."""
        kinds = ("interest", "objective", "outcome", "initiative", "input", "activity", "output", "indicator")
        return frozenset(name for kind in kinds for name in self.tables[kind])

    @cached_property
    def measures(self) -> dict[str, list[Measure]]:
        """The indicators by their ids."""
        found: dict[str, list[Measure]] = {}
        for one in self.strategy.indicator:
            found.setdefault(one.id, []).append(one)
        return found

    def reached(self, initiative: Initiative) -> frozenset[str]:
        """Which outcomes that there are an initiative reaches by its outputs."""
        return frozenset(name for output in initiative.output for name in output.leads_to).intersection(self.tables["outcome"])


Rule = Callable[[Looked], Iterator[Broken]]


def values_of(one: Measure) -> list[tuple[str, Baseline | Target | Observed]]:
    """The values of an indicator, each with what it is: its baseline, its targets, its observations."""
    found: list[tuple[str, Baseline | Target | Observed]] = [] if one.baseline is None else [("its baseline", one.baseline)]
    found += [(f"its target by {target.by or 'no day'}", target) for target in one.target]
    return [*found, *((f"its observation of {seen.on}", seen) for seen in one.observation)]


def written(value: Fraction | float) -> str:
    """A number as a person writes it: no more digits than it takes."""
    return f"{float(value):.6g}"


def amount(value: Fraction | float, unit: str) -> str:
    """A value with its unit, as a person writes both."""
    return written(value) + {"number": "", "share": "", "percent": " %", "%": " %"}.get(unit, f" {unit}" if unit else "")


def listed(names: Iterable[str]) -> str:
    """Names in a row, or that there are none."""
    return ", ".join(names) or "none"
