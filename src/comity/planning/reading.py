"""From a programme's file to its problem, from a plan's file to the plan: every problem with its line, in words that say what to write.

Source: docs/reference/programme-format.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from comity.book import Decoder, stop_at
from comity.planning.tables import (
    BudgetTable,
    CoverTable,
    During,
    ExerciseTable,
    HeldTable,
    PlanFile,
    ProgrammeFile,
    Slot,
    TargetTable,
    UnitTable,
    WayTable,
    When,
)
from comity.programmes import Budget, Cover, Exercise, HeldExercise, Lock, Order, Plan, Pool, Problem, Slots, Target, Unit, Way, unsound
from comity.terms import BadInput, Step, add

_STEPS = {"day": Step(days=1), "week": Step(days=7), "month": Step(months=1), "quarter": Step(months=3)}


@dataclass(frozen=True, slots=True)
class Calendar:
    """On which days the slots begin. ``first`` None: slots are numbers alone."""

    first: date | None
    slot: Slot
    slots: int

    def day(self, slot: int) -> date | None:
        """The day on which a slot begins."""
        if self.first is None:
            return None
        step = _STEPS[self.slot]
        return add(self.first, (Step(days=slot * step.days) if step.days is not None else Step(months=slot * (step.months or 0)),))

    def within(self, start: date, end: date) -> Slots | None:
        """The slots of which every day lies from ``start`` up to ``end``; None: there is none, or the slots are numbers alone."""
        if self.first is None:
            return None
        whole = [slot for slot in range(self.slots) if start <= (self.day(slot) or end) and (self.day(slot + 1) or start) <= end]
        return Slots(whole[0], whole[-1] + 1) if whole else None

    def slot_of(self, when: When, what: str) -> int:
        """The slot that a day lies in; BadInput where no first day is given."""
        if not isinstance(when, date):
            return when
        if self.first is None:
            raise BadInput(
                f"{what} is the day {when}, and the file does not say on which day slot 0 begins; add first = {when.year}-01-01 at its top"
            )
        if self.slot in ("day", "week"):
            return (when - self.first).days // (_STEPS[self.slot].days or 1)
        months = 12 * (when.year - self.first.year) + when.month - self.first.month - (when.day < self.first.day)
        return months // (_STEPS[self.slot].months or 1)


@dataclass(frozen=True, slots=True)
class Programme:
    """A problem with its title and its calendar."""

    title: str
    calendar: Calendar
    problem: Problem


def read_programme(text: str, file: str) -> Programme:
    """The problem in a programme's file; BadInput with every line that has to be put right."""
    written = Decoder(file, text).whole(ProgrammeFile)
    calendar = Calendar(written.first, written.slot, written.slots)
    try:
        problem = _problem(written, calendar)
    except BadInput as wrong:
        raise BadInput(f"{file}: {wrong}") from None
    stop_at(f"{file}: {one}" for one in unsound(problem))
    return Programme(written.title, calendar, problem)


def planned_of(text: str, file: str) -> tuple[str, str]:
    """The file of the problem that a plan's file is for, and what that file's hash was; blank where it does not say."""
    written = Decoder(file, text).whole(PlanFile)
    return written.programme, written.sha256


def read_plan(text: str, file: str, calendar: Calendar) -> Plan:
    """The plan in a plan's file."""
    written = Decoder(file, text).whole(PlanFile)
    try:
        return Plan(held=tuple(_held(one, calendar) for one in written.held), total=written.total, bound=written.bound)
    except BadInput as wrong:
        raise BadInput(f"{file}: {wrong}") from None


