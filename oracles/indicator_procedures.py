"""The slow reading of indicators of gaps, commitments, procedures and burdens: each sentence of the text by itself.

Source: docs/explanation/how-indicators-are-read.md, sections 8 to 14.
"""

from __future__ import annotations

from fractions import Fraction

from comity.indicators.evidence import Evidence
from comity.indicators.readings import Asked
from oracles.indicator_things import (
    NO,
    NOTHING,
    UNKNOWN,
    YES,
    Thing,
    Told,
    acts,
    agreements,
    complete_to,
    done_inside,
    first_day,
    median,
    once,
    plainly,
    same,
    told_share,
)

CONSENT = ("ratify", "accept", "approve", "accede", "succeed", "confirm", "notify-completion", "exchange")


# -- section 8


def gaps(evidence: Evidence, asked: Asked) -> Told:
    """Section 8."""
    covers = evidence.covers(asked.party, asked.partner, asked.since, asked.until)
    things = []
    for one in covers:
        then = plainly(one.then)
        if then != YES:
            says = UNKNOWN if then == UNKNOWN else plainly(one.now)
            things.append(Thing(asked.since, f"{one.exercise} {one.guest} {one.host}", says, one.acts, None, (f"{one.guest} in {one.host}",)))
    return told_share(things, None, any(plainly(one.then) == YES for one in covers))


# -- sections 9 and 10


def _commitments(evidence: Evidence, asked: Asked) -> list[tuple[Thing, int, bool]]:
    """Each agreement signed, with the days until consent, or until D, and whether it was ratified."""
    told = [one for one in evidence.acts(("sign", *CONSENT)) if one.act.done is not None]
    found = []
    for agreement in sorted({one.act.agreement for one in told if one.act.agreement is not None}):
        under = [one for one in told if one.act.agreement == agreement]
        if asked.agreement not in (None, agreement):
            continue
        if asked.partner is not None and not any(same(evidence, one.act.attributed_to, asked.partner) for one in under):
            continue
        own = sorted((one for one in under if same(evidence, one.act.attributed_to, asked.party)), key=lambda one: (first_day(one.act), one.act.ref))
        signed = [(one, done_inside(one.act, asked)) for one in own if one.kind == "sign"]
        signings = [(one.act, inside if one.sure else UNKNOWN) for one, inside in signed if inside != NO]
        if not signings:
            continue
        surely = [pair for pair in signings if pair[1] == YES]
        signing, inside = (surely or signings)[0]
        consents = [one for one in own if one.kind in CONSENT and first_day(one.act) <= evidence.on]
        sure = [one for one in consents if one.sure and one.act.done is not None and one.act.done.last <= evidence.on]
        if sure:
            says = YES
        elif consents:
            says = UNKNOWN
        else:
            says = plainly(evidence.bound(asked.party, agreement, evidence.on))
            if says == YES:
                continue
        says = says if inside == YES else UNKNOWN
        acts = (signing.ref, *(one.act.ref for one in (sure or consents)[:1]))
        end = first_day(sure[0].act) if sure else evidence.on
        days = (end - first_day(signing)).days
        found.append((Thing(first_day(signing), agreement, says, acts, agreement, ()), days if days > 0 else 0, bool(sure)))
    return found


def ratified(evidence: Evidence, asked: Asked) -> Told:
    """Section 9."""
    return told_share(thing for thing, _, _ in _commitments(evidence, asked))


def days_to_ratify(evidence: Evidence, asked: Asked) -> Told:
    """Section 10."""
    return _told_median(_commitments(evidence, asked), ())


def _told_median(found: list[tuple[Thing, int, bool]], parts: tuple[tuple[str, float, int], ...]) -> Told:
    things = sorted((thing for thing, _, _ in found), key=lambda thing: (thing.day, thing.name))
    spans = [(days, ended) for thing, days, ended in found if thing.says != UNKNOWN]
    value = median(spans)
    return Told(
        value, len(spans), len(found) - len(spans), value is None, acts(things), agreements(things), None,
        len(spans) < len(found) or not all(ended for _, ended in spans), None, parts,
    )  # fmt: skip


# -- section 11


