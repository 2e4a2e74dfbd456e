"""A plan as a sheet: a line for each exercise that is held. A planner moves it about in a spreadsheet, and has it checked again.

Columns: *exercise*, *held as* (its way), *host*, *begins* and *ends* (days; slots where the programme has no calendar; both included), *units*
(separated by semicolons; a unit with a role as ``unit: role``). *host* and *ends* follow from the rest, and are not read.
Source: docs/reference/programme-format.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from comity.planning.reading import Calendar
from comity.programmes import HeldExercise, Plan, Problem
from comity.terms import BadInput

HEAD = ("exercise", "held as", "host", "begins", "ends", "units")
READ = ("exercise", "held as", "begins", "units")


def plan_rows(problem: Problem, plan: Plan, calendar: Calendar) -> list[tuple[str, ...]]:
    """The plan's lines under their heads, by the slot in which each begins."""
    ways = {(one.id, way.id): (one, way) for one in problem.exercises for way in one.ways}
    rows: list[tuple[str, ...]] = [HEAD]
    for held in sorted(plan.held, key=lambda one: (one.start, one.exercise)):
        one, way = ways[held.exercise, held.way]
        end = held.start + one.length
        units = "; ".join(f"{unit}: {role}" if role else unit for unit, role in held.units)
        rows.append((held.exercise, held.way, way.host, _begins(held.start, calendar), _ends(end, calendar), units))
    return rows


def read_plan_rows(rows: Iterable[tuple[int, Sequence[str]]], file: str, calendar: Calendar) -> Plan:
    """The plan in a sheet's numbered lines; BadInput says which line is wrong, and how."""
    lines = iter(rows)
    number, head = next(lines, (1, ()))
    places = {name: place for place, name in enumerate(cell.strip().casefold() for cell in head)}
    lacking = [name for name in READ if name not in places]
    if lacking:
        raise BadInput(f"{file}, line {number}: no column {lacking[0]!r}; the first line has the columns {', '.join(HEAD)}")
    held = list[HeldExercise]()
    for number, cells in lines:
        exercise, way, begins, units = (cells[places[name]].strip() if places[name] < len(cells) else "" for name in READ)
        if exercise:
            held.append(HeldExercise(exercise, way, _slot(begins, calendar, f"{file}, line {number}"), _units(units)))
    return Plan(held=tuple(held))


def _begins(slot: int, calendar: Calendar) -> str:
    day = calendar.day(slot)
    return str(slot) if day is None else day.isoformat()


def _ends(slot: int, calendar: Calendar) -> str:
    """The last day or slot of what ends before the slot."""
    day = calendar.day(slot)
    return str(slot - 1) if day is None else (day - timedelta(days=1)).isoformat()


def _slot(begins: str, calendar: Calendar, where: str) -> int:
    if begins.isdecimal() and len(begins) < 8:
        return int(begins)
    try:
        return calendar.slot_of(date.fromisoformat(begins), where)
    except ValueError:
        raise BadInput(f"{where}: begins {begins!r} is no day; write it as 2028-06-01, or as the number of a slot") from None


def _units(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.partition(":") for part in text.replace("\n", ";").split(";") if part.strip())
    return tuple((unit.strip(), role.strip()) for unit, _, role in pairs)
