"""What do votes that were really taken come to under the rules on record, and who voted without a seat, or sat without a vote?

Source: how-decisions-are-counted.md, section 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.parties import Register
from comity.standing import Standing
from comity.terms import Verdict
from comity.votes.counting import count
from comity.votes.electorates import Roll
from comity.votes.results import MOST_DOUBTS, doubts_of, voters_in_readings
from comity.votes.roll_calls import RollCall
from comity.votes.rules import person_on, rule_named
from comity.votes.sharing import Sharing
from comity.votes.voters import Ballots, Outcome, Tally, Voter


@dataclass(frozen=True, slots=True)
class ReplayedVote:
    """A roll call as counted under each rule: the first count of every outcome that it has, by the name of the rule.

    A rule by which it cannot be counted has none. ``unseated``: who voted and had a seat on none of the days; ``perhaps``: on some of them
    only, or in doubt. ``silent``: who surely had a seat on all of them and of whom no vote is told. ``settled``: is the electorate known, but
    for doubts that were counted both ways? ``besides``: the rules that need something else than votes.
    """

    call: RollCall
    tallies: Mapping[str, tuple[Tally, ...]]
    unseated: tuple[str, ...]
    perhaps: tuple[str, ...]
    silent: tuple[str, ...]
    settled: bool
    besides: tuple[str, ...] = ()

    def outcomes(self, rule: str) -> tuple[Outcome, ...]:
        """Each outcome that it has under a rule."""
        return tuple(tally.outcome for tally in self.tallies[rule])

    @property
    def differs(self) -> bool:
        """Does it come to different outcomes under the rules?"""
        return len({frozenset(outcomes) for rule in self.tallies if (outcomes := self.outcomes(rule))}) > 1

    @property
    def outcome(self) -> Outcome | None:
        """What it came to, if that is known: under the rule that it was taken under, or under all; where that leaves it open, as it is told.

        Too few votes are no lack of a quorum: who was there and did not vote is not told.
        """
        under = self.call.under
        rules = [under] if under is not None and under in self.tallies else list(self.tallies)
        if not self.settled or not all(self.tallies[rule] for rule in rules):
            return None
        found = {outcome for rule in rules for outcome in self.outcomes(rule)}
        needs_more = Outcome.ADOPTED in found and any(rule in self.besides for rule in rules)
        if len(found) == 1 and Outcome.NO_QUORUM not in found and not needs_more:
            return found.pop()
        return Outcome.ADOPTED if self.call.adopted and found != {Outcome.NOT_ADOPTED} else None

    @property
    def contradicts(self) -> bool:
        """Was it told to be adopted, and does it come to something else?"""
        return self.call.adopted is True and self.outcome is Outcome.NOT_ADOPTED


def replay(standing: Standing, rules: Sequence[str], calls: Iterable[RollCall]) -> Iterator[ReplayedVote]:
    """Each roll call, counted under each of the rules by the electorate of its day; of a day that is not known, by those of all that it can be.

    NotOnRecord where a rule does not hold on a day.
    """
    electorates = _Electorates(standing, rules)
    for call in calls:
        yield _replayed(call, {rule: electorates.between(rule, call.first, call.last) for rule in rules})


@dataclass(frozen=True, slots=True)
class _Electorate:
    """An electorate with the voters of each reading of its doubts; ``seats``: of whom it may be, ``sure``: of whom it is."""

    roll: Roll
    register: Register
    readings: tuple[tuple[Voter, ...], ...]
    seats: frozenset[str]
    sure: frozenset[str]
    settled: bool

    def seat_of(self, code: str) -> str | None:
        """The seat of the same person on that day, if it has one."""
        if code in self.seats:
            return code
        person = person_on(self.register, code, self.roll.on)
        return person if person in self.seats else None

    def cast(self, ballots: Ballots) -> Ballots:
        """The ballots by the seats that they are of; the others as they stand, and uncounted."""
        if self.seats.issuperset(ballots):
            return ballots
        return {self.seat_of(code) or code: vote for code, vote in ballots.items()}


class _Electorates:
    """The electorates of rules by day, each worked out once, and once for rules whose electorate is the same."""

    def __init__(self, standing: Standing, rules: Sequence[str]) -> None:
        self._register = standing.record.register
        self._named = {rule: rule_named(standing, rule) for rule in rules}
        shared = list[Sharing]()
        self._kept = dict[str, Sharing]()
        for rule, named in self._named.items():
            self._kept[rule] = next((one for one in shared if one.is_of(named)), None) or Sharing(standing, named)
            shared.append(self._kept[rule])
        self._read = dict[tuple[str, int], _Electorate]()

    def between(self, rule: str, first: date, last: date) -> list[_Electorate]:
        """Those of all days from the first to the last, each once."""
        days = self._kept[rule].days_between(first, last)
        return [self._of(rule, day) for day in days]

    def _of(self, rule: str, day: date) -> _Electorate:
        key = rule, self._kept[rule].stretch(day)
        if key not in self._read:
            roll = self._kept[rule].roll(self._named[rule], day)
            seats = frozenset(seat.code for seat in roll.seats)
            sure = frozenset(seat.code for seat in roll.seats if seat.counts is Verdict.YES)
            readings = tuple(tuple(voters) for voters in voters_in_readings(roll))
            self._read[key] = _Electorate(roll, self._register, readings, seats, sure, roll.complete and doubts_of(roll) <= MOST_DOUBTS)
        return self._read[key]


def _replayed(call: RollCall, electorates: Mapping[str, Sequence[_Electorate]]) -> ReplayedVote:
    every = [one for several in electorates.values() for one in several]
    strangers = call.ballots.keys() - frozenset.intersection(*(one.sure for one in every))
    seated = {code: [one.seat_of(code) for one in every] for code in strangers}
    silent = frozenset.intersection(*(one.sure.difference(one.cast(call.ballots)) for one in every))
    return ReplayedVote(
        call,
        {rule: _counts(call.ballots, several) for rule, several in electorates.items()},
        tuple(sorted(code for code, seats in seated.items() if not any(seats))),
        tuple(sorted(code for code, seats in seated.items() if any(seats) and not _are_sure(seats, every))),
        tuple(sorted(silent)),
        all(one.settled for one in every),
        tuple(rule for rule, several in electorates.items() if any(one.roll.rule.besides is not None for one in several)),
    )


def _are_sure(seats: Sequence[str | None], electorates: Sequence[_Electorate]) -> bool:
    return all(seat in one.sure for seat, one in zip(seats, electorates, strict=True))


def _counts(ballots: Ballots, electorates: Sequence[_Electorate]) -> tuple[Tally, ...]:
    """The first count of each outcome, over all electorates and readings; none where one of them cannot be made."""
    found = dict[Outcome, Tally]()
    for one in electorates:
        for voters in one.readings:
            if any(name not in voter.weights for name in one.roll.counts for voter in voters):
                return ()
            tally = count(one.roll.rule, voters, one.cast(ballots))
            found.setdefault(tally.outcome, tally)
    return tuple(found.values())
