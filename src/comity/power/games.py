"""A rule with its voters as what each coalition of players needs to win; what stops a proposal, as such a list too.

Source: how-power-is-measured.md, sections 2 and 5.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from comity.agreements.decision_rules import Bar, DecisionRule, Share, Vote
from comity.terms import BadInput
from comity.votes import Ballots, Voter, count, needed_of, weight

Others = Literal["vote-no", "do-anything"]
"""What those do who are not in a coalition: they vote no (binary voting), or whatever defeats it."""
Way = tuple[int, ...]
"""At least so much under each name."""
NEVER = sys.maxsize
"""So many steps are never taken: what takes them does not do for the game."""
_Need = dict[int, int]
_LEAVES_OUT: tuple[Vote, ...] = ("absent", "abstain", "constructive", "no")
"""Votes but yes, those first that leave the most out of the whole of which a share is taken."""


@dataclass(frozen=True, slots=True)
class Game:
    """Who plays, what each weighs under each name (the first is *members*: one each), and the ways to win: a coalition that has all of one."""

    players: tuple[str, ...]
    weights: tuple[tuple[int, ...], ...]
    ways: tuple[Way, ...]

    def wins(self, coalition: Iterable[int]) -> bool:
        """Do these players (by their place) win together?"""
        has = self.sums(coalition)
        return any(all(h >= t for h, t in zip(has, way, strict=True)) for way in self.ways)

    def sums(self, coalition: Iterable[int]) -> tuple[int, ...]:
        """What these players weigh together, under each name."""
        inside = list(coalition)
        return tuple(sum(self.weights[player][name] for player in inside) for name in range(self.names))

    @property
    def names(self) -> int:
        """Under how many names they weigh something."""
        return len(self.ways[0]) if self.ways else 1

    def among(self, players: Sequence[int], given: Sequence[int] = ()) -> Game:
        """The game of these players alone, where those ``given`` vote yes and all others no."""
        has = self.sums(given)
        ways = [tuple(t - h for t, h in zip(way, has, strict=True)) for way in self.ways]
        return game_won_by([self.players[p] for p in players], [self.weights[p] for p in players], ways)

    def against(self) -> Game:
        """The game of stopping: a coalition wins in it if all others do not win in this one."""
        most = self.sums(range(len(self.players)))
        ways: list[Way] = [(0,) * self.names]
        for way in self.ways:
            stops = [(name, most[name] - t + 1) for name, t in enumerate(way) if t]
            ways = antichain(tuple(max(t, s) if at == name else t for at, t in enumerate(one)) for one in ways for name, s in stops)
        return game_won_by(self.players, self.weights, ways)


def game_won_by(players: Sequence[str], weights: Sequence[tuple[int, ...]], ways: Iterable[Way]) -> Game:
    """The game of these ways: none that all together do not reach, none that another makes idle, no name that no way asks for."""
    within_reach = [way for way in ways if all(least <= sum(each[name] for each in weights) for name, least in enumerate(way))]
    found = antichain(tuple(max(0, least) for least in way) for way in within_reach)
    asked = sorted({0, *(name for way in found for name, least in enumerate(way) if least)})
    kept = (tuple(tuple(each[name] for name in asked) for each in some) for some in (weights, found))
    return Game(tuple(players), *kept)


def antichain(ways: Iterable[Way]) -> list[Way]:
    """The ways that no other makes idle, each once."""
    every = sorted(set(ways))
    return [way for way in every if not any(all(o <= w for o, w in zip(other, way, strict=True)) for other in every if other != way)]


def game_of(rule: DecisionRule, voters: Sequence[Voter], ballots: Ballots | None = None, others: Others = "vote-no") -> Game:
    """Who is left to vote, and what a coalition of them needs that others cannot take from it. Source: sections 1.5 and 2."""
    refuse_unmeasured(rule)
    table = _Table(rule, voters, ballots or {}, others)
    ways = table.ways()
    return game_won_by(table.players, table.weights(), ways)


class _Table:
    """What is needed under one rule, by name: a name is what is counted, and of whom."""

    def __init__(self, rule: DecisionRule, voters: Sequence[Voter], ballots: Ballots, others: Others) -> None:
        self.rule, self.voters, self.others = rule, voters, others
        self.left = [voter for voter in voters if voter.has_vote and voter.code not in ballots]
        self.players = tuple(voter.code for voter in self.left)
        self.cast: dict[str, Vote] = {v.code: ballots[v.code] if v.has_vote else "absent" for v in voters if v.code not in set(self.players)}
        self.counts: list[tuple[str, tuple[str, ...]]] = [("members", ())]

    def weights(self) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(weight(v, c) if not by or v.code in by else 0 for c, by in self.counts) for v in self.left)

    def name(self, counted: str, by: tuple[str, ...] = ()) -> int:
        if (counted, by) not in self.counts:
            self.counts.append((counted, by))
        return self.counts.index((counted, by))

    def ways(self) -> list[Way]:
        """All of one of the ways to pass, and of each bar one of the things that keep it from holding, and the quorum."""
        tally = count(self.rule, self.voters, {**self.cast, **dict.fromkeys(self.players, "no")})
        passes = [[(self.name(one.share.count), one.needs - one.has) for one in way] for way in tally.ways] or [[]]
        parts = [[_together(way) for way in passes], *(self.kept_off(bar) for bar in self.rule.bars), self.quorum()]
        if not any(voter.has_vote for voter in self.voters):
            parts.append([])
        needs = [_together(need for part in chosen for need in part.items()) for chosen in product(*parts)]
        return antichain(tuple(need.get(name, 0) for name in range(len(self.counts))) for need in needs)

    def quorum(self) -> list[_Need]:
        share = self.rule.quorum
        if share is None:
            return [{}]
        stay = self.others == "do-anything"
        there = [v for v in self.voters if self.cast.get(v.code, "no") != "absent"]
        has = sum(weight(v, share.count) for v in there if not stay or v.code not in self.players)
        if not stay:
            return [{}] if has >= self.needs_of_all(share) else []
        return self.least(self.left, share, (), lambda yes: has + yes >= self.needs(share, "absent", yes))

    def kept_off(self, bar: Bar) -> list[_Need]:
        """What keeps a bar from holding: one of these."""
        who = [v for v in self.voters if not bar.by or v.code in bar.by]
        holding = [v for v in who if self.cast.get(v.code) in bar.votes]
        vote = next((v for v in _LEAVES_OUT if v in bar.votes and (v == "no" or self.others == "do-anything")), None)
        coming = [v for v in who if v.code in self.players] if vote is not None else []
        if not bar.shares:
            return [] if holding else [{self.name("members", bar.by): len(coming)}]
        return [need for share in bar.shares for need in self.not_reached(share, bar, holding, coming, vote or "no")]

    def not_reached(self, share: Share, bar: Bar, holding: Sequence[Voter], coming: Sequence[Voter], vote: Vote) -> list[_Need]:
        has, more = (sum(weight(v, share.count) for v in some) for some in (holding, coming))
        if not coming:
            return [{}] if has < self.needs_of_all(share) else []
        return self.least(coming, share, bar.by, lambda yes: has + more - yes < self.needs(share, vote, yes))

    def varies(self, share: Share, vote: Vote) -> bool:
        """Is whoever votes so left out of the whole?"""
        return (vote == "absent" and share.among != "electorate") or (vote in ("abstain", "constructive") and share.among == "voting")

    def needs(self, share: Share, vote: Vote, yes: int) -> int:
        """What the share needs where those left weigh ``yes`` by their yes, and the rest of them vote so."""
        return self.needs_beside(share, yes) if self.varies(share, vote) else self.needs_of_all(share)

    def needs_of_all(self, share: Share) -> int:
        """What it needs where all who are left are in the whole."""
        return self.needs_beside(share, sum(weight(v, share.count) for v in self.left))

    def needs_beside(self, share: Share, left: int) -> int:
        """What it needs where those left weigh so much in the whole, beside those who have voted."""
        outside = {"electorate": (), "present": ("absent",), "voting": ("absent", "abstain", "constructive")}[share.among]
        fixed = sum(weight(v, share.count) for v in self.voters if v.code in self.cast and self.cast[v.code] not in outside)
        return needed_of(share, fixed + left, self.voters)

    def least(self, of: Sequence[Voter], share: Share, by: tuple[str, ...], holds: Callable[[int], bool]) -> list[_Need]:
        """The least that the yes of these has to weigh; nothing does, where that of all of them does not."""
        most = sum(weight(v, share.count) for v in of)
        return [{self.name(share.count, by): bisect_left(range(most), True, key=holds)}] if holds(most) else []


def _together(needs: Iterable[tuple[int, int]]) -> _Need:
    found: _Need = {}
    for name, least in needs:
        found[name] = max(found.get(name, 0), least)
    return found


def refuse_unmeasured(rule: DecisionRule) -> None:
    """BadInput where it could defeat a proposal that somebody votes yes, or that one more is there. Source: section 5.2."""
    for bar in rule.bars:
        if "yes" in bar.votes:
            raise BadInput(f"{rule.id}: a bar counts votes of yes; what votes can do is not told of such a rule")
        if bar.by and any(share.among != "electorate" for share in bar.shares):
            raise BadInput(f"{rule.id}: a bar of named members by a share of those there; what votes can do is not told of such a rule")
    shares = [share for some in (*rule.passes, *(bar.shares for bar in rule.bars)) for share in some]
    for share in [*shares, rule.quorum] if rule.quorum is not None else shares:
        inner = share.all_but_fewest
        while inner is not None:
            if inner.among != "electorate":
                raise BadInput(f"{rule.id}: a share of all but the fewest of those {inner.among}; what votes can do is not told of such a rule")
            inner = inner.all_but_fewest
