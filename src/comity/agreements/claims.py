"""Claims (*assert*) about an agreement, checked against what the acts yield, as a bookkeeper checks a balance.

A depositary's claim that differs is a fork: contested on the days on which the two differ. Any other register's claim
that differs is a finding beside the answer. Source: VCLT 77(1); how-standing-is-derived.md, sections 2 (iv) and 4.4.
"""

from __future__ import annotations

from comity.agreements.course import Cause, Course, Stretch
from comity.agreements.days import EVER, Day
from comity.agreements.docket import Docket
from comity.agreements.entry import is_depositary_claim, iso, ordinal
from comity.terms import Reading

End = tuple[Day, Cause]


def claimed_parties(docket: Docket, stretches: dict[str, list[Stretch]]) -> None:
    """The depositary's claim about one party, where it differs from what the acts yield (section 2 (iv))."""
    for deed in docket.of_kind("assert"):
        details = deed.act.details
        party = details.get("party")
        if party is None or not is_depositary_claim(docket, details.get("standing"), deed.actor):
            continue
        found = stretches.get(party, [])
        for name, derived in (("bound_from", found[-1].start if found else None), ("bound_until", found[-1].end if found else None)):
            claim = details.get(name)
            if claim is None or ordinal(claim) == derived or (name == "bound_until" and found and ordinal(claim) <= found[-1].start):
                continue
            readings = (
                Reading(f"{name.replace('_', ' ')} {iso(derived)}", "the acts and the clauses", "derived"),
                Reading(f"{name.replace('_', ' ')} {claim}", deed.actor, deed.act.source.citation),
            )
            if docket.world.choose(f"claim-{name}:{deed.ref}", readings, deed.ref) == 1:
                cause = Cause("depositary-claim", deeds=(deed,), days=(ordinal(claim),))
                if name == "bound_from":
                    day = ordinal(claim)
                    last = found[-1] if found else Stretch(day, day, EVER, cause, cause, None)
                    stretches[party] = [*found[:-1], last._replace(consented=min(last.consented, day), start=day, started=cause)]
                elif found:
                    stretches[party] = [*found[:-1], found[-1]._replace(end=ordinal(claim), ended=cause)]
            found = stretches.get(party, [])


def claimed_end(docket: Docket, derived: End | None) -> End | None:
    """The depositary's claim of an end, where it differs from the derived one."""
    for deed in docket.of_kind("assert"):
        claim = deed.act.details.get("ended")
        if claim is None or "party" in deed.act.details or not is_depositary_claim(docket, deed.act.details.get("standing"), deed.actor):
            continue
        claimed = ordinal(claim)
        if derived is not None and claimed == derived[0]:
            continue
        readings = (
            Reading(f"ended on {iso(derived[0] if derived else None)}", "the acts and the clauses", "derived"),
            Reading(f"ended on {claim}", deed.actor, deed.act.source.citation),
        )
        if docket.world.choose(f"claim-end:{deed.ref}", readings, deed.ref) == 1:
            return claimed, Cause("depositary-claim", deeds=(deed,), days=(claimed,))
    return derived


def register_claims(docket: Docket, course: Course) -> None:
    """Findings for what registers that are not the depositary state otherwise than the acts and clauses yield."""
    for deed in docket.of_kind("assert"):
        details = deed.act.details
        if is_depositary_claim(docket, details.get("standing"), deed.actor):
            continue
        party = details.get("party")
        stretches = course.stretches.get(party or "", [])
        derived: dict[str, list[Day | None]] = {
            "in_force": [] if party else [course.in_force[0][0] if course.in_force else None, course.entry],
            "ended": [] if party else [course.ended],
            "bound_from": [s.start for s in stretches] or [None],
            "bound_until": [s.end for s in stretches] or [None],
        }
        for name, found in derived.items():
            if name in details and found and ordinal(details[name]) not in found:
                says = f"{deed.actor} gives {name.replace('_', ' ')} {details[name]}; the acts and clauses yield {iso(found[0])}"
                docket.world.find("register-differs", says, deed.ref, docket.agreement.id, deed.act.source.citation)
