"""Does what an act brought about hold on a day: from a day of its details or its own, before another?

Source: how-decisions-are-counted.md, section 3.3.
"""

from __future__ import annotations

from datetime import date

from comity.procedures import KeptAct
from comity.terms import Verdict, parse_day


def held(one: KeptAct, on: date) -> Verdict:
    """Yes, no, unknown (on the days between the first and the last that it can be), contested (where the act is in doubt)."""
    start, end = _detail(one, "from"), _detail(one, "until")
    first, last = (one.first, one.last) if start is None else (start, start)
    if on < first or (end is not None and end <= on):
        return Verdict.NO
    if one.doubtful:
        return Verdict.CONTESTED
    return Verdict.YES if last <= on else Verdict.UNKNOWN


def _detail(one: KeptAct, name: str) -> date | None:
    said = one.act.details.get(name)
    return parse_day(said) if said else None