def _problem(w: ProgrammeFile, c: Calendar) -> Problem:
    return Problem(
        slots=w.slots,
        notice=c.slot_of(w.notice, "notice"),
        burden=w.burden,
        change=w.change,
        finish=w.finish,
        shares=tuple(w.shares.items()),
        units=tuple(_unit(one, c) for one in w.unit),
        pools=tuple(Pool(id=one.id, most=one.most, closed=_spans(one.closed, c, f"pool {one.id!r}, closed")) for one in w.pool),
        exercises=tuple(_exercise(one, c, [unit.id for unit in w.unit]) for one in w.exercise),
        cover=None if w.legal_cover == "not looked at" else tuple(_cover(one, c) for one in w.cover),
        budgets=tuple(_budget(one, c) for one in w.budget),
        targets=tuple(target for one in w.target for target in _targets(one, c)),
        orders=tuple(Order(first=one.first, then=one.then, lag=one.lag) for one in w.order),
        locks=tuple(
            Lock(
                exercise=one.exercise,
                held=one.held,
                way=one.way,
                with_=one.with_,
                without=one.without,
                start=None if one.start is None else c.slot_of(one.start, f"the decision on {one.exercise!r}, start"),
            )
            for one in w.lock
        ),
        before=None if w.before is None else tuple(_held(one, c) for one in w.before),
    )


def _span(from_: When, until: When | None, c: Calendar, what: str) -> Slots:
    return Slots(c.slot_of(from_, what), c.slots if until is None else c.slot_of(until, what))


def _spans(some: Iterable[During], c: Calendar, what: str) -> tuple[Slots, ...]:
    return tuple(_span(one.from_, one.until, c, what) for one in some)


def _unit(one: UnitTable, c: Calendar) -> Unit:
    return Unit(
        id=one.id,
        nation=one.nation or one.id,
        skills=frozenset(one.skills),
        at_once=one.at_once,
        rest=one.rest,
        away=_spans(one.away, c, f"unit {one.id!r}, away"),
    )


def _exercise(one: ExerciseTable, c: Calendar, units: list[str]) -> Exercise:
    everybody = units if one.open == ("all",) else one.open
    open_to = dict.fromkeys(everybody, one.each) | one.open_to
    return Exercise(
        id=one.id,
        length=one.length,
        ways=tuple(_way(way, c, one) for way in one.way),
        capabilities=frozenset(one.capabilities),
        open_to=tuple(open_to.items()),
        least=one.least,
        most=len(open_to) if one.most is None else one.most,
        roles=tuple(one.roles.items()),
        required=one.required,
    )


def _way(way: WayTable, c: Calendar, one: ExerciseTable) -> Way:
    what = f"exercise {one.id!r}, way {way.id or way.host!r}"
    spans = [_span(span.from_, span.until, c, what) for span in way.between]
    starts = [*(c.slot_of(start, what) for start in way.starts), *(slot for span in spans for slot in range(*span))]
    return Way(
        id=way.id or way.host,
        host=way.host,
        starts=tuple(dict.fromkeys(starts)),
        cost=way.cost,
        uses=tuple(way.uses.items()),
        worse=tuple((c.slot_of(worse.start, what), worse.cost) for worse in way.worse),
    )


def _cover(one: CoverTable, c: Calendar) -> Cover:
    return Cover(nation=one.nation, host=one.host, during=_span(one.from_, one.until, c, f"the cover of {one.nation} in {one.host}"))


def _budget(one: BudgetTable, c: Calendar) -> Budget:
    return Budget(nation=one.nation, most=one.most, during=_span(one.from_, one.until, c, f"the budget of {one.nation}"))


def _targets(one: TargetTable, c: Calendar) -> Iterator[Target]:
    what = f"the target of {' and '.join(one.nations)} for {one.capability!r}"
    if len(one.nations) != 2:
        raise BadInput(f"{what} names {len(one.nations)} nations; name two")
    whole = _span(one.from_, one.until, c, what)
    if (one.every is not None and one.every < 1) or (one.step is not None and one.step < 1):
        raise BadInput(f"{what}: every and step are numbers of slots, 1 or more")
    length = one.every or whole.end - whole.start
    for start in range(whole.start, max(whole.end - length, whole.start) + 1, one.step or length):
        yield Target(nations=(one.nations[0], one.nations[1]), capability=one.capability, during=Slots(start, start + length), weight=one.weight)


def _held(one: HeldTable, c: Calendar) -> HeldExercise:
    units = {**dict.fromkeys(one.units, ""), **one.roles}
    return HeldExercise(one.exercise, one.way, c.slot_of(one.start, f"{one.exercise!r}, start"), tuple(units.items()))
