"""The list drawn on one line for each audience: how many injects reach it in each part of the exercise.

Source: how-events-lists-are-checked.md, section 3.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from comity.main_events.injects import EventsList, Frame

STEPS = tuple(timedelta(minutes=m) for m in (1, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10080))


@dataclass(frozen=True, slots=True)
class TimeLine:
    """From when, in steps of which length, and for each audience how many injects reach it in each step."""

    start: datetime
    step: timedelta
    lines: tuple[tuple[str, tuple[int, ...]], ...]


def time_line(events: EventsList, frame: Frame, width: int = 72) -> TimeLine | None:
    """The time line in at most ``width`` steps; None where nothing is to be played at a time that is known."""
    times = [(row.span.first, row) for row in events.rows if row.played and row.span is not None]
    if not times:
        return None
    start = min([at for at, _ in times] + ([] if frame.startex is None else [frame.startex]))
    end = max([at for at, _ in times] + ([] if frame.endex is None else [frame.endex])) + timedelta(minutes=1)
    step = next((step for step in STEPS if (end - start) <= step * width), (end - start) / width)
    start = _down(start.astimezone(frame.zone), step)
    steps = -((start - end) // step)
    counted = {name: Counter[int]() for name in _audiences(events, frame)}
    for at, row in times:
        for name in {one.casefold() for one in row.audiences}:
            counted[name][(at - start) // step] += 1
    names = _audiences(events, frame).items()
    return TimeLine(start, step, tuple((name, tuple(counted[plain][n] for n in range(steps))) for plain, name in names))


def draw_time_line(line: TimeLine) -> list[str]:
    """The time line as text: a ruler of days, then a line for each audience; a digit is a number of injects, + is more than nine."""
    longest = max([len(name) for name, _ in line.lines] + [4])
    steps = max((len(counts) for _, counts in line.lines), default=0)
    ruler, last = [" "] * steps, ""
    for n in range(steps):
        day = (line.start + line.step * n).strftime("%d %b")
        if day != last and "".join(ruler[max(0, n - 1) : n + len(day) + 1]).strip() == "" and n + len(day) <= steps:
            ruler[n : n + len(day)] = day
        last = day
    marks = [f"{name:<{longest}}  {''.join(map(_mark, counts))}  {sum(counts)}" for name, counts in line.lines]
    return [f"{'':<{longest}}  {''.join(ruler)}".rstrip(), *marks]


def _mark(count: int) -> str:
    return "·" if not count else str(count) if count < 10 else "+"


def _down(at: datetime, step: timedelta) -> datetime:
    """The beginning of the step of the day in which it lies."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (at - midnight) // step * step if step < timedelta(days=1) else midnight


def _audiences(events: EventsList, frame: Frame) -> dict[str, str]:
    """Each audience once, as it was first written, by its name without capital letters; those of the frame first."""
    named = [*frame.audiences, *(name for row in events.rows if row.played for name in row.audiences)]
    first = {name.casefold(): name for name in reversed(named)}
    return {plain: first[plain] for plain in dict.fromkeys(name.casefold() for name in named)}
