"""The questions about one agreement: in force, bound, between. Each gets an answer with its reasons.

1. the value in every world   2. the verdict   3. why, in the first world and in each reading   4. what would change it
5. how far the record reaches   6. the answer, with coverage applied.

Source: how-standing-is-derived.md, sections 8 to 10.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from comity.acts import Entry
from comity.agreements import BEGIN, CONTRACTING, EVER, NONE, SIGNATORY, Agreement, Course, Relation, contains, exceptions_on, relation
from comity.agreements.clauses import Dependence
from comity.standing.coverage import EXIT_KINDS, Reach, consent_kinds, least, reach_of
from comity.standing.merging import View, Views, changes, mode_on, period, readings_on, verdict_on
from comity.standing.reasons import contest_reasons, from_memory, missing_in, refs_in
from comity.standing.record import Holding
from comity.standing.signers import Signers
from comity.standing.viewing import between_views, bound_views, force_views
from comity.standing.why import Why, bound_changes, force_changes
from comity.standing.worlds import Case, Worlds, findings_of, forks_of
from comity.terms import Answer, ArticleException, BadInput, Label, Reading, Reason, Verdict, WouldChange, join

Between = tuple[Verdict, tuple[str, ...], frozenset[tuple[str, str, str]]]
"""What holds between two: the verdict, the text, and the exceptions (article, how, act)."""
_DAY = timedelta(days=1)
RULES_VERSION = "law of treaties, rules version 1"


class Period(NamedTuple):
    """A verdict that holds on the days of [start, end), ordinals."""

    start: int
    end: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Point:
    """One question on one day: its value in every world, and why it has it in a given world."""

    question: str
    agreement: Agreement
    on: date
    views: Views
    why: Callable[[Case], tuple[Reason, ...]]
    absent: Callable[[Case], bool]
    reach: Reach
    would_change: tuple[WouldChange, ...] = ()
    mode: str | None = None

    @property
    def day(self) -> int:
        return self.on.toordinal()

    @property
    def first(self) -> Case:
        return self.views.first(self.day).case


class Asking:
    """What every question needs: the record, the worlds for one viewer and one day of knowledge, and strictness."""

    def __init__(self, record: Holding, known: date, viewer: str | None, strict: bool, worlds: Worlds | None = None) -> None:
        self.record, self.known, self.viewer, self.strict = record, known, viewer, strict
        self.worlds = worlds or Worlds(record, known, viewer)
        self._why = Why(record, self.worlds)
        self._seen: dict[str, list[Entry]] = {}

    @cached_property
    def signers(self) -> Signers:
        """Whose keys are whose; worked out once somebody asks."""
        return Signers(self.record, self.known, self.viewer)

    def renew(self, record: Holding, touched: Iterable[str]) -> None:
        """Go on with the record as it has grown, without what was derived of ``touched``, and of whose keys are whose."""
        self.record = record
        self.worlds.renew(record, touched)
        self._why = Why(record, self.worlds)
        self._seen.clear()
        vars(self).pop("signers", None)

    # -- the three questions

    def in_force(self, agreement_id: str, on: date) -> Answer:
        """Is the agreement in force on ``on``, since when, and why?"""
        agreement = self.record.agreement(agreement_id, self.known)
        views, day = force_views(self.worlds, agreement_id), on.toordinal()
        case, verdict = views.first(day).case, verdict_on(views, day)
        would_change = force_changes(agreement, case) if verdict is not Verdict.YES else ()
        reach = self._reach(agreement, None, _not_entered(case), on, case)
        return self._answer(
            Point(f"in force: {agreement_id}", agreement, on, views, lambda c: self._why.in_force(c, day), _not_entered, reach, would_change)
        )

    def bound(self, party: str, agreement_id: str, on: date, territory: str | None = None) -> Answer:
        """Does the agreement bind ``party`` on ``on``, in which mode, since when, and why?"""
        self.record.party(party)
        agreement = self.record.agreement(agreement_id, self.known)
        if territory is not None:
            self.record.party(territory)
        views, day = self.bound_views(agreement_id, party, territory), on.toordinal()
        verdict, mode, case = verdict_on(views, day), mode_on(views, day), views.first(day).case
        would_change = self._bound_changes(agreement, case, party, verdict, on)
        return self._answer(replace(self._bound_point(views, party, agreement, on, territory), would_change=would_change, mode=mode))

    def _bound_point(self, views: Views, party: str, agreement: Agreement, on: date, territory: str | None) -> Point:
        """The question whether a party is bound on a day, without what would change its answer."""
        day = on.toordinal()
        case = views.first(day).case

        def why(c: Case) -> tuple[Reason, ...]:
            about_territory = () if territory is None else self._why.territory(c, party, territory, day)
            return (*about_territory, *self._why.bound(c, party, day))

        def absent(c: Case) -> bool:
            return wants_an_act(c.course, party, day) and not is_shut_out(c, party, day)

        reach = self._reach(agreement, party, absent(case), on, case)
        return Point(f"bound: {party} by {agreement.id}", agreement, on, views, why, absent, reach, (), None)

    def between(self, a: str, b: str, agreement_id: str, on: date) -> Answer:
        """Is the agreement in force between ``a`` and ``b`` on ``on``, in which text, with which exceptions, and why?"""
        self.record.party(a)
        self.record.party(b)
        if a == b:
            raise BadInput(f"between {a} and {b}: name two different parties")
        agreement = self.record.agreement(agreement_id, self.known)
        views, day = between_views(self.worlds, agreement_id, a, b), on.toordinal()
        case, verdict = views.first(day).case, verdict_on(views, day)
        found = relation(case.docket, case.course, a, b)

        def absent(c: Case) -> bool:
            return any(wants_an_act(c.course, p, day) for p in (a, b)) and not any(is_shut_out(c, p, day) for p in (a, b))

        would_change = tuple(c for p in (a, b) for c in self._bound_changes(agreement, case, p, verdict, on))
        reach = least(*(self._reach(agreement, p, wants_an_act(case.course, p, day), on, case) for p in (a, b)))
        suspended = any(bar.cause.rule == "suspension" and contains(bar.days, day) for bar in found.bars)
        point = Point(
            f"between: {a} and {b} under {agreement_id}", agreement, on, views, lambda c: self._why.between(c, a, b, day), absent, reach,
            would_change, "suspended" if suspended else None,
        )  # fmt: skip
        texts = self._why.text(case, a, b, day)[0] if contains(found.in_force, day) else ()
        shown = tuple(ArticleException(article, how, act) for article, how, act in _exceptions(found, day))
        return replace(self._answer(point), text=texts, exceptions=shown)

    # -- whole periods

    def between_periods(self, a: str, b: str, agreement_id: str) -> list[Period]:
        """The days on which the answer about the pair is not *no*; coverage applied, as in every answer."""
        agreement = self.record.agreement(agreement_id, self.known)
        views = [between_views(self.worlds, agreement_id, a, b), *(self.bound_views(agreement_id, p) for p in (a, b))]
        return self._periods(agreement, views, lambda on: self.between(a, b, agreement_id, on).verdict)

    def bound_periods(self, party: str, agreement_id: str, territory: str | None = None) -> list[Period]:
        """The days on which the answer about the party (for a territory) is not *no*; coverage applied, as in every answer."""
        for code in (party, *([] if territory is None else [territory])):
            self.record.party(code)
        agreement = self.record.agreement(agreement_id, self.known)
        views = self.bound_views(agreement_id, party, territory)
        return self._periods(agreement, [views], lambda on: self._verdict(self._bound_point(views, party, agreement, on, territory)))

    def _verdict(self, point: Point) -> Verdict:
        """The verdict of an answer alone, coverage applied."""
        verdict = verdict_on(point.views, point.day)
        return verdict if self._covered(verdict, point)[0] is None else Verdict.UNKNOWN

    def _periods(self, agreement: Agreement, views: list[Views], verdict: Callable[[date], Verdict]) -> list[Period]:
        """The verdict asked again on each day on which it can change: of standing, and of what the record covers."""
        points = {start for of_one in views for v in of_one for start, *_ in v.pieces} | {day for of_one in views for day in of_one.settled}
        covered = {day.toordinal() for c in self.record.coverage_of(agreement) for day in (c.from_, c.through + _DAY) if day is not None}
        first = min([agreement.concluded.toordinal(), *(p for p in points if p > BEGIN)])
        asked = sorted(p for p in points | covered | {first} if first <= p < EVER)
        found: list[Period] = []
        for start, end in pairwise([*asked, EVER]):
            now = verdict(date.fromordinal(start))
            if found and found[-1].end == start and found[-1].verdict is now:
                found[-1] = found[-1]._replace(end=end)
            elif now is not Verdict.NO:
                found.append(Period(start, end, now))
        return found

    # -- verdicts alone

    def between_spells(self, a: str, b: str, agreement_id: str) -> list[Period]:
        """The days on which the verdict about the pair is not *no*, without reasons or coverage."""
        verdicts = changes(between_views(self.worlds, agreement_id, a, b))
        spells = zip(verdicts, [*(day for day, _ in verdicts[1:]), EVER], strict=True)
        return [Period(start, end, now) for (start, now), end in spells if isinstance(now, Verdict) and now is not Verdict.NO]

    def bound_views(self, agreement_id: str, party: str, territory: str | None = None) -> Views:
        return bound_views(self.worlds, agreement_id, party, territory)

    def force_views(self, agreement_id: str) -> Views:
        return force_views(self.worlds, agreement_id)

    def verdicts_between(self, a: str, b: str, agreement_id: str, days: Iterable[date]) -> list[Between]:
        """The pair's verdict on each day, with text and exceptions of the first world, without reasons or coverage."""
        views, result = between_views(self.worlds, agreement_id, a, b), list[Between]()
        relations: dict[int, Relation] = {}
        for day in (on.toordinal() for on in days):
            first = views.first(day)
            case = first.case
            if first.on(day)[0] is Verdict.NO:
                result.append((verdict_on(views, day), (), frozenset()))
                continue
            found = relations.get(id(case))
            if found is None:
                found = relations[id(case)] = relation(case.docket, case.course, a, b)
            result.append((verdict_on(views, day), self._why.text(case, a, b, day)[0], frozenset(_exceptions(found, day))))
        return result

    # -- putting an answer together

    def _answer(self, point: Point) -> Answer:
        views, day = point.views, point.day
        verdict = verdict_on(views, day)
        since, until, agreed = period(views, day)
        because, readings = point.why(point.first), tuple[Reading, ...]()
        if verdict in (Verdict.CONTESTED, Verdict.UNKNOWN) or not agreed:
            told = readings_on(views, day)
            readings = tuple(reading for reading, _ in told)
            because = (*contest_reasons(verdict, [(r, point.why(v.case) if v is not None else ()) for r, v in told]), *because)
            since = None
        covered, notes = self._covered(verdict, point)
        if covered is not None:
            verdict, because, since = Verdict.UNKNOWN, (covered, *because), None
        notes = [*notes, *self._notes(point, because)]
        found = findings_of(v.case for v in views)
        disputed = [f.act for f in forks_of(v.case for v in views)]
        asked = {a for v in views for a in v.case.course.world.asked}
        return Answer(
            question=point.question,
            verdict=verdict,
            since=None if since is None else date.fromordinal(since),
            until=None if until is None else date.fromordinal(until),
            reach=point.reach.through,
            mode=point.mode,
            readings=readings,
            because=because,
            would_change=point.would_change,
            findings=tuple(f"{f.where}: {f.says}" for f in found),
            notes=tuple(notes),
            label=self._label(point.agreement.id, refs_in(because) | {f.where for f in found}, disputed, asked),
            versions=(f"{point.agreement.id} version {point.agreement.version} {point.agreement.sha256[:19]}".strip(), RULES_VERSION),
        )

    def _covered(self, verdict: Verdict, point: Point) -> tuple[Reason | None, list[str]]:
        """The reason why coverage makes the answer unknown, if it does; else a note on the reach."""
        reach = point.reach
        if point.on < point.agreement.concluded:
            return None, []
        if reach.through is None and reach.missing and _rests_on_absence(point):
            return Reason("coverage", reach.missing, None, (), None, False), [reach.missing]
        short = reach.through is None or reach.through < point.on
        if self.strict and short and verdict in (Verdict.YES, Verdict.NO):
            said = f"the record is complete only to {reach.through}" if reach.through else reach.missing
            return Reason("coverage", f"strict: {said}", None, (), None, False), []
        if reach.through is not None and short:
            return None, [f"the record is complete to {reach.through}; the standing of that day is presumed to go on"]
        return None, []

    def _notes(self, point: Point, because: tuple[Reason, ...]) -> list[str]:
        notes = []
        if self.viewer is not None:
            notes.append(f"answered from what {self.viewer} may see; one who sees more might get another answer")
        if point.agreement.form == "political":
            notes.append("a political commitment: it binds politically, not in law")
        if from_memory(because):
            notes.append("rests in part on records from memory, not yet verified")
        return notes

    def _label(self, agreement_id: str, refs: set[str], disputed: list[str | None], asked: set[str]) -> Label:
        """The join of the labels of what the answer rests on: acts told, acts that dispute them, other agreements asked."""
        entries = self._entries_of(agreement_id)
        rested_on = [e for e in entries if e.act.ref in refs or e.act.ref in disputed]
        answers = [r for e in rested_on if e.act.ref in disputed for r in self.record.replies_to(e.act.hash)]
        others = [e for other in sorted(asked) for e in self._entries_of(other)]
        return join(e.act.label for e in [*rested_on, *self.record.visible(answers, self.known, self.viewer), *others])

    def _entries_of(self, agreement_id: str) -> list[Entry]:
        """The entries under an agreement that may be looked at, read once."""
        if agreement_id not in self._seen:
            self._seen[agreement_id] = self.record.visible(self.record.entries_of(agreement_id), self.known, self.viewer)
        return self._seen[agreement_id]

    def _bound_changes(self, agreement: Agreement, case: Case, party: str, verdict: Verdict, on: date) -> tuple[WouldChange, ...]:
        person = self.record.register.parties.get(party)
        return bound_changes(agreement, case, party, verdict, on) if person is None or person.exists_on(on) else ()

    def _reach(self, agreement: Agreement, party: str | None, absent: bool, on: date, case: Case) -> Reach:
        """How far the record is complete for what this answer rests on."""
        if on < agreement.concluded:
            return Reach(None)
        if not absent:
            return reach_of(self.record, agreement, EXIT_KINDS, party)
        stage = case.course.stage_on(party, on.toordinal()) if party else None
        if party is None or (stage is not None and stage.mode == CONTRACTING):
            known = self.record.register.parties
            missing: list[str | None] = [p for p, _ in missing_in(case.docket) if p in known]
            return least(*(reach_of(self.record, agreement, consent_kinds(agreement), p) for p in missing or [None]))
        return reach_of(self.record, agreement, consent_kinds(agreement), party)


