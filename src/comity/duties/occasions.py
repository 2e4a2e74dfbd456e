"""On which occasions does a duty fall due: for whom, when, and brought about by which act?

Source: how-duties-are-derived.md, section 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from comity.agreements import EVER, Agreement
from comity.agreements.requirements import AfterBound, AfterEntry, BeforeEvent, Duty, Lead, Measure, Triggered, Yearly
from comity.duties.leads import Due, again, ahead_of, before, following, later
from comity.duties.runs import Bound, Held, Run
from comity.duties.seen import Seen, event_moment
from comity.terms import Verdict, all_of


@dataclass(frozen=True, slots=True)
class Fall:
    """When one occasion is due in one way to take uncertain days: from when acts count, to when; None: no day is named."""

    due: int | None
    opens: int
    closes: int = EVER
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occasion on which a duty falls due.

    ``debtor`` None: all the parties together. ``first`` and ``last``: with an uncertain event taken as its first or last day.
    ``reached``: the thresholds that the act reaches; None where it gives none of their numbers. ``bound``: on the due day.
    """

    duty: Duty
    debtor: str | None
    first: Fall
    last: Fall
    bound: tuple[Verdict, Verdict]
    creditors: tuple[str, ...] = ()
    body: str | None = None
    by: Seen | None = None
    reached: tuple[Measure, ...] | None = ()

    @property
    def unsure(self) -> bool:
        return self.first != self.last or (self.by is not None and self.by.unsure)


class Occasions:
    """The occasions of one agreement's duties, up to ``until``, as looked at on ``on``."""

    def __init__(self, agreement: Agreement, bound: Bound, acts: list[Seen], on: int, until: int) -> None:
        self.agreement, self.bound, self.acts, self.on, self.until = agreement, bound, acts, on, until

    def of(self, duty: Duty) -> Iterator[Occasion]:
        """Every occasion of ``duty``, once for each body."""
        match duty.when:
            case Yearly() | AfterBound() | AfterEntry():
                found = self._by_calendar(duty)
            case when if isinstance(when, Triggered):
                found = (o for act in self.acts if act.kind in when.acts for o in self._brought_about(duty, when, act))
            case _:
                found = self._standing(duty)
        for occasion in found:
            yield from _for_bodies(occasion)

    # -- by the calendar

    def _by_calendar(self, duty: Duty) -> Iterator[Occasion]:
        for debtor in self._debtors(duty):
            held = self._held(duty, debtor)
            for run in held.runs:
                for fall in self._falls(duty, run):
                    verdict = held.verdict_on(fall.due) if fall.due is not None and run.start <= fall.due < run.end else Verdict.NO
                    if verdict is not Verdict.NO:
                        yield Occasion(duty, debtor, fall, fall, (verdict, verdict), self._creditors(duty, None))

    def _debtors(self, duty: Duty) -> Iterable[str | None]:
        if duty.by == "together":
            return (None,)
        return duty.named if duty.by == "named" else self.bound.parties

    def _held(self, duty: Duty, debtor: str | None) -> Held:
        return self.bound.force if debtor is None else self.bound.of(debtor, duty.article)

    def _falls(self, duty: Duty, run: Run) -> Iterator[Fall]:
        end = min(self.until, run.end)
        match duty.when:
            case Yearly() as when:
                yield from self._yearly(duty, when, run, end)
            case AfterBound() as when:
                yield from _in_a_row(duty, list(again(later(run.entered, when.delay), when.every, end)), run.beginning)
            case AfterEntry() as when if self.bound.force.runs:
                entry = self.bound.force.runs[0].beginning
                yield from _in_a_row(duty, list(again(later(entry, when.delay), when.every, end)), max(entry, run.beginning))

    def _yearly(self, duty: Duty, when: Yearly, run: Run, end: int) -> Iterator[Fall]:
        earliest = later(run.entered, when.first) if when.first else run.beginning
        apart = when.every * (8 if (when.month, when.day) == (2, 29) else 1)  # as many years as there may be between two of its days
        years = range(date.fromordinal(run.beginning).year - apart, date.fromordinal(end).year + apart + 1)
        days = [day for year in years if _is_year(when, year) and (day := _day_of(when, year)) is not None]
        for fall in _in_a_row(duty, days, run.beginning):
            if fall.due is not None and fall.due > max(earliest, run.beginning) and _counts(when, fall.due):
                yield fall

    # -- brought about by an act

    def _brought_about(self, duty: Duty, when: Triggered, act: Seen) -> Iterator[Occasion]:
        moment = event_moment(act.act, when.event)
        if moment is None or any(act.act.details.get(name) != value for name, value in when.match.items()):
            return
        if any(act.act.details.get(name) == value for name, value in when.unless.items()):
            return
        events = [day.toordinal() for day in moment.days_in(self.agreement.zone)]
        lead = lead_of(when)
        if lead is None:
            yield from self._without_day(duty, act, events[0])
            return
        dues = [_due(when, lead, event, moment.instant, self.agreement.zone) for event in events]
        first, last = (_fall(duty, due, act.day(end)) for due, end in zip(dues, (False, True), strict=True))
        for debtor in self._owing(duty, act):
            verdicts = [self._both(duty, act, debtor, due.day, end) for due, end in zip(dues, (False, True), strict=True)]
            reached = self._reached(duty, act, debtor, events[0])
            if set(verdicts) != {Verdict.NO} and (reached is None or reached or not duty.thresholds):
                yield Occasion(duty, debtor, first, last, (verdicts[0], verdicts[1]), self._creditors(duty, act), None, act, reached)

    def _without_day(self, duty: Duty, act: Seen, event: int) -> Iterator[Occasion]:
        """Brought about by an act, and due on no day that is named."""
        first, last = (Fall(None, act.day(end)) for end in (False, True))
        for debtor in self._owing(duty, act):
            verdicts = [self._both(duty, act, debtor, self.on, end) for end in (False, True)]
            reached = self._reached(duty, act, debtor, event)
            if set(verdicts) != {Verdict.NO} and (reached is None or reached or not duty.thresholds):
                yield Occasion(duty, debtor, first, last, (verdicts[0], verdicts[1]), self._creditors(duty, act), None, act, reached)

    def _owing(self, duty: Duty, act: Seen) -> Iterable[str | None]:
        match duty.by:
            case "actor":
                return (act.actor,)
            case "addressee":
                return act.act.counterparty
            case "host":
                return act.act.territory or (act.actor,)
            case "each-party":
                return [p for p in self.bound.parties if self.bound.person(p) != self.bound.person(act.actor)]
            case _:
                return self._debtors(duty)

    def _both(self, duty: Duty, act: Seen, debtor: str | None, due: int, last: bool) -> Verdict:
        """Bound on the due day; and so was another whose act brought it about, on the day of its act."""
        owed = self._held(duty, debtor).verdict_on(due)
        if self.bound.is_of_all(act.actor) or (debtor is not None and self.bound.person(debtor) == self.bound.person(act.actor)):
            return owed
        return all_of((owed, self.bound.of(act.actor, duty.article).verdict_on(act.day(last))))

    def _reached(self, duty: Duty, act: Seen, debtor: str | None, event: int) -> tuple[Measure, ...] | None:
        """The thresholds that the act reaches; None: it gives none of their numbers."""
        own = [m for m in duty.thresholds if in_force_on(m, event) and number_for(m, self.agreement, debtor) is not None]
        given = [m for m in own if act.act.details.get(m.measure, "").isdigit()]
        if own and not given:
            return None
        return tuple(m for m in given if int(act.act.details[m.measure]) >= (number_for(m, self.agreement, debtor) or EVER))

    # -- without a due day

    def _standing(self, duty: Duty) -> Iterator[Occasion]:
        for debtor in self._debtors(duty):
            held = self._held(duty, debtor)
            run = held.run_on(self.on)
            verdict = held.verdict_on(self.on)
            if run is not None and verdict is not Verdict.NO:
                fall = Fall(None, run.beginning)
                yield Occasion(duty, debtor, fall, fall, (verdict, verdict), self._creditors(duty, None))

    def _creditors(self, duty: Duty, act: Seen | None) -> tuple[str, ...]:
        match duty.to:
            case "depositary":
                return self.agreement.depositary
            case "named":
                return duty.to_named
            case "actor" if act is not None:
                return (act.actor,)
            case "addressee" if act is not None:
                return act.act.counterparty
            case _:
                return ()


