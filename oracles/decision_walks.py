"""One reading of a proposal, walked act by act through time: sections 2 to 5, 7 and 8 of how-a-decision-is-followed.md, literally.

It shares nothing with the fast path but types; who votes and what votes come to is given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from comity.agreements.decision_rules import Vote
from oracles.decision_cases import Case, Place, Ways, own, placed
from oracles.kept_acts import KeptAct
from oracles.silence import end_of_day, expiry, last_day

VOTES: dict[str, Vote] = {"yes": "yes", "no": "no", "abstain": "abstain", "constructive": "constructive", "absent": "absent"}
FINAL = ("adopted", "not-adopted", "no-quorum", "withdrawn", "lapsed")
Stood = tuple[str, str, str, datetime | None, datetime | None, bool, tuple[str, ...]]


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
        elif act.kind == "decide" and self.state == "broken" and act.act.details.get("outcome") != "adopted":
            return  # 4.5 says once more that it is broken
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
            # 5.3
            found |= {"adopted", "not-adopted"} if outcome is None or (outcome == "adopted" and rule.besides is not None) else {outcome}
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
