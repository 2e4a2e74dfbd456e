"""What the deposit of an instrument would do in law: the same record with it, asked the same questions; nothing is summed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from comity.acts import Entry
from comity.agreements import BOUND_MODES, CONTRACTING, PARTY
from comity.duties import Registering, RegistrationDuty
from comity.questions import show
from comity.standing import Standing, suppose
from comity.terms import Finding, Verdict
from comity.web.depositary.instruments import UNSURE, Check, Instrument, Outcome
from comity.web.depositary.registering import to_be_registered

NOT_PERMITTED = "reservation-not-permitted"
Turn = tuple[date, Verdict]
"""A day, and the verdict from then on."""


@dataclass(frozen=True, slots=True)
class Would:
    """``entry``: the day on which it would bring the agreement into force; ``ended``: or to an end; ``start``, ``end``: from when it would
    bind the party, or no longer; ``waits``: the party would be contracting, without a day; ``in_force``: is the agreement in force on its day;
    ``others``: bound with it from the day of entry. ``unsure``, ``force_unsure``: from when it would be contested, or not known, whether the party
    is bound, or the agreement in force; ``registration``: whether the agreement would have to be registered then, None: not.
    """

    entry: date | None = None
    ended: date | None = None
    start: date | None = None
    end: date | None = None
    waits: bool = False
    in_force: Verdict = Verdict.NO
    others: tuple[str, ...] = ()
    unsure: Turn | None = None
    force_unsure: Turn | None = None
    registration: Registering | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def follows(self) -> Verdict:
        """Does the consent lead to anything?"""
        if self.start is not None or self.waits:
            return Verdict.YES
        return self.unsure[1] if self.unsure is not None else Verdict.NO

    @property
    def permitted(self) -> bool:
        """Does the agreement permit the reservation in it?"""
        return all(finding.code != NOT_PERMITTED for finding in self.findings)


def supposed(standing: Standing, instrument: Instrument) -> list[Entry]:
    """The instrument, and the reservation in it, as acts."""
    where = f"{instrument.party} {instrument.agreement} {instrument.on.isoformat()}"
    lines = [f"{instrument.kind} {where}"] if instrument.kind != "reserve" else []
    if instrument.reserves:
        listed = ",".join(article.replace(" ", "") for article in instrument.articles)
        lines.append(f"reserve {where}" + (f" articles={listed}" if listed else ""))
    return suppose(lines, standing)


def would(standing: Standing, instrument: Instrument, duties: Sequence[RegistrationDuty]) -> Would:
    """What would follow from it. ``duties``: to register treaties."""
    entries, agreement, party = supposed(standing, instrument), instrument.agreement, instrument.party
    after = standing.what_if(entries)
    refs = {entry.act.ref for entry in entries}
    force, force_was = _force(after, agreement), _force(standing, agreement)
    entry, ended = (_first(force, force_was, instrument.on, verdict) for verdict in (Verdict.YES, Verdict.NO))
    changed = [turn for turn in force if turn[0] >= instrument.on and turn not in force_was]
    force_unsure = next((turn for turn in changed if turn[1] in UNSURE), None)
    turns, was = _turns(after, agreement, party), _turns(standing, agreement, party)
    come = [(day, value) for day, value in turns if (day, value) not in was and day >= instrument.on]
    start = next((day for day, (verdict, mode) in come if verdict is Verdict.YES and mode == PARTY), None)
    end = next((day for day, (verdict, mode) in come if verdict is Verdict.NO and mode not in BOUND_MODES and instrument.kind == "denounce"), None)
    waits = start is None and any(mode == CONTRACTING for _, (_, mode) in come)
    others = tuple(code for code in after.bound_parties(agreement, entry) if code != party) if entry is not None else ()
    findings = tuple(show(f, after.viewer) for f in after.findings(agreement) if f.where in refs)
    unsure = next(((day, verdict) for day, (verdict, _) in come if verdict in UNSURE), None)
    stands = after.verdict_bound(party, agreement)[0]
    if not come and stands in UNSURE:
        unsure = (instrument.on, stands)
    in_force = standing.verdict_in_force(agreement)
    registration = to_be_registered(after.on_day(entry), agreement, duties) if entry is not None else None
    return Would(entry, ended, start, end, waits, in_force, others, unsure, force_unsure, registration, findings)


def effects(instrument: Instrument, found: Would, article: str) -> Sequence[Check]:
    """What would follow, as lines of the checklist. ``article``: of the clause on entry into force."""
    about, lines = "effect", []
    if found.entry is not None:
        whom = f", for {len(found.others)} others too" if found.others else ""
        lines.append(Check(about, Outcome.PASSES, f"it would bring the agreement into force on {found.entry}{whom}", article))
    if found.force_unsure is not None:
        day, verdict = found.force_unsure
        lines.append(Check(about, Outcome.OPEN, f"it would be {UNSURE[verdict]} from {day} whether the agreement is in force", article))
    if found.ended is not None:
        lines.append(Check(about, Outcome.OPEN, f"the agreement would no longer be in force from {found.ended}", "VCLT 54 and 55"))
    if found.unsure is not None:
        day, verdict = found.unsure
        says = f"it would be {UNSURE[verdict]} from {day} whether {instrument.party} is bound"
        lines.append(Check(about, Outcome.OPEN, says, "VCLT 70" if instrument.kind == "denounce" else article))
    if found.start is not None:
        lines.append(Check(about, Outcome.PASSES, f"it would bind {instrument.party} from {found.start}", article))
    elif found.waits:
        until = "once the agreement enters into force" if found.in_force is Verdict.NO else "once what it needs beside is there"
        if found.in_force in UNSURE:
            until = f"once the agreement is in force, which is {UNSURE[found.in_force]}"
        outcome = Outcome.PASSES if found.in_force is Verdict.NO else Outcome.OPEN
        lines.append(Check(about, outcome, f"{instrument.party} would be contracting: bound {until}", article))
    elif found.end is not None:
        lines.append(Check(about, Outcome.PASSES, f"it would no longer bind {instrument.party} from {found.end}", "VCLT 70"))
    elif instrument.kind == "sign":
        lines.append(Check(about, Outcome.PASSES, "it would be a signatory: not bound, and not to defeat its object and purpose", "VCLT 18(a)"))
    elif instrument.kind == "reserve":
        lines.append(Check(about, Outcome.PASSES, "nobody's standing changes by the reservation alone", "VCLT 20 and 21"))
    elif found.unsure is None:
        says = "nothing would change: it stands so already, or something else has to be there first"
        lines.append(Check(about, Outcome.FAIL, says, "VCLT 11 and 24"))
    said = [Check(about, Outcome.FAIL, f.says, f.citation or "VCLT 77(2)") for f in found.findings if f.code != NOT_PERMITTED]
    return [*lines, *said]


def _force(standing: Standing, agreement: str) -> list[tuple[date, Verdict]]:
    days = [date.fromordinal(day) for day in standing.turning_days(agreement) if day > 0]
    return list(zip(days, standing.verdicts_in_force(agreement, days), strict=True))


def _turns(standing: Standing, agreement: str, party: str) -> list[tuple[date, tuple[Verdict, str]]]:
    days = [date.fromordinal(day) for day in standing.turning_days(agreement, party) if day > 0]
    return list(zip(days, standing.verdicts_bound(party, agreement, days), strict=True))


def _first(after: Sequence[tuple[date, Verdict]], before: Sequence[tuple[date, Verdict]], on: date, verdict: Verdict) -> date | None:
    """The first day from then on with this verdict that there was none of before."""
    return next((day for day, value in after if value is verdict and day >= on and (day, value) not in before), None)
