"""Rules, electorates and votes, drawn: shares of every sort, seats by acts in doubt, facts, suspensions, patchy coverage and tables."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Literal

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Agreement, AnyClause, Consent, Coverage, EntryIntoForce, LaterParties
from comity.agreements.conditions import Consents
from comity.agreements.decision_rules import Among, Bar, DecisionRule, Electorate, Share, Vote, WeightTable, Without
from comity.parties import Named, Party, Register, Span, Succession
from comity.standing import Record, Standing
from comity.terms import PUBLIC, BadInput, Label, Moment, NotOnRecord, parse_moment
from comity.votes import VOTES, Result, Tally, Voter, count, result_of, roll, rule_named, rules_on_record, voters_of
from oracles import decisions as oracle

START, TURN, KNOWN = date(2028, 1, 1), date(2028, 2, 1), date(2029, 1, 1)
STATES = ("AAA", "BBB", "CCC", "DDD", "EEE", "OLD", "NEW")
SECRET = Label("NATIONAL", "SECRET", originator="BBB")
WHYS: tuple[Without, ...] = ("suspended", "in-arrears", "party-to-dispute", "concerned", "not-participating")
NUMBERS, PARTS = ("0", "1", "2", "3", "5", "8"), ("1/2", "1/3", "2/3", "3/4", "55/100", "1/1")
COUNTED, DECIDED = 2500, 1500


def party(code: str, kind: Literal["state", "organisation"] = "state", start: date | None = None, end: date | None = None) -> Party:
    return Party(code=code, kind=kind, names=(Named(code),), exists=(Span(start, end),))


PARTIES = [*(party(code) for code in STATES[:5]), party("OLD", end=TURN), party("NEW", start=TURN), party("ORG", "organisation")]
REGISTER = Register({one.code: one for one in PARTIES}, (Succession(successor="NEW", predecessor="OLD", how="continues", on=TURN),))


class Drawing:
    """Draws one world; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.r = Random(seed)
        self.entries: list[Entry] = []

    def chance(self, percent: int) -> bool:
        return self.r.randrange(100) < percent

    def day(self, most: int = 60) -> date:
        return START + timedelta(days=self.r.randrange(most))

    # -- rules

    def share(self, inner: bool = True) -> Share:
        count = self.r.choice(("members", "members", "people", "other/people") if self.chance(60) else ("members",))
        among: Among = self.r.choice(("electorate", "electorate", "present", "voting"))
        sort = self.r.choice((0, 1, 1, 1, 2, 3) if inner else (0, 1, 2))
        if sort == 0:
            return Share(count=count, among=among, least=self.r.choice(NUMBERS if self.chance(30) else PARTS))
        if sort == 1:
            return Share(count=count, among=among, more=self.r.choice(NUMBERS if self.chance(30) else PARTS))
        if sort == 2:
            return Share(count=count, among=among, all_but=self.r.randrange(4))
        return Share(among=among, all_but_fewest=self.share(inner=False))

    def shares(self, most: int) -> tuple[Share, ...]:
        return tuple(self.share() for _ in range(self.r.randrange(most + 1)))

    def bar(self) -> Bar:
        votes: tuple[Vote, ...] = tuple(self.r.sample(VOTES, self.r.choice((1, 1, 2)))) if self.chance(40) else ("no",)
        by = tuple(self.r.sample(STATES, self.r.choice((1, 2, 3)))) if self.chance(40) else ()
        return Bar(votes=votes, by=by, shares=self.shares(2) if self.chance(40) else ())

    def electorate(self) -> Electorate:
        of: Literal["parties", "members", "named", "elected"] = self.r.choice(("parties", "members", "named", "elected", "elected"))
        named = tuple(self.r.sample((*STATES, "GHI"), self.r.randrange(4))) if self.chance(80) else ()
        return Electorate(
            of=of,
            agreement="other" if of == "members" and self.chance(80) else None,
            parties=named,
            except_=(self.r.choice(STATES),) if self.chance(15) else (),
            without=tuple(self.r.sample(WHYS, self.r.choice((0, 0, 1, 2)))),
            voteless=tuple(self.r.sample(WHYS, self.r.choice((0, 0, 1, 2)))),
            body="Elsewhere" if of == "elected" and self.chance(20) else None,
            size=self.r.randrange(9) if self.chance(25) else None,
        )

    def rule(self, name: str = "one", start: date | None = None, end: date | None = None) -> DecisionRule:
        return DecisionRule(
            kind="decision",
            article="1",
            says="Drawn.",
            id=name,
            body="Council",
            matters="all",
            start=start,
            end=end,
            electorate=self.electorate(),
            passes=tuple(self.shares(2) for _ in range(self.r.choice((0, 1, 1, 2)))),
            bars=tuple(self.bar() for _ in range(self.r.choice((0, 0, 1, 2)))),
            quorum=self.share() if self.chance(25) else None,
            besides="something" if self.chance(4) else None,
        )

    def ballots(self, codes: tuple[str, ...]) -> dict[str, Vote]:
        leaning = self.r.choice((VOTES, ("yes", "no"), ("yes", "yes", "yes", "no", "abstain")))
        return {code: self.r.choice(leaning) for code in codes if self.chance(85)}

    def voters(self) -> list[Voter]:
        codes = self.r.sample((*STATES, "GHI"), self.r.randrange(7))
        figures = (0, 1, 1, 2, 3, 5, 9)
        return [Voter(c, {n: self.r.choice(figures) for n in ("people", "other/people")}, has_vote=not self.chance(12)) for c in codes]

    # -- what is on record

    def moment(self, day: date) -> Moment:
        if self.chance(12):
            return parse_moment(f"{day}/{day + timedelta(days=self.r.randrange(1, 25))}")
        return parse_moment(f"{day:%Y-%m}-xx" if self.chance(4) else f"{day}")

    def put(
        self,
        kind: str,
        actor: str,
        agreement: str | None = None,
        to: tuple[str, ...] = (),
        details: dict[str, str] | None = None,
        replies: str | None = None,
    ) -> Act:
        day, hidden = self.day(), self.chance(5)
        act = Act(
            kind=kind, actor=actor, ref=f"{kind}-{len(self.entries)}", agreement=agreement, counterparty=to, made=self.moment(day),
            replies_to=replies, details=details or {}, source=Source("drawn"), label=SECRET if hidden else PUBLIC,
            nonce=f"{len(self.entries):032x}" if hidden else None,
        )  # fmt: skip
        self.entries.append(Entry(act, day + timedelta(days=self.r.choice((0, 0, 0, 3, 20)))))
        return act

    def span(self) -> dict[str, str]:
        found = {"from": f"{self.day(40)}"} if self.chance(50) else {}
        return found | ({"until": f"{self.day(80)}"} if self.chance(50) else {})

    def memberships(self, agreement: str) -> None:
        """Consents on plain days, but for one or two."""
        unsure = self.r.sample(STATES, self.r.choice((0, 0, 1, 2)))
        for code in (*STATES, "ORG"):
            if self.chance(80):
                day = self.day(30)
                moment = parse_moment(f"{day}/{day + timedelta(days=30)}") if code in unsure and self.chance(50) else parse_moment(f"{day}")
                kind, ref = self.r.choice(("ratify", "accede")), f"{agreement}-{code}"
                act = Act(kind=kind, actor=code, ref=ref, agreement=agreement, made=moment, source=Source("drawn"))
                self.entries.append(Entry(act, day))
                if code in unsure and moment.first == moment.last:
                    self.put("deny", self.r.choice(STATES), replies=act.hash)

    def seats_and_losses(self, proposal: Act) -> None:
        for _ in range(self.r.randrange(6)):
            body = self.r.choice(("Council", "Council", "Elsewhere"))
            self.put(
                "elect", "ORG", self.r.choice(("pact", "pact", "other")), tuple(self.r.sample(STATES, self.r.choice((1, 2, 3)))),
                {"body": body} | self.span(),
            )  # fmt: skip
        for _ in range(self.r.randrange(5)):
            details = {"fact": self.r.choice(WHYS), "of": self.r.choice(STATES)} | {k: v for k, v in self.span().items() if k == "until"}
            replies = (proposal.hash if self.chance(60) else f"sha256:{0:064x}") if self.chance(25) else None
            self.put("establish-fact", "ORG", "pact", (), details, replies)
        for _ in range(self.r.choice((0, 0, 1, 2))):
            to = tuple(self.r.sample(STATES, self.r.choice((1, 2))))
            self.put("suspend", "ORG", "pact", to, {k: v for k, v in self.span().items() if k == "until"})
            if self.chance(50):
                suspended = self.entries[-1].act
                again = self.put("resume", self.r.choice(("ORG", "ORG", "AAA")), "pact", to[:1])
                if self.chance(30):
                    self.entries[-1] = Entry(replace(again, made=suspended.made), self.entries[-1].recorded)

    def doubts(self) -> None:
        for entry in list(self.entries):
            act = entry.act
            if act.kind in ("elect", "establish-fact", "suspend", "resume") and self.chance(25 if act.kind == "elect" else 10):
                self.put(self.r.choice(("deny", "deny", "deny", "retract")), self.r.choice(STATES), replies=act.hash)
        if self.chance(10):
            self.entries.append(Entry(self.r.choice(self.entries).act, self.day()))

    def proposal(self) -> Act:
        details = {}
        for name in ("concerned", "party_to_dispute", "participating"):
            if self.chance(25):
                details[name] = ", ".join(self.r.sample(STATES, self.r.choice((1, 2, 4))))
        return self.put("propose", "AAA", "pact", (), details)

    def coverage(self, always: bool) -> tuple[Coverage, ...]:
        found = [Coverage(source="drawn", from_=START, through=KNOWN)] if always else []
        for _ in range(self.r.randrange(4)):
            start = START if self.chance(60) else self.day(20)
            kinds = () if self.chance(60) else tuple(self.r.sample(("ratify", "accede", "accept", "sign"), 2))
            found.append(
                Coverage(
                    source="drawn",
                    from_=None if self.chance(20) else start,
                    through=self.day(90),
                    kinds=kinds,
                    parties=("AAA",) if self.chance(15) else (),
                )
            )
        return tuple(found)

    def table(self, name: str) -> WeightTable:
        codes = [code for code in (*STATES, "GHI", *(f"seat {n}" for n in range(1, 10))) if self.chance(99)]
        start, end = (None, None) if self.chance(80) else (None, self.day()) if self.chance(50) else (self.day(), None)
        return WeightTable(
            kind="weights",
            article="2",
            says="Drawn.",
            name=name,
            start=start,
            end=end,
            values={code: self.r.choice((1, 2, 3, 5, 9)) for code in codes},
        )

    def agreement(self, name: str, *more: AnyClause) -> Agreement:
        clauses: list[AnyClause] = [EntryIntoForce(kind="entry-into-force", article="3", says="Drawn.", when=Consents(kind="consents", number=1))]
        clauses.append(LaterParties(kind="later-parties", article="3", says="Drawn."))
        if self.chance(90):
            clauses.append(Consent(kind="consent", article="3", says="Drawn.", acts=("ratify", "accede"), signature_binds=self.chance(20)))
        return Agreement(
            id=name, title=name, short=name, concluded=START, clauses=(*clauses, self.table("people"), *more), coverage=self.coverage(self.chance(90))
        )

    def world(self) -> tuple[Standing, Act, dict[Without, tuple[str, ...]], dict[str, Vote]]:
        turn = self.day()
        rules = [self.rule("one", end=turn), self.rule("one", start=turn)] if self.chance(30) else [self.rule("one")]
        if self.chance(15):
            rules = [self.rule("one", start=self.day(), end=self.day())]
        pact, other = self.agreement("pact", *rules), self.agreement("other")
        electorates = [rule.electorate for rule in rules]
        for name in ("pact", "other"):
            if any(e.of == "parties" or (e.of == "members" and (e.agreement or "pact") == name) for e in electorates):
                self.memberships(name)
        proposal = self.proposal()
        self.seats_and_losses(proposal)
        self.doubts()
        general = self.coverage(False) if self.chance(30) else ()
        record = Record((pact, other), tuple(self.entries), REGISTER, general)
        known = self.day(100) if self.chance(15) else KNOWN
        turning = [turn, *(date.fromisoformat(e.act.details[d]) for e in self.entries for d in ("from", "until") if d in e.act.details)]
        on = self.r.choice(turning) if self.chance(25) else self.day(75)
        standing = Standing(record, on=on, known=known, viewer=self.r.choice((None, None, None, "BBB", "public")))
        told: dict[Without, tuple[str, ...]] = {self.r.choice(WHYS): (self.r.choice(STATES),)} if self.chance(20) else {}
        return standing, proposal, told, self.ballots((*STATES, "GHI", "seat 2", "seat 4"))


