"""On which days does an electorate turn; and who may vote on many days, worked out once for all between which nothing does?

Source: how-decisions-are-counted.md, section 3, of which each thing that can turn is told here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from comity.procedures import KeptAct, kept_acts
from comity.standing import Standing
from comity.terms import parse_day
from comity.votes.electorates import ELECT, Roll, membership, roll
from comity.votes.losses import LOSS_KINDS
from comity.votes.rules import NamedRule, rule_named

_NEVER = date.max.toordinal()


class Sharing:
    """The electorates of one rule by the day.

    Where the rule names parties (who are others in turn) or counts by a table, each day stands for itself.
    """

    def __init__(self, standing: Standing, of: NamedRule) -> None:
        self._standing, self._of = standing, of
        self._turns = sorted(set(_turns(standing, of))) if _is_plain(of) else None
        self._made = dict[date, Roll]()

    def since(self, day: date) -> date:
        """The day since which, by all that is on record, the electorate is that of the day."""
        if self._turns is None:
            return day
        at = bisect_right(self._turns, day)
        return self._turns[at - 1] if at else date.min

    def days_between(self, first: date, last: date) -> list[date]:
        """The first day, and each later one to the last on which the electorate may be another."""
        if self._turns is None:
            return [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [first, *(day for day in self._turns if first < day <= last)]

    def is_of(self, of: NamedRule) -> bool:
        """Have the two rules one electorate on every day?"""
        same = of.agreement.id == self._of.agreement.id and of.rule.electorate == self._of.rule.electorate and of.rule.body == self._of.rule.body
        return same and self._turns is not None and _is_plain(of)

    def roll(self, of: NamedRule, day: date) -> Roll:
        """Who may vote on a day under the rule, or under another of the same electorate."""
        since = self.since(day)
        if since not in self._made:
            standing = self._standing.on_day(day)
            self._made[since] = roll(standing, rule_named(standing, self._of.name))
        made = self._made[since]
        return made if of.name == self._of.name else replace(made, of=of, rule=of.rule)


def _is_plain(of: NamedRule) -> bool:
    """Does it name nobody, and count each member for one, on all days?"""
    rule = of.rule
    shares = (*(s for way in rule.passes for s in way), *(s for bar in rule.bars for s in bar.shares), *((rule.quorum,) if rule.quorum else ()))
    named = rule.electorate.parties or rule.electorate.except_ or any(bar.by for bar in rule.bars)
    counted = any(share.count != "members" or share.all_but_fewest is not None for share in shares)
    return not named and not counted and rule.start is None and rule.end is None


def _turns(standing: Standing, of: NamedRule) -> Iterator[date]:
    """Days on which somebody's being bound, an election or a loss begins or ends, or may."""
    constituent = membership(of)
    if constituent is not None:
        for code, _, _ in standing.status(constituent):
            yield from (date.fromordinal(day) for day in standing.turning_days(constituent, code) if 0 < day < _NEVER)
    for one in kept_acts(standing, (ELECT, *LOSS_KINDS)):
        if one.act.agreement == of.agreement.id:
            yield from _turns_of(one)


def _turns_of(one: KeptAct) -> Iterator[date]:
    yield from (one.first, one.last)
    for name in ("from", "until"):
        if said := one.act.details.get(name):
            yield parse_day(said)
