"""What a record knows of a design, as its rules look at it: the parties there are, and whether each arrangement holds throughout.

Source: how-exercises-are-planned.md, 3.3 and 3.20.
"""

from __future__ import annotations

from comity.exercises.checking import Known
from comity.exercises.design import Design, HostSupport
from comity.standing import Standing
from comity.terms import Verdict, all_of


def known_of(design: Design, standing: Standing) -> Known:
    """What the standing's record knows of the design."""
    parties = frozenset(standing.record.register.parties)
    asked = [one for one in design.host_support if _can_be_asked(one, parties, standing)]
    return Known(parties, {(one.arrangement, one.provider, one.receiver): _throughout(one, design, standing) for one in asked})


def _can_be_asked(one: HostSupport, parties: frozenset[str], standing: Standing) -> bool:
    there = standing.record.has_agreement(one.arrangement, standing.known)
    return there and one.provider != one.receiver and {one.provider, one.receiver} <= parties


def _throughout(one: HostSupport, design: Design, standing: Standing) -> Verdict:
    """The verdict over every day that the exercise can have; a day without one is *no*."""
    day, end, found = design.from_.first.toordinal(), max(design.until.last, design.from_.first).toordinal() + 1, list[Verdict]()
    for period in standing.periods_between(one.provider, one.receiver, one.arrangement):
        if period.end <= day or period.start >= end:
            continue
        found += [period.verdict] if period.start <= day else [Verdict.NO, period.verdict]
        day = period.end
    return all_of(found if day >= end else [*found, Verdict.NO])
