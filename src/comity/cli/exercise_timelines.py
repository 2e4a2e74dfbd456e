"""The days of an exercise drawn on the terminal: a row each, a bar over the weeks, what is not sure in a lighter tone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from comity.exercises import DesignDay

WIDTH, LABEL = 60, 44
SURE, UNSURE, POINT, TODAY = "█", "░", "◆", "│"


def drawn(days: Sequence[DesignDay], today: date) -> Iterator[str]:
    """The lines of the drawing: a head with the months, then a row for each day or row of days."""
    if not days:
        return
    start = min(*(day.start.first for day in days), today)
    end = max(*(day.end.last for day in days), today) + timedelta(days=1)
    scale = Scale(start, max((end - start).days, 1))
    yield f"{'':{LABEL}} {scale.head()}"
    for day in days:
        label = f"{day.what}{f' ({day.who})' if day.who else ''}"
        short = label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"
        yield f"{short:{LABEL}} {scale.bar(day, today)} {_told(day)}"


def _told(day: DesignDay) -> str:
    return day.start.written if day.start == day.end else f"{day.start} to {day.end}"


class Scale:
    """Which column a day is drawn in."""

    def __init__(self, start: date, days: int) -> None:
        self.start, self.days = start, days

    def column(self, day: date) -> int:
        """The column of a day, from 0."""
        return min(max((day - self.start).days * WIDTH // self.days, 0), WIDTH - 1)

    def head(self) -> str:
        """The months, or the years where there are many, each where it begins."""
        cells, free = [" "] * WIDTH, 0
        months = [date(year, month, 1) for year in range(self.start.year, self.start.year + self.days // 365 + 2) for month in range(1, 13)]
        step = 1 if self.days <= 400 else 3 if self.days <= 1200 else 12
        for first in months[::step]:
            if self.start <= first < self.start + timedelta(days=self.days):
                at, text = self.column(first), first.isoformat()[:7] if step < 12 else str(first.year)
                if at >= free and at + len(text) <= WIDTH:
                    cells[at : at + len(text)] = text
                    free = at + len(text) + 1
        return "".join(cells)

    def bar(self, day: DesignDay, today: date) -> str:
        """The row's bar: where it surely is, and where it only can be; a line for the day asked about."""
        cells = [" "] * WIDTH
        cells[self.column(today)] = TODAY
        for at in range(self.column(day.start.first), self.column(day.end.last) + 1):
            cells[at] = UNSURE
        if day.certain and day.start == day.end:
            cells[self.column(day.start.first)] = POINT
        elif day.start.last <= day.end.first:
            for at in range(self.column(day.start.last), self.column(day.end.first) + 1):
                cells[at] = SURE
        return "".join(cells)
