"""How long a period is for which something is forecast, a year or a month, and what follows from that: half-lives, and which yearly tables are known.

A period is a whole number: of years the year itself, of months twelve for each year and one for each month after January.

Source: docs/explanation/how-warnings-are-made.md, sections 1 and 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from comity.terms import BadInput


@dataclass(frozen=True, slots=True)
class WarningStep:
    """``name``: year or month.   ``in_year``: how many periods a year has.   ``half_lives``: periods after which a dispute counts half.

    ``of_others``: those of them for disputes with third states.   ``recent``: the one for foes, friends, neighbours and regions.
    """

    name: str
    in_year: int
    half_lives: tuple[int, ...]
    of_others: tuple[int, ...]
    recent: int

    def year_of(self, period: int) -> int:
        """The year in which a period lies."""
        return period // self.in_year

    def month_of(self, period: int) -> int | None:
        """The month of its year, from 1; None of a year."""
        return period % self.in_year + 1 if self.in_year > 1 else None

    def known_at_end(self, period: int) -> int:
        """The last year whose yearly tables are known at the end of a period: the one before that in which the next period lies."""
        return self.year_of(period + 1) - 1

    def period_of(self, year: int, month: int | None = None) -> int:
        """The period of a year, or of a month of it."""
        return year * self.in_year + (month or 1) - 1

    def told(self, period: int) -> str:
        """As it is written: 1990, or 1990-08."""
        month = self.month_of(period)
        return f"{self.year_of(period)}" if month is None else f"{self.year_of(period)}-{month:02}"

    def day_before(self, period: int) -> date:
        """The last day of the period before: what is forecast knows nothing after it."""
        return date(self.year_of(period), self.month_of(period) or 1, 1) - timedelta(days=1)


YEAR = WarningStep("year", 1, (1, 3, 10, 30), (1, 3, 10), 3)
MONTH = WarningStep("month", 12, (1, 3, 12, 36, 120, 360), (3, 12, 36, 120), 36)
STEPS = {step.name: step for step in (YEAR, MONTH)}


def step_of(name: str) -> WarningStep:
    """By its name; BadInput for another."""
    if name not in STEPS:
        raise BadInput(f"forecasts are by {' or by '.join(STEPS)}, not by {name!r}")
    return STEPS[name]
