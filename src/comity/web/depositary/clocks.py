"""Time that runs at a depositary: from which day, until which, under which article. Days are asked of the calendar, standing of the law.

Source: VCLT 20(5) and 79(2); the ninety days of the Secretary-General's practice for corrections.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from comity.acts import Act
from comity.terms import Step, Verdict, add, parse_day

OBJECTIONS = (Step(months=12),)
CORRECTION = (Step(days=90),)


class Told(NamedTuple):
    """When somebody was told: the first and the last day that it can have been, whom it told (empty: all), and the act that says so."""

    first: date
    last: date
    whom: tuple[str, ...]
    ref: str


@dataclass(frozen=True, slots=True)
class Clock:
    """It runs from ``since``; ``due``: the last day. ``whom``: for these parties alone; empty: for all. ``acts``: what told them.

    ``sure_since`` and ``latest``: the same where the day from which it is counted is taken as the last that it can have been.
    """

    since: date
    due: date
    article: str
    says: str
    sure_since: date
    latest: date
    whom: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()

    def left(self, on: date) -> int:
        """Days until the last; below 0 when it is over."""
        return (self.due - on).days

    def runs(self, on: date) -> Verdict:
        """Does it run on that day? Not known where the day from which it is counted is not sure."""
        if on < self.since or on > self.latest:
            return Verdict.NO
        return Verdict.YES if self.sure_since <= on <= self.due else Verdict.UNKNOWN


def told_on(act: Act, circulated: Iterable[Act]) -> list[Told]:
    """When the others were told of an act.

    A circulation that names those told counts for them; else the act's own notification counts for all, before a circulation does.
    """
    named: dict[tuple[date, date], list[str]] = defaultdict(list)
    refs: dict[tuple[date, date], str] = {}
    to_all: list[Told] = []
    for sent in circulated:
        moment = sent.lodged
        if moment is None:
            continue
        days = (moment.first, moment.last)
        if sent.counterparty:
            named[days] += sent.counterparty
            refs.setdefault(days, sent.ref)
        else:
            to_all.append(Told(*days, (), sent.ref))
    own = [Told(act.notified.first, act.notified.last, (), act.ref)] if act.notified is not None else sorted(to_all)[:1]
    return sorted([*own, *(Told(*days, tuple(dict.fromkeys(whom)), refs[days]) for days, whom in named.items())])


def objections(reservation: Act, circulated: Iterable[Act]) -> list[Clock]:
    """Twelve months to object, from each day on which somebody was told of the reservation."""
    says = "the time to object; who is silent until then is taken to have accepted"
    return [
        Clock(told.first, add(told.first, OBJECTIONS), "VCLT 20(5)", says, told.last, add(told.last, OBJECTIONS), told.whom, (told.ref,))
        for told in told_on(reservation, circulated)
    ]


def correction(proposal: Act) -> Clock | None:
    """The time to object to a correction: until the day it names, else ninety days from when the others were told."""
    moment = proposal.notified or proposal.made or proposal.received
    if moment is None:
        return None
    named = proposal.details.get("objection_until", "")
    if named:
        says, due, latest = "the time to object to the correction, as the proposal sets it", parse_day(named), parse_day(named)
    else:
        says = "the time to object to the correction: ninety days, as none is named"
        due, latest = add(moment.first, CORRECTION), add(moment.last, CORRECTION)
    return Clock(moment.first, due, "VCLT 79(2)", says, moment.last, latest, (), (proposal.ref,))


def replies_by(acts: Iterable[Act], refs: Mapping[str, str]) -> dict[str, list[Act]]:
    """The acts that answer another, by that one's reference. ``refs``: the reference of each record of an act, by its hash."""
    found: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        if act.replies_to is not None and act.replies_to in refs:
            found[refs[act.replies_to]].append(act)
    return found
