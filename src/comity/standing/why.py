"""Why a question has its value in one world (in force, bound, between, text and territory), and the least that would change it:
which act, by whom, under which agreement, with effect from when.
"""

from __future__ import annotations

from datetime import date

from comity.agreements import (
    BOUND_MODES,
    CONTRACTING,
    EVER,
    NONE,
    PARTY,
    SIGNATORY,
    SUSPENDED,
    Agreement,
    Cause,
    Course,
    after,
    contains,
    exceptions_on,
    relation,
)
from comity.agreements.clauses import Amendment, Territory, Withdrawal
from comity.standing.reasons import act_reason, missing_in, say_day, tell
from comity.standing.record import Holding
from comity.standing.worlds import Case, Worlds
from comity.terms import Reason, Verdict, WouldChange

_TERRITORIAL = ("extend-territory", "exclude-territory", "end-territory")


def _entered(course: Course) -> list[Cause]:
    """Why it entered into force; where conditions were waived, for the first who were bound together."""
    if not course.in_force or (course.entry is not None and course.entry <= course.in_force[0][0]):
        return [course.entered] if course.entered is not None else []
    first = course.in_force[0][0]
    return list(dict.fromkeys(s.started for found in course.stretches.values() for s in found if s.start <= first < s.end))


class Why:
    """Reasons for one viewer and one day of knowledge."""

    def __init__(self, record: Holding, worlds: Worlds) -> None:
        self.record, self.worlds = record, worlds

    def in_force(self, case: Case, day: int) -> tuple[Reason, ...]:
        course = case.course
        reasons: list[Reason] = []
        if course.ended is not None and course.ended <= day and course.end_cause is not None:
            reasons.append(tell(course.end_cause, case.docket, course))
        reasons += [tell(cause, case.docket, course) for cause in _entered(course)]
        if contains(course.in_force, day):
            bound = sum(contains(days, day) for days in course.bound.values())
            reasons.append(Reason("in-force", f"{bound} parties bound on that day", "VCLT 2(1)(g)", (), None, bound >= 2))
        return tuple(reasons)

    def bound(self, case: Case, party: str, day: int) -> tuple[Reason, ...]:
        stage = case.course.stage_on(party, day)
        if stage is not None and stage.why:
            return tuple(tell(cause, case.docket, case.course) for cause in stage.why)
        person = self.record.register.parties.get(party)
        line = case.docket.line_of(party)
        link = next((n for n in line if n.code == party), None)
        if link is not None and link.end <= day and link is not line[-1]:
            source = next((s.source for s in self.record.register.continuators(party)), None)
            says = f"{party} goes on as {case.docket.bearer(party, day)} from {say_day(link.end)}: ask about that"
            return (Reason("continuity", says, "VCLT 73", (), source, False),)
        if person is not None and not person.exists_on(date.fromordinal(day)):
            return (Reason("extinction", f"{party} did not exist on {say_day(day)}", None, (), person.source, False),)
        says = f"no act by which {party} consented to be bound by {case.course.agreement.id} is on record"
        return (Reason("consent", says, "VCLT 11", (), None, False),)

    def between(self, case: Case, a: str, b: str, day: int) -> tuple[Reason, ...]:
        found = relation(case.docket, case.course, a, b)
        reasons: list[Reason] = []
        for party in (a, b):
            stage = case.course.stage_on(party, day)
            mode = stage.mode if stage is not None else NONE
            reasons.append(Reason("in-force", f"{party}: {mode}", None, (), None, mode in BOUND_MODES, self.bound(case, party, day)))
        causes = [bar.cause for bar in found.bars if contains(bar.days, day)] + [e.cause for e in exceptions_on(found, day)]
        reasons += dict.fromkeys(tell(cause, case.docket, case.course) for cause in causes)
        if contains(found.in_force, day):
            reasons += self.text(case, a, b, day)[1]
        return tuple(reasons)

    def text(self, case: Case, a: str, b: str, day: int) -> tuple[tuple[str, ...], list[Reason]]:
        """The text in force between the two (40, section 9.6): the agreement, then what amends it; with the reasons."""
        agreement, clause = case.docket.agreement, case.docket.clause(Amendment)
        binds_all = clause is not None and clause.binds == "all"
        texts, reasons = [agreement.id], []
        for other_id in sorted(self.record.amendments_of(agreement.id), key=lambda i: (self.record.agreement(i).concluded, i)):
            course = self.worlds.course_in(other_id, case.course.world)
            if course is None or not course.is_in_force(day):
                continue
            if binds_all or all(contains(course.binding_days(p), day) for p in (a, b)):
                texts.append(other_id)
                says = f"amended by {other_id}, in force {'for all parties' if binds_all else 'for both'}"
                reasons.append(Reason("amendment", says, clause.article if clause else "VCLT 40"))
        for deed in sorted(case.docket.of_kind("amend"), key=lambda d: (d.takes_effect, d.ref)):
            if deed.takes_effect <= day and self._changes_text(case, deed.actor, day):
                texts.append(deed.ref)
                reasons.append(act_reason(deed, "amendment"))
        return tuple(texts), reasons

    def _changes_text(self, case: Case, actor: str, day: int) -> bool:
        """An organ's or organisation's *amend* changes the text; the parties' once all of them have agreed."""
        person = self.record.register.parties.get(actor)
        if person is not None and person.kind in ("organ", "organisation"):
            return True
        bound = [p for p in case.course.bound if (s := case.course.stage_on(p, day)) is not None and s.mode == PARTY]
        done = {d.actor for d in case.docket.of_kind("amend") if d.takes_effect <= day}
        return bool(bound) and done.issuperset(bound)

    def territory(self, case: Case, party: str, territory: str, day: int) -> tuple[Reason, ...]:
        clause = case.docket.clause(Territory)
        acts = [d for d in case.docket.by(party) if d.kind in _TERRITORIAL and territory in d.act.territory and d.received <= day]
        metropolitan = clause is not None and clause.scope == "metropolitan"
        says = clause.says if clause is not None else "the agreement is silent: it binds a party for its entire territory"
        if metropolitan and not acts:
            says += f" No extension to {territory} by {party} is on record."
        rule = "territorial-extension" if acts or metropolitan else "territory"
        told = tuple(act_reason(d, rule) for d in acts)
        return (
            Reason(rule, says, clause.article if clause else "VCLT 29", tuple(d.ref for d in acts), clause.source if clause else None, True, told),
        )


