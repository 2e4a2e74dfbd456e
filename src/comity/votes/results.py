"""What votes come to under a rule on a day, where the electorate may be in doubt: the outcome, or each that it can be.

Source: how-decisions-are-counted.md, section 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from comity.terms import Verdict
from comity.votes.counting import count
from comity.votes.electorates import Roll
from comity.votes.voters import Ballots, Outcome, Tally, Voter

MOST_DOUBTS = 10
"""With more doubts, not every way to read them is counted. Source: how-decisions-are-counted.md, section 4.4."""


@dataclass(frozen=True, slots=True)
class DoubtReading:
    """One way to read the doubts, and the count in it: who of those in doubt counts, who of these has its vote."""

    counted: tuple[str, ...]
    voting: tuple[str, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Result:
    """What the votes come to: ``verdict`` yes where there is one outcome; ``readings``: the first of each outcome.

    ``doubts``: whose seat or vote is contested or unknown. ``missing``: tables without figures for the day, or for these parties.
    """

    roll: Roll
    verdict: Verdict
    readings: tuple[DoubtReading, ...]
    doubts: tuple[str, ...]
    missing: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Each outcome that it can have."""
        return tuple(reading.tally.outcome for reading in self.readings)

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, where there is but one and it is certain."""
        return self.outcomes[0] if self.verdict is Verdict.YES else None


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A seat of which one thing is in doubt: whether it counts, or whether it has its vote."""

    code: str
    about: str
    verdict: Verdict


def result_of(roll: Roll, ballots: Ballots) -> Result:
    """What these votes come to, the electorate being as it is on record."""
    doubts = list(_doubts(roll))
    missing = tuple(_missing(roll))
    counted = [(taken, _read(roll, doubts, taken, ballots)) for taken in _ways(len(doubts))]
    first = dict[Outcome, DoubtReading]()
    for _, reading in counted:
        if reading is not None:
            first.setdefault(reading.tally.outcome, reading)
    verdict = Verdict.YES
    if len(doubts) > MOST_DOUBTS or not all(_is_all_known(roll, reading) for _, reading in counted):
        verdict = Verdict.UNKNOWN
    elif len(first) > 1:
        verdict = _why_differing(doubts, [(taken, reading.tally.outcome) for taken, reading in counted if reading is not None])
    return Result(roll, verdict, tuple(first.values()), tuple(dict.fromkeys(doubt.code for doubt in doubts)), missing)


def _is_all_known(roll: Roll, reading: DoubtReading | None) -> bool:
    """Was it counted, of a complete electorate, with nothing besides that would have to be true of what passed?"""
    return reading is not None and roll.complete and not (roll.rule.besides is not None and reading.tally.outcome is Outcome.ADOPTED)


def doubts_of(roll: Roll) -> int:
    """How many things are contested or unknown of the seats."""
    return len(list(_doubts(roll)))


def voters_in_readings(roll: Roll) -> list[list[Voter]]:
    """The voters in each way to read the doubts, first with all read as yes; with more than ten doubts, in two."""
    doubts = list(_doubts(roll))
    return [_voters(roll, doubts, taken) for taken in _ways(len(doubts))]


def voters_of(roll: Roll) -> list[Voter]:
    """The voters with every doubt read as yes, and with their weights as far as they are on record."""
    return [_voter(roll, seat.code, has_vote=seat.has_vote is not Verdict.NO) for seat in roll.seats]


def _doubts(roll: Roll) -> Iterator[_Doubt]:
    settled = (Verdict.YES, Verdict.NO)
    for seat in roll.seats:
        if seat.counts not in settled:
            yield _Doubt(seat.code, "counts", seat.counts)
        if seat.has_vote not in settled:
            yield _Doubt(seat.code, "votes", seat.has_vote)


def _ways(doubts: int) -> Iterator[tuple[bool, ...]]:
    """Every way to read so many doubts, first all as yes; of too many, all as yes and all as no."""
    if doubts > MOST_DOUBTS:
        return iter(((True,) * doubts, (False,) * doubts))
    return product((True, False), repeat=doubts)


def _read(roll: Roll, doubts: Sequence[_Doubt], taken: Sequence[bool], ballots: Ballots) -> DoubtReading | None:
    """The count with the doubts so read; None: somebody who counts has no figure."""
    voters = _voters(roll, doubts, taken)
    if any(name not in voter.weights for voter in voters for name in roll.counts):
        return None
    asserted = [doubt for doubt, yes in zip(doubts, taken, strict=True) if yes]
    counts, votes = (tuple(d.code for d in asserted if d.about == about) for about in ("counts", "votes"))
    return DoubtReading(counts, votes, count(roll.rule, voters, ballots))


def _voters(roll: Roll, doubts: Sequence[_Doubt], taken: Sequence[bool]) -> list[Voter]:
    """Who counts with the doubts so read, and has its vote or not."""
    denied = {(doubt.code, doubt.about) for doubt, yes in zip(doubts, taken, strict=True) if not yes}
    seats = [seat for seat in roll.seats if (seat.code, "counts") not in denied]
    return [_voter(roll, s.code, has_vote=s.has_vote is not Verdict.NO and (s.code, "votes") not in denied) for s in seats]


def _voter(roll: Roll, code: str, *, has_vote: bool) -> Voter:
    weights = {one.count: one.table.values[code] for one in roll.weights if code in one.table.values}
    return Voter(code, weights, has_vote)


def _missing(roll: Roll) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The tables that the rule counts by and that are not there on the day (of nobody), or that lack somebody."""
    tables = {one.count: one.table for one in roll.weights}
    for name in roll.counts:
        if name not in tables:
            yield name, ()
        elif lacking := tuple(seat.code for seat in roll.seats if seat.code not in tables[name].values):
            yield name, lacking


def _why_differing(doubts: Sequence[_Doubt], counted: Sequence[tuple[Sequence[bool], Outcome]]) -> Verdict:
    """Contested where readings that differ only in what is contested come to different outcomes; else unknown."""
    together = dict[tuple[bool, ...], set[Outcome]]()
    for taken, outcome in counted:
        unknown = tuple(yes for doubt, yes in zip(doubts, taken, strict=True) if doubt.verdict is Verdict.UNKNOWN)
        together.setdefault(unknown, set()).add(outcome)
    return Verdict.CONTESTED if any(len(outcomes) > 1 for outcomes in together.values()) else Verdict.UNKNOWN
