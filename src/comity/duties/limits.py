"""Limits that must never be exceeded: what the debtor last reported, beside what it may have.

Source: how-duties-are-derived.md, 3.7.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comity.agreements import Agreement
from comity.agreements.requirements import Measure
from comity.duties.discharging import Looking, Outcome, State, over, would_discharge
from comity.duties.occasions import Occasion, in_force_on, number_for
from comity.duties.seen import Seen

_WORST = (State.EXCEEDED, State.NOT_KNOWN, State.KEPT)


def limits_outcome(looking: Looking, occasion: Occasion, agreement: Agreement, acts: Sequence[Seen]) -> Outcome | None:
    """Are the limits kept, by the latest numbers on record?"""
    limits = [(m, n) for m in occasion.duty.limits if in_force_on(m, looking.on) and (n := number_for(m, agreement, occasion.debtor)) is not None]
    if not limits:
        return None
    if occasion.duty.discharged is None:
        told = Outcome(State.OPEN, (), tuple(_told(*limit) for limit in limits))
        return over(occasion, told, told)
    reports = [a for a in would_discharge(looking, occasion, acts) if a.last <= looking.on]
    sound = [a for a in reports if not a.doubtful]
    return over(occasion, _compared(limits, reports), _compared(limits, sound))


def _told(limit: Measure, number: int) -> str:
    return f"{limit.measure}: at most {number} ({limit.article})"


def _compared(limits: list[tuple[Measure, int]], reports: list[Seen]) -> Outcome:
    states, acts, says = set(), dict[Seen, None](), list[str]()
    for limit, most in limits:
        given = [a for a in reports if a.act.details.get(limit.measure, "").isdigit()]
        if not given:
            states.add(State.NOT_KNOWN)
            says.append(f"{_told(limit, most)}; no number on record")
            continue
        last = max(given, key=lambda a: (a.last, a.act.ref, a.act.hash))
        number = int(last.act.details[limit.measure])
        states.add(State.EXCEEDED if number > most else State.KEPT)
        acts[last] = None
        says.append(f"{_told(limit, most)}; {number} reported on {date.fromordinal(last.last)}")
    return Outcome(next(s for s in _WORST if s in states), tuple(acts), tuple(says))
