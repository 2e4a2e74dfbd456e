"""The questions about one agreement: in force, bound, between. Each gets an answer with its reasons.

Source: how-standing-is-derived.md, sections 8 to 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from comity.agreements import EVER, Agreement, contains, exceptions_on, relation
from comity.agreements.clauses import Amendment, EntryIntoForce, Territory, Withdrawal
from comity.agreements.conditions import after
from comity.agreements.course import BOUND_MODES, CONTRACTING, FORMER, NONE, PARTY, SIGNATORY, SUSPENDED, Course, Stage
from comity.standing.coverage import EXIT_KINDS, Reach, consent_kinds, reach_of
from comity.standing.merging import View, Views, days_view, mode_on, period, readings_on, verdict_on, view
from comity.standing.reasons import act_reason, missing_parties, say_day, tell
from comity.standing.record import Record
from comity.standing.worlds import Case, Worlds, findings_of
from comity.terms import Answer, ArticleException, Change, Label, Reading, Reason, Verdict, join


class Asking:
    """What every question needs: the record, the worlds for one viewer and one day of knowledge, and strictness."""

    def __init__(self, record: Record, known: date, viewer: str | None, strict: bool) -> None:
        self.record, self.known, self.viewer, self.strict = record, known, viewer, strict
        self.worlds = Worlds(record, known, viewer)

    # -- views

    def force_views(self, agreement_id: str) -> Views:
        result = []
        for case in self.worlds.cases(agreement_id):
            if case.course.entered is not None and case.course.entered.rule == "no-entry-clause":
                result.append(view(case, [(0, EVER if case.course.ended is None else case.course.ended, Verdict.UNKNOWN, "unknown")]))
            else:
                result.append(days_view(case, case.course.in_force))
        return Views(result)

    def bound_views(self, agreement_id: str, party: str) -> Views:
        return Views(
            view(case, [(s.start, s.end, _bound_verdict(case.course, s), s.mode) for s in case.course.stages.get(party, ())])
            for case in self.worlds.cases(agreement_id)
        )

    def between_views(self, agreement_id: str, a: str, b: str) -> Views:
        result = []
        for case in self.worlds.cases(agreement_id):
            found = relation(case.docket, case.course, a, b)
            pieces = [(s, e, Verdict.YES, "in force") for s, e in found.in_force]
            pieces += _unknown_between(case.course, a, b)
            result.append(view(case, pieces))
        return Views(result)

    # -- the three questions

    def in_force(self, agreement_id: str, on: date) -> Answer:
        """Is the agreement in force on ``on``, since when, and why?"""
        agreement = self.record.agreement(agreement_id, self.known)
        views, day = self.force_views(agreement_id), on.toordinal()
        case = views[0].case
        verdict = verdict_on(views, day)
        because = self._force_reasons(case, day, verdict)
        would_change = _force_changes(agreement, case) if verdict is not Verdict.YES else ()
        absent = case.course.entry is None and verdict is not Verdict.YES
        reach = self._reach(agreement, None, absent, on, case)
        return self._answer(f"in force: {agreement_id}", verdict, views, day, agreement, because, would_change, reach, absent, on)

    def bound(self, party: str, agreement_id: str, on: date, territory: str | None = None) -> Answer:
        """Does the agreement bind ``party`` on ``on``, in which mode, since when, and why?"""
        self.record.party(party)
        agreement = self.record.agreement(agreement_id, self.known)
        views, day = self.bound_views(agreement_id, party), on.toordinal()
        if territory is not None:
            self.record.party(territory)
            views = Views(_territorial(v, party, territory) for v in views)
        verdict, mode = verdict_on(views, day), mode_on(views, day)
        case = views[0].case
        stage = case.course.stage_on(party, day)
        because = self._stage_reasons(case, party, stage, day)
        if territory is not None:
            because = (*_territory_reasons(case, party, territory, day), *because)
        absent = verdict is not Verdict.YES and _absent_mode(case.course, party, day)
        would_change = _bound_changes(agreement, case, party, stage, mode, verdict, on)
        reach = self._reach(agreement, party, absent, on, case)
        return self._answer(f"bound: {party} by {agreement_id}", verdict, views, day, agreement, because, would_change, reach, absent, on, mode=mode)

    def between(self, a: str, b: str, agreement_id: str, on: date) -> Answer:
        """Is the agreement in force between ``a`` and ``b`` on ``on``, in which text, with which exceptions, and why?"""
        self.record.party(a)
        self.record.party(b)
        agreement = self.record.agreement(agreement_id, self.known)
        views, day = self.between_views(agreement_id, a, b), on.toordinal()
        verdict = verdict_on(views, day)
        case = views[0].case
        found = relation(case.docket, case.course, a, b)
        because: list[Reason] = []
        for party in (a, b):
            stage = case.course.stage_on(party, day)
            says = f"{party}: {_mode(stage)}"
            because.append(
                Reason("in-force", says, None, (), None, bool(stage and stage.mode in BOUND_MODES), self._stage_reasons(case, party, stage, day))
            )
        because += [tell(bar.cause, case.docket, case.course) for bar in found.bars if contains(bar.days, day)]
        exceptions = exceptions_on(found, day)
        because += [tell(e.cause, case.docket, case.course) for e in exceptions]
        texts, amendments = self._text(agreement, case, a, b, day) if contains(found.in_force, day) else ((), [])
        because += amendments
        absent = (
            verdict is not Verdict.YES
            and not any(contains(bar.days, day) for bar in found.bars)
            and any(_absent_mode(case.course, p, day) for p in (a, b))
        )
        stages = {p: case.course.stage_on(p, day) for p in (a, b)}
        would_change = tuple(c for p in (a, b) for c in _bound_changes(agreement, case, p, stages[p], _mode(stages[p]), verdict, on))
        reach = _least(*(self._reach(agreement, p, absent and _absent_mode(case.course, p, day), on, case) for p in (a, b)))
        answer = self._answer(
            f"between: {a} and {b} under {agreement_id}",
            verdict,
            views,
            day,
            agreement,
            tuple(because),
            would_change,
            reach,
            absent,
            on,
            mode="suspended" if any(bar.cause.rule == "suspension" and contains(bar.days, day) for bar in found.bars) else None,
        )
        shown = tuple(dict.fromkeys(ArticleException(e.article, e.how, e.cause.deeds[-1].ref if e.cause.deeds else "") for e in exceptions))
        return replace(answer, text=texts, exceptions=shown)

    def verdict_between(self, a: str, b: str, agreement_id: str, on: date) -> tuple[Verdict, tuple[str, ...], frozenset[tuple[str, str, str]]]:
        """The pair's verdict with text and exceptions of the first world, without reasons or coverage."""
        agreement = self.record.agreement(agreement_id, self.known)
        views, day = self.between_views(agreement_id, a, b), on.toordinal()
        verdict, case = verdict_on(views, day), views[0].case
        if views[0].on(day)[0] is Verdict.NO:
            return verdict, (), frozenset()
        found = relation(case.docket, case.course, a, b)
        exceptions = frozenset((e.article, e.how, e.cause.deeds[-1].ref if e.cause.deeds else "") for e in exceptions_on(found, day))
        return verdict, self._text(agreement, case, a, b, day)[0], exceptions

    # -- putting an answer together

    def _answer(
        self,
        question: str,
        verdict: Verdict,
        views: Views,
        day: int,
        agreement: Agreement,
        because: tuple[Reason, ...],
        would_change: tuple[Change, ...],
        reach: Reach,
        absent: bool,
        on: date,
        mode: str | None = None,
    ) -> Answer:
        since, until, agreed = period(views, day)
        readings: tuple[Reading, ...] = ()
        notes: list[str] = []
        if verdict in (Verdict.CONTESTED, Verdict.UNKNOWN) or not agreed:
            readings = readings_on(views, day)
            because = (*_contest_reasons(verdict, readings), *because)
            since = None
        rests_on_absence = verdict is Verdict.NO or (verdict is Verdict.CONTESTED and views[0].on(day)[0] is Verdict.NO)
        if absent and rests_on_absence and on >= agreement.concluded and reach.through is None and reach.missing:
            verdict, notes = Verdict.UNKNOWN, [*notes, reach.missing]
            because = (Reason("coverage", reach.missing, None, (), None, False), *because)
            since = None
        elif self.strict and verdict in (Verdict.YES, Verdict.NO) and on >= agreement.concluded and (reach.through is None or reach.through < on):
            said = f"the record is complete only to {reach.through}" if reach.through else reach.missing
            verdict = Verdict.UNKNOWN
            because = (Reason("coverage", f"strict: {said}", None, (), None, False), *because)
        elif reach.through is not None and reach.through < on:
            notes.append(f"the record is complete to {reach.through}; the standing of that day is presumed to go on")
        if self.viewer is not None:
            notes.append(f"answered from what {self.viewer} may see; one who sees more might get another answer")
        if agreement.form == "political":
            notes.append("a political commitment: it binds politically, not in law")
        refs = _refs(because)
        if _from_memory(because):
            notes.append("rests in part on records from memory, not yet verified")
        return Answer(
            question=question,
            verdict=verdict,
            since=None if since is None else date.fromordinal(since),
            until=None if until is None else date.fromordinal(until),
            reach=reach.through,
            mode=mode,
            readings=readings,
            because=because,
            would_change=would_change,
            findings=tuple(f"{f.where}: {f.says}" for f in findings_of(v.case for v in views)),
            notes=tuple(notes),
            label=self._label(agreement.id, refs),
            versions=(
                f"{agreement.id} version {agreement.version}" + (f" {agreement.sha256[:19]}" if agreement.sha256 else ""),
                "law of treaties, rules version 1",
            ),
        )

    def _label(self, agreement_id: str, refs: set[str]) -> Label:
        return join(e.act.label for e in self.record.entries_of(agreement_id) if e.act.ref in refs)

    def _reach(self, agreement: Agreement, party: str | None, absent: bool, on: date, case: Case) -> Reach:
        """How far the record is complete for what this answer rests on."""
        if on < agreement.concluded:
            return Reach(None)
        if not absent:
            return reach_of(self.record, agreement, EXIT_KINDS, party)
        stage = case.course.stage_on(party, on.toordinal()) if party else None
        kinds = consent_kinds(agreement)
        if party is not None and stage is not None and stage.mode == CONTRACTING:
            party = None
        if party is None:
            missing = [
                p for c in case.docket.clauses(EntryIntoForce) for p, _ in missing_parties(c, case.docket) if p in self.record.register.parties
            ]
            if missing:
                return _least(*(reach_of(self.record, agreement, kinds, p) for p in missing))
        return reach_of(self.record, agreement, kinds, party)

    def _force_reasons(self, case: Case, day: int, verdict: Verdict) -> tuple[Reason, ...]:
        course = case.course
        reasons: list[Reason] = []
        if course.ended is not None and course.ended <= day and course.end_cause is not None:
            reasons.append(tell(course.end_cause, case.docket, course))
        if course.entered is not None:
            reasons.append(tell(course.entered, case.docket, course))
        bound = [p for p in course.parties() if contains(course.bound[p], day)]
        if course.entry is not None and course.entry <= day:
            reasons.append(Reason("in-force", f"{len(bound)} parties bound on that day", "VCLT 2(1)(g)", (), None, len(bound) >= 2))
        return tuple(reasons)

    def _stage_reasons(self, case: Case, party: str, stage: Stage | None, day: int) -> tuple[Reason, ...]:
        if stage is None or not stage.why:
            register = self.record.register.parties.get(party)
            if register is not None and not register.exists_on(date.fromordinal(day)):
                return (Reason("extinction", f"{party} did not exist on {say_day(day)}", None, (), register.source, False),)
            return (
                Reason(
                    "consent", f"no act by which {party} consented to be bound by {case.course.agreement.id} is on record", "VCLT 11", (), None, False
                ),
            )
        return tuple(tell(cause, case.docket, case.course) for cause in stage.why)

    def _text(self, agreement: Agreement, case: Case, a: str, b: str, day: int) -> tuple[tuple[str, ...], list[Reason]]:
        clause = case.docket.clause(Amendment)
        texts, reasons = [agreement.id], []
        for other_id in sorted(self.record.amendments_of(agreement.id), key=lambda i: (self.record.agreement(i).concluded, i)):
            course = self.worlds.course_in(other_id, case.course.world)
            if course is None:
                continue
            binds_all = clause is not None and clause.binds == "all"
            both = all(contains(course.binding_days(p), day) for p in (a, b))
            if course.is_in_force(day) and (binds_all or both):
                texts.append(other_id)
                reasons.append(
                    Reason(
                        "amendment",
                        f"amended by {other_id}, in force {'for all parties' if binds_all else 'for both'}",
                        clause.article if clause else "VCLT 40",
                    )
                )
        for deed in sorted(case.docket.of_kind("amend"), key=lambda d: (d.takes_effect, d.ref)):
            if deed.takes_effect <= day and _amends(self.record, case, deed.actor, day):
                texts.append(deed.ref)
                reasons.append(act_reason(deed, "amendment"))
        return tuple(texts), reasons


