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
from comity.duties.runs import Bound, FirstReadings
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
    day, first = standing.on.toordinal(), FirstReadings(standing, treaty.id)
    if treaty.registration is not None:
        if party is not None and first.of(party, duty.article).verdict_on(day) is Verdict.NO:
            return None
        return Registering(treaty.id, _occasion(duty, treaty.concluded.toordinal()), Outcome(State.DONE, (), (f"registered: {treaty.registration}",)))
    acts, coverage = seen_acts(standing, treaty.id), standing.record.coverage_of(treaty)
    kinds = () if duty.discharged is None else duty.discharged.acts
    could_tell = any(a.kind in kinds for a in acts) or any(not c.kinds or set(kinds) & set(c.kinds) for c in coverage)
    bound = Bound(standing, treaty.id) if could_tell else first
    run, verdict = bound.force.run_on(day), bound.force.verdict_on(day)
    if run is None or verdict is Verdict.NO or (party is not None and bound.of(party, duty.article).verdict_on(day) is Verdict.NO):
        return None
    occasion = _occasion(duty, run.beginning, verdict)
    found = outcome(Looking(bound, coverage, day, standing.strict), occasion, acts)
    return None if found is None else Registering(treaty.id, occasion, found)


def _occasion(duty: Duty, opens: int, verdict: Verdict = Verdict.YES) -> Occasion:
    fall = Fall(None, opens)
    return Occasion(duty, None, fall, fall, (verdict, verdict), duty.to_named)
