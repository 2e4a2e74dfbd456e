"""How the agreement stands between two parties: in force or not, with which exceptions, and why.

Reservations, objections, excluded relations, suspensions between some, inter se deals and mutual declarations make the
answer pairwise. Source: VCLT 19 to 23, 30, 41, 57 to 60; how-standing-is-derived.md, section 9.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from comity.agreements.clauses import ProvisionalApplication, Reservations
from comity.agreements.conditions import after
from comity.agreements.course import PROVISIONAL, Cause, Course
from comity.agreements.days import EVER, Day, Days, contains, intersect, subtract, union
from comity.agreements.deeds import Deed
from comity.agreements.docket import Docket
from comity.agreements.entry import iso
from comity.terms import Step

_TWELVE_MONTHS = (Step(months=12),)
ALL_ARTICLES = "all"


class Touched(NamedTuple):
    """A provision that does not apply, or applies modified, between two parties during [start, end)."""

    article: str
    how: str
    start: Day
    end: Day
    cause: Cause


class Bar(NamedTuple):
    """Days on which the agreement is not in force between the two, although it binds both."""

    days: Days
    cause: Cause


class Relation(NamedTuple):
    """The pair's standing: ``in_force`` days, and the bars and exceptions behind it."""

    both: Days
    in_force: Days
    bars: tuple[Bar, ...]
    exceptions: tuple[Touched, ...]


def barred(docket: Docket, course: Course, a: str, b: str) -> Days:
    """The days on which the agreement is not in force between the two although it binds both."""
    return union(*(found.days for rule in BARRING for found in rule(docket, course, a, b) if isinstance(found, Bar)))


def relation(docket: Docket, course: Course, a: str, b: str) -> Relation:
    """The standing of the agreement between ``a`` and ``b``."""
    both = intersect(course.binding_days(a), course.binding_days(b))
    bars: list[Bar] = []
    exceptions: list[Touched] = []
    for rule in RULES:
        for found in rule(docket, course, a, b):
            if isinstance(found, Bar):
                bars.append(found)
            else:
                exceptions.append(found)
    in_force = subtract(both, union(*(bar.days for bar in bars)))
    return Relation(
        both, in_force, tuple(bars), tuple(sorted(exceptions, key=lambda e: (e.article, e.how, e.cause.deeds[0].ref if e.cause.deeds else "")))
    )


Found = Iterable[Bar | Touched]


def excluded_relations(docket: Docket, course: Course, a: str, b: str) -> Found:
    """Treaty relations excluded by one side's declaration."""
    for one, other in ((a, b), (b, a)):
        for deed in _of_person(docket, course, one, "exclude-relations"):
            if _names(course, deed.act.counterparty, other):
                end = min(
                    (
                        d.received
                        for d in _of_person(docket, course, one, "restore-relations")
                        if _names(course, d.act.counterparty, other) and d.received >= deed.received
                    ),
                    default=EVER,
                )
                if deed.received < end:
                    yield Bar([(deed.received, end)], Cause("relations-excluded", None, (deed,), (deed.received, end)))


def reservations(docket: Docket, course: Course, a: str, b: str) -> Found:
    """Reservations by one side and what the other made of them."""
    for reserving, other in ((a, b), (b, a)):
        for deed in _of_person(docket, course, reserving, "reserve"):
            yield from _one_reservation(docket, course, deed, other)


