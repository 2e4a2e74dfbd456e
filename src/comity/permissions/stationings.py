"""The two answers about forces on a territory, entry and status; and how they change over days.

Source: how-permissions-are-derived.md, section 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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

    @property
    def ends(self) -> date | None:
        """The first day on which one of the two may be another."""
        return min((answer.until for answer in (self.entry, self.status) if answer.until is not None), default=None)


class StationingSpan(NamedTuple):
    """From ``start`` up to, without, ``end``."""

    start: date
    end: date
    stationing: Stationing


def stationing_spans(ask: Callable[[date], Stationing], start: date, end: date) -> Iterator[StationingSpan]:
    """The answers from ``start`` up to ``end``, one after another; asked again wherever one ends."""
    while start < end:
        found = ask(start)
        until = end if found.ends is None or found.ends <= start else min(found.ends, end)
        yield StationingSpan(start, until, found)
        start = until


def _innermost(reasons: Sequence[Reason]) -> str:
    while True:
        wrong = next((one for one in reasons if not one.holds), None) or next(iter(reasons), None)
        if wrong is None:
            return "nothing on record"
        deeper = [one for one in wrong.because if not one.holds]
        if not deeper:
            return wrong.says
        reasons = deeper
