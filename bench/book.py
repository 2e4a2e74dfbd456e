"""How long the bundled book takes: all duties of ten years, the coverage of an activity, one answer on release."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import comity
from bench.page import machine
from comity.book import read_activity
from comity.duties import duties
from comity.permissions import Permissions, ReleaseQuestion, coverage
from comity.standing import Record, Standing

ON = date(2026, 11, 1)
SINCE, UNTIL = date(2017, 1, 1), date(2026, 12, 31)
ACTIVITY = Path(__file__).parents[1] / "examples" / "exercise.toml"
ASKED = ReleaseQuestion(giver="NLD", taker="SWE", level="Stg. CONFIDENTIEEL")
PASSES = 5

T = TypeVar("T")


def section() -> list[str]:
    """The lines of the page."""
    print("the bundled book", file=sys.stderr, flush=True)
    record, opened = _took(lambda: comity.open(comity.bundled_book()).book.record)
    rows = [f"| reading the book and checking it | {opened:.2f} |", *_duties(record), *_coverage(record), *_release(record)]
    lines = [
        f"`python -m bench --only permissions`, {machine()}. Seconds of the processor, median of {PASSES}, in brackets fastest and slowest.",
        "Where it isn't said otherwise the book is open and nothing is derived yet.",
    ]
    return [*lines, "", "| what | seconds |", "|---|---|", *rows]


def _duties(record: Record) -> list[str]:
    kept = _standing(record)
    rows = duties(kept, SINCE, UNTIL)
    states = len({row.owed_by for row in rows} - {None})
    told = f"all duties of all {states} parties that owe any, {SINCE.year} to {UNTIL.year}, {len(rows):,} rows"
    return [_row(told, lambda: duties(_standing(record), SINCE, UNTIL)), _row("the same, asked again", lambda: duties(kept, SINCE, UNTIL))]


def _coverage(record: Record) -> list[str]:
    if not ACTIVITY.exists():
        return []
    activity = read_activity(ACTIVITY)
    needs = len(coverage(activity, _standing(record, activity.from_)).needs)
    return [_row(f"coverage of examples/{ACTIVITY.name}, {needs} bases", lambda: coverage(activity, _standing(record, activity.from_)))]


def _release(record: Record) -> list[str]:
    warm = Permissions(_standing(record))
    warm.release(ASKED)
    asked = f"may release {ASKED.level} from {ASKED.giver} to {ASKED.taker}"
    return [
        _row(f"{asked}, told in words", lambda: Permissions(_standing(record)).release(ASKED)),
        _row(f"{asked}, asked again", lambda: warm.release(ASKED)),
    ]


def _standing(record: Record, on: date = ON) -> Standing:
    return Standing(record, on=on, known=ON)


def _row(what: str, work: Callable[[], object]) -> str:
    times = [_took(work)[1] for _ in range(PASSES)]
    return f"| {what} | {statistics.median(times):.4f} ({min(times):.4f} to {max(times):.4f}) |"


def _took(work: Callable[[], T]) -> tuple[T, float]:
    gc.collect()  # what an earlier pass left is not this one's to clear away
    begun = time.process_time()
    done = work()
    return done, time.process_time() - begun
