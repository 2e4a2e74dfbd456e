"""The readings of a proposal's acts where they can be of two instants or are in doubt; and the one of which everything else is told.

Source: how-a-decision-is-followed.md, section 6, 1 and 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from comity.acts import Act
from comity.agreements.decision_rules import Vote
from comity.decisions.answering import Position, position, positions, ways_of
from comity.decisions.crowds import together
from comity.decisions.instants import Key, Way, taken
from comity.decisions.oddities import Odd, odd_acts, reminders
from comity.decisions.phases import COUNTED, Run, run_through
from comity.decisions.proposals import DecisionState, Reminder, Stand
from comity.decisions.resolving import Asked, ballots_of, closing_day, stands_in, vote_of
from comity.procedures import KeptAct
from comity.votes import Tally

_Found = frozenset[Stand | None]


@dataclass(frozen=True, slots=True)
class Life:
    """A proposal with all that belongs to it: the acts that lead it, the answers of each party, and what is only attached to it."""

    asked: Asked
    leading: tuple[KeptAct, ...]
    answers: Mapping[str, Sequence[KeptAct]]
    statements: tuple[KeptAct, ...]

    @property
    def acts(self) -> list[KeptAct]:
        """All of them."""
        return [*self.leading, *(one for found in self.answers.values() for one in found), *self.statements]

    def run(self, keys: Mapping[str, Key], ways: Mapping[str, Way]) -> Run:
        """How it runs, the acts that lead it being taken at these places, in these ways."""
        there = [(keys[one.act.hash], one) for one in self.leading if one.act.hash in keys]
        return run_through(self.asked.frame, there, frozenset(act for act, way in ways.items() if way), self.asked.to)

    def held(self, run: Run, keys: Mapping[str, Key], to: datetime) -> dict[str, Position]:
        """What each party's answers come to by an instant, taken at these places."""
        return {code: position(self.asked.frame, run, keys, found, to) for code, found in self.answers.items()}

    def can_be(self, *lasts: bool) -> Iterator[_Found]:
        """Where it can stand, in each reading that takes the acts at their first, their last or either instants."""
        frame = self.asked.frame
        for ways in ways_of(frame, self.leading, lasts):
            run = self.run(taken(frame, self.leading, ways), ways)
            if not run.phases:
                yield frozenset((None,))
                continue
            proposed = run.phases[0].since[0]
            each = {code: positions(frame, run, acts, lasts, self.asked.to, proposed) for code, acts in self.answers.items()}
            for chosen in together(each):
                yield frozenset(stand for generous in (True, False) for stand in stands_in(self.asked, run, chosen, generous))


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one reading: what is odd, the acts by then, the votes, what they come to, whose answer is awaited."""

    odd: tuple[Odd, ...] = ()
    acts: tuple[Act, ...] = ()
    votes: tuple[tuple[str, Vote, Act], ...] = ()
    tally: Tally | None = None
    reminders: tuple[Reminder, ...] = ()


def told_of(life: Life) -> Told:
    """What is told where each act is taken at its first instant, with effect, and what is not on record was not done."""
    asked = life.asked
    ways: dict[str, Way] = dict.fromkeys((one.act.hash for one in life.acts), False)
    keys = taken(asked.frame, life.acts, ways)
    run = life.run(keys, ways)
    by_then = sorted((one for one in life.acts if keys[one.act.hash][0] <= asked.to), key=lambda one: keys[one.act.hash])
    acts = tuple(one.act for one in by_then)
    if not run.phases:
        return Told(acts=acts)
    held = life.held(run, keys, asked.to)
    stand = next(stands_in(asked, run, held, True))
    if stand.silently and stand.at is not None:  # what was done after it does not count
        run = run.up_to(stand.at)
        held = life.held(run, keys, stand.at - timedelta(seconds=1))
    votes = tuple((code, vote_of(one.ballot.act), one.ballot.act) for code, one in sorted(held.items()) if one.ballot is not None)
    last = run.phases[-1]
    open_or_closed = last.state in (COUNTED, DecisionState.VOTING) and not stand.silently
    day = closing_day(asked, last) if last.state is COUNTED else asked.day(asked.to)
    tally = asked.tally(run, day, True, ballots_of(held)) if open_or_closed else None
    return Told(tuple(odd_acts(asked, run, stand, keys, life.acts)), acts, votes, tally, tuple(reminders(asked, run, stand, held)))
