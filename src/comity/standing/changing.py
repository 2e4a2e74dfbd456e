"""The least that would change an answer: which act, by whom, under which agreement, with effect from when."""

from __future__ import annotations

from datetime import date

from comity.agreements import CONTRACTING, EVER, NONE, PARTY, SIGNATORY, SUSPENDED, Agreement, after
from comity.agreements.clauses import Withdrawal
from comity.standing.reasons import missing_in
from comity.standing.worlds import Case
from comity.terms import Verdict, WouldChange


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