# -- what would change it


def force_changes(agreement: Agreement, case: Case) -> tuple[WouldChange, ...]:
    """Whose consent is missing for entry into force (nothing, once it was in force or has ended)."""
    if case.course.ended is not None or case.course.entry is not None:
        return ()
    return tuple(WouldChange(kind, party, agreement.id) for party, kind in missing_in(case.docket))


def bound_changes(agreement: Agreement, case: Case, party: str, verdict: Verdict, on: date) -> tuple[WouldChange, ...]:
    """What ``party`` could do: leave if it is bound, consent if it is not, resume if it suspended."""
    day, stage = on.toordinal(), case.course.stage_on(party, on.toordinal())
    mode = stage.mode if stage is not None else NONE
    if case.course.ended is not None and case.course.ended <= day:
        return ()
    if mode == PARTY:
        withdrawal = case.docket.clause(Withdrawal)
        if verdict is not Verdict.YES or withdrawal is None:
            return ()
        return (WouldChange("denounce", party, agreement.id, date.fromordinal(min(after(day, withdrawal.notice), EVER))),)
    if mode == CONTRACTING:
        return force_changes(agreement, case)
    if mode == SUSPENDED:
        return (WouldChange("resume", party, agreement.id),)
    if verdict is Verdict.YES:
        return ()
    acts = case.docket.consent.acts or ("sign",)
    kind = "ratify" if mode == SIGNATORY and "ratify" in acts else "accede" if "accede" in acts else acts[0]
    return (WouldChange(kind, party, agreement.id),)
