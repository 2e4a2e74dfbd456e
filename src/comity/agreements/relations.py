"""How the agreement stands between two parties: in force or not, with which exceptions, and why.

Reservations, objections, excluded relations, suspensions between some, inter se deals and mutual declarations make the
answer pairwise. Source: VCLT 19 to 23, 30, 41, 57 to 60; how-standing-is-derived.md, section 9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from comity.agreements.clauses import ProvisionalApplication
from comity.agreements.course import PROVISIONAL, Cause, Course
from comity.agreements.days import EVER, Day, Days, clip, contains, intersect, subtract, union
from comity.agreements.deeds import Deed
from comity.agreements.docket import Docket
from comity.agreements.reservations import barring_reservations, reservations
from comity.agreements.sides import Bar, Found, Pairs, Side, Touched


class Relation(NamedTuple):
    """The pair's standing: ``in_force`` days, and the bars and exceptions behind it."""

    both: Days
    in_force: Days
    bars: tuple[Bar, ...]
    exceptions: tuple[Touched, ...]


Rule = Callable[[Pairs, Side, Side], Found]


class Relations:
    """How one agreement stands, in one world, between any two."""

    def __init__(self, docket: Docket, course: Course) -> None:
        self.pairs = Pairs(docket, course)
        self.rules = [rule for rule, matters in RULES.items() if matters is None or matters(docket, course)]
        self.barring = [rule for rule in self.rules if rule in BARRING]

    def between(self, a: str, b: str) -> Relation:
        """The standing of the agreement between ``a`` and ``b``."""
        course = self.pairs.course
        both = intersect(course.binding_days(a), course.binding_days(b))
        bars: list[Bar] = []
        exceptions: list[Touched] = []
        for found, start, end in self._found(self.rules, a, b):
            if isinstance(found, Bar):
                bars.append(found._replace(days=clip(found.days, start, end)))
            else:
                exceptions.append(found._replace(start=max(found.start, start), end=min(found.end, end)))
        in_force = subtract(both, union(*(bar.days for bar in bars)))
        exceptions.sort(key=lambda e: (e.article, e.how, e.cause.deeds[0].ref if e.cause.deeds else ""))
        return Relation(both, in_force, tuple(bars), tuple(exceptions))

    def barred(self, a: str, b: str) -> Days:
        """The days on which the agreement is not in force between the two although it binds both."""
        return union(*(clip(bar.days, start, end) for bar, start, end in self._found(self.barring, a, b) if isinstance(bar, Bar)))

    def _found(self, rules: Sequence[Rule], a: str, b: str) -> Iterator[tuple[Bar | Touched, Day, Day]]:
        """What the rules yield (on no day, where it ends before it starts), with the days on which the two sides are what was asked about."""
        for one in self.pairs.sides(a):
            for other in self.pairs.sides(b):
                start, end = max(one.start, other.start), min(one.end, other.end)
                for rule in rules:
                    for found in rule(self.pairs, one, other):
                        yield found, start, end


def relation(docket: Docket, course: Course, a: str, b: str) -> Relation:
    """The standing of the agreement between ``a`` and ``b``."""
    return Relations(docket, course).between(a, b)


def excluded_relations(pairs: Pairs, a: Side, b: Side) -> Found:
    """Treaty relations excluded by one side's declaration."""
    for one, other in ((a, b), (b, a)):
        restored = [(d.received, d.ref) for d in pairs.deeds(one, "restore-relations") if other.named_in(d.act.counterparty)]
        for deed in pairs.deeds(one, "exclude-relations"):
            if other.named_in(deed.act.counterparty):
                end = min((at[0] for at in restored if at > (deed.received, deed.ref)), default=EVER)
                yield Bar([(deed.received, end)], Cause("relations-excluded", None, (deed,), (deed.received, end)))


def suspended_between(pairs: Pairs, a: Side, b: Side) -> Found:
    """Suspension between the two, of the whole or of named provisions."""
    for one, other in ((a, b), (b, a)):
        for found in pairs.course.suspensions:
            if found.deed.actor not in one.codes or (found.whom and not other.named_in(found.whom)):
                continue
            for article in found.articles:
                yield Touched(article, "suspended", found.start, found.end_for(other.names, article), found.cause)
            if not found.articles:
                yield Bar([(found.start, found.end_for(other.names, None))], found.cause)


