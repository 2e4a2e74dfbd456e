"""Who joins an agreement after it was amended, and is bound by the amendment too.

Source: VCLT 40(5); how-standing-is-derived.md, section 9.6.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from comity.agreements.course import Cause, Stretch
from comity.agreements.days import Day, Days, contains, enough, union
from comity.agreements.docket import Docket

RULE = "later-joiner-of-amended-text"


class Joining(NamedTuple):
    """That ``party`` is bound by this amendment from ``day``, when the amended agreement binds it, until it no longer does."""

    party: str
    day: Day
    until: Day
    cause: Cause
    ended: Cause | None


def later_joiners(docket: Docket, amended: str) -> list[Joining]:
    """Who consented to the ``amended`` agreement while this amendment was in force, as the round before found it."""
    base = docket.outside.course(amended)
    if base is None:
        return []
    accepted = docket.last_round.accepted
    found: list[Joining] = []
    for party, stretches in base.stretches.items():
        for joined in stretches:
            if joined.since <= joined.start < joined.end and contains(accepted, joined.consented) and not _declined(docket, party, joined):
                pieces = [s for link in docket.line_of(party) for s in base.stretches.get(link.code, ()) if s.consented == joined.consented]
                last = max(pieces, key=lambda s: s.end)
                cause = Cause(RULE, days=(joined.start,), because=(joined.opened,))
                found.append(Joining(party, joined.start, last.end, cause, last.ended))
    return found


def _declined(docket: Docket, party: str, joined: Stretch) -> bool:
    """Did the person declare otherwise, before or after, under whichever code it then had?"""
    days = [(d.actor, max(d.received, joined.start)) for d in docket.of_kind("decline")]
    return any(docket.person_on(actor, day) == docket.person_on(party, day) for actor, day in days)


def accepted_days(stretches: Iterable[Iterable[Stretch]]) -> Days:
    """The days on which the agreement is in force by the stretches of those who accepted it themselves."""
    accepting = [union(*(s.binds for s in found if s.opened.rule != RULE)) for found in stretches]
    return enough([(days, days) for days in accepting], 2)
