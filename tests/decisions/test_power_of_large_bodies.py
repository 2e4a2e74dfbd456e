"""Exact where nobody can try everything: beside a plain enumeration as far as that goes, and by what must hold of any size."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from random import Random

import pytest

from comity.agreements.decision_rules import Bar, DecisionRule, Share
from comity.power import blocking_coalitions, chances_of, power_of, winning_coalitions
from comity.power.games import game_of
from comity.power.winners import winners
from comity.terms import BadInput
from comity.votes import Voter


def rule(*passes: tuple[Share, ...], bars: tuple[Bar, ...] = ()) -> DecisionRule:
    return DecisionRule(kind="decision", article="1", says="So.", id="one", body="Body", matters="all", passes=passes, bars=bars)


def population(share: str) -> Share:
    return Share(count="population", least=share)


DOUBLE = rule((Share(least="55/100"), population("65/100")), (Share(all_but=3),))
"""The Council of the European Union since 2014: a blocking minority has at least four."""
PERSONS = (
    83_445_000, 68_402_000, 58_990_000, 48_610_000, 36_621_000, 19_068_000, 17_943_000, 11_833_000, 10_901_000, 10_640_000, 10_552_000, 10_400_000,
    9_585_000, 9_159_000, 6_446_000, 5_961_000, 5_604_000, 5_425_000, 5_344_000, 3_862_000, 2_886_000, 2_124_000, 1_872_000, 1_375_000, 934_000,
    672_000, 563_000,
)  # fmt: skip
"""Made up, of about the size of the members in 2024: no figure here is on record."""


def members(number: int) -> list[Voter]:
    return [Voter(f"M{at:02}", {"population": persons}) for at, persons in enumerate(PERSONS[:number])]


def test_fifteen_members_with_populations_are_counted_as_by_trying_all_coalitions() -> None:
    voters = members(15)
    total, needed = sum(PERSONS[:15]), -(-15 * 55 // 100)
    weigh = [0]
    for persons in PERSONS[:15]:
        weigh += [has + persons for has in weigh]
    wins = [(inside.bit_count() >= needed and 20 * has >= 13 * total) or inside.bit_count() >= 12 for inside, has in enumerate(weigh)]
    swings = [sum(wins[inside] and not wins[inside ^ (1 << at)] for inside in range(1 << 15) if inside >> at & 1) for at in range(15)]
    found = power_of(DOUBLE, voters)
    assert found.wins == sum(wins)
    assert [member.swings for member in found.members] == swings
    minimal = [s for s in range(1 << 15) if wins[s] and not any(s >> at & 1 and wins[s ^ (1 << at)] for at in range(15))]
    assert winning_coalitions(DOUBLE, voters).number == len(minimal)


def test_the_council_of_27_is_measured_and_what_stops_it_mirrors_what_carries() -> None:
    voters = members(27)
    game = game_of(DOUBLE, voters)
    assert game.ways == ((15, -(-65 * sum(PERSONS) // 100)), (24, 0))
    carrying, stopping = winners(game), winners(game.against())
    assert carrying.number + stopping.number == 2**27
    assert [carrying.swings(at) for at in range(27)] == [stopping.swings(at) for at in range(27)]
    found = power_of(DOUBLE, voters)
    assert sum(member.shapley for member in found.members) == 1
    assert sum(member.share for member in found.members) == 1
    assert [member.swings for member in found.members] == sorted((member.swings for member in found.members), reverse=True)


def test_what_is_left_of_the_council_can_still_come_to_something() -> None:
    voters = members(27)
    found = chances_of(DOUBLE, voters, {"M00": "no", "M01": "no", "M02": "abstain"})
    assert (found.can_pass, found.can_fail, found.decided) == (True, True, None)
    assert found.fewest == 24, "three who are not for it have more than 35 % of the population: one more stops it"
    assert [blocker.code for blocker in found.blockers] == list(found.left)
    assert found.because[0].startswith("if all 24 left vote no: not reached: at least 55 % of all members: 0 of 27, needs 15")


def test_the_general_assembly_is_a_matter_of_numbers() -> None:
    voters = [Voter(f"S{at}") for at in range(193)]
    two_thirds = rule((Share(least="2/3", among="voting"),))
    found = power_of(two_thirds, voters)
    assert {member.shapley for member in found.members} == {Fraction(1, 193)}
    assert {member.swings for member in found.members} == {comb(192, 128)}
    carrying, stopping = winning_coalitions(two_thirds, voters), blocking_coalitions(two_thirds, voters)
    assert (carrying.number, carrying.smallest, stopping.number, stopping.smallest) == (comb(193, 129), 129, comb(193, 65), 65)
    assert [(part.take, len(part.of)) for part in stopping.listed[0].parts] == [(65, 193)]


def test_two_hundred_members_of_different_weights_are_counted_exactly() -> None:
    drawn = Random(3)
    weights = [drawn.randrange(1, 9) for _ in range(200)]
    needs = -(-sum(weights) * 3 // 5)
    found = power_of(rule((Share(count="votes", least="3/5"),)), [Voter(f"V{at}", {"votes": w}) for at, w in enumerate(weights)])
    without_first = [1]
    for weight in weights[1:]:
        longer = without_first + [0] * weight
        for has, number in enumerate(without_first):
            longer[has + weight] += number
        without_first = longer
    assert found.members[0].swings == sum(without_first[needs - weights[0] : needs])
    assert sum(member.shapley for member in found.members) == 1


def test_what_is_too_large_is_refused_with_what_to_do() -> None:
    drawn = Random(7)
    voters = [Voter(f"V{at}", {"votes": drawn.randrange(1, 10**9)}) for at in range(60)]
    with pytest.raises(BadInput, match="60 voters of 60 different weights are too many to be counted exactly; round the weights"):
        power_of(rule((Share(count="votes", more="1/2"),)), voters)


def test_minimal_coalitions_that_cannot_all_be_listed_are_told_as_at_least_so_many() -> None:
    drawn = Random(5)
    voters = [Voter(f"V{at}", {"votes": drawn.randrange(1, 10**6), "seats": drawn.randrange(1, 10**6)}) for at in range(40)]
    found = winning_coalitions(rule((Share(count="votes", least="3/5"), Share(count="seats", least="3/5"))), voters, most=2)
    assert not found.exact
    assert not found.whole
    assert found.in_none is None
    assert found.number > 0
    assert len(found.listed) == 2
