"""When does the whole agreement end, and for whom does a term run out?

Source: VCLT 54(b), 55, 59 and the clauses; how-standing-is-derived.md, section 7.
"""

from __future__ import annotations

from collections.abc import Mapping

from comity.agreements.claims import End, claimed_end
from comity.agreements.clauses import Dependence, Duration, MinimumParties
from comity.agreements.course import Cause
from comity.agreements.days import BEGIN, EVER, Day, Days, complement, contains, enough, first_from, union
from comity.agreements.deeds import Deed
from comity.agreements.docket import Docket
from comity.agreements.entry import ordinal
from comity.agreements.exits import term_ends
from comity.agreements.when import after, days_when


def parts_may_end(docket: Docket) -> bool:
    """Can a part in it end without a notice: by leaving another agreement, or by a term prolonged only by some?"""
    duration = docket.clause(Duration)
    return bool(docket.clauses(Dependence)) or (duration is not None and duration.prolonged_by == "accepters")


def party_ends(docket: Docket, party: str, consented: Day, entry: Day | None) -> list[End]:
    """Ends of a stretch consented to on that day that no notice brings about: dependence, and a term not prolonged."""
    ends: list[End] = []
    for clause in docket.clauses(Dependence):
        if clause.effect == "ends-for-party":
            other = docket.outside.course(clause.agreement)
            left = next((end for _, end in docket.bound_elsewhere(other, party, consented) if consented < end), None) if other else None
            if left is not None:
                ends.append((left, Cause("dependence", clause, days=(left,))))
    duration = docket.clause(Duration)
    if duration is None or duration.prolonged_by == "all":
        return ends
    first = _first_end(docket, duration, entry)
    if first is not None:
        if consented >= first or not any(d.received < first for d in docket.of_kind("renew")):
            return ends  # where nobody prolonged, the agreement itself ends
        renewals = [d for d in docket.of_kind("renew") if docket.root(d.actor) == docket.root(party) and d.received < first]
        end = _prolonged(first, renewals)
        ends.append((end, Cause("duration", duration, tuple(renewals), (end,))))
    return ends


def _first_end(docket: Docket, duration: Duration, entry: Day | None) -> Day | None:
    """The end that can be prolonged: of the only term, or without any, the day until which the agreement runs."""
    if duration.renews or (duration.term and entry is None):
        return None
    if duration.term:
        assert entry is not None
        return next(term_ends(docket, entry))
    return None if duration.until is None else duration.until.toordinal()


def _prolonged(end: Day, renewals: list[Deed]) -> Day:
    if not renewals:
        return end
    until = renewals[-1].act.details.get("until")
    return EVER if until is None else max(end, ordinal(until))


def agreement_end(docket: Docket, bound: Mapping[str, Days], entry: Day | None) -> End | None:
    """The first day on which the agreement is no longer in force for anyone, and why; None: no end on record."""
    ends = [*_by_term(docket, bound, entry), *_by_consent(docket, bound), *_with_another(docket), *_superseded(docket, bound)]
    if entry is not None:
        ends += _too_few(docket, bound, entry)
    derived = min(ends, key=lambda e: e[0], default=None)
    return claimed_end(docket, derived)


def _by_term(docket: Docket, bound: Mapping[str, Days], entry: Day | None) -> list[End]:
    duration = docket.clause(Duration)
    if duration is None:
        return []
    ends: list[End] = []
    if duration.until is not None:
        day = duration.until.toordinal()
        ends += [(day, Cause("duration", duration, days=(day,)))] if duration.term else _unless_prolonged(docket, bound, day, duration)
    if entry is not None and duration.while_ is not None:
        day_or_none = first_from(complement(days_when(duration.while_, docket)), entry + 1)
        if day_or_none is not None:
            ends.append((day_or_none, Cause("duration", duration, days=(day_or_none,))))
    if entry is not None and duration.term and not duration.renews:
        ends += _unless_prolonged(docket, bound, next(term_ends(docket, entry)), duration)
    return ends


