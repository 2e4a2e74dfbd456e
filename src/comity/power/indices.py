"""How much each one's vote can do under a rule: Banzhaf, Shapley-Shubik, Coleman, as fractions; and what a change of rule or membership does.

Source: how-power-is-measured.md, sections 3 and 4. Penrose 1946; Shapley and Shubik 1954; Banzhaf 1965; Coleman 1971.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from comity.agreements.decision_rules import DecisionRule
from comity.power.games import game_of
from comity.power.winners import Winners, winners
from comity.votes import Voter


@dataclass(frozen=True, slots=True)
class MemberPower:
    """What one member's vote can do.

    ``swings``: coalitions that win with it and not without it. ``banzhaf``: absolute, the part of all ways in which the others can vote.
    ``share``: of the swings of all (normalised Banzhaf). ``shapley``: Shapley-Shubik. ``prevents``, ``initiates``: Coleman's, None where
    there is nothing that passes, or nothing that fails.
    """

    code: str
    swings: int
    banzhaf: Fraction
    share: Fraction
    shapley: Fraction
    prevents: Fraction | None
    initiates: Fraction | None


@dataclass(frozen=True, slots=True)
class Power:
    """The power of all votes under one rule. ``wins``: how many of ``coalitions`` win; ``acts``: Coleman's power of the body to act."""

    members: tuple[MemberPower, ...]
    wins: int
    coalitions: int
    acts: Fraction

    def of(self, code: str) -> MemberPower | None:
        """That of one member; None where it has no vote."""
        return next((member for member in self.members if member.code == code), None)


@dataclass(frozen=True, slots=True)
class PowerChange:
    """One member's power before and after; None where it has no vote."""

    code: str
    before: MemberPower | None
    after: MemberPower | None

    @property
    def banzhaf(self) -> Fraction | None:
        """By how much the absolute index rises; None where it has a vote in one of both only."""
        return None if self.before is None or self.after is None else self.after.banzhaf - self.before.banzhaf

    @property
    def share(self) -> Fraction | None:
        """By how much the normalised index rises."""
        return None if self.before is None or self.after is None else self.after.share - self.before.share

    @property
    def shapley(self) -> Fraction | None:
        """By how much the Shapley-Shubik index rises."""
        return None if self.before is None or self.after is None else self.after.shapley - self.before.shapley


@dataclass(frozen=True, slots=True)
class PowerCompared:
    """Power before and after, and what changed for each member of either, in their order."""

    before: Power
    after: Power
    members: tuple[PowerChange, ...]


def power_of(rule: DecisionRule, voters: Sequence[Voter]) -> Power:
    """The power of each vote, where those who do not vote yes vote no; in the order of the voters who have a vote."""
    game = game_of(rule, voters)
    counted = winners(game)
    number = len(game.players)
    swings = [counted.swings(player) for player in range(number)]
    every = sum(swings)
    lost = 2**number - counted.number
    members = tuple(
        MemberPower(
            code=code,
            swings=swings[player],
            banzhaf=Fraction(swings[player], 2 ** (number - 1)),
            share=Fraction(swings[player], every) if every else Fraction(),
            shapley=_shapley(counted, player),
            prevents=Fraction(swings[player], counted.number) if counted.number else None,
            initiates=Fraction(swings[player], lost) if lost else None,
        )
        for player, code in enumerate(game.players)
    )
    return Power(members, counted.number, 2**number, Fraction(counted.number, 2**number))


def _shapley(counted: Winners, player: int) -> Fraction:
    """The part of all orders in which the player makes those who have come win: of those of each size that win with it, less without it."""
    number = len(counted.by_size) - 1
    orders = 0
    for size, (wins, having) in enumerate(zip(counted.by_size, counted.having[player], strict=True)):
        if having:
            orders += factorial(size - 1) * factorial(number - size) * having
        if wins - having:
            orders -= factorial(size) * factorial(number - size - 1) * (wins - having)
    return Fraction(orders, factorial(number))


def compare_power(rule: DecisionRule, voters: Sequence[Voter], than_rule: DecisionRule, than_voters: Sequence[Voter]) -> PowerCompared:
    """The power of each vote under the second rule with its voters, beside that under the first."""
    before, after = power_of(rule, voters), power_of(than_rule, than_voters)
    codes = dict.fromkeys(member.code for one in (before, after) for member in one.members)
    return PowerCompared(before, after, tuple(PowerChange(code, before.of(code), after.of(code)) for code in codes))
