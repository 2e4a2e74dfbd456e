"""Whose move it is, read slowly from how-disputes-are-followed.md, section 10, on what the slow reading has of each step.

Imports types alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from comity.agreements.settlements import SettlementStep
from comity.terms import Verdict
from oracles.disputes import StepTold, Told

Awaits = tuple[str, int, str, frozenset[str], str | None, Verdict]
"""Of which step (its clause and number), what, of whom (sides, or the organ by its name), until when, whether it is late."""


def awaited(dispute: Told, says: Mapping[tuple[str, int], SettlementStep], on: date) -> set[Awaits]:
    """All that is awaited in a dispute."""
    if "open" not in dispute.states:
        return set()
    return {one for step in dispute.steps for one in _of(step, says[step.clause, step.number], dispute.sides, on)}


def _of(step: StepTold, says: SettlementStep, sides: tuple[str, ...], on: date) -> Iterator[Awaits]:
    asked_for, under_way = step.first == "asked", step.first == "under-way"
    if not (asked_for or under_way):
        return
    last = None if step.ends is None else step.ends.isoformat()
    passed = Verdict.UNKNOWN if step.ends is not None and (on - step.ends).days >= 1 else Verdict.NO
    every = frozenset(sides)
    others = frozenset(side for side in sides if side != step.by)
    if len(step.waiting) > 0:
        yield step.clause, step.number, "appoint", frozenset(step.waiting), last, passed
    if asked_for and (says.answer is not None or says.begun_by == "both"):
        yield step.clause, step.number, "answer", others, None if step.due is None else step.due.isoformat(), step.late
    elif len(step.waiting) == 0 and under_way:
        yield step.clause, step.number, "end", frozenset({says.body}) if says.body else every, last, passed
    elif len(step.waiting) == 0 and says.body:
        yield step.clause, step.number, "act", frozenset({says.body}), last, passed
    elif len(step.waiting) == 0:
        yield step.clause, step.number, "answer", others, last, passed
