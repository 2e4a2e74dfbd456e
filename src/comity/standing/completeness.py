"""A timeline that says from which day on the record is not complete for each standing.

Within the period of one change the record reaches to some day. After it the standing is presumed to go on, or unknown:
whatever a question asked on such a day gets.

Source: docs/reference/book-format.md, "Coverage and silence".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from comity.standing.plain import Plain, change_to_plain
from comity.standing.standing import Change, Standing
from comity.terms import Answer, Verdict


@dataclass(frozen=True, slots=True)
class CoveredChange:
    """One change on a timeline, and how far the record is complete for the standing that it brought.

    ``end``: the day of the next change. ``reach``: the day to which the record is complete (None: to no known day).
    ``incomplete_from``: the first day of this standing for which it is not (None: it is throughout); ``beyond``: the
    verdict from then on, *unknown* or the one presumed to go on.
    """

    change: Change
    end: date | None = None
    reach: date | None = None
    incomplete_from: date | None = None
    beyond: Verdict | None = None

    @property
    def uncovered(self) -> bool:
        """Is the record incomplete for this standing from its first day?"""
        return self.incomplete_from == self.change.on


def covered_timeline(standing: Standing, agreement: str, party: str | None = None) -> list[CoveredChange]:
    """Every change of standing, each with the day from which the record is not complete for it."""
    result: list[CoveredChange] = []
    ends: dict[str | None, date] = {}
    concluded = standing.record.agreement(agreement, standing.known).concluded
    for change in reversed(standing.timeline(agreement, party)):
        result.append(_covered(standing, agreement, change, ends.get(change.party), concluded))
        ends[change.party] = change.on
    return result[::-1]


def _covered(standing: Standing, agreement: str, change: Change, end: date | None, concluded: date) -> CoveredChange:
    start = max(change.on, concluded)
    if end is not None and end <= start:
        return CoveredChange(change, end)
    answer = _ask(standing, agreement, change.party, start)
    if answer.reach == date.max:
        return CoveredChange(change, end, answer.reach)
    first = start if answer.reach is None else max(start, answer.reach + timedelta(days=1))
    if end is not None and end <= first:
        return CoveredChange(change, end, answer.reach)
    beyond = _ask(standing, agreement, change.party, first) if standing.strict else answer
    return CoveredChange(change, end, answer.reach, first, beyond.verdict)


def _ask(standing: Standing, agreement: str, party: str | None, on: date) -> Answer:
    return standing.in_force(agreement, on) if party is None else standing.bound(party, agreement, on)


def covered_to_plain(covered: CoveredChange) -> Plain:
    """One change of standing with its reasons, and how far the record is complete for it."""
    return {
        **change_to_plain(covered.change),
        "reach": None if covered.reach is None else covered.reach.isoformat(),
        "incomplete_from": None if covered.incomplete_from is None else covered.incomplete_from.isoformat(),
        "beyond": None if covered.beyond is None else str(covered.beyond),
    }
