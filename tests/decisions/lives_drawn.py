"""Small records of proposals, drawn: silences set, extended and broken, votes changed, texts amended, dates and doubts, patchy coverage."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Agreement, Coverage
from comity.agreements.decision_rules import DecisionRule, Electorate, Silence
from comity.agreements.requirements import Lead
from comity.decisions import Decision, DecisionState, Electors, decision_strays, decisions_of
from comity.decisions.proposals import Stand
from comity.parties import Register
from comity.standing import Record, Standing
from comity.terms import PUBLIC, Label, Moment, Step, parse_moment
from comity.votes import Ballots, Outcome, Tally
from oracles import decision_lives as oracle
from oracles.decision_walks import Stood

START = date(2028, 3, 20)  # the clocks of Brussels are put forward on the 26th
STATES = ("AAA", "BBB", "CCC")
OTHER = "ZZZ"
SECRET = Label("NATIONAL", "SECRET", originator="BBB")
SEEDS = 1600


@dataclass(frozen=True)
class Given:
    """Who votes, and how votes are counted, in a drawn record: a majority of those who vote; a new elector comes on a day."""

    sure: frozenset[str]
    unsure: frozenset[str]
    open: bool
    later: date
    counts: bool

    def electors(self, proposal: Act, rule: DecisionRule, on: date) -> Electors:
        return Electors(self.sure | {"CCC"} if on >= self.later else self.sure, self.unsure, self.open)

    def count(self, proposal: Act, rule: DecisionRule, on: date, generous: bool, ballots: Ballots) -> Tally | None:
        found = self.electors(proposal, rule, on)
        everyone = found.sure | found.unsure if generous else found.sure
        cast = [vote for who, vote in ballots.items() if who in everyone]
        yes, no = cast.count("yes"), cast.count("no")
        if not self.counts:
            return None
        there = len(cast) - cast.count("absent")
        outcome = Outcome.NO_QUORUM if 3 * there < len(everyone) else Outcome.ADOPTED if yes > no else Outcome.NOT_ADOPTED
        return Tally(outcome, (), (), None, {})


class Drawing:
    """Draws one record; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.r = Random(seed)
        self.entries: list[Entry] = []
        self.unsure = 0
        self.now = datetime(2028, 3, 20, 9, tzinfo=UTC)

    def chance(self, percent: int) -> bool:
        return self.r.randrange(100) < percent

    def written(self, at: datetime) -> str:
        """An instant, its day, or (seldom) some days."""
        if self.unsure < 3 and self.chance(22):
            self.unsure += 1
            return f"{at:%Y-%m-%d}/{at + timedelta(days=2):%Y-%m-%d}" if self.chance(20) else f"{at:%Y-%m-%d}"
        return f"{at:%Y-%m-%dT%H:%M:%SZ}"

    def moment(self, at: datetime) -> Moment:
        return parse_moment(self.written(at))

    def put(self, kind: str, at: datetime, replies_to: Act | None, details: dict[str, str] | None = None, ref: str = "", by: str = "") -> Act:
        hidden = self.chance(4)
        received = self.chance(12)
        act = Act(
            kind=kind,
            actor=by or self.r.choice((*STATES, *STATES, OTHER)),
            on_behalf_of=self.r.choice(STATES) if self.chance(4) else None,
            ref=ref or f"{kind}-{len(self.entries)}",
            agreement="pact" if self.chance(96) else "gone",
            made=self.moment(at) if not received or self.chance(70) else None,
            received=self.moment(at + timedelta(hours=self.r.choice((0, 1, 30)))) if received else None,
            notified=self.moment(at + timedelta(hours=40)) if self.chance(4) else None,
            replies_to=None if replies_to is None else replies_to.hash,
            details={name: said for name, said in (details or {}).items() if said},
            source=Source("drawn"),
            label=SECRET if hidden else PUBLIC,
            nonce=f"{len(self.entries):032x}" if hidden else None,
        )
        self.entries.append(Entry(act, at.date() + timedelta(days=self.r.choice((0, 0, 0, 0, 3)))))
        return act

    def deadline(self) -> str:
        at = self.now + timedelta(hours=self.r.choice((0, 6, 24, 48, 48, 96)), seconds=self.r.choice((0, 0, 1)))
        return f"{at:%Y-%m-%d}" if self.chance(25) else f"{at:%Y-%m-%dT%H:%M:%SZ}"

    def maybe(self, percent: int) -> str:
        return self.deadline() if self.chance(percent) else ""

    def step(self, kind: str, proposal: Act, acts: list[Act]) -> Act:
        details: dict[str, str] = {}
        to, by = proposal, ""
        if kind in ("set-silence", "call-vote", "defer-decision"):
            details["until"] = self.maybe(75)
        elif kind == "extend-silence":
            details["until"] = self.deadline()
            to = self.r.choice([act for act in acts if act.kind == "set-silence"] or [proposal])
        elif kind == "amend-proposal":
            details = {"silence_until": self.maybe(30), "vote_by": self.maybe(15)}
            by = proposal.actor if self.chance(60) else ""
        elif kind == "withdraw-proposal":
            by = proposal.actor if self.chance(80) else ""
        elif kind == "vote":
            details["vote"] = self.r.choice(("yes", "yes", "no", "no", "abstain", "absent"))
        elif kind == "decide":
            details["outcome"] = self.r.choice(("adopted", "adopted", "not-adopted", ""))
        elif kind == "restore-silence":
            to = self.r.choice([act for act in acts if act.kind in ("break-silence", "amend-proposal")] or [proposal])
            by = to.actor if self.chance(85) else ""
        elif self.chance(5):
            to = self.r.choice(acts)
        ref = acts[-1].ref if self.unsure < 3 and self.chance(2) else ""
        return self.put(kind, self.now, to, details, ref, by)

    def proposal(self) -> None:
        style = self.r.choice(("silence", "silence", "until", "until", "vote", "open"))
        details = {
            "rule": "council" if self.chance(93) else "other",
            "silence": "yes" if style == "silence" else "",
            "silence_until": self.deadline() if style == "until" else "",
            "vote_by": self.maybe(100) if style == "vote" or self.chance(6) else "",
            "lapses": self.maybe(12),
        }
        acts = [self.put("propose", self.now, None, details)]
        answers = (
            ("vote", "vote", "vote", "break-silence") if style in ("vote", "open") else ("break-silence", "break-silence", "restore-silence", "vote")
        )
        others = (
            "amend-proposal", "amend-proposal", "set-silence", "extend-silence", "extend-silence", "call-vote", "call-vote", "state-position",
            "restore-silence", "break-silence", "defer-decision", "withdraw-proposal", "close-vote", "close-vote", "decide", "decide",
        )  # fmt: skip
        for _ in range(self.r.randrange(1, 9)):
            self.now += timedelta(hours=self.r.choice((0, 0, 0, 1, 5, 12, 24)))
            acts.append(self.step(self.r.choice(answers if self.chance(50) else others), acts[0], acts))
        for act in acts:
            if self.unsure < 4 and self.chance(5):
                self.unsure += 1
                self.about(act)
        self.now -= timedelta(hours=60)

    def about(self, act: Act) -> None:
        kind = self.r.choice(("deny", "deny", "deny", "retract", "replace"))
        details = {"made": self.written(self.now - timedelta(hours=30))} if kind == "replace" else {}
        self.put(kind, self.now, act, details)

    def coverage(self) -> tuple[Coverage, ...]:
        found = []
        for _ in range(self.r.choice((0, 1, 1, 2))):
            kinds = self.r.choice(((), (), ("vote",), ("break-silence",), ("break-silence", "amend-proposal")))
            start = START + timedelta(days=self.r.randrange(-3, 3))
            end = START + timedelta(days=self.r.choice((2, 4, 20, 20)))
            found.append(Coverage(source="drawn", from_=start if self.chance(40) else None, through=end, kinds=kinds))
        return tuple(found)

    def rule(self) -> DecisionRule:
        term = self.r.choice(
            (None, Lead(hours=36), Lead(delay=(Step(days=2),)), Lead(working_days=1), Lead(delay=(Step(days=6),)), Lead(delay=(Step(days=1),)))
        )
        silence = Silence(
            term=term,
            broken_by=self.r.choice((("objection",), ("objection", "amendment"))),
            begins=self.r.choice(("proposal", "proposal", "receipt")),
            zone=self.r.choice((None, "America/New_York")),
            holidays=(START + timedelta(days=2),) if self.chance(30) else (),
        )
        return DecisionRule(
            kind="decision", article="1", says="s", id="council", body="pact/council", matters="all",
            start=START - timedelta(days=9) if self.chance(20) else None, end=START if self.chance(4) else None,
            electorate=Electorate(on=self.r.choice(("proposed", "decided"))), silence=silence if self.chance(88) else None,
            besides="a seal" if self.chance(5) else None,
        )  # fmt: skip

    def question(self) -> tuple[Standing, Given, datetime | None]:
        for _ in range(self.r.choice((1, 1, 1, 2))):
            self.proposal()
        if self.chance(8):
            self.put(self.r.choice(("vote", "decide")), self.now, None, {"vote": "yes"} if self.chance(50) else {})
        self.r.shuffle(self.entries)
        rule, coverage = self.rule(), self.coverage()
        zone = self.r.choice((None, "Europe/Brussels", "Asia/Tokyo"))
        own = coverage if self.chance(30) else ()
        pact = Agreement(id="pact", title="Pact", short="Pact", concluded=date(2020, 1, 1), zone=zone, clauses=(rule,), coverage=own)
        record = Record((pact,), tuple(self.entries), Register({}, ()), () if own else coverage)
        on = START + timedelta(days=self.r.randrange(-1, 12))
        known = START + timedelta(days=self.r.randrange(9)) if self.chance(20) else date(2029, 1, 1)
        given = Given(
            frozenset(STATES[:2]) if self.chance(70) else frozenset(STATES),
            frozenset({"CCC"}) if self.chance(20) else frozenset({OTHER}) if self.chance(10) else frozenset(),
            self.chance(8),
            START + timedelta(days=self.r.choice((1, 3, 99))),
            self.chance(95),
        )
        viewer = self.r.choice((None, None, None, "BBB", "public"))
        at = None if self.chance(50) else self.now + timedelta(hours=self.r.randrange(-40, 80))
        return Standing(record, on=on, known=known, viewer=viewer), given, at


