"""The two answers about forces on a territory, entry and status; and how they change over days.

Source: how-permissions-are-derived.md, section 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from comity.terms import Answer, Reason, Verdict, all_of


@dataclass(frozen=True, slots=True)
class Stationing:
    """The two answers about forces on a territory, and what follows for them; ``verdict``: the *and* of the two."""

    entry: Answer
    status: Answer
    consequences: tuple[Reason, ...]

    @property
    def verdict(self) -> Verdict:
        return all_of([self.entry.verdict, self.status.verdict])

    @property
    def decided_by(self) -> str:
        """What decides it, in words: the innermost reason that does not hold, of entry first; where all hold, that of entry."""
        for name, answer in (("entry", self.entry), ("status", self.status)):
            if answer.verdict is not Verdict.YES:
                return f"{name}: {_innermost(answer.because)}"
        return _innermost(self.entry.because)


class StationingSpan(NamedTuple):
    """From ``start`` up to, without, ``end``."""

    start: date
    end: date
    stationing: Stationing


def stationing_spans(ask: Callable[[date], Stationing], turns: Iterable[int], start: date, end: date) -> Iterator[StationingSpan]:
    """The answers from ``start`` up to ``end``, one after another; asked on the first day and on ``turns``, those alike together."""
    days = [start, *sorted(date.fromordinal(day) for day in set(turns) if start.toordinal() < day < end.toordinal())] if start < end else []
    held: StationingSpan | None = None
    for day in days:
        found = ask(day)
        if held is not None and _says(held.stationing) == _says(found):
            continue
        if held is not None:
            yield held._replace(end=day)
        held = StationingSpan(day, end, found)
    if held is not None:
        yield held


def _says(found: Stationing) -> tuple[Verdict, Verdict, str]:
    return found.entry.verdict, found.status.verdict, found.decided_by


def _innermost(reasons: Sequence[Reason]) -> str:
    while True:
        wrong = next((one for one in reasons if not one.holds), None) or next(iter(reasons), None)
        if wrong is None:
            return "nothing on record"
        deeper = [one for one in wrong.because if not one.holds]
        if not deeper:
            return wrong.says
        reasons = deeper
