"""Treaties that ought to be registered: one occasion for each that has entered into force since the duty exists.

Source: how-duties-are-derived.md, 3.6; Charter of the United Nations, article 102(1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.agreements import Agreement
from comity.agreements.requirements import Duty
from comity.duties.discharging import Looking, Outcome, State, outcome
from comity.duties.occasions import Fall, Occasion
from comity.duties.runs import Bound
from comity.duties.seen import seen_acts
from comity.standing import Standing
from comity.terms import Verdict


@dataclass(frozen=True, slots=True)
class Registering:
    """One treaty to be registered, and how that stands."""

    treaty: str
    occasion: Occasion
    outcome: Outcome


def treaties_to_register(standing: Standing, agreement: Agreement, duty: Duty, bound: Bound, party: str | None) -> Iterator[Registering]:
    """Each treaty on record in force on the day asked about, for ``party`` if one is given, concluded since ``agreement`` is in force."""
    if not bound.force.runs:
        return
    since = bound.force.runs[0].beginning
    for other in standing.known_agreements():
        treaty = standing.record.agreement(other, standing.known)
        if treaty.form == "treaty" and other != agreement.id and treaty.concluded.toordinal() >= since:
            found = _one(standing, duty, treaty, party)
            if found is not None:
                yield found


def _one(standing: Standing, duty: Duty, treaty: Agreement, party: str | None) -> Registering | None:
    if party is not None and standing.verdict_bound(party, treaty.id)[0] is Verdict.NO:
        return None
    if treaty.registration is not None:
        fall = Fall(None, treaty.concluded.toordinal())
        occasion = Occasion(duty, None, fall, fall, (Verdict.YES, Verdict.YES), duty.to_named)
        return Registering(treaty.id, occasion, Outcome(State.DONE, (), (f"registered: {treaty.registration}",)))
    bound, day = Bound(standing, treaty.id), standing.on.toordinal()
    run, verdict = bound.force.run_on(day), bound.force.verdict_on(day)
    if run is None or verdict is Verdict.NO:
        return None
    fall = Fall(None, run.beginning)
    occasion = Occasion(duty, None, fall, fall, (verdict, verdict), duty.to_named)
    looking = Looking(bound, standing.record.coverage_of(treaty), day, standing.strict)
    found = outcome(looking, occasion, seen_acts(standing, treaty.id))
    return None if found is None else Registering(treaty.id, occasion, found)