# -- both readings


def _tally(tally: Tally) -> oracle.Told:
    return oracle.Told(
        outcome=tally.outcome.value,
        ways=tuple(tuple((c.has, c.whole, c.needs) for c in way) for way in tally.ways),
        bars=tuple((b.bar, b.by) for b in tally.bars),
        quorum=None if tally.quorum is None else (tally.quorum.has, tally.quorum.whole, tally.quorum.needs),
        votes={str(vote): number for vote, number in tally.votes.items()},
    )


def _result(result: Result) -> oracle.Outcome:
    return oracle.Outcome(
        verdict=result.verdict,
        certain=None if result.outcome is None else result.outcome.value,
        voters=tuple((voter.code, voter.has_vote) for voter in voters_of(result.roll)),
        missing=frozenset(result.missing),
        readings=tuple((reading.counted, reading.voting, _tally(reading.tally)) for reading in result.readings),
        seats=tuple(oracle.Place(s.code, s.counts, s.has_vote, s.acts, s.named) for s in result.roll.seats),
        left_out=result.roll.left_out,
        complete=result.roll.complete,
        through=result.roll.through,
    )


Drawn = tuple[Standing, Act | None, dict[Without, tuple[str, ...]], dict[str, Vote]]


def slowly(drawn: Drawn) -> oracle.Outcome | None:
    """What the slow reading says; None: the rule does not hold on the day."""
    standing, proposal, told, ballots = drawn
    record = standing.record
    assert isinstance(record, Record)
    agreements = {a.id: a for a in record.agreements}
    rule = oracle.rule_on(agreements["pact"], "one", standing.on)
    if rule is None:
        return None
    asked = {"parties": "pact", "members": rule.electorate.agreement or "pact"}.get(rule.electorate.of)
    bound = {a: {code: standing.verdict_bound(code, a)[0] for code in record.register.parties} for a in agreements if a == asked}
    world = oracle.World(
        record.entries, agreements, record.coverage, record.register, bound, standing.on, standing.known, standing.viewer, proposal,
        {str(why): codes for why, codes in told.items()},
    )  # fmt: skip
    return oracle.decide(world, agreements["pact"], rule, {code: str(vote) for code, vote in ballots.items()})


