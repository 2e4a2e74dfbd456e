"""Is standing that was kept what comes out if it is derived from scratch?

Two derivations are the same if each has no world that the other lacks: what acts there are in it, how everyone stands, when it is in force.

Source: how-the-ledger-is-kept.md, section 11.
"""

from __future__ import annotations

from collections.abc import Sequence

from comity.standing.standing import Standing
from comity.standing.worlds import Case


def differing(kept: Standing, anew: Standing) -> list[str]:
    """The agreements of which ``kept`` has derived something that ``anew`` derives otherwise, in order."""
    return [agreement for agreement in kept._asking.worlds.derived if not _is_same(kept, anew, agreement)]


def _is_same(kept: Standing, anew: Standing, agreement: str) -> bool:
    if not anew.record.has_agreement(agreement, anew.known):
        return False
    before, now = (standing._asking.worlds.cases(agreement) for standing in (kept, anew))
    return _holds(before, now) and _holds(now, before)


def _holds(cases: Sequence[Case], others: Sequence[Case]) -> bool:
    """Is there a world among these for each of the others?"""
    told = [_told(case) for case in cases]
    return all(_told(other) in told for other in others)


def _told(case: Case) -> tuple[object, ...]:
    course = case.course
    return course.agreement, case.docket.deeds, course.stages, course.in_force, course.ended
