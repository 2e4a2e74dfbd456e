"""The oracle's answers: is it in force, is a party bound, what holds between two.

Each question is put in every world (section 2) and its verdict taken from all of them.
"""

from __future__ import annotations

from datetime import date

from comity.terms import Verdict
from oracles.pairs import ExceptionMade, Pairs
from oracles.record import Record
from oracles.territory import extends
from oracles.worlds import World, fork_worlds, verdict

__all__ = ["Record", "between", "bound", "in_force"]


def in_force(record: Record, agreement_id: str, on: date, known: date, viewer: str | None, *, every_day: bool = False) -> Verdict:
    """Is the agreement in force on a day (section 8)?"""
    view = record.view(known, viewer)
    if agreement_id not in view.agreements:
        return Verdict.UNKNOWN

    def question(world: World) -> Verdict:
        history = world.history(agreement_id)
        if history.undecided and not history.ended_by(on):
            return Verdict.UNKNOWN  # 4.3
        return Verdict.YES if history.in_force(on) else Verdict.NO

    return verdict(fork_worlds(view, on, agreement_id, question, every_day=every_day))


def bound(
    record: Record, party: str, agreement_id: str, on: date, known: date, viewer: str | None, *, territory: str | None = None, every_day: bool = False
) -> tuple[Verdict, str]:
    """Is the party bound on a day (for a territory: 9.7), and in what mode (5.5); the mode is empty unless it is the same in every world."""
    view = record.view(known, viewer)
    if agreement_id not in view.agreements:
        return Verdict.UNKNOWN, ""

    def question(world: World) -> tuple[Verdict, str]:
        agreement = view.agreements[agreement_id]
        pairs = Pairs(world, agreement)
        if territory is not None and not extends(world, agreement, party, territory):
            return Verdict.NO, "none"
        return pairs.bound(party), pairs.mode(party)

    answers = fork_worlds(view, on, agreement_id, question, every_day=every_day)
    modes = {mode for of_dates in answers for _, mode in of_dates}
    return verdict([[found for found, _ in of_dates] for of_dates in answers]), modes.pop() if len(modes) == 1 else ""


def between(
    record: Record, a: str, b: str, agreement_id: str, on: date, known: date, viewer: str | None, *, every_day: bool = False
) -> tuple[Verdict, tuple[str, ...], frozenset[ExceptionMade]]:
    """Is it in force between two (section 9); texts and exceptions are those of the first world, none where it says no."""
    view = record.view(known, viewer)
    if agreement_id not in view.agreements:
        return Verdict.UNKNOWN, (), frozenset()

    def question(world: World) -> Verdict:
        return Pairs(world, view.agreements[agreement_id]).between(a, b)

    found = verdict(fork_worlds(view, on, agreement_id, question, every_day=every_day))
    first = Pairs(World(view, on, {}, every_day), view.agreements[agreement_id])
    if first.between(a, b) is Verdict.NO:
        return found, (), frozenset()
    return found, first.texts(a, b), first.exceptions(a, b)
