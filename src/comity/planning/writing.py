"""A problem and a plan as files, and read again the same.

Source: docs/reference/programme-format.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from comity.planning.reading import Calendar
from comity.planning.toml_writing import Value, fields_of, table_of
from comity.programmes import Cover, HeldExercise, Plan, Problem, Slots, Target


def plan_text(plan: Plan, calendar: Calendar, programme: str, sha256: str) -> str:
    """The plan as a file for the problem in another; days beside the slots where the programme has a calendar."""
    lines = [*fields_of({"programme": programme, "sha256": sha256}), *([f"total = {plan.total}"] if plan.total is not None else [])]
    lines += [f"bound = {plan.bound}"] if plan.bound is not None else []
    for held in sorted(plan.held, key=lambda one: (one.start, one.exercise)):
        lines += ["", "[[held]]", *_held(held, calendar)]
    return "\n".join(lines) + "\n"


def _held(held: HeldExercise, calendar: Calendar) -> Iterator[str]:
    day = calendar.day(held.start)
    yield from fields_of({"exercise": held.exercise, "way": held.way})
    yield f"start = {held.start}" + (f"  # from {day}" if day is not None else "")
    yield from fields_of({"units": [name for name, role in held.units if not role]})
    if any(role for _, role in held.units):
        yield from fields_of({"roles": {name: role for name, role in held.units if role}})


def cover_text(covers: Iterable[Cover], calendar: Calendar) -> str:
    """The [[cover]] tables of a programme's file, days beside the slots."""
    return "\n".join(line for one in covers for line in _dated("cover", {"nation": one.nation, "host": one.host}, one.during, calendar))


def targets_text(targets: Iterable[Target], calendar: Calendar) -> str:
    """The [[target]] tables of a programme's file, days beside the slots."""
    lines = list[str]()
    for one in targets:
        lines += _dated("target", {"nations": one.nations, "capability": one.capability, "weight": one.weight}, one.during, calendar)
    return "\n".join(lines)


def _dated(name: str, fields: Mapping[str, Value], during: Slots, calendar: Calendar) -> list[str]:
    from_, until = (f"  # {calendar.day(slot)}" if calendar.first is not None else "" for slot in during)
    return [f"[[{name}]]", *fields_of(fields), f"from = {during.start}{from_}", f"until = {during.end}{until}", ""]


def programme_text(problem: Problem, title: str, calendar: Calendar) -> str:
    """The problem as a file, slots as numbers."""
    p = problem
    lines = list(fields_of({"title": title, "slots": p.slots}))
    if calendar.first is not None:
        lines += [f"first = {calendar.first}", f'slot = "{calendar.slot}"']
    lines += fields_of({"notice": p.notice, "burden": p.burden, "change": p.change, "finish": p.finish, "shares": dict(p.shares)})
    lines += ['legal_cover = "not looked at"'] if p.cover is None else []
    lines += ["before = []"] if p.before == () else []
    for unit in p.units:
        lines += table_of(
            "unit",
            {"id": unit.id, "nation": unit.nation, "skills": sorted(unit.skills), "at_once": unit.at_once, "rest": unit.rest},
            _spans("away", unit.away),
        )
    for pool in p.pools:
        lines += table_of("pool", {"id": pool.id, "most": pool.most}, _spans("closed", pool.closed))
    for one in p.exercises:
        fields: dict[str, Value] = {
            "id": one.id,
            "length": one.length,
            "capabilities": sorted(one.capabilities),
            "least": one.least,
            "most": one.most,
            "required": one.required,
        }
        lines += table_of("exercise", {**fields, "open_to": dict(one.open_to), "roles": dict(one.roles)})
        for way in one.ways:
            worse = ", ".join(f"{{ start = {slot}, cost = {cost} }}" for slot, cost in way.worse)
            starts = [f"starts = [{', '.join(map(str, way.starts))}]", *([f"worse = [{worse}]"] if worse else [])]
            lines += table_of("exercise.way", {"id": way.id, "host": way.host, "cost": way.cost, "uses": dict(way.uses)}, starts)
    for cover in p.cover or ():
        lines += table_of("cover", {"nation": cover.nation, "host": cover.host}, _during(cover.during))
    for budget in p.budgets:
        lines += table_of("budget", {"nation": budget.nation, "most": budget.most}, _during(budget.during))
    for target in p.targets:
        lines += table_of("target", {"nations": target.nations, "capability": target.capability, "weight": target.weight}, _during(target.during))
    for order in p.orders:
        lines += table_of("order", {"first": order.first, "then": order.then, "lag": order.lag})
    for lock in p.locks:
        fields = {"exercise": lock.exercise, "held": lock.held, "with": lock.with_, "without": lock.without}
        lines += table_of(
            "lock", fields | ({"way": lock.way} if lock.way is not None else {}), [f"start = {lock.start}"] if lock.start is not None else []
        )
    for held in p.before or ():
        lines += ["", "[[before]]", *_held(held, calendar)]
    return "\n".join(lines) + "\n"


def _during(span: Slots) -> list[str]:
    return [f"from = {span.start}", f"until = {span.end}"]


def _spans(name: str, spans: Iterable[Slots]) -> list[str]:
    written = ", ".join(f"{{ from = {span.start}, until = {span.end} }}" for span in spans)
    return [f"{name} = [{written}]"] if written else []
