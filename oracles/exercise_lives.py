"""The slow reading of docs/explanation/how-exercises-are-planned.md, sections 4 and 6: where an exercise stands, which limits it keeps.

Literally as the text says; it shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from comity.acts import Act
from comity.exercises.design import Design
from comity.exercises.processes import Process, ProcessStep
from comity.terms import Moment, parse_moment

# -- section 4

Step = tuple[str, str, tuple[str, ...]]
"""A step's id, how it stands, and the references of the acts that count."""


def is_about(design: Design, process: Process, act: Act) -> bool:
    """4.1"""
    named = act.details.get("activity")
    if named is not None or act.kind != "meet":
        return named == design.id
    if design.body is None or act.details.get("body") != design.body:
        return False
    if process.cycle is None:
        return True
    day = day_of(act)
    return day is None or not day.last < process.cycle.begins.first


def day_of(act: Act) -> Moment | None:
    for moment in (act.made, act.received, act.notified, act.effect):
        if moment is not None:
            return moment
    return None


def asked_of(design: Design, step: ProcessStep, parties: Collection[str]) -> str | None:
    """4.2"""
    who: str | None = None
    if step.by == "host":
        who = design.host
    elif step.by in ("owner", "approver"):
        for product in reversed(design.product):
            if product.name == step.product:
                who = product.owner if step.by == "owner" else product.approver
    elif step.by != "anyone":
        who = {"scheduling": design.officers.scheduling, "conducting": design.officers.conducting}.get(step.by, design.officers.directing)
    return who if who is not None and who in parties else None


def due(design: Design, step: ProcessStep) -> Moment | None:
    """4.5"""
    days = {conference.kind: conference.on for conference in reversed(design.conference)}
    own = [product.due for product in design.product if product.name == step.product]
    if own and own[0] is not None:
        return own[0]
    if step.conference is not None and days.get(step.conference) is not None:
        return days[step.conference]
    if step.before == "start":
        return design.from_ if design.startex is None else design.startex
    return None if step.before is None else days.get(step.before)


def stands(design: Design, process: Process, told: Sequence[tuple[Act, bool]], on: date, parties: Collection[str]) -> tuple[list[Step], str | None]:
    """4.4 and 4.6: every step, and the stage in which the exercise stands (None: held)."""
    about = [(act, sure) for act, sure in told if is_about(design, process, act) and day_of(act) is not None]
    about.sort(key=lambda one: (first(one[0]), one[0].ref, one[0].hash))
    steps, stage_of = list[Step](), None
    for stage in process.stages:
        for step in stage.steps:
            whom = asked_of(design, step, parties)
            fitting = [one for one in about if fits(step, one[0], whom)]
            found = state(step, fitting, due(design, step), on)
            steps.append(found)
            if found[1] not in ("done", "done late") and stage_of is None:
                stage_of = stage.id
    return steps, stage_of


def versions(design: Design, process: Process, told: Sequence[tuple[Act, bool]], on: date) -> list[tuple[str, str]]:
    """The versions of its design that may be there on the day, each with its document's hash."""
    found = {act.hash: act for act, _ in told if act.kind == "design-exercise" and is_about(design, process, act) and day_of(act) is not None}
    ordered = sorted((act for act in found.values() if first(act) <= on), key=lambda act: (first(act), act.ref, act.hash))
    return [(act.ref, document.sha256) for act in ordered for document in act.attachments]


def first(act: Act) -> date:
    day = day_of(act)
    assert day is not None
    return day.first


def last(act: Act) -> date:
    day = day_of(act)
    assert day is not None
    return day.last


def fits(step: ProcessStep, act: Act, whom: str | None) -> bool:
    if act.kind != step.act or (whom is not None and whom not in (act.actor, act.on_behalf_of)):
        return False
    wanted = {"product": step.product, "conference": step.conference}
    return all(act.details.get(name) == value for name, value in wanted.items() if value is not None)