def _mode(stage: Stage | None) -> str:
    return NONE if stage is None else stage.mode


def _amends(record: Record, case: Case, actor: str, day: int) -> bool:
    """Does an *amend* by this actor change the text: an organ's or organisation's does; the parties' once all have agreed."""
    party = record.register.parties.get(actor)
    if party is not None and party.kind in ("organ", "organisation"):
        return True
    bound = [p for p, days in case.course.bound.items() if contains(days, day)]
    done = {d.actor for d in case.docket.of_kind("amend") if d.takes_effect <= day}
    return bool(bound) and done.issuperset(bound)


def _bound_verdict(course: Course, stage: Stage) -> Verdict:
    if stage.mode in BOUND_MODES:
        return Verdict.YES
    if stage.mode == CONTRACTING and course.entered is not None and course.entered.rule == "no-entry-clause":
        return Verdict.UNKNOWN
    return Verdict.NO


def _unknown_between(course: Course, a: str, b: str) -> list[tuple[int, int, Verdict, str]]:
    if course.entered is None or course.entered.rule != "no-entry-clause":
        return []
    spans = [[(s.start, s.end) for s in course.stages.get(p, ()) if _bound_verdict(course, s) is not Verdict.NO] for p in (a, b)]
    return [(max(s, u), min(e, w), Verdict.UNKNOWN, "unknown") for s, e in spans[0] for u, w in spans[1] if max(s, u) < min(e, w)]


