"""What can still come of a proposal if it is voted on: can it pass, can it fail, who can stop it alone, which groups carry it and which stop it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.agreements.decision_rules import Vote
from comity.decisions import Decision
from comity.power import Chances, Coalitions, blocking_coalitions, chances_of, winning_coalitions
from comity.standing import Standing
from comity.terms import ComityError
from comity.votes import NamedRule, Roll, result_of, roll, voters_of
from comity.web.asking import Asked

MOST = 6
"""So many coalitions are listed."""


@dataclass(frozen=True, slots=True)
class Prospects:
    """``problem``: why it cannot be said, where it cannot; ``unsure``: of whom it is in doubt whether they vote."""

    roll: Roll
    chances: Chances | None
    winning: Coalitions | None
    blocking: Coalitions | None
    unsure: tuple[str, ...]
    problem: str = ""

    @property
    def stoppers(self) -> list[tuple[tuple[Vote, ...], list[str]]]:
        """Who can stop it alone, and by which votes."""
        return [] if self.chances is None else stoppers(self.chances)

    @property
    def groups(self) -> list[tuple[str, Coalitions]]:
        """The minimal coalitions that carry it, and those that stop it."""
        return [(what, found) for what, found in (("winning", self.winning), ("blocking", self.blocking)) if found is not None]


def electorate_of(this: Asked, one: Decision) -> Roll | None:
    """Who votes on it, on the day that its rule says; None: its rule is not on record."""
    rule, agreement = one.rule, one.proposal.agreement
    if rule is None or agreement is None:
        return None

    def asked(standing: Standing) -> Roll:
        named = NamedRule(standing.record.agreement(agreement, standing.known), rule)
        return roll(standing.on_day(_day(one, this.on)), named, one.proposal)

    return this.ask(("electorate", one.proposal.hash, rule.id), asked)


def _day(one: Decision, on: date) -> date:
    done = one.proposal.done
    return done.first if one.rule is not None and one.rule.electorate.on == "proposed" and done is not None else on


def prospects_of(this: Asked, one: Decision) -> Prospects | None:
    """What can still come of it, with the votes that stand; None where nobody knows who votes, or nothing can change any more."""
    found = electorate_of(this, one)
    if found is None or all(stand.state.final for stand in one.stands):
        return None
    ballots = {who: vote for who, vote, _act in one.votes}
    unsure = result_of(found, ballots).doubts
    try:
        voters = voters_of(found)
        chances = chances_of(found.rule, voters, ballots, MOST)
        winning = winning_coalitions(found.rule, voters, ballots, most=MOST) if chances.can_pass and chances.can_fail else None
        blocking = blocking_coalitions(found.rule, voters, ballots, most=MOST) if winning is not None else None
    except ComityError as problem:
        return Prospects(found, None, None, None, unsure, str(problem))
    return Prospects(found, chances, winning, blocking, unsure)


def stoppers(found: Chances) -> list[tuple[tuple[Vote, ...], list[str]]]:
    """Who can stop it alone, by the votes with which they can."""
    alike: dict[tuple[Vote, ...], list[str]] = {}
    for one in found.blockers:
        alike.setdefault(one.votes, []).append(one.code)
    return list(alike.items())
