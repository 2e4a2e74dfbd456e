"""How an occasion stands on the day asked about, in every way to take uncertain days, with and without doubtful acts.

Source: how-duties-are-derived.md, sections 1.3, 1.4, 4 and 5.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import product
from zoneinfo import ZoneInfo

from comity.agreements.requirements import Always, Discharge, Silence
from comity.terms import Verdict
from oracles.duty_record import DAY, NEVER, Occasion, Reading, Row, Told, When, holds


class States:
    """Sections 4 and 5."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.q = reading, reading.q
        self.reached: dict[tuple[tuple[str, ...], str | None, date], date | None] = {}

    def row(self, o: Occasion) -> Row | None:
        if isinstance(o.duty.when, Always) and o.duty.limits:
            with_, without = (self._limits(o, doubtful) for doubtful in (True, False))
        else:
            with_, without = (self._merged(o, doubtful) for doubtful in (True, False))
        if with_[0] is None and without[0] is None:
            return None
        state, acts = with_ if with_[0] is not None else without
        if with_[0] != without[0] or (o.by is not None and o.by.doubtful) or Verdict.CONTESTED in o.verdicts:
            state = "contested"
        elif Verdict.UNKNOWN in o.verdicts or o.undecided:
            state = "not known"
        shown = min(o.ways, key=lambda w: w.due or date.min)
        by = "" if o.by is None else o.by.act.ref
        assert state is not None
        done = acts if state in ("done", "done late") else ()
        return Row(o.duty.id, o.debtor, o.body, shown.due, shown.at, by, state, shown.opens, o.creditors, o.duty.option, done)

    def _merged(self, o: Occasion, doubtful: bool) -> tuple[str | None, tuple[str, ...]]:
        discharging = [t for t in self.reading.told if self._discharges(o, t) and (doubtful or not t.doubtful)]
        found = [self._in_way(o, discharging, event, own) for event, own in product((0, 1), repeat=2)]
        states = {state for state, _ in found}
        return (states.pop(), found[0][1]) if len(states) == 1 else ("not known", ())

    def _in_way(self, o: Occasion, discharging: list[Told], event: int, own: int) -> tuple[str | None, tuple[str, ...]]:
        at = o.ways[event]
        if o.verdicts[event] is Verdict.NO or (o.by is not None and o.by.days[event] > self.q.on):
            return None, ()
        done = sorted((t for t in discharging if self._in_its_time(at, t, own)), key=lambda t: (self._reckoned(t, own), t.act.ref, t.act.hash))
        number = o.duty.discharged.number if o.duty.discharged is not None else 1
        if len(done) >= number:
            refs = tuple(t.act.ref for t in done[:number])
            return ("done" if self._on_time(at, done[number - 1], own) else "done late"), refs
        if o.duty.discharged is None:
            return ("open" if at.due is None or self.q.on <= at.due else "not known"), ()
        through = self._complete(o, o.duty.discharged, at.opens)
        if at.due is None:
            return ("open" if through is not None else "not known"), ()
        if self.q.on <= at.due:
            return "open", ()
        if through is None or through < (self.q.on if self.q.strict else at.due):
            return "not known", ()
        if isinstance(o.duty.when, Silence):
            return "accepted", ()
        return ("lapsed" if o.duty.option else "overdue"), ()

    def _reckoned(self, told: Told, own: int) -> tuple[date, int, datetime]:
        """By day and hour; without hour it is the first of its day or the last, as it is taken."""
        if told.instant is not None:
            return told.days[own], 1, told.instant
        return told.days[own], 2 if own else 0, datetime.min.replace(tzinfo=UTC)

    def _discharges(self, o: Occasion, told: Told) -> bool:
        rule = o.duty.discharged
        if rule is None or told.kind not in rule.acts or any(told.act.details.get(k) != v for k, v in rule.match.items()):
            return False
        if o.body and told.act.details.get("body") != o.body:
            return False
        if o.by is not None:
            if told.act.hash == o.by.act.hash or (rule.replies and told.act.replies_to != o.by.act.hash):
                return False
            if any(told.act.details.get(k) != o.by.act.details.get(k) for k in rule.same):
                return False
        if rule.by == "debtor":
            return not o.debtor or self.reading.same(told.who, o.debtor)
        if rule.by == "creditor":
            return (
                any(self.reading.same(told.who, c) for c in o.creditors) if o.creditors else not o.debtor or not self.reading.same(told.who, o.debtor)
            )
        return True

    def _in_its_time(self, at: When, told: Told, own: int) -> bool:
        day = told.days[own]
        if day > self.q.on:
            return False
        if "due" in told.act.details and at.due is not None:
            return told.act.details["due"] == at.due.isoformat()
        return at.opens <= day < at.closes

    def _on_time(self, at: When, told: Told, own: int) -> bool:
        if at.due is None:
            return True
        if at.at is None:
            return told.days[own] <= at.due
        if told.instant is not None:
            return told.instant <= at.at
        edge = datetime.combine(told.days[own], time.max if own else time.min, ZoneInfo(self.q.agreement.zone or "UTC"))
        return edge <= at.at

    def _complete(self, o: Occasion, rule: Discharge, opens: date) -> date | None:
        """The last day of those from ``opens`` on, without a gap, on which every discharging kind is covered."""
        party = o.debtor if rule.by == "debtor" and o.debtor else None
        if (rule.acts, party, opens) not in self.reached:
            self.reached[rule.acts, party, opens] = self._reach(rule.acts, party, opens)
        return self.reached[rule.acts, party, opens]

    def _reach(self, kinds: tuple[str, ...], party: str | None, opens: date) -> date | None:
        day, last = opens, None
        while day < NEVER and all(self._covered(kind, party, day) for kind in kinds):
            last = day
            day += DAY
        return last

    def _covered(self, kind: str, party: str | None, day: date) -> bool:
        return any(
            (not c.kinds or kind in c.kinds) and (not c.parties or party in c.parties) and (c.from_ is None or c.from_ <= day) and day <= c.through
            for c in self.q.coverage
        )

    def _limits(self, o: Occasion, doubtful: bool) -> tuple[str | None, tuple[str, ...]]:
        limits = [(m, n) for m in o.duty.limits if holds(m, self.q.on) and (n := self.reading.number(m, o.debtor)) is not None]
        if not limits:
            return None, ()
        if o.duty.discharged is None:
            return "open", ()
        reports = [t for t in self.reading.told if self._discharges(o, t) and t.days[1] <= self.q.on and (doubtful or not t.doubtful)]
        reports.sort(key=lambda t: (t.days[1], t.act.ref, t.act.hash))
        said = []
        for measure, most in limits:
            numbers = [int(t.act.details[measure.measure]) for t in reports if t.act.details.get(measure.measure, "").isdigit()]
            said.append("not known" if not numbers else "exceeded" if numbers[-1] > most else "kept")
        return next(state for state in ("exceeded", "not known", "kept") if state in said), ()
