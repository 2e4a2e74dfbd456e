"""Treaties that ought to be registered: one occasion for each that has entered into force since the duty exists.

Source: how-duties-are-derived.md, 3.6; Charter of the United Nations, article 102(1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from comity.agreements import Agreement
from comity.agreements.requirements import Duty, EachTreaty
from comity.duties.discharging import Looking, Outcome, State, outcome
from comity.duties.occasions import Fall, Occasion
from comity.duties.runs import Bound, FirstReadings
from comity.duties.seen import seen_acts
from comity.standing import Standing
from comity.terms import Verdict


@dataclass(frozen=True, slots=True)
class RegistrationDuty:
    """A duty to register treaties: of which agreement, and since which day (an ordinal) that is in force."""

    agreement: Agreement
    duty: Duty
    since: int

    @property
    def cited(self) -> str:
        """The agreement and the article that ask for it."""
        return f"{self.agreement.short} {self.duty.article}"


@dataclass(frozen=True, slots=True)
class Registering:
    """One treaty to be registered, by which duty, and how that stands."""

    treaty: str
    asked: RegistrationDuty
    occasion: Occasion
    outcome: Outcome


def asks_for_registrations(agreement: Agreement) -> Sequence[Duty]:
    """Its duties to register treaties: those that make one look at every treaty."""
    return [clause for clause in agreement.clauses if isinstance(clause, Duty) and isinstance(clause.when, EachTreaty)]


def registration_duties(standing: Standing, agreements: Iterable[str]) -> Sequence[RegistrationDuty]:
    """Every duty to register treaties of these agreements, as far as they are or were in force."""
    found = list[RegistrationDuty]()
    for agreement in (standing.record.agreement(name, standing.known) for name in agreements):
        owed = asks_for_registrations(agreement)
        runs = Bound(standing, agreement.id).force.runs if owed else ()
        found += [RegistrationDuty(agreement, duty, runs[0].beginning) for duty in owed if runs]
    return found


def treaties_to_register(standing: Standing, agreement: Agreement, duty: Duty, bound: Bound, party: str | None) -> Iterator[Registering]:
    """Each treaty on record in force on the day asked about, for ``party`` if one is given, concluded since ``agreement`` is in force."""
    if not bound.force.runs:
        return
    asked = RegistrationDuty(agreement, duty, bound.force.runs[0].beginning)
    for other in standing.known_agreements():
        found = registration_of(standing, asked, other, party)
        if found is not None:
            yield found


def registration_of(standing: Standing, asked: RegistrationDuty, treaty: str, party: str | None = None) -> Registering | None:
    """How one treaty stands with its registration on the day asked about; None: it is not in force (for ``party``), or need not be registered."""
    found = standing.record.agreement(treaty, standing.known)
    if found.form != "treaty" or treaty == asked.agreement.id or found.concluded.toordinal() < asked.since:
        return None
    return _one(standing, asked, found, party)


def _one(standing: Standing, asked: RegistrationDuty, treaty: Agreement, party: str | None) -> Registering | None:
    duty = asked.duty
    day, first = standing.on.toordinal(), FirstReadings(standing, treaty.id)
    if treaty.registration is not None:
        if party is not None and first.of(party, duty.article).verdict_on(day) is Verdict.NO:
            return None
        done = Outcome(State.DONE, (), (f"registered: {treaty.registration}",))
        return Registering(treaty.id, asked, _occasion(duty, treaty.concluded.toordinal()), done)
    acts, coverage = seen_acts(standing, treaty.id), standing.record.coverage_of(treaty)
    kinds = () if duty.discharged is None else duty.discharged.acts
    could_tell = any(a.kind in kinds for a in acts) or any(not c.kinds or set(kinds) & set(c.kinds) for c in coverage)
    bound = Bound(standing, treaty.id) if could_tell else first
    run, verdict = bound.force.run_on(day), bound.force.verdict_on(day)
    if run is None or verdict is Verdict.NO or (party is not None and bound.of(party, duty.article).verdict_on(day) is Verdict.NO):
        return None
    occasion = _occasion(duty, run.beginning, verdict)
    found = outcome(Looking(bound, coverage, day, standing.strict), occasion, acts)
    return None if found is None else Registering(treaty.id, asked, occasion, found)


def _occasion(duty: Duty, opens: int, verdict: Verdict = Verdict.YES) -> Occasion:
    fall = Fall(None, opens)
    return Occasion(duty, None, fall, fall, (verdict, verdict), duty.to_named)
