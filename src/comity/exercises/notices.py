"""What has to be notified of an exercise, to whom, by when, before anything is on record: duties as if it had been planned under each agreement.

Source: how-exercises-are-planned.md, section 5; how-duties-are-derived.md for what falls due.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.acts import Act, Entry, Source
from comity.agreements import Agreement
from comity.agreements.requirements import AfterEvent, BeforeEvent, Duty, Silence
from comity.duties import DutyStatus, duties
from comity.exercises.announcements import Announcement, announcements
from comity.exercises.constraints import ConstraintStatus, Large, activity_of, constraints, held_by, is_above, weigh
from comity.exercises.design import MEASURES, Design
from comity.exercises.lives import ABOUT, acts_about
from comity.exercises.processes import process_of
from comity.standing import Standing
from comity.terms import parse_moment

PLAN, SORT = "plan", "exercise"
AFTERWARDS = timedelta(days=400)
"""So long after the exercise what falls due because of it is still looked for."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that is owed because of the exercise: the duty as it stands, and the act that would discharge it (None: none of this exercise alone).

    ``latest``: the last day to do it, if the exercise begins as late as it can; it is the row's own due day where the first day is sure.
    ``supposed``: the plan that brings it about is not on record, but supposed.
    """

    row: DutyStatus
    title: str
    says: str
    act: Act | None
    latest: date | None
    supposed: bool
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notices:
    """All that is owed because of an exercise, the plans that were supposed for it, and the limits of number and size that it meets."""

    owed: tuple[Notice, ...]
    supposed: tuple[Act, ...]
    limits: tuple[ConstraintStatus, ...]
    notes: tuple[str, ...]


def notices_of(design: Design, standing: Standing) -> Notices:
    """What falls due because of the exercise, under every agreement on record whose duties an act of kind *plan* brings about."""
    owed, supposed, limits, notes = list[Notice](), list[Act](), list[ConstraintStatus](), list[str]()
    begun = _begun(design, standing)
    for agreement, brought in _agreements(standing):
        recorded = _recorded(design, standing, agreement.id)
        plan = recorded or plan_of(design, agreement.id, begun)
        rows = list(_owed(design, standing, agreement, brought, plan, recorded is None))
        rows += _announced(design, standing, agreement, plan, {one.row.duty for one in rows})
        limits += _limits(design, standing, agreement.id, plan)
        owed += rows
        if recorded is not None:
            notes += _differing(design, recorded)
        elif rows:
            supposed.append(plan)
        notes += _not_given(agreement, brought, plan)
    return Notices(tuple(sorted(owed, key=lambda one: (one.row.due or date.max, one.row.key))), tuple(supposed), tuple(limits), tuple(notes))


def plan_of(design: Design, agreement: str, made: date) -> Act:
    """The design as an act of kind *plan* under the agreement, as its host would do it."""
    numbers = {name: str(number) for name in MEASURES if (number := getattr(design.numbers, name)) is not None and number >= 0}
    details = {"activity": design.id, "what": SORT, "starts": design.from_.written, "ends": design.until.written, **numbers}
    return Act(
        kind=PLAN,
        actor=design.host,
        ref=f"{design.id}-plan-{agreement}",
        agreement=agreement,
        made=parse_moment(made.isoformat()),
        territory=(design.host,),
        counterparty=tuple(nation for nation in design.nations if nation != design.host),
        details=details | ({"no_notice": "yes"} if design.numbers.no_notice else {}),
        source=Source(f"drafted from the design of {design.id}"),
    )


def drafts(notices: Notices, on: date) -> list[Entry]:
    """The acts that would be recorded once what is owed was done, dated ``on``: plans first, then each notice and invitation once."""
    acts = [replace(act, made=parse_moment(on.isoformat())) for act in notices.supposed]
    acts += [one.act for one in notices.owed if one.act is not None and not one.row.discharged_by]
    return [Entry(act, on) for act in {act.ref: act for act in acts}.values()]


def _begun(design: Design, standing: Standing) -> date:
    """When the first act about the exercise was done; else the day asked about."""
    told = acts_about(design, process_of(design.process), standing.acts_of(ABOUT))
    return min([standing.on, *(act.done.first for act, _ in told if act.done is not None and act.kind != "meet")])


def _agreements(standing: Standing) -> Iterator[tuple[Agreement, list[Duty]]]:
    for name in standing.known_agreements():
        agreement = standing.record.agreement(name, standing.known)
        brought = [clause for clause in agreement.clauses if isinstance(clause, Duty) and _is_of_plans(clause)]
        if brought:
            yield agreement, brought


def _is_of_plans(duty: Duty) -> bool:
    """Does a planned exercise bring the duty about?"""
    when = duty.when
    return isinstance(when, BeforeEvent | AfterEvent | Silence) and PLAN in when.acts and when.match.get("what", SORT) == SORT


def _recorded(design: Design, standing: Standing, agreement: str) -> Act | None:
    """The plan of this exercise that is on record under the agreement, the last recorded."""
    acts = [current.act for versions in standing.current_acts(agreement) for current in versions if current.kind == PLAN]
    return next((act for act in reversed(acts) if act.details.get("activity") == design.id), None)


def _owed(design: Design, standing: Standing, agreement: Agreement, brought: list[Duty], plan: Act, is_supposed: bool) -> Iterator[Notice]:
    starts = parse_moment(plan.details["starts"]) if "starts" in plan.details else design.from_
    known = {duty.id: duty for duty in brought}
    rows = _rows(design, standing, agreement.id, plan, is_supposed, known)
    last = rows
    if not starts.certain and is_supposed:
        rows, last = (_rows(design, standing, agreement.id, _on(plan, day), True, known) for day in (starts.first, starts.last))
    later = {row.key: row for row in last}
    missing = () if starts.certain else (f"from is {starts}: on which day it begins is not known",)
    for row in rows:
        latest = later.get(row.key)
        if latest is not None and latest.state is not row.state and row.due is not None and latest.due is not None:
            lies = f"the last day to do it lies from {row.due} to {latest.due}"
            yield _notice(row, agreement, known[row.duty], plan, standing.on, latest.due, is_supposed, (*missing, lies))
        else:
            yield _notice(row, agreement, known[row.duty], plan, standing.on, None if latest is None else latest.due, is_supposed, missing)


def _announced(design: Design, standing: Standing, agreement: Agreement, plan: Act, reached: set[str]) -> Iterator[Notice]:
    """The host's yearly duties that are about activities such as this one, in the year that its own is announced in."""
    own = activity_of(plan)
    if own is None:
        return
    for one in announcements():
        clause = next((clause for clause in agreement.clauses if isinstance(clause, Duty) and clause.id == one.duty), None)
        if clause is None or one.agreement != agreement.id or not _is_announced(one, own, reached):
            continue
        starts = own.starts
        missing = [] if starts.first.year == starts.last.year else [f"from is {starts}: in which year it begins is not known"]
        missing += _told_sizes(one, own)
        for year in range(starts.first.year - one.years, starts.last.year - one.years + 1):
            rows = duties(standing, date(year, 1, 1), date(year, 12, 31), party=design.host, agreement=agreement.id)
            for row in rows:
                if row.duty == one.duty and row.due is not None:
                    yield Notice(row, agreement.title, clause.says, None, row.due, False, tuple(missing))


