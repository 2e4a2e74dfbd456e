"""Claims (*assert*) about an agreement, checked against what the acts yield, as a bookkeeper checks a balance.

A depositary's claim that differs is a fork: contested on the days on which the two differ. Any other register's claim
that differs is a finding beside the answer. Source: VCLT 77(1); how-standing-is-derived.md, sections 2 (iv) and 4.4.
"""

from __future__ import annotations

from typing import NamedTuple

from comity.agreements.course import Cause, Course
from comity.agreements.days import EVER, Day
from comity.agreements.deeds import Deed
from comity.agreements.docket import Docket
from comity.agreements.entry import is_depositary_claim, iso, ordinal
from comity.terms import Reading

End = tuple[Day, Cause]


class Claim(NamedTuple):
    """A depositary's claim about a person, taken as true: that it is bound from ``day``, or only until ``day``.

    ``about``: the consent day of the stretch that it speaks of, as the acts yield it; None: of none that they yield.
    """

    party: str
    day: Day
    ends: bool
    about: Day | None
    cause: Cause


def claims_about_parties(docket: Docket, course: Course) -> list[Claim]:
    """The depositary's claims about parties that differ from what the acts yield (section 2 (iv))."""
    found = []
    for deed in docket.of_kind("assert"):
        details = deed.act.details
        if "party" in details and is_depositary_claim(docket, details.get("standing"), deed.actor):
            found += [_claim(docket, course, deed, name) for name in ("bound_from", "bound_until") if name in details]
    return [claim for claim in found if claim is not None]


def _claim(docket: Docket, course: Course, deed: Deed, name: str) -> Claim | None:
    day, ends = ordinal(deed.act.details[name]), name == "bound_until"
    party = docket.person_on(deed.act.details["party"], day - ends)
    stretches = course.stretches.get(party, [])
    if ends:
        about = next((s for s in reversed(stretches) if s.start < min(day, s.end)), None)
        derived = about.end if about is not None else day
    else:
        about = next((s for s in stretches if s.consented <= day < s.end), None)
        derived = about.start if about is not None else EVER
    if day == derived:
        return None
    readings = (
        Reading(f"{name.replace('_', ' ')} {iso(derived)}", "the acts and the clauses", "derived"),
        Reading(f"{name.replace('_', ' ')} {deed.act.details[name]}", deed.actor, deed.act.source.citation),
    )
    if docket.world.choose(f"claim-{name}:{deed.ref}", readings, deed.ref) == 0:
        return None
    return Claim(party, day, ends, about.consented if about is not None else None, Cause("depositary-claim", deeds=(deed,), days=(day,)))


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
