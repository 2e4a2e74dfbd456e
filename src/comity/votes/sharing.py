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
from comity.votes.electorates import ELECT, Roll, membership, roll, tables_of
from comity.votes.losses import LOSS_KINDS
from comity.votes.rules import NamedRule, rule_named, rule_of_persons

_NEVER = date.max.toordinal()


class Sharing:
    """The electorates of one rule by the day.

    Where the rule holds on some days only, or counts by a table, each day stands for itself.
    """

    def __init__(self, standing: Standing, of: NamedRule) -> None:
        self._standing, self._of = standing, of
        self._turns = sorted(set(_turns(standing, of))) if _is_plain(of) else None
        self._made = dict[int, Roll]()

    def stretch(self, day: date) -> int:
        """The number of the stretch of days with one electorate, by all that is on record, in which the day lies."""
        return day.toordinal() if self._turns is None else bisect_right(self._turns, day)

    def days_between(self, first: date, last: date) -> list[date]:
        """The first day, and each later one to the last on which the electorate may be another."""
        if self._turns is None:
            return [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [first, *self._turns[bisect_right(self._turns, first) : bisect_right(self._turns, last)]]

    def is_of(self, of: NamedRule) -> bool:
        """Have the two rules one electorate on every day?"""
        one, other = self._of.rule, of.rule
        same = of.agreement.id == self._of.agreement.id and one.electorate == other.electorate and one.body == other.body
        return same and self._turns is not None and _is_plain(of) and set(_named(of)) == set(_named(self._of))

    def roll(self, of: NamedRule, day: date) -> Roll:
        """Who may vote on a day under the rule, or under another of the same electorate."""
        stretch = self.stretch(day)
        if stretch not in self._made:
            standing = self._standing.on_day(day)
            self._made[stretch] = roll(standing, rule_named(standing, self._of.name))
        made = self._made[stretch]
        return made if of.name == self._of.name else replace(made, of=of, rule=rule_of_persons(of.rule, self._standing.record.register, day))


def _is_plain(of: NamedRule) -> bool:
    """Does it count each member for one, on all days?"""
    return not tables_of(of.rule) and of.rule.start is None and of.rule.end is None


def _turns(standing: Standing, of: NamedRule) -> Iterator[date]:
    """Days on which somebody's being bound, an election or a loss begins or ends, or may, or on which a person comes to be, goes, or is another."""
    constituent, register = membership(of), standing.record.register
    if constituent is not None:
        for code, _, _ in standing.status(constituent):
            yield from (date.fromordinal(day) for day in standing.turning_days(constituent, code) if 0 < day < _NEVER)
    for one in kept_acts(standing, (ELECT, *LOSS_KINDS)):
        if one.act.agreement == of.agreement.id:
            yield from _turns_of(one)
    in_turn = {code for one in register.successions if one.how == "continues" for code in (one.predecessor, one.successor)}
    for code in in_turn.union(_named(of)) & register.parties.keys():
        for span in register.parties[code].exists:
            yield from (day for day in (span.start, span.end) if day is not None)


def _named(of: NamedRule) -> Iterator[str]:
    """The parties that the rule names."""
    yield from (*of.rule.electorate.parties, *of.rule.electorate.except_)
    for bar in of.rule.bars:
        yield from bar.by


def _turns_of(one: KeptAct) -> Iterator[date]:
    yield from (one.first, one.last)
    for name in ("from", "until"):
        if said := one.act.details.get(name):
            yield parse_day(said)
