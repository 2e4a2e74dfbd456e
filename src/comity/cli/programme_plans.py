"""A plan of exercises as one looks at it: drawn over its time, who is where, what is missed, who bears what; and taken elsewhere as a sheet or feed.

comity programme show plan.toml --xlsx plan.xlsx --ics plan.ics
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from comity import programmes
from comity.cli.asking import Json
from comity.cli.programme_files import planned, room, write
from comity.cli.rendering import console, print_json, show_table
from comity.programmes import Plan, Problem
from comity.sheets import write_workbook
from comity.terms import BadInput

if TYPE_CHECKING:
    from comity.planning import Calendar, Programme

NAME, BEYOND, NARROWEST = 24, 44, 12
"""Columns for a line's name, and at most for what stands behind its bar; fewer columns than these no time has."""
SHOWN = 12
"""So many missed targets are told."""


def show(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The plan's file, TOML or XLSX.")],
    problem: Annotated[Path | None, typer.Option("--problem", metavar="FILE", help="Its problem (default: the file that the plan names).")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Write it as a workbook, to be moved about and checked again.")] = None,
    ics: Annotated[Path | None, typer.Option("--ics", metavar="FILE", help="Write it as a calendar.")] = None,
    as_json: Json = False,
) -> None:
    """A plan drawn over its time: each exercise, who is in how many at once, which targets are missed, and who bears what."""
    asked, found = planned(plan, problem)
    broken = programmes.check_plan(asked.problem, found)
    if broken:
        raise BadInput(f"{plan.name} breaks a rule ({broken[0].rule}: {broken[0].says}); see all with: comity programme check {plan}")
    if xlsx is not None:
        write(xlsx, write_workbook("plan", room().plan_rows(asked.problem, found, asked.calendar)))
    if ics is not None:
        write(ics, room().plan_feed(asked, found, datetime.now(UTC)))
    if as_json:
        print_json(_plain(asked, found))
        return
    drawn(asked, found)
    _say_targets(asked, found)
    _say_burden(asked.problem, found)
    for file in (xlsx, ics):
        if file is not None:
            console().print(f"written: {file}", soft_wrap=True)


def drawn(programme: Programme, plan: Plan) -> None:
    """Prints a line for each exercise, from its first slot to its last, and one for each nation: in how many it is at once."""
    out, problem = console(), programme.problem
    columns = min(problem.slots, max(NARROWEST, out.width - NAME - BEYOND))
    if programme.title:
        out.print(Text(programme.title, style="bold"))
    for line in _heads(programme.calendar, columns):
        out.print(Text(f"{'':{NAME}}{line}".rstrip(), style="dim"))
    lengths = {one.id: one.length for one in problem.exercises}
    hosts = {(one.id, way.id): way.host for one in problem.exercises for way in one.ways}
    nations = {unit.id: unit.nation for unit in problem.units}
    for held in sorted(plan.held, key=lambda one: (one.start, one.exercise)):
        spans = [(held.start, held.start + max(1, lengths[held.exercise]))]
        with_ = " ".join(dict.fromkeys(nations[unit] for unit, _ in held.units))
        out.print(_named(held.exercise) + _bar(spans, problem.slots, columns) + f"  {hosts[held.exercise, held.way]}: {with_}", no_wrap=True)
    busy: dict[str, list[tuple[int, int]]] = {}
    for held in plan.held:
        for nation in dict.fromkeys(nations[unit] for unit, _ in held.units):
            busy.setdefault(nation, []).append((held.start, held.start + max(1, lengths[held.exercise])))
    for nation in dict.fromkeys(nations.values()):
        spans = busy.get(nation, [])
        out.print(_named(nation) + _bar(spans, problem.slots, columns) + f"  {len(spans)} of {len(plan.held)}", no_wrap=True, style="dim")


def _named(name: str) -> str:
    return f"{name if len(name) < NAME else f'{name[: NAME - 2]}…':{NAME}}"


def _bar(spans: Sequence[tuple[int, int]], slots: int, columns: int) -> str:
    """One sign a column: in how many of the spans it is at most (a block for one), a dot for none."""
    counts = [0] * columns
    for column in range(columns):
        first, last = column * slots // columns, max(column * slots // columns + 1, (column + 1) * slots // columns)
        counts[column] = max((sum(start <= slot < end for start, end in spans) for slot in range(first, last)), default=0)
    return "".join("·" if count == 0 else "█" if count == 1 else str(min(count, 9)) for count in counts)


def _heads(calendar: Calendar, columns: int) -> Iterator[str]:
    """The years above the columns in which they begin; the numbers of slots where there is no calendar."""
    signs, free = [" "] * (columns + 4), 0
    for column in range(columns):
        slot = column * calendar.slots // columns
        day, before = calendar.day(slot), calendar.day(((column - 1) * calendar.slots // columns) if column else slot)
        if day is None:
            says = str(slot) if column % 10 == 0 else ""
        else:
            says = f"{day.year}" if column == 0 or (before is not None and before.year != day.year) else ""
        if says and column >= free:
            signs[column : column + len(says)] = says
            free = column + len(says) + 1
    yield "".join(signs)


def _say_targets(programme: Programme, plan: Plan) -> None:
    lost = programmes.missed(programme.problem, plan)
    by = dict.fromkeys(target.capability for target in programme.problem.targets)
    rows = [
        (what, str(of - sum(one.capability == what for one in lost)), str(of))
        for what in by
        for of in (sum(one.capability == what for one in programme.problem.targets),)
    ]
    show_table(("to be trained together", "met", "of"), rows)
    for one in sorted(lost, key=lambda target: -target.weight)[:SHOWN]:
        when = " to ".join(_when(programme.calendar, slot) for slot in one.during)
        console().print(f"  missed: {one.nations[0]} and {one.nations[1]}, {one.capability}, {when}", soft_wrap=True, markup=False)
    if len(lost) > SHOWN:
        console().print(f"  and {len(lost) - SHOWN} more; all with --json")


def _when(calendar: Calendar, slot: int) -> str:
    day = calendar.day(slot)
    return f"slot {slot}" if day is None else str(day)


def _burden(problem: Problem, plan: Plan) -> Iterable[tuple[str, int, float | None]]:
    """Each nation, what it spends, and what it should by its share (None: no share is given)."""
    spent, shares = programmes.spending(problem, plan), dict(problem.shares)
    parts, total = sum(shares.values()), sum(spent[nation] for nation in shares)
    for nation in dict.fromkeys([*shares, *sorted(spent)]):
        yield nation, spent[nation], shares[nation] * total / parts if nation in shares and parts else None


def _say_burden(problem: Problem, plan: Plan) -> None:
    rows = [(nation, f"{spent:,}", "" if due is None else f"{due:,.0f}") for nation, spent, due in _burden(problem, plan)]
    show_table(("who bears it", "bears", "by its share"), rows)


def _plain(programme: Programme, plan: Plan) -> dict[str, object]:
    problem, calendar = programme.problem, programme.calendar
    hosts = {(one.id, way.id): (way.host, one.length) for one in problem.exercises for way in one.ways}
    cost = programmes.cost_of(problem, plan)
    return {
        "title": programme.title,
        "total": cost.total,
        "bound": plan.bound,
        "held": [
            {
                "exercise": held.exercise,
                "way": held.way,
                "host": hosts[held.exercise, held.way][0],
                "start": held.start,
                "end": held.start + hosts[held.exercise, held.way][1],
                "from": _day(calendar, held.start),
                "until": _day(calendar, held.start + hosts[held.exercise, held.way][1]),
                "units": [{"unit": unit, "role": role or None} for unit, role in held.units],
            }
            for held in sorted(plan.held, key=lambda one: (one.start, one.exercise))
        ],
        "targets": len(problem.targets),
        "missed": [
            {"nations": list(one.nations), "capability": one.capability, "start": one.during.start, "end": one.during.end, "weight": one.weight}
            for one in programmes.missed(problem, plan)
        ],
        "burden": [{"nation": nation, "bears": spent, "by_share": due} for nation, spent, due in _burden(problem, plan)],
    }


def _day(calendar: Calendar, slot: int) -> str | None:
    day = calendar.day(slot)
    return None if day is None else day.isoformat()