def _absent_mode(course: Course, party: str, day: int) -> bool:
    """Is it not bound for want of an act (its own consent, or others'), rather than because a day has not come?"""
    stage = course.stage_on(party, day)
    if stage is not None and stage.mode == CONTRACTING:
        return all(s.start >= EVER for s in course.stretches.get(party, ()) if s.consented <= day < s.end)
    return stage is None or stage.mode in (NONE, SIGNATORY)


def _territorial(v: View, party: str, territory: str) -> View:
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
        spans.append((0, min(d.received for d in excluded)))
    pieces = [(max(s, a), min(e, b), verdict, mode) for s, e, verdict, mode in v.pieces for a, b in spans if max(s, a) < min(e, b)]
    return view(v.case, pieces)


def _territory_reasons(case: Case, party: str, territory: str, day: int) -> tuple[Reason, ...]:
    clause = case.docket.clause(Territory)
    acts = [
        d
        for d in case.docket.by(party)
        if d.kind in ("extend-territory", "exclude-territory", "end-territory") and territory in d.act.territory and d.received <= day
    ]
    says = clause.says if clause is not None else "the agreement is silent: it binds a party for its entire territory"
    if not acts and clause is not None and clause.scope == "metropolitan":
        says += f" No extension to {territory} by {party} is on record."
    return (
        Reason(
            "territorial-extension",
            says,
            clause.article if clause else "VCLT 29",
            tuple(d.ref for d in acts),
            clause.source if clause else None,
            True,
            tuple(act_reason(d, "territorial-extension") for d in acts),
        ),
    )