def quickly(drawn: Drawn) -> oracle.Outcome | None:
    """What the room says."""
    standing, proposal, told, ballots = drawn
    try:
        named = rule_named(standing, "pact/one")
    except NotOnRecord:
        assert not [one for one in rules_on_record(standing) if one.name == "pact/one"]
        return None
    assert [one for one in rules_on_record(standing, "council") if one == named]
    return _result(result_of(roll(standing, named, proposal, told), ballots))


def many(doubts: int) -> Drawn:
    """A world with so many doubts: that many seats, each by an election that somebody denies; all must be for it, and the last is not."""
    drawing, codes = Drawing(0), [f"P{n:02}" for n in range(doubts)]
    rule = DecisionRule(
        kind="decision",
        article="1",
        says="Drawn.",
        id="one",
        body="Council",
        matters="all",
        electorate=Electorate(of="elected"),
        passes=((Share(all_but=0),),),
    )
    entries = []
    for code in codes:
        act = Act(
            kind="elect",
            actor="ORG",
            ref=code,
            agreement="pact",
            counterparty=(code,),
            made=parse_moment("2028-01-01"),
            details={"body": "Council"},
            source=Source("drawn"),
        )
        deny = Act(kind="deny", actor="AAA", ref=f"not-{code}", made=parse_moment("2028-01-01"), replies_to=act.hash, source=Source("drawn"))
        entries += [Entry(act, START), Entry(deny, START)]
    record = Record((drawing.agreement("pact", rule),), tuple(entries), Register({}, ()))
    return Standing(record, on=TURN, known=KNOWN), None, {}, dict.fromkeys(codes[:-1], "yes")