def _for_bodies(occasion: Occasion) -> Iterator[Occasion]:
    o = occasion
    if not o.duty.bodies:
        yield o
    for body in o.duty.bodies:
        yield Occasion(o.duty, o.debtor, o.first, o.last, o.bound, o.creditors, body, o.by, o.reached)


def _in_a_row(duty: Duty, days: list[int], beginning: int) -> Iterator[Fall]:
    """The days of a row, each with the day on which it opens and that on which the next one does."""
    if not days:
        return
    since = [beginning, *(max(day + 1, beginning) for day in days)]
    opens = [_opens(duty, day, start) for day, start in zip(days, since, strict=False)]
    for (day, start), (_, following_start) in pairwise([*zip(days, opens, strict=True), (EVER, EVER)]):
        yield Fall(day, start, following_start)


def _opens(duty: Duty, due: int, otherwise: int) -> int:
    return before(due, duty.discharged.opens) if duty.discharged is not None and duty.discharged.opens else otherwise


def _fall(duty: Duty, due: Due, since: int) -> Fall:
    return Fall(due.day, _opens(duty, due.day, since), EVER, due.at)


def _due(when: Triggered, lead: Lead, event: int, instant: datetime | None, zone: str | None) -> Due:
    if isinstance(when, BeforeEvent):
        return ahead_of(event, instant, lead, zone)
    return following(event, instant, lead, zone)


def lead_of(when: Triggered) -> Lead | None:
    """How long before or after the event; None: no day is named."""
    return when.ahead if isinstance(when, BeforeEvent) else when.within


def _is_year(when: Yearly, year: int) -> bool:
    return when.every == 1 or (year - (when.from_.year if when.from_ else 0)) % when.every == 0


def _day_of(when: Yearly, year: int) -> int | None:
    """Its day of that year; None: that year has none, or lies outside the calendar."""
    try:
        return later(date(year, when.month, when.day).toordinal(), when.plus)
    except ValueError:
        return None


def _counts(when: Yearly, day: int) -> bool:
    return (when.from_ is None or when.from_.toordinal() <= day) and (when.until is None or day < when.until.toordinal())


def in_force_on(measure: Measure, day: int) -> bool:
    """Does the number hold on ``day``?"""
    return (measure.from_ is None or measure.from_.toordinal() <= day) and (measure.until is None or day < measure.until.toordinal())


def number_for(measure: Measure, agreement: Agreement, debtor: str | None) -> int | None:
    """The number of law for this debtor: its own in the agreement's table, where the measure names one; None: it has none."""
    if measure.attribute is None:
        return measure.number
    return agreement.attributes.get(measure.attribute, {}).get(debtor or "")
