"""Power beside a plain enumeration: every coalition of the Council of the European Union looked at with numpy; swings must be the same.

The rule is that of 2014: 55 % of the members with 65 % of the population, and no fewer than four to stop it. Populations are made up.
"""

from __future__ import annotations

import time

import numpy as np

from bench.page import machine
from comity.agreements.decision_rules import DecisionRule, Share
from comity.power import blocking_coalitions, power_of, winning_coalitions
from comity.votes import Voter

SIZES = (15, 20, 24, 27)
CHUNK = 1 << 20
RULE = DecisionRule(
    kind="decision", article="16", says="55 % with 65 %, or all but three.", id="qualified-majority", body="Council", matters="all",
    passes=((Share(least="55/100"), Share(count="population", least="65/100")), (Share(all_but=3),)),
)  # fmt: skip


def section() -> list[str]:
    """The lines of the page."""
    lines = [
        f"{machine()}. Banzhaf, Shapley-Shubik and Coleman of all members, exact; the same swings in all lines.",
        "",
        "| members | coalitions | Comity (s) | numpy, every coalition (s) | times | minimal winning and blocking coalitions, Comity (s) |",
        "|---|---|---|---|---|---|",
    ]
    for number in SIZES:
        voters = members(number)
        begun = time.perf_counter()
        found = power_of(RULE, voters)
        ours = time.perf_counter() - begun
        begun = time.perf_counter()
        swings = enumerated(voters)
        theirs = time.perf_counter() - begun
        assert [member.swings for member in found.members] == swings
        begun = time.perf_counter()
        minimal = winning_coalitions(RULE, voters).number, blocking_coalitions(RULE, voters).number
        listed = time.perf_counter() - begun
        lines.append(
            f"| {number} | {2**number:,} | {ours:.3f} | {theirs:.2f} | {theirs / ours:.0f} | {minimal[0]:,} and {minimal[1]:,} in {listed:.2f} |"
        )
    voters = [Voter(f"S{at}") for at in range(193)]
    begun = time.perf_counter()
    power_of(DecisionRule(kind="decision", article="18", says="", id="ga", body="GA", matters="all", passes=((Share(least="2/3"),),)), voters)
    lines.append(f"| 193 (General Assembly) | {2.0**193:.1e} | {time.perf_counter() - begun:.3f} | - | - | - |")
    return lines


def members(number: int) -> list[Voter]:
    """Members with populations as unequal as those of the Union."""
    return [Voter(f"M{at:02}", {"population": int(84_000_000 * 0.83**at) + 1000 * (at * at % 7)}) for at in range(number)]


def enumerated(voters: list[Voter]) -> list[int]:
    """Swings of each member, by looking at every coalition."""
    number = len(voters)
    persons = np.array([voter.weights["population"] for voter in voters], dtype=np.int64)
    quota, least = -(-int(persons.sum()) * 65 // 100), -(-number * 55 // 100)
    having, wins = np.zeros(number, dtype=np.int64), 0
    for first in range(0, 1 << number, CHUNK):
        inside = np.arange(first, min(first + CHUNK, 1 << number), dtype=np.int64)
        has, size = np.zeros(len(inside), dtype=np.int64), np.zeros(len(inside), dtype=np.int64)
        for at in range(number):
            member = (inside >> at) & 1
            has += member * persons[at]
            size += member
        winning = inside[((size >= least) & (has >= quota)) | (size >= number - 3)]
        wins += len(winning)
        having += [int(((winning >> at) & 1).sum()) for at in range(number)]
    return [2 * int(one) - wins for one in having]
