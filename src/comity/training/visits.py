"""Visits and port calls, and the leave for them: asked for, granted or refused, and was that in time?

Source: how-training-is-counted.md, section 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from comity.acts import Act
from comity.procedures import agreed, is_complete
from comity.standing import Standing
from comity.terms import Finding, Verdict
from comity.training.acts import GRANT, REFUSE, REQUEST, Begun, begun, day_in, odd, possibly


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit for which leave was asked. ``state``: requested, granted, refused, or not requested yet; or contested, or unknown.

    ``asked``: in time? None where nothing says by when. ``answered``: yes, no, open, unknown or contested.
    """

    request: Act
    visitor: str
    host: str
    starts: date
    state: str
    asked: Verdict | None
    answered: str
    answer_by: date
    findings: tuple[Finding, ...] = ()

    @property
    def sort(self) -> str:
        """A visit, a port call, staff talks."""
        return self.request.details.get("visit", "")

    @property
    def what(self) -> str:
        """Who comes, or which ship."""
        return self.request.details.get("what", "")


def visits_of(standing: Standing) -> list[Visit]:
    """Every visit for which leave was asked, by its first day."""
    found = [_visit(standing, one) for one in begun(standing, REQUEST) if possibly([one.act], standing.on)]
    return sorted(found, key=lambda visit: visit.starts)


def _visit(standing: Standing, visit: Begun) -> Visit:
    act, on = visit.act, standing.on
    starts = day_in(act, "starts")
    assert starts is not None, "no request is without it"
    limit = day_in(act, "answer") or starts - timedelta(days=1)
    declared = standing.coverage_of(act.act.agreement)
    states, answered = list[set[str]](), list[set[str]]()
    for last in (False, True):
        state, first = _read(visit, on, last)
        states.append(state)
        silent = "open" if on <= limit else "no" if is_complete(declared, (GRANT, REFUSE), act.day(last), limit) else "unknown"
        answered.append({silent if day is None else "yes" if day <= limit else "no" for day in first})
    host = act.act.counterparty[0]
    strange = [one for one in possibly(visit.of(GRANT, REFUSE), on) if one.by != host]
    findings = tuple(odd("training-not-by-host", one, f"answers a request that was made to {host}") for one in strange)
    return Visit(act.act, act.by, host, starts, _told(states), _asked(visit, starts), _told(answered), limit, findings)


def _read(visit: Begun, on: date, last: bool) -> tuple[set[str], set[date | None]]:
    """The states that it can be in, and the days on which it can first have been answered (None: not at all)."""
    states, first = {"not requested"}, set[date | None]({None})
    if visit.act.day(last) <= on:
        states = {"requested", "not requested"} if visit.act.doubtful else {"requested"}
    taken = sorted(visit.of(GRANT, REFUSE), key=lambda one: (one.day(last), one.act.ref, one.act.hash))
    for one in taken:
        if one.day(last) <= on:
            says = {"granted" if one.kind == GRANT else "refused"}
            answered: set[date | None] = {one.day(last) if day is None else day for day in first}
            states, first = (states | says, first | answered) if one.doubtful else (says, answered)
    return states, first


def _told(ways: Sequence[set[str]]) -> str:
    same = agreed(ways)
    return next(iter(ways[0])) if same is Verdict.YES else str(same)


def _asked(visit: Begun, starts: date) -> Verdict | None:
    ahead = visit.act.act.details.get("ahead")
    if ahead is None:
        return None
    in_time = [day + timedelta(days=int(ahead)) <= starts for day in (visit.act.first, visit.act.last)]
    return Verdict.UNKNOWN if in_time[0] != in_time[1] else Verdict.YES if in_time[0] else Verdict.NO
