"""The slow reading of docs/explanation/how-duties-are-derived.md, to test ``comity.duties`` against.

It walks days one by one and tries every act on every occasion. Who is bound on a day is asked of whoever asks (section 2.1:
standing is taken as it is). It does not answer about treaties to be registered, reasons, labels or coming options.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from comity.acts import Act
from comity.agreements.requirements import AfterBound, AfterEntry, AfterEvent, Always, BeforeEvent, Duty, EachTreaty, Lead, Triggered, Yearly
from comity.terms import BadInput, Delay, Moment, Verdict, add, all_of, parse_moment
from oracles.duty_record import DAY, NEVER, ORDER, Occasion, Question, Reading, Row, Run, Told, When, holds
from oracles.duty_states import States

__all__ = ["Question", "Row", "duties"]


def duties(question: Question) -> list[Row]:
    """Every occasion that is due through the last day asked about, and how it stands."""
    reading = Reading(question)
    occasions, states, found = Occasions(reading), States(reading), []
    for clause in question.agreement.clauses:
        if isinstance(clause, Duty) and not isinstance(clause.when, EachTreaty):
            for occasion in occasions.of(clause):
                found += [states.row(replace(occasion, body=body)) for body in clause.bodies or ("",)]
    return [row for row in found if row is not None]


class Occasions:
    """Section 3."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.q = reading, reading.q

    def of(self, duty: Duty) -> Iterator[Occasion]:
        when = duty.when
        if isinstance(when, Triggered):
            for told in self.reading.told:
                details = told.act.details
                if told.kind not in when.acts or not all(details.get(k) == v for k, v in when.match.items()):
                    continue
                if not [k for k in when.unless if when.unless[k] == details.get(k)]:
                    yield from self._brought_about(duty, when, told)
            return
        for debtor in self._debtors(duty):
            for run in self.reading.runs(duty, debtor):
                if isinstance(when, Always):
                    if run.first <= self.q.on <= run.last and (verdict := self.reading.stands(duty, debtor, self.q.on)[0]) is not Verdict.NO:
                        yield Occasion(duty, debtor, 2 * (When(None, run.beginning),), (verdict, verdict), self._creditors(duty, None))
                    continue
                for at in self._in_a_row(duty, run):
                    assert at.due is not None
                    if run.first <= at.due <= run.last and at.due <= self.q.until:
                        verdict = self.reading.stands(duty, debtor, at.due)[0]
                        if verdict is not Verdict.NO:
                            yield Occasion(duty, debtor, (at, at), (verdict, verdict), self._creditors(duty, None))

    def _debtors(self, duty: Duty) -> Sequence[str]:
        return {"together": ("",), "named": duty.named}.get(duty.by, self.q.parties)

    def _in_a_row(self, duty: Duty, run: Run) -> Iterator[When]:
        """The due days of one run, with the day from which each opens and that from which the next one does."""
        days = [d for d in self._row_of_days(duty, run) if d is not None]
        for index, due in enumerate(days):
            if isinstance(duty.when, Yearly) and not self._counts(duty.when, due, run):
                continue
            before = days[index - 1] if index else None
            after = days[index + 1] if index + 1 < len(days) else None
            since = self._since(duty, run.beginning)
            yield When(due, self._opens(duty, due, before, since), NEVER if after is None else self._opens(duty, after, due, since))

    def _since(self, duty: Duty, beginning: date) -> date:
        return max(beginning, self._entry(duty)) if isinstance(duty.when, AfterEntry) else beginning

    def _opens(self, duty: Duty, due: date, before: date | None, since: date) -> date:
        if duty.discharged is not None and duty.discharged.opens:
            return so_long_before(due, duty.discharged.opens)
        return since if before is None else max(since, before + DAY)

    def _row_of_days(self, duty: Duty, run: Run) -> list[date]:
        when, horizon = duty.when, self.q.until + 800 * DAY
        if isinstance(when, Yearly):
            found = []
            for year in range(self.q.start.year - 5, horizon.year + 6):
                if when.every > 1 and (year - (when.from_.year if when.from_ else 0)) % when.every:
                    continue
                try:
                    found.append(add(date(year, when.month, when.day), when.plus))
                except ValueError:
                    continue
            return found
        if isinstance(when, AfterEntry) and self._entry(duty) == NEVER:
            return []
        assert isinstance(when, AfterBound | AfterEntry)
        day = add(run.entered if isinstance(when, AfterBound) else self._entry(duty), when.delay)
        found = [day]
        while when.every and day <= horizon:
            day = add(day, when.every)
            found.append(day)
        return found

    def _entry(self, duty: Duty) -> date:
        runs = self.reading.runs(duty, "")
        return runs[0].beginning if runs else NEVER

    def _counts(self, when: Yearly, due: date, run: Run) -> bool:
        if (when.from_ is not None and due < when.from_) or (when.until is not None and due >= when.until):
            return False
        return due > run.beginning and (not when.first or due > add(run.entered, when.first))

    def _brought_about(self, duty: Duty, when: Triggered, told: Told) -> Iterator[Occasion]:
        moment = self._event(told.act, when.event)
        if moment is None:
            return
        events = moment.days_in(self.q.agreement.zone)
        if isinstance(when, AfterEvent) and when.within is None:  # 3.4 no day is named
            for debtor in self._owing(duty, told):
                reached = self._reached(duty, told, debtor, events[0])
                verdicts = [self._both(duty, told, debtor, self.q.on, own) for own in told.days]
                if reached is not False and any(v is not Verdict.NO for v in verdicts):
                    undated = (When(None, told.days[0], NEVER), When(None, told.days[1], NEVER))
                    yield Occasion(
                        duty, debtor, undated, (verdicts[0], verdicts[1]), self._creditors(duty, told), by=told, undecided=reached is None
                    )  # fmt: skip
            return
        dues = [self._due(when, event, moment.instant) for event in events]
        ways = []
        for (due, at), own in zip(dues, told.days, strict=True):
            opens = duty.discharged.opens if duty.discharged is not None else ()
            ways.append(When(due, so_long_before(due, opens) if opens else own, NEVER, at))
        for debtor in self._owing(duty, told):
            reached = self._reached(duty, told, debtor, events[0])
            verdicts = [self._both(duty, told, debtor, due, own) for (due, _), own in zip(dues, told.days, strict=True)]
            if reached is not False and any(v is not Verdict.NO for v in verdicts):
                yield Occasion(
                    duty, debtor, (ways[0], ways[1]), (verdicts[0], verdicts[1]), self._creditors(duty, told), by=told, undecided=reached is None
                )

    def _event(self, act: Act, name: str) -> Moment | None:
        if name == "received":
            return next((m for m in (getattr(act, n) for n in ORDER) if m is not None), None)
        if name in ORDER:
            found: Moment | None = getattr(act, name)
            return found
        return parse_moment(act.details[name]) if name in act.details else None

    def _due(self, when: Triggered, event: date, instant: datetime | None) -> tuple[date, datetime | None]:
        lead, sign = (when.ahead, -1) if isinstance(when, BeforeEvent) else (when.within, 1)
        assert lead is not None
        if lead.hours is not None:
            if instant is None:
                return event + sign * DAY * ((lead.hours + 23) // 24), None
            at = instant + sign * timedelta(hours=lead.hours)
            return at.astimezone(self._clock()).date(), at
        if lead.working_days is not None:
            return working(event, sign, lead), None
        return (so_long_before(event, lead.delay) if sign < 0 else add(event, lead.delay)), None

    def _clock(self) -> ZoneInfo:
        return ZoneInfo(self.q.agreement.zone or "UTC")

    def _owing(self, duty: Duty, told: Told) -> Sequence[str]:
        if duty.by == "each-party":
            return [p for p in self.q.parties if not self.reading.same(p, told.who)]
        owing = {"actor": (told.who,), "addressee": told.act.counterparty, "host": told.act.territory or (told.who,)}
        return owing.get(duty.by) or (self._debtors(duty) if duty.by in ("together", "named") else ())

    def _both(self, duty: Duty, told: Told, debtor: str, due: date, own: date) -> Verdict:
        owed = self.reading.stands(duty, debtor, due)[0]
        if (debtor and self.reading.same(debtor, told.who)) or self._is_of_all(told.who):
            return owed
        return all_of([owed, self.reading.stands(duty, told.who, own)[0]])

    def _is_of_all(self, code: str) -> bool:
        """2.4 an organ of the organisation that this agreement constitutes, or that organisation."""
        party = self.q.register.parties.get(code)
        if party is not None and party.kind == "organ":
            return party.part_of is not None and self._is_of_all(party.part_of)
        return party is not None and party.kind == "organisation" and party.constituent == self.q.agreement.id

    def _reached(self, duty: Duty, told: Told, debtor: str, event: date) -> bool | None:
        numbers = [(m, number) for m in duty.thresholds if holds(m, event) and (number := self.reading.number(m, debtor)) is not None]
        given = [(int(told.act.details[m.measure]), number) for m, number in numbers if told.act.details.get(m.measure, "").isdigit()]
        if not duty.thresholds:
            return True
        return None if numbers and not given else any(says >= number for says, number in given)

    def _creditors(self, duty: Duty, told: Told | None) -> tuple[str, ...]:
        if duty.to == "depositary":
            return self.q.agreement.depositary
        if duty.to == "named":
            return duty.to_named
        if told is None or duty.to == "all":
            return ()
        return (told.who,) if duty.to == "actor" else told.act.counterparty


def so_long_before(day: date, delay: Delay) -> date:
    """3 the last day from which the delay does not lead past ``day``."""
    start = day
    while leads_past(start, delay, day):
        start -= DAY
    return start


def leads_past(start: date, delay: Delay, day: date) -> bool:
    try:
        return add(start, delay) > day
    except BadInput:
        return True


def working(event: date, sign: int, lead: Lead) -> date:
    """3.4 working days are counted without the days of rest."""
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    day, left = event, lead.working_days or 0
    while left:
        day += sign * DAY
        left -= names[day.weekday()] not in lead.rest
    return day
