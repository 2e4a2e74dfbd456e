"""One vote as it was told by name; types only.

Source: how-decisions-are-counted.md, section 5.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from comity.votes.voters import Ballots


@dataclass(frozen=True, slots=True)
class RollCall:
    """One vote as it was told by name. It was taken on a day from ``first`` to ``last``.

    ``ballots``: by the code of who cast them. ``under``: the rule that it was taken under, where that is known, and ``why`` it is known.
    ``adopted``: whether it is told that it was adopted.
    """

    number: int
    session: int
    first: date
    last: date
    symbol: str
    about: str
    ballots: Ballots
    under: str | None = None
    why: str = ""
    adopted: bool | None = None

    @property
    def day(self) -> str:
        """The day, or the month of which it is one."""
        return f"{self.first}" if self.first == self.last else f"{self.first:%Y-%m}"


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month of a day."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
