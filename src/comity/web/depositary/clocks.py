"""Time that runs at a depositary: from which day, until which, under which article. Days are asked of the calendar, standing of the law.

Source: VCLT 20(5) and 79(2); the ninety days of the Secretary-General's practice for corrections.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from comity.acts import Act
from comity.terms import Step, add, parse_day
from comity.web.depositary.instruments import day_of

OBJECTIONS = (Step(months=12),)
CORRECTION = (Step(days=90),)


@dataclass(frozen=True, slots=True)
class Clock:
    """It runs from ``since``; ``due``: the last day. ``whom``: for these parties alone; empty: for all. ``acts``: what told them."""

    since: date
    due: date
    article: str
    says: str
    whom: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()

    def left(self, on: date) -> int:
        """Days until the last; below 0 when it is over."""
        return (self.due - on).days


def told_on(act: Act, circulated: Iterable[Act]) -> list[tuple[date, tuple[str, ...], str]]:
    """When the others were told of an act: the day, whom it told (empty: all), and the reference of the act that says so.

    A circulation that names those told counts for them; else the act's own notification counts for all, before a circulation does.
    """
    found: dict[date, list[str]] = defaultdict(list)
    refs: dict[date, str] = {}
    to_all: list[tuple[date, tuple[str, ...], str]] = []
    for sent in circulated:
        day = day_of(sent)
        if day is None:
            continue
        if sent.counterparty:
            found[day] += sent.counterparty
            refs.setdefault(day, sent.ref)
        else:
            to_all.append((day, (), sent.ref))
    own = [(act.notified.first, (), act.ref)] if act.notified is not None else sorted(to_all)[:1]
    return sorted([*own, *((day, tuple(dict.fromkeys(whom)), refs[day]) for day, whom in found.items())])


def objections(reservation: Act, circulated: Iterable[Act]) -> list[Clock]:
    """Twelve months to object, from each day on which somebody was told of the reservation."""
    says = "the time to object; who is silent until then is taken to have accepted"
    return [Clock(day, add(day, OBJECTIONS), "VCLT 20(5)", says, whom, (ref,)) for day, whom, ref in told_on(reservation, circulated)]


def correction(proposal: Act) -> Clock | None:
    """The time to object to a correction: until the day it names, else ninety days from when the others were told."""
    moment = proposal.notified or proposal.made or proposal.received
    if moment is None:
        return None
    named = proposal.details.get("objection_until", "")
    if named:
        says = "the time to object to the correction, as the proposal sets it"
        return Clock(moment.first, parse_day(named), "VCLT 79(2)", says, (), (proposal.ref,))
    says = "the time to object to the correction: ninety days, as none is named"
    return Clock(moment.first, add(moment.first, CORRECTION), "VCLT 79(2)", says, (), (proposal.ref,))


def replies_by(acts: Iterable[Act], refs: Mapping[str, str]) -> dict[str, list[Act]]:
    """The acts that answer another, by that one's reference. ``refs``: the reference of each record of an act, by its hash."""
    found: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        if act.replies_to is not None and act.replies_to in refs:
            found[refs[act.replies_to]].append(act)
    return found
