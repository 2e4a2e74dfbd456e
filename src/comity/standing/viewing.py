"""What each question is worth on every day, in every world: verdict and mode, before coverage and reasons.

Source: how-standing-is-derived.md, sections 5.5, 8 and 9.
"""

from __future__ import annotations

from comity.agreements import BEGIN, BOUND_MODES, CONTRACTING, EVER, Course, Stage, after, relation
from comity.agreements.clauses import Territory, Withdrawal
from comity.standing.merging import View, Views, days_view, view
from comity.standing.worlds import Worlds
from comity.terms import Verdict


def force_views(worlds: Worlds, agreement_id: str) -> Views:
    result = []
    for case in worlds.cases(agreement_id):
        if case.course.entered is not None and case.course.entered.rule == "no-entry-clause":
            result.append(view(case, [(BEGIN, EVER if case.course.ended is None else case.course.ended, Verdict.UNKNOWN, "unknown")]))
        else:
            result.append(days_view(case, case.course.in_force))
    return Views(result)


def bound_views(worlds: Worlds, agreement_id: str, party: str) -> Views:
    return Views(
        view(case, [(s.start, s.end, bound_verdict(case.course, s), s.mode) for s in case.course.stages.get(party, ())])
        for case in worlds.cases(agreement_id)
    )


def between_views(worlds: Worlds, agreement_id: str, a: str, b: str) -> Views:
    result = []
    for case in worlds.cases(agreement_id):
        found = relation(case.docket, case.course, a, b)
        pieces = [(s, e, Verdict.YES, "in force") for s, e in found.in_force]
        pieces += _unknown_between(case.course, a, b)
        result.append(view(case, pieces))
    return Views(result)


def bound_verdict(course: Course, stage: Stage) -> Verdict:
    if stage.mode in BOUND_MODES:
        return Verdict.YES
    if stage.mode == CONTRACTING and course.entered is not None and course.entered.rule == "no-entry-clause":
        return Verdict.UNKNOWN
    return Verdict.NO


def _unknown_between(course: Course, a: str, b: str) -> list[tuple[int, int, Verdict, str]]:
    if course.entered is None or course.entered.rule != "no-entry-clause":
        return []
    spans = [[(s.start, s.end, v) for s in course.stages.get(p, ()) if (v := bound_verdict(course, s)) is not Verdict.NO] for p in (a, b)]
    both = [(max(s, u), min(e, w), {v, x}) for s, e, v in spans[0] for u, w, x in spans[1]]
    return [(start, end, Verdict.UNKNOWN, "unknown") for start, end, said in both if start < end and Verdict.UNKNOWN in said]


def for_territory(v: View, party: str, territory: str) -> View:
    """The party's view, as it extends to one territory (29; section 9.7)."""
    docket = v.case.docket
    clause = docket.clause(Territory)
    excluded = [d for d in docket.by(party) if d.kind == "exclude-territory" and territory in d.act.territory]
    if (clause is None or clause.scope == "entire") and not excluded:
        return v
    spans = []
    for deed in docket.by(party):
        if deed.kind == "extend-territory" and territory in deed.act.territory:
            start = after(deed.received, clause.delay if clause else ())
            ends = [d for d in docket.by(party) if d.kind == "end-territory" and territory in d.act.territory and d.received >= deed.received]
            withdrawal = docket.clause(Withdrawal)
            end = min((after(d.received, withdrawal.notice) if withdrawal else d.takes_effect for d in ends), default=EVER)
            spans.append((start, end))
    if (clause is None or clause.scope == "entire") and excluded:
        spans.append((BEGIN, min(d.received for d in excluded)))
    pieces = [(max(s, a), min(e, b), verdict, mode) for s, e, verdict, mode in v.pieces for a, b in spans if max(s, a) < min(e, b)]
    return view(v.case, pieces)