def _force_changes(agreement: Agreement, case: Case) -> tuple[Change, ...]:
    if case.course.ended is not None or case.course.entry is not None:
        return ()
    return tuple(Change(kind, party, agreement.id) for c in case.docket.clauses(EntryIntoForce) for party, kind in missing_parties(c, case.docket))


def _bound_changes(agreement: Agreement, case: Case, party: str, stage: Stage | None, mode: str, verdict: Verdict, on: date) -> tuple[Change, ...]:
    day = on.toordinal()
    if case.course.ended is not None and case.course.ended <= day:
        return ()
    if verdict is Verdict.YES and mode == PARTY:
        withdrawal = case.docket.clause(Withdrawal)
        if withdrawal is None:
            return ()
        return (Change("denounce", party, agreement.id, date.fromordinal(min(after(day, withdrawal.notice), EVER))),)
    if mode in (NONE, FORMER, SIGNATORY):
        acts = case.docket.consent.acts
        kind = "ratify" if mode == SIGNATORY and "ratify" in acts else "accede" if "accede" in acts else acts[0]
        if stage is None or mode != SUSPENDED:
            return (Change(kind, party, agreement.id),)
    if mode == CONTRACTING:
        return _force_changes(agreement, case)
    if mode == SUSPENDED:
        return (Change("resume", party, agreement.id),)
    return ()


def _contest_reasons(verdict: Verdict, readings: Sequence[Reading]) -> tuple[Reason, ...]:
    if not readings:
        return ()
    rule = "partial-date" if all(r.by == "partial date" for r in readings) else "contested"
    says = {"partial-date": "the record has only part of a date, and the answer depends on the rest", "contested": "the readings differ"}[rule]
    return (
        Reason(rule, says, None, (), None, verdict is Verdict.YES, tuple(Reason(rule, f"{r.value} ({r.by})", None, (), r.source) for r in readings)),
    )


def _refs(reasons: Sequence[Reason]) -> set[str]:
    return {ref for r in reasons for ref in (*r.acts, *_refs(r.because))}


def _from_memory(reasons: Sequence[Reason]) -> bool:
    return any("from memory" in (r.source or "") or _from_memory(r.because) for r in reasons)


def _least(*reaches: Reach) -> Reach:
    """The least of several reaches; one never covered makes it so."""
    missing = [r for r in reaches if r.through is None]
    if missing:
        return next((r for r in missing if r.missing), missing[0])
    return min(reaches, key=lambda r: r.through or date.max)