def _unless_prolonged(docket: Docket, bound: Mapping[str, Days], end: Day, duration: Duration) -> list[End]:
    """The end of the agreement, moved where all prolong it; none where some do, for themselves."""
    if duration.prolonged_by == "all":
        end, used = _renewed_by_all(docket, bound, end, duration)
        return [(end, Cause("duration", duration, used, (end,)))]
    if any(d.received < end and contains(bound.get(d.actor, []), end - 1) for d in docket.of_kind("renew")):
        return []
    return [(end, Cause("duration", duration, (), (end,)))]


def _renewed_by_all(docket: Docket, bound: Mapping[str, Days], end: Day, duration: Duration) -> tuple[Day, tuple[Deed, ...]]:
    """Round after round: once every party bound has agreed to prolong before the end, the end moves."""
    used: list[Deed] = []
    number = 0
    while True:
        parties = [p for p, days in bound.items() if contains(days, end - 1)]
        acts = [[d for d in docket.of_kind("renew") if d.actor == p and d.received < end] for p in parties]
        if not parties or any(len(done) <= number for done in acts):
            return end, tuple(used)
        round_ = [done[number] for done in acts]
        named = [ordinal(d.act.details["until"]) for d in round_ if "until" in d.act.details]
        following = min(named) if named else after(end, duration.term) if duration.term else end
        used += round_
        number += 1
        if following <= end:
            return end, tuple(used)
        end = following


def _by_consent(docket: Docket, bound: Mapping[str, Days]) -> list[End]:
    deeds = docket.of_kind("terminate")
    if not deeds:
        return []
    agreed = {p: min((d.takes_effect for d in deeds if d.actor == p), default=EVER) for p in bound}
    day = first_from(enough([(days, [(agreed[p], EVER)]) for p, days in bound.items()], "all"), BEGIN)
    if day is None:
        return []
    used = tuple(d for d in deeds if contains(bound.get(d.actor, []), day))
    return [(day, Cause("termination-by-consent", None, used, (day,)))]


def _with_another(docket: Docket) -> list[End]:
    agreement = docket.agreement
    others = [(c.agreement, c) for c in docket.clauses(Dependence) if c.effect == "ends-with"]
    ends: list[End] = []
    for other_id, clause in others:
        other = docket.outside.course(other_id)
        if other is not None and other.ended is not None:
            ends.append((other.ended, Cause("dependence", clause, days=(other.ended,))))
    if agreement.form == "administrative" and agreement.parent is not None and not agreement.survives_parent:
        other = docket.outside.course(agreement.parent)
        if other is not None and other.ended is not None:
            ends.append((other.ended, Cause("arrangement-below-treaty", days=(other.ended,))))
    return ends


def _superseded(docket: Docket, bound: Mapping[str, Days]) -> list[End]:
    ends: list[End] = []
    for later, clause in docket.outside.superseding(docket.agreement.id):
        if clause.between == "all":
            everyone = enough([(days, later.bound_days(party)) for party, days in bound.items()], "all")
            day = first_from(everyone, BEGIN)
            if day is not None:
                ends.append((day, Cause("successive-agreements", clause, days=(day,), says=later.agreement.id)))
    return ends


def _too_few(docket: Docket, bound: Mapping[str, Days], entry: Day) -> list[End]:
    clause = docket.clause(MinimumParties)
    if clause is None:
        return []
    persons: dict[str, Days] = {}
    for code, days in bound.items():
        if not docket.is_organisation(code):
            persons[docket.root(code)] = union(persons.get(docket.root(code), []), days)
    plenty = enough([(days, days) for days in persons.values()], clause.number)
    day = first_from(complement(plenty), entry + 1)
    return [] if day is None else [(day, Cause("below-the-number", clause, days=(day,)))]