def _told_sizes(one: Announcement, activity: Large) -> list[str]:
    """That it is not known how large it is, where that decides."""
    sizes = [name for constraint in constraints() if constraint.id == one.above for name in constraint.above]
    return [f"it gives none of the numbers that decide: {', '.join(sizes)}"] if sizes and not set(sizes) & set(activity.numbers) else []


def _is_announced(one: Announcement, activity: Large, reached: set[str]) -> bool:
    """Is it, or may it be, such an activity?"""
    if one.reaches is not None and one.reaches not in reached:
        return False
    return all(is_above(constraint, activity)[1] for constraint in constraints() if constraint.id == one.above)


def _on(plan: Act, day: date) -> Act:
    return replace(plan, details={**plan.details, "starts": day.isoformat()})


def _rows(design: Design, standing: Standing, agreement: str, plan: Act, is_supposed: bool, known: Iterable[str]) -> list[DutyStatus]:
    asked = standing.what_if([Entry(plan, standing.known)]) if is_supposed else standing
    concerned = {*design.nations, design.host, None}
    rows = duties(asked, date.min, design.until.last + AFTERWARDS, agreement=agreement)
    return [row for row in rows if row.brought_about_by == plan.ref and row.duty in known and row.owed_by in concerned]


def _notice(
    row: DutyStatus, agreement: Agreement, duty: Duty, plan: Act, on: date, latest: date | None, is_supposed: bool, missing: tuple[str, ...]
) -> Notice:
    return Notice(row, agreement.title, duty.says, _discharging(row, duty, plan, on), latest, is_supposed, missing)


def _discharging(row: DutyStatus, duty: Duty, plan: Act, on: date) -> Act | None:
    """The act that would discharge the duty, as the debtor would do it on ``on``."""
    if duty.discharged is None or duty.discharged.replies:
        return None
    kind = duty.discharged.acts[0]
    actor = row.owed_by or plan.actor
    same = {name: plan.details[name] for name in duty.discharged.same if name in plan.details}
    return Act(
        kind=kind,
        actor=actor,
        ref=f"{plan.details['activity']}-{kind}-{row.agreement}-{actor}",
        agreement=row.agreement,
        article=None if row.article == "-" else row.article,
        made=parse_moment(on.isoformat()),
        details={**duty.discharged.match, **same},
        source=plan.source,
    )


def _limits(design: Design, standing: Standing, agreement: str, plan: Act) -> Iterator[ConstraintStatus]:
    own = activity_of(plan)
    if own is None:
        return
    acts = [current.act for versions in standing.current_acts(agreement) for current in versions if current.kind == PLAN]
    others = held_by(acts, design.host)
    yield from (weigh(one, own, others) for one in constraints() if one.agreement == agreement)


def _not_given(agreement: Agreement, brought: list[Duty], plan: Act) -> Iterator[str]:
    """Which numbers the agreement asks about and the plan does not give, though it gives others: they count as not reached."""
    asked = dict.fromkeys(measure.measure for duty in brought for measure in duty.thresholds)
    missing = [name for name in asked if name not in plan.details]
    if missing and len(missing) < len(asked):
        yield f"{agreement.short}: not given, and so taken as not reached: {', '.join(missing)}"


def _differing(design: Design, recorded: Act) -> Iterator[str]:
    """Where the plan on record says other than the design."""
    for name, value in plan_of(design, recorded.agreement or "", date.max).details.items():
        there = recorded.details.get(name)
        if there != value and name != "activity":
            told = f"says {name} = {there}" if there is not None else f"says nothing of {name}"
            yield f"the plan on record, {recorded.ref}, {told}; the design says {value}: duties follow the record"
