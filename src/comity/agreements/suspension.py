"""Which suspensions have effect, from when, until when?

Source: VCLT 57 to 60, 65; how-standing-is-derived.md, section 9.3.
"""

from __future__ import annotations

from collections.abc import Mapping

from comity.agreements.clauses import Suspension
from comity.agreements.course import Cause, Suspended
from comity.agreements.days import EVER, Day, Days, contains
from comity.agreements.deeds import Deed
from comity.agreements.docket import Docket
from comity.agreements.entry import ordinal
from comity.agreements.when import after
from comity.terms import Reading


def suspensions(docket: Docket, bound: Mapping[str, Days]) -> list[Suspended]:
    """The suspensions that have effect in this world; one that nothing provides for is a fork."""
    clause = docket.clause(Suspension)
    result = []
    for deed in docket.of_kind("suspend"):
        start = deed.takes_effect if deed.effect is not None else after(deed.received, clause.notice if clause else ())
        end = ordinal(deed.act.details["until"]) if "until" in deed.act.details else EVER
        if not _settled(docket, deed, clause, bound, start):
            readings = (
                Reading("no effect: neither the agreement nor the law of treaties provides for it", "VCLT 42(2) and 57", "VCLT 42(2), 57"),
                Reading("operation suspended", deed.actor, deed.act.source.citation),
            )
            if docket.world.choose(f"suspension:{deed.ref}", readings, deed.ref) == 0:
                continue
        result.append(
            Suspended(
                deed,
                start,
                end,
                _resumptions(docket, deed),
                Cause("suspension", clause, (deed,), (start, end)),
            )
        )
    return result


def _resumptions(docket: Docket, deed: Deed) -> tuple[Deed, ...]:
    """Acts of resumption by the person that suspended, on that day or later."""
    return tuple(d for d in docket.by_person(deed.actor) if d.kind == "resume" and d.received >= deed.received)


def _settled(docket: Docket, deed: Deed, clause: Suspension | None, bound: Mapping[str, Days], start: Day) -> bool:
    """Is this suspension one that a clause or the law of treaties provides for?"""
    articles = set(deed.act.listed("articles"))
    if clause is not None and (not clause.articles or (articles and articles <= set(clause.articles))):
        return True
    suspending = {docket.root(d.actor) for d in docket.of_kind("suspend")}
    whom = {docket.root(code) for code in deed.act.counterparty}
    if whom and whom <= suspending:
        return True
    if whom and deed.act.details.get("ground") == "material breach":
        return True
    parties = {docket.root(p) for p, days in bound.items() if contains(days, start)}
    return bool(parties) and parties <= suspending