def silence(evidence: Evidence, asked: Asked) -> Told:
    """Section 11."""
    surely = {told.act.ref for told in evidence.acts(("break-silence",)) if told.sure}
    things = []
    for decision in evidence.decisions():
        proposal = decision.proposal
        if proposal.done is None or (asked.agreement is not None and proposal.agreement != asked.agreement):
            continue
        if asked.partner is not None and not same(evidence, proposal.attributed_to, asked.partner):
            continue
        put = proposal.details.get("silence") == "yes" or "silence_until" in proposal.details or "set-silence" in {act.kind for act in decision.acts}
        inside, decides = done_inside(proposal, asked), plainly(evidence.elects(decision, asked.party))
        if not put or NO in (inside, decides):
            continue
        breaks = [act.ref for act in decision.acts if act.kind == "break-silence" and same(evidence, act.attributed_to, asked.party)]
        state = str(decision.stands[0].state) if str(decision.verdict) == "yes" else None
        if breaks:
            says = YES if surely & set(breaks) else UNKNOWN
        elif state in ("proposed", "under-silence"):
            continue
        else:
            says = UNKNOWN if state is None else NO
        if UNKNOWN in (decides, inside) or decision.absent:
            says = UNKNOWN
        under = ("proposed by " + proposal.attributed_to,)
        things.append(Thing(proposal.done.first, proposal.ref, says, (proposal.ref, *breaks), proposal.agreement, under))
    return told_share(things)


# -- sections 12 and 13


def _disputes(evidence: Evidence, asked: Asked) -> list[tuple[Thing, int, bool, str]]:
    found = []
    for dispute in evidence.disputes():
        raised = dispute.raised
        sides = [evidence.person(code) for code in dispute.sides]
        party = evidence.person(asked.party)
        against = sides[1:] if party == sides[0] else sides[:1] if party in sides[1:] else None
        if against is None or not against or (asked.partner is not None and evidence.person(asked.partner) not in against):
            continue
        if raised.done is None or (asked.agreement is not None and asked.agreement != dispute.agreement):
            continue
        inside = done_inside(raised, asked)
        if inside == NO:
            continue
        state = str(dispute.states[0])
        if inside == UNKNOWN or dispute.absent or str(dispute.verdict) != "yes":
            state = "not known"
        if state == "open":
            declared = evidence.coverage(dispute.agreement)
            ends = [complete_to(declared, kind, lambda one: False, raised.done.first) for kind in ("award", "settle-dispute", "withdraw-dispute")]
            if any(end is None or end < evidence.on for end in ends):
                state = "not known"
        says = {"not known": UNKNOWN, "settled": YES, "decided": YES}.get(state, NO)
        ending = [act for act in dispute.acts if act.kind in ("award", "settle-dispute", "withdraw-dispute") and act.day is not None]
        end = evidence.on
        if state in ("settled", "decided", "withdrawn") and ending:
            end = sorted(act.day for act in ending if act.day is not None)[-1]
        days = (end - raised.done.first).days
        thing = Thing(raised.done.first, raised.ref, says, (raised.ref, *(act.ref for act in ending)), dispute.agreement, ())
        found.append((thing, days if days > 0 else 0, says == YES, state))
    return found


def settled(evidence: Evidence, asked: Asked) -> Told:
    """Section 12."""
    return told_share(thing for thing, _, _, state in _disputes(evidence, asked) if state != "withdrawn")


def days_to_settle(evidence: Evidence, asked: Asked) -> Told:
    """Section 13."""
    found = _disputes(evidence, asked)
    states = [state for thing, _, _, state in found if thing.says != UNKNOWN]
    parts = tuple((state, float(states.count(state)), len(states)) for state in sorted(set(states)))
    return _told_median([(thing, days, ended) for thing, days, ended, _ in found], parts)


# -- section 14


def burden(evidence: Evidence, asked: Asked) -> Told:
    """Section 14."""
    part = sum(number for code, number in asked.key if same(evidence, code, asked.party))
    if part == 0:
        return NOTHING
    keyed = {evidence.person(code) for code, _ in asked.key}
    rows = [row for row in evidence.borne(asked.since, asked.until) if evidence.person(row.party) in keyed]
    if asked.kind is not None:
        rows = [row for row in rows if row.mission == asked.kind]
    acts = once(ref for row in rows for ref in row.acts)
    together = sum(row.person_days for row in rows)
    if together == 0:
        return NOTHING._replace(acts=acts)
    borne = {code: sum(row.person_days for row in rows if evidence.person(row.party) == code) for code in sorted(keyed)}
    value = Fraction(borne[evidence.person(asked.party)], together) / Fraction(part, sum(number for _, number in asked.key))
    missions = {row.mission for row in rows if row.person_days > 0}
    return Told(
        float(value), len(missions), 0, False, acts, (), None, True, None, tuple((code, float(days), together) for code, days in borne.items())
    )
