"""Roll calls on a day, or on one of several, in drawn worlds: counted by the room, and day by day by the slow reading."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date, timedelta

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Coverage
from comity.agreements.decision_rules import Bar, DecisionRule, Electorate, Share, Vote, WeightTable
from comity.parties import Register
from comity.standing import Record, Standing
from comity.terms import parse_moment
from comity.votes import ReplayedVote, RollCall, replay
from oracles import decisions as slow
from oracles import replays as oracle
from tests.decisions.drawn import KNOWN, REGISTER, START, STATES, TURN, Drawing, many, party

REPLAYED = 240
SHIFT = TURN + timedelta(days=2)
"""The day on which tables and rules change; OLD becomes NEW two days before, and GON is gone on it."""
PARTIES = Register({**REGISTER.parties, "GON": party("GON", end=SHIFT)}, REGISTER.successions)
Drawn = tuple[Standing, tuple[str, ...], tuple[RollCall, ...]]


class Replaying(Drawing):
    """Draws a world in which two rules hold, mostly of one electorate, and votes under them, many about the day on which OLD becomes NEW."""

    def electorate(self) -> Electorate:
        drawn = super().electorate()
        if self.chance(35):
            return drawn
        return replace(drawn, of=self.r.choice(("parties", "members", "elected")), parties=(), except_=(), size=None)

    def share(self, inner: bool = True) -> Share:
        drawn = super().share(inner)
        return replace(drawn, count="members") if self.chance(80) and drawn.all_but_fewest is None else drawn

    def table(self, name: str) -> WeightTable:
        drawn = super().table(name)
        lacks = self.r.choice((*STATES, None, None, None, None, None))
        start, end = self.r.choice(((None, None), (None, None), (SHIFT, None), (None, SHIFT)))
        return replace(drawn, start=start, end=end, values={code: figure for code, figure in drawn.values.items() if code != lacks})

    def rule(self, name: str = "one", start: date | None = None, end: date | None = None) -> DecisionRule:
        drawn = replace(super().rule(name, start, end), besides="something" if self.chance(12) else None)
        bars = [replace(bar, by=(*bar.by, self.r.choice(("OLD", "NEW")))) if bar.by and self.chance(60) else bar for bar in drawn.bars]
        return replace(drawn, bars=tuple(bars) if self.chance(50) else ())

    def rules(self) -> tuple[list[DecisionRule], DecisionRule]:
        one, two = self.rule("one"), self.rule("two")
        two = replace(two, electorate=one.electorate) if self.chance(70) else two
        two = replace(two, body="Elsewhere") if self.chance(25) else two
        later = replace(self.rule("one", start=SHIFT), electorate=self.electorate() if self.chance(50) else one.electorate)
        return ([replace(one, end=SHIFT), later] if self.chance(20) else [one]), two

    def call(self, number: int, rules: tuple[str, ...]) -> RollCall:
        first = TURN + timedelta(days=self.r.randrange(-4, 4)) if self.chance(60) else self.day(70)
        last = first if self.chance(40) else first + timedelta(days=self.r.randrange(1, 6))
        cast: dict[str, Vote] = {
            code: vote for code, vote in self.ballots((*STATES, "GHI", "GON")).items() if not (code == "NEW" and self.chance(70))
        }
        under = self.r.choice((None, None, None, *rules, "pact/three"))
        return RollCall(number, 1, first, last, "R", "drawn", cast, under, "", True if self.chance(40) else None)

    def coverage(self, always: bool) -> tuple[Coverage, ...]:
        return super().coverage(always and self.chance(85))

    def quiet(self) -> Drawn:
        """A council elected on the first day, in which nothing turns but OLD into NEW, or a table, or the rule, as what it names does."""
        sort = self.r.randrange(6)
        council = Electorate(of="elected")
        plain = replace(self.rule("one"), electorate=council, passes=((Share(more="1/2"),),), bars=(), quorum=None, besides=None)
        rules = [
            [replace(plain, electorate=replace(council, parties=(self.r.choice(("OLD", "NEW")),)))],
            [replace(plain, electorate=replace(council, except_=(self.r.choice(("OLD", "NEW")),)))],
            [replace(plain, bars=(Bar(by=(self.r.choice(("OLD", "NEW", "GON")),)),))],
            [replace(plain, passes=((Share(count="people", more="1/2"),),))],
            [replace(plain, end=SHIFT), replace(plain, start=SHIFT, passes=((Share(least="1"),),), besides=self.r.choice((None, "something")))],
            [plain],
        ][sort]
        other_seats = self.r.choice((council, Electorate(of="elected", body="Elsewhere"), Electorate(of="parties")))
        two = replace(
            plain, id="two", body=self.r.choice(("Council", "Elsewhere")), electorate=other_seats, bars=(Bar(by=("GON",)),) if self.chance(50) else ()
        )
        codes = ("AAA", "BBB", self.r.choice(("OLD", "GON") if sort in (1, 2, 5) else ("CCC",)))
        act = Act(
            kind="elect", actor="ORG", ref="council", agreement="pact", counterparty=codes, made=parse_moment(f"{START}"),
            details={"body": "Council"}, source=Source("drawn"),
        )  # fmt: skip
        pact, other = self.agreement("pact", *rules, two), self.agreement("other")
        standing = Standing(Record((pact, other), (Entry(act, START),), PARTIES, ()), on=self.r.choice((START, KNOWN)), known=KNOWN)
        names = ("pact/one", "pact/two") if self.chance(50) else ("pact/one",)
        return standing, names, tuple(self.call(number, names) for number in range(4))

    def replayed(self) -> Drawn:
        if self.chance(50):
            return self.quiet()
        one, two = self.rules()
        elsewhere = self.chance(25)
        pact = self.agreement("pact", *one, *(() if elsewhere else (two,)))
        other = self.agreement("other", *((two,) if elsewhere else ()))
        self.memberships("pact")
        self.memberships("other")
        proposal = self.proposal()
        self.seats_and_losses(proposal)
        self.doubts()
        record = Record((pact, other), tuple(self.entries), PARTIES, ())
        standing = Standing(record, on=START, known=KNOWN, viewer=self.r.choice((None, None, None, "BBB", "public")))
        rules = ("pact/one", "other/two" if elsewhere else "pact/two")
        return standing, rules, tuple(self.call(number, rules) for number in range(2))


def _doubtful(doubts: int) -> Drawn:
    """A vote of so many members, each of which is in doubt."""
    standing, _, _, ballots = many(doubts)
    return standing, ("pact/one",), (RollCall(1, 1, TURN, TURN, "R", "drawn", ballots, adopted=True),)


@functools.cache
def drawn() -> tuple[Drawn, ...]:
    return (*(Replaying(seed).replayed() for seed in range(REPLAYED)), _doubtful(10), _doubtful(11))


def _world(standing: Standing, on: date) -> slow.World:
    record = standing.record
    assert isinstance(record, Record)
    agreements = {a.id: a for a in record.agreements}
    there = standing.on_day(on)
    bound = {a: {code: there.verdict_bound(code, a)[0] for code in record.register.parties} for a in agreements}
    return slow.World(record.entries, agreements, record.coverage, record.register, bound, on, standing.known, standing.viewer, None, {})


@functools.cache
def slowly() -> tuple[tuple[oracle.Replay, ...], ...]:
    """What the slow reading says of each."""
    found = []
    for standing, rules, calls in drawn():
        told = []
        for call in calls:
            days = [_world(standing, call.first + timedelta(days=n)) for n in range((call.last - call.first).days + 1)]
            votes = {code: str(vote) for code, vote in call.ballots.items()}
            told.append(oracle.replay(days, rules, votes, call.under, call.adopted is True))
        found.append(tuple(told))
    return tuple(found)


def _as_told(vote: ReplayedVote) -> oracle.Replay:
    return oracle.Replay(
        {rule: frozenset(outcome.value for outcome in vote.outcomes(rule)) for rule in vote.tallies},
        frozenset(vote.unseated),
        frozenset(vote.perhaps),
        frozenset(vote.silent),
        vote.differs,
        None if vote.outcome is None else vote.outcome.value,
        vote.contradicts,
    )


def quickly(one: Drawn) -> tuple[oracle.Replay, ...]:
    """What the room says: all roll calls at once, so that electorates are shared between them."""
    standing, rules, calls = one
    return tuple(_as_told(vote) for vote in replay(standing, rules, calls))


def replays_agree() -> bool:
    """Does the room say the same of all of them?"""
    return all(quickly(one) == told for one, told in zip(drawn(), slowly(), strict=True))
