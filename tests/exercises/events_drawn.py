"""Small events lists, drawn: each fit to be played but for some fields that are changed; and what the slow reading says of each."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from comity.main_events import EventsList, Frame, Inject, WhenPlayed, check_events
from oracles import events as oracle

START = datetime(2028, 5, 8, 6, tzinfo=UTC)
AUDIENCES, CELLS, OBJECTIVES = ("Alpha", "Bravo", "Press"), ("White", "Grey"), ("TO-1", "TO-2", "TO-3")
SEEDS = 1_500


def _span(rng: Random) -> WhenPlayed:
    at = START + timedelta(minutes=rng.choice((-30, -1, 0, 1, 29, 30, 31, 60, 61, 90, 119, 120, 121, 240)))
    return WhenPlayed(at, at if rng.random() < 0.85 else at + timedelta(minutes=rng.choice((1, 30, 60))))


def _row(rng: Random, line: int, sorts: list[str]) -> Inject:
    sort = "event" if line == 0 else "incident" if line == 1 else "inject"
    sorts.append(sort)
    whole = rng.choice([n for n, s in enumerate(sorts) if oracle.SORTS.index(s) < oracle.SORTS.index(sort)] or [-1])
    row = Inject(line + 2, f"{line}", "a title", sort, f"{whole}" if whole >= 0 and rng.random() < 0.7 else "")
    if sort != "inject":
        return row
    return replace(
        row,
        when="written",
        span=_span(rng),
        sender="police",
        audiences=tuple(rng.sample(AUDIENCES, rng.choice((1, 1, 1, 2)))),
        cell=rng.choice((*CELLS, "")),
        means="radio",
        objectives=tuple(rng.sample(OBJECTIVES, rng.choice((1, 1, 2)))),
        expected="report",
        responsible=rng.choice(("One", "Two", "Three")),
        state=rng.choice(("draft", "ready", "injected", "injected", "cancelled")),
        after=tuple(f"{n}" for n in range(2, line) if rng.random() < 0.2),
    )


def _spoilt(rng: Random, row: Inject, rows: list[Inject]) -> Inject:
    other = rng.choice(rows).number or "98"
    return rng.choice(
        (
            replace(row, number=rng.choice(("", other))),
            replace(row, title=""),
            replace(row, sort=rng.choice(("scene", "event", "incident", "inject"))),
            replace(row, part_of=rng.choice(("99", other))),
            replace(row, state="gone"),
            replace(row, when="", span=None),
            replace(row, span=None),
            replace(row, audiences=rng.choice(((), ("Delta",), ("ALPHA", "alpha"), (*row.audiences, "Delta")))),
            replace(row, responsible="", cell=rng.choice(("", "White", "Black", "WHITE"))),
            replace(row, responsible=rng.choice(("ONE", "two"))),
            replace(row, sender=""),
            replace(row, means=""),
            replace(row, objectives=rng.choice(((), ("TO-9",), ("to-1",)))),
            replace(row, expected=""),
            replace(row, after=rng.choice((("99",), (other,), (row.number,), (other, other), (*row.after, other)))),
        )
    )


def drawn(seed: int) -> tuple[EventsList, Frame]:
    """A list and its frame; the same seed draws the same."""
    rng, sorts = Random(seed), list[str]()
    rows = [_row(rng, line, sorts) for line in range(rng.randrange(1, 9))]
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        at = rng.randrange(len(rows))
        rows[at] = _spoilt(rng, rows[at], rows)
    if rng.random() < 0.2:
        rng.shuffle(rows)
    frame = Frame(
        startex=START if rng.random() < 0.8 else None,
        endex=START + timedelta(hours=2) if rng.random() < 0.8 else None,
        audiences=AUDIENCES if rng.random() < 0.7 else (),
        cells=CELLS if rng.random() < 0.7 else (),
        objectives=OBJECTIVES if rng.random() < 0.7 else (),
        gap=timedelta(minutes=rng.choice((0, 1, 1, 30, 31))),
        window=timedelta(minutes=rng.choice((30, 60))),
        most=rng.choice((0, 1, 2)),
    )
    return EventsList(tuple(rows)), frame


Said = tuple[EventsList, Frame, set[tuple[str, str]]]


@functools.cache
def said() -> tuple[Said, ...]:
    """Lists with what the slow reading says of each, kept to be asked of the checker again and again."""
    return tuple((*drawn(seed), oracle.broken(*drawn(seed))) for seed in range(SEEDS))


def agrees(case: Said) -> bool:
    """Does the checker name the same rules in the same places?"""
    events, frame, wanted = case
    return {(one.rule, one.where) for one in check_events(events, frame)} == wanted


def checker_agrees() -> bool:
    """Does it of all of them?"""
    return all(agrees(case) for case in said())
