"""How a dispute goes through its acts in one reading, literally as docs/explanation/how-disputes-are-followed.md says (1 to 5).

It shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from comity.agreements.clauses import Agreement, Coverage
from comity.agreements.requirements import Lead
from comity.agreements.settlements import Settlement, SettlementStep
from comity.terms import Verdict, add
from oracles.duties import working
from oracles.kept_acts import KeptAct

DAY = timedelta(days=1)
# 2.1
KINDS = (
    "raise-dispute", "request", "request-settlement", "offer-good-offices", "consult", "mediate", "meet", "appoint-member", "reply", "report",
    "fail-to-appear", "fail-settlement", "award", "settle-dispute", "withdraw-dispute",
)  # fmt: skip
# 2.4
OWN = {
    "request-settlement", "offer-good-offices", "appoint-member", "fail-settlement", "fail-to-appear", "settle-dispute", "withdraw-dispute",
}  # fmt: skip
# 3.1, 3.2
ASKING = ("request", "request-settlement", "offer-good-offices")
STARTING = {
    "consult": ("consultation", "negotiation"),
    "mediate": ("good-offices", "mediation"),
    "meet": ("consultation", "negotiation", "joint-commission", "organ"),
}
BEGINNABLE = ("not-begun", "refused", "failed")
YES, NO, CONTESTED, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.CONTESTED, Verdict.UNKNOWN
Ripe = tuple[Verdict, date | None]


@dataclass
class Running:
    """A step in one reading."""

    state: str = "not-begun"
    since: date | None = None
    asked: date | None = None
    at: datetime | None = None
    by: str | None = None
    appointed: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Step:
    clause: str
    number: int
    says: SettlementStep


def later(day: date, at: datetime | None, lead: Lead, zone: str | None) -> date:
    # 1.3
    if lead.hours is not None:
        if at is None:
            return day + DAY * (-(-lead.hours // 24))
        return (at + timedelta(hours=lead.hours)).astimezone(ZoneInfo(zone) if zone else UTC).date()
    if lead.working_days is not None:
        return working(day, 1, lead)
    return add(day, lead.delay)


class Reading:
    """A dispute taken through its acts, some of which have no effect."""

    def __init__(self, case: Case, on: date) -> None:
        self.case, self.on = case, on
        self.there = False
        self.raised = date.min
        self.raised_at: datetime | None = None
        self.over: str | None = None
        self.agreed: set[str] = set()
        self.steps = [Running() for _ in case.steps]
        self.findings: list[tuple[str, str]] = []

    def find(self, code: str, act: KeptAct) -> None:
        self.findings.append((code, act.act.ref))

    def take(self, act: KeptAct, day: date) -> None:
        if not self.there and act is not self.case.root:
            return self.find("dispute-before", act)
        if self.over is not None:
            return self.find("dispute-over", act)
        number = self.case.about(act)
        step = None if number is None else self.steps[number]
        if act is self.case.root:
            self.there, self.raised, self.raised_at = True, day, instant(act)
            if len(self.case.sides) == 1:
                self.find("dispute-no-other-side", act)
            if act.kind == "raise-dispute":
                return None
        if number is None and (act.kind in (*ASKING, *STARTING, "award")):
            self.find("dispute-outside-clause", act)
        getattr(self, f"_{act.kind.replace('-', '_')}")(act, day, number, step)
        return None

    def _ask(self, act: KeptAct, day: date, number: int | None, step: Running | None) -> None:
        # 4.2
        if step is None or number is None:
            return
        if step.state in BEGINNABLE:
            self._look(act, day, number)
            step.state, step.since, step.asked, step.at, step.by = "asked", day, day, instant(act), act.who
            step.appointed = set()
        elif (
            step.state == "asked"
            and self.case.steps[number].says.begun_by == "both"
            and step.by in self.case.sides
            and act.who in self.case.sides
            and act.who != step.by
        ):
            step.state, step.since = "under-way", day

    _request = _request_settlement = _offer_good_offices = _ask

    def _start(self, act: KeptAct, day: date, number: int | None, step: Running | None) -> None:
        # 4.3
        if step is None or number is None or step.state not in (*BEGINNABLE, "asked"):
            return
        if step.state != "asked":
            self._look(act, day, number)
            step.asked, step.at, step.by, step.appointed = day, instant(act), act.who, set()
        step.state, step.since = "under-way", day

    _consult = _mediate = _meet = _start

    def _look(self, act: KeptAct, day: date, number: int) -> None:
        # 4.12
        if self.ripe(number, day)[0] is NO:
            self.find("dispute-too-early", act)
        if self.case.steps[number].says.begun_by == "organ" and act.who in self.case.sides:
            self.find("dispute-not-theirs", act)

    def _appoint_member(self, act: KeptAct, day: date, _: int | None, step: Running | None) -> None:
        # 4.5
        whose = act.act.details.get("for", act.who)
        if whose not in self.case.sides or step is None or step.state not in ("asked", "under-way"):
            return self.find("dispute-not-asked", act)
        step.appointed.add(whose)
        if step.state == "asked" and step.appointed == set(self.case.sides):
            step.state, step.since = "under-way", day
        return None

    def _reply(self, act: KeptAct, day: date, number: int | None, step: Running | None) -> None:
        answered = self.case.answers(act)
        if answered is None:
            return
        if answered.kind == "settle-dispute":  # 4.9
            if act.act.details.get("answer") == "yes" and act.who in self.case.sides and answered.who in self.case.sides:
                self._agree(act.who)
            return
        # 4.4
        if step is None or step.state != "asked" or act.who == step.by:
            return
        if act.who in self.case.sides or act.who in answered.act.counterparty:
            step.state, step.since = "refused" if act.act.details.get("answer") == "no" else "under-way", day

    def _report(self, act: KeptAct, day: date, _: int | None, step: Running | None) -> None:
        # 4.6
        if step is None or step.state not in ("asked", "under-way"):
            return self.find("dispute-not-asked", act)
        step.state, step.since = "reported", day
        return None

    def _fail_to_appear(self, *_: object) -> None:
        # 4.11
        return

    def _fail_settlement(self, act: KeptAct, day: date, _: int | None, step: Running | None) -> None:
        # 4.7
        if step is None or step.state in ("reported", "decided"):
            return
        if step.state in BEGINNABLE:
            step.asked, step.at, step.by, step.appointed = day, instant(act), act.who, set()
        step.state, step.since = "failed", day

    def _award(self, act: KeptAct, day: date, number: int | None, step: Running | None) -> None:
        # 4.8
        if step is not None and step.state in BEGINNABLE:
            step.asked, step.at, step.by, step.appointed = day, instant(act), act.who, set()
        if step is not None and number is not None and not self.case.steps[number].says.binding:
            step.state, step.since = "reported", day
            return
        if step is not None:
            step.state, step.since = "decided", day
        self.over = "decided"

    def _settle_dispute(self, act: KeptAct, *_: object) -> None:
        # 4.9
        if act.who not in self.case.sides:
            return self.find("dispute-not-a-side", act)
        self._agree(act.who)
        return None

    def _agree(self, side: str) -> None:
        self.agreed.add(side)
        if self.agreed == set(self.case.sides):
            self.over = "settled"

    def _withdraw_dispute(self, act: KeptAct, *_: object) -> None:
        # 4.10
        if act.who != self.case.sides[0]:
            return self.find("dispute-not-raiser", act)
        self.over = "withdrawn"
        return None

    # -- 5

    def ripe(self, number: int, day: date) -> Ripe:
        step, zone = self.case.steps[number], self.case.agreement.zone
        says = step.says
        if not says.follows:
            if says.after is None:
                return YES, self.raised
            past = later(self.raised, self.raised_at, says.after, zone) + DAY
            return (YES if past <= day else NO), past
        found = [
            self._ripe_after(other, says.after, day)
            for other, one in enumerate(self.case.steps)
            if one.clause == step.clause and one.number in says.follows
        ]
        for verdict in (YES, UNKNOWN, NO):
            days = [since for said, since in found if said is verdict and since is not None]
            if any(said is verdict for said, _ in found):
                return verdict, min(days, default=None)
        return NO, None

    def _ripe_after(self, other: int, after: Lead | None, day: date) -> Ripe:
        before, says, zone = self.steps[other], self.case.steps[other].says, self.case.agreement.zone
        if before.state == "not-begun":
            return NO, None
        assert before.asked is not None
        if after is not None:
            past = later(before.asked, before.at, after, zone) + DAY
            return (YES if past <= day else NO), past
        if before.state not in ("asked", "under-way"):
            return YES, before.since
        surely, silent = list[date](), list[tuple[date, bool]]()
        if says.within is not None:
            surely.append(later(before.asked, before.at, says.within, zone) + DAY)
        else:
            if says.organised is not None and before.appointed != set(self.case.sides):
                due = later(before.asked, before.at, says.organised, zone)
                silent.append((due + DAY, self.case.complete("appoint-member", before.asked, due, self.others(*before.appointed))))
            if says.answer is not None and before.state == "asked":
                due = later(before.asked, before.at, says.answer, zone)
                silent.append((due + DAY, self.case.complete(answering(says), before.asked, due, self.others(before.by))))
        sure = [one for one in surely if one <= day] + [one for one, complete in silent if one <= day and complete]
        if sure:
            return YES, min(sure)
        if past_days := [one for one, _ in silent if one <= day]:
            return UNKNOWN, min(past_days)
        if coming := [*surely, *(one for one, _ in silent)]:
            return NO, min(coming)
        return UNKNOWN, None

    def others(self, *without: str | None) -> list[str]:
        return [side for side in self.case.sides if side not in without]

    # -- what is asked of it on the day

    def where(self) -> str | None:
        return None if not self.there else self.over or "open"

    def due(self, number: int) -> date | None:
        step, answer = self.steps[number], self.case.steps[number].says.answer
        if answer is None or step.state != "asked" or step.asked is None:
            return None
        return later(step.asked, step.at, answer, self.case.agreement.zone)

    def late(self, number: int) -> Verdict:
        # 6
        due, asked = self.due(number), self.steps[number].asked
        if self.where() != "open" or due is None or asked is None or self.on <= due:
            return NO
        kind = answering(self.case.steps[number].says)
        return YES if self.case.complete(kind, asked, due, self.others(self.steps[number].by)) else UNKNOWN

    def ends(self, number: int) -> date | None:
        # 6.3
        step, says, zone = self.steps[number], self.case.steps[number].says, self.case.agreement.zone
        if self.where() != "open" or step.state not in ("asked", "under-way") or step.asked is None:
            return None
        times = [] if says.within is None else [later(step.asked, step.at, says.within, zone)]
        if says.organised is not None and self.others(*step.appointed):
            times.append(later(step.asked, step.at, says.organised, zone))
        return sorted(times)[0] if times else None

    def waiting(self, number: int) -> list[str]:
        step = self.steps[number]
        missing = self.case.steps[number].says.organised is not None and step.state in ("asked", "under-way")
        return self.others(*step.appointed) if missing else []

    def to_begin(self, number: int) -> Ripe:
        # 7.5, without the law
        if self.where() != "open" or self.steps[number].state not in BEGINNABLE:
            return NO, None
        return self.ripe(number, self.on)


def instant(act: KeptAct) -> datetime | None:
    moments = [act.act.made, act.act.received, act.act.notified, act.act.effect]
    return next(moment.instant for moment in moments if moment is not None)


def steps_of(agreement: Agreement, clause: str | None) -> list[Step]:
    # 1.1
    clauses = [one for one in agreement.clauses if isinstance(one, Settlement)]
    if clause is not None and any(one.id == clause for one in clauses):
        clauses = [one for one in clauses if one.id == clause]
    return [Step(one.id, number, step) for one in clauses for number, step in enumerate(one.steps, 1)]


@dataclass
class Case:
    """One dispute: its agreement, the act that raised it, and all acts that count."""

    agreement: Agreement
    root: KeptAct
    every: Sequence[KeptAct]
    coverage: Sequence[Coverage]
    steps: list[Step]
    sides: tuple[str, ...]

    def about(self, act: KeptAct) -> int | None:
        # 3
        details = act.act.details
        if act.kind == "request":
            return self._first(lambda s: s.asked_as is not None and s.asked_as == details.get("subject"))
        if act.kind == "request-settlement":
            body = details.get("body")
            return self._first(lambda s: s.means == details["means"] and (body is None or s.body == body))
        if act.kind == "offer-good-offices":
            return self._first(lambda s: s.means == "good-offices")
        answered = self.answers(act)
        own = None if answered is None else self.about(answered)
        if act.kind in STARTING:
            means = STARTING[act.kind]
            if own is not None and self.steps[own].says.means in means:
                return own
            return self._first(lambda s: s.means in means)
        if act.kind in ("appoint-member", "reply", "report", "fail-to-appear", "fail-settlement", "award"):
            if act.kind == "fail-settlement" and answered is None and "means" in details:
                return self._first(lambda s: s.means == details["means"])
            return own
        return None

    def answers(self, act: KeptAct) -> KeptAct | None:
        # 3.3
        before = next((one for one in self.every if one.id == act.act.replies_to), None)
        if before is None or before.kind == "raise-dispute":
            return None
        if before.kind in (*ASKING, *STARTING, "settle-dispute"):
            return before
        return self.answers(before)

    def _first(self, fits: Callable[[SettlementStep], bool]) -> int | None:
        return next((number for number, step in enumerate(self.steps) if fits(step.says)), None)

    def complete(self, kind: str, start: date, end: date, whose: Sequence[str]) -> bool:
        # 6.2
        day = start
        while day <= end:
            of_all = any(not one.parties and covers(one, kind, day) for one in self.coverage)
            of_each = whose and all(any(side in one.parties and covers(one, kind, day) for one in self.coverage) or of_all for side in whose)
            if not of_all and not of_each:
                return False
            day += DAY
        return True


def answering(step: SettlementStep) -> str:
    # 6.2
    return {"joint-commission": "meet", "negotiation": "consult"}.get(step.means, "reply")


def covers(one: Coverage, kind: str, day: date) -> bool:
    return (not one.kinds or kind in one.kinds) and (one.from_ is None or one.from_ <= day) and day <= one.through
