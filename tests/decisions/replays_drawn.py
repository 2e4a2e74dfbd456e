"""Roll calls on a day, or on one of several, in drawn worlds: counted by the room, and day by day by the slow reading."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date, timedelta

from comity.agreements.decision_rules import DecisionRule, Electorate, Share, Vote
from comity.standing import Record, Standing
from comity.votes import ReplayedVote, RollCall, replay
from oracles import decisions as slow
from oracles import replays as oracle
from tests.decisions.drawn import KNOWN, REGISTER, START, STATES, Drawing

RULES = ("pact/one", "pact/two")
REPLAYED = 90
Drawn = tuple[Standing, tuple[RollCall, ...]]


class Replaying(Drawing):
    """Draws a world in which two rules hold on all days, mostly of one electorate, and votes under them."""

    def electorate(self) -> Electorate:
        if self.chance(25):
            return super().electorate()
        drawn = super().electorate()
        return replace(drawn, of=self.r.choice(("parties", "members", "elected")), parties=(), except_=(), size=None)

    def share(self, inner: bool = True) -> Share:
        drawn = super().share(inner)
        return replace(drawn, count="members") if self.chance(80) and drawn.all_but_fewest is None else drawn

    def rules(self) -> list[DecisionRule]:
        one, two = self.rule("one"), self.rule("two")
        bars = () if self.chance(60) else one.bars
        return [replace(one, bars=bars), replace(two, electorate=one.electorate, bars=bars) if self.chance(70) else two]

    def call(self, number: int) -> RollCall:
        first = self.day(70)
        last = first if self.chance(40) else first + timedelta(days=self.r.randrange(1, 7))
        codes = (*STATES, "GHI")
        cast: dict[str, Vote] = {code: vote for code, vote in self.ballots(codes).items() if not (code == "NEW" and self.chance(70))}
        under = self.r.choice((None, None, None, *RULES, "pact/three"))
        return RollCall(number, 1, first, last, "R", "drawn", cast, under, "", True if self.chance(40) else None)

    def replayed(self) -> Drawn:
        rules = self.rules()
        pact, other = self.agreement("pact", *rules), self.agreement("other")
        self.memberships("pact")
        self.memberships("other")
        proposal = self.proposal()
        self.seats_and_losses(proposal)
        self.doubts()
        record = Record((pact, other), tuple(self.entries), REGISTER, ())
        standing = Standing(record, on=START, known=KNOWN, viewer=self.r.choice((None, None, None, "BBB", "public")))
        return standing, tuple(self.call(number) for number in range(2))


@functools.cache
def drawn() -> tuple[Drawn, ...]:
    return tuple(Replaying(seed).replayed() for seed in range(REPLAYED))


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
    for standing, calls in drawn():
        told = []
        for call in calls:
            days = [_world(standing, call.first + timedelta(days=n)) for n in range((call.last - call.first).days + 1)]
            names = [name.partition("/")[2] for name in RULES]
            under = None if call.under is None else call.under.partition("/")[2]
            votes = {code: str(vote) for code, vote in call.ballots.items()}
            told.append(oracle.replay(days, days[0].agreements["pact"], names, votes, under, call.adopted is True))
        found.append(tuple(told))
    return tuple(found)


def _as_told(vote: ReplayedVote) -> oracle.Replay:
    return oracle.Replay(
        {rule.partition("/")[2]: frozenset(outcome.value for outcome in vote.outcomes(rule)) for rule in vote.tallies},
        frozenset(vote.unseated),
        frozenset(vote.perhaps),
        frozenset(vote.silent),
        vote.differs,
        None if vote.outcome is None else vote.outcome.value,
    )


def quickly(one: Drawn) -> tuple[oracle.Replay, ...]:
    """What the room says: all roll calls at once, so that electorates are shared between them."""
    standing, calls = one
    return tuple(_as_told(vote) for vote in replay(standing, RULES, calls))


def replays_agree() -> bool:
    """Does the room say the same of all of them?"""
    return all(quickly(one) == told for one, told in zip(drawn(), slowly(), strict=True))
