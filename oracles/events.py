"""The slow reading of docs/explanation/how-events-lists-are-checked.md: which rules a list breaks, and where, rule by rule over every pair of rows.

It shares nothing with the checker but types.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from comity.main_events.injects import EventsList, Frame, Inject

SORTS = ["event", "incident", "inject"]


def broken(events: EventsList, frame: Frame) -> set[tuple[str, str]]:
    """Rule and place of all that is broken."""
    found = set[tuple[str, str]]()
    for index, row in enumerate(events.rows):
        found |= {(rule, place(row)) for rule in any_row(row, events)}
        if is_played(row):
            found |= {(rule, place(row)) for rule in played_row(row, events, frame)}
            if any(too_near(row, other, frame, before=at < index) for at, other in enumerate(events.rows) if at != index):
                found.add(("apart", place(row)))
    for objective in frame.objectives:
        if not any(named(objective, row.objectives) for row in events.rows if is_played(row)):
            found.add(("trained", objective))
    if frame.most > 0:
        for audience in {audience.lower() for row in events.rows for audience in row.audiences}:
            times = [minute for row in events.rows if named(audience, row.audiences) and (minute := minute_of(row)) is not None]
            for start in times:
                if len([one for one in times if start <= one and one - start < frame.window]) > frame.most:
                    found.add(("dense", audience))
    return found


def place(row: Inject) -> str:
    return row.number if row.number else f"row {row.line}"


def is_played(row: Inject) -> bool:
    return row.sort == "inject" and row.state != "cancelled"


def named(word: str, words: tuple[str, ...]) -> bool:
    return word.lower() in [one.lower() for one in words]


def minute_of(row: Inject) -> datetime | None:
    if is_played(row) and row.span is not None and row.span.first == row.span.last:
        return row.span.first
    return None


def numbered(number: str, events: EventsList) -> Inject | None:
    """The first row of a number."""
    for row in events.rows:
        if row.number == number:
            return row
    return None


def leaning_on(row: Inject, events: EventsList) -> list[Inject]:
    return [found for number in row.after if number and (found := numbered(number, events)) is not None]


def any_row(row: Inject, events: EventsList) -> Iterator[str]:
    if row.number == "" or len([other for other in events.rows if other.number == row.number]) > 1:
        yield "numbered"
    if row.title == "":
        yield "titled"
    if row.sort not in SORTS:
        yield "sorts"
    elif row.part_of:
        whole = numbered(row.part_of, events)
        if whole is None or (whole.sort in SORTS and SORTS.index(whole.sort) >= SORTS.index(row.sort)):
            yield "sorts"
    if row.state not in ("draft", "ready", "injected", "cancelled"):
        yield "states"
    # 15 every row that can be reached, step by step, as often as there are rows
    reached = leaning_on(row, events)
    for _ in events.rows:
        reached = reached + [further for one in reached for further in leaning_on(one, events) if further not in reached]
    if any(one.number == row.number for one in reached):
        yield "cycle"


def played_row(row: Inject, events: EventsList, frame: Frame) -> Iterator[str]:
    if row.when == "" or row.span is None:
        yield "timed"
    if row.span is not None:
        if frame.startex is not None and row.span.last < frame.startex:
            yield "within"
        if frame.endex is not None and frame.endex < row.span.first:
            yield "within"
    if len(row.audiences) == 0 or any(frame.audiences and not named(one, frame.audiences) for one in row.audiences):
        yield "audiences"
    if (row.responsible == "" and row.cell == "") or (row.cell != "" and len(frame.cells) > 0 and not named(row.cell, frame.cells)):
        yield "played by"
    if row.sender == "" or row.means == "":
        yield "played how"
    if len(row.objectives) == 0 or any(frame.objectives and not named(one, frame.objectives) for one in row.objectives):
        yield "objectives"
    if row.expected == "":
        yield "expected"
    for number in row.after:
        before = numbered(number, events)
        if before is None or before.state == "cancelled":
            yield "after"
    for before in leaning_on(row, events):
        if row.span is not None and before.span is not None and row.span.last < before.span.first:
            yield "order"
        if row.state == "injected" and before.state in ("draft", "ready"):
            yield "injected"


def too_near(row: Inject, other: Inject, frame: Frame, before: bool) -> bool:
    """17 Is the other the earlier of two too near to each other? ``before``: it stands further up."""
    here, there = minute_of(row), minute_of(other)
    if here is None or there is None or there > here or (there == here and not before) or here - there >= frame.gap:
        return False
    injector = row.responsible != "" and row.responsible.lower() == other.responsible.lower()
    cell = row.cell != "" and row.cell.lower() == other.cell.lower()
    return injector or cell or any(named(one, other.audiences) for one in row.audiences)