def wants_an_act(course: Course, party: str, day: int) -> bool:
    """Is ``party`` not bound for want of an act (its own consent, or others'), rather than because a day has not come?"""
    stage = course.stage_on(party, day)
    if stage is not None and stage.mode == CONTRACTING:
        return all(s.start >= EVER for s in course.stretches.get(party, ()) if s.consented <= day < s.end)
    return stage is None or stage.mode in (NONE, SIGNATORY)


def is_shut_out(case: Case, party: str, day: int) -> bool:
    """Could no act of its own bind it on that day? So that no such act need be looked for.

    Because only parties to another agreement can be bound, and it is none; or because it neither negotiated the agreement, nor did anything
    under it, nor follows one that negotiated, and the agreement is not open to accession (VCLT 15, 34).
    """
    docket = case.docket
    needed = [clause.agreement for clause in docket.clauses(Dependence) if clause.effect == "needs-party"]
    courses = [docket.outside.course(agreement) for agreement in needed]
    if any(course is not None and not contains(docket.bound_elsewhere(course, party, day), day) for course in courses):
        return True
    negotiating = docket.agreement.negotiating
    if not negotiating or "accede" in docket.consent.acts or docket.by_person(party):
        return False
    before = {docket.root(s.predecessor) for s in docket.register.predecessors(party) if s.on >= docket.agreement.concluded}
    return not ({docket.root(party)} | before) & {docket.root(code) for code in negotiating}


def _not_entered(case: Case) -> bool:
    return case.course.entry is None


def _rests_on_absence(point: Point) -> bool:
    """Does every world that says no say so for want of an act?"""
    denying: list[View] = [v for v in point.views.held_on(point.day) if v.on(point.day)[0] is Verdict.NO]
    return bool(denying) and all(point.absent(v.case) for v in denying)


def _exceptions(found: Relation, day: int) -> list[tuple[str, str, str]]:
    return list(dict.fromkeys((e.article, e.how, e.cause.deeds[-1].ref if e.cause.deeds else "") for e in exceptions_on(found, day)))
