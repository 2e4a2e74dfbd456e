"""The slow reading of docs/explanation/how-a-decision-is-followed.md: every reading of every proposal, act by act through time, as the text says.

It shares nothing with the fast path but types; who votes and what votes come to is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from comity.acts import Entry
from comity.agreements.clauses import Agreement, Coverage
from comity.agreements.decision_rules import DecisionRule, Silence, Vote
from comity.decisions.proposals import Counting
from comity.terms import Moment, Verdict, parse_moment
from oracles.kept_acts import KeptAct, Reader
from oracles.silence import end_of_day, expiry, last_day

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
# 1.1 in the order in which those of one second are taken
KINDS = (
    "propose", "amend-proposal", "set-silence", "extend-silence", "call-vote", "state-position", "break-silence", "restore-silence", "vote",
    "defer-decision", "withdraw-proposal", "close-vote", "decide",
)  # fmt: skip
FINAL = ("adopted", "not-adopted", "no-quorum", "withdrawn", "lapsed")
Stood = tuple[str, str, str, datetime | None, datetime | None, bool, tuple[str, ...]]
Place = tuple[datetime, int, str, str]


@dataclass(frozen=True)
class Told:
    """A proposal at the instant."""

    proposal: str
    verdict: Verdict
    stands: frozenset[Stood]
    absent: bool
    chair: str | None
    settled: bool
    votes: tuple[tuple[str, str], ...]
    outcome: str | None
    reminders: frozenset[tuple[str, str, datetime | None]]
    acts: tuple[str, ...]
    findings: frozenset[tuple[str, str]]


@dataclass
class Case:
    """One proposal with its acts and its rule."""

    proposal: KeptAct
    acts: list[KeptAct]
    rule: DecisionRule | None
    zone: str | None
    coverage: list[Coverage]
    counting: Counting
    to: datetime

    @property
    def silence(self) -> Silence:
        return self.rule.silence if self.rule is not None and self.rule.silence is not None else Silence()

    def answers(self, act: KeptAct) -> bool:
        return act.kind in ("break-silence", "restore-silence", "vote") or (act.kind == "amend-proposal" and act.who != self.proposal.who)

    def moment(self, act: KeptAct) -> Moment:
        # 2.1
        one = act.act
        when = one.received or one.made if self.answers(act) else one.made or one.received
        found = when or one.notified or one.effect
        assert found is not None
        return found

    def span(self, moment: Moment) -> tuple[datetime, datetime]:
        # 2.2
        if moment.instant is not None:
            return moment.instant, moment.instant
        return end_of_day(moment.first - DAY, self.zone), end_of_day(moment.last, self.zone) - SECOND

    def can_be(self, act: KeptAct) -> tuple[datetime, datetime]:
        moment = self.moment(act)
        if act.kind in ("close-vote", "decide") and moment.instant is None:  # 2.3
            return end_of_day(moment.first, self.zone) - SECOND, end_of_day(moment.last, self.zone) - SECOND
        return self.span(moment)

    def deadline(self, act: KeptAct, name: str) -> datetime | None:
        # 2.5
        if name not in act.act.details:
            return None
        moment = parse_moment(act.act.details[name])
        return moment.instant if moment.instant is not None else end_of_day(moment.last, self.zone)

    def day(self, at: datetime) -> date:
        return at.date() if self.zone is None else at.astimezone(ZoneInfo(self.zone)).date()

    def complete(self, kinds: Iterable[str], start: date, end: date) -> bool:
        day = start
        while day <= end:
            for kind in kinds:
                if not any(
                    not c.parties and (not c.kinds or kind in c.kinds) and (c.from_ is None or c.from_ <= day) and day <= c.through
                    for c in self.coverage
                ):
                    return False
            day += DAY
        return True


Ways = Mapping[str, bool | None]


def placed(case: Case, ways: Ways) -> list[tuple[Place, KeptAct]]:
    """2.4 the acts that have effect, in their order."""
    at: dict[str, datetime] = {}
    by_id = {act.id: act for act in case.acts}
    waiting = [act for act in case.acts if ways[act.id] is not None]
    while waiting:
        act = waiting.pop(0)
        floors = [] if act.id == case.proposal.id or ways[case.proposal.id] is None else [case.proposal.id]
        other = by_id.get(act.act.replies_to or "")
        if other is not None and ways[other.id] is not None:
            if act.kind == "extend-silence" and other.kind == "set-silence":
                floors.append(other.id)
            if act.kind == "restore-silence" and own(act, other):
                floors.append(other.id)
        if any(floor not in at for floor in floors):
            waiting.append(act)
            continue
        first, last = case.can_be(act)
        when = last if ways[act.id] else first
        for floor in floors:
            if when < at[floor]:
                when = min(last, at[floor])
        at[act.id] = when
    return sorted(((at[a.id], KINDS.index(a.kind), a.act.ref, a.id), a) for a in case.acts if a.id in at)


def own(restore: KeptAct, other: KeptAct) -> bool:
    return restore.act.replies_to == other.id and other.kind in ("break-silence", "amend-proposal") and other.who == restore.who


@dataclass
class Walk:
    """One reading, walked through time. ``unseen``: so many silences that nobody is known to have broken were broken all the same."""

    case: Case
    ways: Ways
    generous: bool = True
    unseen: int = 0
    fill: str | None = None
    bare: bool = False
    state: str = ""
    by: str = ""
    text: str = ""
    text_at: Place | None = None
    until: datetime | None = None
    at: datetime | None = None
    silently: bool = False
    began: datetime | None = None
    proposed: datetime | None = None
    ended: date | None = None
    objections: list[KeptAct] = field(default_factory=list)
    held: tuple[str, ...] = ()
    votes: dict[str, KeptAct] = field(default_factory=dict)
    odd: set[tuple[str, str]] = field(default_factory=set)
    regular: list[tuple[Place, KeptAct]] = field(default_factory=list)

    def go(self) -> Walk:
        for place, act in placed(self.case, self.ways):
            if place[0] <= self.case.to and act.kind != "state-position":
                self.pass_time(place[0])
                self.take(place, act)
        self.pass_time(self.case.to)
        self.settle()
        return self

    def is_elector(self, who: str, day: date) -> bool:
        rule = self.case.rule
        if rule is None:
            return True
        found = self.case.counting.electors(self.case.proposal.act, rule, self.elected_on(day))
        return who in found.sure or (self.generous and (who in found.unsure or found.open))

    def elected_on(self, day: date) -> date:
        # 4.10
        assert self.proposed is not None
        rule = self.case.rule
        return self.case.day(self.proposed) if rule is not None and rule.electorate.on == "proposed" else day

    def objecting(self, day: date) -> tuple[str, ...]:
        found = [act for act in self.objections if self.is_elector(act.who, day)]
        return tuple(act.id for act in sorted(found, key=lambda a: (a.act.ref, a.id)))

    def pass_time(self, to: datetime) -> None:
        lapses = self.case.deadline(self.case.proposal, "lapses")
        if lapses is not None and self.proposed is not None:
            lapses = self.not_before(lapses, self.proposed)
        while self.state and self.state not in FINAL:
            runs = self.until if self.state in ("under-silence", "voting") else None
            if runs is not None and runs <= to and (lapses is None or runs <= lapses):
                self.at, self.until = runs, None
                if self.state == "voting":
                    self.close(runs)
                    continue
                self.held = self.objecting(self.case.day(runs))
                self.state = "broken"
                if not self.held:  # 4.7
                    kinds = ["break-silence", *(["amend-proposal"] if "amendment" in self.case.silence.broken_by else [])]
                    assert self.began is not None
                    if self.bare or self.case.complete(kinds, self.case.day(self.began), self.case.day(runs)) or self.unseen == 0:
                        self.state, self.silently, self.ended = "adopted", True, self.case.day(runs)
                    else:  # 5.1
                        self.unseen -= 1
            elif lapses is not None and lapses <= to:
                self.state, self.at, self.until, self.held = "lapsed", lapses, None, ()
            else:
                return

    @staticmethod
    def not_before(deadline: datetime | None, at: datetime) -> datetime | None:
        # 4.6
        return at if deadline is not None and deadline < at else deadline

    def close(self, at: datetime) -> None:
        self.state, self.ended, self.held = "not-adopted", self.case.day(at), ()

    def take(self, place: Place, act: KeptAct) -> None:
        if not self.state:
            if act.kind != "propose":
                self.say("decision-before", act)
                return
            self.proposed = place[0]
            self.new_text(place, act)
            self.state, self.by = "proposed", act.id
            wanted = "silence_until" in act.act.details or act.act.details.get("silence") == "yes"
            if not (wanted and self.begin_silence(place, act)) and "vote_by" in act.act.details:
                self.state, self.until = "voting", self.not_before(self.case.deadline(act, "vote_by"), place[0])
            return
        if self.state in FINAL:
            if act.kind != "decide":
                self.say("decision-late", act)
            return
        if self.case.answers(act):
            self.regular.append((place, act))
            self.answer(act)
        else:
            self.lead(place, act)

    def say(self, code: str, act: KeptAct) -> None:
        self.odd.add((code, act.act.ref))

    def new_text(self, place: Place, act: KeptAct) -> None:
        self.text, self.text_at, self.votes, self.objections = act.id, place, {}, []

    def begin_silence(self, place: Place, act: KeptAct) -> bool:
        # 3.1, 3.2, 3.8
        name = "until" if act.kind == "set-silence" else "silence_until"
        silence, ends = self.case.silence, self.case.deadline(act, name)
        if ends is None and silence.term is None:
            self.say("silence-no-end", act)
            return False
        if ends is None:
            assert silence.term is not None
            last = bool(self.ways[act.id])
            moment, at = self.case.moment(act), place[0]
            if silence.begins == "receipt":
                receipt = act.act.received or act.act.notified
                if receipt is None:
                    self.say("silence-no-receipt", act)
                else:
                    moment, at = receipt, self.case.span(receipt)[1 if last else 0]
            if moment.instant is not None or silence.term.hours is not None:
                ends = expiry(at, silence.term, self.case.zone, silence.holidays)
            else:
                ends = end_of_day(last_day(moment.last if last else moment.first, silence.term, silence.holidays), self.case.zone)
        if ends <= place[0]:  # 3.1
            self.odd -= {("silence-no-receipt", act.act.ref)}
            self.say("silence-no-end", act)
            return False
        if self.case.rule is not None and self.case.rule.silence is None:
            self.say("silence-not-provided", act)
        self.state, self.until, self.at, self.began, self.objections, self.held = "under-silence", ends, None, place[0], [], ()
        self.by = act.id
        return True

    def lead(self, place: Place, act: KeptAct) -> None:
        if act.kind == "set-silence":
            self.begin_silence(place, act)
        elif act.kind == "extend-silence":
            ends = self.case.deadline(act, "until")
            if self.state != "under-silence" or self.until is None or ends is None:
                self.say("silence-not-running", act)
            elif ends <= self.until:
                self.say("silence-not-longer", act)
            else:
                self.until = ends
        elif act.kind == "amend-proposal":
            self.amend(place, act)
        elif act.kind == "call-vote":
            self.move("voting", act, self.not_before(self.case.deadline(act, "until"), place[0]))
        elif act.kind == "defer-decision":
            self.move("deferred", act, self.case.deadline(act, "until"))
        elif act.kind == "withdraw-proposal":
            if act.who == self.case.proposal.who:
                self.move("withdrawn", act, None)
            else:
                self.say("decision-not-proposer", act)
        elif act.kind == "close-vote" and self.state != "voting":
            self.say("decision-no-vote", act)
        elif act.kind == "decide" and self.state == "under-silence":
            if act.act.details.get("outcome") == "adopted":
                self.say("decision-early", act)
        else:
            self.move("", act, None)
            self.close(place[0])

    def move(self, state: str, act: KeptAct, until: datetime | None) -> None:
        self.state, self.by, self.until, self.at, self.held = state, act.id, until, None, ()

    def amend(self, place: Place, act: KeptAct) -> None:
        # 4.3
        before, until = self.state, self.until
        self.new_text(place, act)
        self.move("proposed", act, None)
        if "silence_until" in act.act.details and self.begin_silence(place, act):
            return
        if "vote_by" in act.act.details:
            self.state, self.until = "voting", self.not_before(self.case.deadline(act, "vote_by"), place[0])
        elif before in ("voting", "deferred"):
            self.state, self.until = before, until
        elif before == "under-silence" and self.case.silence.term is not None:
            self.begin_silence(place, act)

    def answer(self, act: KeptAct) -> None:
        runs = self.state == "under-silence"
        if act.kind == "vote":
            self.votes[act.who] = act
            if runs:
                self.say("decision-vote-in-silence", act)
        elif act.kind == "restore-silence":
            if not any(own(act, other) for other in self.case.acts):
                self.say("decision-not-own", act)
            if runs:
                self.objections = [one for one in self.objections if not own(act, one)]
        elif act.kind == "break-silence":
            if runs:
                self.objections.append(act)
            else:
                self.say("silence-not-running", act)
        elif runs and "amendment" in self.case.silence.broken_by:
            self.objections.append(act)

    # what it comes to

    @property
    def deciding(self) -> date:
        return self.ended if self.ended is not None else self.case.day(self.case.to)

    def lacking(self) -> set[str]:
        assert self.case.rule is not None
        found = self.case.counting.electors(self.case.proposal.act, self.case.rule, self.elected_on(self.deciding))
        return {who for who in (*found.sure, *(found.unsure if self.generous else ())) if who not in self.votes}

    def tally(self, fill: str | None) -> str | None:
        rule, of = self.case.rule, self.case.proposal.act
        if rule is None:
            return None
        ballots = {who: VOTES[act.act.details["vote"]] for who, act in self.votes.items()}
        if fill is not None:
            ballots |= dict.fromkeys(self.lacking(), VOTES[fill])
        told = self.case.counting.count(of, rule, self.elected_on(self.deciding), self.generous, ballots)
        return None if told is None else told.outcome.value

    def stood(self) -> set[Stood]:
        """How it stands at the end of the walk."""
        if not self.state:
            return set()
        states, until, held = {self.state}, self.until, self.held
        if self.state == "under-silence":
            held = self.objecting(self.deciding)
            states = {"broken"} if held else states
        elif self.ended is not None and not self.silently:
            states = self.outcomes()
        return {(state, self.by, self.text, until, self.at, self.silently, held) for state in states}

    def outcomes(self) -> set[str]:
        rule = self.case.rule
        if rule is None:  # 5.3
            return {"adopted", "not-adopted"}
        found = set[str]()
        electors = self.case.counting.electors(self.case.proposal.act, rule, self.elected_on(self.deciding))
        if electors.open and not self.bare:
            found |= {"adopted", "not-adopted"}
        assert self.text_at is not None
        known = self.bare or not self.lacking() or self.case.complete(["vote"], self.case.day(self.text_at[0]), self.deciding)
        for fill in [None] if known else ["yes", "no", "abstain", "absent"]:  # 5.2
            outcome = self.tally(fill)
            found |= {"adopted", "not-adopted"} if outcome is None else {outcome}
        return found

    def settle(self) -> None:
        """8.2 what can be told of answers only at the end."""
        for place, act in self.regular:
            assert self.text_at is not None
            if act.kind != "restore-silence":
                if place < self.text_at:
                    self.say("decision-older-text", act)
                if not self.is_elector(act.who, self.deciding):
                    self.say("decision-not-elector", act)

    def reminded(self) -> set[tuple[str, str, datetime | None]]:
        # 7
        found = set[tuple[str, str, datetime | None]]()
        for state, _, _, until, _, _, held in self.stood():
            if state == "broken" and until is not None:
                found |= {(act.who, "may take back its objection", until) for act in self.objections if act.id in held}
            if self.case.rule is None:
                continue
            everyone = {who for who in (*self.lacking(), *self.votes) if self.is_named(who)}
            if state == "under-silence":
                found |= {(who, "may break silence", until) for who in everyone}
            if state == "voting":
                found |= {(who, "is asked to vote", until) for who in self.lacking()}
        return found

    def is_named(self, who: str) -> bool:
        assert self.case.rule is not None
        found = self.case.counting.electors(self.case.proposal.act, self.case.rule, self.elected_on(self.deciding))
        return who in found.sure or who in found.unsure


VOTES: dict[str, Vote] = {"yes": "yes", "no": "no", "abstain": "abstain", "constructive": "constructive", "absent": "absent"}


def found_in(case: Case, ways: Ways) -> frozenset[Stood | None]:
    """All ways in which it can stand in a reading of the acts: 5, and 6.1 its last sentence."""
    found = set[Stood | None]()
    for generous in (True, False):
        for unseen in range(len(case.acts) + 1):
            walk = Walk(case, ways, generous, unseen).go()
            found |= walk.stood() or {None}
            if walk.unseen:
                break
    return frozenset(found)


def every(case: Case, instants: Sequence[bool]) -> Iterator[frozenset[Stood | None]]:
    """6.1 each act at its first or last instant, with effect or, in doubt, without."""
    choices: list[list[bool | None]] = []
    for act in case.acts:
        both = instants if may_differ(case, act) or len(instants) == 1 else instants[:1]
        choices.append([*both, None] if act.doubtful and act.kind != "state-position" else [*both])
    for chosen in product(*choices):
        yield found_in(case, {act.id: way for act, way in zip(case.acts, chosen, strict=True)})


def may_differ(case: Case, act: KeptAct) -> bool:
    if act.kind == "state-position":
        return False
    first, last = case.can_be(act)
    receipt = act.act.received or act.act.notified
    return first != last or (case.silence.begins == "receipt" and receipt is not None and receipt.instant is None)


def states(found: Iterable[Stood | None]) -> frozenset[str | None]:
    return frozenset(None if one is None else one[0] for one in found)


FITS = {"adopted": {"adopted"}, "not-adopted": {"not-adopted", "no-quorum", "broken"}}
SETTLED = {"adopted", "not-adopted", "no-quorum", "broken"}


def tell(case: Case) -> Told | None:
    """6 a proposal at the instant."""
    found = {one for each in every(case, (False, True)) for one in each}
    if found == {None}:
        return None
    verdict = Verdict.UNKNOWN
    if len(states(found)) == 1:
        verdict = Verdict.YES
    else:
        for last in (False, True):
            if len({states(each) for each in every(case, (last,))}) > 1:
                verdict = Verdict.CONTESTED
    # 6.3
    said = [(case.can_be(a)[1], a.act.ref, a.id, a) for a in case.acts if a.kind == "decide" and not a.doubtful and "outcome" in a.act.details]
    said = sorted(one for one in said if one[0] <= case.to)
    chair = said[-1][3] if said else None
    fitting = {one for one in found if one is not None and chair is not None and one[0] in FITS[chair.act.details["outcome"]]}
    settled = verdict is Verdict.UNKNOWN and states(found) <= SETTLED and len(states(fitting)) == 1
    base = Walk(case, dict.fromkeys((act.id for act in case.acts), False), bare=True).go()
    findings = set(base.odd) if base.state else set()
    if case.rule is None:
        findings.add(("decision-no-rule", case.proposal.act.ref))
    if chair is not None and verdict is Verdict.YES and states(found) <= SETTLED and not fitting:
        findings.add(("decision-differs", chair.act.ref))
    counted = base.state == "voting" or (base.ended is not None and not base.silently)
    return Told(
        proposal=case.proposal.id,
        verdict=Verdict.YES if settled else verdict,
        stands=frozenset(one for one in (fitting if settled else found) if one is not None),
        absent=None in found,
        chair=None if chair is None else chair.id,
        settled=settled,
        votes=tuple(sorted((who, act.id) for who, act in base.votes.items())),
        outcome=base.tally(None) if counted else None,
        reminders=frozenset(base.reminded()),
        acts=tuple(act.id for place, act in placed(case, dict.fromkeys((a.id for a in case.acts), False)) if place[0] <= case.to),
        findings=frozenset(findings),
    )


def root(act: KeptAct, acts: Sequence[KeptAct]) -> KeptAct | None:
    # 1.3
    if act.kind == "propose":
        return act
    answered = next((other for other in acts if other.id == act.act.replies_to), None)
    return None if answered is None else root(answered, acts)


def decisions(
    entries: Sequence[Entry],
    agreements: Mapping[str, Agreement],
    declared: Sequence[Coverage],
    counting: Counting,
    at: datetime | None,
    on: date,
    known: date,
    viewer: str | None,
) -> list[Told]:
    """Every proposal. ``agreements``: those on record, by id; ``declared``: the record's general coverage."""
    acts = Reader(entries, known, viewer).kept(KINDS)
    found = []
    for proposal in acts:
        if proposal.kind == "propose":
            own_acts = [act for act in acts if (of := root(act, acts)) is not None and of.id == proposal.id]
            name = proposal.act.agreement
            agreement = agreements.get(name or "")
            general = [one for one in declared if not one.agreements or (agreement is not None and name in one.agreements)]
            rule = None if agreement is None else rule_of(agreement, proposal)
            zone = None if agreement is None else agreement.zone
            if rule is not None and rule.silence is not None and rule.silence.zone is not None:  # 1.6
                zone = rule.silence.zone
            to = at if at is not None else end_of_day(on, zone) - SECOND  # 2.7
            case = Case(proposal, own_acts, rule, zone, [*(agreement.coverage if agreement is not None else ()), *general], counting, to)
            told = tell(case)
            if told is not None:
                found.append(told)
    return found


def rule_of(agreement: Agreement, proposal: KeptAct) -> DecisionRule | None:
    # 1.5
    for clause in agreement.clauses:
        if isinstance(clause, DecisionRule) and clause.id == proposal.act.details.get("rule"):
            if (clause.start is None or clause.start <= proposal.first) and (clause.end is None or proposal.first < clause.end):
                return clause
    return None


def strays(entries: Sequence[Entry], known: date, viewer: str | None) -> set[str]:
    acts = Reader(entries, known, viewer).kept(KINDS)
    return {act.id for act in acts if root(act, acts) is None and act.kind != "decide"}
