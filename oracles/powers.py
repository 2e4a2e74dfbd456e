"""The slow reading of docs/explanation/how-power-is-measured.md: every vote and every coalition is tried, literally as the text says.

It shares nothing with the fast path but types. For small bodies: eight voters, of whom five are left where all votes are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations, permutations, product
from math import factorial, prod
from typing import Literal

from comity.agreements.decision_rules import Bar, DecisionRule, Share, Vote
from comity.votes.voters import Voter

VOTES: tuple[Vote, ...] = ("yes", "no", "abstain", "constructive", "absent")
Votes = Mapping[str, Vote]
Group = frozenset[str]
Decided = Literal["adopted", "defeated", "open"]


# -- the count (how-decisions-are-counted.md, 2)


def weighs(voter: Voter, name: str) -> int:
    return 1 if name == "members" else voter.weights[name]


def whole_of(share: Share, voters: Sequence[Voter], votes: Votes) -> list[Voter]:
    if share.among == "electorate":
        return list(voters)
    if share.among == "present":
        return [voter for voter in voters if votes[voter.code] != "absent"]
    return [voter for voter in voters if votes[voter.code] in ("yes", "no")]


@cache
def number(said: str, all_: int) -> Fraction:
    """A number, or a share of the whole."""
    return Fraction(said) * (all_ if "/" in said else 1)


def reaches(share: Share, having: Sequence[Voter], whole: Sequence[Voter], voters: Sequence[Voter], votes: Votes) -> bool:
    has, all_ = (sum(weighs(voter, share.count) for voter in some) for some in (having, whole))
    if has < 1:
        return False
    if share.least is not None:
        return has >= number(share.least, all_)
    if share.more is not None:
        return has > number(share.more, all_)
    if share.all_but is not None:
        return has >= all_ - share.all_but
    inner = share.all_but_fewest
    assert inner is not None
    base = whole_of(inner, voters, votes)
    sizes = [len(some) for size in range(1, len(base) + 1) for some in combinations(base, size) if reaches(inner, some, base, voters, votes)]
    return has >= all_ - min(sizes, default=len(base))


def holds(bar: Bar, voters: Sequence[Voter], votes: Votes) -> bool:
    by = [voter for voter in voters if votes[voter.code] in bar.votes and (not bar.by or voter.code in bar.by)]
    return bool(by) and all(reaches(share, by, whole_of(share, voters, votes), voters, votes) for share in bar.shares)


def is_adopted(rule: DecisionRule, voters: Sequence[Voter], cast: Votes) -> bool:
    votes: dict[str, Vote] = {voter.code: cast.get(voter.code, "absent") if voter.has_vote else "absent" for voter in voters}
    if not any(voter.has_vote for voter in voters):
        return False
    if rule.quorum is not None:
        there = [voter for voter in voters if votes[voter.code] != "absent"]
        if not reaches(rule.quorum, there, whole_of(rule.quorum, voters, votes), voters, votes):
            return False
    yes = [voter for voter in voters if votes[voter.code] == "yes"]
    ways = [all(reaches(share, yes, whole_of(share, voters, votes), voters, votes) for share in way) for way in rule.passes]
    return (not ways or any(ways)) and not any(holds(bar, voters, votes) for bar in rule.bars)


# -- 1: what can still come


def left(voters: Sequence[Voter], cast: Votes) -> list[str]:
    return [voter.code for voter in voters if voter.has_vote and voter.code not in cast]


@dataclass(frozen=True)
class Coming:
    """Section 1: what it has come to, whether it can pass and fail, by which votes of all, who blocks alone and how, the fewest that suffice, who."""

    decided: Decided
    can_pass: bool
    can_fail: bool
    fails_by: frozenset[Vote]
    blockers: frozenset[tuple[str, Vote]]
    fewest: int | None
    enough: frozenset[Group]


def everything(rule: DecisionRule, voters: Sequence[Voter], cast: Votes) -> dict[tuple[Vote, ...], bool]:
    """For all votes of those left, in their order, whether it is adopted."""
    who = left(voters, cast)
    return {votes: is_adopted(rule, voters, {**cast, **dict(zip(who, votes, strict=True))}) for votes in product(VOTES, repeat=len(who))}


def coming(rule: DecisionRule, voters: Sequence[Voter], cast: Votes) -> Coming:
    who, found = left(voters, cast), everything(rule, voters, cast)
    can_pass = any(found.values())
    decided: Decided = "adopted" if all(found.values()) else "open" if can_pass else "defeated"
    fails_by = {vote for vote in VOTES if vote != "yes" and who and not found[(vote,) * len(who)]}
    blockers = {
        (code, vote)
        for at, code in enumerate(who)
        for vote in VOTES
        if can_pass and not any(adopted for votes, adopted in found.items() if votes[at] == vote)
    }
    sufficing = [group for group in subsets(who) if suffices(group, who, found)]
    least = min((len(group) for group in sufficing), default=None)
    enough = frozenset(g for g in sufficing if len(g) == least)
    return Coming(decided, can_pass, not all(found.values()), frozenset(fails_by), frozenset(blockers), least, enough)


def suffices(group: Group, who: Sequence[str], found: Mapping[tuple[Vote, ...], bool]) -> bool:
    """1.5"""
    return all(adopted for votes, adopted in found.items() if all(vote == "yes" for code, vote in zip(who, votes, strict=True) if code in group))


# -- 2: coalitions


def subsets(who: Sequence[str]) -> Iterator[Group]:
    return (frozenset(some) for size in range(len(who) + 1) for some in combinations(who, size))


def winning(rule: DecisionRule, voters: Sequence[Voter], cast: Votes) -> set[Group]:
    who = left(voters, cast)
    return {group for group in subsets(who) if is_adopted(rule, voters, {**cast, **{code: "yes" if code in group else "no" for code in who}})}


def winning_whatever(rule: DecisionRule, voters: Sequence[Voter], cast: Votes) -> set[Group]:
    """2.7"""
    who, found = left(voters, cast), everything(rule, voters, cast)
    return {group for group in subsets(who) if suffices(group, who, found)}


def blocking(who: Sequence[str], wins: set[Group]) -> set[Group]:
    return {group for group in subsets(who) if frozenset(who) - group not in wins}


def minimal(groups: set[Group]) -> set[Group]:
    return {group for group in groups if not any(group - {one} in groups for one in group)}


def in_all_and_in_none(who: Sequence[str], smallest: set[Group]) -> tuple[Group, Group]:
    """2.4"""
    if not smallest:
        return frozenset(), frozenset()
    return frozenset(c for c in who if all(c in g for g in smallest)), frozenset(c for c in who if not any(c in g for g in smallest))


def are_interchangeable(one: str, other: str, who: Sequence[str], wins: set[Group]) -> bool:
    """2.5"""
    apart = [group for group in subsets(who) if one not in group and other not in group]
    return all((group | {one} in wins) == (group | {other} in wins) for group in apart)


# -- 3: power


@dataclass(frozen=True)
class Indices:
    """Section 3, of one player."""

    swings: int
    banzhaf: Fraction
    share: Fraction
    shapley: Fraction
    prevents: Fraction | None
    initiates: Fraction | None


def swings_of(who: Sequence[str], wins: set[Group]) -> dict[str, int]:
    """3.1"""
    return {code: len([g for g in wins if code in g and g - {code} not in wins]) for code in who}


def acting(who: Sequence[str], wins: set[Group]) -> tuple[int, int, Fraction]:
    """3.5: coalitions that win, all that there are, and the part."""
    every = len(list(subsets(who)))
    return len(wins), every, Fraction(len(wins), every)


def indices(who: Sequence[str], wins: set[Group]) -> dict[str, Indices]:
    swings = swings_of(who, wins)
    every, number = sum(swings.values()), 2 ** len(who)
    return {
        code: Indices(
            mine,
            Fraction(mine, number // 2),
            Fraction(mine, every) if every else Fraction(0),
            shapley(code, who, wins),
            Fraction(mine, len(wins)) if wins else None,
            Fraction(mine, number - len(wins)) if len(wins) < number else None,
        )
        for code, mine in swings.items()
    }


def shapley(code: str, who: Sequence[str], wins: set[Group]) -> Fraction:
    """3.4: up to six players by all orders; else by all that can have come before, in any order, with the rest after it in any order."""
    if len(who) <= 6:
        firsts = [order[: order.index(code)] for order in permutations(who)]
        return Fraction(len([1 for first in firsts if decides(code, frozenset(first), wins)]), len(firsts))
    before = [group for group in subsets(who) if decides(code, group, wins)]
    return Fraction(sum(factorial(len(group)) * factorial(len(who) - len(group) - 1) for group in before), factorial(len(who)))


def decides(code: str, group: Group, wins: set[Group]) -> bool:
    return code not in group and group | {code} in wins and group not in wins


# -- 5.5 to 5.8: in what order, and in how many steps; of a game as what each player weighs under each name (the first: members) and what wins

Rows = Sequence[tuple[int, ...]]


def in_order(weights: Rows) -> bool:
    """5.5: of any two players, does one weigh at least as much as the other under every name?"""
    return all(
        all(a >= b for a, b in pairs) or all(a <= b for a, b in pairs) for one in weights for other in weights for pairs in [beside(one, other)]
    )


def beside(one: tuple[int, ...], other: tuple[int, ...]) -> list[tuple[int, int]]:
    return list(zip(one, other, strict=True))


def steps_by_sums(weights: Rows, ways: Rows) -> int | None:
    """5.7; None: more than one thing is weighed beside the members."""
    if len(ways[0]) > 2:
        return None
    largest = max(sum(way[1:]) for way in ways)
    return len(weights) * (largest + 1) * (len(weights) // 30 + 1)


def steps_by_halves(weights: Rows, ways: Rows) -> int | None:
    """5.7; None: nothing is weighed beside the members."""
    things = len(ways[0]) - 1
    if things == 0:
        return None
    halves = [1, 1]
    for number in sorted((weights.count(kind) for kind in set(weights)), reverse=True):
        halves = [min(halves) * (number + 1), max(halves)]
    lined = len(weights) * sum(halves)
    together = sorted(sum(weight[name] for weight in weights) for name in range(1, things + 1))
    return lined * min(lined, prod(together[: things - 2] if things > 2 else [])) * (6 if things > 1 else 1)


def steps(weights: Rows, ways: Rows) -> int:
    """5.7: the fewer."""
    return min(found for found in (steps_by_sums(weights, ways), steps_by_halves(weights, ways)) if found is not None)
