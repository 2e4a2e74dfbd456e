"""When does a scrutiny of so many days end: exactly, where the sitting days are known; else the earliest and the latest that it can be.

Source: how-domestic-procedure-is-followed.md, section 3; Constitutional Reform and Governance Act 2010, section 20(2), (5) and (9).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from comity.domestic.procedures_of_states import HomeProcedure
from comity.domestic.sittings import SittingDays
from comity.terms import Verdict

NEVER = date.max
"""The last day of a scrutiny that does not end in what is known."""


@dataclass(frozen=True, slots=True)
class ClockEnd:
    """The last day of a scrutiny: the earliest and the latest that it can be; ``latest`` None: what is known does not reach so far."""

    earliest: date
    latest: date | None

    @property
    def exact(self) -> date | None:
        """The last day, where it is sure."""
        return self.earliest if self.earliest == self.latest else None


@dataclass(frozen=True)
class Clock:
    """Counts the days of a procedure by what is known of the sitting days of all houses of its legislature.

    ``unknown_sit``: whether unknown days are taken as sitting days (the earliest calendar) or not (the latest).
    """

    procedure: HomeProcedure
    sittings: SittingDays
    unknown_sit: bool

    def end(self, start: date, days: int) -> date:
        """The last of so many days after ``start``; NEVER, if they are not reached."""
        if not self._by_sittings:
            return start + timedelta(days=days)
        if self.unknown_sit:
            return self._with_unknown(start, days)
        last = bisect_right(self._sitting, start) + days - 1
        return self._sitting[last] if last < len(self._sitting) else NEVER

    def passed(self, start: date, on: date) -> int:
        """How many days that count have passed after ``start``, ``on`` included."""
        if not self._by_sittings or self.unknown_sit:
            without = bisect_right(self._silent, on) - bisect_right(self._silent, start) if self._by_sittings else 0
            return (on - start).days - without
        return bisect_right(self._sitting, on) - bisect_right(self._sitting, start)

    @property
    def _by_sittings(self) -> bool:
        return self.procedure.scrutiny is not None and self.procedure.scrutiny.counted == "sitting"

    @cached_property
    def _sitting(self) -> Sequence[date]:
        return [day for day in self.sittings.days(self.procedure.houses) if self._said(day) is Verdict.YES]

    @cached_property
    def _silent(self) -> Sequence[date]:
        """The days on which it is known that they do not all sit."""
        return [day for day in self.sittings.days(self.procedure.houses) if self._said(day) is Verdict.NO]

    def _said(self, day: date) -> Verdict:
        return self.sittings.sits(day, self.procedure.houses)

    def _with_unknown(self, start: date, days: int) -> date:
        end = start + timedelta(days=days)
        while (short := days - self.passed(start, end)) > 0:
            end += timedelta(days=short)
        return end


def both_clocks(procedure: HomeProcedure, sittings: SittingDays) -> tuple[Clock, Clock]:
    """The clock by the earliest calendar, and by the latest."""
    return Clock(procedure, sittings, True), Clock(procedure, sittings, False)


def clock_end(procedure: HomeProcedure, sittings: SittingDays, laid: date) -> ClockEnd | None:
    """When the first scrutiny of a treaty laid on that day ends; None: the procedure has none."""
    if procedure.scrutiny is None:
        return None
    earliest, latest = (clock.end(laid, procedure.scrutiny.days) for clock in both_clocks(procedure, sittings))
    return ClockEnd(earliest, None if latest == NEVER else latest)
