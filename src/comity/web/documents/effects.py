"""On which day would an act take effect? What the law makes of the record with that act in it, never a sum of our own."""

from __future__ import annotations

from datetime import date

from comity.agreements import BOUND_MODES, PARTY, SUSPENDED
from comity.questions import show
from comity.standing import Change, Standing, suppose
from comity.terms import Verdict


def day_of_effect(standing: Standing, act: str, party: str, agreement: str, brings: str) -> date | None:
    """The first day on which the party's standing is as the act would have it, had it been done; None where it never comes to that.

    ``act``: as a what-if is asked (KIND ACTOR AGREEMENT DAY); ``brings``: the party is then bound, free, or suspended.
    """
    supposed = suppose([act], standing)
    before = {_gist(change) for change in standing.timeline(agreement, party)}
    after = standing.what_if(supposed)
    made = supposed[0].act.made
    days = (
        change.on
        for change in (show(c, after.viewer) for c in after.timeline(agreement, party))
        if _gist(change) not in before and made is not None and change.on >= made.first and _brought(change, brings)
    )
    return min(days, default=None)


def _gist(change: Change) -> tuple[date, Verdict, str]:
    return change.on, change.verdict, change.mode


def _brought(change: Change, brings: str) -> bool:
    if brings == "bound":
        return change.verdict is Verdict.YES and change.mode == PARTY
    if brings == "suspended":
        return change.mode == SUSPENDED
    return change.verdict is Verdict.NO and change.mode not in BOUND_MODES
