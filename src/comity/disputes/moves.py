"""Whose move it is in a dispute: what a running step awaits, of which sides or of which organ, until when.

Source: how-disputes-are-followed.md, section 10.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.disputes.stages import RUNNING, Dispute, DisputeState, MeansState, StepStanding
from comity.terms import Verdict


class Doing(StrEnum):
    """What is awaited. Source: section 10.1."""

    APPOINT = "appoint"
    ANSWER = "answer"
    ACT = "act"
    END = "end"


@dataclass(frozen=True, slots=True)
class Move:
    """What a step awaits. ``who``: sides by their codes; ``body``: an organ by its name; one of the two.

    ``until``: the last day on which it is in time; None: by no set day. ``late``: whether that day has passed without.
    """

    step: StepStanding
    does: Doing
    who: tuple[str, ...]
    body: str
    until: date | None
    late: Verdict


def moves_awaited(dispute: Dispute, on: date) -> list[Move]:
    """What is awaited in the dispute on the day that it was followed to, what is due first first."""
    running = [one for one in dispute.steps if one.state in RUNNING and DisputeState.OPEN in dispute.states]
    found = [move for one in running for move in _of_step(dispute, one, on)]
    return sorted(found, key=lambda move: (move.until is None, move.until or date.max))


def _of_step(dispute: Dispute, one: StepStanding, on: date) -> Iterator[Move]:
    step, body, past = one.place.step, one.place.step.body or "", _past(one.ends, on)
    others = tuple(side for side in dispute.sides if side != one.by)
    if one.waiting:
        yield Move(one, Doing.APPOINT, one.waiting, "", one.ends, past)
    if one.state is MeansState.ASKED and (step.answer is not None or step.begun_by == "both"):
        yield Move(one, Doing.ANSWER, others, "", one.due, one.late)
    elif one.waiting:
        return
    elif one.state is MeansState.UNDER_WAY:
        yield Move(one, Doing.END, () if body else dispute.sides, body, one.ends, past)
    elif body:
        yield Move(one, Doing.ACT, (), body, one.ends, past)
    else:
        yield Move(one, Doing.ANSWER, others, "", one.ends, past)


def _past(ends: date | None, on: date) -> Verdict:
    """Has the day passed without? That it was not done in time rests on no act being on record, so it is unknown."""
    return Verdict.NO if ends is None or on <= ends else Verdict.UNKNOWN
