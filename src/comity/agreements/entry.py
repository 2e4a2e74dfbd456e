"""When does the agreement enter into force, and from which day is one who consented bound?

1. T, the day on which the condition is first met. 2. E, T plus the delay, and not before the floor. 3. Each party's own start.

Source: VCLT 24(1), 24(2), 24(3) and the clauses; how-standing-is-derived.md, sections 4 and 5.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from comity.agreements.clauses import Dependence, EntryIntoForce, LaterParties
from comity.agreements.conditions import AllOf, AnyOf, Condition, Waivable
from comity.agreements.course import Cause
from comity.agreements.days import ALWAYS, EVER, Day, enough, first_from
from comity.agreements.docket import Docket
from comity.agreements.when import after, days_when
from comity.terms import Reading


class Entry(NamedTuple):
    """``threshold``: the day the condition was met; ``day``: entry into force; None: not (yet)."""

    threshold: Day | None
    day: Day | None
    cause: Cause


class Entries:
    """Entry into force, for the agreement and, where conditions can be waived, for each party."""

    def __init__(self, docket: Docket) -> None:
        self.docket = docket
        self.clauses = docket.clauses(EntryIntoForce)
        self.waivable = any(_has_waiver(c.when) or (c.floor is not None and _has_waiver(c.floor)) for c in self.clauses)
        self._found: dict[str | None, Entry] = {}

    def of(self, party: str | None) -> Entry:
        """Entry into force as it is for ``party`` (None: for those who waived nothing)."""
        key = party if self.waivable else None
        if key not in self._found:
            self._found[key] = self._claimed(self._derive(None)) if key is None else self._own(key)
        return self._found[key]

    def _own(self, party: str) -> Entry:
        """The entry into force of one party; a depositary's claim about the agreement, taken as true, is one for all."""
        common = self.of(None)
        return common if common.cause.rule == "depositary-claim" else self._derive(party)

    def _derive(self, party: str | None) -> Entry:
        if not self.clauses:
            return self._without_clause()
        entries = [self._by_clause(clause, party) for clause in self.clauses]
        return min(entries, key=lambda e: (EVER if e.day is None else e.day, EVER if e.threshold is None else e.threshold))

    def _by_clause(self, clause: EntryIntoForce, party: str | None) -> Entry:
        # 1. the condition
        threshold = first_from(days_when(clause.when, self.docket, party), self.docket.beginning)
        if threshold is None:
            return Entry(None, None, Cause("entry-into-force", clause))
        # 2. the delay, then the floor
        day: Day | None = after(threshold, clause.delay)
        if clause.floor is not None and day is not None:
            day = first_from(days_when(clause.floor, self.docket, party), day)
        return Entry(threshold, day, Cause("entry-into-force", clause, days=tuple(d for d in (threshold, day) if d is not None)))

    def _without_clause(self) -> Entry:
        docket = self.docket
        if not docket.agreement.negotiating:
            docket.world.find(
                "no-entry-clause",
                "no clause on entry into force and no negotiating states are on record: article 24(2) cannot be applied",
                docket.agreement.id,
                docket.agreement.id,
                "VCLT 24(2)",
            )
            return Entry(None, None, Cause("no-entry-clause"))
        consented = docket.consented_days()
        negotiating = {docket.root(code) for code in docket.agreement.negotiating if not docket.is_organisation(code)}
        day = first_from(enough([(ALWAYS, consented.get(code, [])) for code in negotiating], "all"), docket.beginning)
        return Entry(day, day, Cause("entry-by-default", days=() if day is None else (day,)))

    def _claimed(self, derived: Entry) -> Entry:
        """A depositary's claim that differs is the fourth source of contest (section 2 (iv))."""
        docket = self.docket
        for deed in docket.of_kind("assert"):
            claim = deed.act.details.get("in_force")
            if claim is None or "party" in deed.act.details or not is_depositary_claim(docket, deed.act.details.get("standing"), deed.actor):
                continue
            claimed = ordinal(claim)
            if claimed == derived.day and not self.waivable:
                continue
            readings = (
                Reading(f"in force from {iso(derived.day)}", "the acts and the clauses", "derived"),
                Reading(f"in force from {claim}", deed.actor, deed.act.source.citation),
            )
            if docket.world.choose(f"claim:{deed.ref}", readings, deed.ref) == 1:
                return Entry(claimed, claimed, Cause("depositary-claim", deeds=(deed,), days=(claimed,)))
        return derived

    # -- 3. each party's own start

    def start(self, party: str, consented: Day, kind: str) -> tuple[Day, Cause]:
        """The day from which a consent of this day and kind binds (EVER: not yet), and why."""
        entry = self.of(party)
        if entry.day is None:
            return EVER, entry.cause
        clause = self._later_clause(kind)
        if clause is None:
            start = max(entry.day, consented)
            cause = _told_default(entry, consented)
        elif (clause.switch == "entry" and consented <= entry.day) or (
            clause.switch == "threshold" and entry.threshold is not None and consented <= entry.threshold
        ):
            start, cause = entry.day, entry.cause
        elif clause.switch == "entry":
            start = after(consented, clause.delay)
            cause = Cause("later-party", clause, days=(start,))
        else:
            start = max(entry.day, after(consented, clause.delay))
            cause = Cause("later-party", clause, days=(start,))
        return self._after_other(party, consented, start, cause)

    def start_of_successor(self, party: str, since: Day) -> tuple[Day, Cause]:
        """A successor is bound from the later of its succession and entry into force (1978 Convention, 23(1))."""
        entry = self.of(party)
        if entry.day is None:
            return EVER, entry.cause
        return self._after_other(party, since, max(since, entry.day), Cause("succession", days=(max(since, entry.day),)))

    def _later_clause(self, kind: str) -> LaterParties | None:
        clauses = self.docket.clauses(LaterParties)
        return next((c for c in clauses if kind in c.acts), None) or next((c for c in clauses if not c.acts), None)

    def _after_other(self, party: str, consented: Day, start: Day, cause: Cause) -> tuple[Day, Cause]:
        for clause in self.docket.clauses(Dependence):
            if clause.effect == "needs-party":
                other = self.docket.outside.course(clause.agreement)
                first = first_from(self.docket.bound_elsewhere(other, party, consented), start) if other else None
                if first != start:
                    start, cause = (
                        (EVER if first is None else first),
                        Cause("dependence", clause, days=() if first is None else (first,), because=(cause,)),
                    )
        return start, cause


def _told_default(entry: Entry, consented: Day) -> Cause:
    """Bound from entry into force, or as a later party from its consent (24(3))."""
    return entry.cause if entry.day is not None and consented <= entry.day else Cause("later-party-by-default", days=(consented,))


def is_depositary_claim(docket: Docket, standing: str | None, actor: str) -> bool:
    """Is an assertion with this ``standing`` by ``actor`` the depositary's own?"""
    return standing == "depositary" and actor in docket.agreement.depositary


def ordinal(day: str) -> Day:
    return date.fromisoformat(day).toordinal()


def iso(day: Day | None) -> str:
    return "no day" if day is None or day >= EVER else date.fromordinal(day).isoformat()


def _has_waiver(condition: Condition) -> bool:
    match condition:
        case Waivable():
            return True
        case AllOf() | AnyOf():
            return any(_has_waiver(part) for part in condition.of)
        case _:
            return False