@functools.cache
def counts() -> tuple[tuple[DecisionRule, list[Voter], dict[str, Vote], oracle.Told], ...]:
    """Rules, voters and ballots with what the slow reading counts, kept to be asked again and again."""
    found = []
    for seed in range(COUNTED):
        drawing = Drawing(seed)
        rule, voters = drawing.rule(), drawing.voters()
        ballots = drawing.ballots(tuple(v.code for v in voters))
        electors = [oracle.Elector(v.code, v.weights, v.has_vote, ballots.get(v.code)) for v in voters]
        found.append((rule, voters, ballots, oracle.count(rule, electors)))
    return tuple(found)


@functools.cache
def decided() -> tuple[tuple[Drawn, oracle.Outcome | None], ...]:
    """Worlds with what the slow reading says of each."""
    worlds: list[Drawn] = [Drawing(seed).world() for seed in range(DECIDED)]
    return tuple((world, slowly(world)) for world in (*worlds, many(10), many(11)))


def _of(said: str) -> DecisionRule:
    return replace(Drawing(0).rule(), passes=((Share(least=said),),), bars=(), quorum=None)


def _is_refused(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except BadInput:
        return True
    return False


def count_agrees() -> bool:
    """Does the room count the same in all of them, and refuse what is no share?"""
    wrong = all(_is_refused(functools.partial(count, _of(said), [Voter("AAA")], {})) for said in ("half", "3/2", "-1", "1/0"))
    return wrong and all(_tally(count(rule, voters, ballots)) == told for rule, voters, ballots, told in counts())


def decisions_agree() -> bool:
    """Does the room say the same of each world, and refuse what names no rule?"""
    standing = decided()[0][0][0]
    wrong = all(_is_refused(functools.partial(rule_named, standing, name)) for name in ("pact", "pact/", "/one", ""))
    return wrong and all(quickly(world) == told for world, told in decided())
