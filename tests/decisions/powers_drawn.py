"""Small rules with voters and some votes, drawn; what each vote can do, by the room and by the slow reading."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from random import Random

from comity.agreements.decision_rules import Among, Bar, DecisionRule, Share, Vote
from comity.power import blocking_coalitions, chances_of, compare_power, power_of, winning_coalitions
from comity.power.chances import Chances
from comity.power.coalitions import Coalitions, Pattern
from comity.power.games import NEVER, Game, Others, game_of
from comity.power.halves import Halves
from comity.power.indices import MemberPower, Power
from comity.power.searching import Search
from comity.power.sums import Sums
from comity.votes import Outcome, Voter
from oracles import powers as oracle

SEEDS = 220
CODES = "ABCDEFGH"
VOTES: tuple[Vote, ...] = ("yes", "no", "abstain", "constructive", "absent")
ALL = 100_000


@dataclass(frozen=True)
class Drawn:
    """A rule, its voters, the votes cast so far (none, or so many that at most four are left)."""

    rule: DecisionRule
    voters: tuple[Voter, ...]
    cast: dict[str, Vote]


class Drawing:
    """Draws one body; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.r = Random(seed)
        self.seed = seed

    def chance(self, percent: int) -> bool:
        return self.r.randrange(100) < percent

    def share(self, of: Sequence[str], *, fixed: bool = False, inner: bool = True) -> Share:
        count = self.r.choice(("members", *of))
        among: Among = "electorate" if fixed or self.chance(50) else self.r.choice(("present", "voting"))
        how = self.r.choice(("least", "least", "more", "number", "all_but", "fewest"))
        part = self.r.choice(("1/2", "2/3", "3/5", "1/3", "55/100", "3/4", "1/4"))
        if how == "number":
            return Share(count=count, among=among, least=str(self.r.randrange(0, 7)))
        if how == "all_but":
            return Share(count=count, among=among, all_but=self.r.randrange(0, 4))
        if how == "fewest" and inner:
            return Share(count=count, among=among, all_but_fewest=self.share(of, fixed=True, inner=False))
        return Share(count=count, among=among, more=part) if how == "more" else Share(count=count, among=among, least=part)

    def bar(self, codes: Sequence[str], of: Sequence[str]) -> Bar:
        votes = tuple(self.r.sample(VOTES[1:], self.r.choice((1, 1, 1, 2, 3)))) if self.chance(50) else ("no",)
        by = tuple(self.r.sample(codes, self.r.randrange(1, min(3, len(codes)) + 1))) if self.chance(45) else ()
        if by and self.chance(10):
            by = (*by, "ELSEWHERE")
        shares = tuple(self.share(of, fixed=bool(by)) for _ in range(self.r.choice((1, 2)))) if self.chance(45 if by else 85) else ()
        return Bar(votes=votes, by=by, shares=shares)

    def body(self) -> Drawn:
        """One in which some votes matter and others do not, mostly."""
        found = self.any_body()
        if not self.chance(25):
            for _ in range(12):
                wins = oracle.winning(found.rule, found.voters, found.cast)
                if len({len(group) for group in oracle.minimal(wins)}) > 1:
                    break
                found = self.any_body()
        return found

    def any_body(self) -> Drawn:
        whole = self.chance(55)
        codes = CODES[: self.r.choice((1, 3, 4, 5, 6, 6, 7, 8)) if whole else self.r.choice((3, 4, 5, 6, 7))]
        of = ("votes", "people", "money")[: self.r.choice((0, 1, 2, 2, 3))]
        alike = self.chance(40)
        heavy = sorted((self.r.randrange(0, 12) for _ in codes), reverse=True)
        voters = tuple(
            Voter(
                code,
                {name: (heavy[at] * (at + 2) if alike else self.r.choice((0, 1, 1, 2, 3, 5, 8, 13))) for name in of},
                has_vote=not self.chance(6),
            )
            for at, code in enumerate(codes)
        )
        passes = tuple(tuple(self.share(of) for _ in range(self.r.choice((1, 1, 2, 3)))) for _ in range(self.r.choice((0, 1, 1, 1, 1, 2, 2, 3))))
        bars = tuple(self.bar(codes, of) for _ in range(self.r.choice((0, 0, 1, 1, 2) if passes else (0, 1, 1, 2))))
        quorum = self.share(of, fixed=self.chance(70)) if self.chance(25) else None
        rule = DecisionRule(
            kind="decision", article="1", says="drawn", id="drawn", body="Body", matters="all", passes=passes, bars=bars, quorum=quorum
        )
        cast = dict[str, Vote]()
        if not whole:
            voted = self.r.sample(codes, max(0, len(codes) - self.r.choice((0, 2, 3, 4, 4))))
            cast = {code: self.r.choice(("yes", "yes", "yes", "no", "abstain", "constructive", "absent")) for code in voted}
        return Drawn(rule, voters, cast)


@functools.cache
def drawn(seed: int) -> Drawn:
    return Drawing(seed).body()


# -- both readings, as plain values


def expanded(patterns: Sequence[Pattern]) -> list[oracle.Group]:
    """All coalitions that patterns stand for; one that is told twice stands there twice."""
    return [
        frozenset(code for some in chosen for code in some)
        for pattern in patterns
        for chosen in product(*(combinations(part.of, part.take) for part in pattern.parts))
    ]


def fast_coming(found: Chances) -> oracle.Coming:
    groups = expanded(found.enough)
    assert len(groups) == len(set(groups))
    assert sum(pattern.number for pattern in found.enough) == len(groups)
    assert found.told
    decided: dict[Outcome | None, oracle.Decided] = {None: "open", Outcome.ADOPTED: "adopted"}
    return oracle.Coming(
        decided.get(found.decided, "defeated"),
        found.can_pass,
        found.can_fail,
        frozenset(found.fails_by),
        frozenset((blocker.code, vote) for blocker in found.blockers for vote in blocker.votes),
        found.fewest,
        frozenset(groups),
    )


