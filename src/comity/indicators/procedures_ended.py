"""Procedures: silence that was broken, disputes that were settled and how long that took.

Source: docs/explanation/how-indicators-are-read.md, sections 11 to 13.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from comity.decisions import Decision, DecisionState
from comity.disputes import Dispute, DisputeState
from comity.indicators.counting import Case, Lasted, acts_of, agreements_of, left_out, median, settled, share, within
from comity.indicators.evidence import Evidence, Found
from comity.indicators.readings import Asked, Part
from comity.procedures import is_complete
from comity.terms import Verdict

BREAK, SET = "break-silence", "set-silence"
WITHDRAW = "withdraw-dispute"
ENDS = ("award", "settle-dispute", WITHDRAW)
RUNNING = (DecisionState.PROPOSED, DecisionState.SILENCE)
DONE = (DisputeState.SETTLED, DisputeState.DECIDED)


def silence_broken(evidence: Evidence, asked: Asked) -> Found:
    """The share of proposals put under silence in these days, on which the party decides, of which it broke the silence."""
    sure = {told.act.ref: told.sure for told in evidence.acts((BREAK,))}
    found = (_silence(evidence, asked, decision, sure) for decision in evidence.decisions())
    return share((case for case in found if case is not None), "no proposal of these days on which it decides was under silence that has ended")


def _silence(evidence: Evidence, asked: Asked, decision: Decision, sure: dict[str, bool]) -> Case | None:
    """One proposal; None: it does not count."""
    proposal, when, party = decision.proposal, decision.proposal.done, evidence.person(asked.party)
    if when is None or asked.agreement not in (None, proposal.agreement):
        return None
    if asked.partner is not None and evidence.person(proposal.attributed_to) != evidence.person(asked.partner):
        return None
    silent = proposal.flag("silence") or "silence_until" in proposal.details or any(act.kind == SET for act in decision.acts)
    inside, elects = within(when.first, when.last, asked.since, asked.until), settled(evidence.elects(decision, asked.party))
    if not silent or Verdict.NO in (inside, elects):
        return None
    breaks = [act.ref for act in decision.acts if act.kind == BREAK and evidence.person(act.attributed_to) == party]
    if breaks:
        says = Verdict.YES if any(sure.get(ref, False) for ref in breaks) else Verdict.UNKNOWN
    elif decision.state is not None and decision.state in RUNNING:
        return None
    else:
        says = Verdict.UNKNOWN if decision.state is None else Verdict.NO
    if Verdict.UNKNOWN in (inside, elects) or decision.absent:
        says = Verdict.UNKNOWN
    return Case(when.first, proposal.ref, says, (proposal.ref, *breaks), proposal.agreement, (f"proposed by {proposal.attributed_to}",))


class Raised(NamedTuple):
    """A dispute that was raised in these days, as a case; its states; how long it took."""

    case: Case
    state: str
    lasted: Lasted


def disputes_settled(evidence: Evidence, asked: Asked) -> Found:
    """The share of disputes raised in these days and not withdrawn that are settled or decided."""
    raised = [one for one in _raised(evidence, asked) if one.state != DisputeState.WITHDRAWN]
    return share((one.case for one in raised), "no dispute was raised in these days that was not withdrawn")


def days_to_settle(evidence: Evidence, asked: Asked) -> Found:
    """After how many days half of the disputes raised in these days were settled or decided."""
    every = sorted(_raised(evidence, asked), key=lambda one: (one.case.day, one.case.name))
    known = [one for one in every if one.case.says is not Verdict.UNKNOWN]
    value, states = median(one.lasted for one in known), Counter(one.state for one in known)
    why = "no dispute was raised in these days of which it is known how it stands" if not known else ""
    if known and value is None:
        why = f"fewer than half of the {len(known)} are settled"
    left = sum(not one.lasted.ended for one in known)
    notes = (f"{left} open or withdrawn count with the days that they have lasted so far",) if left else ()
    cases, unknown = [one.case for one in every], len(every) - len(known)
    return Found(
        None if value is None else float(value), len(known), unknown, why, acts_of(cases), agreements_of(cases), notes=(*notes, *left_out(unknown)),
        parts=tuple(Part(state, count, len(known)) for state, count in sorted(states.items())),
    )  # fmt: skip


def _raised(evidence: Evidence, asked: Asked) -> Iterator[Raised]:
    party, partner = evidence.person(asked.party), None if asked.partner is None else evidence.person(asked.partner)
    for dispute in evidence.disputes():
        raiser, *others = (evidence.person(code) for code in dispute.sides)
        across = others if raiser == party else [raiser] if party in others else []
        when = dispute.raised.done
        if when is None or not across or (partner is not None and partner not in across) or asked.agreement not in (None, dispute.agreement):
            continue
        inside = within(when.first, when.last, asked.since, asked.until)
        if inside is not Verdict.NO:
            yield _dispute(evidence, dispute, when.first, inside)


def _dispute(evidence: Evidence, dispute: Dispute, since: date, inside: Verdict) -> Raised:
    """How one dispute stands: that it is open is known only where the record is complete for what would have ended it."""
    known = dispute.verdict is Verdict.YES and not dispute.absent and inside is Verdict.YES
    if dispute.state is DisputeState.OPEN:
        known = known and is_complete(evidence.coverage(dispute.agreement), ENDS, since, evidence.on)
    says = Verdict.UNKNOWN if not known else Verdict.YES if dispute.state in DONE else Verdict.NO
    ending = [act for act in dispute.acts if act.kind in ENDS and act.day is not None]
    day = max((act.day for act in ending if act.day is not None), default=evidence.on)
    ended = says is Verdict.YES
    over = day if ended or dispute.state is DisputeState.WITHDRAWN else evidence.on
    case = Case(since, dispute.ref, says, (dispute.ref, *(act.ref for act in ending)), dispute.agreement, ())
    return Raised(case, str(dispute.state) if known else "not known", Lasted(max(0, (over - since).days), ended))