def state(step: ProcessStep, fitting: Sequence[tuple[Act, bool]], by: Moment | None, on: date) -> Step:
    done = [act for act, sure in fitting if sure and last(act) <= on]
    refs = tuple(act.ref for act, _ in fitting if first(act) <= on)
    if len(done) >= step.number:
        completing = done[step.number - 1]
        late = by is not None and by.last < first(completing)
        return step.id, "done late" if late else "done", tuple(act.ref for act in done[: step.number])
    if len({act.ref for act, _ in fitting if last(act) <= on}) >= step.number:
        return step.id, "contested", refs
    if len(set(refs)) >= step.number:
        return step.id, "not known", refs
    return step.id, "not on record" if by is not None and by.last < on else "open", refs


# -- section 6

Counted = tuple[str, Moment, Moment, Mapping[str, int]]
"""An activity: its name, its days, the numbers that it gives."""


def above(sizes: Mapping[str, int], numbers: Mapping[str, int]) -> tuple[bool, bool]:
    """6.3: surely, and possibly."""
    given = [name for name in sizes if name in numbers]
    surely = any(numbers[name] > sizes[name] for name in given)
    return surely, surely or given == []


def activities(acts: Sequence[Act], state: str) -> list[Counted]:
    """6.2, out of acts in the order of their recording."""
    found: list[Counted] = []
    for act in acts:
        where = act.territory if act.territory != () else (act.actor if act.on_behalf_of is None else act.on_behalf_of,)
        if act.details.get("what") == "exercise" and "starts" in act.details and state in where:
            starts = act.details["starts"]
            named = act.details.get("activity", act.ref)
            numbers = {name: int(value) for name, value in act.details.items() if name in NUMBERS}
            counted = (named, parse_moment(starts), parse_moment(act.details.get("ends", starts)), numbers)
            if named in [one[0] for one in found]:
                found[[one[0] for one in found].index(named)] = counted
            else:
                found.append(counted)
    return found


NUMBERS = ("troops", "tanks", "vehicles", "artillery", "sorties", "landing")
Weighed = tuple[str, int, int, tuple[str, ...]]
"""Kept or not, how many count surely and possibly, and which others possibly do."""


def limit(most: int, years: int, sizes: Mapping[str, int], since: date, design: Counted, others: Sequence[Counted]) -> Weighed:
    """6.5 and 6.6"""
    name, starts, ends, numbers = design
    design_surely, design_possibly = above(sizes, numbers)
    if not design_possibly or starts.last < since:
        return "kept", 0, 0, ()
    rest = [other for other in others if other[0] != name]
    surely, possibly = at_once(sizes, starts, ends, rest) if years == 0 else in_years(sizes, years, starts, rest)
    alone = tuple(one[0] for one in rest if (at_once(sizes, starts, ends, [one]) if years == 0 else in_years(sizes, years, starts, [one]))[1] == 2)
    counts = surely if design_surely else 0, possibly, alone
    if design_surely and surely > most:
        return "exceeded", *counts
    return "not known" if possibly > most else "kept", *counts


def at_once(sizes: Mapping[str, int], starts: Moment, ends: Moment, others: Sequence[Counted]) -> tuple[int, int]:
    surely = possibly = 1
    for _, other_starts, other_ends, numbers in others:
        is_above, may_be_above = above(sizes, numbers)
        never = ends.last < other_starts.first or other_ends.last < starts.first
        always = other_starts.last <= ends.first and starts.last <= other_ends.first
        surely += is_above and always
        possibly += may_be_above and not never
    return surely, possibly


def in_years(sizes: Mapping[str, int], years: int, starts: Moment, others: Sequence[Counted]) -> tuple[int, int]:
    """6.4: for each year in which it can start, every window with that year in it."""
    fewest, largest = [], []
    for year in range(starts.first.year, starts.last.year + 1):
        sure_counts, possible_counts = [], []
        for back in range(years):
            window = range(year - back, year - back + years)
            counts = [1, 1]
            for _, other, _, numbers in others:
                is_above, may_be_above = above(sizes, numbers)
                can_be = range(other.first.year, other.last.year + 1)
                counts[0] += is_above and all(one in window for one in can_be)
                counts[1] += may_be_above and any(one in window for one in can_be)
            sure_counts.append(counts[0])
            possible_counts.append(counts[1])
        fewest.append(max(sure_counts))
        largest.append(max(possible_counts))
    return min(fewest), max(largest)
