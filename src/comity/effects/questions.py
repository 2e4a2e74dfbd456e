"""What is asked: which treatment, which outcome, of which rows, at which lag; and the conventions of the reading.

Source: docs/explanation/how-effects-are-read.md, sections 1, 2 and 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from comity.terms import BadInput

Ongoing = Literal["left out", "kept"]
"""What becomes of rows in which the outcome was under way already and did not begin."""
Breadth = Literal["none", "short", "full"]
"""How much of the grid of specifications is estimated."""
BREADTHS: tuple[Breadth, ...] = ("none", "short", "full")
MOST_LAG = 20


@dataclass(frozen=True, slots=True)
class Layout:
    """Which rows are looked at, and what stands in them. Source: section 2.

    ``treatment``, ``outcome``, ``controls``: names of columns of the table.   ``lag``: periods from the treatment to the outcome.
    ``since``, ``until``: the first and last period of the outcome, both in.   ``peace``: whether time since the last event, its square
    and its cube are controls.   ``under_way``: the column that says whether the outcome was under way, if there is one.
    ``ongoing``: what becomes of rows in which it was, and did not begin.   ``relevant``: whether only relevant pairs are looked at.
    """

    treatment: str
    outcome: str
    since: int
    until: int
    controls: tuple[str, ...] = ()
    lag: int = 1
    peace: bool = True
    under_way: str | None = None
    ongoing: Ongoing = "left out"
    relevant: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.lag <= MOST_LAG:
            raise BadInput(f"--lag {self.lag}; write a number of periods from 0 to {MOST_LAG}")
        if self.until < self.since:
            raise BadInput(f"since {self.since} until {self.until}: the end is before the beginning; exchange them")
        named = (self.treatment, self.outcome, *self.controls)
        twice = next((name for name in named if named.count(name) > 1), None)
        if twice is not None:
            raise BadInput(f"{twice} is named twice among treatment, outcome and controls; name each once")


@dataclass(frozen=True, slots=True)
class EffectRules:
    """The conventions of the reading: from which number on something is said. Source: section 6; conventions, not law.

    ``few_switching``, ``share_switching``: fewer pairs, or a smaller share of them, hardly switch.   ``few_states``: fewer are too few clusters.
    ``events_per_term``: fewer rows with the outcome for each term are few.   ``ratio``: sizes that differ by so much do not agree.
    ``level``: a test rejects below it.   ``unknown``: a larger share of rows left out as unknown is said.   ``one_sign``: a smaller share
    of the grid with one sign is fragile.   ``excluding``: so is a smaller share whose interval excludes zero.
    ``breakdown``: steps after adoption, against the largest before it, that a finding should bear.
    """

    few_switching: int = 30
    share_switching: float = 0.05
    few_states: int = 30
    events_per_term: int = 10
    ratio: float = 2.0
    level: float = 0.05
    unknown: float = 0.1
    one_sign: float = 0.9
    excluding: float = 0.5
    breakdown: float = 1.0