Question = tuple[Standing, Given, datetime | None]


def drawn(seed: int) -> Question:
    """A record of proposals, who votes in it, and an instant or a day."""
    return Drawing(seed).question()


def slowly(question: Question) -> list[oracle.Told]:
    """What the slow reading says."""
    standing, given, at = question
    record = standing.record
    assert isinstance(record, Record)
    known = {one.id: one for one in record.agreements}
    return oracle.decisions(record.entries, known, record.coverage, given, at, standing.on, standing.known, standing.viewer)


def _stood(stand: Stand) -> tuple[Stood, tuple[str, ...]]:
    objecting, perhaps = (tuple(act.hash for act in acts) for acts in (stand.objecting, stand.perhaps))
    return (str(stand.state), stand.by.hash, stand.text.hash, stand.until, stand.at, stand.silently, objecting), perhaps


def told(decision: Decision) -> oracle.Told:
    """What the room says of a proposal, in the words of the slow reading."""
    return oracle.Told(
        proposal=decision.proposal.hash,
        verdict=decision.verdict,
        stands=frozenset(_stood(one) for one in decision.stands),
        absent=decision.absent,
        chair=None if decision.chair is None else decision.chair.hash,
        settled=decision.settled,
        votes=tuple((who, act.hash) for who, _, act in decision.votes),
        outcome=None if decision.tally is None else decision.tally.outcome.value,
        reminders=frozenset((one.who, one.what, one.until, one.asked) for one in decision.reminders),
        acts=tuple(act.hash for act in decision.acts),
        statements=tuple(act.hash for act in decision.statements),
        findings=frozenset((one.code, one.where) for one in decision.findings),
    )