def superseded(pairs: Pairs, a: Side, b: Side) -> Found:
    """A later agreement takes this one's place between the two."""
    for later, clause in pairs.docket.outside.superseding(pairs.docket.agreement.id):
        days = pairs.docket.outside.between(later.agreement.id, a.code, b.code)
        if days:
            yield Bar(days, Cause("successive-agreements", clause, days=(days[0][0],), says=later.agreement.id))


def mutual_declarations(pairs: Pairs, a: Side, b: Side) -> Found:
    """Declarations that disapply or modify provisions, between those who made them or towards all."""
    effective = [d for d in pairs.docket.of_kind("declare") if d.act.details.get("effect", "none") != "none"]
    for deed in effective:
        start = _agreed_on(pairs.course, deed, effective, a, b)
        for article in deed.articles:
            yield Touched(article, deed.act.details["effect"], start, EVER, Cause("mutual-declaration", None, (deed,), (start,)))


def modified_inter_se(pairs: Pairs, a: Side, b: Side) -> Found:
    """An inter se modification among some, once each of them has agreed (41)."""
    deeds = pairs.docket.of_kind("modify-inter-se")
    for deed in deeds:
        start = _agreed_on(pairs.course, deed, deeds, a, b) if deed.act.listed("among") else EVER
        for article in deed.articles:
            yield Touched(article, "modified inter se", start, EVER, Cause("inter-se", None, (deed,), (start,)))


def _agreed_on(course: Course, deed: Deed, deeds: list[Deed], a: Side, b: Side) -> Day:
    """The day from which a mutual act operates between the two (EVER: not): its own, or when the last of those in ``among`` did the same."""
    if not deed.act.listed("among"):
        return deed.received if deed.actor in (*a.codes, *b.codes) else EVER
    among = _persons(course, deed)
    if course.person(a.code) not in among or course.person(b.code) not in among:
        return EVER
    alike = [d for d in deeds if _persons(course, d) == among]
    return max(deed.received, *(min((d.received for d in alike if course.person(d.actor) == person), default=EVER) for person in among))


def _persons(course: Course, deed: Deed) -> frozenset[str]:
    return frozenset(course.person(code) for code in deed.act.listed("among"))


def provisional_only(pairs: Pairs, a: Side, b: Side) -> Found:
    """Provisional application of some provisions only."""
    clause = pairs.docket.clause(ProvisionalApplication)
    for one in (a, b):
        for stage in pairs.course.stages.get(one.code, ()):
            if stage.mode == PROVISIONAL and stage.why:
                deeds = stage.why[0].deeds
                articles = (deeds[0].act.listed("articles") if deeds else ()) or (clause.articles if clause else ())
                for article in articles:
                    yield Touched(article, "provisional: only", stage.start, stage.end, stage.why[0])


BARRING: tuple[Rule, ...] = (excluded_relations, barring_reservations, suspended_between, superseded)
RULES: dict[Rule, Callable[[Docket, Course], object] | None] = {  # each with what there must be for it to matter
    excluded_relations: lambda docket, _: docket.of_kind("exclude-relations"),
    barring_reservations: lambda docket, _: docket.of_kind("reserve"),
    reservations: lambda docket, _: docket.of_kind("reserve"),
    suspended_between: lambda _, course: course.suspensions,
    superseded: lambda docket, _: tuple(docket.outside.superseding(docket.agreement.id)),
    mutual_declarations: lambda docket, _: docket.of_kind("declare"),
    modified_inter_se: lambda docket, _: docket.of_kind("modify-inter-se"),
    provisional_only: None,
}


def exceptions_on(found: Relation, day: Day) -> list[Touched]:
    """The provisions touched on a day on which the agreement is in force between the two."""
    return [e for e in found.exceptions if e.start <= day < e.end and contains(found.in_force, day)]
