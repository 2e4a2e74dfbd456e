"""Several worlds, one verdict: yes, no, contested or unknown on each day, and since when.

Source: how-standing-is-derived.md, section 2 (the verdict on a day) and section 10.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.agreements import BEGIN, EVER, Days
from comity.standing.worlds import Case, forks_of
from comity.terms import Reading, Verdict


@dataclass(frozen=True, slots=True)
class View:
    """A question's value in one world: a sorted list of (start, end, verdict, mode) that covers all days."""

    case: Case
    pieces: tuple[tuple[int, int, Verdict, str], ...]

    def on(self, day: int) -> tuple[Verdict, str]:
        return next(((v, m) for s, e, v, m in self.pieces if s <= day < e), (Verdict.NO, "none"))

    def around(self, day: int) -> tuple[int, int]:
        """The stretch of days around ``day`` with the same verdict and mode."""
        value = self.on(day)
        start, end = day, day + 1
        for s, e, v, m in reversed(self.pieces):
            if (v, m) == value and s <= start <= e:
                start = min(start, s)
        for s, e, v, m in self.pieces:
            if (v, m) == value and s <= end <= e:
                end = max(end, e)
        return start, end


def view(case: Case, pieces: Iterable[tuple[int, int, Verdict, str]]) -> View:
    """Fill the gaps with *no*, standing *none*."""
    filled: list[tuple[int, int, Verdict, str]] = []
    last = BEGIN
    for piece in sorted(pieces):
        if last < piece[0]:
            filled.append((last, piece[0], Verdict.NO, "none"))
        filled.append(piece)
        last = piece[1]
    if last < EVER:
        filled.append((last, EVER, Verdict.NO, "none"))
    return View(case, tuple(filled))


def days_view(case: Case, days: Days, mode: str = "in force") -> View:
    return view(case, [(s, e, Verdict.YES, mode) for s, e in days])


class Views(list[View]):
    """A question's value in every world, and the worlds grouped by how the forks of law are read."""

    def __init__(self, readings: Sequence[Sequence[Case]], look: Callable[[Case], View]) -> None:
        cases = {id(case): case for of_dates in readings for case in of_dates}
        found = {key: look(case) for key, case in cases.items()}
        super().__init__(found.values())
        self.groups = [[found[id(case)] for case in of_dates] for of_dates in readings]
        self.settled = sorted({f.until for v in self for f in v.case.met if f.until is not None})

    def held_on(self, day: int) -> list[View]:
        """The worlds that anybody still holds on ``day``: a claim given up by then no longer counts, for the past either."""
        if not self.settled or day < self.settled[0]:
            return self
        return [v for v in self if not _given_up(v.case, day)]

    def first(self, day: int) -> View:
        """The world of the first readings still held on ``day``, and of first dates."""
        return self.held_on(day)[0]


def _given_up(case: Case, day: int) -> bool:
    return any(f.until is not None and f.until <= day and case.choices.get(f.id) == 0 for f in case.met)


def verdict_on(views: Views, day: int) -> Verdict:
    """The four-valued verdict over all worlds."""
    if len(views) == 1:
        return views[0].on(day)[0]
    said, held = set(), {id(v) for v in views.held_on(day)}
    for group in views.groups:
        found = {v.on(day)[0] for v in group if id(v) in held}
        if not found:
            continue
        said.add(found.pop() if len(found) == 1 else Verdict.UNKNOWN)
    if {Verdict.YES, Verdict.NO} <= said:
        return Verdict.CONTESTED
    if Verdict.UNKNOWN in said:
        return Verdict.UNKNOWN
    return said.pop() if said else Verdict.NO


def mode_on(views: Views, day: int) -> str:
    """The mode, if all worlds agree on it; else the first world's."""
    return views.first(day).on(day)[1]


def _value(views: Views, day: int) -> tuple[Verdict, str]:
    verdict = verdict_on(views, day)
    return verdict, mode_on(views, day) if verdict in (Verdict.YES, Verdict.NO) else ""


def period(views: Views, day: int) -> tuple[int | None, int | None, bool]:
    """Since and until when the merged verdict and mode hold around ``day``, and whether the worlds agree on the beginning."""
    wanted = _value(views, day)
    points = sorted({p for v in views for s, e, _, _ in v.pieces for p in (s, e)} | set(views.settled))
    start = 0
    for point in reversed([p for p in points if p <= day]):
        if _value(views, point) != wanted:
            break
        start = point
    end = next((p for p in points if p > day and p < EVER and _value(views, p) != wanted), None)
    starts = {v.around(day)[0] for v in views.held_on(day) if v.on(day)[0] is wanted[0]}
    agreed = len(starts) <= 1
    return (start or None), end, agreed


def changes(views: Views, value: Callable[[Views, int], object] = verdict_on) -> list[tuple[int, object]]:
    """The days on which the merged value changes, with the value from then on."""
    result: list[tuple[int, object]] = []
    for point in sorted({s for v in views for s, _, _, _ in v.pieces} | set(views.settled)):
        now = value(views, point)
        if not result or result[-1][1] != now:
            result.append((point, now))
    return result


def readings_on(views: Views, day: int) -> list[tuple[Reading, View | None]]:
    """The readings of every fork that makes a difference on ``day``, each with what follows, and a world that takes it."""
    result: list[tuple[Reading, View | None]] = []
    held = views.held_on(day)
    for fork in forks_of(v.case for v in held):
        verdicts: dict[int, set[str]] = {}
        for v in held:
            if fork.id in v.case.choices:
                start = v.around(day)[0]
                verdicts.setdefault(v.case.choices[fork.id], set()).add(f"{v.on(day)[0]}{_since(start)}")
        if len({frozenset(found) for found in verdicts.values()}) > 1:
            for index, reading in enumerate(fork.readings):
                found = " or ".join(sorted(verdicts.get(index, {"not reached"})))
                taking = next((v for v in held if v.case.choices.get(fork.id) == index), None)
                result.append((Reading(f"{found}: {reading.value}", reading.by, reading.source), taking))
    return result


def _since(start: int) -> str:
    return f" since {date.fromordinal(start)}" if start > 0 else ""