Said = tuple[Question, list[oracle.Told], set[str]]


@functools.cache
def said_of(seed: int) -> Said:
    """A record with what the slow reading says of it, kept to be asked of the room again and again."""
    question = drawn(seed)
    standing = question[0]
    assert isinstance(standing.record, Record)
    return question, slowly(question), oracle.strays(standing.record.entries, standing.known, standing.viewer)


def agrees(case: Said) -> bool:
    """Does the room say the same of each proposal, and of what leads to none?"""
    (standing, given, at), wanted, strays = case
    assert isinstance(standing.record, Record)
    refs = {entry.act.hash: entry.act.ref for entry in standing.record.entries}
    found = decisions_of(standing, given, at)
    in_turn = [(one.proposal.ref, one.proposal.hash) for one in found]
    return (
        sorted((told(one) for one in found), key=lambda t: t.proposal) == sorted(wanted, key=lambda t: t.proposal)
        and {one.where for one in decision_strays(standing)} == {refs[stray] for stray in strays}
        and in_turn == sorted(in_turn)
        and all(_in_order(one) for one in found)
    )


def _in_order(decision: Decision) -> bool:
    places = [([*DecisionState].index(one.state), one.by.ref, one.by.hash) for one in decision.stands]
    return places == sorted(places)


def lives_agree() -> bool:
    """Does the room say the same of all of them?"""
    return all(agrees(said_of(seed)) for seed in range(SEEDS))
