"""What a proposal comes to in a reading: where it stands, all answers being taken; and where what is not on record leaves it open.

Source: how-a-decision-is-followed.md, sections 4.7 to 4.10 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from comity.acts import Act
from comity.agreements import Coverage
from comity.agreements.decision_rules import Vote
from comity.decisions.answering import Position
from comity.decisions.instants import Frame, local_day
from comity.decisions.phases import COUNTED, Phase, Run
from comity.decisions.proposals import AMEND, BREAK, OF_OUTCOME, VOTE, Counting, DecisionState, Electors, Stand
from comity.procedures import is_complete
from comity.votes import Outcome, Tally

S = DecisionState
_FILLS: tuple[Vote, ...] = ("yes", "no", "abstain", "absent")
_OPEN = (S.ADOPTED, S.NOT_ADOPTED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one proposal: how it stands at an instant, votes being counted so, the record being complete for this."""

    frame: Frame
    counting: Counting
    declared: tuple[Coverage, ...]
    to: datetime

    def day(self, at: datetime) -> date:
        """The local day of an instant."""
        return local_day(at, self.frame.zone)

    @property
    def needs_more(self) -> bool:
        """Does the rule need something besides votes?"""
        return self.frame.rule is not None and self.frame.rule.besides is not None

    def electors(self, run: Run, day: date) -> Electors | None:
        """Who votes where it is decided on that day; None: nobody knows."""
        rule = self.frame.rule
        if rule is None:
            return None
        return self.counting.electors(self.frame.proposal.act, rule, self.settled_on(run, day))

    def settled_on(self, run: Run, day: date) -> date:
        """The day of which the electors are, where it is decided on a day."""
        rule = self.frame.rule
        proposed = rule is not None and rule.electorate.on == "proposed"
        return self.day(run.phases[0].since[0]) if proposed else day

    def tally(self, run: Run, day: date, generous: bool, ballots: Mapping[str, Vote]) -> Tally | None:
        """What ballots come to; None: they cannot be counted."""
        rule = self.frame.rule
        if rule is None:
            return None
        return self.counting.count(self.frame.proposal.act, rule, self.settled_on(run, day), generous, ballots)


def closing_day(asked: Asked, phase: Phase) -> date:
    """The day on which a phase began."""
    return asked.day(phase.since[0] if phase.at is None else phase.at)


def ballots_of(positions: Mapping[str, Position]) -> dict[str, Vote]:
    """The votes that count, by code."""
    return {code: vote_of(one.ballot.act) for code, one in positions.items() if one.ballot is not None}


def vote_of(act: Act) -> Vote:
    """How an act votes."""
    found: dict[str, Vote] = {"yes": "yes", "no": "no", "abstain": "abstain", "constructive": "constructive"}
    return found.get(act.details["vote"], "absent")


def stands_in(asked: Asked, run: Run, positions: Mapping[str, Position], generous: bool) -> Iterator[Stand]:
    """Each way in which it can stand, first that of what is on record; ``generous``: who is not sure to be an elector is one."""
    for place, phase in enumerate(run.phases):
        if phase.expired:
            assert phase.until is not None
            if not _objecting(asked, run, positions, place, phase.until, generous):
                yield Stand(S.ADOPTED, phase.by.act, phase.text.act, at=phase.until, silently=True)
                if _is_unbroken(asked, phase, phase.until):
                    return
    yield from _last(asked, run, positions, generous)


def _last(asked: Asked, run: Run, positions: Mapping[str, Position], generous: bool) -> Iterator[Stand]:
    phase, place = run.phases[-1], len(run.phases) - 1
    if phase.state is S.SILENCE:
        objecting = _objecting(asked, run, positions, place, asked.to, generous)
        yield Stand(S.BROKEN if objecting else S.SILENCE, phase.by.act, phase.text.act, phase.until, objecting=objecting)
    elif phase.state is S.BROKEN:
        assert phase.at is not None
        yield Stand(S.BROKEN, phase.by.act, phase.text.act, at=phase.at, objecting=_objecting(asked, run, positions, place - 1, phase.at, generous))
    elif phase.state is COUNTED:
        for state in dict.fromkeys(_outcomes(asked, run, phase, positions, generous)):
            yield Stand(state, phase.by.act, phase.text.act, at=phase.at)
    else:
        yield Stand(phase.state, phase.by.act, phase.text.act, phase.until, phase.at)


def _objecting(asked: Asked, run: Run, positions: Mapping[str, Position], place: int, at: datetime, generous: bool) -> tuple[Act, ...]:
    """The objections of electors that hold against a silence, by reference."""
    electors = asked.electors(run, asked.day(at))
    found = [one.act for code, each in positions.items() if electors is None or electors.has(code, generous) for one in each.objects(place)]
    return tuple(sorted(found, key=lambda act: (act.ref, act.hash)))


def _is_unbroken(asked: Asked, phase: Phase, ends: datetime) -> bool:
    """Is the record complete for whatever could have broken it?"""
    kinds = (BREAK, AMEND) if "amendment" in asked.frame.silence.broken_by else (BREAK,)
    return is_complete(asked.declared, kinds, asked.day(phase.since[0]), asked.day(ends))


def _outcomes(asked: Asked, run: Run, phase: Phase, positions: Mapping[str, Position], generous: bool) -> Iterator[DecisionState]:
    day = closing_day(asked, phase)
    electors, ballots = asked.electors(run, day), ballots_of(positions)
    if electors is None or electors.open:
        yield from _OPEN
    if electors is None:
        return
    lacking = electors.named(generous) - set(ballots)
    known = not lacking or is_complete(asked.declared, (VOTE,), asked.day(phase.text_since[0]), day)
    for fill in ("absent",) if known else _FILLS:
        tally = asked.tally(run, day, generous, ballots | dict.fromkeys(lacking, fill))
        if tally is None or (tally.outcome is Outcome.ADOPTED and asked.needs_more):
            yield from _OPEN
        else:
            yield OF_OUTCOME[tally.outcome]