def _one_reservation(docket: Docket, course: Course, deed: Deed, other: str) -> Found:
    clause = docket.clause(Reservations)
    articles = _articles(deed)
    withdrawn = [d for d in docket.of_kind("withdraw-reservation") if d.act.replies_to == deed.act.hash]
    whole = min((d.notified for d in withdrawn if not d.act.listed("articles")), default=EVER)
    ends = {article: min([whole, *(d.notified for d in withdrawn if article in d.act.listed("articles"))]) for article in articles}
    end = max(ends.values())
    late = _is_late(course, deed)
    if not _permitted(clause, articles):
        for article in articles:
            yield Touched(article, "reservation not permitted", deed.notified, ends[article], Cause("reservations", clause, (deed,)))
        return
    accepted = _accepted_on(docket, course, deed, other, clause)
    objection = None if accepted < _deadline(course, deed, other) else _objection(docket, course, deed, other)
    if objection is not None:
        back = min((d.notified for d in docket.of_kind("withdraw-objection") if d.act.replies_to == objection.act.hash), default=EVER)
        cause = Cause("reservations", clause, (deed, objection))
        if late:
            return
        answered = min(end, objection.received)
        if deed.received < answered:
            yield Bar([(deed.received, answered)], Cause("reservation-pending", clause, (deed,), (answered,)))
        if objection.act.flag("precludes") and max(deed.received, objection.received) < min(end, back):
            yield Bar([(max(deed.received, objection.received), min(end, back))], cause)
        for article in articles:
            if not objection.act.flag("precludes") and objection.received < min(ends[article], back):
                yield Touched(article, "objection", objection.received, min(ends[article], back), cause)
            if back < ends[article]:
                yield Touched(article, "reservation", back, ends[article], Cause("reservations", clause, (deed,)))
        return
    if deed.received < min(accepted, end) and not late:
        yield Bar([(deed.received, min(accepted, end))], Cause("reservation-pending", clause, (deed,), (accepted,)))
    for article in articles:
        if accepted < ends[article]:
            yield Touched(article, "reservation", accepted, ends[article], Cause("reservations", clause, (deed,), (accepted,)))


def _is_late(course: Course, deed: Deed) -> bool:
    """Was the reservation received when its author was already bound? (19 and 23 know none such; depositary practice does.)"""
    return any(s.start < deed.received < s.end for s in course.stretches.get(deed.actor, ()))


def _permitted(clause: Reservations | None, articles: tuple[str, ...]) -> bool:
    if clause is None or clause.permitted == "any":
        return True
    if clause.permitted == "none":
        return False
    listed = [any(_within(article, known) for known in clause.articles) for article in articles]
    return all(listed) if clause.permitted == "only" else not any(listed)


def _within(article: str, known: str) -> bool:
    return article == known or article.startswith(f"{known}(")


def _deadline(course: Course, deed: Deed, other: str) -> Day:
    """20(5): twelve months after notification or the day of the other's own consent, whichever is later."""
    day = after(deed.notified, _TWELVE_MONTHS)
    consented = next((s.consented for s in course.stretches.get(other, ())), None)
    return day if consented is None else max(day, consented)


def _objection(docket: Docket, course: Course, deed: Deed, other: str) -> Deed | None:
    """The other's objection, if it came in time."""
    deadline = _deadline(course, deed, other)
    answers = [d for d in _of_person(docket, course, other, "object") if d.act.replies_to == deed.act.hash]
    return next((d for d in answers if d.received <= deadline), None)


def note_reservations(docket: Docket, course: Course) -> None:
    """Findings about reservations that the agreement does not permit, and objections that came too late."""
    clause = docket.clause(Reservations)
    for deed in docket.of_kind("reserve"):
        articles = _articles(deed)
        if not _permitted(clause, articles):
            says = f"the agreement does not permit a reservation to {', '.join(articles)}"
            docket.world.find("reservation-not-permitted", says, deed.ref, docket.agreement.id, clause.article if clause else None)
            continue
        for objection in docket.of_kind("object"):
            deadline = _deadline(course, deed, objection.actor)
            if objection.act.replies_to == deed.act.hash and objection.received > deadline:
                says = f"the objection came after {iso(deadline)}, when the reservation counted as accepted (20(5))"
                docket.world.find("late-objection", says, objection.ref, docket.agreement.id, "VCLT 20(5)")


def _accepted_on(docket: Docket, course: Course, deed: Deed, other: str, clause: Reservations | None) -> Day:
    if deed.act.flag("authorised") or (clause is not None and clause.acceptance == "none"):
        return deed.received
    express = [d.received for d in _of_person(docket, course, other, "accept-reservation") if d.act.replies_to == deed.act.hash]
    return min([*express, _deadline(course, deed, other)])


