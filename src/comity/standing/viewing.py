"""What each question is worth on every day, in every world: verdict and mode, before coverage and reasons.

Source: how-standing-is-derived.md, sections 5.5, 8 and 9.
"""

from __future__ import annotations

from comity.agreements import BEGIN, BOUND_MODES, CONTRACTING, EVER, Course, Days, Stage, clip, extends_to, intersect, relation
from comity.standing.merging import View, Views, days_view, view
from comity.standing.worlds import Case, Worlds
from comity.terms import Verdict


def force_views(worlds: Worlds, agreement_id: str) -> Views:
    def look(case: Case) -> View:
        if case.course.entered is not None and case.course.entered.rule == "no-entry-clause":
            return view(case, [(BEGIN, EVER if case.course.ended is None else case.course.ended, Verdict.UNKNOWN, "unknown")])
        return days_view(case, case.course.in_force)

    return Views(worlds.readings(agreement_id), look)


def bound_views(worlds: Worlds, agreement_id: str, party: str, territory: str | None = None) -> Views:
    def look(case: Case) -> View:
        found = view(case, [(s.start, s.end, bound_verdict(case.course, s), s.mode) for s in case.course.stages.get(party, ())])
        return found if territory is None else _for_territory(found, party, territory)

    return Views(worlds.readings(agreement_id), look)


def between_views(worlds: Worlds, agreement_id: str, a: str, b: str) -> Views:
    def look(case: Case) -> View:
        in_force = relation(case.docket, case.course, a, b).in_force
        return view(case, [*((s, e, Verdict.YES, "in force") for s, e in in_force), *_unknown_between(case.course, a, b)])

    return Views(worlds.readings(agreement_id), look)


def bound_verdict(course: Course, stage: Stage) -> Verdict:
    if stage.mode in BOUND_MODES:
        return Verdict.YES
    if stage.mode == CONTRACTING and course.entered is not None and course.entered.rule == "no-entry-clause":
        return Verdict.UNKNOWN
    return Verdict.NO


def _unknown_between(course: Course, a: str, b: str) -> list[tuple[int, int, Verdict, str]]:
    def days(party: str, *verdicts: Verdict) -> Days:
        return [(s.start, s.end) for s in course.stages.get(party, ()) if bound_verdict(course, s) in verdicts]

    unknown = [
        *intersect(days(a, Verdict.UNKNOWN), days(b, Verdict.YES, Verdict.UNKNOWN)),
        *intersect(days(a, Verdict.YES), days(b, Verdict.UNKNOWN)),
    ]
    return [(start, end, Verdict.UNKNOWN, "unknown") for start, end in unknown]


def _for_territory(v: View, party: str, territory: str) -> View:
    """The party's view, as it extends to one territory."""
    days = extends_to(v.case.docket, party, territory)
    return view(v.case, [(s, e, verdict, mode) for start, end, verdict, mode in v.pieces for s, e in clip(days, start, end)])
