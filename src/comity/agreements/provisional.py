"""From when until when does a party apply the agreement provisionally?

Source: VCLT 25; how-standing-is-derived.md, section 5.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from comity.agreements.clauses import ProvisionalApplication
from comity.agreements.course import Cause
from comity.agreements.days import EVER, Day, Days, subtract, union
from comity.agreements.deeds import Deed, rank
from comity.agreements.docket import Docket
from comity.agreements.entry import ordinal
from comity.agreements.when import after


def provisional_application(
    docket: Docket, codes: Iterable[str], bound: Mapping[str, Days], ended: Day | None
) -> dict[str, list[tuple[Day, Day, Cause]]]:
    """For each code: the periods of its provisional application, outside the days on which it is bound."""
    clause = docket.clause(ProvisionalApplication)
    result: dict[str, list[tuple[Day, Day, Cause]]] = {}
    for code in sorted(codes):
        starts = [(d.takes_effect, d) for d in docket.by(code) if d.kind == "apply-provisionally" and not docket.posthumous(d, d.takes_effect)]
        if clause is not None and clause.by == "signature":
            starts += [(after(day, clause.delay), d) for d in docket.by(code) if d.kind == "sign" and (day := docket.signature_day(d)) is not None]
        for start, deed in sorted(starts, key=lambda s: (s[0], s[1].ref)):
            start = max(start, docket.agreement.concluded.toordinal())
            end = _provisional_end(docket, clause, code, start, deed, ended)
            begins = union(*(bound.get(link.code, []) for link in docket.line_of(code)))
            end = min([end, *(first for first, last in begins if (last > deed.made if deed.kind == "sign" else first >= start))])
            for piece in subtract([(start, end)], begins):
                result.setdefault(code, []).append((*piece, Cause("provisional-application", clause, (deed,), piece)))
    return result


def _provisional_end(docket: Docket, clause: ProvisionalApplication | None, code: str, start: Day, deed: Deed, ended: Day | None) -> Day:
    ending = ("end-provisional", "denounce", "decline", *(("withdraw-signature",) if deed.kind == "sign" else ()))
    begun = deed.made if deed.kind == "sign" else min(start, deed.received)
    ends = [d.received for d in docket.by_person(code) if d.kind in ending and (d.received, rank(d.kind), d.ref) > (begun, rank(deed.kind), deed.ref)]
    if ended is not None:
        ends.append(ended)
    fixed: list[Day] = []
    if "until" in deed.act.details:
        fixed.append(ordinal(deed.act.details["until"]))
    if clause is not None and clause.lasts:
        opened = [d.made for d in docket.of_kind("open")]
        if clause.lasts_from == "start":
            fixed.append(after(start, clause.lasts))
        elif opened:
            fixed.append(after(min(opened), clause.lasts))
    if fixed:
        end = min(fixed)
        for extension in docket.by_person(code):
            running = (extension.received, extension.ref) > (deed.takes_effect, deed.ref) if deed.kind != "sign" else extension.received > start
            if extension.kind == "extend-provisional" and running and extension.received < end and "until" in extension.act.details:
                end = max(end, ordinal(extension.act.details["until"]))
        ends.append(end)
    return min([*ends, EVER])