Told = tuple[int, dict[int, int], oracle.Group, oracle.Group, frozenset[oracle.Group]]


def slow_coalitions(who: Sequence[str], groups: set[oracle.Group]) -> Told:
    least = oracle.minimal(groups)
    sizes = {size: len([g for g in least if len(g) == size]) for size in range(len(who) + 1)}
    return len(least), {size: number for size, number in sizes.items() if number}, *oracle.in_all_and_in_none(who, least), frozenset(least)


def fast_coalitions(found: Coalitions) -> Told | None:
    """None where what it tells contradicts itself."""
    groups = expanded(found.listed)
    sizes = [pattern.size for pattern in found.listed]
    sound = found.exact and found.whole and len(groups) == len(set(groups)) and sizes == sorted(sizes) and found.in_none is not None
    if not sound or found.smallest != min((size for size, _ in found.by_size), default=None):
        return None
    return found.number, dict(found.by_size), frozenset(found.in_all), frozenset(found.in_none or ()), frozenset(groups)


def fast_indices(found: Power) -> dict[str, oracle.Indices]:
    return {m.code: oracle.Indices(m.swings, m.banzhaf, m.share, m.shapley, m.prevents, m.initiates) for m in found.members}


def groups_agree(found: Coalitions, who: Sequence[str], wins: set[oracle.Group]) -> bool:
    """Are those told together interchangeable?"""
    parts = {part.of for pattern in found.listed for part in pattern.parts}
    return all(oracle.are_interchangeable(one, other, who, wins) for part in parts for one, other in combinations(part, 2))


@dataclass(frozen=True)
class Slow:
    """What the slow reading says of one body."""

    who: tuple[str, ...]
    coming: oracle.Coming | None
    wins: dict[Others, set[oracle.Group]]
    told: dict[Others, tuple[Told, Told]]
    acting: tuple[int, int, Fraction]
    indices: dict[str, oracle.Indices]


@functools.cache
def slow(seed: int) -> Slow:
    body = drawn(seed)
    args = body.rule, body.voters, body.cast
    who = tuple(oracle.left(body.voters, body.cast))
    few = len(who) <= 4
    wins: dict[Others, set[oracle.Group]] = {"vote-no": oracle.winning(*args)}
    if few:
        wins["do-anything"] = oracle.winning_whatever(*args)
    told = {how: (slow_coalitions(who, some), slow_coalitions(who, oracle.blocking(who, some))) for how, some in wins.items()}
    everybody = oracle.left(body.voters, {})
    carries = oracle.winning(body.rule, body.voters, {})
    indices = oracle.indices(everybody, carries)
    return Slow(who, oracle.coming(*args) if few else None, wins, told, oracle.acting(everybody, carries), indices)


def body_agrees(seed: int) -> bool:
    body, wanted = drawn(seed), slow(seed)
    args = body.rule, body.voters, body.cast
    if wanted.coming is not None and fast_coming(chances_of(*args, most=ALL)) != wanted.coming:
        return False
    for how, wins in wanted.wins.items():
        found = winning_coalitions(*args, how, ALL), blocking_coalitions(*args, how, ALL)
        if tuple(fast_coalitions(one) for one in found) != wanted.told[how]:
            return False
        if not all(groups_agree(one, wanted.who, wins) for one in found):
            return False
    power = power_of(body.rule, body.voters)
    return (power.wins, power.coalitions, power.acts) == wanted.acting and fast_indices(power) == wanted.indices and compared(seed)


def compared(seed: int) -> bool:
    """Power beside that of the next body."""
    one, other = drawn(seed), drawn((seed + 1) % SEEDS)
    before, after = slow(seed).indices, slow((seed + 1) % SEEDS).indices
    found = compare_power(one.rule, one.voters, other.rule, other.voters)
    for change in found.members:
        was, is_ = before.get(change.code), after.get(change.code)
        if (_plain(change.before), _plain(change.after)) != (was, is_):
            return False
        both = None if was is None or is_ is None else (is_.banzhaf - was.banzhaf, is_.share - was.share, is_.shapley - was.shapley)
        if (both or (None, None, None)) != (change.banzhaf, change.share, change.shapley):
            return False
    return [change.code for change in found.members] == [*before, *(code for code in after if code not in before)]


def _plain(found: MemberPower | None) -> oracle.Indices | None:
    return None if found is None else oracle.Indices(found.swings, found.banzhaf, found.share, found.shapley, found.prevents, found.initiates)


def engines_agree(seed: int) -> bool:
    """Both ways to count, and the search, of the same game."""
    body = drawn(seed)
    game = game_of(body.rule, body.voters)
    return all(_counted_alike(one) for one in (game, game.against()) if one.ways)


def _counted_alike(game: Game) -> bool:
    if (Sums.steps(game), Halves.steps(game)) != tuple(
        NEVER if one is None else one for one in (by(game.weights, game.ways) for by in (oracle.steps_by_sums, oracle.steps_by_halves))
    ):
        return False
    counters = [counter(game) for counter in (Sums, Halves) if counter.steps(game) < NEVER]
    alike = all((one.by_size(), one.having()) == (counters[0].by_size(), counters[0].having()) for one in counters)
    search = Search(game, [[player] for player in range(len(game.players))])
    found = search.first(ALL, range(len(game.players) + 1))
    return alike and not search.cut and len(found) == sum(search.count().values())