def suspended_between(docket: Docket, course: Course, a: str, b: str) -> Found:
    """Suspension between the two, of the whole or of named provisions."""
    for one, other in ((a, b), (b, a)):
        for found in course.suspensions:
            if found.deed.actor not in course.lines.get(one, (one,)) or (found.whom and not _names(course, found.whom, other)):
                continue
            codes = course.lines.get(other, (other,))
            for article in found.articles:
                end = found.end_for(codes, article)
                if found.start < end:
                    yield Touched(article, "suspended", found.start, end, found.cause)
            if not found.articles and found.start < found.end_for(codes, None):
                yield Bar([(found.start, found.end_for(codes, None))], found.cause)


def superseded(docket: Docket, course: Course, a: str, b: str) -> Found:
    """A later agreement takes this one's place between the two."""
    for later, clause in docket.outside.superseding(docket.agreement.id):
        days = docket.outside.between(later.agreement.id, a, b)
        if days:
            yield Bar(days, Cause("successive-agreements", clause, days=(days[0][0],), says=later.agreement.id))


def mutual_declarations(docket: Docket, course: Course, a: str, b: str) -> Found:
    """Declarations that disapply or modify provisions, between those who made them or towards all."""
    effective = [d for d in docket.of_kind("declare") if d.act.details.get("effect", "none") != "none"]
    for deed in effective:
        start = _agreed_on(course, deed, effective, a, b)
        if start is not None:
            for article in _articles(deed):
                yield Touched(article, deed.act.details["effect"], start, EVER, Cause("mutual-declaration", None, (deed,), (start,)))


def modified_inter_se(docket: Docket, course: Course, a: str, b: str) -> Found:
    """An inter se modification among some, once each of them has agreed (41)."""
    deeds = docket.of_kind("modify-inter-se")
    for deed in deeds:
        start = _agreed_on(course, deed, deeds, a, b) if deed.act.listed("among") else None
        if start is not None:
            for article in _articles(deed):
                yield Touched(article, "modified inter se", start, EVER, Cause("inter-se", None, (deed,), (start,)))


def _agreed_on(course: Course, deed: Deed, deeds: list[Deed], a: str, b: str) -> Day | None:
    """The day from which a mutual act operates between ``a`` and ``b``: once each of those named in ``among`` has done it."""
    among = deed.act.listed("among")
    if not among:
        return deed.received if _is(course, a, deed.actor) or _is(course, b, deed.actor) else None
    if not all(any(_is(course, side, name) for name in among) for side in (a, b)):
        return None
    alike = [d for d in deeds if set(d.act.listed("among")) == set(among)]
    done = [min((d.received for d in alike if _is(course, name, d.actor)), default=EVER) for name in among]
    return max(done) if max(done) < EVER else None


def _articles(deed: Deed) -> tuple[str, ...]:
    return deed.act.listed("articles") or ((deed.act.article,) if deed.act.article else (ALL_ARTICLES,))


def provisional_only(docket: Docket, course: Course, a: str, b: str) -> Found:
    """Provisional application of some provisions only."""
    clause = docket.clause(ProvisionalApplication)
    for one in (a, b):
        for stage in course.stages.get(one, ()):
            if stage.mode == PROVISIONAL and stage.why:
                deeds = stage.why[0].deeds
                articles = (deeds[0].act.listed("articles") if deeds else ()) or (clause.articles if clause else ())
                for article in articles:
                    yield Touched(article, "provisional: only", stage.start, stage.end, stage.why[0])


BARRING = (excluded_relations, reservations, suspended_between, superseded)
RULES = (excluded_relations, reservations, suspended_between, superseded, mutual_declarations, modified_inter_se, provisional_only)


def _of_person(docket: Docket, course: Course, code: str, kind: str) -> list[Deed]:
    """Acts of a kind by the legal person that bears ``code``."""
    return [d for d in docket.of_kind(kind) if d.actor in course.lines.get(code, (code,))]


def _is(course: Course, code: str, other: str) -> bool:
    return code == other or other in course.lines.get(code, ())


def _names(course: Course, named: tuple[str, ...], code: str) -> bool:
    return any(_is(course, code, name) for name in named)


def exceptions_on(found: Relation, day: Day) -> list[Touched]:
    """The provisions touched on a day on which the agreement is in force between the two."""
    return [e for e in found.exceptions if e.start <= day < e.end and contains(found.in_force, day)]
