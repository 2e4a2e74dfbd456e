"""One proposal with its acts, its rule and its dates: sections 1 and 2 of how-a-decision-is-followed.md, literally.

It shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from comity.agreements.clauses import Coverage
from comity.agreements.decision_rules import DecisionRule, Silence
from comity.decisions.proposals import Counting
from comity.terms import Moment, parse_moment
from oracles.kept_acts import KeptAct
from oracles.silence import end_of_day

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
# 1.1 in the order in which those of one second are taken
KINDS = (
    "propose", "amend-proposal", "set-silence", "extend-silence", "call-vote", "state-position", "break-silence", "restore-silence", "vote",
    "defer-decision", "withdraw-proposal", "close-vote", "decide",
)  # fmt: skip
Place = tuple[datetime, int, str, str]


@dataclass
class Case:
    """One proposal with its acts and its rule."""

    proposal: KeptAct
    acts: list[KeptAct]
    rule: DecisionRule | None
    zone: str | None
    coverage: list[Coverage]
    counting: Counting
    to: datetime

    @property
    def silence(self) -> Silence:
        return self.rule.silence if self.rule is not None and self.rule.silence is not None else Silence()

    def answers(self, act: KeptAct) -> bool:
        return act.kind in ("break-silence", "restore-silence", "vote") or (act.kind == "amend-proposal" and act.who != self.proposal.who)

    def moment(self, act: KeptAct) -> Moment:
        # 2.1
        one = act.act
        when = one.received or one.made if self.answers(act) else one.made or one.received
        found = when or one.notified or one.effect
        assert found is not None
        return found

    def span(self, moment: Moment) -> tuple[datetime, datetime]:
        # 2.2
        if moment.instant is not None:
            return moment.instant, moment.instant
        return end_of_day(moment.first - DAY, self.zone), end_of_day(moment.last, self.zone) - SECOND

    def can_be(self, act: KeptAct) -> tuple[datetime, datetime]:
        moment = self.moment(act)
        if act.kind in ("close-vote", "decide") and moment.instant is None:  # 2.3
            return end_of_day(moment.first, self.zone) - SECOND, end_of_day(moment.last, self.zone) - SECOND
        return self.span(moment)

    def deadline(self, act: KeptAct, name: str) -> datetime | None:
        # 2.5
        if name not in act.act.details:
            return None
        moment = parse_moment(act.act.details[name])
        return moment.instant if moment.instant is not None else end_of_day(moment.last, self.zone)

    def day(self, at: datetime) -> date:
        return at.date() if self.zone is None else at.astimezone(ZoneInfo(self.zone)).date()

    def complete(self, kinds: Iterable[str], start: date, end: date) -> bool:
        day = start
        while day <= end:
            for kind in kinds:
                if not any(
                    not c.parties and (not c.kinds or kind in c.kinds) and (c.from_ is None or c.from_ <= day) and day <= c.through
                    for c in self.coverage
                ):
                    return False
            day += DAY
        return True


Ways = Mapping[str, bool | None]


def placed(case: Case, ways: Ways) -> list[tuple[Place, KeptAct]]:
    """2.4 the acts that have effect, in their order."""
    at: dict[str, datetime] = {}
    by_id = {act.id: act for act in case.acts}
    waiting = [act for act in case.acts if ways[act.id] is not None]
    while waiting:
        act = waiting.pop(0)
        floors = [] if act.id == case.proposal.id or ways[case.proposal.id] is None else [case.proposal.id]
        other = by_id.get(act.act.replies_to or "")
        if other is not None and ways[other.id] is not None:
            if act.kind == "extend-silence" and other.kind == "set-silence":
                floors.append(other.id)
            if act.kind == "restore-silence" and own(act, other):
                floors.append(other.id)
        if any(floor not in at for floor in floors):
            waiting.append(act)
            continue
        first, last = case.can_be(act)
        when = last if ways[act.id] else first
        for floor in floors:
            if when < at[floor]:
                when = min(last, at[floor])
        at[act.id] = when
    return sorted(((at[a.id], KINDS.index(a.kind), a.act.ref, a.id), a) for a in case.acts if a.id in at)


def own(restore: KeptAct, other: KeptAct) -> bool:
    return restore.act.replies_to == other.id and other.kind in ("break-silence", "amend-proposal") and other.who == restore.who
