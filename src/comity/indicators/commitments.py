"""Commitments ratified: of what was signed, how much, and after how many days.

Source: docs/explanation/how-indicators-are-read.md, sections 9 and 10.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from comity.acts import CONSENT
from comity.indicators.counting import Case, Lasted, acts_of, agreements_of, left_out, median, settled, share, within
from comity.indicators.evidence import Evidence, Found, ToldAct
from comity.indicators.readings import Asked
from comity.terms import Verdict

SIGN = "sign"


class Commitment(NamedTuple):
    """An agreement that the party signed: the case, the day of signing, and that of its consent, where there is one."""

    case: Case
    signed: date
    consented: date | None


def commitments_ratified(evidence: Evidence, asked: Asked) -> Found:
    """The share of agreements signed in these days that the party has consented to be bound by since."""
    return share((one.case for one in _commitments(evidence, asked)), "it signed nothing in these days that its signature alone did not bind it to")


def days_to_ratify(evidence: Evidence, asked: Asked) -> Found:
    """After how many days half of what was signed in these days was consented to."""
    every = sorted(_commitments(evidence, asked), key=lambda one: (one.case.day, one.case.name))
    known = [one for one in every if one.case.says is not Verdict.UNKNOWN]
    spans = [_span(one, evidence.on) for one in known]
    value, open_ones = median(spans), sum(not span.ended for span in spans)
    why = "" if value is not None else "it signed nothing in these days of which it is known whether it was ratified"
    if spans and value is None:
        why = f"fewer than half of the {len(spans)} are ratified: {open_ones} are not yet"
    notes = (f"{open_ones} not yet ratified count with the days that they have waited so far",) if open_ones else ()
    cases, unknown = [one.case for one in every], len(every) - len(known)
    return Found(
        None if value is None else float(value), len(known), unknown, why, acts_of(cases), agreements_of(cases), notes=(*notes, *left_out(unknown))
    )  # fmt: skip


def _span(one: Commitment, on: date) -> Lasted:
    end = on if one.consented is None else one.consented
    return Lasted(max(0, (end - one.signed).days), one.consented is not None)


def _commitments(evidence: Evidence, asked: Asked) -> Iterator[Commitment]:
    party = evidence.person(asked.party)
    by_agreement = defaultdict[str, list[ToldAct]](list)
    for told in evidence.acts((SIGN, *CONSENT)):
        if told.act.agreement is not None and told.act.done is not None and asked.agreement in (None, told.act.agreement):
            by_agreement[told.act.agreement].append(told)
    for agreement, acts in sorted(by_agreement.items()):
        if asked.partner is None or any(evidence.person(told.act.attributed_to) == evidence.person(asked.partner) for told in acts):
            own = [told for told in acts if evidence.person(told.act.attributed_to) == party]
            found = _of(evidence, asked, agreement, own)
            if found is not None:
                yield found


def _of(evidence: Evidence, asked: Asked, agreement: str, own: list[ToldAct]) -> Commitment | None:
    """How one agreement stands; None: not signed in these days, or bound by signature alone."""
    signings = sorted(((_first(told), told) for told in own if told.kind == SIGN), key=lambda pair: (pair[0], pair[1].act.ref))
    inside = [(_when(told, asked), told) for _, told in signings]
    inside = [(verdict, told) for verdict, told in inside if verdict is not Verdict.NO]
    if not inside:
        return None
    verdict, signed = next(((v, t) for v, t in inside if v is Verdict.YES), inside[0])
    consents = sorted(
        ((_first(told), told) for told in own if told.kind != SIGN and _first(told) <= evidence.on), key=lambda pair: (pair[0], pair[1].act.ref)
    )
    sure = [(day, told) for day, told in consents if told.sure and _last(told) <= evidence.on]
    says, used = Verdict.YES, sure or consents
    if not sure:
        says = Verdict.UNKNOWN if consents else settled(evidence.bound(asked.party, agreement, evidence.on))
        if says is Verdict.YES:
            return None
    if verdict is Verdict.UNKNOWN:
        says = Verdict.UNKNOWN
    acts = (signed.act.ref, *(told.act.ref for _, told in used[:1]))
    consented = sure[0][0] if sure else None
    return Commitment(Case(_first(signed), agreement, says, acts, agreement), _first(signed), consented)


def _when(told: ToldAct, asked: Asked) -> Verdict:
    done = told.act.done
    assert done is not None
    inside = within(done.first, done.last, asked.since, asked.until)
    return inside if told.sure or inside is Verdict.NO else Verdict.UNKNOWN


def _first(told: ToldAct) -> date:
    assert told.act.done is not None
    return told.act.done.first


def _last(told: ToldAct) -> date:
    assert told.act.done is not None
    return told.act.done.last
